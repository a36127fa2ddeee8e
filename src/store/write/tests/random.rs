//! Any history, driven through the state by events with valid arguments: add a row to `event` for each new kind.

use chinwag_grammar::{Mask, Time};
use proptest::prelude::*;

use crate::model::BanTarget;
use crate::model::credential::{Hashed, ScramKeys, ServerSecret, Verifier};
use crate::model::person::{Block, Notification, NotificationKind, Reset, Scope, Token};
use crate::model::{
    AccountId, BanKind, Bell, Door, Event, Flood, Hidden, Mark, Marked, Modes, Place, Rank, Ranks,
    Role, RoomId, RoomRef, Settings, Spot, Who,
};
use crate::store::testing::{World, created, digest, registered, room_name, spoken};

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_loaded_is_what_the_state_holds(script in prop::collection::vec(any::<[u8; 4]>(), 1..80)) {
        let mut world = World::new();
        for (at, dice) in script.into_iter().enumerate() {
            if let Some(event) = event(&world, dice, at as u64) {
                world.happen(event);
            }
            if dice[3] % 4 == 0 {
                world.compare();
            }
        }
        world.compare();
    }
}

/// One of a collection.
fn pick<T>(from: impl IntoIterator<Item = T>, die: u8) -> Option<T> {
    let mut all: Vec<_> = from.into_iter().collect();
    if all.is_empty() {
        return None;
    }
    let at = usize::from(die) % all.len();
    Some(all.swap_remove(at))
}

fn member(world: &World, room: &RoomRef, die: u8) -> Option<Who> {
    let members = world.state.room(room.id)?.members.keys().copied();
    let id = pick(members, die)?;
    world.state.account(id).map(crate::model::Account::who)
}

