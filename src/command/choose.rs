//! What everything chosen for the screen has in common: it is kept with the account, and shown where nothing is chosen.

use super::prelude::*;
use crate::model::Settings;

/// What choosing demands; showing changes nothing.
#[must_use]
pub const fn gate(writes: bool) -> Gate {
    Gate {
        needs: Needs::Account,
        writes,
        token: TokenUse::Full,
    }
}

/// ON or OFF, where one of them is there.
#[must_use]
pub fn switch(args: &Args<'_>) -> Option<bool> {
    if args.has_keyword("ON") {
        return Some(true);
    }
    args.has_keyword("OFF").then_some(false)
}

/// `on` or `off`.
#[must_use]
pub const fn switch_word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// Changes the settings if something is chosen, and answers with what holds then.
///
/// # Errors
/// For guests.
pub fn choose<T>(
    context: &mut Context<'_>,
    name: &'static str,
    chosen: Option<T>,
    set: impl FnOnce(&mut Settings, T),
    word: impl FnOnce(&Settings) -> &'static str,
) -> Outcome {
    let account = context.account()?;
    let (id, mut settings) = (account.id, account.settings);
    if let Some(chosen) = chosen {
        set(&mut settings, chosen);
        context.emit(Event::SettingsChosen {
            account: id,
            settings,
        });
    }
    let value = word(&settings).into();
    Ok(Reply::Setting { name, value }.into())
}
