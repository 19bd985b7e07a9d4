//! What the program does, seen from outside: one file for each command or stage.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod check;
mod profile;
