//! `rabbitmq.conf`, and beside it the plugins without which some of its keys, and some clients, find nobody.

use super::topology;
use crate::export::order::{Order, Unfit};
use crate::export::{File, template};

const CONF: &str = include_str!("../templates/rabbitmq/rabbitmq.conf.j2");
const PLUGINS: &str = include_str!("../templates/rabbitmq/enabled_plugins.j2");

/// The node's configuration.
pub(in crate::export) fn files(order: &Order<'_>) -> Result<Vec<File>, Unfit> {
    let own = minijinja::context! { hashes => topology::hashes(order) };
    Ok(vec![
        File::new("rabbitmq.conf", template::fill(order, CONF)?),
        File::new("enabled_plugins", template::fill_with(order, PLUGINS, own)?),
    ])
}
