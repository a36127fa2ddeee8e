//! An event as a row of the history: what each column holds of it.

mod decode;

use chinwag_grammar::{Nick, Number};
use serde::{Deserialize, Serialize};

use crate::model::event::Speech;
use crate::model::{
    AccountId, BanKind, Event, Place, Rank, Ranks, Role, RoomId, RoomRef, Spot, Text, Who,
};

pub(super) use decode::{Stored, bad, decode, nick, number as to_number, room_name};

/// The kinds of what was said; the view `talk` of the schema has the same three.
pub(super) const SAID: &str = "'action', 'message', 'notice'";

/// What the columns hold of an event, but for its number and time.
pub(super) struct Columns<'a> {
    pub kind: &'static str,
    pub room: Option<i64>,
    pub pair: Option<(i64, i64)>,
    pub author: Option<i64>,
    pub nick: &'a str,
    pub about: About,
    pub target: Option<i64>,
    pub text: &'a str,
}

/// What has no column of its own: as JSON in `about`.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct About {
    /// The modes as they were typed, without the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Text>,
    /// Which list a mask stands in, where that is not bans.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<BanKind>,
    /// Whether a rank was given, a reaction added, a room made permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<bool>,
    /// Whether somebody left because their connection ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gone: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mask: Option<String>,
    /// What version 1 wrote in place of `kind`; not written any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mute: Option<bool>,
    /// The new name of a room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What version 1 wrote in place of `rank`; not written any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<Rank>,
    /// What somebody joined as: letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranks: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// A room as it was called then, where its present name does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<(RoomId, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// The other person: whom it was said to or done to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<(Option<AccountId>, String)>,
}

impl About {
    /// The JSON; nothing when it says nothing, as in every message of a room.
    pub fn json(&self) -> Option<String> {
        (*self != Self::default())
            .then(|| serde_json::to_string(self).expect("strings and numbers are always JSON"))
    }

    fn who(who: &Who) -> Self {
        Self {
            who: Some((who.account, who.nick.as_str().to_owned())),
            ..Self::default()
        }
    }
}

/// The columns of an event that is history; nothing of any other.
pub(super) fn encode(event: &Event) -> Option<Columns<'_>> {
    Some(match event {
        Event::Banned {
            room,
            by,
            kind,
            mask,
            until,
            why,
        } => Columns {
            about: About {
                until: until.map(chinwag_grammar::Time::millis),
                ..of_ban(*kind, mask.as_str())
            },
            text: words(why.as_ref()),
            ..in_room("banned", room, by)
        },
        Event::Blocked { who, by, block } => Columns {
            about: About {
                until: block.until.map(chinwag_grammar::Time::millis),
                ..About::who(who)
            },
            text: words(block.why.as_ref()),
            ..by_somebody("blocked", by)
        },
        Event::Cleared { room, by } => in_room("cleared", room, by),
        Event::Deleted {
            spot,
            by,
            message,
            author,
            why,
        } => {
            let columns = at_spot("deletion", spot, by);
            Columns {
                about: About {
                    name: Some(author.as_str().to_owned()),
                    ..columns.about
                },
                target: Some(number(*message)),
                text: words(why.as_ref()),
                ..columns
            }
        }
        Event::Invited { room, who, by } => Columns {
            about: About::who(who),
            ..in_room("invited", room, by)
        },
        Event::Joined { room, who, ranks } => Columns {
            about: About {
                ranks: (*ranks != Ranks::NONE).then(|| ranks.to_string()),
                ..About::default()
            },
            ..in_room("joined", room, who)
        },
        Event::Kicked { room, who, by, why } => Columns {
            about: About::who(who),
            text: words(why.as_ref()),
            ..in_room("kicked", room, by)
        },
        Event::Left {
            room,
            who,
            why,
            gone,
        } => Columns {
            about: About {
                gone: gone.then_some(true),
                ..About::default()
            },
            text: words(why.as_ref()),
            ..in_room("left", room, who)
        },
        // The modes themselves are the room's; the key is nobody's to read in its history.
        Event::ModesSet {
            room, by, change, ..
        } => Columns {
            about: About {
                change: Some(change.clone()),
                ..About::default()
            },
            ..in_room("modes_set", room, by)
        },
        Event::Ranked {
            room,
            who,
            by,
            rank,
            given,
        } => Columns {
            about: About {
                rank: Some(*rank),
                given: Some(*given),
                ..About::who(who)
            },
            ..in_room("ranked", room, by)
        },
        Event::Reacted {
            spot,
            by,
            message,
            reaction,
            added,
        } => {
            let columns = at_spot("reacted", spot, by);
            Columns {
                about: About {
                    given: Some(*added),
                    ..columns.about
                },
                target: Some(number(*message)),
                text: reaction.as_str(),
                ..columns
            }
        }
        Event::RoleSet { who, by, role } => Columns {
            about: About {
                role: Some(*role),
                ..About::who(who)
            },
            ..by_somebody("role_set", by)
        },
        Event::RoomCreated {
            room,
            by,
            description,
            permanent,
        } => Columns {
            room: Some(room_id(room.id)),
            about: About {
                given: Some(*permanent),
                ..About::default()
            },
            text: description.as_str(),
            ..by_anybody("room_created", by.as_ref())
        },
        // The room is gone, so its row cannot name it.
        Event::RoomDropped { room, by } => Columns {
            about: About {
                room: Some((room.id, room.name.as_str().to_owned())),
                ..About::default()
            },
            ..by_anybody("room_dropped", by.as_ref())
        },
        Event::RoomRenamed { room, by, name } => Columns {
            about: About {
                room: Some((room.id, room.name.as_str().to_owned())),
                name: Some(name.as_str().to_owned()),
                ..About::default()
            },
            ..in_room("room_renamed", room, by)
        },
        Event::Said {
            spot,
            by,
            speech,
            reply_to,
            text,
            ..
        } => Columns {
            target: reply_to.map(number),
            text: text.as_str(),
            ..at_spot(speech_kind(*speech), spot, by)
        },
        Event::TopicSet { room, by, text } => Columns {
            text: text.as_str(),
            ..in_room("topic_set", room, by)
        },
        Event::Unbanned {
            room,
            by,
            kind,
            mask,
        } => Columns {
            about: of_ban(*kind, mask.as_str()),
            ..in_room("unbanned", room, by)
        },
        Event::Unblocked { who, by } => Columns {
            about: About::who(who),
            ..by_somebody("unblocked", by)
        },
        // Every other event has no number, so it is no history; the writer asserts that.
        _ => return None,
    })
}

