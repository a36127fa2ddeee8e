//! Lines and what they are, as a table.

use super::*;
use crate::{Number, RoomName};

/// What a line is, in one line: `MSG room=#a text=hi`, or the fault.
fn told(line: &str) -> String {
    match parse(line) {
        Ok(request) => {
            let tag = request.tag.map(|tag| format!("{tag} ")).unwrap_or_default();
            let args: String = request
                .args
                .iter()
                .map(|(name, value)| format!(" {name}={value}"))
                .collect();
            format!("{tag}{}{args}", request.rule.verb)
        }
        Err(Fault { tag, kind }) => {
            let tag = tag.map(|tag| format!("{tag} ")).unwrap_or_default();
            tag + &match kind {
                FaultKind::Empty => "empty".to_owned(),
                FaultKind::Invalid {
                    argument,
                    found,
                    expected,
                    ..
                } => format!("invalid {argument} {found}: {expected}"),
                FaultKind::NeedMore {
                    missing, expected, ..
                } => format!("lacks {missing}: {expected}"),
                FaultKind::TooMuch { found, .. } => format!("too much {found}"),
                FaultKind::UnknownCommand { verb, nearest } => {
                    format!("unknown {verb} {nearest:?}")
                }
            }
        }
    }
}

#[test]
fn lines_that_parse() {
    for (line, expected) in [
        (
            "MSG #lobby hello everybody",
            "MSG room=#lobby text=hello everybody",
        ),
        ("msg hello", "MSG text=hello"),
        ("/Msg hello", "MSG text=hello"),
        ("MSG  two spaces ", "MSG text= two spaces "),
        ("MSG #ops   indented", "MSG room=#ops text=  indented"),
        ("MSG #ops, hello", "MSG text=#ops, hello"),
        ("MSG #a #b", "MSG room=#a text=#b"),
        ("MSG <<END", "MSG heredoc=<<END"),
        ("MSG #ops <<E_1 ", "MSG room=#ops heredoc=<<E_1"),
        ("MSG #ops <<END now", "MSG room=#ops text=<<END now"),
        ("MSG << x", "MSG text=<< x"),
        ("PRIV bob <<END", "PRIV nick=bob heredoc=<<END"),
        ("  JOIN   #ops   ", "JOIN room=#ops"),
        ("JOIN #ops key", "JOIN room=#ops key=key"),
        ("%t1 WHO #ops", "%t1 WHO room=#ops"),
        ("%t1 /who", "%t1 WHO"),
        ("%t1 'hi", "%t1 MSG text=hi"),
        ("'hello there", "MSG text=hello there"),
        ("'#ops is down", "MSG text=#ops is down"),
        ("' hi", "MSG text= hi"),
        (":waves", "ME text=waves"),
        (">bob are you there?", "PRIV nick=bob text=are you there?"),
        ("> bob hi", "PRIV nick=bob text=hi"),
        (">bob <<X", "PRIV nick=bob heredoc=<<X"),
        ("<yes", "ANSWER text=yes"),
        (
            "LOGIN alice pw since 1042",
            "LOGIN account=alice password=pw SINCE=since number=1042",
        ),
        (
            "KICK bob spamming a lot",
            "KICK nick=bob why=spamming a lot",
        ),
        ("KICK bob #ops", "KICK nick=bob room=#ops"),
        (
            "BAN bob #ops 2h why not",
            "BAN ban-mask=bob room=#ops duration=2h why=why not",
        ),
        ("BAN *!*@10.* spam", "BAN ban-mask=*!*@10.* why=spam"),
        (
            "TOKEN new ci #a #b #c #d #e #f post",
            "TOKEN NEW=new label=ci room=#a room=#b room=#c room=#d room=#e room=#f scope=post",
        ),
        ("TOKEN revoke ci", "TOKEN REVOKE=revoke label=ci"),
        ("HISTORY", "HISTORY"),
        ("HISTORY 50", "HISTORY count=50"),
        ("HISTORY since 1042", "HISTORY SINCE=since number=1042"),
        ("HISTORY bob", "HISTORY target=bob"),
        ("HISTORY since", "HISTORY target=since"),
        (
            "HISTORY #ops BEFORE 7",
            "HISTORY target=#ops BEFORE=BEFORE number=7",
        ),
        (
            "SEARCH green in:#ops IN:bob after:2026-09-01",
            "SEARCH term=green IN:=in: target=#ops IN:=IN: target=bob AFTER:=after: after=2026-09-01",
        ),
        (
            "MODE #ops +kl sesame 5",
            "MODE room=#ops modes=+kl argument=sesame argument=5",
        ),
        ("MODE +m", "MODE modes=+m"),
        ("TALK off", "TALK OFF=off"),
        ("TALK #off", "TALK room=#off"),
        ("EMAIL none", "EMAIL address=none"),
        ("REPLY 1042 well done", "REPLY number=1042 text=well done"),
        ("QUIT", "QUIT"),
        ("TOPIC #ops  ", "TOPIC room=#ops"),
    ] {
        assert_eq!(told(line), expected, "{line:?}");
    }
}

