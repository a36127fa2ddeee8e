//! What a key may hold: each kind checks a value of the file or of a variable, and says what it allows.

use std::str::FromStr;

use chinwag_grammar::Span;
use toml::de::DeValue;

/// The kinds of values.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// One of a few words.
    Choice(fn() -> Vec<&'static str>),
    /// `true` or `false`.
    Flag,
    /// A length of time, from one to another in seconds; `zero` says what `"0"` means, if it may stand there.
    Span {
        /// The shortest, beside zero.
        min: u64,
        /// The longest.
        max: u64,
        /// What `"0"` means, where it is allowed.
        zero: Option<&'static str>,
    },
    /// A text.
    Text(Text),
    /// A list of texts.
    Texts(Text),
    /// A whole number.
    Whole {
        /// The smallest.
        min: u64,
        /// The greatest.
        max: u64,
    },
}

/// Which texts are allowed.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Whether a text is allowed.
    pub accepts: fn(&str) -> bool,
    /// The same in words.
    pub allowed: &'static str,
    /// Whether it is never shown.
    pub secret: bool,
}

/// A value that its kind has checked.
#[derive(Clone)]
pub enum Value {
    /// Of `Flag`.
    Flag(bool),
    /// Of `Span`.
    Span(Span),
    /// Of `Choice` and `Text`.
    Text(String),
    /// Of `Texts`.
    Texts(Vec<String>),
    /// Of `Whole`.
    Whole(u64),
}

/// An enumeration whose values have names in the configuration.
pub trait Choice: Copy + 'static {
    /// The names, in the order in which they are told.
    const ALL: &'static [(&'static str, Self)];
}

/// The names of an enumeration.
pub fn words<T: Choice>() -> Vec<&'static str> {
    T::ALL.iter().map(|(word, _)| *word).collect()
}

/// Whether a text reads as a type.
pub fn parses<T: FromStr>(text: &str) -> bool {
    text.parse::<T>().is_ok()
}

impl Kind {
    /// Checks a value.
    ///
    /// # Errors
    /// Says what is wrong with it, without showing what may be secret.
    pub fn check(self, value: &DeValue<'_>) -> Result<Value, String> {
        match self {
            Self::Choice(words) => {
                let text = text_of(value)?;
                if words().contains(&text) {
                    Ok(Value::Text(text.to_owned()))
                } else {
                    Err(format!("{text:?} is not one of its words"))
                }
            }
            Self::Flag => value.as_bool().map(Value::Flag).ok_or_else(|| wrong(value)),
            Self::Span { min, max, zero } => span(text_of(value)?, min, max, zero.is_some()),
            Self::Text(kind) => kind.check(text_of(value)?).map(Value::Text),
            Self::Texts(kind) => {
                let items = value.as_array().ok_or_else(|| wrong(value))?;
                let texts = items.iter().map(|item| match item.get_ref().as_str() {
                    Some(text) => kind.check(text),
                    None => Err(format!(
                        "{} stands in the list",
                        article(item.get_ref().type_str())
                    )),
                });
                texts.collect::<Result<_, _>>().map(Value::Texts)
            }
            Self::Whole { min, max } => {
                let number = value.as_integer().ok_or_else(|| wrong(value))?;
                whole(
                    i128::from_str_radix(number.as_str(), number.radix()).ok(),
                    number.as_str(),
                    min,
                    max,
                )
            }
        }
    }

    /// Checks the text of an environment variable: texts stand as they are, everything else is TOML.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn check_variable(self, text: &str) -> Result<Value, String> {
        match self {
            Self::Choice(_) | Self::Span { .. } | Self::Text(_) => {
                self.check(&DeValue::String(text.into()))
            }
            Self::Flag | Self::Texts(_) | Self::Whole { .. } => match DeValue::parse(text) {
                Ok(value) => self.check(value.get_ref()),
                Err(_) if self.is_secret() => Err("it is not a TOML value".into()),
                Err(_) => Err(format!("{text:?} is not a TOML value")),
            },
        }
    }

    /// What is allowed, as a phrase.
    #[must_use]
    pub fn allowed(self) -> String {
        match self {
            Self::Choice(words) => {
                let words: Vec<String> = words().iter().map(|word| format!("{word:?}")).collect();
                words.join(", ")
            }
            Self::Flag => "true or false".into(),
            Self::Span { min, max, zero } => {
                let zero = zero
                    .map(|meaning| format!(", or \"0\" ({meaning})"))
                    .unwrap_or_default();
                format!("a time from \"{}\" to \"{}\"{zero}", days(min), days(max))
            }
            Self::Text(kind) => kind.allowed.into(),
            Self::Texts(kind) => format!("a list, each {}", kind.allowed),
            Self::Whole { min, max } => format!("a whole number from {min} to {max}"),
        }
    }

    /// Whether values are never shown.
    #[must_use]
    pub fn is_secret(self) -> bool {
        match self {
            Self::Choice(_) | Self::Flag | Self::Span { .. } | Self::Whole { .. } => false,
            Self::Text(kind) | Self::Texts(kind) => kind.secret,
        }
    }
}

impl Text {
    fn check(self, text: &str) -> Result<String, String> {
        if (self.accepts)(text) {
            Ok(text.to_owned())
        } else if self.secret {
            Err("this text is not allowed".into())
        } else {
            Err(format!("{text:?} is not allowed"))
        }
    }
}

fn text_of<'v>(value: &'v DeValue<'_>) -> Result<&'v str, String> {
    value.as_str().ok_or_else(|| wrong(value))
}

fn wrong(value: &DeValue<'_>) -> String {
    format!("it is {}", article(value.type_str()))
}

fn span(text: &str, min: u64, max: u64, zero: bool) -> Result<Value, String> {
    match Span::parse(text) {
        None => Err(format!(
            "{text:?} is not a time like \"90s\", \"15m\", \"2h\" or \"30d\""
        )),
        Some(span) if span.is_zero() && zero => Ok(Value::Span(span)),
        Some(span) if span.secs() < min => Err(format!("{text:?} is too short")),
        Some(span) if span.secs() > max => Err(format!("{text:?} is too long")),
        Some(span) => Ok(Value::Span(span)),
    }
}

fn whole(number: Option<i128>, written: &str, min: u64, max: u64) -> Result<Value, String> {
    match number {
        Some(number) if number < i128::from(min) => Err(format!("{number} is too small")),
        Some(number) if number <= i128::from(max) => Ok(Value::Whole(
            u64::try_from(number).expect("it lies between two numbers of this type"),
        )),
        Some(_) | None => Err(format!("{written} is too great")),
    }
}

/// In days where whole days are meant: people say 365 days, not 52 weeks and one day.
fn days(seconds: u64) -> String {
    if seconds != 0 && seconds.is_multiple_of(86_400) {
        format!("{}d", seconds / 86_400)
    } else {
        Span::seconds(seconds).to_string()
    }
}

/// A noun with its article.
pub fn article(noun: &str) -> String {
    let an = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if an { "an" } else { "a" })
}
