//! `--format markdown` of `diff`: the same for a document or a review, with the sources as links at its end.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::markdown::{capital, escaped, table};
use super::super::{Report, compare, sentences};
use super::{Flow, phrases, settings};
use crate::advice::Setting;
use crate::knowledge::{Dimension, Scope};
use crate::transition::{Placed, Stand};

/// A page, while it is written.
struct Page<'p> {
    text: String,
    cited: &'p mut BTreeSet<String>,
}

/// Sources as links: `([a], [b])`.
fn sources(cited: &mut BTreeSet<String>, ids: &[String]) -> String {
    cited.extend(ids.iter().cloned());
    let links: Vec<String> = ids.iter().map(|id| format!("[{id}]")).collect();
    format!("({})", links.join(", "))
}

/// One flow; what it cites is added to what was cited before.
pub fn flow(flow: &Flow<'_>, verbose: bool, cited: &mut BTreeSet<String>) -> String {
    let transition = flow.transition;
    let (before, after) = (phrases::name(flow, &transition.before), phrases::name(flow, &transition.after));
    let mut page = Page { text: format!("# {}\n\n", escaped(&flow.after.profile.name)), cited };
    if transition.is_empty() {
        let standing = phrases::standing(flow, &transition.after, flow.after);
        let _ = writeln!(page.text, "Nothing changes: both sides are {after}.\n\n- {}\n", escaped(&standing));
        return page.text;
    }
    let _ = writeln!(page.text, "**{before} → {after}: {}**\n", phrases::course(flow));
    let _ = writeln!(page.text, "{}.\n", capital(&phrases::verdict(flow)));
    for (head, stand, advice) in [("from", &transition.before, flow.before), ("to", &transition.after, flow.after)] {
        let _ = writeln!(page.text, "- {head} {}", escaped(&phrases::standing(flow, stand, advice)));
    }
    for count in phrases::counts(flow) {
        let _ = writeln!(page.text, "- {count}");
    }
    page.text.push('\n');
    answers(flow, verbose, &mut page);
    works(flow, &mut page);
    contradictions(flow, &mut page);
    tuned(flow, verbose, &mut page);
    claims(flow, verbose, &mut page);
    practices(flow, verbose, &mut page);
    page.text
}

/// What stands after the flows: the sources that they cite, and on what everything rests.
pub fn end(report: &Report<'_>, cited: &BTreeSet<String>) -> String {
    let knowledge = report.knowledge;
    let mut text = String::new();
    if !cited.is_empty() {
        let cited = knowledge.sources.iter().filter(|source| cited.contains(knowledge.text(source.id)));
        text.push_str(compare::sources(knowledge, cited).trim_start());
        text.push('\n');
    }
    let _ = writeln!(text, "Knowledge {}.", knowledge.text(knowledge.version));
    text
}

fn answers(flow: &Flow<'_>, verbose: bool, page: &mut Page<'_>) {
    let knowledge = flow.knowledge();
    for (title, changes) in phrases::sections(flow) {
        let _ = writeln!(page.text, "## {title}\n");
        let mut dimension: Option<Dimension> = None;
        for change in changes {
            let Some(need) = phrases::need(flow, change.need) else { continue };
            if dimension != Some(need.dimension) {
                dimension = Some(need.dimension);
                let _ = writeln!(page.text, "### {}\n", need.dimension.id());
            }
            let marked = phrases::marked(flow, change, need);
            let (id, marks) = marked.split_once(", ").unwrap_or((&marked, ""));
            let marks = if marks.is_empty() { String::new() } else { format!(", {marks}") };
            let title = escaped(knowledge.text(need.title));
            let _ = writeln!(page.text, "**{title}** (`{id}`{marks}): {}\n", escaped(&change.because));
            for (stand, reply) in [(&flow.transition.before, &change.before), (&flow.transition.after, &change.after)] {
                let (label, fit) = (phrases::label(flow, stand), reply.fit.spoken());
                let how = escaped(&reply.said.how);
                let _ = writeln!(page.text, "- {label}: **{fit}**. {how} {}", sources(page.cited, &reply.said.sources));
            }
            page.text.push('\n');
        }
    }
    let same = phrases::same(flow);
    if verbose && !same.is_empty() {
        let same: Vec<String> = same.iter().map(|id| format!("`{id}`")).collect();
        let _ = writeln!(page.text, "## As good as before\n\n{}\n", same.join(", "));
    }
}

fn works(flow: &Flow<'_>, page: &mut Page<'_>) {
    for (title, works) in phrases::works(flow).into_iter().filter(|(_, works)| !works.is_empty()) {
        let _ = writeln!(page.text, "## {title}\n");
        for work in works {
            let what = escaped(&work.text);
            let _ = writeln!(
                page.text,
                "- {}: {what} {}",
                phrases::built_for(flow, work),
                sources(page.cited, &work.sources)
            );
        }
        page.text.push('\n');
    }
}

