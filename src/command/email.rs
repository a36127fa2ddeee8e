//! EMAIL: where recovery codes may be mailed to: shown, set, or removed.

use super::prelude::*;
use crate::model::rules::EmailRule;
use crate::policy::email::is_address;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    pub address: Option<Text>,
}

impl Verb for Email {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Never,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            address: args.text("address").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let (account, rule) = (context.account()?, context.rules().email);
        let id = account.id;
        let Some(email) = self.address else {
            return Ok(match account.email.clone() {
                Some(email) => Reply::EmailShown { email }.into(),
                None => Reply::EmailAbsent.into(),
            });
        };
        let removes = email.as_str().eq_ignore_ascii_case("none");
        match rule {
            EmailRule::Required if removes => {
                return Err(Reply::NoPermission {
                    need: "this server requires an e-mail address; you can set another",
                });
            }
            EmailRule::None if !removes => return Err(Reply::EmailUnwanted),
            EmailRule::None | EmailRule::Optional | EmailRule::Required => {}
        }
        if !removes && !is_address(&email) {
            return Err(Reply::EmailWrong { email });
        }
        let set = (!removes).then(|| email.clone());
        context.emit(Event::EmailSet {
            account: id,
            email: set,
        });
        Ok(if removes {
            Reply::EmailRemoved.into()
        } else {
            Reply::EmailSet { email }.into()
        })
    }
}
