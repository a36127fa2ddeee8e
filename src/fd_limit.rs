//! The limit of open files, raised to what the configured connections need.

use rlimit::Resource;

/// Files beside connections: the database and its parts, listeners, the control socket, logs, mail.
const OTHERS: u64 = 64;

/// The system allows fewer open files than are needed.
#[derive(Debug, thiserror::Error)]
pub enum FdLimitError {
    /// The hard limit stands in the way.
    #[error(
        "limits.max_connections = {connections} needs {needed} open files, and the system allows {allowed}: \
         raise the hard limit (ulimit -Hn, LimitNOFILE= of systemd) or lower limits.max_connections"
    )]
    Hard {
        /// Configured connections.
        connections: u64,
        /// Files they need.
        needed: u64,
        /// The limit that is now in force.
        allowed: u64,
    },
    /// The system does not tell or does not let.
    #[error("the limit of open files cannot be set: {0}")]
    System(#[from] std::io::Error),
}

/// Raises the limit so that so many connections can be open; as far as it goes where that is too far.
///
/// # Errors
/// Says how many open files are missing; the server can start all the same.
pub fn raise_fd_limit(connections: usize) -> Result<(), FdLimitError> {
    let connections = connections as u64;
    let needed = connections.saturating_add(OTHERS);
    let (soft, hard) = rlimit::getrlimit(Resource::NOFILE)?;
    if soft >= needed {
        return Ok(());
    }
    // Who may raise the hard limit does so; everybody else goes up to it.
    if hard >= needed || rlimit::setrlimit(Resource::NOFILE, needed, needed).is_err() {
        rlimit::setrlimit(Resource::NOFILE, needed.min(hard), hard)?;
    }
    let (allowed, _) = rlimit::getrlimit(Resource::NOFILE)?;
    if allowed < needed {
        return Err(FdLimitError::Hard {
            connections,
            needed,
            allowed,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_or_told() {
        let (soft, _) = rlimit::getrlimit(Resource::NOFILE).unwrap();
        raise_fd_limit(1).unwrap();
        assert_eq!(rlimit::getrlimit(Resource::NOFILE).unwrap().0, soft.max(65));
        // More than any kernel takes.
        let told = raise_fd_limit(1 << 40).unwrap_err().to_string();
        assert!(
            told.starts_with(
                "limits.max_connections = 1099511627776 needs 1099511627840 open files"
            ),
            "{told}"
        );
    }
}
