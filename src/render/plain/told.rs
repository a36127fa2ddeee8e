//! A fact taken apart into the fields that programs read: verb, conversation, who, arguments, text.

use std::borrow::Cow;

use chinwag_grammar::{Mask, Time};

use super::stamp;
use crate::model::event::Speech;
use crate::model::{BanKind, Event, Fact, Rank, RoomRef, Spot, Text, Who};

/// A fact as programs read it.
pub struct Told<'a> {
    /// What happened: `MSG`.
    pub verb: &'static str,
    /// The conversation as its reader sees it.
    pub conversation: Option<&'a str>,
    /// Who did it.
    pub who: Option<&'a str>,
    /// What else there is: words without spaces, none beginning with `:`.
    pub args: Vec<Cow<'a, str>>,
    /// Free text.
    pub text: &'a str,
}

/// Takes a fact apart for a reader who did it, or did not; nothing where it has no looks.
#[must_use]
pub fn told(fact: &Fact, own: bool) -> Option<Told<'_>> {
    let told = match &fact.event {
        Event::Banned {
            room,
            by,
            kind,
            mask,
            until,
            why,
        } => {
            let verb = match kind {
                BanKind::Ban => "BAN",
                BanKind::Exception => "EXEMPT",
                BanKind::Invitation => "ADMIT",
                BanKind::Mute => "MUTE",
            };
            let told = in_room(verb, room, by).arg(masked(mask));
            told.until(*until).why(why.as_ref())
        }
        Event::Blocked { who, by, block } => of_person("BLOCK", by)
            .arg(who.nick.as_str())
            .until(block.until)
            .why(block.why.as_ref()),
        Event::CameBack { who } => of_person("BACK", who),
        Event::Cleared { room, by } => in_room("CLEAR", room, by),
        Event::Deleted {
            spot,
            by,
            message,
            why,
            ..
        } => at_spot("DELETE", spot, by, own)
            .arg(message.to_string())
            .why(why.as_ref()),
        Event::Invited { room, who, by } => in_room("INVITE", room, by).arg(who.nick.as_str()),
        Event::Joined { room, who, .. } => in_room("JOIN", room, who),
        Event::Kicked { room, who, by, why } => in_room("KICK", room, by)
            .arg(who.nick.as_str())
            .why(why.as_ref()),
        Event::Left { room, who, why, .. } => in_room("LEAVE", room, who).why(why.as_ref()),
        Event::ModesSet {
            room, by, change, ..
        } => in_room("MODE", room, by).why(Some(change)),
        // A guest who goes leaves each of its rooms, which tells it.
        Event::Offline { who, .. } if who.account.is_none() => return None,
        Event::Offline {
            who, lobby, why, ..
        } => maybe_in_room("OFFLINE", lobby.as_ref(), Some(who)).why(why.as_ref()),
        Event::Online { who, lobby, .. } => maybe_in_room("ONLINE", lobby.as_ref(), Some(who)),
        Event::OperatorsTold { by, text } => of_person("WALLOPS", by).why(Some(text)),
        Event::Ranked {
            room,
            who,
            by,
            rank,
            given,
        } => {
            let verb = match (rank, given) {
                (Rank::Founder, true) => "FOUNDER",
                (Rank::Founder, false) => "DEFOUNDER",
                (Rank::Protected, true) => "PROTECT",
                (Rank::Protected, false) => "DEPROTECT",
                (Rank::Operator, true) => "OP",
                (Rank::Operator, false) => "DEOP",
                (Rank::Halfop, true) => "HALFOP",
                (Rank::Halfop, false) => "DEHALFOP",
                (Rank::Voice, true) => "VOICE",
                (Rank::Voice, false) => "DEVOICE",
            };
            in_room(verb, room, by).arg(who.nick.as_str())
        }
        Event::Reacted {
            spot,
            by,
            message,
            reaction,
            added,
        } => {
            let verb = if *added { "REACT" } else { "UNREACT" };
            let told = at_spot(verb, spot, by, own).arg(message.to_string());
            told.why(Some(reaction))
        }
        Event::RoleSet { who, by, role } => of_person("ROLE", by)
            .arg(who.nick.as_str())
            .arg(role.as_str()),
        Event::RoomCreated {
            room,
            by,
            description,
            ..
        } => maybe_in_room("CREATE", Some(room), by.as_ref()).why(Some(description)),
        Event::RoomDropped { room, by } => maybe_in_room("DROP", Some(room), by.as_ref()),
        Event::RoomRenamed { room, by, name } => in_room("RENAME", room, by).arg(name.as_str()),
        Event::Said {
            spot,
            by,
            speech,
            reply_to,
            text,
            ..
        } => {
            let verb = match (speech, reply_to, spot) {
                (Speech::Action, _, _) => "ACTION",
                (Speech::Notice, _, _) => "NOTICE",
                (Speech::Message, Some(_), _) => "REPLY",
                (Speech::Message, None, Spot::Private { .. }) => "PRIV",
                (Speech::Message, None, Spot::Ranked { .. } | Spot::Room(_)) => "MSG",
            };
            let told = at_spot(verb, spot, by, own).why(Some(text));
            match reply_to {
                Some(number) => told.arg(number.to_string()),
                None => told,
            }
        }
        Event::ShuttingDown { why } => maybe_in_room("SHUTDOWN", None, None).why(Some(why)),
        Event::TopicSet { room, by, text } => in_room("TOPIC", room, by).why(Some(text)),
        Event::Unbanned {
            room,
            by,
            kind,
            mask,
        } => {
            let verb = match kind {
                BanKind::Ban => "UNBAN",
                BanKind::Exception => "UNEXEMPT",
                BanKind::Invitation => "UNADMIT",
                BanKind::Mute => "UNMUTE",
            };
            in_room(verb, room, by).arg(masked(mask))
        }
        Event::Unblocked { who, by } => of_person("UNBLOCK", by).arg(who.nick.as_str()),
        Event::WentAway { who, why } => of_person("AWAY", who).why(Some(why)),
        Event::AccountDeleted { .. }
        | Event::Admitted { .. }
        | Event::Audited { .. }
        | Event::Authenticated { .. }
        | Event::CertificateAdded { .. }
        | Event::CertificateRemoved { .. }
        | Event::ClearOffered { .. }
        | Event::Configured { .. }
        | Event::Connected { .. }
        | Event::Disconnected { .. }
        | Event::EmailSet { .. }
        | Event::Expired { .. }
        | Event::FormatChosen { .. }
        | Event::GuestEntered { .. }
        | Event::Ignored { .. }
        | Event::InvitationMade { .. }
        | Event::InvitationUsed { .. }
        | Event::LoggedIn { .. }
        | Event::LoggedOut { .. }
        | Event::LoginFailed { .. }
        | Event::MarksItself { .. }
        | Event::Monitored { .. }
        | Event::Notified { .. }
        | Event::Opered { .. }
        | Event::Overrode { .. }
        | Event::PasswordSet { .. }
        | Event::ReadMarked { .. }
        | Event::RealNamed { .. }
        | Event::RecoveryUsed { .. }
        | Event::Registered { .. }
        | Event::ResetSet { .. }
        | Event::ScramSet { .. }
        | Event::SecretMade { .. }
        | Event::Seen { .. }
        | Event::ServerBanned { .. }
        | Event::ServerUnbanned { .. }
        | Event::SettingsChosen { .. }
        | Event::Signalled { .. }
        | Event::Started
        | Event::TalkChosen { .. }
        | Event::TokenMade { .. }
        | Event::TokenRevoked { .. }
        | Event::UserModesSet { .. }
        | Event::Visited { .. }
        | Event::WidthChosen { .. } => return None,
    };
    Some(told)
}