/// An account's number as SQLite counts.
pub(super) const fn account_id(id: AccountId) -> i64 {
    id.0.cast_signed()
}

/// A room's number as SQLite counts.
pub(super) const fn room_id(id: RoomId) -> i64 {
    id.0.cast_signed()
}

/// A number as SQLite counts.
pub(super) const fn number(number: Number) -> i64 {
    number.get().cast_signed()
}

/// Room, low and high of a place.
pub(super) const fn place_columns(place: Place) -> (Option<i64>, Option<i64>, Option<i64>) {
    match place {
        Place::Pair(low, high) => (None, Some(account_id(low)), Some(account_id(high))),
        Place::Room(room) => (Some(room_id(room)), None, None),
    }
}

const fn speech_kind(speech: Speech) -> &'static str {
    match speech {
        Speech::Action => "action",
        Speech::Message => "message",
        Speech::Notice => "notice",
    }
}

fn of_ban(kind: BanKind, mask: &str) -> About {
    About {
        kind: (kind != BanKind::Ban).then_some(kind),
        mask: Some(mask.to_owned()),
        ..About::default()
    }
}

fn words(why: Option<&Text>) -> &str {
    why.map_or("", Text::as_str)
}

fn by_anybody<'a>(kind: &'static str, by: Option<&'a Who>) -> Columns<'a> {
    Columns {
        kind,
        room: None,
        pair: None,
        author: by.and_then(|by| by.account).map(account_id),
        // Nobody's name is empty, so that the server can be told from a guest.
        nick: by.map_or("", |by| Nick::as_str(&by.nick)),
        about: About::default(),
        target: None,
        text: "",
    }
}

fn by_somebody<'a>(kind: &'static str, by: &'a Who) -> Columns<'a> {
    by_anybody(kind, Some(by))
}

fn in_room<'a>(kind: &'static str, room: &RoomRef, by: &'a Who) -> Columns<'a> {
    Columns {
        room: Some(room_id(room.id)),
        ..by_somebody(kind, by)
    }
}

fn at_spot<'a>(kind: &'static str, spot: &Spot, by: &'a Who) -> Columns<'a> {
    match spot {
        Spot::Private { with } => Columns {
            pair: match spot.place(by) {
                Some(Place::Pair(low, high)) => Some((account_id(low), account_id(high))),
                Some(Place::Room(_)) | None => None,
            },
            about: About::who(with),
            ..by_somebody(kind, by)
        },
        Spot::Ranked { room, .. } | Spot::Room(room) => in_room(kind, room, by),
    }
}
