//! Columns that answer one need alike, so that what they share is said once.

use super::side_by_side::{Row, Stretch, same};

/// Columns that answer one need alike.
#[derive(Debug, Clone)]
pub struct Group<'r, 'k> {
    /// Their places.
    pub columns: Vec<usize>,
    /// What their other versions answer otherwise, newest first, with the places of those that do so.
    pub stretches: Vec<(Vec<usize>, &'r Stretch<'k>)>,
}

/// The columns of a row by what they answer, in their order; `means` tells apart what differs only in its words.
pub fn groups<'r, 'k>(row: &'r Row<'k>, means: bool) -> Vec<Group<'r, 'k>> {
    let mut groups: Vec<Group<'r, 'k>> = Vec::new();
    for (place, cell) in row.cells.iter().enumerate() {
        let known = groups.iter_mut().find(|group| {
            let first = group.columns.first().and_then(|first| row.cells.get(*first));
            first.is_some_and(|first| same(&first.cases, &cell.cases, means))
        });
        match known {
            Some(group) => group.columns.push(place),
            None => groups.push(Group { columns: vec![place], stretches: Vec::new() }),
        }
    }
    for group in &mut groups {
        for place in &group.columns {
            for stretch in row.cells.get(*place).map_or(&[][..], |cell| &cell.stretches) {
                let known = group.stretches.iter_mut().find(|(_, known)| {
                    known.since == stretch.since
                        && known.until == stretch.until
                        && same(&known.cases, &stretch.cases, means)
                });
                match known {
                    Some((places, _)) => places.push(*place),
                    None => group.stretches.push((vec![*place], stretch)),
                }
            }
        }
        group.stretches.sort_by_key(|(_, stretch)| std::cmp::Reverse(stretch.until));
    }
    groups
}
