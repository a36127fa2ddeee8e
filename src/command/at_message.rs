//! What commands on the number of a message have in common: where it stands, and whether one may act there.

use super::prelude::*;
use crate::model::Meta;
use crate::policy::room as policy;

/// Where a message stands, for an event of now.
///
/// # Errors
/// Where that place is gone meanwhile, or the asker came with a token for others.
pub fn spot(context: &Context<'_>, meta: &Meta) -> Result<Spot, Reply> {
    let unknown = Reply::UnknownMessage {
        number: meta.number,
    };
    let state = context.state();
    match meta.place {
        Place::Pair(..) => {
            let me = context.me()?;
            let other = me.account.and_then(|id| meta.place.other(id));
            let other = other.and_then(|id| state.account(id)).ok_or(unknown)?;
            let with = other.who();
            policy::may_write_to(state, context.session(), &me, &with)?;
            Ok(Spot::Private { with })
        }
        Place::Room(id) => {
            let room = state.room(id).ok_or(unknown)?;
            policy::may_use_token(context.session(), &room.name)?;
            Ok(Spot::Room(room.to_ref()))
        }
    }
}
