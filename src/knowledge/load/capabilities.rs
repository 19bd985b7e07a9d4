//! Reads the answers of every option to every need: its own, else its broker's. Both are compiled in the option's
//! scope, so that a broker's answer speaks with the option's own quantities.

use std::collections::BTreeMap;

use super::brokers::{Head, field};
use super::context::{Context, RULES};
use super::names::{NameScope, OwnTypes, Vocabulary};
use super::{CASE, RuleFile, entries, packs};
use crate::diagnostic::Diagnostic;
use crate::expr::{DomainId, ExprId, Type, Wants};
use crate::knowledge::broker::OptionId;
use crate::knowledge::capability::{Answer, Band, Confidence, FitRule, Reply, SourceId, Variant};
use crate::knowledge::fit::Fit;
use crate::knowledge::named::NamedQuantity;
use crate::knowledge::need::Need;
use crate::knowledge::text::Template;
use crate::knowledge::written::Owner;
use crate::source::{Node, Span};
use crate::suggestion::nearest;
use crate::table::{Spanned, Table};

/// Named quantities: compiled once for each option.
pub(super) type Quantities = BTreeMap<String, (ExprId, Type)>;

/// Reads the answers of all options, each in the order of the needs.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    packs: &[packs::Head],
    needs: &[Need],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> (Vec<Vec<Answer>>, Vec<NamedQuantity>) {
    let mut all = Vec::new();
    let mut named = Vec::new();
    for head in heads {
        unknown_sections(head.file, &["broker", "quantity", "capability"], needs, context);
        for (id, option, file) in &head.options {
            unknown_sections(file, &["option", "quantity", "capability"], needs, context);
            let quantities = quantities(files, head, file, vocabulary, context);
            named.extend(quantities.iter().map(|(name, (formula, _))| NamedQuantity {
                option: *option,
                name: context.texts.add(name),
                formula: *formula,
            }));
            let mut answers = Vec::new();
            for (place, need) in needs.iter().enumerate() {
                let name = context.texts.get(need.id).to_owned();
                context.owner = Owner::of(&[&format!("{}/{id}", head.id), &name]);
                let own = capability(file, &name).map(|node| (*file, node, false));
                let found = own.or_else(|| capability(head.file, &name).map(|node| (head.file, node, true)));
                let Some((from, node, inherited)) = found else {
                    // What one side of a pack does not know, it says.
                    let places = context.need_places.get(place).copied().into_iter().chain([file.root.span]);
                    if let Some(word) = places.filter_map(|place| packs::word(packs, place)).max() {
                        answers.push(unknown(&format!("{}/{id}", head.id), &name, word, context));
                        continue;
                    }
                    context.problems.push(
                        Diagnostic::error("need-unanswered", format!("{}/{id} does not answer `{name}`", head.id))
                            .at(file.index, file.root.span, "no answer here, and none in broker.toml")
                            .help(format!("add [capability.{name}]")),
                    );
                    continue;
                };
                let mut reader = Reader { file: from.index, need, quantities: &quantities, vocabulary, context };
                answers.extend(reader.answer(node, inherited));
            }
            all.push(answers);
        }
    }
    (all, named)
}

/// The answer that nobody has given.
fn unknown(option: &str, need: &str, word: SourceId, context: &mut Context) -> Answer {
    let mut text = |text: String| Template { source: context.texts.add(&text), holes: Vec::new() };
    let how = text(format!(
        "Not answered for {option}: it counts as {}, and may be anything from native to poor.",
        FitRule::unanswered().word()
    ));
    let compensate = text(format!("Find out, and answer it in a pack of rules: `[capability.{need}]`."));
    let name = format!("{option} {need}");
    // FNV-1a: the same draws for the same answer, whatever else a pack holds.
    let stream = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let reply = Reply {
        fit: FitRule::Unknown { stream },
        how,
        compensate: Some(compensate),
        sources: vec![word],
        confidence: Confidence::Low,
    };
    Answer { base: Some(reply), variants: Vec::new(), inherited: false }
}

