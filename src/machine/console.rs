//! What the command line of the server asks (`chinwag user …`), and the first account of all.

use chinwag_grammar::{Nick, Time};

use crate::command::{self, Context, console_nick};
use crate::model::credential::Hashed;
use crate::model::person::Block;
use crate::model::{Event, Role, Text, Who};
use crate::policy::login::until_words;
use crate::policy::{name, staff};
use crate::reply::Reply;

/// What the command line of the server asks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields that say nothing are what they are called"
)]
pub enum Console {
    /// Makes an account; `initial` where its password is the one that every server begins with.
    Add {
        nick: Nick,
        hashed: Hashed,
        role: Role,
        initial: bool,
    },
    /// Shuts an account out and ends its sessions.
    Block {
        nick: Nick,
        until: Option<Time>,
        why: Option<Text>,
    },
    /// Sets a password and ends the account's sessions.
    Passwd { nick: Nick, hashed: Hashed },
    /// Sets a role.
    Role { nick: Nick, role: Role },
    /// Lets an account in again.
    Unblock { nick: Nick },
}

/// Carries it out.
pub(super) fn carry_out(context: &mut Context<'_>, console: Console) -> Reply {
    let done = match console {
        Console::Add {
            nick,
            hashed,
            role,
            initial,
        } => add(context, nick, hashed, role, initial),
        Console::Block { nick, until, why } => block(context, &nick, until, why),
        Console::Passwd { nick, hashed } => passwd(context, &nick, hashed),
        Console::Role { nick, role } => set_role(context, &nick, role),
        Console::Unblock { nick } => unblock(context, &nick),
    };
    done.unwrap_or_else(|refused| refused)
}

fn add(
    context: &mut Context<'_>,
    nick: Nick,
    hashed: Hashed,
    role: Role,
    initial: bool,
) -> Result<Reply, Reply> {
    name::may_give(context.state(), &nick)?;
    let who = Who {
        account: Some(context.state().next_account()),
        nick: nick.clone(),
    };
    context.emit(Event::Registered {
        who,
        hashed,
        email: None,
        role,
        initial_password: initial,
        recovery: Vec::new(),
    });
    context.audit(&format!("ADD {nick} {}", role.as_str()));
    Ok(Reply::Ok)
}

fn block(
    context: &mut Context<'_>,
    nick: &Nick,
    until: Option<Time>,
    why: Option<Text>,
) -> Result<Reply, Reply> {
    let account = context.account_named(nick)?;
    staff::may_lose(context.state(), account, context.now)?;
    let who = account.who();
    let words = until_words(until, why.as_ref());
    let block = Block {
        until,
        by: console_nick(),
        why,
    };
    context.emit(Event::Blocked {
        who: who.clone(),
        by: console(),
        block,
    });
    context.audit(&format!("BLOCK {nick} {words}"));
    end_sessions(context, &who);
    Ok(Reply::Blocked {
        nick: who.nick,
        until: words,
    })
}

fn passwd(context: &mut Context<'_>, nick: &Nick, hashed: Hashed) -> Result<Reply, Reply> {
    let who = context.account_named(nick)?.who();
    if let Some(account) = who.account {
        context.emit(Event::PasswordSet {
            account,
            hashed,
            renewed: false,
        });
    }
    context.audit(&format!("PASSWD {nick}"));
    end_sessions(context, &who);
    Ok(Reply::Ok)
}

fn set_role(context: &mut Context<'_>, nick: &Nick, role: Role) -> Result<Reply, Reply> {
    let account = context.account_named(nick)?;
    if role == Role::User {
        staff::may_lose(context.state(), account, context.now)?;
    }
    let who = account.who();
    context.emit(Event::RoleSet {
        who: who.clone(),
        by: console(),
        role,
    });
    context.audit(&format!("ROLE {nick} {}", role.as_str()));
    Ok(Reply::RoleIs {
        nick: who.nick,
        role: role.as_str(),
    })
}

fn unblock(context: &mut Context<'_>, nick: &Nick) -> Result<Reply, Reply> {
    let account = context.account_named(nick)?;
    let who = account.who();
    if account.block.is_none() {
        return Err(Reply::NotBlocked { nick: who.nick });
    }
    context.emit(Event::Unblocked {
        who: who.clone(),
        by: console(),
    });
    context.audit(&format!("UNBLOCK {nick}"));
    Ok(Reply::BlockLifted { nick: who.nick })
}

fn end_sessions(context: &mut Context<'_>, who: &Who) {
    if let Some(id) = who.account {
        command::end_sessions(context, id, None, None);
    }
}

fn console() -> Who {
    Who {
        account: None,
        nick: console_nick(),
    }
}