/// An event that a command could emit now; `unique` makes what may not be there twice.
fn event(world: &World, [kind, one, two, three]: [u8; 4], unique: u64) -> Option<Event> {
    let durable = world.state.durable();
    let by = pick(durable.accounts.values(), one)?.who();
    let who = pick(durable.accounts.values(), two)?.who();
    let (account, other) = (by.account?, who.account?);
    let room = pick(durable.rooms.values(), three)?.to_ref();
    let is_lobby = room.id == RoomId(1);
    let flag = two % 2 == 0;
    let until = flag.then(|| Time::from_millis(i64::from(three)));
    let why = (three % 2 == 0).then(|| "why".into());
    let spot = if flag {
        Spot::Private { with: who.clone() }
    } else {
        Spot::Room(room.clone())
    };
    let place = spot.place(&by)?;
    let mask = Mask::parse(["bob!*@*", "*!*@host"][usize::from(two % 2)]).unwrap();
    let ban = [
        BanKind::Ban,
        BanKind::Exception,
        BanKind::Invitation,
        BanKind::Mute,
    ][usize::from(three) % 4];
    let text: crate::model::Text = format!("words {unique}").into();
    let targets = ["bob", "bob!*@*", "192.0.2.0/24", "2001:db8::7"];
    let target = BanTarget::meant(targets[usize::from(three) % targets.len()])?;
    Some(match kind % 41 {
        0 => registered(durable.last_account.0 + 1, &format!("user{unique}")),
        1 if durable.accounts.len() > 2 => Event::AccountDeleted { who },
        2 => Event::Audited {
            by: by.nick,
            door: Door::Netcat,
            text,
        },
        3 => Event::Banned {
            room,
            by,
            kind: ban,
            mask,
            until,
            why,
        },
        4 => Event::Unbanned {
            room,
            by,
            kind: ban,
            mask,
        },
        5 => {
            let block = Block {
                until,
                by: by.nick.clone(),
                why,
            };
            Event::Blocked { who, by, block }
        }
        6 => Event::Unblocked { who, by },
        7 => Event::Cleared { room, by },
        8 => Event::Invited { room, who, by },
        9..=11 => Event::Joined {
            room,
            who,
            ranks: Ranks::NONE.with(Rank::ALL[usize::from(three) % Rank::ALL.len()], flag),
        },
        12 => Event::Kicked {
            who: member(world, &room, two)?,
            room,
            by,
            why,
        },
        13 => Event::Left {
            who: member(world, &room, two)?,
            room,
            why,
            gone: false,
        },
        14 => Event::ModesSet {
            modes: Modes {
                invite_only: flag,
                key: flag.then(|| "key".to_owned()),
                limit: Some(u32::from(three)),
                moderated: !flag,
                hidden: [Hidden::No, Hidden::Private, Hidden::Secret][usize::from(three) % 3],
                auditorium: flag,
                flood: Flood::parse("5:10").filter(|_| flag),
                no_ctcp: three % 5 == 0,
                op_moderated: three % 7 == 0,
                registered_only: !flag,
                registered_speech: three % 2 == 0,
                ..Modes::default()
            },
            room,
            by,
            change: "+ik".into(),
        },
        15 => Event::Ranked {
            who: member(world, &room, two)?,
            room,
            by,
            rank: Rank::ALL[usize::from(two) % Rank::ALL.len()],
            given: three % 2 == 0,
        },
        16 => Event::RoleSet {
            who,
            by,
            role: if flag { Role::Admin } else { Role::User },
        },
        17 => created(
            durable.last_room.0 + 1,
            &format!("#room{unique}"),
            flag.then_some(by),
            three % 2 == 0,
        ),
        18 if !is_lobby => Event::RoomCreated {
            room,
            by: Some(by),
            description: text,
            permanent: true,
        },
        19 if !is_lobby => Event::RoomDropped {
            room,
            by: flag.then_some(by),
        },
        20 if !is_lobby => Event::RoomRenamed {
            room,
            by,
            name: room_name(&format!("#new{unique}")),
        },
        21..=24 => spoken(spot, by, text.as_str()),
        25 => Event::TopicSet {
            room,
            by,
            text: if flag { "".into() } else { text },
        },
        26 => Event::EmailSet {
            account,
            email: flag.then_some(text),
        },
        27 => Event::Expired {
            before: Time::from_millis(world.now - i64::from(two)),
        },
        28 => Event::Ignored {
            account,
            nick: who.nick,
            ignored: three % 3 > 0,
        },
        29 => match pick(durable.invitations.keys(), two) {
            Some(digest) if flag => Event::InvitationUsed { digest: *digest },
            _ => Event::InvitationMade {
                by: account,
                digest: digest(1_000_000 + unique),
            },
        },
        30 => Event::Notified {
            account: other,
            number: world.state.last(),
            notification: Notification {
                kind: [NotificationKind::Mention, NotificationKind::Role][usize::from(two % 2)],
                place: (three % 3 > 0)
                    .then_some(place)
                    .filter(|place| owns(*place, other)),
            },
        },
        31 => Event::ReadMarked {
            account,
            marks: vec![Marked {
                place,
                name: "there".into(),
                mark: Mark {
                    number: world.state.last(),
                    at: Time::from_millis(world.now - i64::from(two)),
                },
            }],
            personal: three % 2 == 0,
        },
        32 => {
            let digest = *pick(durable.accounts[&account].recovery.iter(), two)?;
            Event::RecoveryUsed { account, digest }
        }
        33 => Event::ResetSet {
            account,
            reset: flag.then(|| Reset {
                digest: digest(unique),
                expires: Time::from_millis(7),
            }),
        },
        34 => Event::SettingsChosen {
            account,
            settings: Settings {
                bell: Bell::All,
                quiet: flag,
                ..Settings::default()
            },
        },
        35 => match pick(durable.accounts[&account].tokens.keys(), two) {
            Some(label) if flag => Event::TokenRevoked {
                account,
                label: label.clone(),
            },
            _ => Event::TokenMade {
                account,
                label: format!("token{}", three % 3),
                token: Token {
                    digest: digest(2_000_000 + unique),
                    rooms: flag.then(|| vec![room]),
                    scope: [Scope::All, Scope::Post, Scope::Read][usize::from(three % 3)],
                    created: Time::from_millis(5),
                },
            },
        },
        36 if flag => Event::PasswordSet {
            account,
            hashed: Hashed {
                verifier: Verifier::from_phc(text.to_string()),
                scram: (three % 2 == 0).then(|| ScramKeys {
                    iterations: 4,
                    salt: vec![two; 16],
                    stored_key: [one; 32],
                    server_key: [three; 32],
                }),
            },
            renewed: three % 3 == 0,
        },
        36 => Event::Visited { account },
        37 => match pick(durable.accounts[&account].certificates.keys(), two) {
            Some(digest) if flag => Event::CertificateRemoved {
                account,
                digest: *digest,
            },
            _ => Event::CertificateAdded {
                account,
                digest: digest(3_000_000 + unique),
            },
        },
        38 => Event::SecretMade {
            secret: ServerSecret::from_bytes([two; 32]),
        },
        39 => Event::ServerBanned {
            target,
            by,
            until,
            why,
        },
        40 => Event::ServerUnbanned { target, by },
        _ => return None,
    })
}

/// Whether a place is one where that account can be told something.
fn owns(place: Place, account: AccountId) -> bool {
    matches!(place, Place::Room(_)) || place.other(account).is_some()
}
