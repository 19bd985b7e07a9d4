//! The capability models side by side: which columns, which rows, what each cell answers, where columns differ, and
//! what other versions answer. Decides all of it, so that every format shows the same.

use super::answer_words::{Case, Ruling};
use super::availability::Availability;
use super::cases::cases;
use super::cited::{quantities, sources};
use super::line::Line;
use crate::knowledge::{Fit, KnowledgeBase, OptionId, SourceId, Version};

/// What is to be compared.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Options, each in a version or in the newest one; all options, where there is none.
    pub columns: Vec<(OptionId, Option<Version>)>,
    /// Needs by their places; all needs, where there is none.
    pub needs: Vec<usize>,
    /// Only needs that columns answer differently.
    pub differences: bool,
    /// Versions that answer alike by other means or on another word are told apart.
    pub means: bool,
}

/// One option in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Which option.
    pub option: OptionId,
    /// In which version.
    pub version: Version,
    /// The version was asked for; otherwise it is the newest, and others are told of.
    pub chosen: bool,
    /// How it can be had there.
    pub availability: Availability,
}

/// Capability models side by side.
#[derive(Debug, Clone)]
pub struct Comparison<'k> {
    /// From left to right.
    pub columns: Vec<Column>,
    /// From top to bottom, by dimension.
    pub rows: Vec<Row<'k>>,
    /// How many needs were looked at; those that do not differ may be left out of the rows.
    pub looked_at: usize,
    /// How many of those left out differ by the stage alone: a preview, or early access.
    pub by_stage: usize,
    /// Quantities that conditions and edges name.
    pub quantities: Vec<Quantity<'k>>,
    /// Every source that a row cites.
    pub sources: Vec<SourceId>,
}

/// How every column answers one need.
#[derive(Debug, Clone)]
pub struct Row<'k> {
    /// The need's place.
    pub need: usize,
    /// One for each column.
    pub cells: Vec<Cell<'k>>,
    /// Whether columns differ.
    pub difference: Difference,
}

/// In what columns differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// In nothing that counts.
    None,
    /// Only because an option is a preview or in early access in some of the columns.
    Stage,
    /// In the means or in what is said of them, between versions of one option.
    Means,
    /// In how well.
    Fit,
}

/// How one column answers one need.
#[derive(Debug, Clone)]
pub struct Cell<'k> {
    /// How it answers; nothing where the option is not there.
    pub cases: Vec<Case<'k>>,
    /// What other versions answer otherwise, newest first; only where no version was chosen.
    pub stretches: Vec<Stretch<'k>>,
}

/// Neighbouring versions that answer alike.
#[derive(Debug, Clone)]
pub struct Stretch<'k> {
    /// The first of them; none where it is the first known.
    pub since: Option<Version>,
    /// The last of them.
    pub until: Version,
    /// How they answer, without the limit that a preview sets.
    pub cases: Vec<Case<'k>>,
    /// In how well, not only in what is said of it.
    pub other_fit: bool,
    /// The most that the option is in any of them.
    pub availability: Availability,
}

/// A quantity to which the rules give a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity<'k> {
    /// Its name.
    pub name: &'k str,
    /// What it stands for.
    pub formula: &'k str,
    /// Whose it is.
    pub options: Vec<OptionId>,
}

impl Row<'_> {
    /// Whether a word for each column says it all.
    pub fn is_plain(&self) -> bool {
        let plain = |cell: &Cell<'_>| {
            let cases = told(&cell.cases, false);
            let same = cases.iter().all(|case| matches!(case.ruling, Ruling::Always(_)));
            cell.stretches.is_empty() && cases.len() <= 1 && same
        };
        self.difference != Difference::Means && self.cells.iter().all(plain)
    }
}

impl Cell<'_> {
    /// The best and the worst fit that the answer may give; nothing where the option is not there.
    pub fn reach(&self) -> Option<(Fit, Fit)> {
        reach(&self.cases)
    }

    /// Whether nobody has given the answer.
    pub fn is_open(&self) -> bool {
        self.cases.iter().any(|case| case.reply.fit.is_unknown())
    }

    /// Whether another version answers better, worse, or on other conditions.
    pub fn changed(&self) -> bool {
        self.stretches.iter().any(|stretch| stretch.other_fit)
    }
}

/// The best and the worst fit among cases.
pub fn reach(cases: &[Case<'_>]) -> Option<(Fit, Fit)> {
    let fits = || cases.iter().flat_map(|case| case.ruling.fits());
    fits().max().zip(fits().min())
}

/// The cases that must be told: one, where all give the same fit and only the fit is told.
pub fn told<'c, 'k>(cases: &'c [Case<'k>], means: bool) -> &'c [Case<'k>] {
    match cases.split_first() {
        Some((first, rest))
            if !means && first.when.is_none() && rest.iter().all(|case| case.ruling == first.ruling) =>
        {
            cases.get(..1).unwrap_or_default()
        }
        _ => cases,
    }
}

/// Whether cases answer alike; with `means`, word for word.
pub(super) fn same(own: &[Case<'_>], its: &[Case<'_>], means: bool) -> bool {
    own.len() == its.len() && own.iter().zip(its).all(|(own, its)| own.rules_as(its) && (!means || own.says_as(its)))
}

