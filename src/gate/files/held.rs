//! What broker files say of the items of a review: by the values that hold, as the limits see them, and by keys of which
//! the catalogue says nothing.

use super::super::case::Case;
use crate::artifact::{Artifact, Declared, Item, ItemKind};
use crate::effective::amount;
use crate::effective::selected;
use crate::effective::{Effective, Ground, Subject};
use crate::expr::ExprId;
use crate::facts::View;
use crate::knowledge::{Asked, CatalogueKey, Held, KeyType, Scope, Text};
use crate::pattern::Pattern;
use crate::review::{Evidence, Proof, Review};

/// Sets what files say of each item of a review.
pub(super) fn prove(case: &Case<'_>, review: &mut Review, artifacts: &[&Artifact], only: &[Pattern]) {
    let knowledge = case.knowledge;
    let broker = knowledge.broker_of(review.option);
    let ground = Ground::new(knowledge, broker, review.version.as_number(), artifacts);
    let selection = selected(&ground, &case.advice.profile.name, only);
    let items = selection.items.iter().filter(|_| selection.is_sure());
    let mut subjects: Vec<Subject<'_>> = items.map(|(file, item)| ground.subject(file, item, review.option)).collect();
    subjects.extend(ground.brokers().map(|(file, item)| ground.subject(file, item, review.option)));
    let view = View::central(knowledge, &case.advice.facts);
    let view = knowledge.broker(broker).map_or(view, |broker| view.seen_by(broker));
    let prover = Prover { case, ground: &ground, subjects: &subjects, view };
    for reviewed in &mut review.items {
        let Some(item) = knowledge.checklist.get(reviewed.item).filter(|item| !item.holds.is_empty()) else { continue };
        let asked: Vec<Vec<(Answer, Evidence)>> = item.holds.iter().map(|held| prover.held(held)).collect();
        let of = |answer: Answer| {
            let all = asked.iter().flatten().filter(|(own, _)| *own == answer);
            all.map(|(_, evidence)| evidence.clone()).collect::<Vec<_>>()
        };
        let against = of(Answer::No);
        reviewed.proof = if !against.is_empty() {
            Proof::Contradicted(against)
        } else if asked.iter().all(|held| held.iter().any(|(answer, _)| *answer == Answer::Yes)) {
            Proof::Verified(of(Answer::Yes))
        } else {
            Proof::Unsaid(item.holds.iter().map(|held| knowledge.text(held.key).to_owned()).collect())
        };
    }
}

/// Whether a file says that something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
}

struct Prover<'p, 'g> {
    case: &'p Case<'p>,
    ground: &'p Ground<'g>,
    subjects: &'p [Subject<'g>],
    view: View<'p>,
}

impl<'g> Prover<'_, 'g> {
    /// What each item of the files says.
    fn held(&self, held: &Held) -> Vec<(Answer, Evidence)> {
        let of = |kind: ItemKind| match held.scope {
            Scope::Broker => kind == ItemKind::Broker,
            Scope::Topic => kind == ItemKind::Topic,
            Scope::Queue | Scope::Policy => kind == ItemKind::Queue,
            _ => false,
        };
        let subjects = self.subjects.iter().filter(|subject| of(subject.item.kind));
        subjects.filter_map(|subject| self.said(held, subject)).collect()
    }

    fn said(&self, held: &Held, subject: &Subject<'g>) -> Option<(Answer, Evidence)> {
        let knowledge = self.case.knowledge;
        let name = knowledge.text(held.key);
        let place = knowledge.catalogue.iter().position(|key| {
            key.broker == self.ground.broker && key.scope == held.scope && knowledge.text(key.id) == name
        });
        let place = place.and_then(|place| u16::try_from(place).ok());
        let key = place.and_then(|place| self.ground.key(place));
        let effective = place.map(|place| self.ground.effective(place, subject));
        let (text, at) = match effective {
            Some(Effective::Written(written)) => {
                (Some(written.text.to_owned()), Some((written.artifact.source, written.entry.key_span)))
            }
            Some(Effective::Open) => return None,
            Some(Effective::Nothing) => {
                // What no file of the broker sets has its default only where such a file is there.
                let default = key.map(|key| knowledge.text(key.default_at(self.ground.version)));
                (default.filter(|default| !default.is_empty()).map(str::to_owned), None)
            }
            None => match written(subject.item, name) {
                Some(Written::Literal(text, span)) => (Some(text), Some((subject.artifact.source, span))),
                Some(Written::Elsewhere) => return None,
                None if subject.artifact.more.is_some() => return None,
                None => (None, None),
            },
        };
        let holds = self.holds(held, key, text.as_deref())?;
        let item = if subject.item.name.is_empty() { String::new() } else { format!("{}: ", subject.item.name) };
        let said = match (&text, at) {
            (Some(text), Some(_)) => format!("{item}`{name}` is `{text}`"),
            (Some(text), None) => format!("{item}`{name}` is not set, and `{text}` by default"),
            (None, _) => format!("{item}`{name}` is not set"),
        };
        Some((if holds { Answer::Yes } else { Answer::No }, Evidence { place: at, text: said }))
    }

    /// Whether a value is as asked; none where that cannot be said.
    fn holds(&self, held: &Held, key: Option<&CatalogueKey>, text: Option<&str>) -> Option<bool> {
        let among = |words: &[Text], text: &str| {
            let same = |word: &Text| {
                let word = self.case.knowledge.text(*word);
                let boolean = key.is_none_or(|key| key.kind == KeyType::Boolean);
                word == text.trim() || boolean && word.eq_ignore_ascii_case(text.trim())
            };
            words.iter().any(same)
        };
        match (&held.asked, text) {
            (Asked::Set, text) => Some(text.is_some()),
            (Asked::Unset, text) => Some(text.is_none()),
            (Asked::OneOf(words), Some(text)) => Some(among(words, text)),
            (Asked::NoneOf(words), Some(text)) => Some(!among(words, text)),
            (Asked::AtLeast(bound), Some(text)) => Some(amount(key?, text)? >= self.bound(*bound)?),
            (Asked::AtMost(bound), Some(text)) => Some(amount(key?, text)? <= self.bound(*bound)?),
            // Of what the catalogue does not know, the default is not known either.
            (Asked::OneOf(_) | Asked::AtLeast(_) | Asked::AtMost(_), None) => key.map(|_| false),
            (Asked::NoneOf(_), None) => key.map(|_| true),
        }
    }

    fn bound(&self, formula: ExprId) -> Option<f64> {
        let range = self.case.knowledge.program.number(formula, &self.view);
        range.is_point().then_some(range.lo)
    }
}

enum Written {
    Literal(String, crate::source::Span),
    Elsewhere,
}

/// The last value under a name.
fn written(item: &Item, name: &str) -> Option<Written> {
    let entry = item.entries.iter().rev().find(|entry| entry.key == name)?;
    Some(match &entry.value {
        Declared::Literal(literal) if !entry.secret => Written::Literal(literal.text.clone(), entry.key_span),
        Declared::Literal(_) | Declared::Elsewhere => Written::Elsewhere,
    })
}
