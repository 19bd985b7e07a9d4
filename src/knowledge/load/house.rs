//! Reads the rules of a house: what an organisation allows itself, whatever the brokers can. Such a rule is a need that
//! the options of which it speaks answer badly and all others well, so that it takes part in everything like other needs:
//! it can be traced, be a wish, and be what would change the verdict.

use super::brokers::Head;
use super::context::Context;
use super::names::{NameScope, Vocabulary};
use super::needs::{MOST_NEEDS, named_facts};
use super::vocabulary::LoadedFacts;
use super::{RuleFile, blocks, packs};
use crate::diagnostic::Diagnostic;
use crate::knowledge::broker::OptionId;
use crate::knowledge::capability::{Answer, Confidence, FitRule, Reply};
use crate::knowledge::dimension::Dimension;
use crate::knowledge::fit::Fit;
use crate::knowledge::need::Need;
use crate::knowledge::text::Template;
use crate::knowledge::written::Owner;
use crate::suggestion::nearest;
use crate::table::{Spanned, Table};

/// The file of them.
const FILE: &str = "house.toml";

/// A rule as a need, with what each option answers.
#[derive(Debug)]
pub(super) struct HouseRule {
    pub(super) need: Need,
    /// In the order of options.
    pub(super) answers: Vec<Answer>,
}

/// Reads `house.toml` of every pack.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    packs: &[packs::Head],
    facts: &LoadedFacts,
    needs: &[Need],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<HouseRule> {
    let mut all: Vec<HouseRule> = Vec::new();
    for (place, (_, mut table)) in blocks(files, FILE, "rule", context).into_iter().enumerate() {
        if place + needs.len() >= MOST_NEEDS {
            let message = format!("there are more than {MOST_NEEDS} needs and rules");
            context.problem("rule-value", table.file(), table.span(), message, "one too many");
            return all;
        }
        let id = table.required("id", &mut context.problems);
        let rule = id.and_then(|id| rule(&mut table, id, (heads, packs), facts, vocabulary, context));
        table.finish(&mut context.problems);
        let Some((id, rule)) = id.zip(rule) else { continue };
        if needs.iter().chain(all.iter().map(|rule| &rule.need)).any(|need| need.id == rule.need.id) {
            packs::refuse(id, "a need or rule", context);
        }
        all.push(rule);
    }
    all
}

/// Puts rules behind all needs, and what options answer to them behind all answers.
pub(super) fn join(rules: Vec<HouseRule>, needs: &mut Vec<Need>, answers: &mut [Vec<Answer>]) {
    for rule in rules {
        needs.push(rule.need);
        answers.iter_mut().zip(rule.answers).for_each(|(own, answer)| own.push(answer));
    }
}

fn rule(
    table: &mut Table<'_>,
    id: Spanned<'_>,
    (heads, packs): (&[Head<'_>], &[packs::Head]),
    facts: &LoadedFacts,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Option<HouseRule> {
    let file = table.file();
    context.owner = Owner::of(&[id.text]);
    let mut scope = NameScope::neutral(vocabulary);
    let title = table.required("title", &mut context.problems);
    let always = Spanned { text: "true", span: id.span, quoted: true };
    let when = table.text("when", &mut context.problems).unwrap_or(always);
    let when = context.condition(file, Some(when), &mut scope);
    let because = table.required("because", &mut context.problems);
    let before = context.problems.len();
    let because_text = context.template(file, because, &mut scope);
    let sound = context.problems.len() == before;
    let rules_out = table.texts("rules_out", &mut context.problems);
    let only = table.texts("only", &mut context.problems);
    let fit = table.text("fit", &mut context.problems);
    let stated = context.word(file, fit, &Fit::ALL, Fit::word);
    let fit = stated.unwrap_or(Fit::RuledOut);
    let instead = table.text("instead", &mut context.problems);
    let want = table.flag("want", &mut context.problems);
    let cited = table.texts("source", &mut context.problems);
    let mut sources = context.source_ids(file, &cited);
    sources.extend(packs::word(packs, id.span));
    let named = match (rules_out.is_empty(), only.is_empty()) {
        (false, true) => &rules_out,
        (true, false) => &only,
        _ => {
            let message = format!("house rule `{}` needs either `rules_out` or `only`", id.text);
            context.problem("rule-field-missing", file, table.span(), message, "of which options does it speak?");
            return None;
        }
    };
    let spoken = options(heads, file, named, context);
    // Of other brokers than those that it names, `only` says nothing.
    let brokers: Vec<&Head<'_>> =
        heads.iter().filter(|head| head.options.iter().any(|(_, option, _)| spoken.contains(option))).collect();
    let concerned = |option: OptionId| {
        let of_named = brokers.iter().any(|head| head.options.iter().any(|(_, own, _)| *own == option));
        if only.is_empty() { spoken.contains(&option) } else { of_named && !spoken.contains(&option) }
    };
    let forbids = if fit == Fit::RuledOut { "forbids" } else { "speaks against" };
    let how =
        because.filter(|_| sound).map(|text| format!("The house {forbids} it: {}.", text.text.trim_end_matches('.')));
    let how = how.map_or_else(Template::default, |how| {
        let how = Spanned { text: &how, span: id.span, quoted: false };
        context.template(file, Some(how), &mut NameScope::neutral(vocabulary))
    });
    let silent = Template { source: context.texts.add("This rule leaves it free."), holes: Vec::new() };
    let ask = instead
        .map_or_else(|| "Ask those who made the rule for an exception, before anything is built.", |text| text.text);
    let ask = Template { source: context.texts.add(ask), holes: Vec::new() };
    let reply = |fit: Fit, how: &Template| Reply {
        fit: FitRule::Fixed(fit),
        how: how.clone(),
        compensate: (fit <= Fit::Workable).then(|| ask.clone()),
        sources: sources.clone(),
        confidence: Confidence::High,
    };
    let all = heads.iter().flat_map(|head| head.options.iter().map(|(_, option, _)| *option));
    let answers = all
        .map(|option| {
            let reply = if concerned(option) { reply(fit, &how) } else { reply(Fit::Native, &silent) };
            Answer { base: Some(reply), variants: Vec::new(), inherited: false }
        })
        .collect();
    let when = when?;
    let named = named_facts(when, None, context);
    let need = Need {
        id: context.text(Some(id)),
        title: context.text(title),
        dimension: Dimension::Operations,
        root: context.text(Some(id)),
        when,
        amount: None,
        over: None,
        because: because_text,
        want,
        whole: true,
        organisation: true,
        house: true,
        rests_on: facts.leaves(&named, &context.program),
        facts: named,
    };
    Some(HouseRule { need, answers })
}

/// The options that names stand for: `kafka`, `rabbitmq/classic`.
fn options(heads: &[Head<'_>], file: usize, names: &[Spanned<'_>], context: &mut Context) -> Vec<OptionId> {
    let mut found = Vec::new();
    for name in names {
        let (broker, option) =
            name.text.split_once('/').map_or((name.text, None), |(broker, option)| (broker, Some(option)));
        let Some(head) = heads.iter().find(|head| head.id == broker) else {
            let message = format!("no broker is called `{broker}`");
            let problem = Diagnostic::error("rule-value", message).at(file, name.span, "unknown broker");
            context.problems.push(match nearest(broker, heads.iter().map(|head| head.id)) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("name a broker, or an option as in `broker/option`"),
            });
            continue;
        };
        match option {
            None => found.extend(head.options.iter().map(|(_, option, _)| *option)),
            Some(option) => {
                let option = Spanned { text: option, ..*name };
                found.extend(head.options(file, &[option], context));
            }
        }
    }
    found
}