impl Column {
    /// What the column is called: the option, and the version where it was asked for.
    pub fn name(&self, knowledge: &KnowledgeBase<'_>) -> String {
        let option = knowledge.option_name(self.option);
        if self.chosen { format!("{option}@{}", self.version) } else { option.to_owned() }
    }
}

/// Puts capability models side by side.
pub fn compare<'k>(knowledge: &'k KnowledgeBase<'_>, choice: &Choice) -> Comparison<'k> {
    let asked = if choice.columns.is_empty() {
        knowledge.option_ids().map(|(id, _)| (id, None)).collect()
    } else {
        choice.columns.clone()
    };
    let models: Vec<Model> =
        asked.iter().filter_map(|(option, version)| Model::of(knowledge, *option, *version)).collect();
    let needs: Vec<usize> =
        (0..knowledge.needs.len()).filter(|need| choice.needs.is_empty() || choice.needs.contains(need)).collect();
    let one_option = models.iter().all(|model| Some(model.column.option) == models.first().map(|it| it.column.option));
    let mut rows = Vec::with_capacity(needs.len());
    let mut by_stage = 0;
    for need in &needs {
        let cells: Vec<Cell<'k>> = models.iter().map(|model| model.cell(knowledge, *need, choice.means)).collect();
        let grown_up: Vec<Vec<Case<'k>>> = models.iter().map(|model| model.grown_up(knowledge, *need)).collect();
        let difference = difference(&cells, &grown_up, one_option);
        if choice.differences && difference <= Difference::Stage {
            by_stage += usize::from(difference == Difference::Stage);
        } else {
            rows.push(Row { need: *need, cells, difference });
        }
    }
    let columns: Vec<Column> = models.into_iter().map(|model| model.column).collect();
    let quantities = quantities(knowledge, &columns, &rows, choice.means);
    let sources = sources(&rows);
    Comparison { columns, rows, looked_at: needs.len(), by_stage, quantities, sources }
}

/// One option, with the versions that have to be asked.
struct Model {
    column: Column,
    line: Line,
    /// Every known line in which it is there, oldest first; none where a version was chosen.
    known: Vec<Line>,
    /// The oldest line that is known of the broker.
    oldest: Option<Version>,
}

impl Model {
    fn of(knowledge: &KnowledgeBase<'_>, option: OptionId, chosen: Option<Version>) -> Option<Self> {
        let model = knowledge.option(option)?;
        let broker = knowledge.broker(model.broker)?;
        let version = chosen.or(broker.versions.last().copied())?;
        let availability = Availability::of(&model.available, version);
        let there = |line: &&Version| Availability::of(&model.available, **line) != Availability::Absent;
        let others = broker.versions.iter().filter(|_| chosen.is_none()).filter(there);
        Some(Self {
            column: Column { option, version, chosen: chosen.is_some(), availability },
            line: Line::of(knowledge, model.broker, version)?,
            known: others.filter_map(|line| Line::of(knowledge, model.broker, *line)).collect(),
            oldest: broker.versions.first().copied(),
        })
    }

    /// What the option answers, without the limit that a preview sets.
    fn grown_up<'k>(&self, knowledge: &'k KnowledgeBase<'_>, need: usize) -> Vec<Case<'k>> {
        match self.column.availability {
            Availability::Absent => Vec::new(),
            _ => cases(knowledge, self.column.option, need, &self.line, Availability::Production),
        }
    }

    fn cell<'k>(&self, knowledge: &'k KnowledgeBase<'_>, need: usize, means: bool) -> Cell<'k> {
        let option = self.column.option;
        if self.column.availability == Availability::Absent {
            return Cell { cases: Vec::new(), stretches: Vec::new() };
        }
        let own = cases(knowledge, option, need, &self.line, self.column.availability);
        let grown_up = self.grown_up(knowledge, need);
        let mut stretches: Vec<Stretch<'k>> = Vec::new();
        for line in self.known.iter().rev() {
            let cases = cases(knowledge, option, need, line, Availability::Production);
            let availability = knowledge
                .option(option)
                .map_or(Availability::Absent, |it| Availability::of(&it.available, line.version));
            let since = Some(line.version).filter(|version| Some(*version) != self.oldest);
            match stretches.last_mut() {
                Some(last) if same(&last.cases, &cases, means) => {
                    last.since = since;
                    last.availability = last.availability.max(availability);
                }
                _ => {
                    let other_fit = !same(&grown_up, &cases, false);
                    stretches.push(Stretch { since, until: line.version, cases, other_fit, availability });
                }
            }
        }
        // The first stretch is that of the column's own version; an earlier one may answer like it again.
        stretches.retain(|stretch| !same(&grown_up, &stretch.cases, means));
        Cell { cases: own, stretches }
    }
}

/// `grown_up` is what the columns would answer if each were for production.
fn difference(cells: &[Cell<'_>], grown_up: &[Vec<Case<'_>>], one_option: bool) -> Difference {
    let apart = |means: bool| {
        grown_up.split_first().is_some_and(|(first, rest)| rest.iter().any(|cases| !same(first, cases, means)))
    };
    let shown = cells.split_first();
    if apart(false) {
        Difference::Fit
    } else if one_option && apart(true) {
        Difference::Means
    } else if shown.is_some_and(|(first, rest)| rest.iter().any(|cell| !same(&first.cases, &cell.cases, false))) {
        Difference::Stage
    } else {
        Difference::None
    }
}
