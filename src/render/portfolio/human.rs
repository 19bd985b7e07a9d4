//! For people: what is recommended and why, each plan with the flows that it costs something, what a second broker
//! costs, and what flows state differently.

use super::super::Report;
use super::super::human::Layout;
use super::super::paragraph::{wrap, wrap_hanging};
use super::phrases;
use crate::portfolio::{Because, Calls, Plan, Plans, Portfolio};

/// The portfolio, below the flows.
pub fn portfolio(report: &Report<'_>, portfolio: &Portfolio, layout: Layout) -> String {
    let knowledge = report.knowledge;
    let (style, width) = (layout.style(), layout.width);
    let mut lines = vec![String::new(), "═".repeat(width.min(80)), String::new()];
    lines.push(style.strong(&format!("Portfolio: all {} flows together", portfolio.flows.len())));
    lines.push(String::new());
    let headline = phrases::headline(knowledge, portfolio);
    let headline = wrap_hanging("", 2, &headline, width);
    lines.extend(headline.iter().map(|line| style.verdict(portfolio.recommendation.strength, line)));
    lines.extend(wrap("  ", &phrases::because(knowledge, portfolio), width));
    if !portfolio.disagreements.is_empty() {
        lines.extend(wrap("  ", "flows state different things of what they would share, as told below", width));
    }
    for remark in phrases::remarks(portfolio) {
        lines.extend(wrap("  ", &remark, width));
    }
    if portfolio.recommendation.plans != Plans::Neither {
        portfolio.plans.iter().for_each(|plan| lines.extend(self::plan(report, portfolio, plan, layout)));
    }
    lines.extend(unserved(report, portfolio, layout));
    lines.extend(second(report, portfolio, layout));
    if !portfolio.disagreements.is_empty() {
        lines.push(String::new());
        lines.push(style.strong("Stated differently"));
        for found in &portfolio.disagreements {
            lines.extend(wrap("  - ", &phrases::disagreement(knowledge, found), width));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn plan(report: &Report<'_>, portfolio: &Portfolio, plan: &Plan, layout: Layout) -> Vec<String> {
    let (knowledge, width) = (report.knowledge, layout.width);
    let title = phrases::plan_title(knowledge, plan);
    let mut lines = vec![String::new()];
    lines.extend(wrap("", &title, width).iter().map(|line| layout.style().strong(line)));
    lines.extend(wrap("  ", &phrases::plan_counts(portfolio, plan), width));
    if plan.brokers.len() > 1 {
        for broker in &plan.brokers {
            let names = phrases::names(portfolio.going(plan, *broker).map(|flow| flow.name.as_str()));
            let names = if names.is_empty() { "no flow" } else { &names };
            lines.extend(wrap_hanging("  ", 4, &format!("{}: {names}", knowledge.broker_title(*broker)), width));
        }
    }
    let suffering = portfolio.suffering(plan);
    let told = phrases::told(portfolio, layout.verbose);
    for (flow, place) in suffering.iter().take(told) {
        let text = phrases::suffering(knowledge, flow, place, layout.verbose);
        lines.extend(wrap_hanging("  - ", 4, &text, width));
        if phrases::without_builds(suffering.len(), layout.verbose) {
            continue;
        }
        for build in phrases::builds(knowledge, place, layout.verbose) {
            lines.extend(wrap_hanging("    build ", 6, &build, width));
        }
    }
    if let more @ 1.. = suffering.len().saturating_sub(told) {
        lines.extend(wrap("  ", &format!("and {more} more that it costs something; `--verbose` names them"), width));
    }
    if phrases::without_builds(suffering.len(), layout.verbose) {
        lines.extend(wrap("  ", "`--verbose` tells what would have to be built for each", width));
    }
    lines
}

fn unserved(report: &Report<'_>, portfolio: &Portfolio, layout: Layout) -> Vec<String> {
    let flows: Vec<_> = portfolio.calling(Calls::Unserved).collect();
    if flows.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), layout.style().strong("Served by no plan")];
    let told = phrases::told(portfolio, layout.verbose);
    for flow in flows.iter().take(told) {
        lines.extend(wrap_hanging("  - ", 4, &phrases::unserved(report.knowledge, flow), layout.width));
    }
    if let more @ 1.. = flows.len().saturating_sub(told) {
        lines.push(format!("  and {more} more"));
    }
    lines
}

/// What a second broker costs; where it would save nothing, only what is wanted in full.
fn second(report: &Report<'_>, portfolio: &Portfolio, layout: Layout) -> Vec<String> {
    let Some((broker, charges)) = &portfolio.second else { return Vec::new() };
    if portfolio.recommendation.because == Because::AllAtHome && !layout.verbose {
        return Vec::new();
    }
    let knowledge = report.knowledge;
    let title = format!("What {} costs as a second broker", knowledge.broker_title(*broker));
    let mut lines = vec![String::new(), layout.style().strong(&title)];
    for (title, how, sources) in charges.iter().filter_map(|charge| phrases::charge(knowledge, charge)) {
        let sources = if layout.verbose { format!(" [{}]", sources.join(", ")) } else { String::new() };
        lines.extend(wrap_hanging("  - ", 4, &format!("{title}: {how}{sources}"), layout.width));
    }
    lines
}
