//! Settings for people: keys whose value changes, keys that come, keys that fall away, each by who applies them; what is
//! the same for every workload in a line.

use super::super::human::Layout;
use super::super::paragraph::{wrap, wrap_hanging};
use super::{Flow, phrases};
use crate::advice::Setting;
use crate::knowledge::Scope;
use crate::transition::{Absence, Placed, Stand};

pub(super) fn lines(flow: &Flow<'_>, layout: Layout) -> Vec<String> {
    let transition = flow.transition;
    let (before, after) = (&transition.before, &transition.after);
    let settings = &transition.settings;
    let mut lines = changed(&settings.changed, layout);
    lines.extend(placed(flow, &settings.moved.new, ("Settings that come", before), true, layout));
    let own_broker = settings.moved.gone.iter().any(|placed| placed.absence != Absence::OtherBroker);
    // Of another broker nothing stays, and why its keys were set matters no more.
    let told = own_broker || layout.verbose;
    lines.extend(placed(flow, &settings.moved.gone, ("Settings that fall away", after), told, layout));
    lines
}

fn changed(settings: &[(Setting, Setting)], layout: Layout) -> Vec<String> {
    let mut lines = Vec::new();
    if !settings.is_empty() {
        lines.extend([String::new(), layout.style().strong("Settings that change")]);
    }
    for scope in Scope::ALL {
        let of_scope = settings.iter().filter(|(_, new)| new.scope == scope);
        for (place, (old, new)) in of_scope.enumerate() {
            if place == 0 {
                lines.push(format!("  {}", layout.style().strong(scope.word())));
            }
            lines.extend(wrap_hanging("    ", 6, &step(old, new), layout.width));
            lines.extend(why(new, 6, layout));
        }
    }
    lines
}

/// `linger.ms = 5 → 20 (20ms); default 0 → 5`.
pub(super) fn step(old: &Setting, new: &Setting) -> String {
    let value = match (old.value == new.value, new.shown == new.value) {
        (true, _) => format!("{} as before", new.value),
        (false, true) => format!("{} → {}", old.value, new.value),
        (false, false) => format!("{} → {} ({} → {})", old.value, new.value, old.shown, new.shown),
    };
    let default = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
    // What the operating system does by itself is no change of the broker's.
    let defaults = if old.default == new.default || new.scope == Scope::Os {
        String::new()
    } else {
        format!("; the default was {}, and is {}", default(&old.default), default(&new.default))
    };
    format!("{} = {value}{defaults}", new.key)
}

fn placed(
    flow: &Flow<'_>,
    settings: &[Placed],
    (title, other): (&str, &Stand),
    told: bool,
    layout: Layout,
) -> Vec<String> {
    let mut lines = Vec::new();
    if !settings.is_empty() {
        lines.extend([String::new(), layout.style().strong(title)]);
    }
    for scope in Scope::ALL {
        let full = |placed: &&Placed| told && (!placed.setting.constant || layout.verbose);
        let of_scope: Vec<&Placed> = settings.iter().filter(|placed| placed.setting.scope == scope).collect();
        let (full, short): (Vec<&Placed>, Vec<&Placed>) = of_scope.into_iter().partition(full);
        if !full.is_empty() {
            lines.push(format!("  {}", layout.style().strong(scope.word())));
        }
        for placed in full {
            lines.extend(one(flow, placed, other, layout));
        }
        let short: Vec<String> =
            short.iter().map(|placed| format!("{}={}", placed.setting.key, placed.setting.value)).collect();
        if !short.is_empty() {
            let what = if told { ", the same for every workload" } else { "" };
            let text = format!("{}{what}: {}", scope.word(), short.join(", "));
            lines.extend(wrap_hanging("  ", 4, &text, layout.width));
        }
    }
    lines
}

fn one(flow: &Flow<'_>, placed: &Placed, other: &Stand, layout: Layout) -> Vec<String> {
    let setting = &placed.setting;
    let shown = if setting.shown == setting.value { String::new() } else { format!(" ({})", setting.shown) };
    let default = match setting.default.as_str() {
        "" => String::new(),
        default if default == setting.value => "; the default".to_owned(),
        default => format!("; default {default}"),
    };
    let absence =
        phrases::absence(flow, placed.absence, other).map_or_else(String::new, |absence| format!("; {absence}"));
    let head = format!("{} = {}{shown}{default}{absence}", setting.key, setting.value);
    let mut lines = wrap_hanging("    ", 6, &head, layout.width);
    lines.extend(why(setting, 6, layout));
    lines
}

/// Why, on whose word and, where everything is wanted, what happens otherwise.
fn why(setting: &Setting, indent: usize, layout: Layout) -> Vec<String> {
    let blanks = " ".repeat(indent);
    let mut lines = wrap(&blanks, &format!("{} [{}]", setting.why, setting.sources.join(", ")), layout.width);
    if let Some(risk) = setting.risk.as_ref().filter(|_| layout.verbose) {
        lines.extend(wrap_hanging(&format!("{blanks}otherwise: "), indent + 2, risk, layout.width));
    }
    lines
}
