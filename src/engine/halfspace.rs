//! The exact share of all weights for which a weighted sum is negative: the part of a simplex on one side of a plane
//! through it (Varsi 1973; Ali 1973). Takes one difference of losses for each weighed dimension; additions, products and
//! quotients of positive numbers only, so nothing is lost to cancellation.

/// The most dimensions.
const MOST: usize = 16;

/// The fraction of all weights, uniform over the simplex, for which `Σ weight·difference < 0`; half, where all
/// differences are zero. `differences` holds at most sixteen.
pub(super) fn negative_share(differences: &[f64]) -> f64 {
    // The share that is still on the negative side, by how many of the others are counted.
    let mut shares = [0.0; MOST + 1];
    let mut others = [0.0; MOST];
    let mut count = 0;
    for (slot, value) in others.iter_mut().zip(differences.iter().filter(|value| **value >= 0.0)) {
        *slot = *value;
        count += 1;
    }
    let others = others.get(..count).unwrap_or_default();
    if count == differences.len() {
        return if differences.iter().all(|value| *value == 0.0) { 0.5 } else { 0.0 };
    }
    if let Some(first) = shares.first_mut() {
        *first = 1.0;
    }
    for negative in differences.iter().filter(|value| **value < 0.0) {
        let mut before = 1.0;
        for (share, other) in shares.iter_mut().skip(1).zip(others) {
            *share = (other * *share - negative * before) / (other - negative);
            before = *share;
        }
    }
    shares.get(count).copied().unwrap_or(0.0)
}
