//! Who should choose otherwise: the dimensions that those put first under whose weights a broker wins, as the draws show
//! it. Says *only* where every such draw agrees.

use crate::engine::{Centre, Judgement};
use crate::knowledge::{BrokerId, Dimension};

/// How many dimensions are named.
const NAMED: usize = 2;
/// By what factor a dimension weighs more in a broker's wins than among all weights before it is named.
const MORE: f64 = 1.15;
/// From which fraction of its wins on a broker wins almost only with the named dimensions on top.
const ALMOST: f64 = 0.9;

/// How firmly a broker's wins hang on the named dimensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grip {
    /// In every draw that it wins, one of them weighs most of all.
    Only,
    /// In nine of ten.
    Almost,
    /// They weigh more than usual, on average.
    Mostly,
    /// No dimension stands out: facts or the reading of the scale decide.
    Loose,
    /// It wins in no draw.
    Never,
}

impl Grip {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Only => "only",
            Self::Almost => "almost",
            Self::Mostly => "mostly",
            Self::Loose => "loose",
            Self::Never => "never",
        }
    }
}

/// Under whose weights a broker wins.
#[derive(Debug, Clone, PartialEq)]
pub struct Favour {
    /// Whose.
    pub broker: BrokerId,
    /// In what fraction of draws it wins.
    pub share: f64,
    /// How firmly that hangs on the dimensions.
    pub grip: Grip,
    /// The dimensions that weigh more there than usual, most first.
    pub dimensions: Vec<Dimension>,
}

/// Under whose weights each broker wins; empty at quick depth.
pub fn favours(judgement: &Judgement) -> Vec<Favour> {
    let Some(robustness) = &judgement.robustness else { return Vec::new() };
    let standings = judgement.standings.iter().filter(|standing| !standing.ruled_out || standing.share > 0.0);
    standings
        .map(|standing| {
            let centre = robustness.centres.get(usize::from(standing.broker.0)).copied().flatten();
            let (grip, dimensions) = centre.map_or((Grip::Never, Vec::new()), |centre| grip(&centre, judgement));
            Favour { broker: standing.broker, share: standing.share, grip, dimensions }
        })
        .collect()
}

fn grip(centre: &Centre, judgement: &Judgement) -> (Grip, Vec<Dimension>) {
    let mut above: Vec<(Dimension, f64)> = Dimension::ALL
        .into_iter()
        .zip(centre.weights.iter().zip(&judgement.weights))
        .filter(|(_, (own, usual))| **own > **usual * MORE)
        .map(|(dimension, (own, usual))| (dimension, own - usual))
        .collect();
    above.sort_by(|left, right| right.1.total_cmp(&left.1));
    above.truncate(NAMED);
    let heaviest: f64 = above.iter().filter_map(|(dimension, _)| centre.heaviest.get(dimension.index())).sum();
    let grip = match above.is_empty() {
        true => Grip::Loose,
        false if heaviest > 1.0 - 1e-9 => Grip::Only,
        false if heaviest >= ALMOST => Grip::Almost,
        false => Grip::Mostly,
    };
    (grip, above.into_iter().map(|(dimension, _)| dimension).collect())
}
