//! What rooms do that no line of the plain dialect asks for: IRC makes temporary rooms, speaks to ranks, and shows who
//! comes back as what.

use chinwag_grammar::RoomName;

use super::*;
use crate::command::irc::SayRanked;
use crate::command::join::Join;
use crate::config::Config;
use crate::effect::{Hearer, To};
use crate::model::event::Speech;
use crate::model::rules::Creation;
use crate::model::{Event, Rank, Ranks, Spot};
use crate::reply::Reply;

/// The same machine, with guests, who may make rooms; and a guest, zoe.
fn with_guest() -> (Machine, ConnId, ConnId) {
    let (mut machine, conn) = machine();
    let mut rules = crate::server::rules(&Config::default());
    rules.guests = true;
    rules.create = Creation::Anyone;
    let rules = Box::new(rules);
    step(&mut machine, Entry::Configured { rules });
    let guest = ConnId::new(0, 2);
    let session = Box::new(session(guest));
    step(&mut machine, Entry::Connected { session });
    step(&mut machine, request(guest, command("GUEST zoe"), None));
    (machine, conn, guest)
}

fn room(name: &str) -> RoomName {
    RoomName::parse(name).unwrap()
}

fn join(name: &str, make: bool) -> Command {
    Command::Join(Join {
        room: room(name),
        key: None,
        make,
    })
}

fn events(effects: &[Effect]) -> Vec<(&Event, &To)> {
    let facts = effects.iter().filter_map(|effect| match effect {
        Effect::Fact { fact, audience } => Some((&fact.event, &audience.to)),
        _ => None,
    });
    facts.collect()
}

fn code(effects: &[Effect]) -> Option<&'static str> {
    effects.iter().find_map(|effect| match effect {
        Effect::Answer { reply, .. } => reply.code(),
        _ => None,
    })
}

fn ranks(machine: &Machine, conn: ConnId, name: &str) -> Ranks {
    let state = machine.state();
    let room = state.room_named(&room(name)).unwrap();
    state.ranks(&state.who(conn).unwrap(), room)
}

#[test]
fn a_temporary_room_is_its_makers_and_ends_with_the_last() {
    let (mut machine, conn, guest) = with_guest();
    let refused = step(&mut machine, request(conn, join("#tea", false), None));
    assert_eq!(code(&refused), Some("NO_SUCH_ROOM"));
    let made = step(&mut machine, request(guest, join("#tea", true), None));
    let kinds = events(&made);
    assert!(matches!(
        kinds[0].0,
        Event::RoomCreated {
            permanent: false,
            ..
        }
    ));
    assert!(matches!(
        kinds[1].0,
        Event::Joined {
            ranks: Ranks::OPERATOR,
            ..
        }
    ));
    step(&mut machine, request(conn, join("#tea", true), None));
    assert_eq!(ranks(&machine, conn, "#tea"), Ranks::NONE);
    // A guest who runs a room runs it.
    step(&mut machine, request(guest, command("OP alice #tea"), None));
    assert_eq!(ranks(&machine, conn, "#tea"), Ranks::OPERATOR);
    let created = step(
        &mut machine,
        request(conn, command("CREATE #tea for good"), None),
    );
    assert_eq!(code(&created), None);
    assert_eq!(ranks(&machine, conn, "#tea"), Ranks::FOUNDER);
    step(&mut machine, request(guest, join("#cups", true), None));
    step(&mut machine, request(guest, command("LEAVE #cups"), None));
    assert_eq!(machine.state().room_named(&room("#cups")), None);
}

#[test]
fn a_guest_who_goes_is_offline_before_it_has_left() {
    let (mut machine, conn, guest) = with_guest();
    step(&mut machine, request(guest, join("#ops", false), None));
    let why = None;
    let told = step(&mut machine, Entry::Disconnected { conn: guest, why });
    let told = events(&told);
    let Event::Offline { who, .. } = told[0].0 else {
        panic!("{told:?}");
    };
    assert_eq!(who.nick.as_str(), "zoe");
    let rooms = machine.state().durable().rooms.keys().copied().collect();
    assert_eq!(told[0].1, &To::Rooms(rooms));
    for (event, _) in &told[1..3] {
        assert!(matches!(event, Event::Left { gone: true, .. }), "{event:?}");
    }
    let left = step(&mut machine, request(conn, command("LEAVE #ops"), None));
    assert!(matches!(
        events(&left)[0].0,
        Event::Left { gone: false, .. }
    ));
}

#[test]
fn who_comes_back_is_told_with_rooms_and_ranks() {
    let (mut machine, conn) = machine();
    step(&mut machine, request(conn, command("LOGOUT"), None));
    let found = Found::Verified {
        seen: Some(Verifier::from_phc("$argon2id$".to_owned())),
        right: true,
        renewed: None,
    };
    let line = command("LOGIN alice pass-word");
    let told = step(&mut machine, request(conn, line, Some(found)));
    let online = events(&told)
        .into_iter()
        .find_map(|(event, _)| match event {
            Event::Online { rooms, .. } => Some(rooms.clone()),
            _ => None,
        });
    let rooms = online.unwrap().into_iter();
    let rooms: Vec<_> = rooms
        .map(|(room, ranks)| (room.name.to_string(), ranks))
        .collect();
    let expected = [("#lobby", Ranks::NONE), ("#ops", Ranks::FOUNDER)];
    assert_eq!(
        rooms,
        expected.map(|(name, ranks)| (name.to_owned(), ranks))
    );
}

#[test]
fn what_is_said_to_a_rank_reaches_it_and_is_not_recorded() {
    let (mut machine, conn, guest) = with_guest();
    step(&mut machine, request(guest, join("#ops", false), None));
    let said = |text: &str| {
        Command::SayRanked(SayRanked {
            room: room("#ops"),
            rank: Rank::Operator,
            speech: Speech::Message,
            reply_to: None,
            text: text.into(),
        })
    };
    let before = machine.state().last();
    let told = step(&mut machine, request(guest, said("help"), None));
    assert_eq!(machine.state().last(), before);
    let (event, to) = events(&told)[0];
    let Event::Said {
        spot: Spot::Ranked { rank, .. },
        ..
    } = event
    else {
        panic!("{event:?}");
    };
    assert_eq!(*rank, Rank::Operator);
    let alice = machine.state().who(conn).unwrap().account.unwrap();
    let hearers = vec![Hearer::Account(alice), Hearer::Conn(guest)];
    assert_eq!(to, &To::People(hearers));
    let answered = told.iter().any(|effect| {
        matches!(
            effect,
            Effect::Answer {
                reply: Reply::SentRanked {
                    rank: "operator",
                    ..
                },
                ..
            }
        )
    });
    assert!(answered, "{told:?}");
    step(&mut machine, request(guest, command("LEAVE #ops"), None));
    let refused = step(&mut machine, request(guest, said("help"), None));
    assert_eq!(code(&refused), Some("NOT_IN_ROOM"));
}
