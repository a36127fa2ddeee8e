//! Every looks of the plain dialect, against examples and against `grammar/plain.abnf`.

mod lines;
mod looks;
mod properties;
mod samples;
