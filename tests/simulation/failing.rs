//! Commits that fail: whichever it is and wherever in it, what is loaded afterwards is what was there before.

use chinwag::config::Durability;
use chinwag::effect::Batch;
use chinwag::state::Durable;
use chinwag::store::{self, Place, Writer};
use rusqlite::Connection;

/// What was committed in one go, and what was durable afterwards.
pub struct Commit {
    pub batches: Vec<std::sync::Arc<Batch>>,
    pub after: Durable,
}

/// Every page that can be one too many is tried, up to so many of a commit.
const PAGES_MAX: u32 = 12;

/// Commits them anew, each failing before it succeeds.
pub fn commit_again(commits: &[Commit]) {
    let database = store::open(&Place::Memory, Durability::Normal).unwrap();
    let mut writer = Writer::new(database, Place::Memory);
    let mut before = Durable::default();
    for commit in commits {
        let batches: Vec<&Batch> = commit.batches.iter().map(AsRef::as_ref).collect();
        fail_at_the_end(&mut writer, &batches, &before);
        for pages in 0..PAGES_MAX {
            full_after(writer.database(), Some(pages));
            if writer.commit(&batches).is_ok() {
                break;
            }
            assert_eq!(
                loaded(&writer),
                before,
                "the disk was full after {pages} pages"
            );
            full_after(writer.database(), None);
            if pages + 1 == PAGES_MAX {
                writer.commit(&batches).unwrap();
            }
        }
        full_after(writer.database(), None);
        assert_eq!(loaded(&writer), commit.after);
        before = commit.after.clone();
    }
}

/// Every statement goes well, and COMMIT itself fails; what is not written at all cannot fail.
fn fail_at_the_end(writer: &mut Writer, batches: &[&Batch], before: &Durable) {
    // A membership of nobody nowhere, which nothing minds before the foreign keys are looked at.
    writer
        .database()
        .execute_batch(
            "CREATE TEMP TRIGGER commit_fails AFTER UPDATE OF applied ON main.meta BEGIN
                 INSERT OR REPLACE INTO member (room, account, joined_number, joined) VALUES (-1, -1, 0, 0);
             END",
        )
        .unwrap();
    let committed = writer.commit(batches);
    assert_eq!(loaded(writer), *before, "{committed:?}");
    writer
        .database()
        .execute_batch("DROP TRIGGER commit_fails")
        .unwrap();
}

fn loaded(writer: &Writer) -> Durable {
    store::load(writer.database()).unwrap().0
}

/// The file may grow by so many pages; the next is SQLITE_FULL, as on a full disk.
fn full_after(database: &Connection, pages: Option<u32>) {
    let count = "SELECT page_count FROM pragma_page_count";
    let count: u32 = database.query_row(count, (), |row| row.get(0)).unwrap();
    let limit = pages.map_or(1_000_000, |pages| count + pages);
    let limit = format!("PRAGMA max_page_count = {limit}");
    database.query_row(&limit, (), |_| Ok(())).unwrap();
}
