//! The fuzz targets' checks as property tests, for machines and runs without a fuzzer.

mod checks;

use chinwag_grammar::abnf::Grammar;
use chinwag_grammar::{plain, sentence};
use proptest::prelude::*;

/// Letters that mean something to one of the parsers, more often than chance has them.
const TELLING: &str = r"([ :;@=\\+#%/<>'!*?,.~-]|[a-zA-Z0-9 ]|(MSG|JOIN|LOGIN|BAN|TOKEN NEW|SEARCH|<<END|PRIVMSG|HTTP/1\.1)|\PC){0,40}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn line(text in TELLING) {
        checks::line(&text);
    }

    #[test]
    fn plain_line(text in TELLING) {
        checks::plain(&text);
    }

    #[test]
    fn any_text(text in any::<String>()) {
        checks::line(&text);
        checks::plain(&text);
    }

    #[test]
    fn detection(text in TELLING, odd in proptest::collection::vec(any::<u8>(), 0..40)) {
        checks::detection(text.as_bytes());
        checks::detection(&odd);
    }

    #[test]
    fn telnet(bytes in proptest::collection::vec(prop_oneof![Just(255u8), Just(250), Just(240), Just(13), Just(0), 24u8..32, any::<u8>()], 0..60)) {
        checks::telnet(&bytes);
    }

    #[test]
    fn changed_sentences(seed in any::<u64>()) {
        let mut random = sentence::numbers(seed);
        let commands = plain::commands();
        let rule = &commands[random() as usize % commands.len()];
        let line = sentence::mutated(&sentence::sentence(rule, &mut random), &mut random);
        checks::plain(&line);
        is_of_its_rule(&line);
    }
}

/// What the walker takes, the rules cover when read as ABNF (where spaces are single and letters ASCII).
fn is_of_its_rule(line: &str) {
    static BOTH: std::sync::LazyLock<Grammar<'static>> =
        std::sync::LazyLock::new(|| plain::syntax().clone().with(plain::names()));
    let tidy = line.is_ascii()
        && !line.contains("  ")
        && line.starts_with(|first: char| first.is_ascii_alphabetic());
    let short = line.split(' ').all(|word| word.len() <= 16);
    let Ok(request) = plain::parse(line) else {
        return;
    };
    if tidy && short && !line.contains(|found: char| found.is_control()) {
        let (line, bare) = (line, line.trim_end());
        let covered = [line, bare]
            .iter()
            .any(|line| BOTH.matches(request.rule.name, line));
        assert!(covered, "{} does not cover {line:?}", request.rule.name);
    }
}

/// Found by `changed_sentences`: the command PASSWORD stood where the argument `password` was meant.
#[test]
fn an_argument_is_no_command() {
    for line in [
        "PASSWD 0 t>",
        "REGISTER alice secret",
        "LOGIN alice secret",
        "ACCOUNT DELETE secret",
    ] {
        assert!(plain::parse(line).is_ok());
        is_of_its_rule(line);
    }
}

#[test]
fn long_lines_take_no_longer_than_they_should() {
    for (start, piece) in [
        ("MSG ", "#a "),
        ("SEARCH ", "in: "),
        ("TOKEN NEW x ", "#a "),
        ("MODE ", "+o "),
        ("BAN ", "*a"),
    ] {
        checks::plain(&format!("{start}{}", piece.repeat(8_192 / piece.len())));
    }
    checks::line(&format!(
        "@{} PING {}",
        "a=1;".repeat(1_000),
        "b ".repeat(1_000)
    ));
}
