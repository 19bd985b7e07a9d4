//! `--format markdown`: several flows together, as a section of the document.

use super::super::Report;
use super::super::markdown::{escaped, table};
use super::phrases;
use crate::portfolio::{Calls, Plan, Plans, Portfolio, Regret};

/// The portfolio, below the flows.
pub fn portfolio(report: &Report<'_>, portfolio: &Portfolio, verbose: bool) -> String {
    let knowledge = report.knowledge;
    let mut parts = vec![format!("# Portfolio: all {} flows together\n", portfolio.flows.len())];
    parts.push(format!("**{}**\n", phrases::headline(knowledge, portfolio)));
    parts.push(format!("{}.\n", sentence(&phrases::because(knowledge, portfolio))));
    parts.extend(phrases::remarks(portfolio).iter().map(|remark| format!("{}.\n", sentence(remark))));
    if portfolio.recommendation.plans != Plans::Neither {
        parts.push(format!("{}\n", table(&rows(report, portfolio))));
        for plan in portfolio.plans.iter().filter(|plan| plan.worst > Regret::None) {
            parts.push(suffering(report, portfolio, plan, verbose));
        }
    }
    let told = phrases::told(portfolio, verbose);
    let unserved: Vec<String> = portfolio
        .calling(Calls::Unserved)
        .take(told)
        .map(|flow| format!("- {}", escaped(&phrases::unserved(knowledge, flow))))
        .collect();
    if !unserved.is_empty() {
        let count = portfolio.calling(Calls::Unserved).count();
        parts.push(format!("## Served by no plan ({count})\n\n{}\n", unserved.join("\n")));
    }
    if let Some((broker, charges)) = &portfolio.second {
        let items: Vec<String> = charges
            .iter()
            .filter_map(|charge| phrases::charge(knowledge, charge))
            .map(|(title, how, sources)| format!("- **{title}**: {} [{}]", escaped(&how), sources.join(", ")))
            .collect();
        let title = format!("What {} costs as a second broker", knowledge.broker_title(*broker));
        parts.push(format!("## {title}\n\n{}\n", items.join("\n")));
    }
    let found: Vec<String> = portfolio
        .disagreements
        .iter()
        .map(|found| format!("- {}", escaped(&phrases::disagreement(knowledge, found))))
        .collect();
    if !found.is_empty() {
        parts.push(format!("## Stated differently\n\n{}\n", found.join("\n")));
    }
    parts.join("\n") + "\n"
}

/// Each plan with its numbers.
fn rows(report: &Report<'_>, portfolio: &Portfolio) -> Vec<Vec<String>> {
    let head = ["plan".to_owned()].into_iter().chain(Regret::ALL.map(|regret| regret.word().to_owned()));
    let head = head.chain(["least score", "most lost"].map(str::to_owned)).collect();
    let row = |plan: &Plan| {
        let counts = Regret::ALL.map(|regret| plan.count(regret).to_string());
        let least = plan.least.map_or_else(String::new, |least| format!("{least:.0}"));
        let numbers = counts.into_iter().chain([least, format!("{:.0}", plan.lost)]);
        [phrases::plan_title(report.knowledge, plan)].into_iter().chain(numbers).collect()
    };
    std::iter::once(head).chain(portfolio.plans.iter().map(row)).collect()
}

fn suffering(report: &Report<'_>, portfolio: &Portfolio, plan: &Plan, verbose: bool) -> String {
    let knowledge = report.knowledge;
    let all = portfolio.suffering(plan);
    let told = phrases::told(portfolio, verbose);
    let mut items = Vec::new();
    for (flow, place) in all.iter().take(told) {
        items.push(format!("- {}", escaped(&phrases::suffering(knowledge, flow, place, verbose))));
        if phrases::without_builds(all.len(), verbose) {
            continue;
        }
        let builds = phrases::builds(knowledge, place, verbose);
        items.extend(builds.iter().map(|build| format!("  - build {}", escaped(build))));
    }
    if let more @ 1.. = all.len().saturating_sub(told) {
        items.push(format!("- and {more} more"));
    }
    format!("## With {}\n\n{}\n", phrases::plan_title(knowledge, plan), items.join("\n"))
}

/// A sentence of its own: a capital first.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let text: String = characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect();
    escaped(&text)
}
