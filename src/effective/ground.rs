//! The value that holds for an item: its own, the policy's that reaches it, what its virtual host or its broker gives to
//! items that say nothing, or the default of the version. In which order, the rules of the broker's files say.

use std::cell::RefCell;
use std::collections::HashMap;

use super::amount::amount;
use super::policy::{Policies, Reached, To};
use crate::artifact::{Artifact, Declared, Entry, Item, ItemKind, Typed};
use crate::knowledge::{BrokerId, CatalogueKey, FileRules, Holds, KnowledgeBase, OptionId, Standing, Text};

/// All files of one broker that belong to a flow, in one version.
#[derive(Debug)]
pub struct Ground<'g> {
    /// The knowledge.
    pub knowledge: &'g KnowledgeBase<'g>,
    /// Whose files.
    pub broker: BrokerId,
    /// How they come together, where that is known.
    pub rules: Option<&'g FileRules>,
    /// In which version, as a number.
    pub version: f64,
    /// The files.
    pub artifacts: Vec<&'g Artifact>,
    policies: Policies<'g>,
    /// The brokers themselves.
    brokers: Vec<(&'g Artifact, &'g Item)>,
    /// Virtual hosts by name.
    hosts: HashMap<&'g str, Vec<(&'g Artifact, &'g Item)>>,
    /// The policies of users and of operators that reach an item as an option.
    reached: RefCell<HashMap<(*const Item, OptionId), [Reached<'g>; 2]>>,
}

/// An item with what reaches it.
#[derive(Debug, Clone)]
pub struct Subject<'g> {
    /// Where it is declared.
    pub artifact: &'g Artifact,
    /// The item.
    pub item: &'g Item,
    /// The option that it is.
    pub option: OptionId,
    policy: Reached<'g>,
    operator: Reached<'g>,
}

/// A value as some file gives it.
#[derive(Debug, Clone, Copy)]
pub struct Written<'g> {
    /// The catalogue's key under which it stands, which may be the broker's for a topic's.
    pub key: u16,
    /// The file.
    pub artifact: &'g Artifact,
    /// What sets it: the item itself, a policy, a virtual host, the broker.
    pub item: &'g Item,
    /// The key and its value.
    pub entry: &'g Entry,
    /// The value as written.
    pub text: &'g str,
}

/// An item with the artifact in which it is declared.
pub type Found<'g> = (&'g Artifact, &'g Item);

/// What holds.
#[derive(Debug, Clone, Copy)]
pub enum Effective<'g> {
    /// What is written.
    Written(Written<'g>),
    /// Nothing sets it.
    Nothing,
    /// It cannot be said.
    Open,
}

/// Which option an item is.
#[derive(Debug, Clone, Copy)]
pub enum Kept<'g> {
    /// Files of this broker do not say.
    Unsaid,
    /// This one, and where that is written.
    As(OptionId, Option<Written<'g>>),
    /// It cannot be said.
    Open,
}

impl<'g> Ground<'g> {
    /// Brings the files of a broker together; those of others are passed over.
    pub fn new(knowledge: &'g KnowledgeBase<'g>, broker: BrokerId, version: f64, artifacts: &[&'g Artifact]) -> Self {
        let rules = knowledge.files.iter().find(|rules| rules.broker == broker);
        let own = |artifact: &&&Artifact| {
            artifact.broker == knowledge.broker_name(broker)
                && !rules.is_some_and(|it| is_aside(knowledge, it, artifact))
        };
        let artifacts: Vec<&Artifact> = artifacts.iter().filter(own).copied().collect();
        let policies = Policies::of(&artifacts);
        let (mut brokers, mut hosts) = (Vec::new(), HashMap::<_, Vec<_>>::new());
        for (artifact, item) in
            artifacts.iter().flat_map(|artifact| artifact.items.iter().map(move |it| (*artifact, it)))
        {
            match item.kind {
                ItemKind::Broker => brokers.push((artifact, item)),
                ItemKind::Vhost => hosts.entry(item.name.as_str()).or_default().push((artifact, item)),
                _ => {}
            }
        }
        let reached = RefCell::default();
        Self { knowledge, broker, rules, version, artifacts, policies, brokers, hosts, reached }
    }

    /// Everything that is declared, with its artifact.
    pub fn items(&self) -> impl Iterator<Item = (&'g Artifact, &'g Item)> + '_ {
        self.artifacts.iter().flat_map(|artifact| artifact.items.iter().map(move |item| (*artifact, item)))
    }

