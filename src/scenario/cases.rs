//! Cases that stand in rules: `case` in the block of which it speaks, `[[case]]` in files beside the rules. Each becomes a
//! profile that expects something, as if it had been written under `x-expect`; one that runs along a fact becomes several.

use super::EXPECT;
use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::profile::{Profile, Remark, set_facts};
use crate::source::{Entry, Kind, Limits, Node, Source, Span, read};

/// The cases of some sources, which stand at these places of the run; and everything that is wrong with them.
pub fn read_cases(knowledge: &KnowledgeBase<'_>, sources: &[Source], first: usize) -> (Vec<Profile>, Vec<Diagnostic>) {
    let mut cases = Vec::new();
    let mut problems = Vec::new();
    for (index, source) in sources.iter().enumerate().skip(first) {
        let found = read(source, &Limits::default(), &mut |root| {
            let mut reader = Reader { knowledge, index, cases: &mut cases, problems: &mut problems };
            reader.file(source, &root);
        });
        problems.extend(found.into_iter().map(|problem| Diagnostic::from_problem(index, problem)));
    }
    (cases, problems)
}

/// Of what a case speaks, which gives its short keys their meaning.
enum Subject<'n> {
    /// A table beside the rules: keys mean what they mean under `x-expect`.
    Nothing,
    Need(&'n str),
    /// A need, and the options whose answer it is.
    Answer(&'n str, Vec<&'n str>),
    Rule(&'n str),
    /// A key with its scope, and the options for which it is set.
    Setting(String, Vec<&'n str>),
    Fact(&'n str),
}

impl Subject<'_> {
    /// The keys below `x-expect` for which a short one stands, and what it says there; none where it is not one.
    fn means(&self, key: &str, text: &str) -> Option<Vec<(String, String)>> {
        let one = |key: String| Some(vec![(key, text.to_owned())]);
        match (self, key) {
            (Self::Need(id), "creates") => one(format!("created.{id}")),
            (Self::Need(id), "amount") => one(format!("amounts.{id}")),
            (Self::Answer(need, options), "fit" | "by") => {
                let family = if key == "fit" { "needs" } else { "by" };
                Some(options.iter().map(|option| (format!("{family}.{need}.{option}"), text.to_owned())).collect())
            }
            (Self::Rule(id), "holds") => one(format!("holds.{id}")),
            (Self::Setting(key, options), "value") => {
                Some(options.iter().map(|option| (format!("settings.{option}.{key}"), text.to_owned())).collect())
            }
            (Self::Setting(key, options), "set") => {
                Some(options.iter().map(|option| (format!("set.{option}.{key}"), text.to_owned())).collect())
            }
            (Self::Fact(id), "value") => one(format!("facts.{id}")),
            _ => None,
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Need(id) | Self::Rule(id) | Self::Fact(id) => (*id).to_owned(),
            Self::Answer(need, options) => format!("{} at {need}", options.join(", ")),
            Self::Setting(key, _) => key.clone(),
        }
    }
}

struct Reader<'r, 'k> {
    knowledge: &'r KnowledgeBase<'k>,
    index: usize,
    cases: &'r mut Vec<Profile>,
    problems: &'r mut Vec<Diagnostic>,
}

impl<'r> Reader<'r, '_> {
    fn file(&mut self, source: &Source, root: &Node<'_>) {
        for entry in root.as_map().unwrap_or_default() {
            let blocks = entry.value.one_or_more();
            match &*entry.key {
                "case" => self.all(&Subject::Nothing, &entry.value, &source.name),
                "need" => blocks.iter().for_each(|block| self.block(block, "id", Subject::Need)),
                "conflict" | "scope" => blocks.iter().for_each(|block| self.block(block, "id", Subject::Rule)),
                "fact" => blocks.iter().for_each(|block| self.block(block, "id", Subject::Fact)),
                "setting" => {
                    let broker = folder(&source.name);
                    for block in blocks.iter().filter(|block| field(block, "case").is_some()) {
                        let subject = self.setting(broker, block);
                        self.cases_of(&subject, block);
                    }
                }
                "capability" => {
                    let broker = folder(&source.name);
                    let own = self.option_of(broker, &source.name);
                    for capability in entry.value.as_map().unwrap_or_default() {
                        if field(&capability.value, "case").is_some() {
                            let options = self.answering(broker, own, &capability.key);
                            self.cases_of(&Subject::Answer(&capability.key, options), &capability.value);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// The option whose file bears a name; none for what its broker says for all of them.
    fn option_of(&self, broker: &str, name: &str) -> Option<&'r str> {
        let short = name.rsplit('/').next()?.strip_suffix(".toml")?;
        let knowledge = self.knowledge;
        let id = knowledge.find_option(knowledge.find_broker(broker), short)?;
        knowledge.option(id).map(|option| knowledge.text(option.short))
    }

    /// The cases of a block that has an id.
    fn block<'n>(&mut self, block: &'n Node<'_>, id: &str, subject: fn(&'n str) -> Subject<'n>) {
        if let Some(id) = field(block, id).and_then(text) {
            self.cases_of(&subject(id), block);
        }
    }

    fn cases_of(&mut self, subject: &Subject<'_>, block: &Node<'_>) {
        if let Some(cases) = field(block, "case") {
            self.all(subject, cases, &subject.name());
        }
    }

    /// The options whose answer stands in a file: the file's own, or all that leave it to their broker.
    fn answering(&self, broker: &str, own: Option<&str>, need: &str) -> Vec<&'r str> {
        let knowledge = self.knowledge;
        let place = knowledge.needs.iter().position(|known| knowledge.text(known.id) == need);
        let of_broker = knowledge.option_ids().filter(|(_, option)| knowledge.broker_name(option.broker) == broker);
        of_broker
            .filter(|(id, option)| match own {
                Some(own) => knowledge.text(option.short) == own,
                None => place.and_then(|place| knowledge.answer(*id, place)).is_some_and(|answer| answer.inherited),
            })
            .map(|(_, option)| knowledge.text(option.id))
            .collect()
    }

    /// A rule on a key: for the options that it names, else for all of the broker that have such a rule.
    fn setting(&self, broker: &str, block: &Node<'_>) -> Subject<'r> {
        let knowledge = self.knowledge;
        let key = field(block, "key").and_then(text).unwrap_or_default();
        let scope = field(block, "scope").and_then(text).unwrap_or_default();
        let named: Vec<&str> =
            field(block, "options").map_or(&[][..], Node::one_or_more).iter().filter_map(text).collect();
        let of_broker = knowledge.option_ids().filter(|(_, option)| knowledge.broker_name(option.broker) == broker);
        let options = of_broker
            .filter(|(_, option)| named.is_empty() || named.contains(&knowledge.text(option.short)))
            .filter(|(id, _)| {
                knowledge.tuning.iter().any(|rule| {
                    let known = knowledge.catalogue.get(usize::from(rule.key));
                    rule.options.contains(id)
                        && known.is_some_and(|known| knowledge.text(known.id) == key && known.scope.word() == scope)
                })
            });
        Subject::Setting(format!("{key}@{scope}"), options.map(|(_, option)| knowledge.text(option.id)).collect())
    }

    fn all(&mut self, subject: &Subject<'_>, cases: &Node<'_>, name: &str) {
        for (number, case) in (1_usize..).zip(cases.one_or_more()) {
            self.case(subject, case, &format!("{name}, case {number}"));
        }
    }

    fn case(&mut self, subject: &Subject<'_>, case: &Node<'_>, name: &str) {
        let Some(entries) = case.as_map() else {
            let message = format!("a case must be a table, not {}", case.describe());
            return self.problem("wrong-shape", case.span, message, "expected a table");
        };
        let name = field(case, "name").and_then(text).unwrap_or(name);
        let given: Vec<(&str, Span)> = items(field(case, "given"));
        let along = field(case, "along").and_then(text);
        let points = items(field(case, "at"));
        if along.is_some() == points.is_empty() {
            let message = "`along` names a fact, and `at` its values: both or none".to_owned();
            return self.problem("wrong-value", case.span, message, "one of them is missing");
        }
        let expected = self.expected(subject, entries, points.len());
        let Some(along) = along else {
            return self.add(
                name.to_owned(),
                case.span,
                &given,
                expected.iter().map(|(remark, _)| remark.clone()).collect(),
            );
        };
        for (place, (value, span)) in points.iter().enumerate() {
            let setting = format!("{along}={value}");
            let mut given = given.clone();
            given.push((&setting, *span));
            let here = expected.iter().filter(|(_, at)| at.is_none_or(|at| at == place));
            self.add(format!("{name}, {setting}"), case.span, &given, here.map(|(remark, _)| remark.clone()).collect());
        }
    }

    /// What a case expects; of what runs along a fact, at which of its values.
    fn expected(
        &mut self,
        subject: &Subject<'_>,
        entries: &[Entry<'_>],
        points: usize,
    ) -> Vec<(Remark, Option<usize>)> {
        let mut all = Vec::new();
        for entry in entries.iter().filter(|entry| !["name", "given", "along", "at"].contains(&&*entry.key)) {
            self.flat(subject, &entry.key, &entry.value, points, &mut all);
        }
        all
    }

    fn flat(
        &mut self,
        subject: &Subject<'_>,
        key: &str,
        node: &Node<'_>,
        points: usize,
        into: &mut Vec<(Remark, Option<usize>)>,
    ) {
        let mut one = |text: &str, span: Span, at: Option<usize>| {
            let means = subject.means(key, text).unwrap_or_else(|| vec![(key.to_owned(), text.to_owned())]);
            into.extend(
                means.into_iter().map(|(key, text)| (Remark { key: format!("{EXPECT}{key}"), text, span }, at)),
            );
        };
        match &node.kind {
            Kind::Map(entries) => {
                for entry in entries {
                    self.flat(subject, &format!("{key}.{}", entry.key), &entry.value, points, into);
                }
            }
            Kind::List(list) if points > 0 && list.len() != points => {
                let message = format!("`{key}` says {} things of {points} values", list.len());
                self.problem("wrong-value", node.span, message, "one for each value of `at`");
            }
            Kind::List(list) => {
                for (place, item) in list.iter().enumerate() {
                    let Some(text) = text(item) else { continue };
                    // Where nothing is expected at a value, nothing stands.
                    if points == 0 || !text.is_empty() {
                        one(text, item.span, (points > 0).then_some(place));
                    }
                }
            }
            Kind::Scalar(scalar) => one(&scalar.text, node.span, None),
            Kind::Empty => {}
        }
    }

    fn add(&mut self, name: String, span: Span, given: &[(&str, Span)], kept: Vec<Remark>) {
        let mut profile = Profile { source: Some(self.index), span, kept, ..Profile::named(name) };
        for (setting, span) in given {
            for problem in set_facts(self.knowledge, &mut profile, &[(*setting).to_owned()]) {
                self.problems.push(Diagnostic { labels: Vec::new(), ..problem }.at(self.index, *span, "given here"));
            }
        }
        self.cases.push(profile);
    }

    fn problem(&mut self, code: &'static str, span: Span, message: String, label: &str) {
        self.problems.push(Diagnostic::error(code, message).at(self.index, span, label));
    }
}

/// The texts of a list, or the one that stands there, with their places.
fn items<'n>(node: Option<&'n Node<'_>>) -> Vec<(&'n str, Span)> {
    let nodes = node.map_or(&[][..], Node::one_or_more);
    nodes.iter().filter_map(|node| Some((text(node)?, node.span))).collect()
}

/// The name of the folder in which a file stands.
fn folder(name: &str) -> &str {
    name.rsplit('/').nth(1).unwrap_or_default()
}

fn field<'n, 't>(node: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    node.as_map()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

fn text<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.kind {
        Kind::Scalar(scalar) => Some(&scalar.text),
        _ => None,
    }
}
