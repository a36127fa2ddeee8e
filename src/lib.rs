//! chinwag: the map follows with the modules.
#![forbid(unsafe_code)]
