//! Answers to a review, as a team keeps them: for each flow, items by id with what was found. Every key once, unknown ones
//! with what may be meant, and everything that is wrong in one run.

use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::source::{Entry, Kind, Limits, Node, Source, Span, read};
use crate::suggestion::nearest;

/// Answers to reviews of several flows.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    flows: Vec<(String, Vec<(String, Answer)>)>,
}

/// What was answered to one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it says.
    pub said: Said,
    /// Which of the run's sources.
    pub source: usize,
    /// Where it stands.
    pub span: Span,
}

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It is so; with what was seen, if that was written.
    Done(Option<String>),
    /// It does not apply, for a reason.
    NotApplicable(String),
    /// It is still to be done; with what is in the way, if that was written.
    Open(Option<String>),
}

impl Said {
    /// What was written beside the word.
    pub fn remark(&self) -> Option<&str> {
        match self {
            Self::Done(remark) | Self::Open(remark) => remark.as_deref(),
            Self::NotApplicable(reason) => Some(reason),
        }
    }
}

impl Answers {
    /// The answer to an item of a flow.
    pub fn of(&self, flow: &str, item: &str) -> Option<&Answer> {
        let items = self.flows.iter().filter(|(name, _)| name == flow).flat_map(|(_, items)| items);
        items.into_iter().find(|(id, _)| id == item).map(|(_, answer)| answer)
    }

    /// The answers for a flow, in the order of the file.
    pub fn items<'a>(&'a self, flow: &str) -> impl Iterator<Item = (&'a str, &'a Answer)> + use<'a> {
        let own = self.flows.iter().find(|(name, _)| name == flow);
        own.into_iter().flat_map(|(_, items)| items).map(|(id, answer)| (id.as_str(), answer))
    }

    /// The flows that are answered for.
    pub fn flows(&self) -> impl Iterator<Item = &str> {
        self.flows.iter().map(|(name, _)| name.as_str())
    }
}

const DONE: &str = "done";
const OPEN: &str = "open";
const NOT_APPLICABLE: &str = "not applicable";

/// Reads answers, which stand in the run's source of that number.
pub fn read_answers(
    knowledge: &KnowledgeBase<'_>,
    index: usize,
    source: &Source,
    problems: &mut Vec<Diagnostic>,
) -> Answers {
    let mut answers = Answers::default();
    let reader = Reader { knowledge, index };
    let found = read(source, &Limits::default(), &mut |root| reader.document(&root, &mut answers, problems));
    let found = found.into_iter().filter(|problem| problem.code != "empty-file");
    problems.extend(found.map(|problem| {
        let diagnostic = Diagnostic::error(problem.code, problem.message).at(index, problem.span, "");
        match problem.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }));
    answers
}

struct Reader<'r> {
    knowledge: &'r KnowledgeBase<'r>,
    index: usize,
}

impl Reader<'_> {
    fn document(&self, root: &Node<'_>, answers: &mut Answers, problems: &mut Vec<Diagnostic>) {
        let Some(flows) = self.map(root, "answers", "write each flow's name, and below it its items", problems) else {
            return;
        };
        for flow in flows {
            let what = format!("the answers for `{}`", flow.key);
            let help = "write an item's id and `done`, as in `tls-to-clients: done`";
            let Some(items) = self.map(&flow.value, &what, help, problems) else { continue };
            let items = items.iter().filter_map(|item| self.item(item, problems)).collect();
            answers.flows.push((flow.key.to_string(), items));
        }
    }

    fn map<'n>(
        &self,
        node: &'n Node<'n>,
        what: &str,
        help: &str,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<&'n [Entry<'n>]> {
        if let Kind::Map(entries) = &node.kind {
            return Some(entries);
        }
        let message = format!("{what} must be a map, not {}", node.describe());
        problems.push(Diagnostic::error("wrong-shape", message).at(self.index, node.span, "expected a map").help(help));
        None
    }

    fn item(&self, entry: &Entry<'_>, problems: &mut Vec<Diagnostic>) -> Option<(String, Answer)> {
        let knowledge = self.knowledge;
        let ids = || knowledge.checklist.iter().map(|item| knowledge.text(item.id));
        if !ids().any(|id| id == entry.key) {
            let problem =
                Diagnostic::error("unknown-item", format!("no item of the checklist is called `{}`", entry.key));
            let problem = problem.at(self.index, entry.key_span, "unknown item");
            problems.push(match nearest(&entry.key, ids()) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("`brokerfit explain checklist-items` lists them"),
            });
            return None;
        }
        let said = self.said(&entry.value, problems)?;
        Some((entry.key.to_string(), Answer { said, source: self.index, span: entry.key_span }))
    }

    /// `done`, `{ done: seen on 3 March }`, `{ not applicable: why }`.
    fn said(&self, node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Option<Said> {
        let wrong = |message: String, span: Span, help: &str| {
            Diagnostic::error("wrong-answer", message).at(self.index, span, "expected an answer").help(help)
        };
        let (word, span, remark) = match &node.kind {
            Kind::Scalar(scalar) => (scalar.text.as_ref(), node.span, None),
            Kind::Map(entries) => {
                let [entry] = entries.as_slice() else {
                    let message = format!("an answer is one word with a remark, not {} fields", entries.len());
                    problems.push(wrong(message, node.span, "as in `{ not applicable: the provider does it }`"));
                    return None;
                };
                let Some(remark) = entry.value.as_scalar() else {
                    let message = format!("a remark must be a text, not {}", entry.value.describe());
                    problems.push(wrong(message, entry.value.span, "as in `{ done: seen on 3 March }`"));
                    return None;
                };
                (entry.key.as_ref(), entry.key_span, Some(remark.text.trim()).filter(|remark| !remark.is_empty()))
            }
            _ => {
                let message = format!("an answer is a word, not {}", node.describe());
                problems.push(wrong(message, node.span, "`done`, `not applicable` with a reason, or `open`"));
                return None;
            }
        };
        let own = remark.map(str::to_owned);
        match word.replace('-', " ").trim() {
            DONE => Some(Said::Done(own)),
            OPEN | "" | "null" | "~" => Some(Said::Open(own)),
            NOT_APPLICABLE if own.is_none() => {
                let message = "`not applicable` needs a reason".to_owned();
                problems.push(wrong(message, span, "as in `{ not applicable: the provider does it }`"));
                None
            }
            NOT_APPLICABLE => own.map(Said::NotApplicable),
            other => {
                let words = [DONE, NOT_APPLICABLE, OPEN];
                let message = format!("`{other}` is not one of {}", words.join(", "));
                let help = match nearest(other, words.into_iter()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`done`, `not applicable` with a reason, or `open`".to_owned(),
                };
                problems.push(wrong(message, span, &help));
                None
            }
        }
    }
}
