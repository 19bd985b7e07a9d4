//! `definitions.json`: exchanges, queues, bindings and policies, to be imported; and beside it, since JSON has no comments,
//! which fact led to what.

use super::topology;
use crate::export::order::{Order, Unfit};
use crate::export::{File, template};

const REASONS: &str = include_str!("../templates/rabbitmq/definitions.md.j2");

/// The definitions.
pub(in crate::export) fn files(order: &Order<'_>) -> Result<Vec<File>, Unfit> {
    let topology = topology::topology(order)?;
    let text = serde_json::to_string_pretty(&topology).map_err(|error| Unfit {
        message: format!("the definitions cannot be written: {error}"),
        help: "this is a fault of the program; please report it with the profile".to_owned(),
    })?;
    let queues: Vec<&str> = topology.queues.iter().map(|queue| queue.name.as_str()).collect();
    let own = minijinja::context! { queues => queues.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>() };
    Ok(vec![
        File::new("definitions.json", text + "\n"),
        File::new("definitions.md", template::fill_with(order, REASONS, own)?),
    ])
}
