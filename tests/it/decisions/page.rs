//! `docs/accuracy.md` and the lines about it in the README, from the figures.

use std::fmt::Write as _;

use brokerfit::engine::{CLEAR_LEAD, CLEAR_SHARE};

use super::ablation::{EFFECTS, MOST_ON_ONE_SOURCE};
use super::case::{Asked, CASES, Case, Label};
use super::curve::point;
use super::disagreement::is_chosen_otherwise;
use super::discussed;
use super::figures::{Rate, deep, is_decided, is_disputed, is_either, tally};
use super::tables;
use crate::support::KNOWLEDGE;

/// What stands before the figures, written by hand.
const INTRO: &str = include_str!("accuracy.intro.md");

/// The page without its notice.
pub(crate) fn page() -> String {
    let mut page = INTRO.replace("{cases}", &CASES.len().to_string());
    let _ = write!(page, "\n{}", labellers());
    let mut section = |title: &str, text: &str| {
        let _ = write!(page, "\n## {title}\n\n{}\n", text.trim_end());
    };
    section("How often the verdict agrees", &agreement());
    section("How firm it is, and how right", &firmness());
    section("The curve: firmness against correctness", &curve());
    section("By pattern, by quality of the case, by side", &groups());
    section("What was chosen", &chosen());
    section("What rests on a single need", &needs());
    section("Which option", &options());
    section("Disputed cases", &disputed());
    section("Every disagreement", &discussed::all());
    page
}

/// What the README says of it.
pub(crate) fn summary() -> String {
    let [stated, withheld] = Asked::ALL.map(|asked| tally(asked, Case::is_agreed));
    let decided = tally(Asked::AsStated, is_decided);
    let either = tally(Asked::AsStated, is_either);
    let text = format!(
        "On {} documented decisions the verdict names the broker that two labellers agree on in {} ({}, 95 % interval {}; \
         {} with the pattern withheld). Of {} decided cases {} are *clear*, {} of them wrong; of {} that labellers leave \
         open, {} are. The curve, the intervals and every disagreement: [docs/accuracy.md](docs/accuracy.md).",
        CASES.len(),
        stated.right.plain(),
        stated.right.percent(),
        stated.right.spread(),
        withheld.right.percent(),
        decided.clear.of,
        decided.clear.count,
        number(decided.clear_wrong.count),
        either.clear.of,
        either.clear.count,
    );
    filled(&text, "- ", "  ")
}

/// The figures in one table, for who runs the tests.
pub(super) fn headline() -> String {
    format!("{}\n{}\n{}", tables::agreement(), tables::firmness(), tables::needs())
}

/// How far the labels themselves can be trusted.
fn labellers() -> String {
    let rate = |of: &dyn Fn(&Case) -> bool, which: &dyn Fn(&Case) -> bool| Rate {
        count: CASES.iter().filter(|case| of(case) && which(case)).count(),
        of: CASES.iter().filter(|case| of(case)).count(),
    };
    let one = |label| matches!(label, Label::One(_));
    let same = rate(&|case| one(case.informed) && one(case.blind), &|case| case.informed == case.blind);
    let open = rate(&is_either, &|case| case.informed == case.blind);
    paragraph(&format!(
        "**How good the labels are.** Where both labellers name one broker, it is the same one in {}. Of the cases that one of \
         them leaves open the other does so too in {}: what is open is itself an opinion, and so is how often a verdict is \
         too firm.",
        same.plain(),
        open.plain(),
    ))
}

fn number(count: usize) -> String {
    if count == 0 { "none".to_owned() } else { count.to_string() }
}

/// A paragraph in lines of at most 120 characters.
fn filled(text: &str, first: &str, next: &str) -> String {
    let mut lines = String::new();
    let mut line = first.to_owned();
    // A space that does not break is part of its word.
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if line.chars().count() + word.chars().count() + 1 > 120 {
            lines.push_str(line.trim_end());
            lines.push('\n');
            next.clone_into(&mut line);
        }
        line.push_str(word);
        line.push(' ');
    }
    lines.push_str(line.trim_end());
    lines.push('\n');
    lines
}

pub(super) fn paragraph(text: &str) -> String {
    filled(text, "", "")
}

