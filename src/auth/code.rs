//! Random codes and tokens: made, read as people type them, and digested for the store.
//!
//! A symbol is one of 32 lower-case letters and digits, five bits: `i`, `l` and `o` are read as the `1` and `0` they are taken for.

use sha2::{Digest as _, Sha256};

use crate::model::credential::{Digest, TOKEN_PREFIX};
use crate::secret::Secret;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const CODE_SYMBOLS: usize = 12;
const GROUP_SYMBOLS: usize = 4;
const TOKEN_SYMBOLS: usize = 26;

/// What a code is for; a code of one kind is worth nothing as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Lets somebody register.
    Invitation,
    /// Shown at registration: stands for a forgotten password, once.
    Recovery,
    /// Given out by an admin or by mail: the same, for a short time.
    Reset,
    /// Stands for a script's password.
    Token,
}

impl Kind {
    /// What sets the digests of the kinds apart. Stored digests depend on it: it never changes.
    const fn domain(self) -> &'static [u8] {
        match self {
            Self::Invitation => b"chinwag invitation\0",
            Self::Recovery => b"chinwag recovery\0",
            Self::Reset => b"chinwag reset\0",
            Self::Token => b"chinwag token\0",
        }
    }
}

/// A new one: `abcd-efgh-jkmn` (60 bits), or for a token `cw_` and 26 symbols (130 bits).
#[must_use]
pub fn generate(kind: Kind) -> Secret {
    match kind {
        Kind::Invitation | Kind::Recovery | Kind::Reset => {
            let symbols: [u8; CODE_SYMBOLS] = rand::random();
            Secret::new(grouped(&spelled(&symbols)))
        }
        Kind::Token => {
            let symbols: [u8; TOKEN_SYMBOLS] = rand::random();
            Secret::new(TOKEN_PREFIX.to_owned() + &spelled(&symbols))
        }
    }
}

/// What was typed as it was given out: other case, spaces, and dashes too many, too few or of another kind are mended.
#[must_use]
pub fn normalise(typed: &str) -> Secret {
    let typed = typed.trim().to_lowercase();
    let (prefix, rest) = match typed.strip_prefix(TOKEN_PREFIX) {
        Some(rest) => (TOKEN_PREFIX, rest),
        None => ("", typed.as_str()),
    };
    let symbols: String = rest
        .chars()
        .filter(|&found| !is_separator(found))
        .map(|found| match found {
            'i' | 'l' => '1',
            'o' => '0',
            other => other,
        })
        .collect();
    if prefix.is_empty() && symbols.len() == CODE_SYMBOLS && symbols.is_ascii() {
        return Secret::new(grouped(&symbols));
    }
    Secret::new(prefix.to_owned() + &symbols)
}

/// Whether a text given as a password is a token, by its form.
#[must_use]
pub fn looks_like_token(text: &str) -> bool {
    let normal = normalise(text);
    let symbols = normal.expose().strip_prefix(TOKEN_PREFIX);
    symbols.is_some_and(|symbols| {
        symbols.len() == TOKEN_SYMBOLS && symbols.bytes().all(|byte| ALPHABET.contains(&byte))
    })
}

/// What is stored of a code, or compared with what is stored; the text is normalised first.
#[must_use]
pub fn digest(kind: Kind, typed: &str) -> Digest {
    let hash = Sha256::new()
        .chain_update(kind.domain())
        .chain_update(normalise(typed).expose());
    Digest::from_bytes(hash.finalize().into())
}

/// Five bits of each byte make a symbol.
fn spelled(random: &[u8]) -> String {
    random
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect()
}

fn grouped(symbols: &str) -> String {
    let mut text = String::with_capacity(CODE_SYMBOLS + CODE_SYMBOLS / GROUP_SYMBOLS - 1);
    for (at, symbol) in symbols.chars().enumerate() {
        if at > 0 && at % GROUP_SYMBOLS == 0 {
            text.push('-');
        }
        text.push(symbol);
    }
    text
}

/// Spaces, and what typewriters, mail programs and phones make of a dash.
fn is_separator(found: char) -> bool {
    found.is_whitespace() || matches!(found, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chinwag_grammar::plain::replies;

    use super::*;

    const ALL: [Kind; 4] = [Kind::Invitation, Kind::Recovery, Kind::Reset, Kind::Token];

    #[test]
    fn codes_are_what_the_grammar_says_they_are() {
        for kind in [Kind::Invitation, Kind::Recovery, Kind::Reset] {
            for _ in 0..64 {
                let code = generate(kind);
                assert_eq!(code.expose().len(), 14);
                assert_eq!(normalise(code.expose()), code);
                assert!(!looks_like_token(code.expose()));
                let row = format!("= RECOVERY-CODE {}", code.expose());
                assert!(replies().matches("row-code", &row), "{row}");
            }
        }
    }

    #[test]
    fn tokens_look_like_tokens() {
        for _ in 0..64 {
            let token = generate(Kind::Token);
            assert_eq!(token.expose().len(), 29);
            assert!(looks_like_token(token.expose()));
            assert_eq!(normalise(token.expose()), token);
        }
        let almost = [
            "",
            "cw_",
            "cw_abc",
            "cw_0123456789abcdefghjkmnpqru",
            "hunter2",
        ];
        assert!(!almost.iter().any(|text| looks_like_token(text)));
    }

    #[test]
    fn every_symbol_comes_and_no_code_twice() {
        let codes: BTreeSet<String> = (0..512)
            .map(|_| generate(Kind::Recovery).expose().to_owned())
            .collect();
        assert_eq!(codes.len(), 512);
        let symbols: BTreeSet<u8> = codes.iter().flat_map(|code| code.bytes()).collect();
        let mut all: BTreeSet<u8> = ALPHABET.iter().copied().collect();
        assert_eq!(all.len(), 32);
        all.insert(b'-');
        assert_eq!(symbols, all);
    }

    #[test]
    fn typing_is_mended() {
        for typed in [
            "abcd-efgh-j0m1",
            "ABCD-EFGH-JOML",
            " abcdefghj0m1 ",
            "abcd efgh j0mi",
            "abcd–efgh—joml",
            "a-b-c-d-e-f-g-h-j-0-m-1",
        ] {
            assert_eq!(normalise(typed).expose(), "abcd-efgh-j0m1", "{typed}");
        }
        assert_eq!(normalise("abc").expose(), "abc");
        assert_eq!(normalise("éééééé").expose(), "éééééé", "12 bytes, no code");
    }

    #[test]
    fn a_digest_is_of_one_kind_and_one_code() {
        let digests = ALL.map(|kind| digest(kind, "abcd-efgh-jkmn"));
        assert_eq!(BTreeSet::from(digests).len(), 4);
        for kind in ALL {
            assert_eq!(digest(kind, "abcd-efgh-jkmn"), digest(kind, "ABCDEFGHJKMN"));
            assert_ne!(
                digest(kind, "abcd-efgh-jkmn"),
                digest(kind, "abcd-efgh-jkmm")
            );
        }
    }

    /// Databases hold these: `printf 'chinwag recovery\0abcd-efgh-jkmn' | sha256sum`.
    #[test]
    fn digests_never_change() {
        let bytes = digest(Kind::Recovery, "abcd-efgh-jkmn");
        let hex: String = bytes
            .as_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            hex,
            "dbc99271bb21319b7a56e66b34fe5b15b6043f014a126548069264abf6c68ab4"
        );
    }
}
