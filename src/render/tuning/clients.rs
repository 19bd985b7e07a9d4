//! What client libraries are told, in each format: first those whose languages the profile states, the others in a line.
//! Where it states none of them, all are shown.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::clients::{Absent, ClientSetting, ClientSettings};
use crate::render::human::Layout;
use crate::render::markdown::{escaped, table};
use crate::render::paragraph::{wrap, wrap_hanging};

/// The heading of the section.
const TITLE: &str = "Client libraries";

/// The clients that are shown in full, and those that are only named.
fn parted(clients: &[ClientSettings]) -> (Vec<&ClientSettings>, Vec<&ClientSettings>) {
    let any = clients.iter().any(|client| client.stated);
    clients.iter().partition(|client| client.stated || !any)
}

/// A client with its line, as a heading.
fn title(client: &ClientSettings) -> String {
    format!("{} {}", client.title, client.version)
}

/// What a client is told, as it is written there: a property with its value, or a call.
fn written(setting: &ClientSetting) -> String {
    match &setting.code {
        Some(code) => code.clone(),
        None => format!("{} = {}", setting.name, setting.value),
    }
}

/// The value for people, the key that it follows from where that has another name, and what the client would do else.
fn beside(setting: &ClientSetting) -> String {
    let mut parts = Vec::new();
    if setting.shown != setting.value && setting.shown.to_lowercase() != setting.value.to_lowercase() {
        parts.push(setting.shown.clone());
    }
    if let Some(key) = setting.from.as_ref().filter(|key| **key != setting.name) {
        parts.push(format!("for {key}"));
    }
    if let Some(held) = &setting.held {
        parts.push(format!("held by {held}"));
    }
    let default = if setting.default.is_empty() { "none" } else { &setting.default };
    let kept = if setting.default == setting.value { ", kept" } else { "" };
    parts.push(format!("default {default}{kept}"));
    if let Some(since) = &setting.since {
        parts.push(format!("from {since} on"));
    }
    parts.join("; ")
}

/// The clients that are only named, in one sentence; nothing where all are shown.
fn others(clients: &[&ClientSettings]) -> Option<String> {
    let titles: Vec<String> = clients.iter().map(|client| title(client)).collect();
    (!titles.is_empty()).then(|| {
        format!(
            "Also known: {}. The profile names none of their languages; `--format json` says what each is told.",
            titles.join(", ")
        )
    })
}

/// The section for people.
pub(super) fn lines(clients: &[ClientSettings], layout: Layout) -> Vec<String> {
    if clients.is_empty() {
        return Vec::new();
    }
    let style = layout.style();
    let mut lines = vec![String::new(), style.strong(TITLE)];
    let (full, named) = parted(clients);
    for client in full {
        lines.push(format!("  {}", style.strong(&title(client))));
        lines.extend(wrap("    ", &client.about, layout.width));
        for (scope, settings) in client.scopes().into_iter().filter(|(_, settings)| !settings.is_empty()) {
            lines.push(format!("    {}", style.strong(scope.word())));
            lines.extend(settings.iter().flat_map(|setting| one(setting, layout)));
        }
        if !client.absent.is_empty() {
            lines.push(format!("    {}", style.strong("not there")));
        }
        for Absent { key, instead, .. } in &client.absent {
            lines.extend(wrap_hanging("      ", 8, &format!("{key}: {instead}"), layout.width));
        }
    }
    lines.extend(others(&named).into_iter().flat_map(|text| wrap("  ", &text, layout.width)));
    lines
}

fn one(setting: &ClientSetting, layout: Layout) -> Vec<String> {
    let faint = |text: &str| {
        let told = wrap("        ", text, layout.width);
        told.iter().map(|line| layout.style().faint(line)).collect::<Vec<_>>()
    };
    let mut lines = wrap_hanging("      ", 8, &written(setting), layout.width);
    lines.extend(faint(&beside(setting)));
    // Why a key is set stands with the key; what only this client needs is said here.
    if setting.from.is_none() {
        let why = format!("{} [{}]", setting.why, setting.sources.join(", "));
        lines.extend(wrap("        ", &why, layout.width));
        lines.extend(setting.risk.iter().flat_map(|risk| wrap_hanging("        otherwise: ", 10, risk, layout.width)));
    }
    lines.extend(setting.note.iter().flat_map(|note| wrap("        ", note, layout.width)));
    lines
}

/// The clients for programs: all of them in full.
pub(super) fn values(clients: &[ClientSettings]) -> Vec<Value> {
    clients.iter().map(value).collect()
}

fn value(client: &ClientSettings) -> Value {
    let settings = client.scopes().into_iter().flat_map(|(scope, settings)| {
        settings.iter().map(move |it| {
            json!({
                "scope": scope.word(),
                "name": it.name,
                "code": it.code,
                "value": it.value,
                "shown": it.shown,
                "default": it.default,
                "from": it.from,
                "held_by": it.held,
                "since": it.since,
                "formula": it.formula,
                "why": it.why,
                "risk": it.risk,
                "note": it.note,
                "sources": it.sources,
            })
        })
    });
    let absent = client
        .absent
        .iter()
        .map(|it| json!({ "scope": it.scope.word(), "key": it.key, "instead": it.instead, "sources": it.sources }));
    json!({
        "client": client.client,
        "title": client.title,
        "about": client.about,
        "package": client.package,
        "version": client.version,
        "form": client.form.word(),
        "languages": client.languages,
        "stated": client.stated,
        "settings": settings.collect::<Vec<_>>(),
        "absent": absent.collect::<Vec<_>>(),
        "sources": client.sources,
    })
}

/// The section of a document.
pub(super) fn section(clients: &[ClientSettings], text: &mut String) {
    if clients.is_empty() {
        return;
    }
    let _ = writeln!(text, "## {TITLE}\n");
    let (full, named) = parted(clients);
    for client in full {
        let links: Vec<String> = client.sources.iter().map(|id| format!("[{id}]")).collect();
        let _ =
            writeln!(text, "### {}\n\n{} ({})\n", escaped(&title(client)), escaped(&client.about), links.join(", "));
        let _ = writeln!(text, "{}\n", table(&rows(client)));
        for Absent { key, instead, .. } in &client.absent {
            let _ = writeln!(text, "- `{key}` is not there: {}", escaped(instead));
        }
        if !client.absent.is_empty() {
            text.push('\n');
        }
    }
    if let Some(others) = others(&named) {
        let _ = writeln!(text, "{}\n", escaped(&others));
    }
}

fn rows(client: &ClientSettings) -> Vec<Vec<String>> {
    let mut rows = vec![["scope", "setting", "beside it", "note", "sources"].map(str::to_owned).to_vec()];
    for (scope, settings) in client.scopes() {
        rows.extend(settings.iter().map(|it| {
            let why = Some(&it.why).filter(|_| it.from.is_none());
            let said: Vec<String> = why.into_iter().chain(&it.note).cloned().collect();
            let sources = it.sources.iter().map(|id| format!("[{id}]")).collect::<Vec<_>>().join(", ");
            vec![scope.word().to_owned(), format!("`{}`", written(it)), beside(it), said.join(" "), sources]
        }));
    }
    rows
}

/// The ids of all sources on which any of it rests.
pub(super) fn cited(clients: &[ClientSettings]) -> impl Iterator<Item = &String> {
    clients.iter().flat_map(|client| {
        let settings = client.scopes().into_iter().flat_map(|(_, settings)| settings).flat_map(|it| &it.sources);
        let absent = client.absent.iter().flat_map(|it| &it.sources);
        client.sources.iter().chain(settings).chain(absent)
    })
}
