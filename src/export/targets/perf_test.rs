//! `perf-test.sh`: the flow's load by the tools that each broker brings along.

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::load::{Load, in_java};
use super::planned;
use crate::export::order::{Order, Unfit};
use crate::export::{File, template};
use crate::knowledge::Scope;

const KAFKA: &str = include_str!("../templates/kafka/perf-test.sh.j2");
const RABBITMQ: &str = include_str!("../templates/rabbitmq/perf-test.sh.j2");
const STREAM: &str = include_str!("../templates/rabbitmq/stream-perf-test.sh.j2");

/// Processes of one kind that a machine for tests is taken to bear. Assumed: each is a JVM on a core or two.
const AT_ONCE: u64 = 8;
/// What a queue of a test has no use for: it has a type of its own, no dead letters, and is gone soon.
const NO_USE: [&str; 6] = ["partitions", "x-queue-type", "x-dead-letter", "x-expires", "x-delayed-retry", "x-max-age"];
/// What has a flag of its own where a queue is a stream, and would be overwritten by it.
const FLAGS: [&str; 2] = ["x-max-length-bytes", "x-stream-max-segment-size-bytes"];
/// The first line with a tool for share groups.
const READS_SHARED: (u16, u16) = (4, 1);
/// The setting of a client of the stream protocol, in place of that of AMQP.
const STREAM_CLIENT: &str = "maxUnconfirmedMessages";
/// The largest request that a producer sends.
const LARGEST: &str = "max.request.size";

/// The script.
pub(in crate::export) fn files(order: &Order<'_>) -> Result<Vec<File>, Unfit> {
    let text = match order.broker_name() {
        "kafka" => in_java(order, kafka)?,
        _ if order.setting(Scope::Producer, STREAM_CLIENT).is_some() => rabbitmq(order, STREAM)?,
        _ => rabbitmq(order, RABBITMQ)?,
    };
    Ok(vec![File::program("perf-test.sh", text)])
}

fn kafka(order: &Order<'_>) -> Result<String, Unfit> {
    if order.short() != "log" && (order.version.major, order.version.minor) < READS_SHARED {
        return Err(Unfit {
            message: format!("Kafka {} has no tool that reads by a share group", order.version),
            help: format!("write it for a later line: `--at kafka={}.{}`", READS_SHARED.0, READS_SHARED.1),
        });
    }
    let load = Load::of(order)?;
    let largest = order.setting(Scope::Producer, LARGEST).and_then(|setting| setting.value.parse::<u64>().ok());
    if let Some(largest) = largest.filter(|largest| *largest <= load.size) {
        return Err(Unfit {
            message: format!("a message of {} bytes does not fit into `{LARGEST}` of {largest}", load.size),
            help: "test with what is sent in its place: a reference to a store for large bodies".to_owned(),
        });
    }
    let own = context! {
        load => Value::from(Serde(load.clone())),
        producers => load.producers.min(AT_ONCE).max(load.processes.min(load.producers)),
        readers => load.groups.min(AT_ONCE),
        plan => planned::seen(order)?,
    };
    template::fill_with(order, KAFKA, own)
}

fn rabbitmq(order: &Order<'_>, text: &str) -> Result<String, Unfit> {
    let load = Load::of(order)?;
    let stream = order.short() == "stream";
    let arguments = |scope| {
        let useful =
            move |key: &str| !(NO_USE.iter().any(|prefix| key.starts_with(prefix)) || stream && FLAGS.contains(&key));
        order.of(scope).filter(move |it| useful(&it.key)).map(|it| format!("{}={}", it.key, it.value))
    };
    // Each group has a queue of its own, and a set of such queues an exchange; a stream is read by all groups.
    let fans_out = load.groups > 1 && !stream;
    let own = context! {
        load => Value::from(Serde(load.clone())),
        arguments => arguments(Scope::Queue).chain(arguments(Scope::Policy)).collect::<Vec<_>>(),
        processes => if fans_out { load.processes.max(load.shares) } else { load.processes },
        fans_out,
        readers => if stream { load.groups * load.shares } else { load.members * load.threads },
    };
    template::fill_with(order, text, own)
}
