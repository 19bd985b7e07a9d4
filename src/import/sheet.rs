//! What is gathered of one flow while a file is read. Two origins that agree count once; where they disagree, nobody knows.

use super::{Found, Open};

/// A flow, while it is gathered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    /// What the file calls it.
    pub(super) name: String,
    /// What tells it from another of the same name: a virtual host, a cluster.
    pub(super) within: Option<String>,
    pub(super) about: Vec<String>,
    pub(super) found: Vec<Found>,
    pub(super) open: Vec<Open>,
    pub(super) option: Option<String>,
}

/// All flows of a file, and what of it is none.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) sheets: Vec<Sheet>,
    /// What was left out and why, a line each.
    pub(super) left_out: Vec<String>,
}

impl Sheet {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    pub(super) fn about(&mut self, line: impl Into<String>) {
        self.about.push(line.into());
    }

    /// Notes a fact that the file tells.
    pub(super) fn find(&mut self, fact: &str, value: impl Into<String>, from: impl Into<String>) {
        let (value, from) = (value.into(), from.into());
        if self.open.iter().any(|open| open.fact == fact && open.why.contains(DISAGREE)) {
            return;
        }
        let Some(place) = self.found.iter().position(|found| found.fact == fact) else {
            self.found.push(Found { fact: fact.to_owned(), value, from });
            return;
        };
        if self.found.get(place).is_some_and(|found| found.value != value) {
            let first = self.found.remove(place);
            self.open.retain(|open| open.fact != fact);
            let why = format!("{DISAGREE}: {} by {}, {value} by {from}", first.value, first.from);
            self.open.insert(0, Open { fact: fact.to_owned(), why });
        }
    }

    /// Notes what the file leaves open, unless something is known of it, or was said already.
    pub(super) fn ask(&mut self, fact: &str, why: impl Into<String>) {
        let known = self.found.iter().any(|found| found.fact == fact) || self.open.iter().any(|open| open.fact == fact);
        if !known {
            self.open.push(Open { fact: fact.to_owned(), why: why.into() });
        }
    }

    /// What a file of this kind never says, most telling first.
    pub(super) fn ask_the_usual(&mut self, what: &str) {
        for (fact, why) in USUAL {
            self.ask(fact, why.replace("{what}", what));
        }
    }

    /// Whether it tells the same as another but for its name.
    pub(super) fn has_the_facts_of(&self, other: &Self) -> bool {
        let facts = |sheet: &Self| -> Vec<(String, String)> {
            sheet.found.iter().map(|found| (found.fact.clone(), found.value.clone())).collect()
        };
        let asked = |sheet: &Self| -> Vec<String> { sheet.open.iter().map(|open| open.fact.clone()).collect() };
        self.option == other.option && facts(self) == facts(other) && asked(self) == asked(other)
    }
}

/// How a reason begins where two origins contradict one another.
const DISAGREE: &str = "the file says both";

/// What declarations leave to those who publish and read.
const USUAL: [(&str, &str); 7] = [
    ("throughput.peak", "{what} does not say how much is published"),
    ("message.size", "{what} does not say how large messages are"),
    ("ordering.scope", "{what} does not say which messages must stay in order"),
    ("delivery.guarantee", "whether a message may be lost or come twice is up to those who publish and read"),
    ("latency.p99", "{what} does not say how soon a message must be handled"),
    ("consumers.per_group", "{what} does not say how many instances share the work"),
    ("consumers.processing_time", "{what} does not say how long a message is worked on"),
];

#[cfg(test)]
mod tests {
    use super::Sheet;

    #[test]
    fn what_two_origins_contradict_is_open() {
        let mut sheet = Sheet::new("orders");
        sheet.find("retention.period", "7d", "a");
        sheet.find("retention.period", "7d", "b");
        assert_eq!(sheet.found.len(), 1);
        for _ in 0..2 {
            sheet.find("retention.period", "1d", "c");
            assert_eq!((sheet.found.len(), sheet.open.len()), (0, 1));
            assert_eq!(sheet.open[0].why, "the file says both: 7d by a, 1d by c");
        }
    }

    #[test]
    fn what_is_known_is_not_asked() {
        let mut sheet = Sheet::new("orders");
        sheet.find("throughput.peak", "1k/s", "a");
        sheet.ask_the_usual("it");
        sheet.ask_the_usual("it");
        assert!(sheet.open.iter().all(|open| open.fact != "throughput.peak"));
        assert_eq!(sheet.open.len(), super::USUAL.len() - 1);
    }
}
