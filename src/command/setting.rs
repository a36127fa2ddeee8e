//! What TIME, TZ, COLOR, BELL, NUMBERS and QUIET have in common: one setting of the account, shown or chosen.

use super::prelude::*;
use crate::model::Settings;

/// Who may: settings are kept with an account.
pub const GATE: Gate = Gate {
    needs: Needs::Account,
    writes: true,
    token: TokenUse::Full,
};

/// Chooses, where something is chosen, and shows what there is afterwards.
///
/// # Errors
/// Where there is no account.
pub fn choose(
    context: &mut Context<'_>,
    name: &'static str,
    change: Option<impl FnOnce(&mut Settings)>,
    shown: impl FnOnce(&Settings) -> &'static str,
) -> Outcome {
    let known = context.account()?;
    let (account, mut settings) = (known.id, known.settings);
    if let Some(change) = change {
        change(&mut settings);
        context.emit(Event::SettingsChosen { account, settings });
    }
    let value = shown(&settings).into();
    Ok(Reply::Setting { name, value }.into())
}

/// `ON`, `OFF`, or neither.
pub fn switch(args: &Args<'_>) -> Option<bool> {
    if args.has_keyword("ON") {
        return Some(true);
    }
    args.has_keyword("OFF").then_some(false)
}

/// As it is typed.
pub const fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}
