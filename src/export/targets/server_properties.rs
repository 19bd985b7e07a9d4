//! `server.properties` of a node that is broker and controller.

use crate::export::order::{Order, Unfit};
use crate::export::{File, template};

const PROPERTIES: &str = include_str!("../templates/kafka/server.properties.j2");

/// The node's configuration.
pub(in crate::export) fn files(order: &Order<'_>) -> Result<Vec<File>, Unfit> {
    Ok(vec![File::new("server.properties", template::fill(order, PROPERTIES)?)])
}
