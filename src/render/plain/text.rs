//! FORMAT text: what happened, for people; also what rows of the history say.

use super::super::{Class, Regard};
use super::paper::Paper;
use crate::model::event::Speech;
use crate::model::{BanKind, Bell, Event, Fact, Rank, RoomRef, Spot, Who};

/// A fact as one line, and further ones where its text has them.
pub fn event(fact: &Fact, class: &Class) -> String {
    let screen = &class.screen;
    let mut paper = Paper::screen(screen);
    if screen.settings.numbers
        && let Some(number) = fact.number
    {
        paper.number(number).raw(" ");
    }
    paper.stamp(fact.at, screen);
    said(&mut paper, fact, class.regard == Regard::Own);
    paper.finish(rings(fact, class))
}

/// What a fact says, from its conversation on, to a reader who did it, or did not.
pub fn said(paper: &mut Paper, fact: &Fact, own: bool) {
    let Event::Said {
        spot,
        by,
        speech,
        reply_to,
        text,
        ..
    } = &fact.event
    else {
        place(paper, &fact.event);
        server(paper, fact);
        return;
    };
    match (spot, speech) {
        (Spot::Private { with }, _) => {
            let (arrow, other) = if own { ("-> ", with) } else { ("", by) };
            paper.raw("[").raw(arrow).nick(&other.nick).head().raw("]");
            if *speech == Speech::Action {
                paper.raw(" ** ").head().nick(&by.nick);
            }
        }
        (Spot::Ranked { room, .. } | Spot::Room(room), Speech::Action) => {
            paper.word(room.name.as_str()).raw(" ** ").head();
            paper.nick(&by.nick);
        }
        (Spot::Ranked { room, .. } | Spot::Room(room), Speech::Message) => {
            paper.word(room.name.as_str()).raw(" <");
            paper.nick(&by.nick).head().raw(">");
        }
        (Spot::Ranked { room, .. } | Spot::Room(room), Speech::Notice) => {
            paper.word(room.name.as_str()).raw(" -");
            paper.nick(&by.nick).head().raw("-");
        }
    }
    if let Spot::Ranked { rank, .. } = spot {
        paper.raw(" (to ").raw(rank.as_str()).raw(" and higher)");
    }
    if let Some(number) = reply_to {
        paper.raw(" (to ").number(*number).raw(")");
    }
    paper.raw(" ").text(text.as_str());
}

/// What is left of a message that was removed, in the place of the message.
pub fn tombstone(paper: &mut Paper, fact: &Fact) {
    place(paper, &fact.event);
    match &fact.event {
        Event::Deleted { author, .. } => paper.raw("message by ").nick(author),
        Event::Said { by, .. } => paper.raw("message by ").nick(&by.nick),
        _ => paper.raw("something"),
    };
    paper.raw(" was deleted");
}

/// The bell rings for what others said.
fn rings(fact: &Fact, class: &Class) -> bool {
    let heard = match class.screen.settings.bell {
        Bell::All => class.regard != Regard::Own,
        Bell::Mentions => class.regard == Regard::Addressed,
        Bell::Off => false,
    };
    heard && matches!(fact.event, Event::Said { .. })
}

/// The room and one star: the server speaks, and nobody else can.
fn place(paper: &mut Paper, event: &Event) {
    match room(event) {
        Some(room) => paper.word(room.name.as_str()).raw(" * "),
        // Without a stamp a space stands first: a star may not.
        None if paper.is_blank() => paper.raw(" * "),
        None => paper.raw("* "),
    };
    paper.head();
}

fn room(event: &Event) -> Option<&RoomRef> {
    match event {
        Event::Deleted { spot, .. } | Event::Reacted { spot, .. } | Event::Said { spot, .. } => {
            match spot {
                Spot::Private { .. } => None,
                Spot::Ranked { room, .. } | Spot::Room(room) => Some(room),
            }
        }
        Event::Banned { room, .. }
        | Event::Cleared { room, .. }
        | Event::Invited { room, .. }
        | Event::Joined { room, .. }
        | Event::Kicked { room, .. }
        | Event::Left { room, .. }
        | Event::ModesSet { room, .. }
        | Event::Ranked { room, .. }
        | Event::RoomCreated { room, .. }
        | Event::RoomDropped { room, .. }
        | Event::RoomRenamed { room, .. }
        | Event::TopicSet { room, .. }
        | Event::Unbanned { room, .. } => Some(room),
        Event::Offline { lobby, .. } | Event::Online { lobby, .. } => lobby.as_ref(),
        _ => None,
    }
}

