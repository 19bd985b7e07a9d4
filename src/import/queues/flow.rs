//! One flow of one or several queues.

use super::super::sheet::Sheet;
use super::super::words::{amount, counted, list, quoted};
use super::{Context, facts, in_vhost, routes};
use crate::effective::{Found, Kept};
use crate::quantity::Kind;

impl<'g> Context<'_, 'g> {
    /// The sheet of queues that get the same messages.
    pub(super) fn flow(&self, queues: &[&Found<'g>]) -> Sheet {
        let Some((_, first)) = queues.first().copied() else { return Sheet::default() };
        let names: Vec<&str> = queues.iter().map(|(_, item)| item.name.as_str()).collect();
        let mut sheet = Sheet::new(self.name(queues));
        sheet.within.clone_from(&first.vhost);
        let place = in_vhost(first.vhost.as_deref());
        if let [only] = names[..] {
            sheet.about(format!("queue {} of {}{place}", quoted(only), self.source));
        } else {
            let count = counted(names.len(), "queue");
            sheet.about(format!(
                "{count} of {}{place}, which get the same messages: {}",
                self.source,
                list(names.iter().copied())
            ));
        }
        let mut is_stream = false;
        for (artifact, item) in queues.iter().copied() {
            if let Kept::As(option, _) = self.ground.kept_as(artifact, item) {
                let own = self.ground.knowledge.option_name(option).to_owned();
                is_stream |= own.ends_with("/stream");
                match &sheet.option {
                    Some(known) if *known != own => {
                        sheet.about(format!("queue {} is of another type, {own}", quoted(&item.name)));
                    }
                    Some(_) => {}
                    None => sheet.option = Some(own),
                }
                facts::state(&mut sheet, self.ground, &self.ground.subject(artifact, item, option));
            }
            self.state_beside(&mut sheet, item.vhost.as_deref(), &item.name);
        }
        routes::state(&mut sheet, self.routes, queues, is_stream);
        self.tenants(&mut sheet, first.vhost.as_deref(), &first.name);
        self.finish(&mut sheet);
        sheet
    }

    /// What one flow of several queues is called: like the exchange, as that is what they have in common.
    fn name(&self, queues: &[&Found<'g>]) -> String {
        let Some((_, first)) = queues.first() else { return String::new() };
        match (queues.len(), self.routes.to(first)) {
            (2.., [binding]) if binding.routing_key.is_empty() || binding.routing_key == "#" => binding.source.clone(),
            (2.., [binding, ..]) => format!("{}-{}", binding.source, binding.routing_key),
            _ => first.name.clone(),
        }
    }

    fn state_beside(&self, sheet: &mut Sheet, vhost: Option<&str>, name: &str) {
        let Some(beside) = self.roles.beside(vhost, name) else { return };
        if !beside.dead.is_empty() {
            let queues = list(beside.dead.iter().copied());
            sheet.about(format!("failed messages of {} are set aside in {queues}", quoted(name)));
            sheet.find("handling.dead_letter", "true", format!("what fails is set aside in {queues}"));
        }
        if !beside.retries.is_empty() {
            let queues = list(beside.retries.keys().copied());
            sheet.about(format!("failed messages of {} wait in {queues} and come back", quoted(name)));
            let times: Vec<f64> = beside.retries.values().flatten().copied().filter(|time| time.is_finite()).collect();
            if let (Some(least), Some(most)) = (least(&times), most(&times)) {
                let value = range(least, most);
                sheet.find(
                    "handling.retry_delay",
                    value,
                    format!("\"x-message-ttl\" of {queues}, from where messages come back"),
                );
            } else {
                sheet.ask("handling.retry_delay", format!("failed messages wait in {queues}: how long?"));
            }
            sheet.ask("handling.retries", format!("failed messages come back from {queues}: how often?"));
        }
        if !beside.delays.is_empty() {
            let queues = list(beside.delays.keys().copied());
            sheet.about(format!("messages wait in {queues} before they come to {}", quoted(name)));
            let times: Vec<f64> = beside.delays.values().flatten().copied().filter(|time| time.is_finite()).collect();
            if let Some(most) = most(&times) {
                let from = format!("\"x-message-ttl\" of {queues}, where messages wait");
                sheet.find("handling.longest_delay", amount(most, Kind::Duration), from);
            } else {
                sheet.ask("handling.longest_delay", format!("messages wait in {queues}: how long?"));
            }
        }
    }

    /// The same queue in several virtual hosts.
    fn tenants(&self, sheet: &mut Sheet, vhost: Option<&str>, name: &str) {
        let others =
            self.roles.own.iter().filter(|(_, item)| item.name == name && item.vhost.as_deref() != vhost).count();
        if others > 0 {
            let hosts = counted(others, "other virtual host");
            sheet.ask(
                "tenancy.tenants",
                format!(
                    "{hosts} of the file {} a queue of this name: are they tenants, or stages?",
                    if others == 1 { "has" } else { "have" }
                ),
            );
        }
    }
}

fn least(times: &[f64]) -> Option<f64> {
    times.iter().copied().reduce(f64::min)
}

fn most(times: &[f64]) -> Option<f64> {
    times.iter().copied().reduce(f64::max)
}

fn range(least: f64, most: f64) -> String {
    let (low, high) = (amount(least, Kind::Duration), amount(most, Kind::Duration));
    if low == high { low } else { format!("{low}..{high}") }
}