fn agreement() -> String {
    let decided = tally(Asked::AsStated, is_decided);
    let (_, most) = decided.clear_wrong.interval();
    let text = format!(
        "The two verdicts are those on the workload as stated, and on the same workload without its `pattern`, which often \
         gives the answer away. {} of the {} clear verdicts on decided cases {} wrong; with so few cases that still allows \
         for {:.1} % of clear verdicts to be.",
        capital(&number(decided.clear_wrong.count)),
        decided.clear_wrong.of,
        if decided.clear_wrong.count == 1 { "is" } else { "are" },
        100.0 * most,
    );
    format!("{}\n{}", tables::agreement(), paragraph(&text))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn firmness() -> String {
    format!(
        "{}\n{}\n{}\n{}\n{}\n{}\n{}",
        paragraph(
            "If the words mean something, *clear* verdicts are right most often and *toss-ups* least. Where labellers say \
             `either`, a clear verdict claims more than they would."
        ),
        tables::firmness(),
        paragraph(
            "Not every `either` is alike. A case counts as `either` as soon as one labeller says so; the other often names a \
             broker."
        ),
        tables::either(),
        paragraph(
            "What holds verdicts back from *clear*, as stated; one verdict may be held back by several conditions."
        ),
        tables::held_back(),
        paragraph(&at_full_depth()),
    )
}

/// How many verdicts stay clear where all that is open is drawn.
fn at_full_depth() -> String {
    let each = Asked::ALL.map(|asked| {
        let ((clear, wrong), (either, _)) = (deep(asked, is_decided), deep(asked, is_either));
        let word = asked.word();
        format!(
            "{word}, {} decided cases are clear, {} of them wrong, and {} `either`",
            clear.plain(),
            number(wrong),
            either.plain()
        )
    });
    format!(
        "All figures on this page are at quick depth, as `check` judges. `advise` looks deeper: what is assumed, unknown or a range is \
         drawn as well ([how](how-it-decides.md#at-full-depth)), and fewer verdicts stay clear. There, {}.",
        each.join("; ")
    )
}

fn curve() -> String {
    let text = format!(
        "A verdict is *clear* from a share of {CLEAR_SHARE:.2} and a lead of {CLEAR_LEAD:.2} on ([what they \
         are](how-it-decides.md)). Each cell shows what other \
         thresholds would give, all other conditions as they are: **decided cases that are clear · of them wrong · `either` \
         cases that are clear**, of {} and {}. To the right and further down, fewer verdicts are clear; the last number says \
         how much over-confidence that saves. Conditions that look at the lead themselves keep the threshold of today.",
        tally(Asked::AsStated, is_decided).clear.of,
        tally(Asked::AsStated, is_either).clear.of,
    );
    let today = point(Asked::AsStated, CLEAR_SHARE, CLEAR_LEAD);
    let looser = point(Asked::AsStated, CLEAR_SHARE, CLEAR_LEAD / 2.0);
    let stricter = point(Asked::AsStated, CLEAR_SHARE, CLEAR_LEAD * 2.0);
    let costs = format!(
        "As stated, half the lead would make {} more decided cases clear, {} of them wrong, and {} more `either`; twice the \
         lead would take {} decided cases away and {} `either`.",
        looser.clear - today.clear,
        number(looser.wrong - today.wrong),
        looser.either - today.either,
        today.clear - stricter.clear,
        today.either - stricter.either,
    );
    let [stated, withheld] =
        Asked::ALL.map(|asked| format!("{}:\n\n{}", capital(asked.word()), tables::thresholds(asked)));
    format!("{}\n{stated}\n{withheld}\n{}", paragraph(&text), paragraph(&costs))
}

fn groups() -> String {
    format!(
        "{}\n{}\n{}\n{}",
        paragraph(
            "Grade A is a system in production with clear facts, B a real organisation with some of the facts, C a study, a \
             question or a small project. Groups are small: a case more or less is within chance."
        ),
        tables::by("pattern", |case| &case.pattern),
        tables::by("grade", |case| &case.grade),
        tables::by("labellers say", |case| case.consensus.word()),
    )
}

fn chosen() -> String {
    let by_broker = CASES.iter().filter(|case| case.chosen_broker().is_some());
    let same = by_broker.clone().filter(|case| !is_chosen_otherwise(case)).count();
    let rate = Rate { count: same, of: by_broker.count() };
    let text = format!(
        "Where one of the brokers was chosen, the verdict names it in {} ({}, {}). What was chosen is no proof: people also \
         choose by what they run and know, some of them came to regret it, and verdict and labels judge a new system on \
         the newest versions.",
        rate.plain(),
        rate.percent(),
        rate.spread(),
    );
    format!("{}\n{}", tables::chosen(), paragraph(&text))
}

fn needs() -> String {
    let untouched = EFFECTS.iter().filter(|effect| effect.size() == 0).count();
    let text = format!(
        "Each need is taken away, one at a time, from every decided case, and the verdicts that then name another broker are \
         counted. {untouched} of {} needs change none. A need that changes more than {MOST_ON_ONE_SOURCE} must rest on two \
         sources at least, counted in the answers that tell the winner with it from the winner without it; a test holds \
         that. The columns *right only* count both ways \
         of asking; verdicts that are right only without a need point at what may be wrong with it.",
        KNOWLEDGE.needs.len(),
    );
    format!("{}\n{}", paragraph(&text), tables::needs())
}

fn options() -> String {
    let (rate, table) = tables::options();
    let text = format!(
        "Where the broker agrees, the option is the one that the labeller who did not know the outcome names in {} ({}). The \
         others:",
        rate.plain(),
        rate.percent(),
    );
    format!("{}\n{table}", paragraph(&text))
}

fn disputed() -> String {
    let count = CASES.iter().filter(|case| is_disputed(case)).count();
    let text = format!("On {count} cases the labellers decide differently; they count neither way.");
    format!("{}\n{}", paragraph(&text), tables::disputed())
}
