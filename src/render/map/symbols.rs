//! One character for what a cell shows: a letter of its own for each option, a capital where the verdict is clear. A
//! toss-up takes turns with a dot.

use crate::engine::{Leader, Strength};
use crate::knowledge::{KnowledgeBase, OptionId};
use crate::mapping::{Class, Grid, Outcome, Region};

/// The profile's own place.
pub(super) const OWN: char = '◆';
/// Facts contradict each other.
const CONTRADICTION: char = '×';
/// Two flows on two brokers.
const BOTH: char = '&';
/// None.
const NEITHER: char = '-';
/// In turn with a letter: a toss-up.
const DOT: char = '·';
/// Where no letter of an option is left, and for pairs.
const FURTHER: &str = "123456789@#%$+=~";

/// Which character stands for what.
#[derive(Debug)]
pub(super) struct Symbols {
    options: Vec<char>,
    pairs: Vec<(Leader, char)>,
}

impl Symbols {
    /// Letters for every option, and signs for the pairs of a grid.
    pub(super) fn of(knowledge: &KnowledgeBase<'_>, grid: &Grid) -> Self {
        let mut further = FURTHER.chars();
        let mut options: Vec<char> = Vec::new();
        for option in &knowledge.options {
            let short = knowledge.text(option.short);
            let initials = short.split('-').filter_map(|part| part.chars().next());
            let letters = initials.chain(short.chars()).filter(char::is_ascii_lowercase);
            let free = letters.map(|letter| letter.to_ascii_uppercase()).find(|letter| !options.contains(letter));
            options.push(free.or_else(|| further.next()).unwrap_or('?'));
        }
        let mut pairs: Vec<(Leader, char)> = Vec::new();
        for (class, _) in grid.tally() {
            if let Class::Verdict(Outcome { region: Region::One(leader), .. }) = class
                && leader.beside.is_some()
                && pairs.iter().all(|(known, _)| *known != leader)
            {
                pairs.push((leader, further.next().unwrap_or('?')));
            }
        }
        Self { options, pairs }
    }

    fn option(&self, option: OptionId) -> char {
        self.options.get(usize::from(option.0)).copied().unwrap_or('?')
    }

    /// The character of a cell; `odd` where a toss-up shows its dot.
    pub(super) fn cell(&self, class: Class, odd: bool) -> char {
        let Class::Verdict(outcome) = class else { return CONTRADICTION };
        let leader = match outcome.region {
            Region::Both => return BOTH,
            Region::Neither => return NEITHER,
            Region::One(leader) => leader,
        };
        let pair = self.pairs.iter().find(|(known, _)| *known == leader).map(|(_, sign)| *sign);
        let sign = pair.unwrap_or_else(|| self.option(leader.option));
        match outcome.strength {
            Some(Strength::Clear) => sign,
            Some(Strength::TossUp) if odd => DOT,
            Some(Strength::Leaning | Strength::TossUp) | None => sign.to_ascii_lowercase(),
        }
    }

    /// What a legend shows for it.
    pub(super) fn sample(&self, class: Class) -> String {
        let (even, odd) = (self.cell(class, false), self.cell(class, true));
        if even == odd { even.to_string() } else { [even, odd].iter().collect() }
    }
}
