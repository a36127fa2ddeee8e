//! MSG: something is said in a room; without a room, where every line is said, or in the lobby.

use chinwag_grammar::RoomName;

use super::prelude::*;
use super::speak::{self, Speaking};
use crate::model::Room;
use crate::model::event::Speech;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Msg {
    room: Option<RoomName>,
    /// A line while every line is speech.
    talking: Option<RoomName>,
    text: Text,
}

impl Msg {
    /// What a line is while every line is speech.
    #[must_use]
    pub fn to(room: RoomName, text: &str) -> Self {
        Self {
            room: None,
            talking: Some(room),
            text: text.into(),
        }
    }
}

impl Verb for Msg {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Post,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room"),
            talking: None,
            text: args.text("text").unwrap_or_default().into(),
        }
    }

    fn body(&mut self, text: Text) {
        self.text = text;
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let speaking = Speaking {
            speech: Speech::Message,
            reply_to: None,
            tags: Vec::new(),
            text: self.text,
        };
        let room = match self.talking {
            Some(talking) => Some(talked_in(context, talking)?),
            None => self.room,
        };
        speak::in_room(context, room.as_ref(), speaking)
    }
}

/// Where a line is said while every line is speech: the connection knows the room by the name it had then. Whoever was
/// put out of it does not speak elsewhere by mistake; who is back talks on.
fn talked_in(context: &mut Context<'_>, room: RoomName) -> Result<RoomName, Reply> {
    let talk = context.session().talk;
    if let Some(room) = talk.and_then(|id| context.state().room(id)) {
        return Ok(room.name.clone());
    }
    let Ok(back) = context.my_room(Some(&room)).map(Room::to_ref) else {
        return Err(Reply::TalkEnded { room });
    };
    let (conn, name) = (context.conn, back.name.clone());
    let room = Some(back);
    context.emit(Event::TalkChosen { conn, room });
    Ok(name)
}
