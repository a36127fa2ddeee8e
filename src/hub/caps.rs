//! The capabilities of IRC that a client can ask for: connection-local, the core knows nothing of them.

/// A capability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each is what its name in the specifications says"
)]
pub enum Cap {
    AccountNotify,
    AccountRegistration,
    AccountTag,
    AwayNotify,
    Batch,
    CapNotify,
    ChannelRename,
    ChatHistory,
    ChgHost,
    EchoMessage,
    EventPlayback,
    ExtendedJoin,
    ExtendedMonitor,
    InviteNotify,
    LabeledResponse,
    MessageRedaction,
    MessageTags,
    MultiPrefix,
    Multiline,
    NoImplicitNames,
    ReadMarker,
    Sasl,
    Search,
    ServerTime,
    SetName,
    StandardReplies,
    Sts,
    UserhostInNames,
}

/// Every capability with its name, in the order of `CAP LS`.
pub const CAPS: &[(Cap, &str)] = &[
    (Cap::AccountNotify, "account-notify"),
    (Cap::AccountTag, "account-tag"),
    (Cap::AwayNotify, "away-notify"),
    (Cap::Batch, "batch"),
    (Cap::CapNotify, "cap-notify"),
    (Cap::ChgHost, "chghost"),
    (Cap::AccountRegistration, "draft/account-registration"),
    (Cap::ChannelRename, "draft/channel-rename"),
    (Cap::ChatHistory, "draft/chathistory"),
    (Cap::EventPlayback, "draft/event-playback"),
    (Cap::MessageRedaction, "draft/message-redaction"),
    (Cap::Multiline, "draft/multiline"),
    (Cap::NoImplicitNames, "draft/no-implicit-names"),
    (Cap::ReadMarker, "draft/read-marker"),
    (Cap::EchoMessage, "echo-message"),
    (Cap::ExtendedJoin, "extended-join"),
    (Cap::ExtendedMonitor, "extended-monitor"),
    (Cap::InviteNotify, "invite-notify"),
    (Cap::LabeledResponse, "labeled-response"),
    (Cap::MessageTags, "message-tags"),
    (Cap::MultiPrefix, "multi-prefix"),
    (Cap::Sasl, "sasl"),
    (Cap::ServerTime, "server-time"),
    (Cap::SetName, "setname"),
    (Cap::Search, "soju.im/search"),
    (Cap::StandardReplies, "standard-replies"),
    (Cap::Sts, "sts"),
    (Cap::UserhostInNames, "userhost-in-names"),
];

/// A set of capabilities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Caps(u32);

impl Cap {
    /// The capability of that name, in the case of the specifications.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let found = CAPS.iter().find(|(_, known)| *known == name);
        found.map(|(cap, _)| *cap)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = CAPS.iter().find(|(cap, _)| *cap == self);
        found.map_or("", |(_, name)| name)
    }

    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

impl Caps {
    /// No capability.
    pub const NONE: Self = Self(0);

    /// Those of a list.
    #[must_use]
    pub const fn of(caps: &[Cap]) -> Self {
        let (mut set, mut at) = (0, 0);
        while at < caps.len() {
            set |= caps[at].bit();
            at += 1;
        }
        Self(set)
    }

    /// Whether one is in it.
    #[must_use]
    pub const fn has(self, cap: Cap) -> bool {
        self.0 & cap.bit() != 0
    }

    /// The same with one more, or without it.
    #[must_use]
    pub const fn with(self, cap: Cap, on: bool) -> Self {
        if on {
            Self(self.0 | cap.bit())
        } else {
            Self(self.0 & !cap.bit())
        }
    }

    /// Those that are in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Each of them, in the order of `CAP LS`.
    pub fn iter(self) -> impl Iterator<Item = Cap> {
        CAPS.iter()
            .map(|(cap, _)| *cap)
            .filter(move |cap| self.has(*cap))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_capability_is_listed_once() {
        for (place, (cap, name)) in CAPS.iter().enumerate() {
            assert_eq!((Cap::parse(name), cap.name()), (Some(*cap), *name));
            assert!(
                CAPS[..place].iter().all(|(other, _)| other != cap),
                "{name}"
            );
        }
        assert!(CAPS.iter().map(|(_, name)| name).is_sorted());
        assert_eq!(Cap::parse("SASL"), None);
    }

    #[test]
    fn a_set() {
        let set = Caps::NONE.with(Cap::Batch, true).with(Cap::Sasl, true);
        assert!(set.has(Cap::Batch) && !set.has(Cap::Sts));
        assert_eq!(set.with(Cap::Batch, false), Caps::of(&[Cap::Sasl]));
        assert_eq!(
            set.iter().map(Cap::name).collect::<Vec<_>>(),
            ["batch", "sasl"]
        );
    }
}
