//! The value that a rule chooses for a flow: of its cases the first that holds, as whatever is set reads it.

use super::setting::written_as;
use super::words::Words;
use crate::expr::{ExprId, Tri};
use crate::facts::View;
use crate::knowledge::{BrokerId, Choice, KnowledgeBase, Measure};
use crate::quantity::Interval;

/// A value that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// As it is read by what is set.
    pub value: String,
    /// As people read it.
    pub shown: String,
    /// What decided: how it was computed or, of a value that is written out, the condition under which it stands.
    pub by: Option<ExprId>,
}

/// Chooses for one broker: the first value whose condition holds; none where nothing does, or where it is not known.
pub fn chosen(
    knowledge: &KnowledgeBase<'_>,
    (view, words, broker): (&View<'_>, &Words<'_>, BrokerId),
    choose: &[(Option<ExprId>, Choice)],
    measure: Measure,
) -> Option<Chosen> {
    let program = &knowledge.program;
    let holds = |condition: ExprId| program.holds(condition, view) == Tri::True;
    let (condition, choice) = choose.iter().find(|(condition, _)| condition.is_none_or(holds))?;
    let computed = |formula: ExprId| if program.is_written_out(formula) { *condition } else { Some(formula) };
    let (value, shown, by) = match choice {
        Choice::Number(formula) => {
            let amount = Some(program.number(*formula, view)).filter(|amount| amount.is_point())?;
            let (value, shown) = written_as(measure, Interval::middle(amount));
            (value, shown, computed(*formula))
        }
        Choice::Boolean(formula) => {
            let value = match program.holds(*formula, view) {
                Tri::True => "true",
                Tri::False => "false",
                Tri::Unknown => return None,
            };
            (value.to_owned(), value.to_owned(), computed(*formula))
        }
        Choice::Text(template) => {
            let text = words.fill(template, Some(broker));
            (text.clone(), text, *condition)
        }
    };
    Some(Chosen { value, shown, by })
}
