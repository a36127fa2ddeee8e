//! What must stand in nothing that is shown for debugging, recorded or told to others.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chinwag::model::credential::Digest;
use chinwag::state::State;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// The only passwords that anybody has.
pub const PASSWORDS: [&str; 2] = ["first-pass-word", "second-pass-word"];
/// What PASSWORD wants.
pub const SERVER_PASSWORD: &str = "open-sesame-word";

/// Whether a secret stands in it.
pub fn leaks<'s>(codes: &'s [String], shown: &str) -> Option<&'s str> {
    let fixed = PASSWORDS.into_iter().chain([SERVER_PASSWORD]);
    let all = fixed.chain(codes.iter().map(String::as_str));
    all.into_iter().find(|secret| shown.contains(secret))
}

/// The keys of SCRAM and the secret of the server, in every spelling that they may be shown in.
pub fn keys(state: &State) -> Vec<String> {
    let accounts = state.durable().accounts.values();
    let keys = accounts.filter_map(|account| account.scram.as_ref());
    let keys = keys.flat_map(|keys| [keys.stored_key, keys.server_key]);
    let secret = state.durable().secret.map(|secret| *secret.expose());
    let spelled = |key: [u8; 32]| {
        let hex = Digest::from_bytes(key).to_hex();
        [BASE64.encode(key), hex, format!("{key:?}")]
    };
    keys.chain(secret).flat_map(spelled).collect()
}

/// No table has a secret, in any of its columns, but for those where it is kept.
pub fn check_database(codes: &[String], kept_in: &[&str], database: &Connection) {
    let mut names = database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        .unwrap();
    let names = names.query_map((), |row| row.get::<_, String>(0)).unwrap();
    for name in names.map(Result::unwrap) {
        if kept_in.contains(&name.as_str()) {
            continue;
        }
        let mut statement = database
            .prepare(&format!("SELECT * FROM \"{name}\""))
            .unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query(()).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                let (ValueRef::Text(bytes) | ValueRef::Blob(bytes)) = row.get_ref(column).unwrap()
                else {
                    continue;
                };
                let text = String::from_utf8_lossy(bytes);
                assert_eq!(leaks(codes, &text), None, "{name} has {text:?}");
            }
        }
    }
}
