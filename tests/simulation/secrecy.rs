//! What must stand in nothing that is shown for debugging, recorded or told to others.

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

/// No table has a secret, in any of its columns.
pub fn check_database(codes: &[String], database: &Connection) {
    let mut names = database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        .unwrap();
    let names = names.query_map((), |row| row.get::<_, String>(0)).unwrap();
    for name in names.map(Result::unwrap) {
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
