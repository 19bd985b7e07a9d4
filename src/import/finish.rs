//! From what was gathered to drafts: every fact is one that a profile reads, every name is a flow's and its own, every line is
//! one line, and what is too much is said and left out.

use std::collections::BTreeSet;

use super::sheet::{Gathered, Sheet};
use super::words::{counted, short, slug};
use super::{Draft, Found, Open};
use crate::diagnostic::Severity;
use crate::knowledge::KnowledgeBase;
use crate::profile::{Profile, set_facts};

/// So many flows are drafted of one file: nobody reads more, and whoever has more has flows of one kind.
const MOST: usize = 200;
/// The longest comment.
const LINE: usize = 300;

/// The drafts of what was gathered.
pub(super) fn drafts(knowledge: &KnowledgeBase<'_>, gathered: Gathered) -> Vec<Draft> {
    let Gathered { sheets, left_out } = gathered;
    let more = sheets.len().saturating_sub(MOST);
    let mut names = BTreeSet::new();
    let mut drafts: Vec<Draft> = Vec::new();
    for sheet in sheets.into_iter().take(MOST) {
        let name = name(&sheet, &mut names);
        drafts.push(draft(knowledge, sheet, name));
    }
    if let Some(first) = drafts.first_mut() {
        let mut lines = left_out;
        if more > 0 {
            lines.push(format!("left out: {} beyond the first {MOST}", counted(more, "further flow")));
        }
        first.about.extend(lines.iter().map(|line| short(line, LINE)));
    }
    drafts
}

/// A name that no flow has yet: its own, with where it stands, with a number.
fn name(sheet: &Sheet, names: &mut BTreeSet<String>) -> String {
    let own = slug(&sheet.name).unwrap_or_else(|| "flow".to_owned());
    let placed = sheet.within.as_deref().and_then(slug).map(|within| format!("{within}-{own}"));
    let numbered = (2_u32..).map(|number| format!("{own}-{number}"));
    let mut candidates = std::iter::once(own.clone()).chain(placed).chain(numbered);
    let name = candidates.find(|name| !names.contains(name)).unwrap_or(own);
    names.insert(name.clone());
    name
}

fn draft(knowledge: &KnowledgeBase<'_>, sheet: Sheet, name: String) -> Draft {
    let (mut found, unread) = readable(knowledge, sheet.found);
    let mut open: Vec<Open> = unread.into_iter().chain(sheet.open).collect();
    let known = |fact: &str, found: &[Found]| found.iter().any(|it| it.fact == fact);
    open.retain(|open| knowledge.find_fact(&open.fact).is_some() && !known(&open.fact, &found));
    let mut asked = BTreeSet::new();
    open.retain(|open| asked.insert(open.fact.clone()));
    for line in found.iter_mut().map(|found| &mut found.from).chain(open.iter_mut().map(|open| &mut open.why)) {
        *line = short(line, LINE);
    }
    let about = sheet.about.iter().map(|line| short(line, LINE)).collect();
    let option = sheet.option.filter(|option| knowledge.find_option(None, option).is_some());
    Draft { name, about, found, open, option }
}

/// The facts that a profile reads, and the others as questions.
fn readable(knowledge: &KnowledgeBase<'_>, found: Vec<Found>) -> (Vec<Found>, Vec<Open>) {
    let mut profile = Profile::named("draft");
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for one in found {
        let setting = format!("{}={}", one.fact, one.value);
        let wrong = set_facts(knowledge, &mut profile, &[setting]);
        if wrong.iter().all(|diagnostic| diagnostic.severity < Severity::Error) {
            good.push(one);
        } else {
            let why = format!("{} says `{}`, which is no value of it", one.from, short(&one.value, LINE));
            bad.push(Open { fact: one.fact, why });
        }
    }
    (good, bad)
}
