//! Names and passwords of [[operator]], which OPER is given.

use super::{Params, verify, verify_dummy};
use crate::config::Operator;
use crate::model::credential::Verifier;
use crate::secret::Secret;

/// What an argon2 string begins with; any other password is itself.
const PHC: &str = "$argon2id$";

/// Whether one of the operators has that name and password. A name that nobody has takes as long as a hashed one.
#[must_use]
pub fn is_right(operators: &[Operator], name: &str, given: &Secret, params: &Params) -> bool {
    let Some(operator) = operators.iter().find(|operator| operator.name == name) else {
        verify_dummy(given, params);
        return false;
    };
    let password = &operator.password;
    if password.expose().starts_with(PHC) {
        return verify(given, &Verifier::from_phc(password.expose().to_owned()));
    }
    password.matches(given.expose())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::hash;
    use crate::auth::tests::CHEAP;

    #[test]
    fn plain_and_hashed_and_nobody() {
        let hashed = hash(&"hashed-pass".into(), &CHEAP);
        let operator = |name: &str, password: &str| Operator {
            name: name.to_owned(),
            password: password.into(),
        };
        let operators = [
            operator("root", "plain-pass"),
            operator("other", hashed.phc()),
        ];
        let right = |name, given: &str| is_right(&operators, name, &given.into(), &CHEAP);
        assert!(right("root", "plain-pass") && right("other", "hashed-pass"));
        assert!(!right("root", "hashed-pass") && !right("other", hashed.phc()));
        assert!(!right("nobody", "plain-pass"));
    }
}
