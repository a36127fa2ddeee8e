//! The end of an IRC client's registration: it is welcomed, as an account, as a guest, or as nobody yet, who can still
//! register or log in.

use chinwag_grammar::Nick;

use super::numeric;
use crate::command::prelude::*;
use crate::command::{arrive, guest};
use crate::model::Rules;
use crate::model::room::{ModeType, RoomMode};
use crate::model::session::Person;
use crate::reply::Row;

/// modern IRC, connection registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enter {
    /// What it wants to be called.
    pub nick: Nick,
    /// What it calls itself in full.
    pub real_name: Option<Text>,
}

impl Verb for Enter {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: false,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        if !matches!(context.session().person, Person::Nobody) {
            return Err(Reply::AlreadyLoggedIn { nick: self.nick });
        }
        if let Some(name) = self.real_name.filter(|name| !name.is_blank()) {
            context.emit(Event::RealNamed {
                conn: context.conn,
                who: None,
                name,
                is_told: false,
            });
        }
        if context.session().authenticated.is_some() {
            let nick = arrive::may_enter_authenticated(context)?;
            welcome(context, &nick);
            arrive::enter_authenticated(context)?;
            return Ok(Reply::Welcomed { nick }.into());
        }
        if context.rules().guests {
            guest::may_enter(context, &self.nick)?;
            welcome(context, &self.nick);
            guest::enter(context, self.nick.clone());
            return Ok(Reply::Welcomed { nick: self.nick }.into());
        }
        welcome(context, &self.nick);
        Ok(Reply::WelcomedUnnamed { nick: self.nick }.into())
    }
}

/// 001 to 005, LUSERS and the message of the day.
fn welcome(context: &mut Context<'_>, nick: &Nick) {
    let nick = nick.clone();
    context.row(Row::Called { nick: nick.clone() });
    let mut rows = greeting(context.rules(), &nick);
    rows.extend(supported(context.rules()));
    let shown = context.session().authenticated.as_ref();
    let is_new = shown.is_none_or(|shown| !context.state().is_present(shown.account));
    rows.extend(super::lusers::rows(context, usize::from(is_new)));
    rows.extend(super::motd::rows(context.rules()));
    rows.into_iter().for_each(|row| context.row(row));
}

fn greeting(rules: &Rules, nick: &Nick) -> Vec<Row> {
    let (name, network) = (&rules.server_name, &rules.network);
    let version = super::version();
    vec![
        numeric::<&str>(1, [], &format!("Welcome to the {network} network, {nick}")),
        numeric::<&str>(2, [], &format!("Your host is {name}, running {version}")),
        numeric::<&str>(
            3,
            [],
            "This server keeps what is said: CHATHISTORY shows it",
        ),
        Row::Numeric {
            code: 4,
            words: [
                name,
                version.as_str(),
                "BRiow",
                "CIMRUabefhiklmnopqrstuv",
                "Iabefhkloqv",
            ]
            .map(Text::from)
            .into(),
            text: None,
        },
    ]
}

/// A line of 005 has at most so many tokens (modern IRC, RPL_ISUPPORT).
const TOKENS_MAX: usize = 12;

/// 005: what this server has, and how much of it.
pub(super) fn supported(rules: &Rules) -> Vec<Row> {
    let tokens = tokens(rules);
    let lines = tokens.chunks(TOKENS_MAX);
    lines
        .map(|tokens| numeric(5, tokens.to_vec(), "are supported by this server"))
        .collect()
}

fn tokens(rules: &Rules) -> Vec<String> {
    let rooms = rules.rooms_per_account;
    let types = [
        ModeType::List,
        ModeType::Always,
        ModeType::WhenSet,
        ModeType::Never,
    ]
    .map(RoomMode::letters);
    let mut tokens: Vec<String> = [
        "BOT=B",
        "CASEMAPPING=ascii",
        "CHANTYPES=#",
        "ELIST=CMNTU",
        "ACCOUNTEXTBAN=a",
        "EXCEPTS=e",
        "EXTBAN=,am",
        "INVEX=I",
        "STATUSMSG=~&@%+",
        "MODES",
        "MSGREFTYPES=msgid,timestamp",
        "PREFIX=(qaohv)~&@%+",
        "SAFELIST",
        "UTF8ONLY",
        "WHOX",
    ]
    .map(str::to_owned)
    .into();
    tokens.extend([
        format!("AWAYLEN={}", rules.topic_len),
        format!("CHATHISTORY={}", rules.max_query),
        format!("MONITOR={}", rules.monitor),
        format!("CHANLIMIT=#:{rooms}"),
        format!("CHANNELLEN={}", rules.channel_len),
        format!("KICKLEN={}", rules.topic_len),
        format!("MAXLIST=beI:{}", rules.bans_per_room),
        format!("CHANMODES={}", types.join(",")),
        format!("NETWORK={}", rules.network.replace(' ', "_")),
        format!("NICKLEN={}", rules.nick_len),
        format!(
            "TARGMAX=JOIN:,KICK:,LIST:,NAMES:,NOTICE:{0},PART:,PRIVMSG:{0},TAGMSG:{0},WHOIS:1",
            super::TARGETS_MAX
        ),
        format!("TOPICLEN={}", rules.topic_len),
    ]);
    tokens.sort();
    tokens
}
