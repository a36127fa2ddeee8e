//! SESSIONS: lists one's connections, in the order they came, or ends one of them.

use super::prelude::*;
use crate::reply::Row;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sessions {
    end: Option<u32>,
}

impl Verb for Sessions {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: false,
        token: TokenUse::Never,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            end: args.count("count"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let id = context.account()?.id;
        let mut sessions: Vec<_> = context.state().sessions_of(id).collect();
        sessions.sort_by_key(|session| (session.since, session.conn));
        if let Some(count) = self.end {
            let place = (count as usize).checked_sub(1);
            let conn = place.and_then(|place| sessions.get(place)).map(|session| session.conn);
            let conn = conn.ok_or(Reply::NoSuchSession { count })?;
            context.close(conn);
            return Ok(Reply::Ok.into());
        }
        let rows: Vec<Row> = (1..)
            .zip(sessions)
            .map(|(count, session)| Row::Session {
                count,
                door: session.origin.door,
                host: session.origin.host.as_str().into(),
                since: session.since,
                own: session.conn == context.conn,
            })
            .collect();
        let count = rows.len() as u64;
        rows.into_iter().for_each(|row| context.row(row));
        let noun = "sessions";
        Ok(Reply::Rows { count, noun }.into())
    }
}
