//! A small knowledge base of two brokers that nobody runs, clean by every lint; a test changes one thing in it.

use std::collections::BTreeMap;

use brokerfit::diagnostic::Diagnostic;
use brokerfit::knowledge::KnowledgeBase;
use brokerfit::knowledge::load::{Places, load};
use brokerfit::lint::{Finding, Question, lint};
use brokerfit::source::{Format, Source};

const FACTS: &str = r#"
[[fact]]
id = "pattern"
type = "words"
words = ["work-queue", "telemetry"]
question = "How is it used?"
meaning = "how it is used"
harder = "none"

[[fact]]
id = "flow.rate"
type = "rate"
question = "How many a second?"
meaning = "messages a second"
harder = "up"
central = "10/s"

[[fact]]
id = "flow.loss"
type = "bool"
question = "May some be lost?"
meaning = "some may be lost"
harder = "down"
central = false

[[fact]]
id = "environment.hosting"
type = "word"
words = ["self-managed", "managed"]
question = "Who runs it?"
meaning = "who runs it"
harder = "none"
central = "self-managed"

[[fact]]
id = "environment.provider"
type = "name"
question = "Which provider?"
meaning = "the provider"
harder = "none"

[[fact]]
id = "environment.versions"
type = "version"
per_broker = true
question = "Which version of {broker}?"
meaning = "what is run"
harder = "none"

[[fact]]
id = "environment.team"
type = "word"
words = ["none", "some", "expert"]
per_broker = true
question = "Who knows {broker}?"
meaning = "what the team knows"
harder = "none"

[[fact]]
id = "environment.running"
type = "brokers"
question = "What is run?"
meaning = "what is run"
harder = "none"
central = []

[[fact]]
id = "environment.allowed"
type = "brokers"
question = "What is allowed?"
meaning = "what is allowed"
harder = "none"
"#;

const NEEDS: &str = r#"
[[need]]
id = "rate"
title = "Carry the rate"
when = "flow.rate > 0/s"
amount = "flow.rate"
because = "{flow.rate} are published"
"#;

const DELIVERY: &str = r#"
[[need]]
id = "keep"
title = "Lose nothing"
when = "not flow.loss"
because = "nothing may be lost"
"#;

pub(super) const CONFLICTS: &str = r#"
[[conflict]]
id = "lossy-and-busy"
level = "warning"
when = "flow.loss and flow.rate > 1M/s"
facts = ["flow.loss", "flow.rate"]
because = "much is lost"
remedy = "lose less"
"#;

fn broker(id: &str, camp: &str) -> String {
    format!(
        r#"
[broker]
id = "{id}"
name = "The {id}"
versions = ["1.0", "2.0"]
options = ["queue"]
about = "a broker"
camp = [{camp}]
source = ["{id}-book"]
"#
    )
}

fn option(maker: &str) -> String {
    format!(
        r#"
[option]
id = "queue"
name = "queue"
title = "Queues"
about = "queues"
source = ["{maker}-book"]

[capability.rate]
how = "It is fast."
compensate = "Add another."
bands = [{{ up_to = "100/s", fit = "native" }}, {{ fit = "poor" }}]
source = ["{maker}-book", "bystander"]

[capability.keep]
fit = "good"
how = "It keeps all."
source = ["{maker}-book"]
"#
    )
}

fn source(id: &str, whose: &str, grade: &str, version: &str) -> String {
    format!(
        r#"
[source.{id}]
url = "https://example.org/{id}"
where = "chapter 1"
checked_on = 2026-11-01
version = "{version}"
affiliation = "{whose}"
grade = "{grade}"
says = "what it says"
"#
    )
}

/// The texts of a small knowledge base.
pub(super) struct Small(BTreeMap<&'static str, String>);

impl Small {
    pub(super) fn new() -> Self {
        let sources = [
            source("alpha-book", "alpha", "documented", "2.0"),
            source("beta-book", "beta", "documented", "2.0"),
            source("bystander", "university", "independent", "2026")
                + "conditions = { message = \"1 KiB\", measured_on = \"2026-03\" }\n",
        ];
        Self(BTreeMap::from([
            ("brokers.toml", "order = [\"alpha\", \"beta\"]\n".to_owned()),
            ("brokers/alpha/broker.toml", broker("alpha", "\"alpha-shop\"")),
            ("brokers/alpha/queue.toml", option("alpha")),
            ("brokers/beta/broker.toml", broker("beta", "")),
            ("brokers/beta/queue.toml", option("beta")),
            ("conflicts.toml", CONFLICTS.to_owned()),
            ("needs/delivery.toml", DELIVERY.to_owned()),
            ("needs/throughput.toml", NEEDS.to_owned()),
            ("sources/all.toml", sources.concat()),
            ("vocabulary/all.toml", FACTS.to_owned()),
        ]))
    }

    /// Puts one text in the place of another, wherever it stands in a file.
    #[track_caller]
    pub(super) fn with(mut self, path: &str, from: &str, to: &str) -> Self {
        let text = self.0.get_mut(path).unwrap();
        assert!(text.contains(from), "{path} has `{from}`");
        *text = text.replace(from, to);
        self
    }

    /// Adds text to a file.
    pub(super) fn and(mut self, path: &'static str, text: &str) -> Self {
        let known = self.0.entry(path).or_default();
        *known += text;
        self
    }

    /// Adds a source of an affiliation.
    pub(super) fn source(self, id: &str, whose: &str, grade: &str) -> Self {
        let text = source(id, whose, grade, "2.0");
        self.and("sources/all.toml", &text)
    }

    pub(super) fn load(&self) -> Result<KnowledgeBase<'static>, Vec<Diagnostic>> {
        load("small", &self.sources())
    }

    /// The codes of what refuses it to load.
    #[track_caller]
    pub(super) fn refused(&self) -> Vec<String> {
        self.load().unwrap_err().into_iter().map(|problem| problem.code.into_owned()).collect()
    }

    #[track_caller]
    pub(super) fn loaded(&self) -> KnowledgeBase<'static> {
        self.load().unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    /// What lints find, except what is behind.
    #[track_caller]
    pub(super) fn linted(&self) -> Vec<(&'static str, String)> {
        let findings = lint(&self.loaded(), Question::default(), &[]);
        findings.into_iter().map(|Finding { lint, message, .. }| (lint.id, message)).collect()
    }

    /// The texts.
    pub(super) fn sources(&self) -> Vec<Source> {
        self.0.iter().map(|(path, text)| Source::new(*path, text.clone(), Format::Toml)).collect()
    }

    /// Where each finding of a lint points: the file, the line, and what the carets stand under.
    #[track_caller]
    pub(super) fn places(&self, lint_id: &str) -> Vec<(String, usize, String)> {
        let (knowledge, sources) = (self.loaded(), self.sources());
        let places = Places::read(&sources, &[]);
        let only = [brokerfit::lint::find(lint_id).unwrap()];
        let findings = lint(&knowledge, Question::default(), &only);
        let place = |finding: &Finding| {
            let (file, span) = places.find(&knowledge, finding.spots[0]).unwrap();
            let source = &sources[file];
            (source.name.clone(), source.position(span.start).line, span.text(&source.text).to_owned())
        };
        findings.iter().map(place).collect()
    }

    /// Writes it into a folder.
    pub(super) fn write(&self, folder: &std::path::Path) {
        for (path, text) in &self.0 {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
}
