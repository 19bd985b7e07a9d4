//! The configuration of a run: found upwards from each input to the repository's root, or named by the call. Commands ask
//! here for the knowledge to use and for what holds for a profile. A flag goes before the environment, that before the file,
//! and the file before what is usual.

pub(super) mod find;
pub(super) mod knowledge;

use std::path::{Path, PathBuf};

use self::find::Finder;
use super::input;
use super::rules::load::Loaded as Own;
use crate::configuration::{self, Configuration};
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::knowledge::declared::DeclaredKeys;
use crate::profile::{Profile, share};
use crate::source::{Format, Source};

/// Which configuration and which rules a call asks for.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Configuration")]
pub(super) struct ConfigArgs {
    /// Use this configuration, and look for no brokerfit.toml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    no_config: bool,
    /// Lay the pack of rules in this directory over the built-in rules; repeatable, the later over the earlier
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
}

/// Which rules a call asks for that reads no profile.
#[derive(Debug, clap::Args)]
pub(super) struct RulesArgs {
    /// Lay the pack of rules in this directory over the built-in rules; repeatable, the later over the earlier
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
}

/// The environment's word for `--config`.
const CONFIG: &str = "BROKERFIT_CONFIG";

/// What a run begins with.
pub(super) struct Setup {
    /// The knowledge that is used.
    pub(super) knowledge: &'static KnowledgeBase<'static>,
    /// The texts of rules of one's own; none, where the built-in ones are used alone.
    own: Option<&'static Own>,
    /// The directories of rules that the first configuration names; none where the call itself decides.
    rules: Option<Vec<PathBuf>>,
    finder: Finder,
    /// The configuration of the first input, or of the folder in which the call is made.
    pub(super) start: Option<PathBuf>,
    /// What that one says, as far as it is right; what is wrong with it is said when all are read.
    first: Configuration,
}

/// What is wrong before anything is read, with the texts that it points into.
pub(super) struct Refused {
    pub(super) problems: Vec<Diagnostic>,
    pub(super) sources: Vec<Source>,
}

impl Refused {
    /// Tells what is wrong.
    pub(super) fn told(self, context: &mut Context) -> Exit {
        super::tell(&self.problems, &self.sources, context);
        Exit::Wrong
    }
}

/// Finds the configuration for a run over these inputs, and loads the knowledge that it asks for.
///
/// # Errors
/// When the program was built wrongly; a configuration that is wrong comes back refused.
pub(super) fn set_up(
    args: &ConfigArgs,
    inputs: &[PathBuf],
    context: &mut Context,
) -> anyhow::Result<Result<Setup, Refused>> {
    let named = args.config.clone().or_else(|| context.variable(CONFIG).map(PathBuf::from));
    let mut finder = Finder::new(if args.no_config { None } else { named.clone() }, args.no_config);
    if let Some(path) = named.filter(|path| !args.no_config && !path.is_file()) {
        let message = format!("there is no configuration `{}`", path.display());
        return Ok(Err(Refused { problems: vec![Diagnostic::error("not-found", message)], sources: Vec::new() }));
    }
    let start = match inputs.first() {
        Some(path) => finder.for_input(path),
        None => finder.for_folder(Path::new(".")),
    };
    Ok(knowledge::load(args, start.as_deref(), context)?.map(|loaded| {
        let knowledge::Loaded { knowledge, own, named: rules } = loaded;
        let first = start.as_deref().map_or_else(Configuration::default, |path| as_far_as_right(knowledge, path));
        Setup { knowledge, own, rules, finder, start, first }
    }))
}

/// The configurations of a run, and which of them holds for what.
#[derive(Debug)]
pub(super) struct Configurations {
    /// What is usual, then every configuration in the order in which inputs lead to them.
    pub(super) all: Vec<(PathBuf, Configuration)>,
    of_source: Vec<usize>,
    start: usize,
    usual: Configuration,
}

impl Configurations {
    /// That of the run itself.
    pub(super) fn start(&self) -> &Configuration {
        self.at(self.start)
    }

    /// The folder of that of the run itself.
    pub(super) fn start_folder(&self) -> &Path {
        folder_of(self.all.get(self.start).map_or(Path::new(""), |(path, _)| path))
    }

    /// The place among all of that which holds for a profile.
    pub(super) fn place_of(&self, profile: &Profile) -> usize {
        profile.source.and_then(|source| self.of_source.get(source).copied()).unwrap_or(self.start)
    }

    /// That which holds for a profile.
    pub(super) fn of(&self, profile: &Profile) -> &Configuration {
        self.at(self.place_of(profile))
    }

    fn at(&self, place: usize) -> &Configuration {
        self.all.get(place).map_or(&self.usual, |(_, configuration)| configuration)
    }
}

