//! What one list has and another has not.

/// What falls away and what comes, each in the order of its own list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved<T> {
    /// What only the first has.
    pub gone: Vec<T>,
    /// What only the second has.
    pub new: Vec<T>,
    /// How many both have.
    pub kept: usize,
}

impl<T> Moved<T> {
    /// Compares two lists.
    pub(super) fn between(before: Vec<T>, after: Vec<T>, same: impl Fn(&T, &T) -> bool) -> Self {
        let stays = |one: &T| after.iter().any(|other| same(one, other));
        let (kept, gone): (Vec<T>, Vec<T>) = before.into_iter().partition(stays);
        let new = after.into_iter().filter(|other| !kept.iter().any(|one| same(one, other))).collect();
        Self { gone, new, kept: kept.len() }
    }

    /// Whether the lists have the same.
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.new.is_empty()
    }

    /// Everything that moves.
    pub fn both(&self) -> impl Iterator<Item = &T> {
        self.gone.iter().chain(&self.new)
    }
}