/// The words of the server. What has no looks has none here.
fn server(paper: &mut Paper, fact: &Fact) {
    match &fact.event {
        Event::Banned {
            by,
            kind,
            mask,
            until,
            why,
            ..
        } => {
            let (verb, rest) = match kind {
                BanKind::Ban => (" banned ", ""),
                BanKind::Exception => (" exempted ", " from bans"),
                BanKind::Invitation => (" lets ", " in without an invitation"),
                BanKind::Mute => (" muted ", ""),
            };
            paper.nick(&by.nick).raw(verb).word(mask.as_str()).raw(rest);
            paper.until(*until).why(why.as_ref())
        }
        Event::Blocked { who, by, block } => paper
            .nick(&who.nick)
            .raw(" was blocked by ")
            .nick(&by.nick)
            .until(block.until)
            .why(block.why.as_ref()),
        Event::CameBack { who } => paper.nick(&who.nick).raw(" is back"),
        Event::Cleared { by, .. } => paper.nick(&by.nick).raw(" removed the history"),
        Event::Deleted {
            by,
            message,
            author,
            why,
            ..
        } => {
            paper.raw("message ").number(*message).raw(" by ");
            paper.nick(author).raw(" was deleted by ").nick(&by.nick);
            paper.why(why.as_ref())
        }
        Event::Invited { who, by, .. } => paper.nick(&by.nick).raw(" invited ").nick(&who.nick),
        Event::Joined { who, .. } => paper.nick(&who.nick).raw(" joined"),
        Event::Kicked { who, by, why, .. } => {
            paper.nick(&who.nick).raw(" was kicked by ").nick(&by.nick);
            paper.why(why.as_ref())
        }
        Event::Left { who, why, .. } => paper.nick(&who.nick).raw(" left").why(why.as_ref()),
        Event::ModesSet { by, change, .. } => paper
            .nick(&by.nick)
            .raw(" set the modes ")
            .one_line(change.as_str()),
        Event::Offline { who, .. } if who.account.is_none() => paper,
        Event::Offline { who, why, .. } => {
            paper.nick(&who.nick).raw(" disconnected").why(why.as_ref())
        }
        Event::Online { who, .. } => paper.nick(&who.nick).raw(" connected"),
        Event::OperatorsTold { by, text } => {
            paper.nick(&by.nick).raw(" to operators").why(Some(text))
        }
        Event::Ranked {
            who,
            by,
            rank,
            given,
            ..
        } => ranked(paper, who, by, *rank, *given),
        Event::Reacted {
            by,
            message,
            reaction,
            added,
            ..
        } => {
            let verb = if *added {
                " reacted to "
            } else {
                " took back a reaction to "
            };
            paper.nick(&by.nick).raw(verb).number(*message);
            paper.raw(": ").one_line(reaction.as_str())
        }
        Event::RoleSet { who, by, role } => {
            paper.nick(&who.nick).raw(" is now ").raw(role.as_str());
            paper.raw(", set by ").nick(&by.nick)
        }
        Event::RoomCreated {
            by, description, ..
        } => by_whom(paper.raw("the room was created"), by.as_ref()).why(Some(description)),
        Event::RoomDropped { by, .. } => by_whom(paper.raw("the room was removed"), by.as_ref()),
        Event::RoomRenamed { by, name, .. } => {
            paper.raw("the room is now known as ").word(name.as_str());
            by_whom(paper.raw(", renamed"), Some(by))
        }
        Event::ShuttingDown { why } if why.is_blank() => paper.raw("the server is shutting down"),
        Event::ShuttingDown { why } => paper.one_line(why.as_str()),
        Event::TopicSet { by, text, .. } if text.is_blank() => {
            paper.nick(&by.nick).raw(" removed the topic")
        }
        Event::TopicSet { by, text, .. } => {
            paper.nick(&by.nick).raw(" set the topic").why(Some(text))
        }
        Event::Unbanned { by, kind, mask, .. } => {
            let (verb, rest) = match kind {
                BanKind::Ban => (" unbanned ", ""),
                BanKind::Exception => (" no longer exempts ", " from bans"),
                BanKind::Invitation => (" no longer lets ", " in without an invitation"),
                BanKind::Mute => (" unmuted ", ""),
            };
            paper.nick(&by.nick).raw(verb).word(mask.as_str()).raw(rest)
        }
        Event::Unblocked { who, by } => paper
            .nick(&who.nick)
            .raw(" was unblocked by ")
            .nick(&by.nick),
        Event::WentAway { who, why } => paper.nick(&who.nick).raw(" is away").why(Some(why)),
        _ => paper,
    };
}

fn ranked<'p>(paper: &'p mut Paper, who: &Who, by: &Who, rank: Rank, given: bool) -> &'p mut Paper {
    paper.nick(&who.nick);
    match (rank, given) {
        (Rank::Voice, true) => paper.raw(" was given voice by "),
        (Rank::Voice, false) => paper.raw(" no longer has voice, by "),
        (Rank::Founder | Rank::Protected | Rank::Operator | Rank::Halfop, true) => {
            paper.raw(" was made ").raw(rank.as_str()).raw(" by ")
        }
        (Rank::Founder | Rank::Protected | Rank::Operator | Rank::Halfop, false) => {
            paper.raw(" is no longer ").raw(rank.as_str()).raw(", by ")
        }
    };
    paper.nick(&by.nick)
}

fn by_whom<'p>(paper: &'p mut Paper, by: Option<&Who>) -> &'p mut Paper {
    match by {
        Some(by) => paper.raw(" by ").nick(&by.nick),
        None => paper,
    }
}
