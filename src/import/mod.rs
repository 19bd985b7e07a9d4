//! First profiles from what is there already: broker definitions, topic resources, what tools print, documents. Takes the
//! text of a file, gives `Draft`s: what the file says of a flow, fact by fact, with where it stands; what it cannot say is
//! left open. Guesses nothing.

mod draft;

pub use draft::{Draft, Found, Open};
