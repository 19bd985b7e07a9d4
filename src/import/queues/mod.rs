//! Queues of RabbitMQ's definitions. A queue that messages are meant for is a flow; where they wait, or go when they fail, is
//! part of it. Queues that get the same messages are readers of one flow. What is set on a queue, by itself or by the policy
//! that reaches it, is stated; what is left at a default says nothing.

mod facts;
mod flow;
mod roles;
mod routes;
mod subject;

use std::collections::BTreeMap;

use super::sheet::{Gathered, Sheet};
use super::words::{counted, list, pattern, quoted};
use crate::artifact::{Artifact, ItemKind};
use crate::effective::{Found, Ground};
use crate::knowledge::{KnowledgeBase, Version};
use roles::Roles;
use routes::Routes;

/// Queues so alike that one profile is enough, from this many on.
const ALIKE: usize = 3;

/// The flows that definitions declare, and what is none.
pub(super) fn gather(knowledge: &KnowledgeBase<'_>, artifacts: &[Artifact], source: &str) -> Gathered {
    let Some((id, broker)) = knowledge.find_broker("rabbitmq").and_then(|id| Some((id, knowledge.broker(id)?))) else {
        return Gathered::default();
    };
    let written = artifacts.iter().find_map(|artifact| artifact.version);
    let newest = broker.versions.last().copied();
    let version = written.map(|(version, _)| version).or(newest).map_or(f64::INFINITY, Version::as_number);
    let files: Vec<&Artifact> = artifacts.iter().collect();
    let ground = Ground::new(knowledge, id, version, &files);
    let routes = Routes::of(artifacts);
    let roles = Roles::of(&ground, &routes);
    let context = Context {
        ground: &ground,
        routes: &routes,
        roles: &roles,
        source,
        version: written.map(|(version, _)| version.to_string()),
    };
    let mut sheets: Vec<Sheet> = routes.flows(&roles.own).iter().map(|queues| context.flow(queues)).collect();
    let mut left_out = roles.left_out();
    if sheets.is_empty() {
        sheets = context.without_queues();
    } else {
        left_out.extend(context.unbound_exchanges());
    }
    Gathered { sheets: alike(sheets), left_out }
}

/// What a flow is told from.
struct Context<'c, 'g> {
    ground: &'c Ground<'g>,
    routes: &'c Routes<'g>,
    roles: &'c Roles<'g>,
    source: &'c str,
    version: Option<String>,
}

/// One sheet for flows of one making: names that differ in numbers only, and the same facts.
fn alike(sheets: Vec<Sheet>) -> Vec<Sheet> {
    let mut groups: BTreeMap<(Option<String>, String), Vec<usize>> = BTreeMap::new();
    for (place, sheet) in sheets.iter().enumerate() {
        groups.entry((sheet.within.clone(), pattern(&sheet.name))).or_default().push(place);
    }
    let mut heads: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut members = vec![false; sheets.len()];
    for places in groups.values().filter(|places| places.len() >= ALIKE) {
        // Of one pattern, those that say the same.
        let mut rest: Vec<usize> = places.clone();
        while let Some(head) = rest.first().copied() {
            let same = |place: &usize| match (sheets.get(head), sheets.get(*place)) {
                (Some(one), Some(other)) => one.has_the_facts_of(other),
                _ => false,
            };
            let (group, others): (Vec<usize>, Vec<usize>) = rest.into_iter().partition(same);
            rest = others;
            if group.len() >= ALIKE {
                for place in group.iter().skip(1) {
                    if let Some(member) = members.get_mut(*place) {
                        *member = true;
                    }
                }
                heads.insert(head, group);
            }
        }
    }
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let kept = sheets.into_iter().enumerate().filter(|(place, _)| members.get(*place) == Some(&false));
    kept.map(|(place, sheet)| match heads.get(&place) {
        Some(group) => together(sheet, group, &names),
        None => sheet,
    })
    .collect()
}

/// The sheet of the first of several, for all of them.
fn together(mut sheet: Sheet, group: &[usize], names: &[String]) -> Sheet {
    let all = list(group.iter().filter_map(|place| names.get(*place)).map(String::as_str));
    let making = pattern(&sheet.name);
    let count = group.len();
    sheet.about.insert(
        0,
        format!("{} of one making, {}: {all}; the first of them:", counted(count, "queue"), quoted(&making)),
    );
    sheet.found.retain(|found| found.fact != "routing.destinations");
    sheet.find("routing.destinations", count.to_string(), format!("queues named like {}", quoted(&making)));
    let why = format!("{count} queues are named like {}: do such queues come and go?", quoted(&making));
    sheet.open.insert(0, super::Open { fact: "routing.dynamic".to_owned(), why });
    making.replace('#', "").trim_matches(['.', ' ']).clone_into(&mut sheet.name);
    sheet
}

impl<'g> Context<'_, 'g> {
    /// Where no queue is declared, exchanges are all that is known: applications declare their queues when they run.
    fn without_queues(&self) -> Vec<Sheet> {
        let exchanges = self.routes.exchanges().filter(|(_, item)| !self.roles.is_aside_by_name(&item.name));
        let mut sheets: Vec<Sheet> = exchanges.map(|exchange| self.exchange(exchange)).collect();
        if sheets.is_empty() {
            let mut sheet = Sheet::new("flow");
            sheet.about(format!(
                "a flow of {}, which declares neither queues nor exchanges: applications do so when they run",
                self.source
            ));
            self.finish(&mut sheet);
            sheets.push(sheet);
        }
        sheets
    }

    fn exchange(&self, (_, item): Found<'g>) -> Sheet {
        let mut sheet = Sheet::new(&item.name);
        sheet.within.clone_from(&item.vhost);
        sheet.about(format!("exchange {} of {}{}", quoted(&item.name), self.source, in_vhost(item.vhost.as_deref())));
        sheet.about("no queue is declared: applications declare theirs when they run");
        routes::style(&mut sheet, item, &[]);
        sheet.ask("routing.dynamic", "queues are declared by applications: do they come and go?");
        sheet.ask("consumers.groups", "queues are declared by applications: how many readers see every message?");
        self.finish(&mut sheet);
        sheet
    }

    /// Exchanges of which no queue of the file is a reader.
    fn unbound_exchanges(&self) -> Option<String> {
        let unbound = self.routes.exchanges().filter(|(_, item)| !self.routes.is_used(item));
        let names: Vec<&str> =
            unbound.map(|(_, item)| item.name.as_str()).filter(|name| !self.roles.is_aside_by_name(name)).collect();
        let count = counted(names.len(), "exchange");
        (!names.is_empty()).then(|| format!("left out: {count} to which nothing is bound in the file: {}", list(names)))
    }

    /// What holds for every flow of the file.
    fn finish(&self, sheet: &mut Sheet) {
        if let Some(version) = &self.version {
            sheet.find("environment.versions.rabbitmq", version.as_str(), "the version that wrote the definitions");
        }
        if self.ground.items().any(|(_, item)| item.kind == ItemKind::Parameter && facts::is_federation(item)) {
            sheet.ask(
                "availability.regions",
                "the definitions set up federation or shovels: does the flow cross regions?",
            );
        }
        sheet.ask_the_usual("a queue");
        sheet.ask(
            "availability.may_lose",
            "definitions do not say whether losing a few messages in a failure is acceptable",
        );
    }
}

fn in_vhost(vhost: Option<&str>) -> String {
    vhost.map_or_else(String::new, |vhost| format!(", in the virtual host {}", quoted(vhost)))
}
