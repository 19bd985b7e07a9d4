//! What is set on one queue, by itself or by the policy that reaches it, and what that says of the workload.

use super::super::sheet::Sheet;
use super::super::words::{amount, quoted};
use super::routes::text;
use crate::artifact::{Item, ItemKind};
use crate::effective::{Effective, Ground, Subject, Written};
use crate::quantity::Kind;

/// What is asked of a queue.
struct Queue<'q, 'g> {
    ground: &'q Ground<'g>,
    subject: &'q Subject<'g>,
}

/// States what follows:
///
/// - the type: a message of a queue goes once it is processed, and the flow lives with that; one of a stream stays, and is
///   read by position;
/// - `x-max-age` of a stream: how long messages stay;
/// - `x-delivery-limit`: how often a failed message is tried again, where somebody set it;
/// - `x-dead-letter-exchange`: failed messages are set aside, unless they only wait and come back, which other queues tell;
/// - `x-max-priority`: levels of priority, whether they are counted from 0 or from 1;
/// - `x-max-length` and `x-overflow`: how many may wait, and what happens then;
/// - `x-message-ttl` without dead letters: how long consumers may be away until messages are lost;
/// - `x-single-active-consumer`: its one purpose is that messages are handled one after the other, in their order.
pub(super) fn state<'g>(sheet: &mut Sheet, ground: &Ground<'g>, subject: &Subject<'g>) {
    let queue = Queue { ground, subject };
    let is_stream = ground.knowledge.option_name(subject.option).ends_with("/stream");
    if is_stream {
        queue.stream(sheet);
    } else {
        let from = format!("type of queue {}: what was processed goes", quoted(&subject.item.name));
        sheet.find("retention.period", "until-consumed", from);
        queue.failures(sheet);
        queue.limits(sheet);
        queue.order(sheet);
    }
    queue.life(sheet);
}

/// Whether a runtime parameter moves messages between brokers.
pub(super) fn is_federation(item: &Item) -> bool {
    text(item, "component").is_some_and(|component| component.starts_with("federation") || component == "shovel")
}

