//! Where in the texts of `rules/` a part of the knowledge base stands. Built only when something has to be shown: it walks
//! the trees by the same layout by which they are loaded. Of several blocks that share an id, the last ones count, as
//! a later file stands in the place of an earlier one.

use super::context::Context;
use super::parse::{Offsets, parse};
use super::{RuleFile, entries, packs};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{BrokerId, Citing, KnowledgeBase, OptionId, Spot, Subject, Text};
use crate::source::{Entry, Kind, Node, Source, Span};

/// The trees of a rules directory, to look places up in.
#[derive(Debug)]
pub struct Places<'s> {
    files: Vec<RuleFile<'s>>,
    offsets: Offsets,
}

/// A block: in which file, where its name stands, and its fields.
#[derive(Clone, Copy)]
struct Block<'t> {
    file: usize,
    name: Span,
    node: &'t Node<'t>,
}

impl<'s> Places<'s> {
    /// Reads the texts of rules, those of each pack from a place on; what cannot be read has no places.
    pub fn read(files: &'s [Source], begins: &[usize]) -> Self {
        let offsets = Offsets::of(files);
        let mut context = Context::default();
        let parsed = parse(files, &offsets, &mut context.problems);
        let (files, _) = packs::lay_all(parsed, begins, &offsets, &mut context);
        Self { files, offsets }
    }

    pub(super) fn of(files: Vec<RuleFile<'s>>, offsets: &Offsets) -> Self {
        Self { files, offsets: offsets.clone() }
    }

    /// Points a diagnostic to spots: the first says where it is, the others why.
    pub fn point(&self, knowledge: &KnowledgeBase<'_>, diagnostic: Diagnostic, spots: &[Spot]) -> Diagnostic {
        let found = spots.iter().filter_map(|spot| self.find(knowledge, *spot)).enumerate();
        found.fold(diagnostic, |diagnostic, (place, (file, span))| match place {
            0 => diagnostic.at(file, span, ""),
            _ => diagnostic.also(file, span, "and this"),
        })
    }

    /// The file, by its place among the sources, and the place in it.
    pub fn find(&self, knowledge: &KnowledgeBase<'_>, spot: Spot) -> Option<(usize, Span)> {
        let block = Looked { places: self, knowledge }.block(spot.subject)?;
        let field = spot.field.and_then(|(name, item)| {
            let entry = entry(block.node, name)?;
            let whole = match (&entry.value.kind, item) {
                (Kind::List(items), Some(item)) => return self::item(items.get(item)?),
                // One table where a list could stand.
                (_, Some(0) | None) => &entry.value,
                (_, Some(_)) => return None,
            };
            Some(match whole.kind {
                Kind::Scalar(_) => whole.span,
                _ => entry.key_span,
            })
        });
        Some(self.offsets.told(block.file, field.unwrap_or(block.name)))
    }
}

/// The place of an item of a list: of a table, its condition or its first field.
fn item(node: &Node<'_>) -> Option<Span> {
    match &node.kind {
        Kind::Map(fields) => {
            let told = fields.iter().find(|field| ["when", "up_to", "at_least"].contains(&&*field.key));
            told.or(fields.first()).map(|field| field.value.span)
        }
        _ => Some(node.span),
    }
}

fn entry<'t>(node: &'t Node<'t>, key: &str) -> Option<&'t Entry<'t>> {
    entries(Some(node)).iter().find(|entry| entry.key == key)
}

fn text<'t>(node: &'t Node<'t>, key: &str) -> &'t str {
    node.get(key).and_then(Node::as_scalar).map_or("", |scalar| &scalar.text)
}

/// Whether a block speaks of an option by its short id: it names it, or none at all.
fn speaks_of(node: &Node<'_>, option: &str) -> bool {
    let Some(options) = node.get("options") else { return true };
    options.one_or_more().iter().any(|name| name.as_scalar().is_some_and(|name| name.text == option))
}

/// The places of one knowledge base.
struct Looked<'p, 's, 'k> {
    places: &'p Places<'s>,
    knowledge: &'p KnowledgeBase<'k>,
}

