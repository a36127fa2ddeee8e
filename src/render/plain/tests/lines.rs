//! What programs read, letter for letter; and answers, rows and notes.

use std::sync::Arc;

use chinwag_grammar::{Span, Tag, Time, plain as grammar};

use super::samples::{class, events, fact, lobby, nick, number, said, who};
use crate::effect::Note;
use crate::model::event::Speech;
use crate::model::{AccountId, Door, Event, Format, Screen, Spot};
use crate::render::Regard;
use crate::render::plain::{self, reply, row};
use crate::reply::{Presence, Reply, Row};

fn screen(format: Format) -> Screen {
    Screen {
        format,
        ..Screen::default()
    }
}

fn message(text: &str) -> Event {
    said(Spot::Room(lobby()), Speech::Message, None, text)
}

fn matches(rule: &str, line: &str) {
    let line = line.strip_suffix("\r\n").unwrap();
    assert!(grammar::replies().matches(rule, line), "{rule} {line:?}");
}

#[test]
fn events_for_programs() {
    let with = who(3, "carol");
    let private = said(Spot::Private { with }, Speech::Message, None, "a\\b\nc");
    for (event, regard, line, json) in [
        (
            message("build is green"),
            Regard::Other,
            "~ MSG #lobby 1042 2026-09-26T14:02:11.123Z alice :build is green\r\n",
            r##"{"event":"msg","target":"#lobby","id":1042,"time":"2026-09-26T14:02:11.123Z","from":"alice","text":"build is green"}"##,
        ),
        (
            private.clone(),
            Regard::Addressed,
            "~ PRIV alice 1042 2026-09-26T14:02:11.123Z alice :a\\\\b\\nc\r\n",
            r#"{"event":"priv","target":"alice","id":1042,"time":"2026-09-26T14:02:11.123Z","from":"alice","text":"a\\b\nc"}"#,
        ),
        (
            private,
            Regard::Own,
            "~ PRIV carol 1042 2026-09-26T14:02:11.123Z alice :a\\\\b\\nc\r\n",
            r#"{"event":"priv","target":"carol","id":1042,"time":"2026-09-26T14:02:11.123Z","from":"alice","text":"a\\b\nc"}"#,
        ),
        (
            Event::Kicked {
                room: lobby(),
                who: who(2, "bob"),
                by: who(1, "alice"),
                why: Some("spam".into()),
            },
            Regard::Other,
            "~ KICK #lobby 1042 2026-09-26T14:02:11.123Z alice bob :spam\r\n",
            r##"{"event":"kick","target":"#lobby","id":1042,"time":"2026-09-26T14:02:11.123Z","from":"alice","args":["bob"],"text":"spam"}"##,
        ),
        (
            Event::WentAway {
                who: who(2, "bob"),
                why: "lunch".into(),
            },
            Regard::Other,
            "~ AWAY - - 2026-09-26T14:02:11.123Z bob :lunch\r\n",
            r#"{"event":"away","time":"2026-09-26T14:02:11.123Z","from":"bob","text":"lunch"}"#,
        ),
    ] {
        let fact = fact(event);
        assert_eq!(plain::fact(&fact, &class(Format::Line, regard)), line);
        let shown = plain::fact(&fact, &class(Format::Json, regard));
        assert_eq!(shown.trim_end(), json);
    }
}

#[test]
fn everything_shown_is_of_the_grammar() {
    for event in events("some text") {
        let fact = fact(event);
        for (format, rule) in [
            (Format::Json, "json-event"),
            (Format::Line, "event"),
            (Format::Text, "happened"),
        ] {
            let line = plain::fact(&fact, &class(format, Regard::Other));
            matches(rule, &line);
            matches("line", &line);
        }
        let json = plain::fact(&fact, &class(Format::Json, Regard::Own));
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
    }
}

#[test]
fn answers() {
    let (tag, joined) = (
        Tag::parse("t1"),
        Reply::Joined {
            number: number(5),
            room: lobby().name,
        },
    );
    let refused = Reply::RateLimited { retry: 2 };
    for (answer, tag, format, expected) in [
        (&joined, None, Format::Text, "+OK 5 joined #lobby"),
        (
            &joined,
            tag.as_ref(),
            Format::Line,
            "+OK %t1 5 joined #lobby",
        ),
        (
            &joined,
            tag.as_ref(),
            Format::Json,
            r##"{"ok":true,"id":5,"text":"5 joined #lobby","tag":"t1"}"##,
        ),
        (
            &refused,
            tag.as_ref(),
            Format::Text,
            "-ERR %t1 RATE_LIMITED retry=2 : too many tries; wait 2 s",
        ),
        (
            &refused,
            None,
            Format::Json,
            r#"{"ok":false,"code":"RATE_LIMITED","text":"too many tries; wait 2 s","retry":2}"#,
        ),
    ] {
        let line = reply(answer, tag, &screen(format));
        assert_eq!(line.trim_end(), expected);
        matches("line", &line);
    }
}

