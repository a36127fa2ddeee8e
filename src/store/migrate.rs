//! From the schema of an older chinwag to this one's, a version at a time.

use rusqlite::{Connection, TransactionBehavior};

/// What a new file is made of.
pub(super) const SCHEMA: &str = include_str!("../../schema.sql");

/// The version of that schema.
pub const VERSION: u32 = 2;

/// A step to the version after `from`. Released steps are never changed.
struct Migration {
    from: u32,
    sql: &'static str,
}

/// Every step there is, in order, from version 1 up to the current one.
const MIGRATIONS: &[Migration] = &[Migration {
    from: 1,
    sql: concat!(
        include_str!("migrations/1_to_2.sql"),
        include_str!("migrations/1_to_2_markers.sql"),
        include_str!("migrations/1_to_2_secret.sql"),
    ),
}];

/// Brings a file of an older version to the current one; each step is taken whole or not at all.
pub(super) fn migrate(database: &mut Connection, from: u32) -> rusqlite::Result<()> {
    for step in MIGRATIONS.iter().filter(|step| step.from >= from) {
        let change = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        change.execute_batch(step.sql)?;
        change.pragma_update(None, "user_version", step.from + 1)?;
        change.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each version as it was released; to release a schema, copy schema.sql here.
    const RELEASED: &[(u32, &str)] = &[
        (1, include_str!("schemas/1.sql")),
        (2, include_str!("schemas/2.sql")),
    ];

    #[test]
    fn every_version_becomes_this_one() {
        let current = described(&made_of(SCHEMA));
        for (version, schema) in RELEASED {
            let mut database = made_of(schema);
            assert_eq!(version_of(&database), *version);
            migrate(&mut database, *version).unwrap();
            assert_eq!(version_of(&database), VERSION, "from {version}");
            assert_eq!(described(&database), current, "from {version}");
        }
    }

    #[test]
    fn the_schema_is_kept_as_a_version() {
        let (version, kept) = RELEASED.last().unwrap();
        assert_eq!(*version, VERSION);
        assert_eq!(
            *kept, SCHEMA,
            "copy schema.sql to src/store/schemas, with a new version once this one is released"
        );
        assert_eq!(MIGRATIONS.len() + 1, RELEASED.len());
        for (at, step) in MIGRATIONS.iter().enumerate() {
            assert_eq!(step.from as usize, at + 1, "steps leave nothing out");
        }
    }

    /// Up to when something was read is when the last of it was said, as far as that is known.
    #[test]
    fn markers_get_their_times() {
        let mut database = made_of(include_str!("schemas/1.sql"));
        let rows = "
            INSERT INTO room (id, name, folded, created, permanent) VALUES (1, '#a', '#a', 0, 1), (2, '#b', '#b', 0, 1);
            INSERT INTO account (id, name, folded, verifier, role, created) VALUES (1, 'bob', 'bob', '', 'user', 0);
            INSERT INTO event (number, time, kind, room, nick) VALUES (3, 30, 'joined', 1, 'bob'), (5, 50, 'joined', 1, 'bob');
            INSERT INTO room_marker VALUES (1, 1, 4), (1, 2, 2);
            INSERT INTO private_marker VALUES (1, 1, 9);";
        database.execute_batch(rows).unwrap();
        migrate(&mut database, 1).unwrap();
        let times =
            "SELECT number, time FROM room_marker UNION ALL SELECT number, time FROM private_marker
                     ORDER BY number";
        let mut times = database.prepare(times).unwrap();
        let found = times.query_map((), |row| Ok((row.get(0)?, row.get(1)?)));
        let found: Vec<(i64, i64)> = found.unwrap().map(Result::unwrap).collect();
        assert_eq!(found, [(2, 0), (4, 30), (9, 50)]);
    }

    fn made_of(schema: &str) -> Connection {
        let database = Connection::open_in_memory().unwrap();
        database.execute_batch(schema).unwrap();
        database
    }

    fn version_of(database: &Connection) -> u32 {
        database
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    }

    /// What there is, without comments and spaces, which ALTER TABLE writes otherwise; and what FTS5 is told.
    fn described(database: &Connection) -> Vec<String> {
        let mut rows = database
            .prepare(
                "SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_schema
                 UNION ALL SELECT 'fts ' || k || ' ' || v FROM message_fts_config ORDER BY 1",
            )
            .unwrap();
        rows.query_map((), |row| row.get::<_, String>(0))
            .unwrap()
            .map(|sql| {
                let sql = sql.unwrap();
                let lines = sql
                    .lines()
                    .map(|line| line.split("--").next().unwrap_or_default());
                lines.flat_map(str::split_whitespace).collect()
            })
            .collect()
    }
}
