//! Labels below an axis of characters, so that none covers another.

use super::ticks::Tick;

/// Columns between labels.
const APART: usize = 2;

/// Labels below an axis that begins at a column: words end at their mark and go down where they do not fit, amounts stand
/// in the middle and are left out where they do not fit. Also the marks whose labels are there.
pub(super) fn labels(marks: &[(usize, Tick)], from: usize, width: usize) -> (Vec<String>, Vec<usize>) {
    let mut rows: Vec<Vec<char>> = Vec::new();
    let mut shown = Vec::new();
    for (column, tick) in marks.iter().filter(|(_, tick)| tick.word) {
        let end = from + column + 1;
        let label: Vec<char> = tick.label.chars().collect();
        let start = end.saturating_sub(label.len());
        let row = (0..rows.len()).find(|row| is_free(rows.get(*row), start, start + label.len()));
        let row = row.unwrap_or(rows.len());
        for above in 0..row {
            put(&mut rows, above, end - 1, &['│'], width);
        }
        put(&mut rows, row, start, &label, width);
        shown.push(*column);
    }
    for (column, tick) in marks.iter().filter(|(_, tick)| !tick.word) {
        let label: Vec<char> = tick.label.chars().collect();
        let start = (from + column).saturating_sub(label.len() / 2).min(width.saturating_sub(label.len()));
        if is_free(rows.first(), start, start + label.len()) {
            put(&mut rows, 0, start, &label, width);
            shown.push(*column);
        }
    }
    (rows.into_iter().map(|row| row.into_iter().collect::<String>().trim_end().to_owned()).collect(), shown)
}

fn is_free(row: Option<&Vec<char>>, start: usize, end: usize) -> bool {
    let around = start.saturating_sub(APART)..end + APART;
    row.is_none_or(|row| around.into_iter().all(|place| row.get(place).is_none_or(|known| *known == ' ')))
}

fn put(rows: &mut Vec<Vec<char>>, row: usize, start: usize, label: &[char], width: usize) {
    while rows.len() <= row {
        rows.push(vec![' '; width]);
    }
    let place = rows.get_mut(row).and_then(|row| row.get_mut(start..));
    for (known, character) in place.into_iter().flatten().zip(label) {
        *known = *character;
    }
}
