//! WHO and WHOX: who is in a room, or fits a mask.

use chinwag_grammar::{Folded, RoomName, mask};

use crate::command::prelude::*;
use crate::model::{Account, Rank, Room, Session, UserMode};
use crate::policy::operator::is_shown_as;
use crate::policy::person::may_find;
use crate::policy::room::may_list;
use crate::reply::Row;

/// modern IRC, WHO; `fields` and `token` are WHOX's (ISUPPORT WHOX).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoIrc {
    /// A room, a nick or a mask of nicks.
    pub mask: String,
    /// Operators only.
    pub operators: bool,
    /// The letters after `%`.
    pub fields: Option<String>,
    /// What comes back as `t`.
    pub token: String,
}

/// The order of WHOX's fields.
const FIELDS: &str = "tcuihsnfdlaor";

impl Verb for WhoIrc {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let me = context.me()?;
        let found = match RoomName::parse(&self.mask) {
            Ok(name) => self.in_room(context, &me, &name),
            Err(_) => self.fitting(context, &me),
        };
        let rows: Vec<Row> = found
            .iter()
            .filter(|(_, who)| !self.operators || is_shown_as(context.state(), who))
            .map(|(room, who)| self.row(context, *room, who))
            .collect();
        rows.into_iter().for_each(|row| context.row(row));
        context.row(super::numeric(315, [self.mask.as_str()], "End of WHO list"));
        Ok(Reply::Ok.into())
    }
}

impl WhoIrc {
    fn in_room<'a>(
        &self,
        context: &'a Context<'_>,
        me: &Who,
        name: &RoomName,
    ) -> Vec<(Option<&'a Room>, Who)> {
        let state = context.state();
        let room = state.room_named(name);
        let Some(room) = room.filter(|room| may_list(state, context.session(), me, room)) else {
            return Vec::new();
        };
        let members = room.members.keys().filter(|id| state.is_present(**id));
        let members = members.filter_map(|id| state.account(*id).map(Account::who));
        let guests = state.live().room_guests.get(&room.id);
        let guests = guests
            .into_iter()
            .flatten()
            .filter_map(|(conn, _)| state.who(*conn));
        members.chain(guests).map(|who| (Some(room), who)).collect()
    }

    /// Everybody who is here, as by WHO in netcat; whose nick is known in full is found, whatever they hide.
    fn fitting<'a>(&self, context: &'a Context<'_>, me: &Who) -> Vec<(Option<&'a Room>, Who)> {
        let (state, pattern) = (context.state(), Folded::of(&self.mask));
        let accounts = state.live().present.keys();
        let accounts = accounts.filter_map(|id| state.account(*id).map(Account::who));
        let guests = state
            .live()
            .guests
            .values()
            .filter_map(|conn| state.who(*conn));
        let fits = |who: &Who| {
            let nick = who.nick.folded();
            let globbed = pattern.as_str() == "0" || mask::glob(pattern.as_str(), nick.as_str());
            globbed && (nick == pattern || may_find(state, me, who))
        };
        let people = accounts.chain(guests).filter(fits);
        people.map(|who| (shared(context, me, &who), who)).collect()
    }

    fn row(&self, context: &Context<'_>, room: Option<&Room>, who: &Who) -> Row {
        let place = room.map_or("*", |room| room.name.as_str());
        let user = who.user();
        let (host, nick) = (who.host(), who.nick.as_str());
        let server = context.rules().server_name.as_str();
        let flags = flags(context, room, who);
        let Some(fields) = &self.fields else {
            let words = [place, &user, &host, server, nick, &flags];
            return super::numeric(352, words, &format!("0 {}", context.state().real_name(who)));
        };
        let account = who.account.map_or("0", |_| nick);
        let mut words = Vec::new();
        let mut text = None;
        for field in FIELDS.chars().filter(|field| fields.contains(*field)) {
            match field {
                't' => words.push(self.token.clone()),
                'c' => words.push(place.to_owned()),
                'u' => words.push(user.clone()),
                // Where somebody is is nobody's to know.
                'i' => words.push("255.255.255.255".to_owned()),
                'h' => words.push(host.clone()),
                's' => words.push(server.to_owned()),
                'n' => words.push(nick.to_owned()),
                'f' => words.push(flags.clone()),
                'd' | 'l' => words.push("0".to_owned()),
                'a' => words.push(account.to_owned()),
                'o' => words.push("n/a".to_owned()),
                _ => text = Some(context.state().real_name(who)),
            }
        }
        Row::Numeric {
            code: 354,
            words: words.into_iter().map(Text::from).collect(),
            text,
        }
    }
}

/// The first room that both are in.
fn shared<'a>(context: &'a Context<'_>, me: &Who, who: &Who) -> Option<&'a Room> {
    let state = context.state();
    let mine = state.rooms_of(me);
    let both = state.rooms_of(who).into_iter().find(|id| mine.contains(id));
    both.and_then(|id| state.room(id))
}

/// Here or gone, operator of the server, rank in the room.
fn flags(context: &Context<'_>, room: Option<&Room>, who: &Who) -> String {
    let state = context.state();
    let away = who
        .account
        .is_some_and(|id| state.live().away.contains_key(&id));
    let mut flags = String::from(if away { "G" } else { "H" });
    if is_shown_as(state, who) {
        flags.push('*');
    }
    if state.user_modes(who).has(UserMode::Bot) {
        flags.push('B');
    }
    if let Some(room) = room {
        flags.extend(state.ranks(who, room).iter().map(Rank::prefix));
    }
    flags
}

/// When somebody's first session of now began.
pub(super) fn since(sessions: &[&Session]) -> Option<chinwag_grammar::Time> {
    sessions.iter().map(|session| session.since).min()
}
