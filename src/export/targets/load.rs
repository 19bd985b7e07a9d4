//! What a test under load generates: the flow as it is planned, counted as tools count. Decides no setting.

use serde::Serialize;

use super::topology;
use crate::export::order::{Order, Unfit};
use crate::facts::{Without, derive};
use crate::knowledge::Scope;
use crate::profile::{Profile, set_facts};

/// The load of a flow.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::export) struct Load {
    /// Messages a second over all producers: the peak with a year's growth.
    pub(in crate::export) rate: f64,
    /// Bytes of a message's body.
    pub(in crate::export) size: u64,
    /// Instances that publish.
    pub(in crate::export) producers: u64,
    /// Readers that each get every message.
    pub(in crate::export) groups: u64,
    /// Instances that share the work of one group.
    pub(in crate::export) members: u64,
    /// Messages that one instance handles at once.
    pub(in crate::export) threads: u64,
    /// Partitions, or queues that share the work of one group.
    pub(in crate::export) shares: u64,
    /// Processes that such a rate takes at each end, since one process of a tool sends or receives only so much.
    pub(in crate::export) processes: u64,
}

/// What no tool counts beyond: they keep rates, sizes and counts in 32 bits.
const MOST: f64 = 2_147_483_647.0;
/// Messages that one process of a tool sends or receives in a second. Assumed: a process on a few cores does several
/// ten thousand with confirms, and one that is near its limit measures itself.
const EACH: f64 = 50_000.0;
/// Bytes that one process sends or receives in a second. Assumed: the half of what a network of 1 Gbit/s carries.
const EACH_BYTES: f64 = 60e6;
/// Connections that one process holds. Assumed: each costs it a thread or two.
const EACH_CONNECTIONS: f64 = 1_000.0;

impl Load {
    /// The load of an order.
    ///
    /// # Errors
    /// When an amount is not known, or more than tools count to.
    pub(in crate::export) fn of(order: &Order<'_>) -> Result<Self, Unfit> {
        let rate = known(order, "throughput.planned")?;
        let size = counted(order, "message.size")?;
        let producers = counted(order, "clients.producers")?;
        let groups = counted(order, "consumers.groups")?;
        let stated = counted(order, "consumers.per_group")?;
        let members = order.setting(Scope::Group, "consumers").and_then(|setting| setting.value.parse().ok());
        let shares = match order.broker_name() {
            "kafka" => order.count(Scope::Topic, "partitions", 1).max(1),
            _ => topology::shares(order),
        };
        let copies = rate * as_amount(groups).max(1.0);
        let bytes = copies * as_amount(size);
        let needed = (copies / EACH).max(bytes / EACH_BYTES).max(as_amount(producers) / EACH_CONNECTIONS);
        Ok(Self {
            rate,
            size,
            producers,
            groups,
            members: members.unwrap_or(stated).max(1),
            threads: counted(order, "consumers.threads")?,
            shares: u64::from(shares),
            processes: whole(needed),
        })
    }

    /// The rate in whole messages a second: at least one, since tools take none for no limit.
    pub(in crate::export) fn whole_rate(&self) -> u64 {
        whole(self.rate)
    }
}

/// An amount that must be known, above nothing and within what tools count.
fn known(order: &Order<'_>, fact: &str) -> Result<f64, Unfit> {
    let amount = order.amount(fact).filter(|amount| *amount > 0.0);
    let Some(amount) = amount else {
        return Err(Unfit {
            message: format!("no load follows from `{fact}`, which is not known"),
            help: format!("state it: `--set {fact}=…`, or what it follows from"),
        });
    };
    if amount > MOST {
        return Err(Unfit {
            message: format!("`{fact}` is more than {MOST}, to which tools for tests count"),
            help: "test a part of the flow, and state that part's facts with `--set`".to_owned(),
        });
    }
    Ok(amount)
}

fn counted(order: &Order<'_>, fact: &str) -> Result<u64, Unfit> {
    known(order, fact).map(whole)
}

/// The whole number that is not below an amount, at least 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to what fits")]
pub(in crate::export) fn whole(amount: f64) -> u64 {
    (amount - amount.abs() * 1e-12).ceil().clamp(1.0, 9e15) as u64
}

/// A count as an amount; counts are below 2^53.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub(in crate::export) fn as_amount(count: u64) -> f64 {
    count as f64
}

/// The same order for clients in Java: the tools of a test are, and settings of clients differ by library.
pub(in crate::export) fn in_java<T>(
    order: &Order<'_>,
    then: impl FnOnce(&Order<'_>) -> Result<T, Unfit>,
) -> Result<T, Unfit> {
    let mut profile: Profile = order.profile.clone();
    let wrong = set_facts(order.knowledge, &mut profile, &["clients.languages=[java]".to_owned()]);
    let facts = derive(order.knowledge, &profile, Without::Nothing);
    match Order::new(order.knowledge, &profile, &facts, order.option) {
        Some(java) if wrong.is_empty() => then(&java),
        _ => then(order),
    }
}
