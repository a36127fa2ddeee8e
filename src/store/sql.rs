//! The statements that are read and written often, in the forms that the indexes of schema.sql were made for.
//!
//! Those with a `?1` that is a text for MATCH take what `matching` of the store makes of words; never text as people typed it.

/// Adds an event; the search index follows by itself.
pub const ADD_EVENT: &str = "\
    INSERT INTO event (number, time, kind, room, low, high, author, nick, about, target, text)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

/// Deletes what was said, and leaves a tombstone; the search index follows by itself.
pub const DELETE_TEXT: &str = "UPDATE event SET kind = 'deleted', text = '' WHERE number = ?1";