    /// Whether a file of the broker itself is among them: what nothing sets there has its default.
    pub fn has_broker_file(&self) -> bool {
        !self.brokers.is_empty()
    }

    /// The brokers themselves, with their artifacts.
    pub fn brokers(&self) -> impl Iterator<Item = (&'g Artifact, &'g Item)> + '_ {
        self.brokers.iter().copied()
    }

    /// An item as an option, with what reaches it.
    pub fn subject(&self, artifact: &'g Artifact, item: &'g Item, option: OptionId) -> Subject<'g> {
        let reached = |kind| match self.rules {
            Some(rules) if item.kind != ItemKind::Broker => {
                self.policies.reaching(self.knowledge, rules, kind, &To { item, option, version: self.version })
            }
            _ => Reached::Nothing,
        };
        let mut known = self.reached.borrow_mut();
        let both = known.entry((std::ptr::from_ref(item), option));
        let [policy, operator] =
            both.or_insert_with(|| [ItemKind::Policy, ItemKind::OperatorPolicy].map(reached)).clone();
        Subject { artifact, item, option, policy, operator }
    }

    /// A key by its place in the catalogue.
    pub fn key(&self, place: u16) -> Option<&'g CatalogueKey> {
        self.knowledge.catalogue.get(usize::from(place))
    }

    /// What the broker calls a key.
    pub fn key_id(&self, place: u16) -> &'g str {
        self.key(place).map_or("", |key| self.knowledge.text(key.id))
    }

    /// Where else a key may stand.
    pub fn standing(&self, key: u16, option: OptionId) -> Option<&'g Standing> {
        let speaks = |it: &&Standing| it.key == key && (it.options.is_empty() || it.options.contains(&option));
        self.rules?.values.iter().find(speaks)
    }

    /// The option that an item is, by the key whose value names it.
    pub fn kept_as(&self, artifact: &'g Artifact, item: &'g Item) -> Kept<'g> {
        let naming = self.rules.and_then(|rules| rules.values.iter().find(|standing| standing.names_option));
        let Some(standing) = naming.filter(|_| item.kind == ItemKind::Queue) else { return Kept::Unsaid };
        let own = self.own(standing.key, Some(standing), artifact, item);
        let (text, written) = match self.or_given(own, Some(standing), item) {
            Effective::Written(written) => (written.text, Some(written)),
            Effective::Nothing => {
                let default = self.key(standing.key).map(|key| self.knowledge.text(key.default_at(self.version)));
                (default.unwrap_or_default(), None)
            }
            Effective::Open => return Kept::Open,
        };
        match self.knowledge.find_option(Some(self.broker), text) {
            Some(option) => Kept::As(option, written),
            None => Kept::Open,
        }
    }

    /// The value that holds for an item.
    pub fn effective(&self, key: u16, subject: &Subject<'g>) -> Effective<'g> {
        let standing = self.standing(key, subject.option);
        let own = self.own(key, standing, subject.artifact, subject.item);
        let policy = standing.and_then(|standing| Some((self.knowledge.text(standing.policy?), standing.holds)));
        let both = match policy {
            Some((name, holds)) => {
                let policy = self.by_policy(key, name, holds, subject);
                self.of_two(own, policy, holds)
            }
            None => own,
        };
        match self.or_given(both, standing, subject.item) {
            Effective::Nothing if !self.says_all(subject) => Effective::Open,
            found => found,
        }
    }

    /// Whether what nothing sets is not set elsewhere either: no file that could say it says that there is more.
    fn says_all(&self, subject: &Subject<'g>) -> bool {
        self.brokers().map(|(artifact, _)| artifact).chain([subject.artifact]).all(|artifact| artifact.more.is_none())
    }

    /// What policies give: a user's, and an operator's over it.
    fn by_policy(&self, key: u16, name: &str, holds: Holds, subject: &Subject<'g>) -> Effective<'g> {
        let of = |reached: &Reached<'g>| match reached {
            Reached::Nothing => Effective::Nothing,
            Reached::One(artifact, item) => Self::entry(key, &[name], artifact, item),
            Reached::Perhaps(items) if items.iter().all(|item| item.entries.iter().all(|it| it.key != name)) => {
                Effective::Nothing
            }
            Reached::Perhaps(_) | Reached::Unknown => Effective::Open,
        };
        let over = if holds == Holds::Lower { Holds::Lower } else { Holds::Policy };
        self.of_two(of(&subject.policy), of(&subject.operator), over)
    }

    /// What holds of two values, the second being a policy's.
    fn of_two(&self, own: Effective<'g>, policy: Effective<'g>, holds: Holds) -> Effective<'g> {
        match (own, policy) {
            (Effective::Open, _) | (_, Effective::Open) => Effective::Open,
            (one, Effective::Nothing) | (Effective::Nothing, one) => one,
            (Effective::Written(first), Effective::Written(second)) => match holds {
                Holds::Own => own,
                Holds::Policy => policy,
                Holds::Lower => match (self.amount(&first), self.amount(&second)) {
                    (Some(low), Some(other)) if low <= other => own,
                    (Some(_), Some(_)) => policy,
                    _ => Effective::Open,
                },
            },
        }
    }

    /// What the virtual host or the broker itself gives, where nothing nearer says anything.
    fn or_given(&self, nearer: Effective<'g>, standing: Option<&'g Standing>, item: &Item) -> Effective<'g> {
        let (Effective::Nothing, Some(standing)) = (nearer, standing) else { return nearer };
        if let Some(vhost) = standing.vhost {
            let name = self.knowledge.text(vhost);
            let hosts = item.vhost.as_ref().and_then(|name| self.hosts.get(name.as_str()));
            for (artifact, host) in hosts.into_iter().flatten() {
                match Self::entry(standing.key, &[name], artifact, host) {
                    Effective::Nothing => {}
                    found => return found,
                }
            }
        }
        self.by_broker(standing, item.kind)
    }

    /// What the broker itself gives to items that say nothing.
    pub fn by_broker(&self, standing: &Standing, kind: ItemKind) -> Effective<'g> {
        let given = standing.broker.iter().filter(|_| kind != ItemKind::Broker);
        for key in given {
            for (artifact, item) in self.brokers() {
                match self.own(*key, None, artifact, item) {
                    Effective::Nothing => {}
                    found => return found,
                }
            }
        }
        Effective::Nothing
    }

    /// What is written on the item itself.
    fn own(&self, key: u16, standing: Option<&Standing>, artifact: &'g Artifact, item: &'g Item) -> Effective<'g> {
        let also: &[Text] = standing.map_or(&[], |standing| &standing.also);
        let also = also.iter().map(|name| self.knowledge.text(*name));
        let names: Vec<&str> = std::iter::once(self.key_id(key)).chain(also).collect();
        Self::entry(key, &names, artifact, item)
    }

    /// The last entry under one of some names: of two that are the same the later one counts.
    fn entry(key: u16, names: &[&str], artifact: &'g Artifact, item: &'g Item) -> Effective<'g> {
        let Some(entry) = item.entries.iter().rev().find(|entry| names.contains(&entry.key.as_str())) else {
            return Effective::Nothing;
        };
        match &entry.value {
            Declared::Literal(literal) if !entry.secret && literal.typed != Typed::Other => {
                Effective::Written(Written { key, artifact, item, entry, text: &literal.text })
            }
            Declared::Literal(_) | Declared::Elsewhere => Effective::Open,
        }
    }

    /// What is written, as an amount.
    pub fn amount(&self, written: &Written<'g>) -> Option<f64> {
        amount(self.key(written.key)?, written.text)
    }
}

/// Whether a file is of a node that carries no messages.
fn is_aside(knowledge: &KnowledgeBase<'_>, rules: &FileRules, artifact: &Artifact) -> bool {
    let says = |item: &Item, key: &str, value: &str| {
        let last = item.entries.iter().rev().find(|entry| entry.key == key);
        last.is_some_and(|entry| matches!(&entry.value, Declared::Literal(literal) if literal.text.trim() == value))
    };
    artifact
        .items
        .iter()
        .filter(|item| item.kind == ItemKind::Broker)
        .any(|item| rules.no_broker.iter().any(|(key, value)| says(item, knowledge.text(*key), knowledge.text(*value))))
}
