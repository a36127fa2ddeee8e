//! What commands in a room have in common: which room is meant, what reasons may be, and what the audit log says.

use chinwag_grammar::RoomName;

use super::prelude::*;
use crate::model::Room;
use crate::policy::room as policy;

/// The room that the asker is in and may use.
///
/// # Errors
/// Where there is none, the asker is not in it, or came with a token for others.
pub fn mine<'a>(context: &'a Context<'_>, name: Option<&RoomName>) -> Result<&'a Room, Reply> {
    let room = context.my_room(name)?;
    policy::may_use_token(context.session(), &room.name)?;
    Ok(room)
}

/// A room that the asker may know of and use, in it or not.
///
/// # Errors
/// Where there is none, or the asker came with a token for others.
pub fn known<'a>(context: &'a Context<'_>, name: Option<&RoomName>) -> Result<&'a Room, Reply> {
    let room = match name {
        Some(name) => context.room(name)?,
        None => context.here()?,
    };
    policy::may_use_token(context.session(), &room.name)?;
    Ok(room)
}

/// The room that the asker runs; admins run every room.
///
/// # Errors
/// Where there is none, or the asker does not run it.
pub fn run<'a>(context: &'a Context<'_>, name: Option<&RoomName>) -> Result<&'a Room, Reply> {
    let room = known(context, name)?;
    policy::may_run(context.state(), &context.me()?, room)?;
    Ok(room)
}

/// The reason that was given, if any.
///
/// # Errors
/// Where it is longer than a topic may be.
pub fn check_why(context: &Context<'_>, why: Option<&Text>) -> Result<(), Reply> {
    let limit = context.rules().topic_len;
    if why.is_some_and(|why| why.as_str().len() > limit) {
        return Err(Reply::TextTooLong { limit });
    }
    Ok(())
}

/// Writes an act of the staff into the audit log: `KICK bob #ops: why`.
pub fn audit(context: &mut Context<'_>, act: &str, why: Option<&Text>) {
    let because = Context::because(why);
    context.audit(&format!("{act}{because}"));
}
