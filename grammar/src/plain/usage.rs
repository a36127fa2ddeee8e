//! Usage lines, written from the rules: `KICK nick [#room] [why]`.

use super::kind::names;
use crate::abnf::Element;

/// The usage line of a verb and what follows it.
pub(super) fn line(verb: &str, rest: &[Element<'_>]) -> String {
    let mut out = verb.to_owned();
    rest.iter().for_each(|element| write(element, &mut out));
    out
}

fn write(element: &Element<'_>, out: &mut String) {
    match element {
        Element::Alternation(parts) => {
            out.push('(');
            alternatives(parts, out);
            out.push(')');
        }
        Element::Concatenation(parts) => parts.iter().for_each(|part| write(part, out)),
        Element::Option(of) => optional(of, out),
        Element::Prose(_) | Element::Range(..) => out.push('…'),
        Element::Repetition { min, of, .. } => {
            if *min == 0 {
                optional(of, out);
            } else {
                write(of, out);
            }
            out.push('…');
        }
        Element::Rule(name) if name.eq_ignore_ascii_case("SP") => out.push(' '),
        Element::Rule(name) => {
            let shown = names()
                .rule(name)
                .and_then(|definition| definition.note("shown"));
            out.push_str(shown.unwrap_or(name));
        }
        Element::Text { text, .. } => out.push_str(text),
    }
}

/// Brackets, with the space before the first of them outside.
fn optional(of: &Element<'_>, out: &mut String) {
    let (spaced, rest) = match of {
        Element::Concatenation(parts) if is_space(&parts[0]) => (true, &parts[1..]),
        one => (false, std::slice::from_ref(one)),
    };
    out.push_str(if spaced { " [" } else { "[" });
    match rest {
        [Element::Alternation(parts)] => alternatives(parts, out),
        parts => parts.iter().for_each(|part| write(part, out)),
    }
    out.push(']');
}

fn alternatives(parts: &[Element<'_>], out: &mut String) {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            out.push_str(" | ");
        }
        write(part, out);
    }
}

fn is_space(element: &Element<'_>) -> bool {
    matches!(element, Element::Rule(name) if name.eq_ignore_ascii_case("SP"))
}

#[cfg(test)]
mod tests {
    use crate::plain::rule;

    #[test]
    fn lines() {
        for (verb, usage) in [
            ("KICK", "KICK nick [#room] [why]"),
            ("LOGIN", "LOGIN account [password [SINCE number]]"),
            ("FORMAT", "FORMAT [TEXT | LINE | BOT | JSON]"),
            ("MSG", "MSG [#room] (<<END | text)"),
            (
                "TOKEN",
                "TOKEN (NEW label [#room]… [post|read] | LIST | REVOKE label)",
            ),
            ("ROLE", "ROLE account (USER | ADMIN)"),
            ("MODE", "MODE [#room] [modes [argument]…]"),
            (
                "HISTORY",
                "HISTORY [#room|nick] [n | SINCE number | BEFORE number | AROUND number]",
            ),
            ("QUIT", "QUIT [why]"),
        ] {
            assert_eq!(rule(verb).unwrap().usage, usage);
        }
    }
}
