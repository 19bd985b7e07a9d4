//! Survivors that somebody looked at: `survivors.toml` beside the rules says why no case kills them.

use super::hunt::{Fate, Hunted};
use super::mutants::Mutant;
use crate::diagnostic::Diagnostic;
use crate::source::{Limits, Source, Span, read};
use crate::table::{Table, WRITTEN};

/// One survivor, and why it may survive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The mutant's name.
    pub mutant: String,
    /// Why no case kills it.
    pub because: String,
    source: usize,
    span: Span,
}

/// Reads `[[survivor]]` blocks: one `mutant` or several, and `because`.
pub fn explained(source: &Source, index: usize) -> (Vec<Explained>, Vec<Diagnostic>) {
    let mut all = Vec::new();
    let mut problems = Vec::new();
    let found = read(source, &Limits::default(), &mut |root| {
        let Some(mut root) = Table::new(WRITTEN, index, "a list of survivors", &root, &mut problems) else { return };
        for mut survivor in root.tables("survivor", "a survivor", &mut problems) {
            let mutants = survivor.texts("mutant", &mut problems);
            let because = survivor.required("because", &mut problems).map_or("", |because| because.text).to_owned();
            if mutants.is_empty() {
                let problem = Diagnostic::error("missing-field", "a survivor has no `mutant`");
                problems.push(problem.at(index, survivor.span(), "`mutant` is required"));
            }
            survivor.finish(&mut problems);
            all.extend(mutants.into_iter().map(|mutant| Explained {
                mutant: mutant.text.to_owned(),
                because: because.clone(),
                source: index,
                span: mutant.span,
            }));
        }
        root.finish(&mut problems);
    });
    problems.extend(found.into_iter().map(|problem| Diagnostic::from_problem(index, problem)));
    (all, problems)
}

/// Explanations of what is no survivor: it is killed, makes no difference, or is no mutant at all.
pub fn outdated(explained: &[Explained], mutants: &[Mutant], hunted: &[Hunted]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for survivor in explained {
        let said = match hunted.iter().find(|hunted| hunted.id == survivor.mutant).map(|hunted| &hunted.fate) {
            Some(Fate::Matters(_)) => continue,
            Some(Fate::Killed { by }) => format!("`{by}` kills it"),
            Some(Fate::Refused) => "such rules do not load".to_owned(),
            Some(Fate::Harmless) => "it makes no difference".to_owned(),
            None if mutants.iter().any(|mutant| mutant.id == survivor.mutant) => continue,
            None => "no mutant is called so".to_owned(),
        };
        let message = format!("`{}` needs no explanation: {said}", survivor.mutant);
        let problem =
            Diagnostic::error("outdated-survivor", message).at(survivor.source, survivor.span, "explained here");
        problems.push(problem.help("take it out of the list"));
    }
    problems
}
