//! TOPIC: the topic of a room is shown, or set.

use chinwag_grammar::RoomName;

use super::at_room;
use super::prelude::*;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicOf {
    room: Option<RoomName>,
    text: Option<Text>,
}

impl Verb for TopicOf {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn gate(&self) -> Gate {
        Gate {
            writes: self.text.is_some(),
            ..Self::GATE
        }
    }

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room"),
            text: args.text("text").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let room = at_room::mine(context, self.room.as_ref())?;
        let Some(text) = self.text else {
            let name = room.name.clone();
            return Ok(match &room.topic {
                Some(topic) => Reply::TopicIs {
                    room: name,
                    topic: topic.text.clone(),
                    by: topic.by.clone(),
                },
                None => Reply::TopicAbsent { room: name },
            }
            .into());
        };
        let by = context.me()?;
        policy::may_set_topic(context.state(), &by, room, context.now)?;
        at_room::check_why(context, Some(&text))?;
        let room = room.to_ref();
        let number = context.emit(Event::TopicSet { room, by, text });
        Ok(Reply::Numbered { number }.into())
    }
}
