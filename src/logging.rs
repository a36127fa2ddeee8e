//! Logs: lines on standard error, few unless asked for.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// What is logged if neither `CHINWAG_LOG` nor `RUST_LOG` says otherwise.
const DEFAULT_FILTER: &str = "warn,chinwag=info";

/// A filter that cannot be read, or a second start.
#[derive(Debug, thiserror::Error)]
pub enum LoggingError {
    /// The variable holds no filter.
    #[error(
        "environment variable {variable}: {wrong}; a filter is like info or chinwag=debug,warn"
    )]
    Filter {
        /// The variable.
        variable: &'static str,
        /// What is wrong with it.
        wrong: String,
    },
    /// Logging is set up already.
    #[error("logging has been started already")]
    Twice,
}

/// Starts to log, as the environment says.
///
/// # Errors
/// When the filter of the environment cannot be read.
pub fn start() -> Result<(), LoggingError> {
    let filter = filter(|variable| std::env::var(variable).ok())?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none())
        .with_target(false)
        .try_init()
        .map_err(|_| LoggingError::Twice)
}

fn filter(variable: impl Fn(&str) -> Option<String>) -> Result<EnvFilter, LoggingError> {
    for name in ["CHINWAG_LOG", "RUST_LOG"] {
        if let Some(text) = variable(name).filter(|text| !text.is_empty()) {
            let wrong = |error: tracing_subscriber::filter::ParseError| error.to_string();
            return EnvFilter::try_new(text).map_err(|error| LoggingError::Filter {
                variable: name,
                wrong: wrong(error),
            });
        }
    }
    Ok(EnvFilter::new(DEFAULT_FILTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters() {
        let shown = |ours: &str, rusts: &str| {
            let read = |name: &str| Some(if name == "RUST_LOG" { rusts } else { ours }.to_owned());
            filter(read)
                .map(|filter| filter.to_string())
                .map_err(|error| error.to_string())
        };
        assert_eq!(shown("", "").unwrap(), "chinwag=info,warn");
        assert_eq!(shown("", "debug").unwrap(), "debug");
        assert_eq!(shown("error", "debug").unwrap(), "error");
        assert!(
            shown("chinwag=loud", "")
                .unwrap_err()
                .starts_with("environment variable CHINWAG_LOG: ")
        );
    }
}
