//! TOPIC: shows the topic of a room, or sets it.

use chinwag_grammar::RoomName;

use super::prelude::*;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub room: Option<RoomName>,
    pub text: Option<Text>,
}

impl Verb for Topic {
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
            // `-` alone removes it.
            text: args
                .text("text")
                .map(|text| if text == "-" { "" } else { text })
                .map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let room = context.my_room(self.room.as_ref())?;
        let name = room.name.clone();
        let Some(text) = self.text else {
            let shown = room.topic.clone();
            return Ok(match shown {
                Some(topic) => Reply::TopicIs {
                    room: name,
                    topic: topic.text,
                    by: topic.by,
                    at: topic.at,
                },
                None => Reply::TopicAbsent { room: name },
            }
            .into());
        };
        policy::may_set_topic(context.state(), &by, room, context.now)?;
        policy::may_describe(context.state(), &text)?;
        let room = room.to_ref();
        let number = context.emit(Event::TopicSet { room, by, text });
        Ok(Reply::Numbered { number }.into())
    }
}