fn contradictions(flow: &Flow<'_>, page: &mut Page<'_>) {
    for (title, all) in phrases::contradictions(flow).into_iter().filter(|(_, all)| !all.is_empty()) {
        let _ = writeln!(page.text, "## {title}\n");
        for found in all {
            let because = escaped(&sentences::conflict(flow.knowledge(), found));
            let _ = writeln!(
                page.text,
                "- **{}**: {because} (`{}`). Way out: {} {}",
                found.level.word(),
                found.id,
                escaped(&found.remedy),
                sources(page.cited, &found.sources)
            );
        }
        page.text.push('\n');
    }
}

fn tuned(flow: &Flow<'_>, verbose: bool, page: &mut Page<'_>) {
    let transition = flow.transition;
    let settings = &transition.settings;
    if !settings.changed.is_empty() {
        let _ = writeln!(page.text, "## Settings that change\n\n{}\n", changed(&settings.changed, page.cited));
    }
    let lists = [
        ("Settings that come", &settings.moved.new, &transition.before),
        ("Settings that fall away", &settings.moved.gone, &transition.after),
    ];
    for (title, placed, other) in lists {
        let shown: Vec<&Placed> = placed.iter().filter(|placed| verbose || !placed.setting.constant).collect();
        let left = placed.len() - shown.len();
        if shown.is_empty() && left == 0 {
            continue;
        }
        let _ = writeln!(page.text, "## {title}\n");
        if !shown.is_empty() {
            let _ = writeln!(page.text, "{}\n", self::placed(flow, &shown, other, page.cited));
        }
        if left > 0 {
            let constants = placed.iter().filter(|placed| placed.setting.constant);
            let all: Vec<String> =
                constants.map(|placed| format!("`{}={}`", placed.setting.key, placed.setting.value)).collect();
            let _ = writeln!(page.text, "The same for every workload: {}.\n", all.join(", "));
        }
    }
}

fn changed(settings: &[(Setting, Setting)], cited: &mut BTreeSet<String>) -> String {
    let rows = Scope::ALL.into_iter().flat_map(|scope| settings.iter().filter(move |(_, new)| new.scope == scope));
    let rows = rows.map(|(old, new)| {
        let step = settings::step(old, new);
        vec![new.scope.word().to_owned(), format!("`{step}`"), new.why.clone(), sources(cited, &new.sources)]
    });
    let head = ["scope", "key", "why", "sources"].map(str::to_owned).to_vec();
    table(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
}

fn placed(flow: &Flow<'_>, settings: &[&Placed], other: &Stand, cited: &mut BTreeSet<String>) -> String {
    let rows =
        Scope::ALL.into_iter().flat_map(|scope| settings.iter().filter(move |placed| placed.setting.scope == scope));
    let rows = rows.map(|placed| {
        let setting = &placed.setting;
        let absence = phrases::absence(flow, placed.absence, other);
        let absence = absence.map_or_else(String::new, |absence| format!(" ({absence})"));
        vec![
            setting.scope.word().to_owned(),
            format!("`{}`", setting.key),
            format!("`{}`", setting.value),
            if setting.default.is_empty() { String::new() } else { format!("`{}`", setting.default) },
            format!("{}{absence}", setting.why),
            sources(cited, &setting.sources),
        ]
    });
    let head = ["scope", "key", "value", "default", "why", "sources"].map(str::to_owned).to_vec();
    table(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
}

fn claims(flow: &Flow<'_>, verbose: bool, page: &mut Page<'_>) {
    let claims = &flow.transition.claims;
    if claims.new.is_empty() {
        return;
    }
    let most = if verbose { usize::MAX } else { phrases::CLAIMS };
    page.text.push_str("## To unlearn\n\n");
    for claim in claims.new.iter().take(most) {
        let _ = writeln!(
            page.text,
            "- “{}” (`{}`; {}) {} {}",
            escaped(&claim.claim),
            claim.id,
            phrases::claimed(flow, claim, &flow.transition.after),
            escaped(&claim.truth),
            sources(page.cited, &claim.sources)
        );
    }
    let more = claims.new.len().saturating_sub(most);
    if more > 0 {
        let _ = writeln!(page.text, "- {more} more with `--verbose`");
    }
    page.text.push('\n');
}

fn practices(flow: &Flow<'_>, verbose: bool, page: &mut Page<'_>) {
    let practices = &flow.transition.practices;
    if practices.is_empty() {
        return;
    }
    page.text.push_str("## To learn: how it grows and what it costs\n\n");
    for practice in &practices.new {
        let risk = practice.risk.as_ref().filter(|_| verbose);
        let risk = risk.map_or_else(String::new, |risk| format!(" *{}*", escaped(risk)));
        let (title, how) = (escaped(&practice.title), escaped(&practice.how));
        let _ = writeln!(
            page.text,
            "- **{title}** (`{}`): {how}{risk} {}",
            practice.id,
            sources(page.cited, &practice.sources)
        );
    }
    let gone: Vec<String> = practices.gone.iter().map(|practice| escaped(&practice.title)).collect();
    if !gone.is_empty() {
        let _ = writeln!(page.text, "- no longer as before: {}", gone.join("; "));
    }
    page.text.push('\n');
}
