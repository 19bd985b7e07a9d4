//! Settings and limits that come out for no profile: their key is not there where they speak.

use super::conditions::{Lines, written};
use super::decide::Verdict;
use super::{Found, Lint, Question};
use crate::expr::ExprId;
use crate::knowledge::{CatalogueKey, Citing, KnowledgeBase, Level, OptionId, Spot, Subject, Version};

pub(super) const LINT: Lint = Lint {
    id: "never-set",
    level: Level::Warning,
    about: "Every setting is advised, and every limit asked, in some line that has both the key and the option: what is \
            never emitted helps nobody.",
    look,
};

/// A rule on a key: in which lines, with which option, under which condition.
struct Ruled {
    part: Citing,
    key: u16,
    option: OptionId,
    since: Option<Version>,
    until: Option<Version>,
    when: Option<ExprId>,
}

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let settings = knowledge.tuning.iter().enumerate().flat_map(|(place, it)| {
        it.options.iter().map(move |option| Ruled {
            part: Citing::Setting(place),
            key: it.key,
            option: *option,
            since: it.since,
            until: it.until,
            when: it.when,
        })
    });
    let limits = knowledge.limits.iter().enumerate().map(|(place, it)| Ruled {
        part: Citing::Limit(place),
        key: it.key,
        option: it.option,
        since: it.since,
        until: it.until,
        when: it.when,
    });
    let mut found: Vec<Found> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for rule in settings.chain(limits) {
        let Some((why, field)) = why(knowledge, &rule) else { continue };
        let name = knowledge.citing_name(rule.part);
        if seen.insert((written(knowledge, Subject::Part(rule.part)), rule.option, rule.when)) {
            let message = format!("{name} comes out for no profile: {why}");
            let spot = Spot::from(rule.part).field(field);
            let key = Spot::from(Citing::Key(usize::from(rule.key)));
            found.push(Found::new(name, message).help("correct where it speaks, or take it out").at(spot).at(key));
        }
    }
    found
}

/// Why a rule never comes out, and which of its fields says so.
fn why(knowledge: &KnowledgeBase<'_>, rule: &Ruled) -> Option<(String, &'static str)> {
    let key = knowledge.catalogue.get(usize::from(rule.key))?;
    let option = knowledge.option_name(rule.option);
    if !key.options.is_empty() && !key.options.contains(&rule.option) {
        return Some((format!("{option} does not have the key"), "options"));
    }
    let known = &knowledge.broker(key.broker)?.versions;
    let own = |line: &&Version| is_within(**line, rule.since, rule.until);
    // Where it speaks in no line at all, that is told as such.
    let spoken: Vec<&Version> = known.iter().filter(own).collect();
    let having = spoken.iter().filter(|line| has(key, ***line)).count();
    if spoken.is_empty() || having > 0 {
        let since = latest(rule.since, key.since);
        let until = earliest(rule.until, key.until);
        let available = knowledge.option(rule.option).map(|option| &option.available)?;
        let from = available.preview.into_iter().chain(available.since).min();
        if !spoken.is_empty()
            && !spoken.iter().any(|line| has(key, **line) && from.is_none_or(|from| from.line() <= **line))
        {
            return Some((format!("{option} is not there in any line for which it speaks"), "options"));
        }
        let when = rule.when?;
        let whole = Lines::of(key.broker, rule.since, rule.until).can(knowledge, &[(when, true)]);
        let there = Lines::of(key.broker, latest(since, from), until).can(knowledge, &[(when, true)]);
        let never = whole == Verdict::Can && there == Verdict::Never;
        return never.then(|| ("its condition holds in no line that has the key and the option".to_owned(), "when"));
    }
    let field = if rule.since.is_some() { "since" } else { "until" };
    Some(("the key is in no line for which it speaks".to_owned(), field))
}

fn has(key: &CatalogueKey, line: Version) -> bool {
    is_within(line, key.since, key.until)
}

fn is_within(line: Version, since: Option<Version>, until: Option<Version>) -> bool {
    since.is_none_or(|since| since.line() <= line) && until.is_none_or(|until| line <= until.line())
}

fn latest(one: Option<Version>, other: Option<Version>) -> Option<Version> {
    one.into_iter().chain(other).max()
}

fn earliest(one: Option<Version>, other: Option<Version>) -> Option<Version> {
    one.into_iter().chain(other).min()
}
