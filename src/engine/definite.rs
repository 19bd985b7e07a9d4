//! Whether a verdict's leader is the same all over a range: every need exists or does not, every answer is one, and every
//! scope rule speaks or is silent, wherever in the range a fact stands.

use super::reach::Scene;
use crate::expr::FactId;
use crate::facts::{Facts, View};
use crate::knowledge::KnowledgeBase;

/// Whether everything is answered alike while some facts move; `facts` hold all that they may be.
pub fn is_definite(knowledge: &KnowledgeBase<'_>, facts: &Facts, moves: &[bool]) -> bool {
    let moves = |id: FactId| moves.get(usize::from(id.0)).copied().unwrap_or(false);
    let scene = Scene { knowledge, view: View::central(knowledge, facts), moves: &moves, edges_move: false };
    if knowledge.brokers.iter().any(|broker| scene.availability_moves(broker)) {
        return false;
    }
    let needs = scene.needs();
    if !needs.iter().all(|need| need.truths.always() && need.fits.iter().all(|fits| fits.single().is_some())) {
        return false;
    }
    let stated = View::stated(knowledge, facts);
    knowledge.scope.iter().all(|rule| {
        let truths = knowledge.program.truths(rule.when, &stated, &moves);
        truths.always() || truths.never()
    })
}
