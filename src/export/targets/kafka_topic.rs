//! `kafka-topic.yaml`: the topics as resources that Strimzi's operator keeps.

use super::planned;
use crate::export::order::{Order, Unfit};
use crate::export::{File, template};

const RESOURCES: &str = include_str!("../templates/kafka/kafka-topic.yaml.j2");

/// The resources.
pub(in crate::export) fn files(order: &Order<'_>) -> Result<Vec<File>, Unfit> {
    let own = planned::seen(order)?;
    Ok(vec![File::new("kafka-topic.yaml", template::fill_with(order, RESOURCES, own)?)])
}
