//! Which passwords people may choose. What already stands is never judged: only a new password is.

use chinwag_grammar::Nick;

use crate::model::credential::TOKEN_PREFIX;
use crate::reply::{Reply, noun};
use crate::secret::Secret;

/// Argon2 takes far more; a person does not.
pub const PASSWORD_MAX_BYTES: usize = 1024;

/// Why a password may not be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeakPassword {
    /// It is one of those that are tried first.
    Common,
    /// A control character is in it, which not every door can send.
    Control,
    /// It is the account's own name.
    Name,
    /// It begins as tokens do, and would be taken for one.
    Token,
    /// Longer than so many bytes.
    TooLong {
        /// The limit.
        max_bytes: usize,
    },
    /// Shorter than so many characters.
    TooShort {
        /// The limit.
        min_chars: usize,
    },
}

/// May this be the new password of an account with this name?
///
/// # Errors
/// The first reason why not.
pub fn may_use(password: &str, nick: &Nick, min_chars: usize) -> Result<(), WeakPassword> {
    if password.len() > PASSWORD_MAX_BYTES {
        return Err(WeakPassword::TooLong {
            max_bytes: PASSWORD_MAX_BYTES,
        });
    }
    // An empty password would be taken for none at all, whatever the limit.
    if password.chars().count() < min_chars.max(1) {
        return Err(WeakPassword::TooShort { min_chars });
    }
    if password.contains(char::is_control) {
        return Err(WeakPassword::Control);
    }
    let lower = password.to_lowercase();
    if lower == nick.as_str().to_lowercase() {
        return Err(WeakPassword::Name);
    }
    if lower.starts_with(TOKEN_PREFIX) {
        return Err(WeakPassword::Token);
    }
    if COMMON.binary_search(&lower.as_str()).is_ok() {
        return Err(WeakPassword::Common);
    }
    Ok(())
}

/// May this be the new password? As a refusal that says what to do.
///
/// # Errors
/// `PasswordWeak`, with the first reason.
pub fn may_choose(password: &Secret, nick: &Nick, min: usize) -> Result<(), Reply> {
    may_use(password.expose(), nick, min).map_err(|weak| {
        let wrong = match weak {
            WeakPassword::Common => "that password is one of those that are tried first".into(),
            WeakPassword::Control => "a password holds no control characters".into(),
            WeakPassword::Name => "that password is your own name".into(),
            WeakPassword::Token => format!("a password does not begin with {TOKEN_PREFIX}"),
            WeakPassword::TooLong { max_bytes } => {
                format!("a password has at most {max_bytes} bytes")
            }
            WeakPassword::TooShort { min_chars } => {
                let characters = noun(min_chars as u64, "character", "characters");
                format!("a password has at least {min_chars} {characters}")
            }
        };
        let wrong = wrong.into();
        Reply::PasswordWeak { min, wrong }
    })
}

