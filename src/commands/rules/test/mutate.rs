//! `brokerfit rules test --mutate`: whether some case notices each change of the rules.

use std::cell::RefCell;
use std::path::PathBuf;

use super::Args;
use super::find::{BUILT_IN, Found};
use crate::commands::rules::Plain;
use crate::commands::{input, tell};
use crate::context::{Context, Exit};
use crate::engine::Sampler;
use crate::knowledge::KnowledgeBase;
use crate::mutation::{Fate, Ground, Hunt, Mutant, explained, generated, hunt, mutants, outdated};
use crate::render::rules::mutants::{Mutants, human, json};
use crate::scenario::OfPacks;

/// How many flows are made up, over which a survivor may matter.
const POPULATION: usize = 2000;

/// Hunts mutants with cases that all come out as expected.
pub(super) fn run(
    args: &Args,
    roots: &[PathBuf],
    knowledge: &KnowledgeBase<'_>,
    found: &Found,
    context: &mut Context,
) -> anyhow::Result<Exit> {
    let built_in = [PathBuf::from(BUILT_IN)];
    let roots = if roots.is_empty() { &built_in } else { roots };
    let lists = roots.iter().map(|root| root.join("survivors.toml"));
    let files: Vec<PathBuf> = lists.filter(|list| list.is_file()).collect();
    let (sources, mut wrong) = input::read(&files, input::LARGEST, context);
    let mut known = Vec::new();
    for (place, source) in sources.iter().enumerate() {
        let (explained, problems) = explained(source, place);
        known.extend(explained);
        wrong.extend(problems);
    }
    if tell(&wrong, &sources, context) {
        return Ok(Exit::Wrong);
    }
    let mut changing = knowledge.clone();
    let all = mutants(&mut changing);
    let of_packs = OfPacks::of(knowledge);
    let named = |mutant: &&Mutant| match args.only.as_slice() {
        // Behind what is changed stands its name.
        [] => mutant.id.split_once(' ').is_none_or(|(_, name)| of_packs.has(name)),
        only => only.iter().any(|text| mutant.id.contains(text.as_str())),
    };
    let chosen: Vec<Mutant> = all.iter().filter(named).cloned().collect();
    let step = args.sample.map_or(1, |most| chosen.len().div_ceil(most.max(1))).max(1);
    let chosen: Vec<Mutant> = chosen.into_iter().step_by(step).collect();
    let sampler = RefCell::new(Sampler::default());
    let ground = |profile| Ground::new(&changing, profile, &sampler);
    let cases: Vec<Ground> = found.profiles.iter().cloned().map(ground).collect();
    let population: Vec<Ground> = generated(&changing, POPULATION).into_iter().map(ground).collect();
    let hunted = hunt(
        &Hunt { knowledge: &changing, cases: &cases, population: &population },
        &chosen,
        std::thread::available_parallelism().map_or(1, usize::from),
    );
    let outdated = outdated(&known, &all, &hunted);
    let report = Mutants { knowledge, hunted: &hunted, explained: &known, flows: cases.len() + population.len() };
    context.print(&match args.format {
        Plain::Human => human(&report),
        Plain::Json => json(&report)?,
    })?;
    tell(&outdated, &sources, context);
    let left = hunted.iter().any(|hunted| {
        matches!(hunted.fate, Fate::Matters(_)) && known.iter().all(|survivor| survivor.mutant != hunted.id)
    });
    Ok(if left || !outdated.is_empty() { Exit::Refused } else { Exit::Fine })
}
