//! READ: marks a room or a conversation as read, or everything.

use chinwag_grammar::Number;
use chinwag_grammar::plain::Target;

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    target: Option<Target>,
}

impl Verb for Read {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Read,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            target: args.target("target"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let (me, account) = (context.me()?, context.account()?.id);
        let (places, reply) = match &self.target {
            None => (context.state().places_of(account), Reply::ReadAll),
            Some(Target::Nick(nick)) => {
                let with = context.person(nick)?;
                let place: Text = with.nick.as_str().into();
                let places = Spot::Private { with }.place(&me).into_iter().collect();
                (places, Reply::Read { place })
            }
            Some(Target::Room(name)) => {
                let room = context.my_room(Some(name))?;
                let place = room.name.as_str().into();
                (vec![Place::Room(room.id)], Reply::Read { place })
            }
        };
        let state = context.state();
        let marks: Vec<(Place, Number)> = places
            .iter()
            .map(|place| (*place, state.last_in(*place)))
            .filter(|(place, last)| *last > state.read_to(account, *place))
            .collect();
        let conn = context.conn;
        context.emit(Event::Seen { conn, places });
        let personal = self.target.is_none();
        if personal || !marks.is_empty() {
            context.emit(Event::ReadMarked {
                account,
                marks,
                personal,
            });
        }
        Ok(reply.into())
    }
}
