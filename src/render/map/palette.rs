//! Colours: a family for each broker, a shade for each of its options, paler where the verdict is less firm. Never the
//! only carrier of anything.

use crate::engine::Strength;
use crate::knowledge::{KnowledgeBase, OptionId};
use crate::mapping::{Class, Outcome, Region};

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(u8, u8, u8);

const WHITE: Colour = Colour(255, 255, 255);
const BOTH: Colour = Colour(122, 92, 160);
const NEITHER: Colour = Colour(176, 176, 176);
const CONTRADICTION: Colour = Colour(240, 240, 240);

/// For each broker, shades of its options; told apart with any common weakness of colour vision.
const FAMILIES: [[Colour; 4]; 4] = [
    [Colour(190, 92, 20), Colour(233, 148, 46), Colour(240, 192, 100), Colour(140, 66, 24)],
    [Colour(28, 100, 170), Colour(84, 168, 210), Colour(20, 62, 108), Colour(140, 196, 226)],
    [Colour(20, 122, 96), Colour(96, 186, 150), Colour(10, 80, 64), Colour(160, 216, 190)],
    [Colour(160, 60, 120), Colour(206, 130, 176), Colour(106, 34, 78), Colour(226, 178, 206)],
];

impl Colour {
    /// So many hundredths of it, the rest white.
    fn tint(self, hundredths: u16) -> Self {
        let mix = |own: u8, white: u8| {
            let mixed = (u16::from(own) * hundredths + u16::from(white) * (100 - hundredths)) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self(mix(self.0, WHITE.0), mix(self.1, WHITE.1), mix(self.2, WHITE.2))
    }

    /// As in a style sheet.
    pub(super) fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// The nearest of the 216 colours of a terminal's cube.
    fn cube(self) -> u8 {
        let level = |part: u8| {
            if part < 48 {
                0
            } else if part < 115 {
                1
            } else {
                (part - 35) / 40
            }
        };
        16 + 36 * level(self.0) + 6 * level(self.1) + level(self.2)
    }

    /// Whether dark text is read better on it.
    pub(super) fn is_light(self) -> bool {
        u32::from(self.0) * 299 + u32::from(self.1) * 587 + u32::from(self.2) * 114 > 140_000
    }
}

/// An option's own colour.
pub(super) fn full(knowledge: &KnowledgeBase<'_>, option: OptionId) -> Colour {
    let broker = knowledge.broker_of(option);
    let place = knowledge
        .broker(broker)
        .and_then(|broker| broker.options.iter().position(|known| *known == option))
        .unwrap_or_default();
    let family = FAMILIES.get(usize::from(broker.0) % FAMILIES.len());
    family.and_then(|family| family.get(place % family.len())).copied().unwrap_or(NEITHER)
}

/// What a cell is filled with.
pub(super) fn fill(knowledge: &KnowledgeBase<'_>, class: Class) -> Colour {
    let Class::Verdict(Outcome { region, strength }) = class else { return CONTRADICTION };
    let colour = match region {
        Region::One(leader) => full(knowledge, leader.option),
        Region::Both => BOTH,
        Region::Neither => NEITHER,
    };
    match strength {
        Some(Strength::Clear) | None => colour,
        Some(Strength::Leaning) => colour.tint(58),
        Some(Strength::TossUp) => colour.tint(26),
    }
}

/// Text and ground of a cell in a terminal.
pub(super) fn terminal(knowledge: &KnowledgeBase<'_>, class: Class) -> (u8, u8) {
    let ground = fill(knowledge, class);
    (if ground.is_light() { 16 } else { 231 }, ground.cube())
}
