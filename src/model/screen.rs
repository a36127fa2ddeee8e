//! What lines look like to somebody: kept with the account, but for format and width, which are the connection's.

use serde::{Deserialize, Serialize};

/// What lines look like on one connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Screen {
    /// For people or for programs.
    pub format: Format,
    /// Columns at which lines are wrapped; 0 does not wrap.
    pub width: u16,
    /// What the account has chosen.
    pub settings: Settings,
}

impl Screen {
    /// Fewer columns hold no line that can be read.
    pub const WIDTH_MIN: u16 = 20;
}

/// What an account has chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// What the bell rings for.
    pub bell: Bell,
    /// Whether nicks are coloured.
    pub color: bool,
    /// Whether the number stands before each message.
    pub numbers: bool,
    /// Whether those who come and go are left out.
    pub quiet: bool,
    /// How the time stands before a line.
    pub time: TimeStyle,
    /// In which zone.
    pub zone: Zone,
}

/// For people or for programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// One JSON object a line.
    Json,
    /// Events as `~ VERB …`.
    Line,
    /// For people.
    #[default]
    Text,
}

/// What the bell rings for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bell {
    /// Every message.
    All,
    /// Private messages and mentions.
    #[default]
    Mentions,
    /// Nothing.
    Off,
}

/// How the time stands before a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeStyle {
    /// With the date and seconds.
    Full,
    /// Not at all.
    Off,
    /// Hours and minutes.
    #[default]
    Short,
}

/// A time zone of the IANA database, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    /// Looks a zone up by its name, in any case; people type it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if let Ok(zone) = name.parse() {
            return Some(Self(zone));
        }
        let mut zones = chrono_tz::TZ_VARIANTS.iter();
        let zone = zones.find(|zone| zone.name().eq_ignore_ascii_case(name));
        zone.copied().map(Self)
    }

    /// Its name: `Europe/Madrid`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The zone itself.
    #[must_use]
    pub const fn tz(self) -> chrono_tz::Tz {
        self.0
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self(chrono_tz::Tz::UTC)
    }
}

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::parse(&name).ok_or(name)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}
