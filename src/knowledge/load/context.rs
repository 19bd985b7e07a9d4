//! What loading carries along: the texts, the expressions and the problems found so far.

use super::names::NameScope;
use crate::diagnostic::Diagnostic;
use crate::expr::{ExprError, ExprId, Program, Type, Wants};
use crate::knowledge::capability::SourceId;
use crate::knowledge::text::{Hole, Template, Text, TextsBuilder};
use crate::knowledge::written::{Owner, WrittenBuilder};
use crate::quantity::Version;
use crate::source::Span;
use crate::suggestion::nearest;
use crate::table::{Codes, Spanned, Table, shapes};

/// How problems of rules are called.
pub(super) const RULES: Codes =
    Codes { shape: "rule-shape", missing: "rule-field-missing", value: "rule-value", unknown: "rule-field-unknown" };

/// What loading carries along.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// Every text so far.
    pub texts: TextsBuilder,
    /// Every expression so far.
    pub program: Program,
    /// Every expression so far, as it is written.
    pub written: WrittenBuilder,
    /// Whose expressions are being read.
    pub owner: Owner,
    /// The ids of sources, in order.
    pub sources: Vec<String>,
    /// Which sources somebody names.
    pub used_sources: Vec<bool>,
    /// What nobody should expect from any advice.
    pub not_considered: Vec<Text>,
    /// Where each need stands.
    pub need_places: Vec<Span>,
    /// Where the files of packs begin, if there are packs.
    pub packs_from: Option<u32>,
    /// What is wrong so far.
    pub problems: Vec<Diagnostic>,
}

impl Context {
    /// Ends reading where something is wrong so far.
    pub(super) fn sound(&mut self) -> Result<(), Vec<Diagnostic>> {
        if self.problems.is_empty() { Ok(()) } else { Err(std::mem::take(&mut self.problems)) }
    }

    /// Whether something stands in a pack.
    pub(super) fn is_of_pack(&self, span: Span) -> bool {
        self.packs_from.is_some_and(|from| from <= span.start)
    }

    /// Keeps a text of a rule file.
    pub(super) fn text(&mut self, text: Option<Spanned<'_>>) -> Text {
        self.texts.add(text.map_or("", |text| text.text))
    }

    /// Notes a problem at a place.
    pub(super) fn problem(&mut self, code: &'static str, file: usize, span: Span, message: String, label: &str) {
        self.problems.push(Diagnostic::error(code, message).at(file, span, label));
    }

    /// Compiles an expression; problems point into it.
    pub(super) fn expression(
        &mut self,
        file: usize,
        text: Spanned<'_>,
        wants: Wants,
        scope: &mut NameScope<'_>,
    ) -> Option<(ExprId, Type)> {
        match self.program.compile(text.text, wants, scope) {
            Ok(compiled) => {
                self.written.add(compiled.0, self.owner, self.texts.add(text.text.trim()));
                Some(compiled)
            }
            Err(errors) => {
                self.expression_problems(file, text, &errors);
                None
            }
        }
    }

    /// Compiles a condition that may be missing.
    pub(super) fn condition(
        &mut self,
        file: usize,
        text: Option<Spanned<'_>>,
        scope: &mut NameScope<'_>,
    ) -> Option<ExprId> {
        self.expression(file, text?, Wants::Bool, scope).map(|(id, _)| id)
    }

