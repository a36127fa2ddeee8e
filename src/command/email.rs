//! EMAIL: shows one's e-mail address, sets it, or removes it.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    address: Option<Text>,
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
        let known = context.account()?;
        let (account, shown) = (known.id, known.email.clone());
        let Some(address) = self.address else {
            return Ok(match shown {
                Some(email) => Reply::EmailShown { email },
                None => Reply::EmailAbsent,
            }
            .into());
        };
        let email = (!address.as_str().eq_ignore_ascii_case("none")).then_some(address);
        context.emit(Event::EmailSet {
            account,
            email: email.clone(),
        });
        Ok(match email {
            Some(email) => Reply::EmailSet { email },
            None => Reply::EmailRemoved,
        }
        .into())
    }
}
