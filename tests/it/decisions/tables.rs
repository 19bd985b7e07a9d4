//! The tables of `docs/accuracy.md`; the first of them is also what the tests print.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use brokerfit::engine::{Strength, Verdict};

use super::ablation::EFFECTS;
use super::case::{Asked, CASES, Case, Label, said};
use super::curve::{self, CONDITIONS, condition, point};
use super::disagreement::is_other_option;
use super::figures::{Rate, Tally, is_decided, is_disputed, is_either, tally};
use crate::support::KNOWLEDGE;

/// So many needs are shown by what rests on them.
const SHOWN_NEEDS: usize = 10;

fn counted(among: impl Fn(&Case) -> bool) -> usize {
    CASES.iter().filter(|case| among(case)).count()
}

/// A verdict in a few words: `rabbitmq/quorum, leaning`.
pub(super) fn shown(verdict: &Verdict) -> String {
    let Label::One(_) = said(verdict) else { return said(verdict).word().to_owned() };
    let strength = verdict.strength.map_or("", Strength::word);
    format!("{}, {strength}", option(verdict))
}

/// The option that a verdict names, with the second of a pair.
fn option(verdict: &Verdict) -> String {
    let Some(leader) = verdict.leader else { return said(verdict).word().to_owned() };
    let beside = leader.beside.map(|second| format!(" with {}", KNOWLEDGE.option_name(second))).unwrap_or_default();
    format!("{}{beside}", KNOWLEDGE.option_name(leader.option))
}

/// How often verdicts are what labellers say.
pub(super) fn agreement() -> String {
    let mut table = String::from(
        "| cases | asked | agree | rate | 95 % interval | clear | clear and wrong |\n|---|---|---|---|---|---|---|\n",
    );
    let mut rows = |name: &str, among: &dyn Fn(&Case) -> bool| {
        for asked in Asked::ALL {
            let Tally { right, clear, clear_wrong } = tally(asked, among);
            let _ = writeln!(
                table,
                "| {name} | {} | {} | {} | {} | {} ({}) | {} |",
                asked.word(),
                right.plain(),
                right.percent(),
                right.spread(),
                clear.count,
                clear.percent(),
                clear_wrong.count
            );
        }
    };
    rows("both labellers decide, and alike", &Case::is_agreed);
    rows("all that are decided", &is_decided);
    table
}

/// How firm the verdicts are where labellers decide, and where they do not.
pub(super) fn firmness() -> String {
    let mut table = String::from(
        "| strength | asked | decided | of them right | `either` | disputed |\n|---|---|---|---|---|---|\n",
    );
    for strength in [Some(Strength::Clear), Some(Strength::Leaning), Some(Strength::TossUp), None] {
        for asked in Asked::ALL {
            let firm = |case: &Case| case.verdict(asked).strength == strength;
            let decided = tally(asked, |case| is_decided(case) && firm(case)).right;
            let either = counted(|case| is_either(case) && firm(case));
            let disputed = counted(|case| is_disputed(case) && firm(case));
            if decided.of + either + disputed == 0 {
                continue;
            }
            let word = strength.map_or("both or neither", Strength::word);
            let _ = writeln!(
                table,
                "| {word} | {} | {} | {} ({}) | {either} | {disputed} |",
                asked.word(),
                decided.of,
                decided.count,
                decided.percent()
            );
        }
    }
    table
}

/// What the two labellers say of the cases that count as `either`, and what a clear verdict on them says.
pub(super) fn either() -> String {
    let mut table = String::from(
        "| of the `either` cases | cases | clear as stated | clear, pattern withheld |\n|---|---|---|---|\n",
    );
    let decider = |case: &Case| [case.informed, case.blind].into_iter().find(|label| label.decides());
    let one = |case: &Case| matches!(decider(case), Some(Label::One(_)));
    let mut row = |name: &str, among: &dyn Fn(&Case) -> bool, agrees: Option<bool>| {
        let clear = |asked| {
            counted(|case| {
                let verdict = case.verdict(asked);
                let fits = |wanted| decider(case).is_some_and(|label| label.agrees(verdict)) == wanted;
                is_either(case) && among(case) && super::case::is_clear(verdict) && agrees.is_none_or(fits)
            })
        };
        let cases =
            if agrees == Some(false) { String::new() } else { counted(|c| is_either(c) && among(c)).to_string() };
        let [stated, withheld] = Asked::ALL.map(clear);
        let _ = writeln!(table, "| {name} | {cases} | {stated} | {withheld} |");
    };
    row("both labellers say `either`", &|case| decider(case).is_none(), None);
    row("one of them names a broker, and the verdict says the same", &one, Some(true));
    row("… and the verdict says the other", &one, Some(false));
    row("one of them says both or neither", &|case| decider(case).is_some() && !one(case), None);
    table
}

/// Other thresholds: how many decided cases would be clear, how many of those wrong, how many `either` cases clear.
pub(super) fn thresholds(asked: Asked) -> String {
    let mut table = String::from("| lead at least |");
    for share in curve::shares() {
        let _ = write!(table, " share ≥ {share:.2} |");
    }
    let _ = writeln!(table, "\n|---|{}", "---|".repeat(curve::shares().len()));
    for lead in curve::leads() {
        let _ = write!(table, "| {lead:.2} |");
        for share in curve::shares() {
            let point = point(asked, share, lead);
            let text = format!("{} · {} · {}", point.clear, point.wrong, point.either);
            let text = if curve::is_today(share, lead) { format!("**{text}**") } else { text };
            let _ = write!(table, " {text} |");
        }
        table.push('\n');
    }
    table
}