impl<'p> Looked<'p, '_, '_> {
    fn block(&self, subject: Subject) -> Option<Block<'p>> {
        let knowledge = self.knowledge;
        let id = |text: Text| knowledge.text(text);
        match subject {
            Subject::Need(place) => self.named("needs", "need", id(knowledge.needs.get(place)?.id)),
            Subject::Fact(fact) => {
                let name = knowledge.fact_name(fact);
                let shared = || self.named("vocabulary", "fact", name.rsplit_once('.')?.0);
                self.named("vocabulary", "fact", name).or_else(shared)
            }
            Subject::Source(place) => {
                let id = id(knowledge.sources.get(place)?.id);
                self.files("sources").rev().find_map(|file| section(file, "source", Some(id)))
            }
            Subject::SizingPart(option, part) => {
                let kinds = ["resource", "floor", "amount", "remark"];
                let named = |node: &Node<'_>| text(node, "id") == id(part) && speaks_of(node, self.short(option));
                kinds.into_iter().find_map(|kind| self.last(&self.of_option(option, "sizing"), kind, "id", named, 0))
            }
            Subject::Preset(place) => self.named("presets.toml", "preset", id(knowledge.presets.get(place)?.id)),
            Subject::Camp(broker) => self.of_file(broker, "broker", "broker", None),
            Subject::Part(part) => self.part(part),
        }
    }

    fn part(&self, part: Citing) -> Option<Block<'p>> {
        let knowledge = self.knowledge;
        match part {
            Citing::Broker(broker) => self.of_file(broker, "broker", "broker", None),
            Citing::Option(option) => self.of_file(knowledge.broker_of(option), self.short(option), "option", None),
            Citing::Answer { option, need, variant } => self.answer(option, need, variant),
            Citing::Conflict(place) => {
                let all = knowledge.conflicts.iter().map(|it| (it.option, it.id));
                match knowledge.conflicts.get(place)? {
                    it if it.option.is_none() => {
                        let id = knowledge.text(it.id);
                        let behind =
                            all.skip(place + 1).filter(|(of, known)| of.is_none() && knowledge.text(*known) == id);
                        self.last("conflicts.toml", "conflict", "id", |node| text(node, "id") == id, behind.count())
                    }
                    _ => self.shared("conflicts", "conflict", all, place),
                }
            }
            Citing::Scope(place) => self.named("scope.toml", "scope", knowledge.text(knowledge.scope.get(place)?.id)),
            Citing::Cost(place) => self.named("portfolio.toml", "cost", knowledge.text(knowledge.costs.get(place)?.id)),
            Citing::Misconception(place) => {
                let id = knowledge.text(knowledge.misconceptions.get(place)?.id);
                self.named("misconceptions.toml", "misconception", id)
            }
            Citing::Criterion(place) => {
                self.named("criteria.toml", "criterion", knowledge.text(knowledge.criteria.get(place)?.id))
            }
            Citing::Key(place) => {
                let key = knowledge.catalogue.get(place)?;
                let (id, scope) = (knowledge.text(key.id), key.scope.word());
                let is = |node: &Node<'_>| text(node, "id") == id && text(node, "scope") == scope;
                self.last(&self.of_broker(key.broker, "settings"), "key", "id", is, 0)
            }
            Citing::Setting(place) => {
                let all = knowledge.tuning.iter().map(|it| (it.options.first().copied(), it.key));
                self.keyed("tuning", "setting", all, place)
            }
            Citing::Limit(place) => {
                let all = knowledge.limits.iter().map(|it| (Some(it.option), it.key));
                self.keyed("limits", "limit", all, place)
            }
            Citing::Client(place) => {
                let client = knowledge.clients.get(place)?;
                self.named(&self.of_broker(client.broker, "clients"), "client", knowledge.text(client.id))
            }
            Citing::Files(broker) => self.head(&self.of_broker(broker, "files")),
            Citing::Practice(place) => {
                let all = knowledge.practices.iter().map(|it| (Some(it.option), it.id));
                self.shared("practices", "practice", all, place)
            }
            Citing::Alert(place) => {
                let all = knowledge.alerts.iter().map(|it| (Some(it.option), it.id));
                self.shared("alerts", "alert", all, place)
            }
            Citing::Pitfall(place) => {
                let pitfall = knowledge.pitfalls.get(place)?;
                let folder = format!("brokers/{}/pitfalls", knowledge.broker_name(pitfall.broker));
                self.named(&folder, "pitfall", knowledge.text(pitfall.id))
            }
            Citing::ChecklistItem(place) => {
                let all = knowledge.checklist.iter().map(|it| (Some(it.option), it.id));
                let option = knowledge.checklist.get(place)?.option;
                let folder = format!("brokers/{}/checklist", knowledge.broker_name(knowledge.broker_of(option)));
                self.shared_in(&folder, "item", all, place)
            }
            Citing::Sizing(option) => {
                let is = |node: &Node<'_>| speaks_of(node, self.short(option));
                self.last(&self.of_option(option, "sizing"), "nodes", "key", is, 0)
            }
            Citing::Reading(broker) => self.head(&self.of_broker(broker, "reading")),
        }
    }

    /// An answer as the option gives it, else as its broker does; of a variant, its condition or whatever stands first.
    fn answer(&self, option: OptionId, need: usize, variant: Option<usize>) -> Option<Block<'p>> {
        let id = self.knowledge.text(self.knowledge.needs.get(need)?.id);
        let broker = self.knowledge.broker_of(option);
        let own = self.of_file(broker, self.short(option), "capability", Some(id));
        let whole = own.or_else(|| self.of_file(broker, "broker", "capability", Some(id)))?;
        let Some(place) = variant else { return Some(whole) };
        let node = whole.node.get("variant")?.one_or_more().get(place)?;
        let first = entries(Some(node)).first().map_or(whole.name, |entry| entry.value.span);
        let name = ["when", "since", "until", "fit"].into_iter().find_map(|key| Some(entry(node, key)?.value.span));
        Some(Block { file: whole.file, name: name.unwrap_or(first), node })
    }

    fn short(&self, option: OptionId) -> &'p str {
        self.knowledge.option(option).map_or("", |option| self.knowledge.text(option.short))
    }

    fn of_broker(&self, broker: BrokerId, file: &str) -> String {
        format!("brokers/{}/{file}.toml", self.knowledge.broker_name(broker))
    }

    fn of_option(&self, option: OptionId, file: &str) -> String {
        self.of_broker(self.knowledge.broker_of(option), file)
    }

    fn files(&self, folder: &str) -> impl DoubleEndedIterator<Item = &'p RuleFile<'p>> {
        self.places.files.iter().filter(move |file| file.path == folder || file.is(folder))
    }

    /// A table of a broker's file.
    fn of_file(&self, broker: BrokerId, file: &str, table: &str, key: Option<&str>) -> Option<Block<'p>> {
        self.files(&self.of_broker(broker, file)).rev().find_map(|file| section(file, table, key))
    }

    /// The beginning of a file.
    fn head(&self, path: &str) -> Option<Block<'p>> {
        let file = self.files(path).next_back()?;
        let name = entries(Some(&file.root)).first()?.key_span;
        Some(Block { file: file.index, name, node: &file.root })
    }

    /// The last block of a kind with an id.
    fn named(&self, folder: &str, kind: &str, id: &str) -> Option<Block<'p>> {
        self.last(folder, kind, "id", |node| text(node, "id") == id, 0)
    }

    /// The block of a broker's file from which the entry at a place was compiled: of all that share its id and its option,
    /// as many stand behind it in the rules as in the knowledge base.
    fn shared(
        &self,
        file: &str,
        kind: &str,
        all: impl Iterator<Item = (Option<OptionId>, Text)> + Clone,
        place: usize,
    ) -> Option<Block<'p>> {
        let option = all.clone().nth(place)?.0?;
        self.shared_in(&self.of_option(option, file), kind, all, place)
    }

    fn shared_in(
        &self,
        folder: &str,
        kind: &str,
        all: impl Iterator<Item = (Option<OptionId>, Text)> + Clone,
        place: usize,
    ) -> Option<Block<'p>> {
        let (option, id) = all.clone().nth(place)?;
        let id = self.knowledge.text(id);
        let behind = all.skip(place + 1).filter(|(of, known)| *of == option && self.knowledge.text(*known) == id);
        let short = self.short(option?);
        self.last(folder, kind, "id", |node| text(node, "id") == id && speaks_of(node, short), behind.count())
    }

    /// The same for blocks that are called by a key of the catalogue.
    fn keyed(
        &self,
        file: &str,
        kind: &str,
        all: impl Iterator<Item = (Option<OptionId>, u16)> + Clone,
        place: usize,
    ) -> Option<Block<'p>> {
        let (option, key) = all.clone().nth(place)?;
        let (option, named) = (option?, self.knowledge.catalogue.get(usize::from(key))?);
        let behind = all.skip(place + 1).filter(|other| *other == (Some(option), key)).count();
        let (id, scope) = (self.knowledge.text(named.id), named.scope.word());
        let is = |node: &Node<'_>| {
            text(node, "key") == id && text(node, "scope") == scope && speaks_of(node, self.short(option))
        };
        self.last(&self.of_option(option, file), kind, "key", is, behind)
    }

    /// The last but so many of the blocks of a kind that are meant.
    fn last(
        &self,
        folder: &str,
        kind: &str,
        named_by: &str,
        is: impl Fn(&Node<'_>) -> bool,
        behind: usize,
    ) -> Option<Block<'p>> {
        let all = self.files(folder).filter_map(|file| Some((file, file.root.get(kind)?)));
        let blocks = all.flat_map(|(file, list)| list.one_or_more().iter().map(move |node| (file.index, node)));
        let meant: Vec<_> = blocks.filter(|(_, node)| is(node)).collect();
        let (file, node) = meant.into_iter().rev().nth(behind)?;
        let name = entry(node, named_by).or(entries(Some(node)).first())?.value.span;
        Some(Block { file, name, node })
    }
}

/// A table of a file, or a table in it.
fn section<'t>(file: &'t RuleFile<'t>, table: &str, key: Option<&str>) -> Option<Block<'t>> {
    let mut found = entry(&file.root, table)?;
    if let Some(key) = key {
        found = entry(&found.value, key)?;
    }
    Some(Block { file: file.index, name: found.key_span, node: &found.value })
}
