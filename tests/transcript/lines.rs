//! The lines that people are shown: each is one of its dialect.

use chinwag_grammar::irc::Message;

/// Whose name is in capitals speaks IRC.
pub fn is_irc(name: &str) -> bool {
    name.chars().all(|letter| !letter.is_lowercase())
}

/// A line of IRC, as long as it may be.
pub fn check_irc_line(line: &str) {
    let message = Message::parse(line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
    assert_eq!(Message::parse(&message.to_string()).as_ref(), Ok(&message));
    let body = match line.strip_prefix('@') {
        Some(tagged) => tagged.split_once(' ').map_or("", |(_, body)| body),
        None => line,
    };
    assert!(body.len() <= 510, "{} bytes: {line:?}", body.len());
}

/// Every line that anybody sees is one of the dialect.
pub fn check_line(line: &str) {
    let known = chinwag_grammar::plain::replies().matches("line", line);
    assert!(known, "grammar/plain.abnf does not cover {line:?}");
}
