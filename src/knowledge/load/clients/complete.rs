//! What must hold of a broker's clients together: each makes exactly one thing of every key that may be advised to
//! clients, and calls no two settings alike without a reason.

use super::super::RuleFile;
use super::super::context::Context;
use super::{Known, SCOPES};
use crate::diagnostic::Diagnostic;
use crate::knowledge::broker::OptionId;
use crate::knowledge::client::{Client, Way};

/// Notes what a client does not say, or says twice.
pub(super) fn check(own: &[Client], known: Known<'_>, file: &RuleFile<'_>, context: &mut Context) {
    for client in own {
        let mut told = None;
        for (key, option) in advised(client, known) {
            let said = client.names.iter().filter(|name| name.key == key && name.speaks(option)).count();
            if said != 1 && told != Some(key) {
                told = Some(key);
                let entry = known.catalogue.get(usize::from(key));
                let key = entry.map_or("", |key| context.texts.get(key.id));
                let scope = entry.map_or("", |key| key.scope.word());
                let client = context.texts.get(client.id);
                let (code, message) = if said == 0 {
                    let message = format!("client `{client}` says nothing of {scope} `{key}`, which may be advised");
                    ("client-key-missing", message)
                } else {
                    ("duplicate-id", format!("client `{client}` names {scope} `{key}` {said} times for one option"))
                };
                let problem = Diagnostic::error(code, message).at(file.index, file.root.span, "in this file");
                context.problems.push(problem.help("name it once in [[same]], [[name]] or [[absent]]"));
            }
        }
        twins(client, known, file, context);
    }
}

/// Every key that a rule may advise to clients, with each option that a client serves.
fn advised(client: &Client, known: Known<'_>) -> Vec<(u16, OptionId)> {
    let mut all: Vec<(u16, OptionId)> = Vec::new();
    for tuning in known.tuning {
        let Some(key) = known.catalogue.get(usize::from(tuning.key)) else { continue };
        if key.broker == client.broker && SCOPES.contains(&key.scope) {
            let options = tuning.options.iter().filter(|option| client.serves(**option));
            all.extend(options.map(|option| (tuning.key, *option)));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// An extra must not have the name that a key has: two values would claim one setting.
fn twins(client: &Client, known: Known<'_>, file: &RuleFile<'_>, context: &mut Context) {
    for extra in &client.extras {
        let same = |name: &&crate::knowledge::client::ClientName| {
            let Some(key) = known.catalogue.get(usize::from(name.key)) else { return false };
            let Way::Named(naming) = &name.way else { return false };
            naming.name == extra.naming.name && key.scope == extra.scope && name.speaks(extra.option)
        };
        if client.names.iter().any(|name| same(&name)) {
            let message = format!("`{}` is a key's name and an extra", context.texts.get(extra.naming.name));
            let problem = Diagnostic::error("duplicate-id", message).at(file.index, file.root.span, "in this file");
            context.problems.push(problem);
        }
    }
}
