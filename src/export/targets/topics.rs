//! `create-topics.sh`: topics with their settings, and what belongs to groups, by Kafka's own tools.

use super::planned;
use crate::export::order::{Order, Unfit};
use crate::export::{File, template};

const SCRIPT: &str = include_str!("../templates/kafka/create-topics.sh.j2");

/// The script.
pub(in crate::export) fn files(order: &Order<'_>) -> Result<Vec<File>, Unfit> {
    let own = planned::seen(order)?;
    Ok(vec![File::program("create-topics.sh", template::fill_with(order, SCRIPT, own)?)])
}
