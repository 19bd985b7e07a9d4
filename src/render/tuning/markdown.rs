//! `--format markdown` of `tune`: the same as a document, with the sources as links at its end.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Flow, Tuned, clients, phrases};
use crate::knowledge::{AmountOf, Applier, PracticeKind};
use crate::render::Report;
use crate::render::human::practices;
use crate::render::markdown::{capital, escaped, sources, table};
use crate::sizing::Sizing;

/// One flow; what it cites is added to what was cited before.
pub fn flow(flow: &Flow<'_>, cited: &mut BTreeSet<String>) -> String {
    let mut text = format!("# {}\n\n", escaped(&flow.advice.profile.name));
    let Some(tuned) = flow.tuned else {
        let _ = writeln!(text, "{}.\n", capital(phrases::NOTHING));
        return text;
    };
    cited.extend(tuned.cited().into_iter().cloned());
    let _ = writeln!(text, "**{}**\n", escaped(&phrases::title(flow, tuned)));
    for sentence in phrases::standing(flow, tuned) {
        let _ = writeln!(text, "{}.\n", capital(&escaped(&sentence)));
    }
    if let Some(found) = &tuned.sizing {
        sizing(found, &mut text);
    }
    grown(tuned, &mut text);
    for applier in Applier::ALL {
        settings(flow, tuned, applier, &mut text);
    }
    clients::section(&tuned.clients, &mut text);
    text
}

/// What stands after the flows: the sources that they cite, and on what everything rests.
pub fn end(report: &Report<'_>, cited: &BTreeSet<String>) -> String {
    sources(report, cited)
}

fn links(ids: &[String]) -> String {
    let links: Vec<String> = ids.iter().map(|id| format!("[{id}]")).collect();
    if links.is_empty() { String::new() } else { format!(" ({})", links.join(", ")) }
}

fn assumed(text: Option<&String>) -> String {
    text.map_or_else(String::new, |text| format!(" *Assumed: {}*", escaped(text)))
}

fn sizing(sizing: &Sizing, text: &mut String) {
    let _ = writeln!(text, "## Sizing: {}\n", phrases::nodes(sizing, sizing.nodes));
    let _ = writeln!(text, "**{}.**\n", capital(&escaped(&phrases::binding(sizing))));
    for sentence in phrases::room(sizing).into_iter().chain(phrases::spans(sizing)) {
        let _ = writeln!(text, "- {}.", capital(&escaped(&sentence)));
    }
    let _ = writeln!(text, "- {}{}", escaped(&sizing.why), links(&sizing.sources));
    for remark in &sizing.remarks {
        let _ = writeln!(text, "- Mind: {}{}", escaped(&remark.text), links(&remark.sources));
    }
    let _ = writeln!(text, "\n{}\n", table(&phrases::resource_rows(sizing)));
    for it in &sizing.resources {
        let most = it.most.as_ref().filter(|most| most.formula != it.supply.formula);
        let most = most.map_or_else(String::new, |most| format!("; at the utmost {}", escaped(&phrases::worked(most))));
        let _ = writeln!(
            text,
            "- **{}**: {}{} Takes {}; gives {}{most}.{}",
            it.title,
            escaped(&it.why),
            assumed(it.assumed.as_ref()),
            escaped(&phrases::worked(&it.demand)),
            escaped(&phrases::worked(&it.supply)),
            links(&it.sources)
        );
    }
    for it in &sizing.floors {
        let why = escaped(&it.why);
        let _ = writeln!(text, "- **{}**: {why}{}{}", it.title, assumed(it.assumed.as_ref()), links(&it.sources));
    }
    let _ = writeln!(text, "\n### Growth\n\n{}.\n", capital(&phrases::growth(sizing)));
    let rows = phrases::growth_rows(sizing);
    if !rows.is_empty() {
        let _ = writeln!(text, "{}\n", table(&rows));
    }
    for of in AmountOf::ALL {
        amounts(sizing, of, text);
    }
    if !sizing.doubts.is_empty() {
        text.push_str("### Not known, and it moves the number\n\n");
        for it in &sizing.doubts {
            let _ = writeln!(text, "- {}", phrases::doubt(sizing, it));
        }
        text.push('\n');
    }
}

fn amounts(sizing: &Sizing, of: AmountOf, text: &mut String) {
    let of_kind: Vec<_> = sizing.amounts.iter().filter(|it| it.of == of).collect();
    if of_kind.is_empty() {
        return;
    }
    let _ = writeln!(text, "### {}\n", phrases::amounts(of));
    for it in of_kind {
        let (why, assumed) = (escaped(&it.why), assumed(it.assumed.as_ref()));
        let _ = writeln!(text, "- **{}**: {}. {why}{assumed}{}", it.title, it.value.shown, links(&it.sources));
    }
    text.push('\n');
}

fn grown(tuned: &Tuned, text: &mut String) {
    for kind in PracticeKind::ALL {
        let of_kind: Vec<_> = tuned.practices.iter().filter(|it| it.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let _ = writeln!(text, "## {}\n", practices::title(kind));
        for it in of_kind {
            let risk = it.risk.as_ref().map_or_else(String::new, |risk| format!(" *{}*", escaped(risk)));
            let (title, how) = (escaped(&it.title), escaped(&it.how));
            let _ = writeln!(text, "- **{title}** (`{}`): {how}{risk}{}", it.id, links(&it.sources));
        }
        text.push('\n');
    }
}

fn settings(flow: &Flow<'_>, tuned: &Tuned, applier: Applier, text: &mut String) {
    let head = ["scope", "key", "value", "default", "why", "otherwise", "formula", "sources"].map(str::to_owned);
    let rows = tuned.of(applier).map(|it| {
        let known = flow.known(tuned, it);
        let shown = if it.shown == it.value { String::new() } else { format!(" ({})", it.shown) };
        vec![
            it.scope.word().to_owned(),
            format!("`{}`", it.key),
            format!("`{}`{shown}", it.value),
            phrases::defaults(it, known.as_ref()).trim_start_matches("default ").to_owned(),
            it.why.clone(),
            it.risk.clone().unwrap_or_default(),
            if it.constant { "the same for every workload".to_owned() } else { phrases::formula(it) },
            it.sources.iter().map(|id| format!("[{id}]")).collect::<Vec<_>>().join(", "),
        ]
    });
    let rows: Vec<Vec<String>> = std::iter::once(head.to_vec()).chain(rows).collect();
    if rows.len() > 1 {
        let _ = writeln!(text, "## Settings: {}\n\n{}\n", applier.title().to_lowercase(), table(&rows));
    }
}
