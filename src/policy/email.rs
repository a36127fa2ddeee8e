//! What may stand as an e-mail address.

use crate::model::Text;

const LOCAL_MAX_BYTES: usize = 64;
const DOMAIN_MAX_BYTES: usize = 128;

/// May this be an address? Whether mail reaches anybody there, only a letter tells.
#[must_use]
pub fn is_address(text: &Text) -> bool {
    let Some((local, domain)) = text.as_str().rsplit_once('@') else {
        return false;
    };
    let plain = |part: &str| !part.contains(|found: char| found.is_whitespace() || found == '@');
    (1..=LOCAL_MAX_BYTES).contains(&local.len())
        && (1..=DOMAIN_MAX_BYTES).contains(&domain.len())
        && plain(local)
        && plain(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_sign_with_something_on_both_sides() {
        for (text, right) in [
            ("alice@example.org", true),
            ("a+b.c@münchen.example", true),
            ("alice@localhost", true),
            ("@example.org", false),
            ("alice@", false),
            ("alice", false),
            ("a@b@c", false),
            ("a b@c", false),
        ] {
            assert_eq!(is_address(&text.into()), right, "{text}");
        }
        assert!(!is_address(&format!("{}@x", "a".repeat(65)).into()));
    }
}
