//! INVITATION: makes a code with which one person can register.

use super::prelude::*;
use crate::command::errand::CodeKind;
use crate::policy::staff;
use crate::reply::Row;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation;

impl Verb for Invitation {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Never,
    };
    const WAITS: bool = true;

    fn read(_: &Args<'_>) -> Self {
        Self
    }

    fn errand(&mut self, _: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let kind = CodeKind::Invitation;
        Ok(Some(Errand::Code { kind }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let Some(Found::Code { digest, shown }) = context.found() else {
            return Err(Reply::Busy { retry: 1 });
        };
        staff::may_invite_to_server(context.state(), context.account()?)?;
        let by = context.account()?.id;
        context.emit(Event::InvitationMade { by, digest });
        context.row(Row::Code {
            name: "INVITATION",
            code: shown,
        });
        Ok(Reply::InvitationMade.into())
    }
}
