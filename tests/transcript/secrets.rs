//! Random codes get names, so that a transcript is the same each time.

/// The codes that were shown so far.
#[derive(Default)]
pub struct Secrets {
    codes: Vec<String>,
    /// The code with which a history is removed is no secret: it is shown as it is, and typed as `{clear}`.
    clear: String,
}

impl Secrets {
    /// What is seen, with names in place of codes.
    pub fn named(&mut self, seen: &str) -> String {
        let mut out = seen.to_owned();
        if let Some((_, rest)) = seen.split_once("repeat as CLEAR ") {
            let code = rest.split(' ').nth(1).unwrap_or_default();
            self.clear = code.to_owned();
        }
        for word in seen.split([' ', '"']).filter(|word| is_code(word)) {
            if !self.codes.iter().any(|known| known == word) {
                self.codes.push(word.to_owned());
            }
        }
        for (place, code) in self.codes.iter().enumerate() {
            out = out.replace(code, &format!("{{code-{}}}", place + 1));
        }
        out
    }

    /// What is typed, with codes in place of names.
    pub fn meant(&self, typed: &str) -> String {
        let named = self.codes.iter().enumerate();
        let typed = typed.replace("{clear}", &self.clear);
        named.fold(typed, |typed, (place, code)| {
            typed.replace(&format!("{{code-{}}}", place + 1), code)
        })
    }
}

/// `abcd-efgh-jkmn`, or a token.
fn is_code(word: &str) -> bool {
    let is_symbol = |found: char| found.is_ascii_lowercase() || found.is_ascii_digit();
    let groups: Vec<&str> = word.split('-').collect();
    let grouped = groups.len() == 3
        && groups
            .iter()
            .all(|group| group.len() == 4 && group.chars().all(is_symbol));
    let token = word
        .strip_prefix("cw_")
        .is_some_and(|rest| rest.len() == 26 && rest.chars().all(is_symbol));
    grouped || token
}