#[test]
fn rows() {
    let history = |event| Row::Message {
        fact: Arc::new(fact(event)),
        reader: Some(AccountId(1)),
    };
    let deleted = Event::Deleted {
        spot: Spot::Room(lobby()),
        by: who(1, "alice"),
        message: number(1042),
        author: nick("bob"),
        why: None,
    };
    let (with, at) = (
        who(3, "carol"),
        Time::parse("2026-09-26T14:05:00Z").unwrap(),
    );
    let private = said(Spot::Private { with }, Speech::Message, None, "yes");
    for (one, rule, text, line) in [
        (
            history(message("build\nis \\ green")),
            "row-message",
            "= 1042 2026-09-26 14:02 #lobby <alice> build\r\n | is \\ green\r\n",
            "= 1042 2026-09-26T14:02:11.123Z #lobby <alice> build\\nis \\\\ green\r\n",
        ),
        (
            history(private),
            "row-message",
            "= 1042 2026-09-26 14:02 [-> carol] yes\r\n",
            "= 1042 2026-09-26T14:02:11.123Z [-> carol] yes\r\n",
        ),
        (
            history(deleted),
            "row-message",
            "= 1042 2026-09-26 14:02 #lobby * message by bob was deleted\r\n",
            "= 1042 2026-09-26T14:02:11.123Z #lobby * message by bob was deleted\r\n",
        ),
        (
            Row::Audit {
                at,
                by: nick("alice"),
                door: Door::Netcat,
                text: "DELETE 1042 #lobby: spam".into(),
            },
            "row-audit",
            "= 2026-09-26 14:05 alice (netcat) DELETE 1042 #lobby: spam\r\n",
            "= 2026-09-26T14:05:00.000Z alice (netcat) DELETE 1042 #lobby: spam\r\n",
        ),
        (
            Row::Person {
                nick: nick("bob"),
                rank: "member",
                presence: Presence::Away {
                    span: Span::seconds(7_200),
                    why: "lunch".into(),
                },
            },
            "row-person",
            "= bob member away 2h lunch\r\n",
            "= bob member away 2h lunch\r\n",
        ),
    ] {
        for (format, expected) in [(Format::Text, text), (Format::Line, line)] {
            let lines = row(&one, None, &screen(format));
            assert_eq!(lines, expected);
            let first = lines.split_inclusive("\r\n").next().unwrap();
            matches(rule, first);
        }
        let json = row(&one, Tag::parse("t1").as_ref(), &screen(Format::Json));
        matches("json-row", &json);
    }
}

#[test]
fn lines_that_answer_nothing() {
    let (text, line, json) = (
        screen(Format::Text),
        screen(Format::Line),
        screen(Format::Json),
    );
    let unread = |place: &str, count, mentions| Row::Unread {
        place: place.into(),
        count,
        mentions,
        since: number(1),
    };
    let rows = [unread("#ops", 3, 1), unread("bob", 1, 0)];
    assert_eq!(
        plain::unread_note(&rows, &text).unwrap(),
        " 3 new in #ops (1 mentions you), 1 from bob. UNREAD shows them.\r\n"
    );
    assert_eq!(plain::unread_note(&rows, &line), None);
    assert_eq!(plain::unread_note(&[], &text), None);
    assert_eq!(
        plain::note(&Note::Motd("a\nb".into()), &text).unwrap(),
        " a\r\n b\r\n"
    );
    assert_eq!(plain::note(&Note::Tip, &json), None);
    let asked = plain::prompt("password (not shown)", &text);
    assert_eq!(asked, ">password (not shown)\x1b[8m\r\n");
    matches("prompt", &asked);
    matches("prompt", &plain::prompt("password (not shown)", &line));
    matches("json", &plain::prompt("password (not shown)", &json));
    matches("human", &plain::after_prompt(&text).unwrap());
    assert_eq!(plain::after_prompt(&line), None);
    let lost = plain::lost(120, number(88_231), &line);
    assert_eq!(lost, "~ LOST 120 since=88231\r\n");
    matches("lost", &lost);
    matches("human", &plain::lost(120, number(88_231), &text));
    matches("json-event", &plain::lost(120, number(88_231), &json));
    let greeting = plain::greeting("chat.example", 14, true);
    assert_eq!(
        greeting,
        "+OK chinwag at chat.example: 14 people here. HELP, or: REGISTER name / LOGIN name\r\n"
    );
    matches("greeting", &greeting);
    let cleartext = plain::greeting("chat.example", 1, false);
    assert!(cleartext.ends_with("-quiet -connect chat.example:6697.\r\n"));
}