    /// Compiles a text with holes; an empty one where it is missing.
    pub(super) fn template(&mut self, file: usize, text: Option<Spanned<'_>>, scope: &mut NameScope<'_>) -> Template {
        let Some(text) = text else { return Template::default() };
        let mut holes = Vec::new();
        let mut from = 0;
        while let Some(open) = text.text.get(from..).and_then(|rest| rest.find('{')).map(|place| place + from) {
            let close = text.text.get(open..).and_then(|rest| rest.find('}')).map(|place| place + open);
            let Some(close) = close else {
                let error =
                    ExprError { message: "the hole is not closed".to_owned(), at: open..text.text.len(), help: None };
                self.expression_problems(file, text, &[error]);
                break;
            };
            let inner = text.text.get(open + 1..close).unwrap_or_default();
            match self.program.compile(inner, Wants::Any, scope) {
                Ok((expression, _)) => {
                    holes.extend(
                        u16::try_from(open).ok().zip(u16::try_from(close + 1).ok()).map(|(start, end)| Hole {
                            start,
                            end,
                            expression,
                        }),
                    );
                }
                Err(errors) => {
                    let shifted = |error: &ExprError| ExprError {
                        at: error.at.start + open + 1..error.at.end + open + 1,
                        ..error.clone()
                    };
                    let errors: Vec<ExprError> = errors.iter().map(shifted).collect();
                    self.expression_problems(file, text, &errors);
                }
            }
            from = close + 1;
        }
        Template { source: self.texts.add(text.text), holes }
    }

    /// Resolves the ids of sources.
    pub(super) fn source_ids(&mut self, file: usize, ids: &[Spanned<'_>]) -> Vec<SourceId> {
        let mut found = Vec::new();
        for id in ids {
            if let Some(place) = self.sources.iter().position(|known| known == id.text) {
                if let Some(used) = self.used_sources.get_mut(place) {
                    *used = true;
                }
                found.extend(u16::try_from(place).ok().map(SourceId));
                continue;
            }
            let mut problem = Diagnostic::error("unknown-source", format!("no source is called `{}`", id.text)).at(
                file,
                id.span,
                "unknown source",
            );
            if let Some(near) = nearest(id.text, self.sources.iter().map(String::as_str)) {
                problem = problem.help(format!("did you mean `{near}`?"));
            }
            self.problems.push(problem);
        }
        found
    }

    /// Reads a version of a table's field.
    pub(super) fn version(&mut self, table: &mut Table<'_>, key: &'static str) -> Option<Version> {
        let text = table.text(key, &mut self.problems)?;
        let version = Version::parse(text.text).ok();
        if version.is_none() {
            let message = format!("`{}` is not a version", text.text);
            self.problem("rule-value", table.file(), text.span, message, "write a line, as in \"4.3\"");
        }
        version
    }

    /// Reads a word of a closed set; `None` and a problem where it is none of them.
    pub(super) fn word<T: Copy>(
        &mut self,
        file: usize,
        text: Option<Spanned<'_>>,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let text = text?;
        shapes::words(text.text, all.iter().map(|candidate| word(*candidate)));
        let found = all.iter().copied().find(|candidate| word(*candidate) == text.text);
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|candidate| word(*candidate)).collect();
            let mut problem = Diagnostic::error(
                "rule-value",
                format!("`{}` is not one of {}", text.text, words.join(", ")),
            )
            .at(file, text.span, "unknown word");
            if let Some(near) = nearest(text.text, words.iter().copied()) {
                problem = problem.help(format!("did you mean `{near}`?"));
            }
            self.problems.push(problem);
        }
        found
    }

    fn expression_problems(&mut self, file: usize, text: Spanned<'_>, errors: &[ExprError]) {
        for error in errors {
            let mut problem = Diagnostic::error("rule-expression", error.message.clone()).at(
                file,
                inside(text, &error.at),
                format!("in `{}`", text.text),
            );
            if let Some(help) = &error.help {
                problem = problem.help(help.clone());
            }
            self.problems.push(problem);
        }
    }
}

/// The place inside a text of a rule file, where the text stands there unescaped; else the whole text.
fn inside(text: Spanned<'_>, at: &std::ops::Range<usize>) -> Span {
    let whole = (text.span.end - text.span.start) as usize;
    let quotes = whole.saturating_sub(text.text.len());
    if quotes > 2 {
        return text.span;
    }
    let first = text.span.start + u32::try_from(quotes / 2).unwrap_or(0);
    let offset = |place: usize| first + u32::try_from(place.min(text.text.len())).unwrap_or(0);
    Span { start: offset(at.start), end: offset(at.end).max(offset(at.start)) }
}
