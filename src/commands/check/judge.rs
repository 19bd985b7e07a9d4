//! A run before the gate: every flow with its broker files, every broker file by itself, then the waivers.

use super::broker_files::{BrokerFiles, Read};
use super::terms::Terms;
use crate::advice::{Advice, Question, advise};
use crate::artifact::Artifact;
use crate::commands::answered::Answered;
use crate::configuration::{Configuration, FILE_NAME};
use crate::engine::Sampler;
use crate::gate::{self, Baseline, Checked, Demanded, Finding, Inspected, Meant, Paths, Subject, Use};
use crate::knowledge::KnowledgeBase;
use crate::knowledge::declared::DeclaredKeys;
use crate::profile::Profile;
use crate::quantity::Date;
use crate::source::Source;

/// What the gate says of a run.
#[derive(Debug)]
pub(super) struct Judged<'p> {
    /// Every flow, in the order of the input.
    pub(super) flows: Vec<Checked<'p>>,
    /// Broker files, then configurations of which something is to be said.
    pub(super) files: Vec<Inspected>,
}

/// By what a run is judged.
pub(super) struct Asked<'a> {
    pub(super) terms: &'a Terms,
    pub(super) answered: &'a Answered,
    /// What the brokers declare, where there are files to hold against it.
    pub(super) declared: Option<&'a DeclaredKeys<'a>>,
}

/// Judges a run.
pub(super) fn judge<'p>(
    knowledge: &KnowledgeBase<'_>,
    profiles: &'p [Profile],
    files: &BrokerFiles,
    asked: &Asked<'_>,
    today: Date,
) -> Judged<'p> {
    let terms = asked.terms;
    let (question, mut sampler) = (Question::default(), Sampler::default());
    let mut flows = Vec::with_capacity(profiles.len());
    // By file and artifact: the version of the first flow to which it belongs.
    let mut meant: Vec<Vec<Option<Meant>>> = files.files.iter().map(|file| vec![None; file.artifacts.len()]).collect();
    for (flow, profile) in profiles.iter().enumerate() {
        let advice = advise(knowledge, profile, &question, &mut sampler);
        for place in files.places_of(flow) {
            let versions = meant.get_mut(place).into_iter().flatten();
            let artifacts = files.files.get(place).into_iter().flat_map(|file| &file.artifacts);
            for (version, artifact) in versions.zip(artifacts) {
                version.get_or_insert_with(|| gate::version_meant(knowledge, &advice, artifact));
            }
        }
        flows.push(flow_of(knowledge, advice, files, flow, asked));
    }
    let mut inspected = Vec::with_capacity(files.files.len());
    if let Some(declared) = asked.declared {
        for (file, versions) in files.files.iter().zip(&meant) {
            let judged = file
                .artifacts
                .iter()
                .zip(versions)
                .filter_map(|(artifact, version)| Some(gate::validity(knowledge, declared, artifact, (*version)?)));
            inspected.push(file_of(file, judged.flatten().collect(), profiles, terms));
        }
    }
    let mut judged = Judged { flows, files: inspected };
    if terms.waivers {
        judged.waive(profiles, files, terms, today);
    }
    judged
}

fn flow_of<'p>(
    knowledge: &KnowledgeBase<'_>,
    advice: Advice<'p>,
    files: &BrokerFiles,
    flow: usize,
    asked: &Asked<'_>,
) -> Checked<'p> {
    let configurations = &asked.terms.configurations;
    let configuration = configurations.of(advice.profile);
    let demanded = configuration
        .require_review
        .map(|require| Demanded { require, answers: asked.answered.of(configurations, advice.profile) });
    let artifacts: Vec<&Artifact> = files.artifacts_of(flow);
    gate::check(knowledge, advice, configuration, &artifacts, &files.only_of(flow), demanded.as_ref())
}

