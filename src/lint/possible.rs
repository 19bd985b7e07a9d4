//! What each fact may be, whatever a profile says, and what is the answering broker's own.

use crate::expr::{FactId, Own, Possible, Read, Values};
use crate::knowledge::{BrokerId, Domain, FactKind, KnowledgeBase, Version};
use crate::quantity::{Interval, Kind};

/// What may be read where one broker, or none, answers in some of its lines.
pub(super) struct Possibilities<'p, 'k> {
    knowledge: &'p KnowledgeBase<'k>,
    broker: Option<BrokerId>,
    since: Option<Version>,
    until: Option<Version>,
    /// Of this fact, no more than these amounts.
    only: Option<(FactId, Interval)>,
}

impl<'p, 'k> Possibilities<'p, 'k> {
    /// Whatever is used.
    pub(super) fn neutral(knowledge: &'p KnowledgeBase<'k>) -> Self {
        Self { knowledge, broker: None, since: None, until: None, only: None }
    }

    /// One broker answers, in any of the lines between two.
    pub(super) fn of(
        knowledge: &'p KnowledgeBase<'k>,
        broker: BrokerId,
        since: Option<Version>,
        until: Option<Version>,
    ) -> Self {
        Self { knowledge, broker: Some(broker), since, until, only: None }
    }

    /// The same, with one fact between two amounts.
    pub(super) fn with(self, fact: FactId, within: Interval) -> Self {
        Self { only: Some((fact, within)), ..self }
    }

    /// Every fact may be anything, also what only follows from others.
    pub(super) fn freely(&self, read: Read) -> Possible {
        match read {
            Read::Fact(fact) => match (self.fact(fact), self.only) {
                (Possible::Amount { within, whole }, Some((only, range))) if only == fact => {
                    let within = Interval { lo: within.lo.max(range.lo), hi: within.hi.min(range.hi) };
                    Possible::Amount { within, whole }
                }
                (possible, _) => possible,
            },
            Read::Own(Own::Running) => Possible::Bool,
            Read::Own(Own::Version) => Possible::Version(self.lines()),
            Read::Own(Own::Team) => {
                let broker = self.broker.and_then(|broker| self.knowledge.broker(broker));
                let broker = broker.or(self.knowledge.brokers.first());
                broker.map_or(Possible::Bool, |broker| self.fact(broker.team_fact))
            }
        }
    }

    /// What only follows from others is what its formula says.
    pub(super) fn following(&self, read: Read) -> Possible {
        self.formula(read).map_or_else(|| self.freely(read), Possible::Formula)
    }

    /// Whether a profile may leave it unknown: nothing is assumed of it, or it may follow from what is unknown.
    fn may_be_unknown(&self, read: Read) -> bool {
        let broker = self.broker.and_then(|broker| self.knowledge.broker(broker)).or(self.knowledge.brokers.first());
        match read {
            Read::Own(Own::Version) => false,
            Read::Own(Own::Running) => self.unknown(self.knowledge.roles.running),
            Read::Own(Own::Team) => broker.is_none_or(|broker| self.unknown(broker.team_fact)),
            Read::Fact(fact) => self.unknown(fact),
        }
    }

    fn unknown(&self, fact: FactId) -> bool {
        let Some(fact) = self.knowledge.fact(fact) else { return true };
        // Of versions the newest known is assumed.
        fact.central.is_none() && fact.kind != FactKind::Version
    }

    /// Whether conditions read what only follows from others.
    pub(super) fn follows(&self, goals: super::decide::Goals<'_>) -> bool {
        let mut facts = Vec::new();
        for (goal, _) in goals {
            self.knowledge.program.reads(*goal, &mut facts);
        }
        facts.into_iter().any(|fact| self.formula(Read::Fact(fact)).is_some())
    }

    fn formula(&self, read: Read) -> Option<crate::expr::ExprId> {
        let Read::Fact(fact) = read else { return None };
        let fact = self.knowledge.fact(fact).filter(|fact| fact.derived && fact.infer.is_empty())?;
        // What is held within other facts does not follow from the formula alone.
        fact.formula.filter(|_| fact.at_least.is_none() && fact.at_most.is_none())
    }

    fn lines(&self) -> Interval {
        let lines = self.broker.and_then(|broker| self.knowledge.broker(broker)).map_or(&[][..], |it| &it.versions);
        let number = |version: Option<&Version>| version.map(|version| version.line().as_number());
        let oldest = number(lines.iter().min()).unwrap_or(0.0);
        let newest = number(lines.iter().max()).map_or(f64::MAX, |line| line + 999.0);
        Interval {
            lo: self.since.map_or(oldest, |since| since.as_number().max(oldest)),
            hi: self.until.map_or(newest, |until| (until.line().as_number() + 999.0).min(newest)),
        }
    }

    fn fact(&self, fact: FactId) -> Possible {
        let Some(fact) = self.knowledge.fact(fact) else { return Possible::Bool };
        let words = |domain| self.knowledge.domain(domain).map_or(0, bits);
        let least = if fact.positive { f64::MIN_POSITIVE } else { 0.0 };
        let amount = |hi: f64, whole| Possible::Amount { within: Interval { lo: least, hi }, whole };
        match fact.kind {
            FactKind::Bool => Possible::Bool,
            FactKind::Word(domain) => Possible::Word { words: words(domain), other: false },
            FactKind::Name(domain) => Possible::Word { words: words(domain), other: true },
            FactKind::Words(domain) => Possible::List { words: words(domain), other: false },
            FactKind::Names(domain) => Possible::List { words: words(domain), other: true },
            FactKind::Number(Kind::Percentage) => amount(1.0, false),
            FactKind::Number(kind) => amount(f64::INFINITY, kind == Kind::Count),
            FactKind::Flow { .. } => amount(f64::INFINITY, false),
            FactKind::Version => {
                let all = Interval { lo: 0.0, hi: 999_999_999.0 };
                let broker = fact.broker.map(BrokerId);
                let of = |broker| Possibilities { broker: Some(broker), ..*self }.lines();
                Possible::Version(broker.map_or(all, of))
            }
        }
    }
}

/// Every fact may be anything, also what only follows from others.
pub(super) struct Freely<'f, 'p, 'k>(pub(super) &'f Possibilities<'p, 'k>);

impl Values for Freely<'_, '_, '_> {
    fn possible(&self, read: Read) -> Possible {
        self.0.freely(read)
    }

    fn may_be_unknown(&self, read: Read) -> bool {
        self.0.may_be_unknown(read)
    }
}

/// What only follows from others is what its formula says.
pub(super) struct Following<'f, 'p, 'k>(pub(super) &'f Possibilities<'p, 'k>);

impl Values for Following<'_, '_, '_> {
    fn possible(&self, read: Read) -> Possible {
        self.0.following(read)
    }

    fn may_be_unknown(&self, read: Read) -> bool {
        self.0.may_be_unknown(read)
    }
}

/// The words of a domain, as bits.
fn bits(domain: &Domain) -> u64 {
    let bits = u32::try_from(domain.words.len()).ok().and_then(|count| 1_u64.checked_shl(count));
    bits.map_or(u64::MAX, |above| above - 1)
}
