//! What people see, letter for letter.

use chinwag_grammar::plain as grammar;

use super::samples::{class, fact, lobby, nick, number, said, who};
use crate::model::event::Speech;
use crate::model::screen::{Bell, TimeStyle, Zone};
use crate::model::{Event, Format, Spot};
use crate::render::plain;
use crate::render::{Class, Regard};

fn shown(event: Event, class: &Class) -> String {
    let lines = plain::fact(&fact(event), class);
    for line in lines.strip_suffix("\r\n").unwrap().split("\r\n") {
        assert!(grammar::replies().matches("human", line), "{line:?}");
    }
    lines
}

fn message(text: &str) -> Event {
    said(Spot::Room(lobby()), Speech::Message, None, text)
}

fn private() -> Event {
    let with = who(3, "carol");
    said(Spot::Private { with }, Speech::Message, None, "yes")
}

#[test]
fn as_the_dialect_shows_it() {
    let class = class(Format::Text, Regard::Other);
    let (bob, room) = (who(2, "bob"), lobby());
    for (event, expected) in [
        (
            message("build is green"),
            "14:02 #lobby <alice> build is green\r\n",
        ),
        (
            message("two lines:\nsecond line"),
            "14:02 #lobby <alice> two lines:\r\n | second line\r\n",
        ),
        (
            said(Spot::Room(lobby()), Speech::Action, None, "waves"),
            "14:02 #lobby ** alice waves\r\n",
        ),
        (
            said(Spot::Room(lobby()), Speech::Notice, None, "deployed"),
            "14:02 #lobby -alice- deployed\r\n",
        ),
        (
            said(Spot::Room(lobby()), Speech::Message, Some(7), "yes"),
            "14:02 #lobby <alice> (to 7) yes\r\n",
        ),
        (
            Event::Joined {
                room: room.clone(),
                who: bob.clone(),
                ranks: crate::model::Ranks::NONE,
            },
            "14:02 #lobby * bob joined\r\n",
        ),
        (
            Event::Kicked {
                room: room.clone(),
                who: bob.clone(),
                by: who(1, "alice"),
                why: Some("spam".into()),
            },
            "14:02 #lobby * bob was kicked by alice: spam\r\n",
        ),
        (
            Event::Deleted {
                spot: Spot::Room(room),
                by: who(1, "alice"),
                message: number(7),
                author: nick("bob"),
                why: Some("spam".into()),
            },
            "14:02 #lobby * message 7 by bob was deleted by alice: spam\r\n",
        ),
        (
            Event::WentAway {
                who: bob,
                why: "lunch".into(),
            },
            "14:02 * bob is away: lunch\r\n",
        ),
    ] {
        assert_eq!(shown(event, &class), expected);
    }
}

#[test]
fn private_messages_and_the_bell() {
    let mut class = class(Format::Text, Regard::Addressed);
    assert_eq!(shown(private(), &class), "14:02 [alice] yes\x07\r\n");
    class.regard = Regard::Own;
    assert_eq!(shown(private(), &class), "14:02 [-> carol] yes\r\n");
    class.screen.settings.bell = Bell::All;
    assert_eq!(shown(private(), &class), "14:02 [-> carol] yes\r\n");
    class.regard = Regard::Other;
    assert_eq!(
        shown(message("a\nb"), &class),
        "14:02 #lobby <alice> a\x07\r\n | b\r\n"
    );
    class.screen.settings.bell = Bell::Off;
    class.regard = Regard::Addressed;
    assert_eq!(shown(private(), &class), "14:02 [alice] yes\r\n");
}

#[test]
fn settings() {
    let mut class = class(Format::Text, Regard::Other);
    class.screen.settings.numbers = true;
    class.screen.settings.zone = Zone::parse("Asia/Kolkata").unwrap();
    assert_eq!(
        shown(message("x"), &class),
        "1042 19:32 #lobby <alice> x\r\n"
    );
    class.screen.settings.time = TimeStyle::Full;
    assert_eq!(
        shown(message("x"), &class),
        "1042 2026-09-26 19:32:11 #lobby <alice> x\r\n"
    );
    class.screen.settings.time = TimeStyle::Off;
    class.screen.settings.numbers = false;
    assert_eq!(shown(message("x"), &class), "#lobby <alice> x\r\n");
    let away = Event::WentAway {
        who: who(2, "bob"),
        why: "lunch".into(),
    };
    assert_eq!(shown(away, &class), " * bob is away: lunch\r\n");
    class.screen.settings.color = true;
    let painted = shown(message("x"), &class);
    assert!(painted.starts_with("#lobby <\x1b[3") && painted.ends_with("malice\x1b[39m> x\r\n"));
}

#[test]
fn whole_words_are_wrapped() {
    let mut class = class(Format::Text, Regard::Other);
    class.screen.width = 30;
    assert_eq!(
        shown(
            message("one two three four five-hundred-thousand-and-something six"),
            &class
        ),
        "14:02 #lobby <alice> one two\r\n | three four\r\n | five-hundred-thousand-and-something\r\n | six\r\n"
    );
    assert_eq!(
        shown(message("日本語日本 x"), &class),
        "14:02 #lobby <alice>\r\n | 日本語日本 x\r\n"
    );
}
