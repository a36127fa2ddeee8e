//! The nouns of the chat: plain values, without a clock, a socket or a file.
//!
//! - `cidr`: blocks of addresses.
//! - `credential`: what is kept of secrets.
//! - `id`: numbers that stand for accounts, rooms and connections.
//! - `message`: what is known of a message without its text.
//! - `person`: accounts and who somebody is in an event.
//! - `place`: where something is said.
//! - `room`: rooms, their members, modes and bans.
//! - `rules`: the part of the configuration that decisions read.
//! - `scram`: an exchange by which somebody shows to know a password.
//! - `screen`: what lines look like to somebody.
//! - `server_ban`: whom a ban of the whole server keeps out.
//! - `session`: one connection, as the core knows it.
//! - `text`: what people write, free of control characters.
//! - `user_modes`: what somebody wants of the server for themselves.
//! - `event`: everything that can happen.

pub mod cidr;
pub mod credential;
pub mod event;
pub mod id;
pub mod message;
pub mod person;
pub mod place;
pub mod room;
pub mod rules;
pub mod scram;
pub mod screen;
pub mod server_ban;
pub mod session;
pub mod text;
pub mod user_modes;

pub use cidr::Cidr;
pub use event::{Event, Fact};
pub use id::{AccountId, ConnId, RoomId};
pub use message::Meta;
pub use person::{Account, Mark, Marked, Role, Who};
pub use place::{Place, RoomRef, Spot};
pub use room::{
    Ban, BanKind, Flood, Hidden, MODES, Marks, Member, ModeType, Modes, Rank, Ranks, Room,
    RoomMode, Topic,
};
pub use rules::Rules;
pub use screen::{Bell, Format, Screen, Settings, TimeStyle};
pub use server_ban::{BanTarget, ServerBan};
pub use session::{Door, Origin, Session};
pub use text::Text;
pub use user_modes::{UserMode, UserModes};