/// What keeps verdicts from being clear.
pub(super) fn held_back() -> String {
    let mut table = String::from(
        "| held back by | decided, right | decided, wrong | `either` | by this alone: right | wrong | `either` |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for what in CONDITIONS {
        let count = |alone: bool, among: &dyn Fn(&Case) -> bool| {
            counted(|case| {
                let held = &case.verdict(Asked::AsStated).held_back;
                among(case) && held.contains(&what) && (!alone || held.len() == 1)
            })
        };
        let right = |case: &Case| is_decided(case) && case.consensus.agrees(case.verdict(Asked::AsStated));
        let wrong = |case: &Case| is_decided(case) && !case.consensus.agrees(case.verdict(Asked::AsStated));
        let counts = [false, true].map(|alone| [count(alone, &right), count(alone, &wrong), count(alone, &is_either)]);
        if counts[0] == [0; 3] {
            continue;
        }
        let cells: Vec<String> = counts.iter().flatten().map(ToString::to_string).collect();
        let _ = writeln!(table, "| {} | {} |", condition(what), cells.join(" | "));
    }
    table
}

/// The same figures for each group of cases.
pub(super) fn by(title: &str, group: impl Fn(&Case) -> &str) -> String {
    let mut table = format!(
        "| {title} | decided | agree | pattern withheld | clear | pattern withheld | `either` | clear |\n\
         |---|---|---|---|---|---|---|---|\n"
    );
    let groups: BTreeSet<&str> = CASES.iter().map(&group).collect();
    for name in groups {
        let [stated, withheld] = Asked::ALL.map(|asked| tally(asked, |case| is_decided(case) && group(case) == name));
        let either = tally(Asked::AsStated, |case| is_either(case) && group(case) == name);
        if stated.right.of + either.right.of == 0 {
            continue;
        }
        let cell = |rate: Rate| if rate.of == 0 { "–".to_owned() } else { rate.count.to_string() };
        let _ = writeln!(
            table,
            "| {name} | {} | {} | {} | {} | {} | {} | {} |",
            stated.right.of,
            cell(stated.right),
            cell(withheld.right),
            cell(stated.clear),
            cell(withheld.clear),
            either.right.of,
            cell(either.clear)
        );
    }
    table
}

/// What was chosen, and what the verdict says.
pub(super) fn chosen() -> String {
    let kind = |case: &Case| case.chosen.split('/').next().unwrap_or_default().to_owned();
    let said: BTreeSet<Label> = CASES.iter().map(|case| said(case.verdict(Asked::AsStated))).collect();
    let mut table = String::from("| chosen | cases |");
    for label in &said {
        let _ = write!(table, " verdict {} |", label.word());
    }
    let _ = writeln!(table, "\n|---|---|{}", "---|".repeat(said.len()));
    let kinds: BTreeSet<String> = CASES.iter().map(kind).collect();
    for chosen in kinds {
        let _ = write!(table, "| {chosen} | {} |", counted(|case| kind(case) == chosen));
        for label in &said {
            let count = counted(|case| kind(case) == chosen && label.agrees(case.verdict(Asked::AsStated)));
            let _ = write!(table, " {count} |");
        }
        table.push('\n');
    }
    table
}

/// Cases in which the broker agrees and the option does not, as a list, and how often it does.
pub(super) fn options() -> (Rate, String) {
    let mut table = String::from("| case | labeller | verdict as stated |\n|---|---|---|\n");
    for case in CASES.iter().filter(|case| is_other_option(case)) {
        let expected = case.option.map_or("", |option| KNOWLEDGE.option_name(option));
        let _ = writeln!(table, "| `{}` | {expected} | {} |", case.name(), shown(case.verdict(Asked::AsStated)));
    }
    let agreed =
        |case: &Case| is_decided(case) && case.option.is_some() && case.consensus.agrees(case.verdict(Asked::AsStated));
    let rate = Rate { count: counted(|case| agreed(case) && !is_other_option(case)), of: counted(agreed) };
    (rate, table)
}

/// Cases on which labellers decide differently.
pub(super) fn disputed() -> String {
    let mut table = String::from(
        "| case | who knew the outcome | who did not | verdict as stated | pattern withheld |\n|---|---|---|---|---|\n",
    );
    for case in CASES.iter().filter(|case| is_disputed(case)) {
        let [stated, withheld] = Asked::ALL.map(|asked| shown(case.verdict(asked)));
        let (informed, blind) = (case.informed.word(), case.blind.word());
        let _ = writeln!(table, "| `{}` | {informed} | {blind} | {stated} | {withheld} |", case.name());
    }
    table
}

/// The needs on which most verdicts rest.
pub(super) fn needs() -> String {
    let mut table = String::from(
        "| need | decided cases that have it | other broker without it | pattern withheld | right only with it | right \
         only without it | sources | whose |\n|---|---|---|---|---|---|---|---|\n",
    );
    for effect in EFFECTS.iter().filter(|effect| effect.size() > 0).take(SHOWN_NEEDS) {
        let [stated, withheld] = &effect.changes;
        let whose: Vec<&str> = effect.affiliations().into_iter().collect();
        let _ = writeln!(
            table,
            "| `{}` | {} | {} | {} | {} | {} | {} | {} |",
            effect.id(),
            effect.exists,
            stated.len(),
            withheld.len(),
            effect.helps,
            effect.harms,
            effect.sources.len(),
            whose.join(", ")
        );
    }
    table
}
