//! The known name that somebody probably meant.

use crate::config::keys::{self, keys};

/// The nearest of all keys, sections and lists. What comes after the last dot counts on its own too: a key in the
/// wrong section is near.
pub fn nearest(name: &str) -> &'static str {
    let lists = keys::LISTS.iter().map(|(list, _)| *list);
    let names = sections()
        .chain(lists)
        .chain(keys().iter().map(|key| key.name));
    let score = |known: &str| {
        let whole = strsim::normalized_damerau_levenshtein(name, known);
        let last = 0.9 * strsim::normalized_damerau_levenshtein(last(name), last(known));
        if name.contains('.') == known.contains('.') {
            whole.max(last)
        } else {
            whole.max(0.9 * last)
        }
    };
    names
        .max_by(|one, two| score(one).total_cmp(&score(two)))
        .expect("the table of keys is not empty")
}

fn sections() -> impl Iterator<Item = &'static str> {
    keys()
        .iter()
        .filter_map(|key| key.name.rsplit_once('.').map(|(section, _)| section))
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        for (written, meant) in [
            ("server.nmae", "server.name"),
            ("sever.name", "server.name"),
            ("sever", "server"),
            ("server.nick_len", "limits.nick_len"),
            ("nick_len", "limits.nick_len"),
            ("limits.nicklen", "limits.nick_len"),
            ("listen.adress", "listen.address"),
            ("listener", "listen"),
            ("operators", "operator"),
            ("accounts.argon2.memory", "accounts.argon2.memory_kib"),
            ("accounts.argon", "accounts.argon2"),
            ("database.durabilty", "database.durability"),
        ] {
            assert_eq!(nearest(written), meant, "{written}");
        }
    }
}
