//! What everything said has in common: whether it may be, that it is told, and who is let know later.

use chinwag_grammar::name::NICK_MAX_BYTES;
use chinwag_grammar::{Number, RoomName};

use super::Answer;
use super::prelude::*;
use crate::model::event::Speech;
use crate::model::person::NotificationKind;
use crate::model::{AccountId, Rank, Room, RoomRef};
use crate::policy::room::{self as policy, Floor};

/// Something to be said.
pub struct Speaking {
    pub speech: Speech,
    pub reply_to: Option<Number>,
    pub tags: Vec<(Text, Text)>,
    pub text: Text,
}

/// More names in one message are not looked up.
const MENTIONS_MAX: usize = 32;

/// Says it in a room.
///
/// # Errors
/// Where there is no such room, or they may not speak there.
pub fn in_room(context: &mut Context<'_>, name: Option<&RoomName>, what: Speaking) -> Outcome {
    check_text(context, &what.text)?;
    let by = context.me()?;
    let room = match name {
        Some(name) => context.room(name)?,
        None => context.here()?,
    };
    policy::may_use_token(context.session(), room.id)?;
    match policy::may_speak_to(context.state(), &by, room, context.now)? {
        Floor::Everybody => {}
        Floor::Halfops => {
            let room = room.to_ref();
            return Ok(tell_ranked(context, room, Rank::Halfop, by, what));
        }
    }
    let mentioned = mentioned(context, room, &by, &what.text);
    let (id, room) = (room.id, room.to_ref());
    come_back(context, &by);
    let number = context.emit(Event::Said {
        spot: Spot::Room(room),
        by,
        speech: what.speech,
        reply_to: what.reply_to,
        tags: what.tags,
        text: what.text,
    });
    for account in mentioned {
        let place = Some(Place::Room(id));
        context.notify(account, number, NotificationKind::Mention, place);
    }
    Ok(Reply::Numbered { number }.into())
}

/// Says it in a room to those who have that rank or a higher one.
///
/// # Errors
/// Where there is no such room, or they may not speak there.
pub fn to_ranked(
    context: &mut Context<'_>,
    name: &RoomName,
    rank: Rank,
    what: Speaking,
) -> Outcome {
    check_text(context, &what.text)?;
    let by = context.me()?;
    let room = context.room(name)?;
    policy::may_use_token(context.session(), room.id)?;
    let floor = policy::may_speak_to(context.state(), &by, room, context.now)?;
    let rank = match floor {
        Floor::Everybody => rank,
        Floor::Halfops => rank.min(Rank::Halfop),
    };
    let room = room.to_ref();
    Ok(tell_ranked(context, room, rank, by, what))
}

fn tell_ranked(
    context: &mut Context<'_>,
    room: RoomRef,
    rank: Rank,
    by: Who,
    what: Speaking,
) -> Answer {
    come_back(context, &by);
    let (name, word) = (room.name.clone(), rank.as_str());
    context.emit(Event::Said {
        spot: Spot::Ranked { room, rank },
        by,
        speech: what.speech,
        reply_to: what.reply_to,
        tags: what.tags,
        text: what.text,
    });
    let (room, rank) = (name, word);
    Reply::SentRanked { rank, room }.into()
}

/// Says it to one person; it waits for an account that is not there.
///
/// # Errors
/// Where there is nobody of that name.
pub fn to_person(
    context: &mut Context<'_>,
    nick: &chinwag_grammar::Nick,
    what: Speaking,
) -> Outcome {
    check_text(context, &what.text)?;
    let (by, with) = (context.me()?, context.person(nick)?);
    policy::may_write_to(context.state(), context.session(), &by, &with)?;
    come_back(context, &by);
    let nick = with.nick.clone();
    let recorded = by.account.is_some() && with.account.is_some();
    let place = Spot::Private { with: with.clone() }.place(&by);
    let number = context.emit(Event::Said {
        spot: Spot::Private { with: with.clone() },
        by,
        speech: what.speech,
        reply_to: what.reply_to,
        tags: what.tags,
        text: what.text,
    });
    if !recorded {
        return Ok(Reply::Sent { nick }.into());
    }
    let Some(account) = with.account else {
        return Ok(Reply::Numbered { number }.into());
    };
    context.notify(account, number, NotificationKind::Private, place);
    let state = context.state();
    let away = state.live().away.get(&account);
    if state.is_present(account) && away.is_none() {
        return Ok(Reply::Numbered { number }.into());
    }
    let why = Context::because(away.map(|away| &away.why));
    Ok(Reply::PrivateKept { number, nick, why }.into())
}

fn check_text(context: &Context<'_>, text: &Text) -> Result<(), Reply> {
    let limit = context.rules().message_bytes;
    if text.is_blank() {
        return Err(Reply::TextEmpty);
    }
    if text.as_str().len() > limit {
        return Err(Reply::TextTooLong { limit });
    }
    Ok(())
}

/// Who speaks is not away.
fn come_back(context: &mut Context<'_>, by: &Who) {
    if by
        .account
        .is_some_and(|id| context.state().live().away.contains_key(&id))
    {
        context.emit(Event::CameBack { who: by.clone() });
    }
}

/// The members whose names are words of the text, but for the one who says it and for those who ignore them.
fn mentioned(context: &Context<'_>, room: &Room, by: &Who, text: &Text) -> Vec<AccountId> {
    let (names, mut found) = (&context.state().durable().names, Vec::new());
    // Every message comes by here: the words are folded in one place, not each in its own.
    let (mut folded, speaker) = (String::new(), by.nick.folded());
    for word in text.words().filter(|word| word.len() <= NICK_MAX_BYTES) {
        folded.clear();
        folded.push_str(word);
        folded.make_ascii_lowercase();
        let Some(id) = names.get(folded.as_str()) else {
            continue;
        };
        let account = context.state().account(*id);
        let ignores = account.is_some_and(|account| account.ignored.contains_key(&speaker));
        let is_other = Some(*id) != by.account && room.members.contains_key(id);
        if is_other && !ignores && !found.contains(id) {
            found.push(*id);
        }
        if found.len() == MENTIONS_MAX {
            break;
        }
    }
    found
}
