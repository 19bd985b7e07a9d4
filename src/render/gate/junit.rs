//! `--format junit`: a suite for each file, a test case for each flow in it and for the file itself, as Jenkins and GitLab
//! read them: of one case they show one failure, so it holds every finding that refuses. What would refuse and is waived
//! or known makes a case skipped; everything else is the case's output.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::located::{Columns, Found, Located, Of};
use super::{GateReport, phrases};
use crate::gate::{Finding, Shown, Standing};

/// For test reports.
pub(super) fn render(report: &GateReport<'_>) -> std::io::Result<String> {
    let located = Located::new(report, Columns::Characters);
    let suites = suites(&located);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all: Vec<&Case> = suites.iter().flat_map(|suite| &suite.cases).collect();
    let root = writer.create_element("testsuites").with_attribute(("name", "brokerfit check"));
    let root = root.with_attribute(("tests", all.len().to_string().as_str()));
    let root = root.with_attribute(("failures", count(all, is_failure).as_str()));
    root.with_attribute(("errors", "0"))
        .write_inner_content(|writer| suites.iter().try_for_each(|suite| write_suite(writer, suite)))?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(std::io::Error::other)
}

/// A file with its cases.
struct Suite {
    name: String,
    cases: Vec<Case>,
}

/// A flow, or the file itself.
struct Case {
    name: String,
    outcome: Outcome,
    /// What does not decide the outcome.
    output: String,
}

enum Outcome {
    Passed,
    /// With the ids and everything that refuses.
    Failed {
        kind: String,
        message: String,
        text: String,
    },
    /// With why it does not fail.
    Skipped(String),
}

fn is_failure(case: &Case) -> bool {
    matches!(case.outcome, Outcome::Failed { .. })
}

fn count<'c>(cases: impl IntoIterator<Item = &'c Case>, which: fn(&Case) -> bool) -> String {
    cases.into_iter().filter(|case| which(case)).count().to_string()
}

/// Files in the order of the run's sources; flows that stand in none come first.
fn suites(located: &Located<'_>) -> Vec<Suite> {
    let mut subjects: Vec<Of<'_>> = located.subjects().collect();
    subjects.sort_by_key(|of| of.source());
    let mut suites = Vec::new();
    for of_source in subjects.chunk_by(|left, right| left.source() == right.source()) {
        let shown = of_source.first().and_then(|of| located.shown(of.source()?));
        let name = shown.map_or("flows of the call", Shown::text);
        let cases = of_source.iter().map(|of| case(located, *of)).collect();
        suites.push(Suite { name: phrases::one_line(name), cases });
    }
    suites
}

fn case(located: &Located<'_>, of: Of<'_>) -> Case {
    let name = match of {
        Of::Flow(flow) => flow.profile.name.as_str(),
        Of::File(file) => file.kind,
    };
    let file = of.source().and_then(|source| located.shown(source)).map_or("", Shown::text);
    let refuses = |found: &Found<'_>| of.fail_on().refuses(found.finding.level);
    let found = || of.findings().iter().map(|finding| Found { of, finding });
    let failing: Vec<Found<'_>> = found().filter(|it| it.finding.counts() && refuses(it)).collect();
    let aside: Vec<Found<'_>> = found().filter(|it| !it.finding.counts()).collect();
    let mut output: Vec<String> =
        found().filter(|it| it.finding.counts() && !refuses(it)).map(|it| told(located, it)).collect();
    let excuses: Vec<String> = aside.iter().map(|it| excuse(*it, file)).collect();
    let outcome = if let Some(first) = failing.first() {
        let more = failing.len() - 1;
        let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        Outcome::Failed {
            kind: phrases::one_line(&first.finding.full_id()),
            message: format!("{}{more}", phrases::message(*first)),
            text: failing.iter().map(|it| told(located, *it)).collect::<Vec<_>>().join("\n"),
        }
    } else if aside.iter().any(refuses) {
        Outcome::Skipped(excuses.join("\n"))
    } else {
        Outcome::Passed
    };
    if !matches!(outcome, Outcome::Skipped(_)) {
        output.extend(excuses);
    }
    Case { name: phrases::one_line(name), outcome, output: output.join("\n") }
}

/// A finding in a few lines: `error[ruled-out] a.yaml:2:39: …`.
fn told(located: &Located<'_>, found: Found<'_>) -> String {
    let place = located.first(found).or_else(|| located.start(found.of)).map_or_else(String::new, |region| {
        let file = located.shown(region.source).map_or("", Shown::text);
        format!(" {}:{}:{}", phrases::one_line(file), region.start.line, region.start.column)
    });
    let Finding { level, message, help, .. } = found.finding;
    let id = phrases::one_line(&found.finding.full_id());
    let told = format!("{}[{id}]{place}: {}", level.word(), phrases::one_line(message));
    let help = help.iter().map(|help| format!("  help: {}", phrases::one_line(help)));
    std::iter::once(told).chain(help).collect::<Vec<_>>().join("\n")
}

/// Why a finding does not count.
fn excuse(found: Found<'_>, file: &str) -> String {
    let finding = found.finding;
    match (&finding.standing, phrases::waiver(found, file)) {
        (Standing::Waived { .. }, Some(waiver)) => format!("waived: {waiver}"),
        _ => format!("known by the baseline: {}: {}", finding.level.word(), phrases::message(found)),
    }
}

fn write_suite(writer: &mut Writer<Vec<u8>>, suite: &Suite) -> std::io::Result<()> {
    let element = writer.create_element("testsuite").with_attribute(("name", suite.name.as_str()));
    let element = element.with_attribute(("tests", suite.cases.len().to_string().as_str()));
    let element = element.with_attribute(("failures", count(&suite.cases, is_failure).as_str()));
    let skipped = count(&suite.cases, |case| matches!(case.outcome, Outcome::Skipped(_)));
    let element = element.with_attribute(("errors", "0")).with_attribute(("skipped", skipped.as_str()));
    element.write_inner_content(|writer| suite.cases.iter().try_for_each(|case| write_case(writer, suite, case)))?;
    Ok(())
}

fn write_case(writer: &mut Writer<Vec<u8>>, suite: &Suite, case: &Case) -> std::io::Result<()> {
    let element = writer.create_element("testcase").with_attribute(("name", case.name.as_str()));
    let element = element.with_attribute(("classname", suite.name.as_str()));
    if matches!(case.outcome, Outcome::Passed) && case.output.is_empty() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|writer| {
        match &case.outcome {
            Outcome::Passed => {}
            Outcome::Failed { kind, message, text } => {
                let failure = writer.create_element("failure").with_attribute(("type", kind.as_str()));
                failure.with_attribute(("message", message.as_str())).write_text_content(BytesText::new(text))?;
            }
            Outcome::Skipped(why) => {
                // Jenkins reads the attribute, GitLab the text.
                let message = why.replace('\n', "; ");
                let skipped = writer.create_element("skipped").with_attribute(("message", message.as_str()));
                skipped.write_text_content(BytesText::new(why))?;
            }
        }
        if !case.output.is_empty() {
            writer.create_element("system-out").write_text_content(BytesText::new(&case.output))?;
        }
        Ok(())
    })?;
    Ok(())
}
