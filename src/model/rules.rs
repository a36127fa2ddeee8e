//! The part of the configuration that decisions read. It is recorded, so that every node decides alike.

use chinwag_grammar::RoomName;
use serde::{Deserialize, Serialize};

/// What the operator has configured, without secrets; times are in seconds, lengths in bytes unless they say otherwise.
/// What a later version adds has a default: until the configuration is read again, what an older one stored is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "the keys of the configuration say what each is"
)]
pub struct Rules {
    pub server_name: String,
    /// Absent in what older versions recorded.
    #[serde(default)]
    pub network: String,
    pub motd: Option<String>,
    /// Who runs the server and how to reach them.
    #[serde(default)]
    pub admin: Vec<String>,
    #[serde(default)]
    pub default_user_modes: String,
    /// Whether PASSWORD comes first.
    pub has_password: bool,
    pub registration: Registration,
    pub password_min: usize,
    /// Whether SCRAM is offered.
    #[serde(default)]
    pub scram: bool,
    pub cleartext_refused: bool,
    pub cleartext_warned: bool,
    pub recovery_code_lifetime: u64,
    pub guests: bool,
    pub email: EmailRule,
    /// Whether [mail] is configured.
    pub has_mail: bool,
    #[serde(with = "room_name")]
    pub lobby: RoomName,
    #[serde(with = "room_names")]
    pub autojoin: Vec<RoomName>,
    pub create: Creation,
    pub message_bytes: usize,
    pub rooms_per_account: usize,
    pub members_per_room: usize,
    pub login_failures_per_minute: u32,
    pub nick_len: usize,
    pub channel_len: usize,
    pub topic_len: usize,
    pub sessions_per_account: usize,
    pub tokens_per_account: usize,
    #[serde(default)]
    pub certificates_per_account: usize,
    pub ignores_per_account: usize,
    pub notifications_per_account: usize,
    pub unread_places: usize,
    pub bans_per_room: usize,
    #[serde(default)]
    pub server_bans: usize,
    pub history: bool,
    pub max_query: usize,
    /// 0: for ever.
    pub retention: u64,
    /// The database of an older version has these three not: 0 until the configuration is recorded.
    #[serde(default)]
    pub replay: usize,
    #[serde(default)]
    pub whowas: usize,
    #[serde(default)]
    pub monitor: usize,
    /// Whether every listener can be reached from this machine alone.
    pub loopback_only: bool,
}

/// Who may register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Registration {
    /// Nobody.
    Closed,
    /// Those with an invitation.
    Invite,
    /// Everybody.
    Open,
}

/// Whether registration takes an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EmailRule {
    /// It does not.
    None,
    /// It may.
    Optional,
    /// It must.
    Required,
}

/// Who may make rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Creation {
    /// Everybody with an account.
    Accounts,
    /// Admins.
    Admins,
    /// Guests too.
    Anyone,
}

mod room_name {
    use chinwag_grammar::RoomName;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(name: &RoomName, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(name.as_str())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<RoomName, D::Error> {
        RoomName::parse(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

mod room_names {
    use chinwag_grammar::RoomName;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(names: &[RoomName], out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(names.iter().map(RoomName::as_str))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<RoomName>, D::Error> {
        let names = Vec::<String>::deserialize(from)?;
        names
            .iter()
            .map(|name| RoomName::parse(name).map_err(D::Error::custom))
            .collect()
    }
}