/// The folder of a file, as a path that can be joined.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

impl Setup {
    /// What the brokers declare of themselves.
    ///
    /// # Errors
    /// When the program was built wrongly; rules that are wrong come back refused.
    pub(super) fn declared(&self) -> anyhow::Result<Result<DeclaredKeys<'static>, Refused>> {
        Ok(match self.own {
            None => Ok(crate::rules::declared()?),
            Some(own) => own.declared().map_err(|it| Refused { problems: it.problems, sources: it.sources }),
        })
    }

    /// What is searched: what the call names, else what the configuration does, else this folder.
    pub(super) fn searched(&self, named: &[PathBuf]) -> Vec<PathBuf> {
        let configured = || self.first.paths.iter().map(|path| self.folder().join(path));
        match (named, self.first.paths.is_empty()) {
            ([], true) => vec![PathBuf::from(".")],
            ([], false) => configured().collect(),
            _ => named.to_vec(),
        }
    }

    /// Whether the configuration leaves a profile alone that a search found.
    pub(super) fn excludes(&self, file: &Path) -> bool {
        if self.first.exclude.is_empty() {
            return false;
        }
        let folder = self.folder();
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let (Ok(folder), Ok(file)) = (folder.canonicalize(), file.canonicalize()) else { return false };
        let below = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        self.first.exclude.iter().any(|pattern| pattern.matches(&below))
    }

    fn folder(&self) -> &Path {
        self.start.as_deref().map_or(Path::new(""), folder_of)
    }

    /// Reads the configurations of all sources so far, which are those of profiles; their own texts are added to the sources.
    pub(super) fn read(&mut self, sources: &mut Vec<Source>, problems: &mut Vec<Diagnostic>) -> Configurations {
        let mut all = vec![(PathBuf::new(), Configuration::default())];
        let inputs: Vec<Option<PathBuf>> =
            sources.iter().map(|source| self.finder.for_input(Path::new(&source.name))).collect();
        let start = self.start.clone();
        let start = start.map_or(0, |path| self.place(&path, &mut all, sources, problems));
        let of_source = inputs
            .into_iter()
            .map(|path| path.map_or(0, |path| self.place(&path, &mut all, sources, problems)))
            .collect();
        Configurations { all, of_source, start, usual: Configuration::default() }
    }

    fn place(
        &self,
        path: &Path,
        all: &mut Vec<(PathBuf, Configuration)>,
        sources: &mut Vec<Source>,
        problems: &mut Vec<Diagnostic>,
    ) -> usize {
        if let Some(place) = all.iter().position(|(known, _)| known == path) {
            return place;
        }
        let configuration = self.one(path, sources, problems).unwrap_or_default();
        all.push((path.to_owned(), configuration));
        all.len() - 1
    }

    fn one(&self, path: &Path, sources: &mut Vec<Source>, problems: &mut Vec<Diagnostic>) -> Option<Configuration> {
        let source = match read_file(path) {
            Ok(source) => source,
            Err(problem) => {
                problems.push(*problem);
                return None;
            }
        };
        let index = sources.len();
        let configuration = match configuration::parse(&source) {
            Ok(root) => {
                let found = configuration::read(self.knowledge, index, &source, &root, problems);
                if self.rules.as_ref().is_some_and(|used| *used != knowledge::folders(path, &found.rules)) {
                    problems.push(knowledge::differ(path));
                }
                Some(found)
            }
            Err(found) => {
                problems.extend(found.into_iter().map(|problem| Diagnostic::from_problem(index, problem)));
                None
            }
        };
        sources.push(source);
        configuration
    }
}

/// What a configuration says, as far as it is right.
fn as_far_as_right(knowledge: &KnowledgeBase<'_>, path: &Path) -> Configuration {
    let Ok(source) = read_file(path) else { return Configuration::default() };
    let root = configuration::parse(&source);
    root.map_or_else(
        |_| Configuration::default(),
        |root| configuration::read(knowledge, 0, &source, &root, &mut Vec::new()),
    )
}

/// Reads the text of a configuration.
fn read_file(path: &Path) -> Result<Source, Box<Diagnostic>> {
    input::read_as(path, &path.display().to_string(), Format::Toml, input::LARGEST)
}

/// Reads the configurations of profiles that were read, and states in each what its configuration shares.
pub(super) fn share_environment(
    setup: &mut Setup,
    profiles: &mut [Profile],
    sources: &mut Vec<Source>,
    problems: &mut Vec<Diagnostic>,
) -> Configurations {
    let configurations = setup.read(sources, problems);
    for profile in profiles {
        share(profile, &configurations.of(profile).environment);
    }
    configurations
}
