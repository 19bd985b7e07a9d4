//! The interview of `init`: what the flow is called and what it is like, what differs most among such flows, and then what
//! moves the verdict, as `advise --interactive` asks it. Every answer goes into the draft as a statement.

use super::Args;
use super::origins::put;
use crate::advice::Question;
use crate::commands::interview::{Interview, Reply};
use crate::context::Context;
use crate::engine::Sampler;
use crate::import::{self, Draft};
use crate::knowledge::{KnowledgeBase, Preset};
use crate::outline::stated;
use crate::render::human::Layout;
use crate::render::{init as words, interview};
use crate::suggestion::nearest;
use anyhow::Context as _;

/// By what an answer is known.
const ANSWERED: &str = "answered";

/// Someone who can be asked.
pub(super) struct Asking<'i, 'k> {
    /// What everything rests on.
    pub(super) knowledge: &'i KnowledgeBase<'k>,
    /// What is looked at.
    pub(super) question: &'i Question,
    /// How it is shown.
    pub(super) layout: Layout,
}

/// What came of a question before the interview proper.
enum Began<T> {
    /// An answer, or none of them.
    With(T),
    /// Nothing more is to be asked.
    Stopped,
}

impl<'k> Asking<'_, 'k> {
    /// Asks, and states the answers in the draft; `false` where nobody answered and there is nothing else to write.
    pub(super) fn hold(
        &self,
        args: &Args,
        drafts: &mut [Draft],
        sampler: &mut Sampler,
        context: &mut Context,
    ) -> anyhow::Result<bool> {
        let [draft] = drafts else { return Ok(false) };
        let bare = args.like.is_none() && args.from.is_empty();
        let mut preset = args.like.as_deref().and_then(|name| self.knowledge.find_preset(name.trim()));
        if bare {
            match self.begin(args, draft, context)? {
                Began::With(found) => preset = found,
                Began::Stopped => return Ok(!draft.found.is_empty()),
            }
        }
        let asking = Interview {
            knowledge: self.knowledge,
            question: self.question,
            layout: self.layout,
            end: "writes the profile",
        };
        if let Some(preset) = preset
            && let Began::Stopped = self.differing(preset, draft, &asking, context)?
        {
            return Ok(true);
        }
        let mut profile = stated(self.knowledge, draft);
        context.tell("\n");
        for (fact, text) in asking.hold(&mut profile, sampler, context)? {
            put(draft, self.knowledge.fact_name(fact), &text, ANSWERED);
        }
        context.tell("\n");
        Ok(true)
    }

    /// Asks what the flow is called and what it is like.
    fn begin(&self, args: &Args, draft: &mut Draft, context: &mut Context) -> anyhow::Result<Began<Option<&Preset>>> {
        if args.name.is_none() {
            context.tell(&words::named(crate::outline::UNNAMED, self.layout));
            match line(context)?.as_deref() {
                None | Some("q") => return Ok(Began::Stopped),
                Some(name) => name.clone_into(&mut draft.name),
            }
        }
        context.tell(&words::kinds(self.knowledge, self.layout));
        loop {
            let answer = line(context)?;
            let preset = match answer.as_deref() {
                None | Some("q") => return Ok(Began::Stopped),
                Some("" | "unknown") => return Ok(Began::With(None)),
                Some(text) => {
                    let Some(preset) = self.preset(text) else {
                        let near = nearest(text, self.knowledge.preset_names());
                        context.tell(&words::unknown_preset(text, near, self.layout));
                        continue;
                    };
                    preset
                }
            };
            let usual = import::of_preset(self.knowledge, preset);
            // What the call states goes before what is usual.
            let own = std::mem::take(draft);
            *draft = Draft { name: own.name, ..usual };
            for found in own.found {
                put(draft, &found.fact, &found.value, &found.from);
            }
            return Ok(Began::With(Some(preset)));
        }
    }

    /// A preset by its number in the list, or by a word for it.
    fn preset(&self, text: &str) -> Option<&Preset> {
        let number = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        number.map_or_else(|| self.knowledge.find_preset(text), |place| self.knowledge.presets.get(place))
    }

    /// Asks what differs most among flows of a kind.
    fn differing(
        &self,
        preset: &Preset,
        draft: &mut Draft,
        asking: &Interview<'_, 'k>,
        context: &mut Context,
    ) -> anyhow::Result<Began<()>> {
        let name = self.knowledge.fact_name(preset.ask);
        // It is answered already where it is no longer open.
        if !draft.open.iter().any(|open| open.fact == name) {
            return Ok(Began::With(()));
        }
        let usual = draft.found.iter().find(|found| found.fact == name).map(|found| found.value.as_str());
        context.tell(&words::preset_question(self.knowledge, preset.ask, usual, self.layout));
        let profile = stated(self.knowledge, draft);
        Ok(match asking.reply(&profile, preset.ask, context)? {
            Reply::Stated(_, text) => {
                put(draft, name, &text, ANSWERED);
                Began::With(())
            }
            Reply::Skipped => Began::With(()),
            Reply::Stopped => Began::Stopped,
        })
    }
}

fn line(context: &mut Context) -> anyhow::Result<Option<String>> {
    context.ask(interview::PROMPT).context("cannot read the answer")
}
