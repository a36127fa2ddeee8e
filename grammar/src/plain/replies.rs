//! What the server sends in the plain dialect: the rules of `plain.abnf`, to check lines against.

use std::sync::LazyLock;

use super::kind::names;
use crate::abnf::Grammar;

/// The rules of `plain.abnf` and the names they use; `line` is any line, without its CRLF.
#[must_use]
pub fn replies() -> &'static Grammar<'static> {
    static REPLIES: LazyLock<Grammar<'static>> = LazyLock::new(|| {
        let text = include_str!("../../plain.abnf");
        Grammar::parse(text)
            .expect("the tests read the embedded plain.abnf")
            .with(names())
    });
    &REPLIES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence;

    #[test]
    fn the_file_is_complete() {
        assert_eq!(replies().undefined(), [""; 0]);
        let own = Grammar::parse(include_str!("../../plain.abnf")).unwrap();
        let twice: Vec<_> = own
            .rules()
            .iter()
            .filter(|rule| names().rule(rule.name).is_some())
            .collect();
        assert!(twice.is_empty(), "names.abnf has these too: {twice:?}");
    }

    #[test]
    fn lines_of_the_dialect() {
        for (rule, line) in [
            (
                "greeting",
                "+OK chinwag at chat.example: 14 people here. HELP, or: REGISTER name / LOGIN name",
            ),
            ("ok", "+OK"),
            ("ok", "+OK %t1"),
            ("confirmation", "+OK 1042"),
            ("confirmation", "+OK %t1 1042"),
            (
                "err",
                "-ERR TOO_LONG limit=8192 : a line has at most 8192 bytes",
            ),
            ("err", "-ERR %t1 RATE_LIMITED retry=2 : wait 2 s"),
            (
                "err",
                "-ERR UNKNOWN_COMMAND : no command \"JION\". Did you mean JOIN? To say it aloud: MSG jion now",
            ),
            ("row-code", "= RECOVERY-CODE abcd-efgh-jkmn"),
            ("row-room", "= #ops 3 Deployments and alarms"),
            ("row-person", "= alice operator online"),
            ("row-person", "= bob member away 2h lunch"),
            (
                "row-message",
                "= 1042 2026-09-26 14:02 #lobby <alice> build is green",
            ),
            ("row-message", "= 1043 2026-09-26 14:03 [-> carol] yes"),
            (
                "row-audit",
                "= 2026-09-26 14:05 alice (netcat) DELETE 1042 #lobby: spam",
            ),
            ("prompt", ">password (not shown)"),
            ("prompt", ">password (not shown)\u{1b}[8m"),
            ("happened", "14:02 #lobby <alice> build is green"),
            ("happened", "14:02 #lobby ** bob waves"),
            ("happened", "14:02 #lobby * bob joined"),
            ("happened", "14:03 [carol] are you there?\u{7}"),
            ("happened", "14:03 [-> carol] yes"),
            ("happened", "1042 14:02:11 #lobby <alice> x"),
            ("happened", "2026-09-26 14:02:11 1042 #lobby <alice> x"),
            ("happened", "#lobby <alice> x"),
            ("happened", "14:02 #lobby <\u{1b}[33malice\u{1b}[0m> x"),
            ("further", " | second line"),
            (
                "note",
                " 3 new in #ops (1 mentions you), 1 from bob. UNREAD shows them.",
            ),
            ("note", " \u{1b}[0m\u{1b}[1A\u{1b}[2K"),
            (
                "event",
                "~ MSG #lobby 1042 2026-09-26T14:02:11.123Z alice :build is green",
            ),
            (
                "event",
                "~ PRIV carol 1043 2026-09-26T14:03:02.771Z carol :are you there?",
            ),
            ("event", "~ JOIN #lobby 1044 2026-09-26T14:02:30.004Z bob :"),
            (
                "event",
                "~ DELETE #lobby 1045 2026-09-26T14:05:10.010Z alice 1042 :spam",
            ),
            (
                "event",
                "~ MSG #lobby 1046 2026-09-26T14:02:11.123Z alice :two\\nlines \\\\ :x",
            ),
            (
                "event",
                "~ SHUTDOWN - - 2026-09-26T14:02:11.123Z - :back soon",
            ),
            ("lost", "~ LOST 120 since=88231"),
            (
                "json-event",
                "{\"event\":\"msg\",\"target\":\"#lobby\",\"id\":1042,\"from\":\"alice\",\"text\":\"a \\\"b\\\" \\u00e9\"}",
            ),
            ("json-ok", "{\"ok\":true,\"id\":1042}"),
            (
                "json-err",
                "{\"ok\":false,\"code\":\"NO_SUCH_ROOM\",\"text\":\"no room #x\"}",
            ),
            (
                "json-row",
                "{\"row\":{\"room\":\"#ops\",\"people\":[\"a\",\"b\"],\"more\":{\"deep\":[[1,-2.5,null]]}}}",
            ),
        ] {
            assert!(replies().matches(rule, line), "{rule}: {line:?}");
            assert!(replies().matches("line", line), "line: {line:?}");
        }
    }

    #[test]
    fn lines_the_server_never_sends() {
        for line in [
            "",
            "hello",
            "<alice> x",
            "* bob joined",
            "-ERR",
            "-ERR NO_SUCH_ROOM",
            "-ERR no_such_room : x",
            "+ok",
            "+OKAY",
            "=x",
            "\u{1b}[0m14:02 #lobby <alice> x",
            "~ SAY #lobby 1042 2026-09-26T14:02:11.123Z alice :x",
            "~ MSG #lobby 1042 2026-09-26T14:02:11Z alice :x",
            "~ MSG #lobby 1042 2026-09-26T14:02:11.123Z alice x",
            "~ MSG #lobby 1042 2026-09-26T14:02:11.123Z alice :a\\b",
            "14:02 alice says hi",
            "14:02 #lobby <alice> a\tb",
            "{\"ok\":maybe}",
            "{\"ok\":true",
            "{}{}",
        ] {
            assert!(!replies().matches("line", line), "{line:?}");
        }
    }

    #[test]
    fn every_rule_covers_what_it_makes() {
        let mut random = sentence::numbers(5);
        for rule in replies()
            .rules()
            .iter()
            .filter(|rule| !rule.name.starts_with("json"))
        {
            for _ in 0..20 {
                let text = sentence::generate(replies(), rule.name, &mut random);
                assert!(
                    replies().matches(rule.name, &text),
                    "{} {text:?}",
                    rule.name
                );
            }
        }
    }
}
