//! One documented decision: its profile, and what is known of it under `x-decision`.

use std::sync::LazyLock;

use brokerfit::advice::{Depth, Question, advise};
use brokerfit::engine::{Kind, Sampler, Strength, Verdict};
use brokerfit::knowledge::{BrokerId, OptionId};
use brokerfit::profile::{Profile, read_profiles};

use crate::examples::sources;
use crate::support::{KNOWLEDGE, advised, fact};

/// Where the cases are.
const FOLDER: &str = "tests/decisions";
/// The keys of `x-decision`; a case has each of them, except those that end in `?`.
const KEYS: [&str; 12] = [
    "title",
    "source",
    "chosen",
    "grade",
    "driver",
    "labels.informed",
    "labels.blind",
    "consensus",
    "option?",
    "confidence",
    "why",
    "discussion?",
];

/// What a labeller says, or both together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    /// This broker.
    One(BrokerId),
    /// A broker each for two flows.
    Both,
    /// No broker at all.
    Neither,
    /// The stated facts do not decide.
    Either,
    /// The labellers decide differently.
    Disputed,
}

impl Label {
    fn read(text: &str) -> Option<Self> {
        match text {
            "both" => Some(Self::Both),
            "neither" => Some(Self::Neither),
            "either" => Some(Self::Either),
            "disputed" => Some(Self::Disputed),
            broker => KNOWLEDGE.find_broker(broker).map(Self::One),
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::One(broker) => KNOWLEDGE.broker_name(broker),
            Self::Both => "both",
            Self::Neither => "neither",
            Self::Either => "either",
            Self::Disputed => "disputed",
        }
    }

    /// Whether it says what to do.
    pub(super) fn decides(self) -> bool {
        !matches!(self, Self::Either | Self::Disputed)
    }

    /// Whether a verdict says the same.
    pub(super) fn agrees(self, verdict: &Verdict) -> bool {
        self == said(verdict)
    }
}

/// What a verdict says, in the labellers' words.
pub(super) fn said(verdict: &Verdict) -> Label {
    match (verdict.kind, verdict.leader) {
        (Kind::One, Some(leader)) => Label::One(leader.broker),
        (Kind::Both, _) => Label::Both,
        _ => Label::Neither,
    }
}

/// Whether a verdict is as firm as can be.
pub(super) fn is_clear(verdict: &Verdict) -> bool {
    verdict.strength == Some(Strength::Clear)
}

/// Whether the pattern is asked with, as stated, or kept from the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    AsStated,
    Withheld,
}

impl Asked {
    pub(super) const ALL: [Self; 2] = [Self::AsStated, Self::Withheld];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::AsStated => "as stated",
            Self::Withheld => "pattern withheld",
        }
    }
}

/// A documented decision with the program's verdicts on it.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) profile: Profile,
    /// The same without its pattern.
    pub(super) bare: Profile,
    pub(super) file: String,
    pub(super) title: String,
    pub(super) sources: Vec<String>,
    pub(super) chosen: String,
    pub(super) grade: String,
    pub(super) driver: String,
    /// What labellers say: one knew what was chosen, one did not, and both together.
    pub(super) informed: Label,
    pub(super) blind: Label,
    pub(super) consensus: Label,
    pub(super) option: Option<OptionId>,
    pub(super) confidence: String,
    pub(super) why: String,
    pub(super) discussion: Option<String>,
    /// The pattern that is stated, or that there are several.
    pub(super) pattern: String,
    as_stated: Verdict,
    withheld: Verdict,
}

impl Case {
    pub(super) fn name(&self) -> &str {
        &self.profile.name
    }

    pub(super) fn verdict(&self, asked: Asked) -> &Verdict {
        match asked {
            Asked::AsStated => &self.as_stated,
            Asked::Withheld => &self.withheld,
        }
    }