impl<'g> Queue<'_, 'g> {
    fn stream(&self, sheet: &mut Sheet) {
        let name = quoted(&self.subject.item.name);
        sheet.find("retention.replay", "true", format!("type of stream {name}: readers begin where they like"));
        match self.written("x-max-age") {
            Some(written) => {
                let value = self.ground.amount(&written).map(|time| amount(time, Kind::Duration));
                let value = value.unwrap_or_else(|| written.text.to_owned());
                sheet.find("retention.period", value, from(&written));
            }
            None => sheet
                .ask("retention.period", format!("stream {name} has no \"x-max-age\": how long must messages stay?")),
        }
        sheet.ask("consumers.groups", format!("any number may read stream {name}: how many do?"));
        sheet.ask("consumers.per_group", "each reader of a stream sees every message: is the work shared?");
    }

    fn failures(&self, sheet: &mut Sheet) {
        if let Some(written) = self.written("x-delivery-limit") {
            match self.ground.amount(&written).filter(|count| count.is_finite()) {
                Some(count) => sheet.find("handling.retries", amount(count, Kind::Count), from(&written)),
                None => sheet.ask("handling.retries", format!("{} sets no end", from(&written))),
            }
        }
        if let Some(written) = self.written("x-dead-letter-exchange") {
            sheet.ask(
                "handling.dead_letter",
                format!("{} is {}: are failed messages set aside there?", from(&written), quoted(written.text)),
            );
        }
        if let Some(written) = self.written("x-message-ttl") {
            let time = self.ground.amount(&written).filter(|time| time.is_finite() && *time > 0.0);
            let Some(time) = time.map(|time| amount(time, Kind::Duration)) else { return };
            if self.written("x-dead-letter-exchange").is_some() {
                sheet.ask(
                    "backlog.longest_outage",
                    format!(
                        "messages that wait for {time} go where failed ones go ({}): how long may consumers be away?",
                        from(&written)
                    ),
                );
            } else {
                sheet.find("backlog.longest_outage", time, format!("{}: what waits longer is lost", from(&written)));
            }
        }
    }

    fn limits(&self, sheet: &mut Sheet) {
        let length = self.written("x-max-length");
        if let Some(written) = &length
            && let Some(count) = self.ground.amount(written).filter(|count| count.is_finite() && *count > 0.0)
        {
            sheet.find("backlog.messages", amount(count, Kind::Count), from(written));
        }
        let bytes = self.written("x-max-length-bytes");
        if let Some(written) = &bytes
            && let Some(size) = self.ground.amount(written).filter(|size| size.is_finite() && *size > 0.0)
        {
            let size = amount(size, Kind::Bytes);
            sheet.ask("backlog.messages", format!("{size} may wait ({}): how many messages is that?", from(written)));
        }
        let Some(limit) = length.or(bytes) else { return };
        match self.written("x-overflow") {
            Some(written) => match written.text {
                "drop-head" => sheet.find("backlog.when_full", "drop-oldest", from(&written)),
                "reject-publish" | "reject-publish-dlx" => sheet.find("backlog.when_full", "reject", from(&written)),
                other => sheet.ask("backlog.when_full", format!("{} is {}", from(&written), quoted(other))),
            },
            None => sheet.ask(
                "backlog.when_full",
                format!("{} has no overflow beside it, and RabbitMQ drops the oldest: is that meant?", from(&limit)),
            ),
        }
    }

    fn order(&self, sheet: &mut Sheet) {
        if let Some(written) = self.written("x-single-active-consumer").filter(|written| written.text == "true") {
            sheet.find("ordering.scope", "total", format!("{}: one handles all, one after the other", from(&written)));
        }
        // Queues of other types have no such levels, whatever is written on them.
        if self.ground.knowledge.option_name(self.subject.option).ends_with("/classic")
            && let Some(written) = self.written("x-max-priority")
            && let Some(highest) = self.ground.amount(&written).filter(|count| (0.0..=255.0).contains(count))
        {
            sheet.find("handling.priority_levels", amount(highest, Kind::Count), from(&written));
        }
        if text(self.subject.item, "x-message-deduplication") == Some("true") {
            let name = quoted(&self.subject.item.name);
            sheet.find("handling.deduplicate", "true", format!("\"x-message-deduplication\" of queue {name}"));
        }
    }

    /// Queues that come and go.
    fn life(&self, sheet: &mut Sheet) {
        let name = quoted(&self.subject.item.name);
        let is_true = |key| text(self.subject.item, key) == Some("true");
        if is_true("auto_delete") {
            sheet.find(
                "routing.dynamic",
                "true",
                format!("\"auto_delete\" of queue {name}: it goes with its last consumer"),
            );
        } else if let Some(written) = self.written("x-expires") {
            sheet.ask(
                "routing.dynamic",
                format!("{} lets it go when nobody uses it: do queues come and go?", from(&written)),
            );
        }
        if is_true("exclusive") {
            sheet.ask(
                "clients.churn",
                format!("queue {name} is of one connection alone: do clients connect for short?"),
            );
        }
        if text(self.subject.item, "durable") == Some("false") {
            sheet.ask(
                "availability.may_lose",
                format!("queue {name} is not durable, so a restart loses it: may messages be lost?"),
            );
        }
    }

    /// What is set of a key, by its name on queues.
    fn written(&self, id: &str) -> Option<Written<'g>> {
        let key = key(self.ground, id)?;
        match self.ground.effective(key, self.subject) {
            Effective::Written(written) => Some(written),
            Effective::Nothing | Effective::Open => None,
        }
    }
}

fn from(written: &Written<'_>) -> String {
    let item = written.item;
    let owner = match item.kind {
        ItemKind::Policy | ItemKind::OperatorPolicy | ItemKind::Queue | ItemKind::Vhost => {
            format!("{} {}", item.kind.called(), quoted(&item.name))
        }
        other => other.called().to_owned(),
    };
    format!("\"{}\" of {owner}", written.entry.key)
}

fn key(ground: &Ground<'_>, id: &str) -> Option<u16> {
    let knowledge = ground.knowledge;
    let place =
        knowledge.catalogue.iter().position(|key| key.broker == ground.broker && knowledge.text(key.id) == id)?;
    u16::try_from(place).ok()
}