fn capability<'t>(file: &'t RuleFile<'t>, need: &str) -> Option<&'t Node<'t>> {
    field(field(&file.root, "capability")?, need)
}

fn unknown_sections(file: &RuleFile<'_>, known: &[&str], needs: &[Need], context: &mut Context) {
    for entry in entries(Some(&file.root)).iter().filter(|entry| !known.contains(&&*entry.key)) {
        let message = format!("unknown section `{}`", entry.key);
        context.problem("rule-field-unknown", file.index, entry.key_span, message, "unknown section");
    }
    for entry in entries(field(&file.root, "capability")) {
        if needs.iter().any(|need| context.texts.get(need.id) == entry.key) {
            continue;
        }
        let ids: Vec<&str> = needs.iter().map(|need| context.texts.get(need.id)).collect();
        let mut problem = Diagnostic::error("unknown-need", format!("no need is called `{}`", entry.key)).at(
            file.index,
            entry.key_span,
            "answers nothing",
        );
        if let Some(near) = nearest(&entry.key, ids.into_iter()) {
            problem = problem.help(format!("did you mean `{near}`?"));
        }
        context.problems.push(problem);
    }
}

/// The named quantities of an option: its broker's, those of its broker's tuning, sizing, conflicts, practices and alerts,
/// then its own over them.
fn quantities(
    files: &[RuleFile<'_>],
    head: &Head<'_>,
    file: &RuleFile<'_>,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Quantities {
    let mut all: BTreeMap<String, (usize, &Node<'_>)> = BTreeMap::new();
    let beside = |name: &str| {
        let path = format!("brokers/{}/{name}.toml", head.id);
        files.iter().find(|file| file.path == path)
    };
    let shared = ["tuning", "sizing", "conflicts", "practices", "alerts"].map(beside);
    for from in [Some(head.file)].into_iter().chain(shared).chain([Some(file)]).flatten() {
        for entry in entries(field(&from.root, "quantity")) {
            all.insert(entry.key.to_string(), (from.index, &entry.value));
        }
    }
    let mut compiled = BTreeMap::new();
    for (name, (file, node)) in all {
        context.owner = Owner::of(&[&name]);
        let crate::source::Kind::Scalar(scalar) = &node.kind else { continue };
        let text = Spanned { text: &scalar.text, span: node.span, quoted: scalar.quoted };
        let own = own_types(vocabulary, head.id);
        let mut scope = NameScope { vocabulary, quantities: BTreeMap::new(), own };
        let found = context.expression(file, text, Wants::Number(None), &mut scope);
        compiled.extend(found.map(|found| (name, found)));
    }
    compiled
}

/// The named quantities of every option of a broker.
pub(super) fn quantities_of_options(
    files: &[RuleFile<'_>],
    head: &Head<'_>,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<(OptionId, Quantities)> {
    let mut all = Vec::new();
    for (_, option, file) in &head.options {
        all.push((*option, quantities(files, head, file, vocabulary, context)));
    }
    all
}

/// The types of what is the broker's own.
pub(super) fn own_types(vocabulary: &Vocabulary, broker: &str) -> Option<OwnTypes> {
    vocabulary.facts.get(&format!("environment.team.{broker}")).map(|(_, team)| OwnTypes { team: *team })
}

/// The most variants or bands of one answer.
const MOST: usize = 200;

struct Reader<'r> {
    file: usize,
    need: &'r Need,
    quantities: &'r Quantities,
    vocabulary: &'r mut Vocabulary,
    context: &'r mut Context,
}

/// What a reply's fields say, before the fit is known.
struct Words {
    how: Option<Template>,
    compensate: Option<Template>,
    sources: Vec<SourceId>,
    confidence: Option<Confidence>,
}

impl Reader<'_> {
    fn answer(&mut self, node: &Node<'_>, inherited: bool) -> Option<Answer> {
        let mut table = Table::new(RULES, self.file, "a capability", node, &mut self.context.problems)?;
        let variants = table.tables("variant", "a variant", &mut self.context.problems);
        self.at_most(variants.len(), "variants", &table);
        let words = self.words(&mut table);
        let rule = self.rule(&mut table, variants.is_empty());
        table.take(CASE);
        table.finish(&mut self.context.problems);
        let variants =
            variants.into_iter().filter_map(|variant| self.variant(variant, &words, rule.as_ref())).collect();
        let base = rule.map(|fit| Reply {
            fit,
            how: words.how.unwrap_or_default(),
            compensate: words.compensate,
            sources: words.sources,
            confidence: words.confidence.unwrap_or_default(),
        });
        Some(Answer { base, variants, inherited })
    }

    /// An answer that nobody could read is refused before places are counted in a byte.
    fn at_most(&mut self, count: usize, what: &str, table: &Table<'_>) {
        if count > MOST {
            let message = format!("an answer has more than {MOST} {what}");
            self.context.problem("rule-value", self.file, table.span(), message, "too many to be read");
        }
    }

    fn variant(&mut self, mut table: Table<'_>, base: &Words, base_rule: Option<&FitRule>) -> Option<Variant> {
        let since = self.context.version(&mut table, "since");
        let until = self.context.version(&mut table, "until");
        let when = table.text("when", &mut self.context.problems);
        let when = when.and_then(|text| self.expression(text, Wants::Bool)).map(|(id, _)| id);
        let words = self.words(&mut table);
        let rule = self.rule(&mut table, base_rule.is_none()).or_else(|| base_rule.cloned());
        table.finish(&mut self.context.problems);
        let reply = Reply {
            fit: rule?,
            how: words.how.or_else(|| base.how.clone()).unwrap_or_default(),
            compensate: words.compensate.or_else(|| base.compensate.clone()),
            sources: if words.sources.is_empty() { base.sources.clone() } else { words.sources },
            confidence: words.confidence.or(base.confidence).unwrap_or_default(),
        };
        Some(Variant { since, until, when, reply })
    }

    fn words(&mut self, table: &mut Table<'_>) -> Words {
        let how = table.text("how", &mut self.context.problems);
        let compensate = table.text("compensate", &mut self.context.problems);
        let sources = table.texts("source", &mut self.context.problems);
        let confidence = table.text("confidence", &mut self.context.problems);
        Words {
            how: how.map(|text| self.template(text)),
            compensate: compensate.map(|text| self.template(text)),
            sources: self.context.source_ids(self.file, &sources),
            confidence: self.context.word(self.file, confidence, &Confidence::ALL, Confidence::word),
        }
    }

    /// The rule that gives the fit: `fit`, `bands` or `words`.
    fn rule(&mut self, table: &mut Table<'_>, required: bool) -> Option<FitRule> {
        let fit = table.text("fit", &mut self.context.problems);
        let bands = table.tables("bands", "a band", &mut self.context.problems);
        let words = table.take("words");
        if let Some(fit) = fit {
            return self.fit(fit).map(FitRule::Fixed);
        }
        self.at_most(bands.len(), "bands", table);
        if !bands.is_empty() {
            return Some(self.bands(bands));
        }
        if words.is_some() {
            return self.by_word(words, table.span());
        }
        if required {
            let message = "an answer needs `fit`, `bands` or `words`".to_owned();
            self.context.problem("rule-field-missing", self.file, table.span(), message, "no fit");
        }
        None
    }

    fn fit(&mut self, text: Spanned<'_>) -> Option<Fit> {
        self.context.word(self.file, Some(text), &Fit::ALL, Fit::word)
    }

    fn bands(&mut self, tables: Vec<Table<'_>>) -> FitRule {
        let mut descending = false;
        let mut bands = Vec::new();
        for mut table in tables {
            let up_to = table.text("up_to", &mut self.context.problems);
            let at_least = table.text("at_least", &mut self.context.problems);
            descending |= at_least.is_some();
            let edge = up_to.or(at_least).and_then(|text| self.edge(text));
            let fit = table.required("fit", &mut self.context.problems).and_then(|text| self.fit(text));
            let how = table.text("how", &mut self.context.problems).map(|text| self.template(text));
            let compensate = table.text("compensate", &mut self.context.problems).map(|text| self.template(text));
            table.finish(&mut self.context.problems);
            bands.extend(fit.map(|fit| Band { edge, fit, how, compensate }));
        }
        FitRule::Bands { descending, bands }
    }

    /// An edge: one expression, or two around `..` where sources differ.
    fn edge(&mut self, text: Spanned<'_>) -> Option<(ExprId, Option<ExprId>)> {
        let Some((_, unit)) = self.need.amount else {
            let message = format!("`{}` has no amount to compare with", self.context.texts.get(self.need.id));
            self.context.problem("rule-value", self.file, text.span, message, "bands need an amount");
            return None;
        };
        let wants = Wants::Number(Some(unit));
        let Some((low, high)) = text.text.split_once("..") else {
            return self.expression(text, wants).map(|(id, _)| (id, None));
        };
        let low = self.expression(Spanned { text: low, ..text }, wants)?.0;
        let high = self.expression(Spanned { text: high, ..text }, wants)?.0;
        Some((low, Some(high)))
    }

    fn by_word(&mut self, node: Option<&Node<'_>>, span: Span) -> Option<FitRule> {
        let domain = self.need.over.and_then(|over| {
            self.vocabulary.facts.values().find(|(id, _)| *id == over).and_then(|(_, kind)| match kind {
                Type::List(domain) => Some(*domain),
                _ => None,
            })
        });
        let Some(DomainId(domain)) = domain else {
            let message = format!("`{}` is not over a list", self.context.texts.get(self.need.id));
            self.context.problem("rule-value", self.file, span, message, "words need a list");
            return None;
        };
        let mut words = Vec::new();
        let mut other = None;
        for entry in entries(node) {
            let crate::source::Kind::Scalar(scalar) = &entry.value.kind else { continue };
            let text = Spanned { text: &scalar.text, span: entry.value.span, quoted: scalar.quoted };
            let fit = self.fit(text);
            if entry.key == "other" {
                other = fit;
                continue;
            }
            let place = self.vocabulary.domains.get_mut(usize::from(domain)).and_then(|all| all.intern(&entry.key));
            if let Some(place) = place {
                words.extend(fit.map(|fit| (place, fit)));
            } else {
                let message = format!("unknown word `{}`", entry.key);
                self.context.problem("rule-value", self.file, entry.key_span, message, "not a word of the list");
            }
        }
        let all = self.vocabulary.domains.get(usize::from(domain));
        let every_word = all.is_some_and(|all| !all.open && words.len() >= all.known.len());
        if every_word {
            // Every word is answered; an `other` could never speak.
            other = other.or(words.iter().map(|(_, fit)| *fit).min());
        }
        if other.is_none() {
            let message = "`other` is missing: every other word must be answered".to_owned();
            self.context.problem("rule-field-missing", self.file, span, message, "no `other`");
        }
        Some(FitRule::Words { words, other: other? })
    }

    fn expression(&mut self, text: Spanned<'_>, wants: Wants) -> Option<(ExprId, Type)> {
        let mut scope = scope(self.need, self.quantities, self.vocabulary);
        self.context.expression(self.file, text, wants, &mut scope)
    }

    fn template(&mut self, text: Spanned<'_>) -> Template {
        let mut scope = scope(self.need, self.quantities, self.vocabulary);
        self.context.template(self.file, Some(text), &mut scope)
    }
}

fn scope<'v>(need: &Need, quantities: &Quantities, vocabulary: &'v mut Vocabulary) -> NameScope<'v> {
    let team = vocabulary.facts.iter().find(|(name, _)| name.starts_with("environment.team."));
    let own = team.map(|(_, (_, team))| OwnTypes { team: *team });
    let mut quantities = quantities.clone();
    if let Some((amount, unit)) = need.amount {
        quantities.insert("amount".to_owned(), (amount, Type::Number(unit)));
    }
    NameScope { vocabulary, quantities, own }
}
