//! The part of the configuration that decisions read, taken out of the whole.

use crate::config::{Cleartext, Config, RegisterEmail, Registration, RoomCreation};
use crate::model::rules::{self, Creation, EmailRule, Rules};

/// The rules of a configuration.
#[must_use]
pub fn rules(config: &Config) -> Rules {
    let (accounts, limits) = (&config.accounts, &config.limits);
    Rules {
        server_name: config.server.name.clone(),
        network: config.server.network.clone(),
        motd: config.server.motd.clone(),
        admin: config.server.admin.clone(),
        default_user_modes: config.server.default_user_modes.clone(),
        has_password: config.server.password.is_some(),
        registration: match accounts.registration {
            Registration::Closed => rules::Registration::Closed,
            Registration::Invite => rules::Registration::Invite,
            Registration::Open => rules::Registration::Open,
        },
        password_min: accounts.password_min,
        scram: accounts.scram,
        cleartext_refused: accounts.cleartext == Cleartext::Refuse,
        cleartext_warned: accounts.cleartext == Cleartext::Warn,
        recovery_code_lifetime: accounts.recovery_code_lifetime.secs(),
        guests: accounts.guests,
        email: match accounts.register_email {
            RegisterEmail::None => EmailRule::None,
            RegisterEmail::Optional => EmailRule::Optional,
            RegisterEmail::Required => EmailRule::Required,
        },
        has_mail: config.mail.is_some(),
        lobby: config.rooms.lobby.clone(),
        autojoin: config.rooms.autojoin.clone(),
        create: match config.rooms.create {
            RoomCreation::Accounts => Creation::Accounts,
            RoomCreation::Admins => Creation::Admins,
            RoomCreation::Anyone => Creation::Anyone,
        },
        message_bytes: limits.message_bytes,
        rooms_per_account: limits.rooms_per_account,
        members_per_room: limits.members_per_room,
        login_failures_per_minute: limits.login_failures_per_minute,
        nick_len: limits.nick_len,
        channel_len: limits.channel_len,
        topic_len: limits.topic_len,
        sessions_per_account: limits.sessions_per_account,
        tokens_per_account: limits.tokens_per_account,
        certificates_per_account: limits.certificates_per_account,
        ignores_per_account: limits.ignores_per_account,
        notifications_per_account: limits.notifications_per_account,
        unread_places: limits.unread_places,
        bans_per_room: limits.bans_per_room,
        server_bans: limits.server_bans,
        history: config.history.enabled,
        max_query: config.history.max_query,
        retention: config.history.retention.secs(),
        replay: config.history.replay,
        whowas: limits.whowas,
        monitor: limits.monitor,
        loopback_only: config.loopback_only(),
    }
}
