//! SESSIONS: one's own connections in the order in which they came, and the end of one of them.

use super::depart::end_session;
use super::prelude::*;
use crate::model::Session;
use crate::reply::{Row, noun};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sessions {
    /// Which one is to end.
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
        let account = context.account()?;
        let nick = account.name.clone();
        let mut sessions: Vec<&Session> = context.state().sessions_of(account.id).collect();
        sessions.sort_by_key(|session| (session.since, session.conn));
        if let Some(count) = self.end {
            let place = (count as usize).checked_sub(1);
            let session = place.and_then(|place| sessions.get(place));
            let conn = session.ok_or(Reply::NoSuchSession { count })?.conn;
            end_session(context, conn, None);
            return Ok(Reply::SessionsEnded { count: 1, nick }.into());
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
        for row in rows {
            context.row(row);
        }
        let noun = noun(count, "session", "sessions");
        Ok(Reply::Rows { count, noun }.into())
    }
}
