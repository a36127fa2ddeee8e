//! The enumerations of the configuration.
#![expect(
    missing_docs,
    reason = "the key of each choice says what its words mean"
)]

use super::kind::Choice;

/// Whether accounts stay present while they are disconnected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlwaysOn {
    Disabled,
    Mandatory,
    OptIn,
    OptOut,
}

/// When names are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Casemapping {
    Ascii,
    Precis,
}

/// What happens to a password over an unencrypted line from another machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cleartext {
    Allow,
    Refuse,
    Warn,
}

/// What an acknowledged message survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// A power cut.
    Full,
    /// A killed process.
    Normal,
}

/// Whether registration takes an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterEmail {
    None,
    Optional,
    Required,
}

/// Who may register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    Closed,
    Invite,
    Open,
}

/// Who may make rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomCreation {
    Accounts,
    Admins,
    Anyone,
}

impl Choice for AlwaysOn {
    const ALL: &'static [(&'static str, Self)] = &[
        ("disabled", Self::Disabled),
        ("opt-in", Self::OptIn),
        ("opt-out", Self::OptOut),
        ("mandatory", Self::Mandatory),
    ];
}

impl Choice for Casemapping {
    const ALL: &'static [(&'static str, Self)] =
        &[("ascii", Self::Ascii), ("precis", Self::Precis)];
}

impl Choice for Cleartext {
    const ALL: &'static [(&'static str, Self)] = &[
        ("allow", Self::Allow),
        ("warn", Self::Warn),
        ("refuse", Self::Refuse),
    ];
}

impl Choice for Durability {
    const ALL: &'static [(&'static str, Self)] = &[("full", Self::Full), ("normal", Self::Normal)];
}

impl Choice for RegisterEmail {
    const ALL: &'static [(&'static str, Self)] = &[
        ("none", Self::None),
        ("optional", Self::Optional),
        ("required", Self::Required),
    ];
}

impl Choice for Registration {
    const ALL: &'static [(&'static str, Self)] = &[
        ("open", Self::Open),
        ("invite", Self::Invite),
        ("closed", Self::Closed),
    ];
}

impl Choice for RoomCreation {
    const ALL: &'static [(&'static str, Self)] = &[
        ("accounts", Self::Accounts),
        ("admins", Self::Admins),
        ("anyone", Self::Anyone),
    ];
}
