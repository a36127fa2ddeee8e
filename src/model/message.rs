//! What is known of a message without its text: enough to decide who may do what with it.

use chinwag_grammar::{Nick, Number};

use super::{AccountId, Place, Text};

/// What is known of a message without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// Its number.
    pub number: Number,
    /// Where it stands.
    pub place: Place,
    /// Who wrote it; absent for a guest.
    pub author: Option<AccountId>,
    /// The name they had then.
    pub nick: Nick,
    /// The reactions that stand, and whose they are.
    pub reactions: Vec<(Text, Vec<Nick>)>,
}
