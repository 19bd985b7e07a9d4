//! `prometheus-rules.yaml`: the alerts that the workload calls for, with tests for them, and the rules by which the JMX
//! exporter names what they read.

use super::{planned, topology};
use crate::alerts::prometheus::{Head, rules, tests};
use crate::alerts::{Name, Names, alerts};
use crate::export::File;
use crate::export::order::{Order, Unfit};

const RULES: &str = "prometheus-rules.yaml";
const TESTS: &str = "prometheus-rules.test.yaml";
const JMX: &str = "jmx-exporter.yaml";
const JMX_RULES: &str = include_str!("../templates/kafka/jmx-exporter.yaml");
/// The exporter whose rules are written beside the alerts that read it.
const BY_JMX: &str = "jmx";

/// The rules, their tests, and what the exporter needs.
#[expect(clippy::unnecessary_wraps, reason = "every target answers alike")]
pub(in crate::export) fn files(order: &Order<'_>) -> Result<Vec<File>, Unfit> {
    let found = alerts(order.knowledge, order.profile, order.facts, order.option, &names(order));
    let head = Head {
        flow: order.id.clone(),
        broker: order.broker_name().to_owned(),
        option: option_title(order),
        version: order.version.to_string(),
        knowledge: order.knowledge.text(order.knowledge.version).to_owned(),
        rules_file: RULES.to_owned(),
    };
    let mut files = vec![File::new(RULES, rules(&found, &head)), File::new(TESTS, tests(&found, &head))];
    if found.alerts.iter().any(|alert| alert.exporter == BY_JMX) {
        files.push(File::new(JMX, JMX_RULES.to_owned()));
    }
    Ok(files)
}

fn option_title(order: &Order<'_>) -> String {
    let title = order.knowledge.option(order.option).map_or("", |option| order.knowledge.text(option.title));
    let broker = order.knowledge.broker_title(order.knowledge.broker_of(order.option));
    if title.contains(broker) { title.to_owned() } else { format!("{broker} ({title})") }
}

/// What the files that declare the flow's things call them.
fn names(order: &Order<'_>) -> Names {
    let id = &order.id;
    let group = "([.]group-[0-9]+)?";
    let declared = topology::topology(order).ok().and_then(|plan| plan.queues.into_iter().next());
    let queue = declared.map_or_else(|| id.clone(), |queue| queue.name);
    let first = planned::groups(order).into_iter().next();
    let dead_letters = planned::dead_letters_name(order);
    Names {
        flow: id.clone(),
        queue: Name { pattern: format!("{id}{group}(-[0-9]+)?"), plain: queue },
        topic: Name::exact(id),
        group: Name { pattern: format!("{id}{group}"), plain: first.unwrap_or_else(|| id.clone()) },
        dead_letters: Name::exact(&dead_letters),
        job: order.broker_name().to_owned(),
    }
}
