//! What exists for IRC alone, with arguments that are likely to mean something.

use chinwag::command::Command;
use chinwag::command::irc::{
    ChatHistory, ChatHistoryTargets, ForceJoin, ForceLeave, MarkRead, MarksItself, Monitor, Oper,
    Override, Replay, SearchIrc, Stats, UserModeIrc, Wallops,
};
use chinwag::effect::{Bound, Range};
use chinwag_grammar::plain::{self, Target};
use chinwag_grammar::{Nick, Number, RoomName, Time};

use super::pools::{NICKS, ROOMS, Random, pick};
use super::world::World;

/// A command.
pub fn command(world: &World, random: Random<'_>) -> Command {
    match random() % 15 {
        0..=3 => Command::ChatHistory(ChatHistory {
            target: target(random),
            range: range(world, random),
            limit: limit(random),
            events: random().is_multiple_of(2),
        }),
        4 => Command::ChatHistoryTargets(ChatHistoryTargets {
            from: time(world, random),
            to: time(world, random),
            limit: limit(random),
        }),
        5 | 6 => Command::MarkRead(MarkRead {
            target: target(random),
            time: (!random().is_multiple_of(3)).then(|| time(world, random)),
        }),
        7 => Command::Replay(Replay {
            target: random().is_multiple_of(2).then(|| target(random)),
            unread: random().is_multiple_of(2),
        }),
        8 => Command::SearchIrc(SearchIrc {
            within: random().is_multiple_of(2).then(|| target(random)),
            from: random().is_multiple_of(3).then(|| nick(random)),
            after: random().is_multiple_of(3).then(|| time(world, random)),
            before: random().is_multiple_of(3).then(|| time(world, random)),
            text: random().is_multiple_of(2).then(|| "words".into()),
            limit: random().is_multiple_of(2).then(|| limit(random)),
        }),
        9 if random().is_multiple_of(6) => Command::MarksItself(MarksItself),
        11 => Command::Oper(Oper {
            name: "boss".to_owned(),
            password: pick(random, &["boss-pass-word", "wrong"]).into(),
        }),
        12 => Command::UserModeIrc(UserModeIrc {
            change: pick(random, &["", "+B-i", "+iwR", "-o", "-R+x"]).to_owned(),
        }),
        13 => operators(random),
        14 => Command::Stats(Stats {
            letter: pick(random, &["d", "k", "o", "u"]).chars().next().unwrap(),
        }),
        _ => Command::Monitor(monitor(random)),
    }
}

/// What only operators may do; most are none.
fn operators(random: Random<'_>) -> Command {
    let (nick, room) = (
        nick(random),
        RoomName::parse(pick(random, &ROOMS[..3])).unwrap(),
    );
    match random() % 4 {
        0 => Command::ForceJoin(ForceJoin { nick, room }),
        1 => Command::ForceLeave(ForceLeave {
            nick,
            room,
            why: None,
        }),
        2 => {
            let line = format!("MODE {room} +m-i");
            let request = plain::parse(&line).unwrap();
            let command = Command::read(request.rule.name, &request.args).unwrap();
            Command::Override(Override {
                command: Box::new(command),
                told: format!("SA{line}").as_str().into(),
            })
        }
        _ => Command::Wallops(Wallops {
            text: "words".into(),
        }),
    }
}

fn monitor(random: Random<'_>) -> Monitor {
    match random() % 6 {
        0 => Monitor::Clear,
        1 => Monitor::List,
        2 => Monitor::Remove(vec![nick(random)]),
        3 => Monitor::Status,
        _ => Monitor::Add(vec![nick(random), nick(random)]),
    }
}

fn range(world: &World, random: Random<'_>) -> Range {
    match random() % 6 {
        0 => Range::After(bound(world, random)),
        1 => Range::Around(bound(world, random)),
        2 => Range::Before(bound(world, random)),
        3 => Range::Between(bound(world, random), bound(world, random)),
        4 => Range::Latest(None),
        _ => Range::Latest(Some(bound(world, random))),
    }
}

fn bound(world: &World, random: Random<'_>) -> Bound {
    if random().is_multiple_of(2) {
        return Bound::Time(time(world, random));
    }
    let last = world.machine.state().last().get();
    let number = last.saturating_sub(random() % 30);
    Bound::Number(Number::new(number).unwrap())
}

fn time(world: &World, random: Random<'_>) -> Time {
    let back = i64::try_from(random() % 60_000).unwrap() - 2_000;
    Time::from_millis(world.now.millis() - back)
}

fn limit(random: Random<'_>) -> usize {
    usize::try_from(random() % 12).unwrap()
}

fn nick(random: Random<'_>) -> Nick {
    let nicks = if random().is_multiple_of(6) {
        &NICKS[..]
    } else {
        &NICKS[..3]
    };
    Nick::parse(pick(random, nicks)).unwrap()
}

fn target(random: Random<'_>) -> Target {
    if random().is_multiple_of(3) {
        return Target::Nick(nick(random));
    }
    let rooms = if random().is_multiple_of(6) {
        &ROOMS[..]
    } else {
        // Those that every script begins with.
        &ROOMS[..3]
    };
    Target::Room(RoomName::parse(pick(random, rooms)).unwrap())
}
