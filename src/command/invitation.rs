//! INVITATION: a code with which one person can register.

use super::errand::CodeKind;
use super::prelude::*;
use crate::model::Role;
use crate::policy::staff;
use crate::reply::Row;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation;

impl Verb for Invitation {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Everywhere,
    };
    const WAITS: bool = true;

    fn read(_args: &Args<'_>) -> Self {
        Self
    }

    fn errand(&mut self, _before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let kind = CodeKind::Invitation;
        Ok(Some(Errand::Code { kind }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let account = context.account()?;
        let (by, role) = (account.id, account.role);
        staff::may_invite(context.state(), account)?;
        let Some(Found::Code { digest, shown }) = context.found() else {
            return Err(Reply::Busy { retry: 1 });
        };
        context.emit(Event::InvitationMade { by, digest });
        if role == Role::Admin {
            context.audit("INVITATION");
        }
        context.row(Row::Code {
            name: "INVITATION",
            code: shown,
        });
        Ok(Reply::InvitationMade.into())
    }
}
