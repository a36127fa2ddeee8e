//! What `chinwag user …` asks, as the core understands it; with a server or without.

use chinwag_grammar::{Nick, Span};

use crate::auth;
use crate::config::Config;
use crate::control::{self, Lock, Request, Response};
use crate::effect::{Batch, Effect};
use crate::log::system_clock;
use crate::machine::{Console, Entry, Machine, Stamped};
use crate::model::{Account, Role};
use crate::policy::password;
use crate::reply::{Reply, noun};
use crate::secret::Secret;
use crate::server::{first, rules::rules};
use crate::state::State;
use crate::store::{self, Fault, Place, Writer};

/// The request as the core understands it; hashing takes as long as it takes.
///
/// # Errors
/// What is wrong with the request, for the person who asked.
pub fn console(request: Request, config: &Config) -> Result<Console, String> {
    let nick = |name: &str| Nick::parse(name).map_err(|error| error.to_string());
    Ok(match request {
        Request::UserAdd {
            name,
            password,
            role,
        } => {
            let nick = nick(&name)?;
            check(&password, &nick, config)?;
            Console::Add {
                hashed: auth::Costs::of(&config.accounts).hash(&password),
                nick,
                role: role_of(role),
                initial: false,
            }
        }
        Request::UserBlock {
            name,
            seconds,
            reason,
        } => Console::Block {
            nick: nick(&name)?,
            until: seconds.map(|seconds| system_clock().plus(Span::seconds(seconds))),
            why: reason.map(Into::into),
        },
        Request::UserPasswd { name, password } => {
            let nick = nick(&name)?;
            check(&password, &nick, config)?;
            Console::Passwd {
                hashed: auth::Costs::of(&config.accounts).hash(&password),
                nick,
            }
        }
        Request::UserRole { name, role } => Console::Role {
            nick: nick(&name)?,
            role: role_of(role),
        },
        Request::UserUnblock { name } => Console::Unblock { nick: nick(&name)? },
        Request::Backup { .. } | Request::UserList => {
            return Err("this request changes nothing".into());
        }
    })
}

/// Every account, as it is listed.
#[must_use]
pub fn listed(state: &State) -> Vec<Response> {
    let now = system_clock();
    let row = |account: &Account| Response::User {
        name: account.name.to_string(),
        role: match account.role {
            Role::Admin => control::Role::Admin,
            Role::User => control::Role::User,
        },
        blocked: account.blocked(now).is_some(),
        email: account.email.as_ref().map(ToString::to_string),
    };
    state.durable().accounts.values().map(row).collect()
}

/// The answer, as the person who asked is told.
#[must_use]
pub fn told(reply: &Reply) -> Response {
    let text = reply.words();
    match reply.code() {
        None => Response::Done { text },
        Some(_) => Response::Failed { text },
    }
}

/// Carries a request out on a database that no server has open.
pub fn offline(
    config: &Config,
    _lock: &Lock,
    request: Request,
    shown: &mut dyn FnMut(Response),
) -> Response {
    let done = match request {
        Request::Backup { file } => {
            let mut progress = |done, total| shown(Response::Progress { done, total });
            store::backup(&config.database.path, &file, &mut progress)
                .map(|pages| copied(&file, pages))
                .map_err(|fault| fault.to_string())
        }
        Request::UserList => open(config)
            .map(|(machine, _, _)| {
                listed(machine.state()).into_iter().for_each(shown);
                Response::Done {
                    text: String::new(),
                }
            })
            .map_err(|fault| fault.to_string()),
        request => change(config, request),
    };
    done.unwrap_or_else(|text| Response::Failed { text })
}

/// A copy of the database was made.
#[must_use]
pub fn copied(file: &std::path::Path, pages: u64) -> Response {
    Response::Done {
        text: format!(
            "{}: {pages} {}",
            file.display(),
            noun(pages, "page", "pages")
        ),
    }
}

fn change(config: &Config, request: Request) -> Result<Response, String> {
    let console = console(request, config)?;
    let (mut machine, mut writer, applied) = open(config).map_err(|fault| fault.to_string())?;
    let mut batch = Batch {
        applied,
        ..Batch::default()
    };
    let configured = Entry::Configured {
        rules: Box::new(rules(config)),
    };
    let first = first::account(config, machine.state().durable());
    let entries =
        std::iter::once(configured).chain(first.into_iter().chain(std::iter::once(console)).map(
            |console| Entry::Console {
                console,
                found: None,
            },
        ));
    for entry in entries {
        batch.applied += 1;
        let stamped = Stamped {
            seq: batch.applied,
            now: system_clock(),
            full: false,
            entry,
        };
        machine.step(stamped, &mut batch.effects);
    }
    writer
        .commit(&[&batch])
        .map_err(|fault| fault.to_string())?;
    let mut answers = batch.effects.iter().filter_map(|effect| match effect {
        Effect::Answer { reply, .. } => Some(told(reply)),
        _ => None,
    });
    answers
        .next_back()
        .ok_or_else(|| "the request was not answered".into())
}

fn open(config: &Config) -> Result<(Machine, Writer, u64), Fault> {
    let place = Place::of(&config.database)?;
    let database = store::open(&place, config.database.durability)?;
    let (durable, applied) = store::load(&database)?;
    let writer = Writer::new(database, place);
    Ok((Machine::new(durable), writer, applied))
}

fn check(password: &Secret, nick: &Nick, config: &Config) -> Result<(), String> {
    password::may_choose(password, nick, config.accounts.password_min).map_err(|weak| weak.words())
}

fn role_of(role: control::Role) -> Role {
    match role {
        control::Role::Admin => Role::Admin,
        control::Role::User => Role::User,
    }
}
