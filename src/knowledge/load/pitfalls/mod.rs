//! Reads pitfalls, and what can be seen of them. Every id that a pitfall names must exist, and a sign speaks of one kind
//! of item.

mod observations;

pub(super) use observations::Observed;

use super::brokers::Head;
use super::capabilities::own_types;
use super::context::Context;
use super::names::{NameScope, Vocabulary};
use super::{RuleFile, blocks};
use crate::diagnostic::Diagnostic;
use crate::knowledge::broker::{OptionId, Version};
use crate::knowledge::misconception::Misconception;
use crate::knowledge::need::Need;
use crate::knowledge::pitfall::{Pitfall, Sign, Step, Strength};
use crate::knowledge::text::Text;
use crate::knowledge::written::Owner;
use crate::suggestion::nearest;
use crate::table::{Spanned, Table};

/// What a pitfall may point to.
pub(super) struct Known<'k> {
    pub(super) needs: &'k [Need],
    pub(super) misconceptions: &'k [Misconception],
    /// How many facts there are.
    pub(super) facts: usize,
}

/// Reads `brokers/<broker>/pitfalls/` and `observations.toml` of every broker.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    known: &Known<'_>,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> (Vec<Pitfall>, Observed) {
    let observed = observations::load(files, heads, known.facts, context);
    let mut all: Vec<Pitfall> = Vec::new();
    let mut pointers: Vec<(usize, usize, Spanned<'_>)> = Vec::new();
    for head in heads {
        for (_, mut table) in blocks(files, &format!("brokers/{}/pitfalls", head.id), "pitfall", context) {
            let file = table.file();
            let place = all.len();
            let mut follows = Vec::new();
            let reader = Reader { known, observed: &observed, head };
            let found = observations::known(&observed, head.broker, vocabulary, context, |vocabulary, context| {
                reader.pitfall(&mut table, vocabulary, context, &mut follows)
            });
            if let Some(found) = found {
                if all.iter().any(|other| other.id == found.id && other.broker == found.broker) {
                    let message = format!("pitfall `{}` is there twice", context.texts.get(found.id));
                    context.problem("duplicate-id", file, table.span(), message, "second entry");
                }
                all.push(found);
                pointers.extend(follows.into_iter().map(|name| (place, file, name)));
            }
            table.finish(&mut context.problems);
        }
    }
    for (place, file, name) in pointers {
        // Those of other brokers are called nothing here, so that places are places among all.
        let broker = all.get(place).map(|it| it.broker);
        let own = |it: &Pitfall| Some(it.broker) == broker;
        let ids: Vec<&str> = all.iter().map(|it| if own(it) { context.texts.get(it.id) } else { "" }).collect();
        let found = find(file, name, &ids, "pitfall");
        match found {
            Ok(other) => {
                if let Some(pitfall) = all.get_mut(place) {
                    pitfall.follows.push(other);
                }
            }
            Err(problem) => context.problems.push(*problem),
        }
    }
    (all, observed)
}

struct Reader<'r> {
    known: &'r Known<'r>,
    observed: &'r Observed,
    head: &'r Head<'r>,
}

