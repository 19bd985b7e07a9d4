//! `advise --interactive` and `init`: asks what would move the verdict most, then, with that answered, what would move it most now,
//! until nothing does. Takes a profile, states the answers in it; the words are those of `render::interview`.

use super::flows::Flows;
use crate::advice::{Advice, Depth, Question, advise};
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Sampler;
use crate::expr::FactId;
use crate::knowledge::KnowledgeBase;
use crate::profile::{Profile, Stated, answer};
use crate::render::human::Layout;
use crate::render::{diagnostics, interview as words};
use crate::source::{Format, Source};
use anyhow::Context as _;

/// What the answers of a file are called where one of them is wrong.
const ANSWER: &str = "answer";

/// What a call that asks may not ask for; before anything is read, for there is one standard input.
pub(super) fn refused(paths: &[std::path::PathBuf], depth: Option<Depth>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if paths.iter().any(|path| path.as_os_str() == "-") {
        let message = "`--interactive` reads answers from standard input, and `-` reads the profile from it";
        problems.push(Diagnostic::error("input-twice", message).help("name the profile's file"));
    }
    if depth == Some(Depth::Quick) {
        let message = "`--depth quick` looks for no questions, and `--interactive` asks them";
        problems.push(Diagnostic::error("no-questions", message).help("leave out `--depth quick`"));
    }
    problems
}

/// Whether there is the one flow of which a call speaks.
pub(super) fn only_flow(flag: &str, flows: &mut Flows) {
    let count = flows.profiles.len();
    let broken = flows.problems.iter().any(|problem| problem.severity == Severity::Error);
    if count == 1 || (count == 0 && broken) {
        return;
    }
    let given = if count == 0 { "none is given".to_owned() } else { format!("{count} are given") };
    let problem = Diagnostic::error("one-flow", format!("`{flag}` takes one flow, and {given}"));
    flows.problems.push(problem.help("name one profile, with the one flow in a file of its own"));
}

/// Someone who can be asked.
pub(super) struct Interview<'i, 'k> {
    /// What everything rests on.
    pub(super) knowledge: &'i KnowledgeBase<'k>,
    /// What is looked at.
    pub(super) question: &'i Question,
    /// How it is shown.
    pub(super) layout: Layout,
    /// What comes at the end, in words.
    pub(super) end: &'i str,
}

/// What came back on a question.
pub(super) enum Reply {
    /// A statement, as it was written.
    Stated(Box<Profile>, String),
    Skipped,
    /// Nothing more is to be asked.
    Stopped,
}

impl Interview<'_, '_> {
    /// Asks until no question moves the verdict, or nobody answers; gives the answers as they were written.
    pub(super) fn hold(
        &self,
        profile: &mut Profile,
        sampler: &mut Sampler,
        context: &mut Context,
    ) -> anyhow::Result<Vec<(FactId, String)>> {
        // Who says that nobody knows has answered.
        let unknown = profile.statements.iter().filter(|it| it.value == Stated::Unknown).map(|it| it.fact);
        let mut settled: Vec<FactId> = unknown.collect();
        let mut answers = Vec::new();
        let mut before = None;
        context.tell(&words::opening(&profile.name, self.end, self.layout));
        loop {
            let current = profile.clone();
            let advice = advise(self.knowledge, &current, self.question, sampler);
            let verdict = advice.judgement.verdict.clone();
            context.tell(&words::so_far(self.knowledge, &verdict, before.as_ref(), self.layout));
            before = Some(verdict);
            match self.next(&advice, &mut settled, context)? {
                Some(Reply::Stated(stated, text)) => {
                    *profile = *stated;
                    answers.extend(settled.last().map(|fact| (*fact, text)));
                }
                Some(Reply::Stopped) => return Ok(answers),
                Some(Reply::Skipped) | None => {
                    context.tell(&words::ending(self.knowledge, &advice.questions, self.layout));
                    return Ok(answers);
                }
            }
        }
    }

    /// Asks what is not settled, in turn, until something is answered.
    fn next(
        &self,
        advice: &Advice<'_>,
        settled: &mut Vec<FactId>,
        context: &mut Context,
    ) -> anyhow::Result<Option<Reply>> {
        for (place, asked) in advice.questions.iter().enumerate() {
            if settled.contains(&asked.fact) {
                continue;
            }
            let later = advice.questions.iter().skip(place + 1).filter(|it| !settled.contains(&it.fact)).count();
            context.tell(&words::question(self.knowledge, advice, asked, later, self.layout));
            settled.push(asked.fact);
            match self.reply(advice.profile, asked.fact, context)? {
                Reply::Skipped => {}
                reply => return Ok(Some(reply)),
            }
        }
        Ok(None)
    }

    /// Waits for an answer that can be read.
    pub(super) fn reply(&self, profile: &Profile, fact: FactId, context: &mut Context) -> anyhow::Result<Reply> {
        loop {
            let line = context.ask(words::PROMPT).context("cannot read the answer")?;
            match line.as_deref() {
                None | Some("q") => return Ok(Reply::Stopped),
                Some("") => return Ok(Reply::Skipped),
                Some("?") => context.tell(&words::meaning(self.knowledge, fact, self.layout)),
                Some(text) => {
                    let mut stated = Box::new(profile.clone());
                    let problems = answer(self.knowledge, &mut stated, fact, text, 0);
                    let source = Source::new(ANSWER, text, Format::Yaml);
                    context.tell(&diagnostics::listing(&problems, &[source], context.width, context.colour_err));
                    if problems.iter().all(|problem| problem.severity != Severity::Error) {
                        return Ok(Reply::Stated(stated, text.to_owned()));
                    }
                }
            }
        }
    }
}
