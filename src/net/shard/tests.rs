//! Real sockets, and a sequencer that does as the test says.