    /// The verdict with all that is open drawn as well: what is recommended is the same, and never firmer.
    pub(super) fn deep(&self, asked: Asked) -> Verdict {
        let question = Question { depth: Depth::Full, ..Question::default() };
        let advice = advise(&KNOWLEDGE, self.profile(asked), &question, &mut Sampler::default());
        advice.on_workload().verdict.clone()
    }

    pub(super) fn profile(&self, asked: Asked) -> &Profile {
        match asked {
            Asked::AsStated => &self.profile,
            Asked::Withheld => &self.bare,
        }
    }

    /// Whether both labellers decide, and alike.
    pub(super) fn is_agreed(&self) -> bool {
        self.informed == self.blind && self.informed.decides()
    }

    /// The broker that was chosen, where it is one of those that are judged.
    pub(super) fn chosen_broker(&self) -> Option<BrokerId> {
        KNOWLEDGE.find_broker(&self.chosen)
    }
}

/// All cases, judged once.
pub(super) static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let sources = sources(FOLDER);
    let read = read_profiles(&KNOWLEDGE, &sources);
    assert_eq!(read.problems, [], "every case reads without a diagnostic");
    let file = |profile: &Profile| format!("{FOLDER}/{}", sources[profile.source.unwrap()].name);
    read.profiles.into_iter().map(|profile| case(file(&profile), profile)).collect()
});

fn case(file: String, profile: Profile) -> Case {
    let name = &profile.name;
    let all = |key: &str| {
        let key = format!("x-decision.{key}");
        profile.kept.iter().filter(|remark| remark.key == key).map(|remark| remark.text.clone()).collect::<Vec<_>>()
    };
    let maybe = |key: &str| all(key).into_iter().next();
    let one = |key: &str| maybe(key).unwrap_or_else(|| panic!("{file}: {name} has no `x-decision.{key}`"));
    let label = |key: &str| {
        let word = one(key);
        Label::read(&word).unwrap_or_else(|| panic!("{file}: {name}: `{word}` is no label"))
    };
    for remark in &profile.kept {
        let known = |key: &&str| remark.key.strip_prefix("x-decision.") == Some(key.trim_end_matches('?'));
        let foreign = remark.key.starts_with("x-decision") && !KEYS.iter().any(known);
        assert!(!foreign, "{file}: {name}: `{}` means nothing", remark.key);
    }
    for key in KEYS.iter().filter(|key| !key.ends_with('?')) {
        one(key);
    }
    let mut bare = profile.clone();
    bare.statements.retain(|statement| statement.fact != fact("pattern"));
    let option = maybe("option").map(|name| KNOWLEDGE.find_option(None, &name).unwrap());
    Case {
        title: one("title"),
        sources: all("source"),
        chosen: one("chosen"),
        grade: one("grade"),
        driver: one("driver"),
        informed: label("labels.informed"),
        blind: label("labels.blind"),
        consensus: label("consensus"),
        option,
        confidence: one("confidence"),
        why: one("why"),
        discussion: maybe("discussion"),
        pattern: pattern(&profile),
        as_stated: advised(&profile).on_workload().verdict.clone(),
        withheld: advised(&bare).on_workload().verdict.clone(),
        file,
        bare,
        profile,
    }
}

/// The stated pattern, where it is one.
fn pattern(profile: &Profile) -> String {
    use brokerfit::knowledge::{FactKind, Given};
    use brokerfit::profile::Stated;
    let id = fact("pattern");
    let FactKind::Words(domain) = KNOWLEDGE.fact(id).unwrap().kind else { panic!("patterns are a list of words") };
    match profile.statement(id).map(|statement| &statement.value) {
        Some(Stated::Value { value: Given::List { has, .. }, .. }) => {
            let mut words = (0..64).filter(|bit| has & (1 << bit) != 0).map(|bit| KNOWLEDGE.word(domain, bit));
            let first = words.next().unwrap_or_default();
            if words.next().is_some() { "several" } else { first }.to_owned()
        }
        _ => "not stated".to_owned(),
    }
}