impl<'a> Told<'a> {
    fn arg(mut self, arg: impl Into<Cow<'a, str>>) -> Self {
        self.args.push(arg.into());
        self
    }

    fn until(self, until: Option<Time>) -> Self {
        let Some(until) = until else {
            return self;
        };
        let mut moment = String::new();
        stamp::iso(&mut moment, until);
        self.arg(moment)
    }

    fn why(self, why: Option<&'a Text>) -> Self {
        Self {
            text: why.map_or("", Text::as_str),
            ..self
        }
    }
}

fn of_person<'a>(verb: &'static str, who: &'a Who) -> Told<'a> {
    maybe_in_room(verb, None, Some(who))
}

fn in_room<'a>(verb: &'static str, room: &'a RoomRef, who: &'a Who) -> Told<'a> {
    maybe_in_room(verb, Some(room), Some(who))
}

fn maybe_in_room<'a>(
    verb: &'static str,
    room: Option<&'a RoomRef>,
    who: Option<&'a Who>,
) -> Told<'a> {
    Told {
        verb,
        conversation: room.map(|room| room.name.as_str()),
        who: who.map(|who| who.nick.as_str()),
        args: Vec::new(),
        text: "",
    }
}

fn at_spot<'a>(verb: &'static str, spot: &'a Spot, by: &'a Who, own: bool) -> Told<'a> {
    match spot {
        Spot::Private { with } => Told {
            conversation: Some(if own { &with.nick } else { &by.nick }.as_str()),
            ..of_person(verb, by)
        },
        Spot::Ranked { room, rank } => in_room(verb, room, by).arg(rank.as_str()),
        Spot::Room(room) => in_room(verb, room, by),
    }
}

/// A `:` would begin the text; `?` stands for it in masks as well.
fn masked(mask: &Mask) -> Cow<'_, str> {
    match mask.as_str().strip_prefix(':') {
        Some(rest) => Cow::Owned(format!("?{rest}")),
        None => Cow::Borrowed(mask.as_str()),
    }
}
