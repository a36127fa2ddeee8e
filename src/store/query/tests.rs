//! Each query, over few rows.
