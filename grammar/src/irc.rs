//! IRC messages: a line split into tags, source, command and parameters, and written back.
//!
//! As modern IRC and IRCv3's message-tags have it; what a command means is not known here.

mod line;
mod source;
mod tags;

use std::borrow::Cow;
use std::fmt;

pub use source::Source;

/// The most bytes a client's tags may take, between `@` and the space.
pub const CLIENT_TAGS_MAX_BYTES: usize = 4_094;
/// The most bytes a server may add as tags.
pub const SERVER_TAGS_MAX_BYTES: usize = 510;

/// One message; what is in hand can be written as a line.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Message<'a> {
    tags: Vec<(&'a str, Cow<'a, str>)>,
    source: Option<Cow<'a, str>>,
    command: Cow<'a, str>,
    params: Vec<Cow<'a, str>>,
}

/// Why a line is not a message, or a part may not stand in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IrcError {
    /// NUL, CR or LF.
    BadCharacter,
    /// A command is letters, or three digits.
    BadCommand,
    /// A parameter that is empty, holds a space or begins with `:` can only be the last.
    BadParam,
    /// A source is one word.
    BadSource,
    /// The key of a tag is letters, digits, `-`, `.`, `_` and `/`, with `+` before it or not.
    BadTag,
    /// Nothing but spaces.
    Empty,
    /// Tags or a source, and no command after them.
    NoCommand,
}

impl<'a> Message<'a> {
    /// Splits one line, without its line end. Runs of spaces count as one; of tags with one key the last counts.
    ///
    /// # Errors
    /// Says why the line is not a message.
    pub fn parse(line: &'a str) -> Result<Self, IrcError> {
        line::message(line)
    }

    /// A message of that command alone.
    ///
    /// # Errors
    /// When the command is neither letters nor three digits.
    pub fn new(command: impl Into<Cow<'a, str>>) -> Result<Self, IrcError> {
        let command = command.into();
        if !line::is_command(&command) {
            return Err(IrcError::BadCommand);
        }
        Ok(Self {
            command,
            ..Self::default()
        })
    }

    /// With a tag, in place of one with the same key.
    ///
    /// # Errors
    /// When the key is not one, or the value holds NUL.
    pub fn with_tag(
        mut self,
        key: &'a str,
        value: impl Into<Cow<'a, str>>,
    ) -> Result<Self, IrcError> {
        let value = value.into();
        if !tags::is_key(key) || value.contains('\0') {
            return Err(IrcError::BadTag);
        }
        tags::put(&mut self.tags, key, value);
        Ok(self)
    }

    /// With a source.
    ///
    /// # Errors
    /// When it is not one word.
    pub fn with_source(mut self, source: impl Into<Cow<'a, str>>) -> Result<Self, IrcError> {
        let source = source.into();
        if source.is_empty() || source.contains([' ', '\0', '\r', '\n']) {
            return Err(IrcError::BadSource);
        }
        self.source = Some(source);
        Ok(self)
    }

    /// With one more parameter.
    ///
    /// # Errors
    /// When it holds NUL, CR or LF, or when the one before it could only be the last.
    pub fn with_param(mut self, param: impl Into<Cow<'a, str>>) -> Result<Self, IrcError> {
        let param = param.into();
        if param.contains(['\0', '\r', '\n']) {
            return Err(IrcError::BadCharacter);
        }
        if self.params.last().is_some_and(|last| needs_colon(last)) {
            return Err(IrcError::BadParam);
        }
        self.params.push(param);
        Ok(self)
    }

    /// The tags, unescaped, each key once; one without a value has an empty one.
    pub fn tags(&self) -> impl Iterator<Item = (&'a str, &str)> {
        self.tags.iter().map(|(key, value)| (*key, &**value))
    }

    /// The value of a tag.
    #[must_use]
    pub fn tag(&self, key: &str) -> Option<&str> {
        self.tags
            .iter()
            .find(|(known, _)| *known == key)
            .map(|(_, value)| &**value)
    }

    /// Who sent it, without `:`.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The command, as it was written.
    #[must_use]
    pub fn command(&self) -> &str {
        &self.command
    }

    /// The parameters.
    #[must_use]
    pub fn params(&self) -> impl ExactSizeIterator<Item = &str> {
        self.params.iter().map(|param| &**param)
    }

    /// One parameter, from 0.
    #[must_use]
    pub fn param(&self, place: usize) -> Option<&str> {
        self.params.get(place).map(|param| &**param)
    }
}

/// The line, without its line end: parsed again it is the same message.
impl fmt::Display for Message<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (key, value)) in self.tags.iter().enumerate() {
            out.write_str(if place == 0 { "@" } else { ";" })?;
            tags::write(key, value, out)?;
        }
        if !self.tags.is_empty() {
            out.write_str(" ")?;
        }
        if let Some(source) = &self.source {
            write!(out, ":{source} ")?;
        }
        out.write_str(&self.command)?;
        for param in &self.params {
            out.write_str(if needs_colon(param) { " :" } else { " " })?;
            out.write_str(param)?;
        }
        Ok(())
    }
}

/// The command only: parameters may be passwords.
impl fmt::Debug for Message<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "Message({} with {} parameters)",
            self.command,
            self.params.len()
        )
    }
}

impl fmt::Display for IrcError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::BadCharacter => "a line may not hold NUL, CR or LF",
            Self::BadCommand => "a command is letters or three digits",
            Self::BadParam => {
                "only the last parameter may be empty, hold a space or begin with a colon"
            }
            Self::BadSource => "a source is one word",
            Self::BadTag => "the key of a tag is letters, digits, - . _ and /",
            Self::Empty => "the line is empty",
            Self::NoCommand => "the line has no command",
        })
    }
}

impl std::error::Error for IrcError {}

/// Reads `key=value;key`, as tags are written, where a parameter holds it (soju.im/search).
///
/// # Errors
/// When a key is none.
pub fn attributes(text: &str) -> Result<Vec<(&str, Cow<'_, str>)>, IrcError> {
    tags::parsed(text)
}

fn needs_colon(param: &str) -> bool {
    param.is_empty() || param.starts_with(':') || param.contains(' ')
}

#[cfg(test)]
mod tests;