#[test]
fn lines_that_do_not() {
    for (line, expected) in [
        ("", "empty"),
        ("   ", "empty"),
        ("/", "empty"),
        ("%t1", "%t1 empty"),
        ("JION #ops", "unknown JION Some(\"JOIN\")"),
        ("%x qwertyuiop", "%x unknown qwertyuiop None"),
        ("% WHO", "unknown % None"),
        ("MSG", "lacks text: a room, like #lobby, <<END or text"),
        ("MSG ", "lacks text: a room, like #lobby, <<END or text"),
        ("MSG   ", "lacks text: a room, like #lobby, <<END or text"),
        ("MSG #ops", "lacks text: <<END or text"),
        ("'", "lacks text: a room, like #lobby, <<END or text"),
        (">", "lacks nick: a nick, like alice"),
        (">bob", "lacks text: <<END or text"),
        ("PRIV 5bob hi", "invalid nick 5bob: a nick, like alice"),
        ("JOIN ops", "invalid room ops: a room, like #lobby"),
        ("DELETE abc", "invalid number abc: a number, like 1042"),
        ("WHO ops", "invalid room ops: a room, like #lobby"),
        ("LOGOUT now", "too much now"),
        ("LEAVE", "LEAVE"),
        ("JOIN #ops key more words", "too much more words"),
        ("PASSWD old", "lacks newpassword: the new password"),
        ("ROLE bob", "lacks choice: USER or ADMIN"),
        ("ROLE bob king", "invalid choice king: USER or ADMIN"),
        ("QUIET maybe", "invalid choice maybe: ON or OFF"),
        ("TALK ops", "invalid room ops: OFF or a room, like #lobby"),
        ("HISTORY #ops SINCE", "lacks number: a number, like 1042"),
        (
            "SEARCH x after:yesterday",
            "invalid after yesterday: a date, like 2026-09-01",
        ),
        ("KILL bob", "lacks why: a reason"),
        (
            "TZ Europe/Mad;rid",
            "invalid zone Europe/Mad;rid: a time zone, like Europe/Madrid",
        ),
        (
            "EMAIL alice",
            "invalid address alice: an e-mail address, or none",
        ),
    ] {
        assert_eq!(told(line), expected, "{line:?}");
    }
}

#[test]
fn getters_are_typed() {
    let request = parse("BAN bob #ops 2h spam").unwrap();
    assert_eq!(request.args.room("room"), RoomName::parse("#ops").ok());
    assert_eq!(request.args.duration("duration").unwrap().secs(), 7_200);
    assert_eq!(request.args.mask("ban-mask").unwrap().as_str(), "bob!*@*");
    assert_eq!(request.args.text("absent"), None);
    let request = parse("LOGIN alice secret SINCE 7").unwrap();
    assert!(request.args.has_keyword("SINCE"));
    assert_eq!(request.args.number("number"), Number::new(7));
    assert!(!format!("{request:?}").contains("secret"));
    assert_eq!(parse("MSG <<END").unwrap().args.heredoc(), Some("END"));
    assert_eq!(
        parse("TOKEN NEW x #a #b #c #d #e #f #g")
            .unwrap()
            .args
            .rooms("room")
            .len(),
        7
    );
    assert_eq!(
        parse("SEARCH a b c d e f g h")
            .unwrap()
            .args
            .all("term")
            .count(),
        8
    );
    assert_eq!(parse("AUDIT 20").unwrap().args.count("count"), Some(20));
    assert!(
        parse("SEARCH x before:2026-09-01")
            .unwrap()
            .args
            .date("before")
            .is_some()
    );
    assert_eq!(
        parse("READ bob").unwrap().args.target("target").unwrap(),
        Target::Nick("bob".parse().unwrap())
    );
}

#[test]
fn every_example_parses_to_its_rule() {
    for rule in commands() {
        assert_eq!(parse(rule.example).unwrap().rule, rule);
        assert_eq!(super::rule(&rule.verb.to_lowercase()), Some(rule));
    }
    assert_eq!(super::rule("XYZZY"), None);
    for shortcut in &SHORTCUTS {
        assert!(super::rule(shortcut.verb).is_some());
    }
}

#[test]
fn speech_and_commands() {
    assert_eq!(speech("hello"), Speech::Says("hello"));
    assert_eq!(speech("/talk off"), Speech::Command("/talk off"));
    assert_eq!(speech("//shrug"), Speech::Says("/shrug"));
    assert_eq!(speech("/ 2"), Speech::Says("/ 2"));
    assert_eq!(speech("'x"), Speech::Says("'x"));
    assert_eq!(speech(""), Speech::Says(""));
}
