//! From the texts of a run to its profiles. Takes sources and the knowledge base, gives a profile for each document
//! and everything that is wrong with any of them, in one go.

use super::Profile;
use super::field::Fields;
use super::place::{Place, SET, excerpt};
use super::reader::{MOST, Reader};
use crate::diagnostic::{Diagnostic, Severity, sort};
use crate::knowledge::KnowledgeBase;
use crate::source::{Limits, Source, Span, read};

/// The profiles of a run.
#[derive(Debug, Default)]
pub struct Profiles {
    /// The profiles that have a name, in the order of the sources; to be used only if no problem is an error.
    pub profiles: Vec<Profile>,
    /// What is wrong, and what is worth a note, by place.
    pub problems: Vec<Diagnostic>,
}

impl Profiles {
    /// Something must be repaired before anything is answered.
    pub fn is_refused(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }
}

/// Reads every document of every source.
pub fn read_profiles(knowledge: &KnowledgeBase<'_>, sources: &[Source]) -> Profiles {
    let fields = Fields::of(knowledge);
    let mut all = Profiles::default();
    let mut names = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        let place = Place { text: &source.text, format: source.format, source: Some(index), flag: SET };
        let mut reader = Reader::new(knowledge, &fields, place);
        let problems = read(source, &Limits::default(), &mut |root| {
            if reader.is_full() {
                return;
            }
            if let Some((profile, name)) = reader.document(&root) {
                names.push((index, name));
                all.profiles.push(profile);
            }
        });
        all.problems.extend(problems.into_iter().map(|problem| Diagnostic::from_problem(index, problem)));
        all.problems.append(&mut reader.into_found());
    }
    unique(&all.profiles, &names, &mut all.problems);
    sort(&mut all.problems);
    all
}

/// Two flows of one run may not share a name.
fn unique(profiles: &[Profile], places: &[(usize, Span)], problems: &mut Vec<Diagnostic>) {
    let mut named: Vec<(&str, (usize, Span))> =
        profiles.iter().map(|profile| profile.name.as_str()).zip(places.iter().copied()).collect();
    named.sort_unstable();
    let mut first: Option<(&str, (usize, Span))> = None;
    for (name, (source, span)) in named {
        match first {
            Some((known, (earlier, place))) if known == name => {
                if problems.len() >= MOST {
                    return;
                }
                let message = format!("two flows are named `{}`", excerpt(name));
                problems.push(
                    Diagnostic::error("duplicate-name", message)
                        .at(source, span, "second flow of this name")
                        .also(earlier, place, "first here")
                        .help("give each flow a name of its own"),
                );
            }
            _ => first = Some((name, (source, span))),
        }
    }
}
