//! `compose.yaml`, with every file that it mounts: the option on one machine, to try it out.

use super::{definitions, rabbitmq_conf, topics};
use crate::export::order::{Order, Unfit};
use crate::export::{File, template};

const OF_QUEUES: &str = include_str!("../templates/rabbitmq/compose.yaml.j2");
const OF_QUEUES_VARIABLES: &str = include_str!("../templates/rabbitmq/kit/env.example.j2");
const OF_TOPICS: &str = include_str!("../templates/kafka/compose.yaml.j2");
const OF_TOPICS_VARIABLES: &str = include_str!("../templates/kafka/kit/env.example.j2");

/// The compose file first, then what it reads.
pub(in crate::export) fn files(order: &Order<'_>) -> Result<Vec<File>, Unfit> {
    let (compose, variables, mounted) = if order.broker_name() == "kafka" {
        (OF_TOPICS, OF_TOPICS_VARIABLES, topics::files(order)?)
    } else {
        let mut mounted = rabbitmq_conf::files(order)?;
        mounted.extend(definitions::files(order)?);
        (OF_QUEUES, OF_QUEUES_VARIABLES, mounted)
    };
    let mut files = vec![
        File::new("compose.yaml", template::fill(order, compose)?),
        File::new("env.example", template::fill(order, variables)?),
    ];
    files.extend(mounted);
    Ok(files)
}