/// What the published lists of leaked passwords begin with, of eight characters or more, and the one that this server
/// starts with. Sorted; in lower case.
const COMMON: &[&str] = &[
    "00000000",
    "000000000",
    "01234567",
    "0123456789",
    "0987654321",
    "11111111",
    "111111111",
    "1111111111",
    "11223344",
    "112233445566",
    "123123123",
    "12341234",
    "12344321",
    "12345678",
    "123456789",
    "1234567890",
    "1234567891",
    "123456789a",
    "12345679",
    "1234qwer",
    "123654789",
    "147258369",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "22222222",
    "55555555",
    "66666666",
    "77777777",
    "789456123",
    "87654321",
    "88888888",
    "987654321",
    "99999999",
    "a1234567",
    "a123456789",
    "aa123456",
    "aaaaaaaa",
    "abc12345",
    "abc123456",
    "abc123abc",
    "abcd1234",
    "abcdefg1",
    "abcdefgh",
    "access14",
    "admin123",
    "admin1234",
    "administrator",
    "alexander",
    "asdf1234",
    "asdfasdf",
    "asdfghjk",
    "asdfghjkl",
    "azertyuiop",
    "babygirl",
    "babygirl1",
    "barcelona",
    "baseball",
    "baseball1",
    "basketball",
    "blink182",
    "butterfly",
    "changeme",
    "changeme1",
    "changeme123",
    "charlie1",
    "chinwag1",
    "chinwag123",
    "chocolate",
    "computer",
    "corvette",
    "december",
    "default1",
    "default123",
    "dragon123",
    "elizabeth",
    "football",
    "football1",
    "freedom1",
    "guest123",
    "guestguest",
    "hello123",
    "hellohello",
    "iloveyou",
    "iloveyou1",
    "iloveyou2",
    "internet",
    "jennifer",
    "jessica1",
    "jonathan",
    "killer123",
    "letmein1",
    "letmein123",
    "letmeinnow",
    "liverpool",
    "liverpool1",
    "login123",
    "master123",
    "mastermaster",
    "maverick",
    "mercedes",
    "michelle",
    "midnight",
    "minecraft",
    "monkey123",
    "mustang1",
    "november",
    "p@ssw0rd",
    "p@ssword",
    "pa$$word",
    "passpass",
    "passw0rd",
    "password",
    "password1",
    "password12",
    "password123",
    "password1234",
    "pokemon1",
    "princess",
    "princess1",
    "q1w2e3r4",
    "qazwsxedc",
    "qweasdzxc",
    "qwer1234",
    "qwerty12",
    "qwerty123",
    "qwerty1234",
    "qwertyui",
    "qwertyuiop",
    "qwertz123",
    "qwertzuiop",
    "root1234",
    "rootroot",
    "samantha",
    "secret123",
    "secretsecret",
    "september",
    "shadow123",
    "starwars",
    "summer2024",
    "summer2025",
    "sunshine",
    "superman",
    "superman1",
    "temp1234",
    "temppass",
    "test1234",
    "testing1",
    "testing123",
    "testtest",
    "toor1234",
    "trustno1",
    "user1234",
    "username",
    "victoria",
    "welcome1",
    "welcome12",
    "welcome123",
    "whatever",
    "winter2024",
    "winter2025",
    "zaq12wsx",
    "zaq1zaq1",
    "zxcvbnm1",
    "zxcvbnm123",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str, min_chars: usize) -> Result<(), WeakPassword> {
        may_use(password, &Nick::parse("Alice_Liddell").unwrap(), min_chars)
    }

    #[test]
    fn the_list_can_be_searched() {
        assert!(COMMON.is_sorted_by(|one, next| one < next));
        for word in COMMON {
            assert_eq!(*word, word.to_lowercase());
            assert_eq!(check(word, 8), Err(WeakPassword::Common), "{word}");
            assert_eq!(check(&word.to_uppercase(), 8), Err(WeakPassword::Common));
        }
    }

    #[test]
    fn the_first_password_cannot_be_chosen_again() {
        assert_eq!(check("admin123", 8), Err(WeakPassword::Common));
        assert_eq!(check("Admin123", 1), Err(WeakPassword::Common));
    }

    #[test]
    fn length_counts_characters_at_the_short_end_and_bytes_at_the_long() {
        let short = Err(WeakPassword::TooShort { min_chars: 8 });
        assert_eq!(check("", 8), short);
        assert_eq!(check("grünkoh", 8), short, "eight bytes, seven characters");
        assert_eq!(check("grünkohl", 8), Ok(()));
        assert_eq!(check("", 0), Err(WeakPassword::TooShort { min_chars: 0 }));
        assert_eq!(check(&"é".repeat(512), 8), Ok(()));
        assert_eq!(
            check(&"x".repeat(1025), 8),
            Err(WeakPassword::TooLong { max_bytes: 1024 })
        );
    }

    #[test]
    fn what_it_may_be() {
        assert_eq!(check("alice_LIDDELL", 8), Err(WeakPassword::Name));
        assert_eq!(check("alice_liddell's", 8), Ok(()));
        assert_eq!(
            check("four words of it\u{7}", 8),
            Err(WeakPassword::Control)
        );
        assert_eq!(check("four\twords of it", 8), Err(WeakPassword::Control));
        assert_eq!(
            check("four\u{85}words of it", 8),
            Err(WeakPassword::Control)
        );
        assert_eq!(check("four words of it", 8), Ok(()));
        assert_eq!(check("CW_whatever", 8), Err(WeakPassword::Token));
    }
}
