//! Each kind of event, written and loaded.
