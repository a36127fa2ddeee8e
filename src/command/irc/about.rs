//! ADMIN, LINKS and MAP: who runs the server, and that there is no other in its network.

use super::numeric;
use crate::command::prelude::*;
use crate::reply::Row;

/// RFC 2812, sections 3.4.5 and 3.4.9.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Who runs it, as `server.admin` says.
    Admin,
    /// The servers of the network: this one.
    Links,
    /// The same, with how many people are on each.
    Map,
}

impl Verb for About {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: false,
        token: TokenUse::Any,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let rules = context.rules();
        let server = rules.server_name.as_str();
        let rows = match self {
            Self::Admin => admin(server, &rules.admin),
            Self::Links => vec![
                numeric(364, [server, server], &format!("0 {}", rules.network)),
                numeric(365, ["*"], "End of /LINKS list"),
            ],
            Self::Map => {
                let live = context.state().live();
                let people = live.present.len() + live.guests.len();
                vec![
                    numeric::<&str>(6, [], &format!("{server} ({people} here)")),
                    numeric::<&str>(7, [], "End of /MAP"),
                ]
            }
        };
        rows.into_iter().for_each(|row| context.row(row));
        Ok(Reply::Ok.into())
    }
}

/// 257 to 259, as many as there are lines; what is more stands in the last.
fn admin(server: &str, lines: &[String]) -> Vec<Row> {
    if lines.is_empty() {
        return vec![numeric(423, [server], "No administrative info available")];
    }
    let mut rows = vec![numeric(256, [server], "Administrative info")];
    for (code, place) in (257..).zip(0..3) {
        let line = match (place, lines) {
            (2, [_, _, rest @ ..]) => rest.join(", "),
            _ => lines.get(place).cloned().unwrap_or_default(),
        };
        if !line.is_empty() {
            rows.push(numeric::<&str>(code, [], &line));
        }
    }
    rows
}
