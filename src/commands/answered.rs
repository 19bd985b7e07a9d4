//! Answers to design reviews: the file that the call names, else the one that the configuration of a profile does.

use std::path::{Path, PathBuf};

use super::configured::{Configurations, folder_of};
use super::input;
use crate::diagnostic::Diagnostic;
use crate::knowledge::{KnowledgeBase, Risk};
use crate::profile::Profile;
use crate::review::{Answers, read_answers};
use crate::source::{Format, Source};

/// The words for a risk, as flags take them.
pub(super) fn risks() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(Risk::ALL.map(Risk::word))
}

/// The risk of a word that a flag took.
pub(super) fn risk(word: &str) -> Option<Risk> {
    Risk::ALL.into_iter().find(|risk| risk.word() == word)
}

/// The answers of a run.
#[derive(Debug, Default)]
pub(super) struct Answered {
    /// The file that the call names.
    named: Option<PathBuf>,
    read: Vec<(PathBuf, Answers)>,
}

impl Answered {
    /// Reads them; their texts are added to the sources, and what is wrong with them to the problems. A file that is about
    /// to be written may be missing.
    #[expect(clippy::too_many_arguments, reason = "what is read, and where it goes")]
    pub(super) fn read(
        knowledge: &KnowledgeBase<'_>,
        named: Option<&Path>,
        configurations: &Configurations,
        profiles: &[Profile],
        most: u64,
        sources: &mut Vec<Source>,
        problems: &mut Vec<Diagnostic>,
        may_be_missing: bool,
    ) -> Self {
        let mut answered = Self { named: named.map(Path::to_owned), read: Vec::new() };
        for profile in profiles {
            let Some(path) = answered.path(configurations, profile) else { continue };
            if answered.read.iter().any(|(known, _)| *known == path) {
                continue;
            }
            if may_be_missing && !path.exists() {
                continue;
            }
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            let format = Format::from_extension(extension).unwrap_or(Format::Yaml);
            let answers = match input::read_as(&path, &path.display().to_string(), format, most) {
                Ok(source) => {
                    let answers = read_answers(knowledge, sources.len(), &source, problems);
                    sources.push(source);
                    answers
                }
                Err(problem) => {
                    problems.push(*problem);
                    Answers::default()
                }
            };
            answered.read.push((path, answers));
        }
        if named.is_some() && !may_be_missing {
            answered.strangers(profiles, problems);
        }
        answered
    }

    /// The answers of every file.
    pub(super) fn all(&self) -> impl Iterator<Item = &Answers> {
        self.read.iter().map(|(_, answers)| answers)
    }

    /// A file that is named for these profiles speaks of one of them, or is the wrong one.
    fn strangers(&self, profiles: &[Profile], problems: &mut Vec<Diagnostic>) {
        for (path, answers) in &self.read {
            let speaks = answers.flows().any(|flow| profiles.iter().any(|profile| profile.name == flow));
            if answers.flows().next().is_some() && !speaks {
                let flows: Vec<String> = answers.flows().map(|flow| format!("`{flow}`")).collect();
                let message =
                    format!("`{}` answers for {} and for none of the profiles", path.display(), flows.join(", "));
                let names: Vec<String> = profiles.iter().map(|profile| format!("`{}`", profile.name)).collect();
                let problem = Diagnostic::error("unknown-flow", message);
                problems.push(problem.help(format!("the profiles are called {}", names.join(", "))));
            }
        }
    }

    fn path(&self, configurations: &Configurations, profile: &Profile) -> Option<PathBuf> {
        if self.named.is_some() {
            return self.named.clone();
        }
        let (path, configuration) = configurations.all.get(configurations.place_of(profile))?;
        configuration.answers.as_ref().map(|answers| folder_of(path).join(answers))
    }

    /// The answers for a profile.
    pub(super) fn of(&self, configurations: &Configurations, profile: &Profile) -> Option<&Answers> {
        let path = self.path(configurations, profile)?;
        self.read.iter().find(|(known, _)| *known == path).map(|(_, answers)| answers)
    }
}
