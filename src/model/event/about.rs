//! What is asked of an event: whether it is kept, whose it is, where it happened.

use super::{Event, Kept};
use crate::model::{Place, Spot, Who};

impl Event {
    /// Whether it is kept, and as what.
    #[must_use]
    pub const fn kept(&self) -> Kept {
        match self {
            Self::Banned { .. }
            | Self::Blocked { .. }
            | Self::Cleared { .. }
            | Self::Deleted { .. }
            | Self::Invited { .. }
            | Self::Joined { .. }
            | Self::Kicked { .. }
            | Self::Left { .. }
            | Self::ModesSet { .. }
            | Self::Ranked { .. }
            | Self::Reacted { .. }
            | Self::RoleSet { .. }
            | Self::RoomCreated { .. }
            | Self::RoomDropped { .. }
            | Self::RoomRenamed { .. }
            | Self::TopicSet { .. }
            | Self::Unbanned { .. }
            | Self::Unblocked { .. } => Kept::History,
            // What a guest says or hears in private is kept nowhere.
            Self::Said { spot, by, .. } => match (spot, by.account) {
                (Spot::Room(_), _) => Kept::History,
                (Spot::Private { with }, Some(_)) if with.account.is_some() => Kept::History,
                (Spot::Private { .. } | Spot::Ranked { .. }, _) => Kept::Live,
            },
            Self::AccountDeleted { .. }
            | Self::Audited { .. }
            | Self::CertificateAdded { .. }
            | Self::CertificateRemoved { .. }
            | Self::Configured { .. }
            | Self::EmailSet { .. }
            | Self::Expired { .. }
            | Self::Ignored { .. }
            | Self::InvitationMade { .. }
            | Self::InvitationUsed { .. }
            | Self::Notified { .. }
            | Self::PasswordSet { .. }
            | Self::ReadMarked { .. }
            | Self::RecoveryUsed { .. }
            | Self::Registered { .. }
            | Self::ResetSet { .. }
            | Self::ServerBanned { .. }
            | Self::ServerUnbanned { .. }
            | Self::SecretMade { .. }
            | Self::SettingsChosen { .. }
            | Self::TokenMade { .. }
            | Self::TokenRevoked { .. }
            | Self::Visited { .. } => Kept::Stored,
            Self::Admitted { .. }
            | Self::Authenticated { .. }
            | Self::CameBack { .. }
            | Self::ClearOffered { .. }
            | Self::Connected { .. }
            | Self::Disconnected { .. }
            | Self::FormatChosen { .. }
            | Self::GuestEntered { .. }
            | Self::LoggedIn { .. }
            | Self::LoggedOut { .. }
            | Self::LoginFailed { .. }
            | Self::MarksItself { .. }
            | Self::Monitored { .. }
            | Self::Offline { .. }
            | Self::Online { .. }
            | Self::OperatorsTold { .. }
            | Self::Opered { .. }
            | Self::Overrode { .. }
            | Self::RealNamed { .. }
            | Self::ScramSet { .. }
            | Self::Seen { .. }
            | Self::ShuttingDown { .. }
            | Self::Signalled { .. }
            | Self::Started
            | Self::TalkChosen { .. }
            | Self::UserModesSet { .. }
            | Self::WentAway { .. }
            | Self::WidthChosen { .. } => Kept::Live,
        }
    }

    /// Whether it takes the next number.
    #[must_use]
    pub const fn is_numbered(&self) -> bool {
        matches!(self.kept(), Kept::History)
    }

