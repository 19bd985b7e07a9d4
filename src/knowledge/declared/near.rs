//! The key that a person is likely to have meant. Keys are long and resemble each other, so fewer slips are forgiven
//! than in a word; what is left out at an end is recognised too.

use super::pattern::filled;

/// Longer keys are not compared.
const LONGEST: usize = 120;

/// Below this length what is left out at an end is no sign of anything.
const TELLING: usize = 5;

/// The nearest of some names, the first of equals; gaps in it are filled as the key fills them.
pub(super) fn nearest<'n>(key: &str, names: impl Iterator<Item = &'n str> + Clone) -> Option<String> {
    if key.len() > LONGEST {
        return None;
    }
    slip(key, names.clone()).or_else(|| cut(key, names))
}

fn slip<'n>(key: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    let own = comparable(key);
    let most = allowed(own.chars().count());
    let mut best: Option<(usize, String)> = None;
    for name in names {
        let candidate = if name.contains('$') { filled(name, key) } else { Some(name.to_owned()) };
        let Some(candidate) = candidate else { continue };
        let limit = best.as_ref().map_or(most + 1, |(distance, _)| *distance);
        if candidate.len().abs_diff(key.len()) >= limit || candidate == key {
            continue;
        }
        let distance = strsim::osa_distance(&own, &comparable(&candidate));
        if distance < limit {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, name)| name)
}

/// The shortest name that begins or ends with the whole key.
fn cut<'n>(key: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    if key.len() < TELLING {
        return None;
    }
    let longer = |name: &&str| {
        let rest = name.strip_suffix(key).map(|rest| rest.ends_with('.'));
        let start = name.strip_prefix(key).map(|rest| rest.starts_with('.'));
        !name.contains('$') && (rest == Some(true) || start == Some(true))
    };
    names.filter(longer).min_by_key(|name| name.len()).map(str::to_owned)
}

/// Slips that still look like slips.
fn allowed(characters: usize) -> usize {
    match characters {
        0..=2 => 0,
        3..=6 => 1,
        7..=14 => 2,
        _ => 3,
    }
}

/// Case, and which sign parts the words, cost nothing.
fn comparable(key: &str) -> String {
    key.chars()
        .map(|character| if matches!(character, '_' | '.') { '-' } else { character.to_ascii_lowercase() })
        .collect()
}
