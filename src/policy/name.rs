//! Which names people may take.

use chinwag_grammar::Nick;

use crate::reply::{Reply, noun};
use crate::state::State;

/// Names under which the server itself acts, or is asked by IRC clients; sorted.
const RESERVED: &[&str] = &["chanserv", "console", "nickserv", "server"];

/// May an account or a guest be called so?
///
/// # Errors
/// Where the name is too long, the server's own, or somebody's.
pub fn may_take(state: &State, nick: &Nick) -> Result<(), Reply> {
    let limit = state.rules().nick_len;
    if nick.as_str().len() > limit {
        let bytes = noun(limit as u64, "byte", "bytes");
        let wrong = format!("a name has at most {limit} {bytes}").into();
        return Err(Reply::InvalidName { wrong });
    }
    may_give(state, nick)
}

/// May the operator give an account this name, whatever its length?
///
/// # Errors
/// Where the name is the server's own, or somebody's.
pub fn may_give(state: &State, nick: &Nick) -> Result<(), Reply> {
    let name = nick.folded();
    if RESERVED.contains(&name.as_str()) {
        let wrong = format!("{nick} is a name of the server itself").into();
        return Err(Reply::InvalidName { wrong });
    }
    if state.person_named(&name).is_some() {
        return Err(Reply::AccountExists { nick: nick.clone() });
    }
    Ok(())
}