    /// Whose act it is, where it is somebody's: who does not want to read them does not see it.
    #[must_use]
    pub const fn actor(&self) -> Option<&Who> {
        match self {
            Self::Banned { by, .. }
            | Self::Blocked { by, .. }
            | Self::Cleared { by, .. }
            | Self::Deleted { by, .. }
            | Self::Invited { by, .. }
            | Self::Kicked { by, .. }
            | Self::ModesSet { by, .. }
            | Self::OperatorsTold { by, .. }
            | Self::Ranked { by, .. }
            | Self::Reacted { by, .. }
            | Self::RoleSet { by, .. }
            | Self::RoomRenamed { by, .. }
            | Self::Said { by, .. }
            | Self::ServerBanned { by, .. }
            | Self::ServerUnbanned { by, .. }
            | Self::Signalled { by, .. }
            | Self::TopicSet { by, .. }
            | Self::Unbanned { by, .. }
            | Self::Unblocked { by, .. } => Some(by),
            Self::RealNamed { who, .. } => who.as_ref(),
            Self::RoomCreated { by, .. } | Self::RoomDropped { by, .. } => by.as_ref(),
            Self::AccountDeleted { who }
            | Self::CameBack { who }
            | Self::GuestEntered { who, .. }
            | Self::Joined { who, .. }
            | Self::Left { who, .. }
            | Self::LoggedIn { who, .. }
            | Self::Offline { who, .. }
            | Self::Online { who, .. }
            | Self::Opered { who, .. }
            | Self::Registered { who, .. }
            | Self::UserModesSet { who, .. }
            | Self::WentAway { who, .. } => Some(who),
            Self::Admitted { .. }
            | Self::Audited { .. }
            | Self::Authenticated { .. }
            | Self::CertificateAdded { .. }
            | Self::CertificateRemoved { .. }
            | Self::ClearOffered { .. }
            | Self::Configured { .. }
            | Self::Connected { .. }
            | Self::Disconnected { .. }
            | Self::EmailSet { .. }
            | Self::Expired { .. }
            | Self::FormatChosen { .. }
            | Self::Ignored { .. }
            | Self::InvitationMade { .. }
            | Self::InvitationUsed { .. }
            | Self::LoggedOut { .. }
            | Self::LoginFailed { .. }
            | Self::MarksItself { .. }
            | Self::Monitored { .. }
            | Self::Notified { .. }
            | Self::Overrode { .. }
            | Self::PasswordSet { .. }
            | Self::ReadMarked { .. }
            | Self::RecoveryUsed { .. }
            | Self::ResetSet { .. }
            | Self::ScramSet { .. }
            | Self::SecretMade { .. }
            | Self::Seen { .. }
            | Self::SettingsChosen { .. }
            | Self::ShuttingDown { .. }
            | Self::Started
            | Self::TalkChosen { .. }
            | Self::TokenMade { .. }
            | Self::TokenRevoked { .. }
            | Self::Visited { .. }
            | Self::WidthChosen { .. } => None,
        }
    }

    /// Where it happened, where that is a room or a conversation.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Deleted { spot, by, .. }
            | Self::Reacted { spot, by, .. }
            | Self::Said { spot, by, .. }
            | Self::Signalled { spot, by, .. } => spot.place(by),
            Self::Banned { room, .. }
            | Self::Cleared { room, .. }
            | Self::Invited { room, .. }
            | Self::Joined { room, .. }
            | Self::Kicked { room, .. }
            | Self::Left { room, .. }
            | Self::ModesSet { room, .. }
            | Self::Ranked { room, .. }
            | Self::RoomCreated { room, .. }
            | Self::RoomDropped { room, .. }
            | Self::RoomRenamed { room, .. }
            | Self::TopicSet { room, .. }
            | Self::Unbanned { room, .. } => Some(Place::Room(room.id)),
            Self::AccountDeleted { .. }
            | Self::Admitted { .. }
            | Self::Audited { .. }
            | Self::Authenticated { .. }
            | Self::CertificateAdded { .. }
            | Self::CertificateRemoved { .. }
            | Self::Blocked { .. }
            | Self::CameBack { .. }
            | Self::ClearOffered { .. }
            | Self::Configured { .. }
            | Self::Connected { .. }
            | Self::Disconnected { .. }
            | Self::EmailSet { .. }
            | Self::Expired { .. }
            | Self::FormatChosen { .. }
            | Self::GuestEntered { .. }
            | Self::Ignored { .. }
            | Self::InvitationMade { .. }
            | Self::InvitationUsed { .. }
            | Self::LoggedIn { .. }
            | Self::LoggedOut { .. }
            | Self::LoginFailed { .. }
            | Self::MarksItself { .. }
            | Self::Monitored { .. }
            | Self::Notified { .. }
            | Self::Offline { .. }
            | Self::Online { .. }
            | Self::OperatorsTold { .. }
            | Self::Opered { .. }
            | Self::Overrode { .. }
            | Self::PasswordSet { .. }
            | Self::ReadMarked { .. }
            | Self::RealNamed { .. }
            | Self::RecoveryUsed { .. }
            | Self::Registered { .. }
            | Self::ResetSet { .. }
            | Self::ScramSet { .. }
            | Self::SecretMade { .. }
            | Self::RoleSet { .. }
            | Self::Seen { .. }
            | Self::ServerBanned { .. }
            | Self::ServerUnbanned { .. }
            | Self::SettingsChosen { .. }
            | Self::ShuttingDown { .. }
            | Self::Started
            | Self::TalkChosen { .. }
            | Self::TokenMade { .. }
            | Self::TokenRevoked { .. }
            | Self::Unblocked { .. }
            | Self::UserModesSet { .. }
            | Self::Visited { .. }
            | Self::WentAway { .. }
            | Self::WidthChosen { .. } => None,
        }
    }
}
