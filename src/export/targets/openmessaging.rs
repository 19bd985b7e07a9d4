//! `workload.yaml` and `driver.yaml` of the OpenMessaging Benchmark: the flow's load, and how its driver meets the broker.

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::load::{Load, as_amount, in_java, whole};
use crate::export::order::{Order, Unfit};
use crate::export::{File, template};

const WORKLOAD: &str = include_str!("../templates/openmessaging/workload.yaml.j2");
const KAFKA: &str = include_str!("../templates/openmessaging/driver-kafka.yaml.j2");
const RABBITMQ: &str = include_str!("../templates/openmessaging/driver-rabbitmq.yaml.j2");

/// Minutes that do not count: code is compiled, connections settle and caches fill in the first few.
const WARM_UP: u64 = 5;
/// Minutes that count, at least: at one sample in 10 s these are 90, of which a slow one can be told from a rare one.
const TEST: u64 = 15;
/// Minutes that count, at most: a longer peak is tried once the short one holds.
const LONGEST: u64 = 120;
/// Bytes of all payloads that the harness draws from: each worker keeps them, and gets them in one request.
const POOL_BYTES: u64 = 16 << 20;
/// Payloads that the harness draws from, at most: more make no batch compress less.
const POOL: u64 = 1000;

/// The workload and the driver.
pub(in crate::export) fn files(order: &Order<'_>) -> Result<Vec<File>, Unfit> {
    match (order.broker_name(), order.short()) {
        ("kafka", "log") => in_java(order, |java| written(java, KAFKA)),
        ("kafka", _) => Err(unfit("share groups")),
        (_, "stream") => Err(unfit("streams")),
        _ => written(order, RABBITMQ),
    }
}

/// The benchmark's drivers know neither share groups nor streams: the one for RabbitMQ can declare a stream, and reads it
/// without the prefetch and the acknowledgements that a broker asks for.
fn unfit(what: &str) -> Unfit {
    Unfit {
        message: format!("the benchmark's driver cannot read {what}"),
        help: "use `--to perf-test`, whose tools can".to_owned(),
    }
}

fn written(order: &Order<'_>, driver: &str) -> Result<Vec<File>, Unfit> {
    let load = Load::of(order)?;
    let own = seen(order, &load);
    Ok(vec![
        File::new("workload.yaml", template::fill_with(order, WORKLOAD, own.clone())?),
        File::new("driver.yaml", template::fill_with(order, driver, own)?),
    ])
}

fn seen(order: &Order<'_>, load: &Load) -> Value {
    let kafka = order.broker_name() == "kafka";
    // A queue is a topic of the driver for RabbitMQ, which takes one partition alone.
    let (topics, partitions) = if kafka { (1, load.shares) } else { (load.shares, 1) };
    let peak = order.amount("throughput.peak_duration").map_or(0, |peak| whole(peak / 60.0));
    let minutes = peak.clamp(TEST, LONGEST);
    let seconds = as_amount(60 * (minutes + WARM_UP));
    context! {
        load => Value::from(Serde(load.clone())),
        topics,
        partitions,
        producers => load.producers.div_ceil(topics),
        consumers => load.members.div_ceil(topics),
        rate => load.whole_rate(),
        pool => (POOL_BYTES / load.size.max(1)).clamp(1, POOL),
        minutes,
        warm_up => WARM_UP,
        // Half of the workers send and half receive, and there are at least two.
        workers => 2 * load.processes,
        gigabytes => whole(as_amount(load.size) * load.rate * seconds / 1e9),
    }
}
