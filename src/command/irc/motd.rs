//! MOTD: the message of the day.

use super::numeric;
use crate::command::prelude::*;
use crate::model::Rules;
use crate::reply::Row;

/// modern IRC, MOTD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Motd;

impl Verb for Motd {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: false,
        token: TokenUse::Any,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        rows(context.rules())
            .into_iter()
            .for_each(|row| context.row(row));
        Ok(Reply::Ok.into())
    }
}

pub(super) fn rows(rules: &Rules) -> Vec<Row> {
    let Some(motd) = &rules.motd else {
        return vec![numeric::<&str>(422, [], "There is no message of the day")];
    };
    let start = format!("- {} message of the day -", rules.server_name);
    let mut rows = vec![numeric::<&str>(375, [], &start)];
    rows.extend(
        motd.lines()
            .map(|line| numeric::<&str>(372, [], &format!("- {line}"))),
    );
    rows.push(numeric::<&str>(376, [], "End of /MOTD command"));
    rows
}