/// A broker file by itself, by the terms of the first flow to which it belongs.
fn file_of(file: &Read, mut findings: Vec<Finding>, profiles: &[Profile], terms: &Terms) -> Inspected {
    let first = file.flows.first().and_then(|flow| profiles.get(*flow));
    let configuration = first.map_or(terms.configurations.start(), |profile| terms.configurations.of(profile));
    gate::settle(&mut findings, &configuration.levels);
    let kind = file.artifacts.first().map_or("broker file", |artifact| artifact.shape.called());
    Inspected { source: file.source, kind, findings, fail_on: configuration.fail_on.unwrap_or_default() }
}

impl Judged<'_> {
    /// Applies the waivers of configurations and profiles, then says what is to be said of them.
    fn waive(&mut self, profiles: &[Profile], files: &BrokerFiles, terms: &Terms, today: Date) {
        let all = &terms.configurations.all;
        let mut uses: Vec<Vec<Use>> = all.iter().map(|(_, it)| vec![Use::default(); it.waivers.len()]).collect();
        for (flow, profile) in profiles.iter().enumerate() {
            let Some(checked) = self.flows.get_mut(flow) else { continue };
            let configuration = terms.configurations.of(profile);
            let central = uses.get_mut(terms.configurations.place_of(profile));
            let central = central.into_iter().flatten().zip(&configuration.waivers);
            let central = central.filter(|(_, central)| central.flow.matches(&profile.name));
            let own = profile.decision.iter().flat_map(|decision| &decision.waivers);
            let mut own: Vec<_> = own.map(|waiver| (Use::default(), waiver)).collect();
            let waivers = central.map(|(made, central)| (made, &central.waiver));
            for (made, waiver) in waivers.chain(own.iter_mut().map(|(made, waiver)| (made, *waiver))) {
                gate::waive(waiver, &mut checked.findings, today, made);
                for place in files.places_of(flow) {
                    if let Some(file) = self.files.get_mut(place) {
                        gate::waive(waiver, &mut file.findings, today, made);
                    }
                }
            }
            checked
                .findings
                .extend(own.into_iter().filter_map(|(made, waiver)| gate::review(waiver, made, today, true)));
            gate::settle(&mut checked.findings, &configuration.levels);
        }
        for ((path, configuration), uses) in all.iter().zip(&uses) {
            self.files.extend(of_configuration(configuration, uses, terms.covers(path), today));
        }
    }

    /// What counts now.
    pub(super) fn record(&self, sources: &[Source], paths: &Paths) -> Baseline {
        let mut baseline = Baseline::default();
        for flow in &self.flows {
            baseline.record(Subject::Flow(&flow.profile.name), &flow.findings);
        }
        for file in &self.files {
            baseline.record(Subject::File(&named(file, sources, paths)), &file.findings);
        }
        baseline
    }

    /// Marks what was there before; says how much of it is there no more.
    pub(super) fn compare(&mut self, mut known: Baseline, sources: &[Source], paths: &Paths) -> usize {
        for flow in &mut self.flows {
            known.compare(Subject::Flow(&flow.profile.name), &mut flow.findings);
        }
        for file in &mut self.files {
            let name = named(file, sources, paths);
            known.compare(Subject::File(&name), &mut file.findings);
        }
        known.len()
    }
}

/// What is to be said of the waivers of a configuration, if anything is.
fn of_configuration(configuration: &Configuration, uses: &[Use], whole: bool, today: Date) -> Option<Inspected> {
    let reviewed = configuration.waivers.iter().zip(uses);
    let mut findings: Vec<Finding> =
        reviewed.filter_map(|(central, made)| gate::review(&central.waiver, *made, today, whole)).collect();
    gate::settle(&mut findings, &configuration.levels);
    let source = configuration.source.filter(|_| !findings.is_empty())?;
    Some(Inspected { source, kind: "configuration", findings, fail_on: configuration.fail_on.unwrap_or_default() })
}

/// A file's path below the root.
fn named(file: &Inspected, sources: &[Source], paths: &Paths) -> String {
    let name = sources.get(file.source).map_or(FILE_NAME, |source| &source.name);
    paths.shown(name).text().to_owned()
}
