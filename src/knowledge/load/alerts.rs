//! Reads alert rules. An alert is compiled once for each option that it speaks of, in that option's scope, so that its
//! threshold can use the option's own quantities.

use super::brokers::Head;
use super::capabilities::{own_types, quantities_of_options};
use super::context::{Context, RULES};
use super::names::{NameScope, Vocabulary};
use super::{RuleFile, entries};
use crate::expr::{ExprId, Wants};
use crate::knowledge::alert::{AlertRule, RecordingRule, Severity};
use crate::knowledge::broker::{OptionId, Version};
use crate::knowledge::capability::SourceId;
use crate::knowledge::text::{Template, Text};
use crate::knowledge::written::Owner;
use crate::quantity::Unit;
use crate::source::Kind;
use crate::table::{Spanned, Table};

/// Reads `brokers/<broker>/alerts.toml` of every broker: the alerts, and what is computed once for several.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> (Vec<AlertRule>, Vec<RecordingRule>) {
    let (mut alerts, mut recordings) = (Vec::new(), Vec::new());
    for head in heads {
        let path = format!("brokers/{}/alerts.toml", head.id);
        let Some(file) = files.iter().find(|file| file.path == path) else { continue };
        let scopes = quantities_of_options(files, head, vocabulary, context);
        let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut context.problems) else {
            continue;
        };
        // Quantities that several alerts share stand above them and are read with the option's own.
        root.take("quantity");
        for mut table in root.tables("record", "a recording rule", &mut context.problems) {
            recordings.extend(recording(&mut table, head, context));
            table.finish(&mut context.problems);
        }
        for mut table in root.tables("alert", "an alert", &mut context.problems) {
            if let Some(raw) = raw(&mut table, head, context) {
                for (option, quantities) in &scopes {
                    if raw.options.is_empty() || raw.options.contains(option) {
                        let own = own_types(vocabulary, head.id);
                        let mut scope = NameScope { vocabulary, quantities: quantities.clone(), own };
                        alerts.extend(alert(&raw, *option, &mut scope, context));
                    }
                }
            }
            table.finish(&mut context.problems);
        }
        root.finish(&mut context.problems);
    }
    (alerts, recordings)
}

fn recording(table: &mut Table<'_>, head: &Head<'_>, context: &mut Context) -> Option<RecordingRule> {
    let record = table.required("record", &mut context.problems);
    let options = table.texts("options", &mut context.problems);
    let options = head.options(table.file(), &options, context);
    let expr = table.required("expr", &mut context.problems);
    let about = table.required("about", &mut context.problems);
    let broker = head.broker;
    let (record, expr, about) = (record?, expr?, about?);
    Some(RecordingRule {
        broker,
        record: context.text(Some(record)),
        options,
        expr: context.text(Some(expr)),
        about: context.text(Some(about)),
    })
}

/// An alert as written: texts and places, not yet compiled.
struct Raw<'t> {
    file: usize,
    id: Spanned<'t>,
    name: Spanned<'t>,
    options: Vec<OptionId>,
    since: Option<Version>,
    until: Option<Version>,
    when: Option<Spanned<'t>>,
    exporter: Spanned<'t>,
    endpoints: Vec<Text>,
    expr: Spanned<'t>,
    threshold: Spanned<'t>,
    share: bool,
    window: Option<Spanned<'t>>,
    numbers: Vec<(Text, Spanned<'t>)>,
    lasting: Spanned<'t>,
    severity: Severity,
    summary: Spanned<'t>,
    description: Spanned<'t>,
    runbook: Spanned<'t>,
    why: Spanned<'t>,
    sources: Vec<SourceId>,
    fires: Vec<Text>,
    quiet: Vec<Text>,
}

fn raw<'t>(table: &mut Table<'t>, head: &Head<'_>, context: &mut Context) -> Option<Raw<'t>> {
    let file = table.file();
    let id = table.required("id", &mut context.problems);
    let options = table.texts("options", &mut context.problems);
    let severity = table.required("severity", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    if let (true, Some(id)) = (sources.is_empty(), id) {
        let message = format!("alert `{}` names no source", id.text);
        context.problem("alert-unsourced", file, id.span, message, "add `source`");
    }
    let [name, exporter, expr, threshold, lasting, summary, description, runbook, why] =
        ["name", "exporter", "expr", "threshold", "for", "summary", "description", "runbook", "why"]
            .map(|key| table.required(key, &mut context.problems));
    Some(Raw {
        file,
        id: id?,
        name: name?,
        options: head.options(file, &options, context),
        since: context.version(table, "since"),
        until: context.version(table, "until"),
        when: table.text("when", &mut context.problems),
        exporter: exporter?,
        endpoints: texts(table, "endpoint", context),
        expr: expr?,
        threshold: threshold?,
        share: table.flag("share", &mut context.problems),
        window: table.text("window", &mut context.problems),
        numbers: numbers(table, context),
        lasting: lasting?,
        severity: context.word(file, severity, &Severity::ALL, Severity::word)?,
        summary: summary?,
        description: description?,
        runbook: runbook?,
        why: why?,
        sources: context.source_ids(file, &sources),
        fires: texts(table, "fires", context),
        quiet: texts(table, "quiet", context),
    })
}

fn texts(table: &mut Table<'_>, key: &'static str, context: &mut Context) -> Vec<Text> {
    let found = table.texts(key, &mut context.problems);
    found.into_iter().map(|text| context.text(Some(text))).collect()
}

fn numbers<'t>(table: &mut Table<'t>, context: &mut Context) -> Vec<(Text, Spanned<'t>)> {
    let mut found = Vec::new();
    for entry in entries(table.take("numbers")) {
        let Kind::Scalar(scalar) = &entry.value.kind else { continue };
        let name = context.texts.add(&entry.key);
        found.push((name, Spanned { text: &scalar.text, span: entry.value.span, quoted: true }));
    }
    found
}

fn alert(raw: &Raw<'_>, option: OptionId, scope: &mut NameScope<'_>, context: &mut Context) -> Option<AlertRule> {
    context.owner = Owner::of(&[raw.id.text]);
    let when = match raw.when {
        Some(when) => Some(context.condition(raw.file, Some(when), scope)?),
        None => None,
    };
    let mut amount = |text: Spanned<'_>, unit: Option<Unit>, context: &mut Context| -> Option<ExprId> {
        context.expression(raw.file, text, Wants::Number(unit), scope).map(|(id, _)| id)
    };
    let threshold = amount(raw.threshold, None, context);
    let lasting = amount(raw.lasting, Some(Unit::TIME), context);
    let window = raw.window.and_then(|text| amount(text, Some(Unit::TIME), context));
    let mut named = Vec::new();
    for (name, text) in &raw.numbers {
        named.push((*name, amount(*text, None, context)?));
    }
    let mut words = |text: Spanned<'_>| -> Template { context.template(raw.file, Some(text), scope) };
    let [summary, description, runbook, why] = [raw.summary, raw.description, raw.runbook, raw.why].map(&mut words);
    Some(AlertRule {
        id: context.text(Some(raw.id)),
        name: context.text(Some(raw.name)),
        option,
        since: raw.since,
        until: raw.until,
        when,
        exporter: context.text(Some(raw.exporter)),
        endpoints: raw.endpoints.clone(),
        expr: context.text(Some(raw.expr)),
        threshold: threshold?,
        share: raw.share,
        window,
        numbers: named,
        lasting: lasting?,
        severity: raw.severity,
        summary,
        description,
        runbook,
        why,
        sources: raw.sources.clone(),
        fires: raw.fires.clone(),
        quiet: raw.quiet.clone(),
    })
}
