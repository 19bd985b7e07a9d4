//! What holds for each thing that broker files declare, after the files of one broker were brought together as the broker does
//! it: its value, the option that it is, where its failed messages go, and whether it is anybody's own. Takes artifacts and the
//! rules of files, judges nothing, and knows no broker by name.

mod amount;
mod aside;
mod ground;
mod policy;
mod select;

pub use amount::amount;
pub use aside::{Asides, DeadEnds, is_called_aside, is_internal, plain};
pub use ground::{Effective, Found, Ground, Kept, Subject, Written};
pub use select::{Selection, selected};
