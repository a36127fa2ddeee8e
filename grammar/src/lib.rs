//! The grammar of chinwag: lines in, typed words out; nom only.
#![forbid(unsafe_code)]
