//! What options answer, without a profile: one answer in one version, and the capability models side by side. Takes the
//! knowledge base and a choice of columns and needs, gives values that a renderer only writes down.

mod answer_words;
mod availability;
mod cases;
mod cited;
mod group;
mod line;
mod side_by_side;

pub use answer_words::{Case, Clause, Edge, Limit, Ruling, Step};
pub use availability::Availability;
pub use cases::cases;
pub use group::{Group, groups};
pub use line::Line;
pub use side_by_side::{Cell, Choice, Column, Comparison, Difference, Quantity, Row, Stretch, compare, reach, told};
