//! The audit: what it counts is what the rules say, and the built-in rules hold to what they promise.

use brokerfit::audit::{Lead, audit};
use brokerfit::knowledge::{Fit, Voice};

use super::small::Small;
use crate::support::KNOWLEDGE;

#[test]
fn no_strong_effect_of_the_built_in_rules_rests_on_the_other_maker_alone() {
    let audit = audit(&KNOWLEDGE);
    assert!(audit.strong.len() > 50);
    assert!(audit.strong.iter().all(|strong| !strong.is_the_other_makers()));
}

#[test]
fn every_need_is_counted_once_for_each_option() {
    let audit = audit(&KNOWLEDGE);
    assert_eq!(audit.fits.len(), KNOWLEDGE.options.len());
    for counts in &audit.fits {
        for of_case in [counts.best, counts.worst, counts.usual] {
            assert!(of_case.iter().sum::<usize>() <= KNOWLEDGE.needs.len());
        }
        assert_eq!(counts.best.iter().sum::<usize>(), KNOWLEDGE.needs.len());
        assert_eq!(counts.worst.iter().sum::<usize>(), KNOWLEDGE.needs.len());
    }
    let needs: usize = audit.ahead.iter().map(|row| row.easy.alike + row.easy.better.iter().sum::<usize>()).sum();
    assert_eq!(needs, KNOWLEDGE.needs.len());
}

#[test]
fn all_weight_is_shared_out() {
    let audit = audit(&KNOWLEDGE);
    for backing in &audit.backing {
        let voices: f64 = backing.voices.iter().map(|(_, weight)| weight.weight).sum();
        let grades: f64 = backing.grades.iter().map(|(_, weight)| weight.weight).sum();
        assert!((voices - backing.total).abs() < 1e-6 && (grades - backing.total).abs() < 1e-6);
    }
    let total: f64 = audit.backing.iter().map(|backing| backing.total).sum();
    let spoken: f64 = audit.speakers.iter().map(brokerfit::audit::Speaker::weight).sum();
    assert!((total - spoken).abs() < 1e-6);
}

#[test]
fn a_small_base_is_counted_by_hand() {
    let knowledge = Small::new().loaded();
    let audit = audit(&knowledge);
    // Alpha's rate is native to poor, what it keeps good; fits stand worst to best.
    let counts = &audit.fits[0];
    assert_eq!((counts.best, counts.worst, counts.usual), ([0, 0, 0, 1, 1], [0, 1, 0, 1, 0], [0, 0, 0, 1, 1]));
    // `native .. poor` weighs three, `good` one: the maker has half of the first and all of the second.
    let backing = &audit.backing[0];
    assert_eq!(backing.answers, 2);
    assert!((backing.total - 4.0).abs() < 1e-9);
    let of = |voice: Voice| backing.voices.iter().find(|(known, _)| *known == voice).unwrap().1;
    assert_eq!(
        (of(Voice::OwnMaker).citations, of(Voice::Outside).citations, of(Voice::OtherMaker).citations),
        (2, 1, 0)
    );
    assert!((of(Voice::OwnMaker).weight - 2.5).abs() < 1e-9 && (of(Voice::Outside).weight - 1.5).abs() < 1e-9);
    assert_eq!(audit.strong.len(), 2);
    let strong = &audit.strong[0];
    assert_eq!((strong.fit, strong.support.single, strong.support.own_maker), (Fit::Poor, false, true));
    // Both brokers answer alike.
    assert!(audit.ahead.iter().all(|row| row.easy.better == [0, 0] && row.hard.better == [0, 0]));
}

#[test]
fn who_answers_better_is_ahead() {
    let better = Small::new().with("brokers/beta/queue.toml", "fit = \"good\"", "fit = \"native\"").loaded();
    let ahead: Vec<_> = audit(&better).ahead.into_iter().filter(|row| row.easy.better != [0, 0]).collect();
    assert_eq!(ahead.len(), 1);
    let lead = Lead { better: vec![0, 1], alike: 0 };
    assert_eq!((ahead[0].dimension.id(), &ahead[0].easy, &ahead[0].hard), ("delivery", &lead, &lead));
    // Where only the hardest case differs, the easy one is alike.
    let harder = Small::new().with("brokers/beta/queue.toml", "{ fit = \"poor\" }", "{ fit = \"ruled-out\" }").loaded();
    let rows = audit(&harder).ahead;
    let row = rows.iter().find(|row| row.dimension.id() == "throughput").unwrap();
    assert_eq!((&row.easy.better[..], &row.hard.better[..]), (&[0, 0][..], &[1, 0][..]));
}