impl Reader<'_> {
    fn pitfall<'t>(
        &self,
        table: &mut Table<'t>,
        vocabulary: &mut Vocabulary,
        context: &mut Context,
        follows: &mut Vec<Spanned<'t>>,
    ) -> Option<Pitfall> {
        let file = table.file();
        let id = table.required("id", &mut context.problems)?;
        let options: Vec<OptionId> = {
            let names = table.texts("options", &mut context.problems);
            self.head.options(file, &names, context)
        };
        let since = context.version(table, "since");
        let until = context.version(table, "until");
        let [title, cause, fix, prevent] =
            ["title", "cause", "fix", "prevent"].map(|key| table.required(key, &mut context.problems));
        let wordings = some(table, "wording", id, context);
        let mut lines = Vec::new();
        for (field, strength) in [("line", Strength::Names), ("weak_line", Strength::Fits)] {
            lines.extend(texts(table, field, context).into_iter().map(|text| (text, strength)));
        }
        let unless = texts(table, "unless", context);
        context.owner = Owner::of(&[id.text, "sign"]);
        let mut signs = Vec::new();
        for (field, strength) in [("sign", Strength::Names), ("weak_sign", Strength::Fits)] {
            for text in table.texts(field, &mut context.problems) {
                signs.extend(self.sign(file, text, strength, vocabulary, context));
            }
        }
        let tell = steps(table, context);
        let wrong = self.misconceptions(table, context);
        let advice = texts(table, "advice", context);
        *follows = table.texts("follows", &mut context.problems);
        let reveals = table.text("reveals", &mut context.problems);
        let reveals = reveals.and_then(|name| {
            let ids: Vec<&str> = self.known.needs.iter().map(|need| context.texts.get(need.id)).collect();
            find(file, name, &ids, "need").map_err(|problem| context.problems.push(*problem)).ok()
        });
        let state = texts(table, "state", context);
        let sources = some(table, "source", id, context);
        let examples = some(table, "example", id, context);
        let near = some(table, "near", id, context);
        if reveals.is_some() == state.is_empty() {
            let message = format!("pitfall `{}` needs `reveals` and `state` together, or neither", id.text);
            context.problem("rule-field-missing", file, id.span, message, "which need, and which facts?");
        }
        let keep = |all: Vec<Spanned<'_>>, context: &mut Context| -> Vec<Text> {
            all.into_iter().map(|text| context.text(Some(text))).collect()
        };
        Some(Pitfall {
            id: context.text(Some(id)),
            broker: self.head.broker,
            options,
            since,
            until,
            title: context.text(title),
            wordings: keep(wordings, context),
            lines,
            unless,
            signs,
            cause: context.text(cause),
            tell,
            fix: context.text(fix),
            prevent: context.text(prevent),
            wrong,
            advice,
            follows: Vec::new(),
            reveals,
            state,
            sources: context.source_ids(file, &sources),
            examples: keep(examples, context),
            near: keep(near, context),
        })
    }

    /// A condition over what is seen of one kind of item.
    fn sign(
        &self,
        file: usize,
        text: Spanned<'_>,
        strength: Strength,
        vocabulary: &mut Vocabulary,
        context: &mut Context,
    ) -> Option<Sign> {
        let own = own_types(vocabulary, self.head.id);
        let mut scope = NameScope { vocabulary, quantities: std::collections::BTreeMap::new(), own };
        let when = context.condition(file, Some(text), &mut scope)?;
        let mut read = Vec::new();
        context.program.reads(when, &mut read);
        let seen = |fact| self.observed.observations.iter().find(|it| it.fact == fact);
        let mut items: Vec<u16> = read.into_iter().filter_map(seen).map(|it| it.item).collect();
        items.sort_unstable();
        items.dedup();
        if let [item] = items[..] {
            return Some(Sign { when, item, strength });
        }
        let message = if items.is_empty() {
            "a sign reads nothing that can be seen"
        } else {
            "a sign speaks of several kinds of items"
        };
        context.problem("rule-value", file, text.span, message.to_owned(), "name observations of one item");
        None
    }

    fn misconceptions(&self, table: &mut Table<'_>, context: &mut Context) -> Vec<u16> {
        let file = table.file();
        let mut found = Vec::new();
        for name in table.texts("wrong", &mut context.problems) {
            let ids: Vec<&str> = self.known.misconceptions.iter().map(|it| context.texts.get(it.id)).collect();
            match find(file, name, &ids, "misconception") {
                Ok(place) => found.push(place),
                Err(problem) => context.problems.push(*problem),
            }
        }
        found
    }
}

/// The place of an id among others.
fn find(file: usize, name: Spanned<'_>, ids: &[&str], what: &str) -> Result<u16, Box<Diagnostic>> {
    if let Some(place) = ids.iter().position(|id| *id == name.text).and_then(|place| u16::try_from(place).ok()) {
        return Ok(place);
    }
    let problem = Diagnostic::error("unknown-id", format!("no {what} is called `{}`", name.text));
    let problem = problem.at(file, name.span, "points to nothing");
    Err(Box::new(match nearest(name.text, ids.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    }))
}

fn texts(table: &mut Table<'_>, key: &'static str, context: &mut Context) -> Vec<Text> {
    let found = table.texts(key, &mut context.problems);
    found.into_iter().map(|text| context.text(Some(text))).collect()
}

/// Texts of which there must be one at least.
fn some<'t>(table: &mut Table<'t>, key: &'static str, id: Spanned<'_>, context: &mut Context) -> Vec<Spanned<'t>> {
    let found = table.texts(key, &mut context.problems);
    if found.is_empty() {
        let message = format!("pitfall `{}` has no `{key}`", id.text);
        context.problem("rule-field-missing", table.file(), id.span, message, "at least one is required");
    }
    found
}

fn steps(table: &mut Table<'_>, context: &mut Context) -> Vec<Step> {
    let mut found = Vec::new();
    let tables = table.tables("tell", "a step", &mut context.problems);
    if tables.is_empty() {
        let message = "a pitfall has no `tell`".to_owned();
        context.problem("rule-field-missing", table.file(), table.span(), message, "how is it told from others?");
    }
    for mut step in tables {
        let run = step.required("run", &mut context.problems);
        let shows = step.required("shows", &mut context.problems);
        let since: Option<Version> = context.version(&mut step, "since");
        let until = context.version(&mut step, "until");
        step.finish(&mut context.problems);
        found.extend(run.zip(shows).map(|(run, shows)| Step {
            run: context.text(Some(run)),
            shows: context.text(Some(shows)),
            since,
            until,
        }));
    }
    found
}
