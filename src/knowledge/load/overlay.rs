//! Lays packs over a set of rules. Works on trees, before anything of them is understood: a block of a pack stands beside
//! those that are there, or takes the place of those with its id. So a loader sees one set of rules, whoever wrote which part.

use std::borrow::Cow;

use super::RuleFile;
use crate::source::{Entry, Kind, Node, Scalar, Span};

/// What one block of a pack does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Laid {
    /// What blocks of its kind are called: `need`, `capability`.
    pub(super) kind: String,
    /// Its id.
    pub(super) id: String,
    /// It takes the place of something.
    pub(super) replaces: bool,
}

/// Tables whose every entry is a block of its own.
const KEYED: [&str; 3] = ["source", "capability", "quantity"];
/// Arrays whose blocks speak of a key, for some options of a broker.
const BY_KEY: [&str; 2] = ["setting", "limit"];

/// Lays the files of one pack, whose places begin at `from`, over what is there.
pub(super) fn lay<'s>(base: &mut Vec<RuleFile<'s>>, pack: Vec<RuleFile<'s>>, from: u32) -> Vec<Laid> {
    let mut laid = Vec::new();
    for file in pack {
        let RuleFile { path, index, root: Node { span, kind } } = file;
        if !base.iter().any(|known| known.path == path) {
            base.push(RuleFile { path, index, root: Node { span, kind: Kind::Map(Vec::new()) } });
        }
        let Kind::Map(entries) = kind else { continue };
        let mut layer = Layer { base, path, from, laid: &mut laid };
        for entry in entries {
            match entry.value.kind {
                Kind::List(items) if items.iter().all(|item| item.as_map().is_some()) => {
                    for item in items {
                        layer.block(&entry.key, entry.key_span, item);
                    }
                }
                Kind::Map(inner) if KEYED.contains(&&*entry.key) => {
                    for inner in inner {
                        layer.keyed(&entry.key, entry.key_span, inner);
                    }
                }
                kind => {
                    let value = Node { span: entry.value.span, kind };
                    layer.described(Entry { value, ..entry });
                }
            }
        }
    }
    laid
}

/// A file of a pack over what is there.
struct Layer<'l, 's> {
    base: &'l mut Vec<RuleFile<'s>>,
    path: &'s str,
    /// Where the pack begins.
    from: u32,
    laid: &'l mut Vec<Laid>,
}

impl<'s> Layer<'_, 's> {
    /// The entries of the file.
    fn root(&mut self) -> Option<&mut Vec<Entry<'s>>> {
        let path = self.path;
        map_of(&mut self.base.iter_mut().find(|file| file.path == path)?.root)
    }

    /// What a file says of itself: a broker, an option, or a list that grows.
    fn described(&mut self, entry: Entry<'s>) {
        let kind = entry.key.to_string();
        let Some(root) = self.root() else { return };
        let replaces = root.iter().any(|known| known.key == entry.key);
        merge(root, entry);
        let own = self.path.strip_prefix("brokers/").and_then(|rest| rest.strip_suffix(".toml"));
        let id = own.map(|own| own.trim_end_matches("/broker").to_owned());
        // To a broker that is there something is added, and nothing taken.
        let told = match kind.as_str() {
            "option" => true,
            "broker" => !replaces,
            _ => false,
        };
        self.laid.extend(id.filter(|_| told).map(|id| Laid { kind, id, replaces }));
    }

    /// A block of an array: beside the others, or in the place of those with its id.
    fn block(&mut self, key: &str, key_span: Span, item: Node<'s>) {
        let (path, from) = (self.path, self.from);
        let id = identity(key, &item);
        let (mut place, mut replaces) = (None, false);
        if let Some(id) = &id {
            let every = self.options_of_broker();
            let named = texts(item.get("options"));
            let named = if named.is_empty() { every.clone() } else { named };
            for file in self.base.iter_mut().filter(|file| area(file.path) == area(path)) {
                let own = file.path == path;
                let Some(items) = map_of(&mut file.root).and_then(|root| list_of(root, key)) else { continue };
                let mut kept = 0;
                items.retain_mut(|known| {
                    let same = known.span.start < from && identity(key, known).as_ref() == Some(id);
                    let goes = same && !(BY_KEY.contains(&key) && remains(known, &every, &named));
                    if goes && own {
                        place.get_or_insert(kept);
                    }
                    replaces |= goes;
                    kept += usize::from(!goes);
                    !goes
                });
            }
        }
        let Some(root) = self.root() else { return };
        if list_of(root, key).is_none() {
            let value = Node { span: item.span, kind: Kind::List(Vec::new()) };
            root.push(Entry { key: Cow::Owned(key.to_owned()), key_span, value });
        }
        let Some(list) = list_of(root, key) else { return };
        // Blocks of the pack that share an id stay together, in their order.
        let is_own = |known: &Node<'_>| known.span.start >= from && id.is_some() && identity(key, known) == id;
        let after = list.iter().rposition(is_own).map(|own| own + 1);
        list.insert(after.or(place).unwrap_or(list.len()), item);
        if let Some(id) = id.filter(|_| after.is_none()) {
            let id = if BY_KEY.contains(&key) { owned(path, &id) } else { id };
            self.laid.push(Laid { kind: key.to_owned(), id, replaces });
        }
    }

    /// An entry of a table of blocks.
    fn keyed(&mut self, key: &str, key_span: Span, entry: Entry<'s>) {
        let path = self.path;
        let mut replaces = false;
        if key == "source" {
            // A source is known by its id, whatever the file.
            for file in self.base.iter_mut().filter(|file| file.path != path && area(file.path) == area(path)) {
                let Some(table) = map_of(&mut file.root).and_then(|root| table_of(root, key)) else { continue };
                let before = table.len();
                table.retain(|known| known.key != entry.key);
                replaces |= table.len() < before;
            }
        }
        let Some(root) = self.root() else { return };
        if table_of(root, key).is_none() {
            let value = Node { span: entry.value.span, kind: Kind::Map(Vec::new()) };
            root.push(Entry { key: Cow::Owned(key.to_owned()), key_span, value });
        }
        let Some(table) = table_of(root, key) else { return };
        let id = if key == "source" { entry.key.to_string() } else { owned(path, &entry.key) };
        if let Some(known) = table.iter_mut().find(|known| known.key == entry.key) {
            replaces = true;
            *known = entry;
        } else {
            table.push(entry);
        }
        self.laid.push(Laid { kind: key.to_owned(), id, replaces });
    }

    /// The options of the broker in whose folder the file stands.
    fn options_of_broker(&self) -> Vec<String> {
        let Some(broker) = self.path.strip_prefix("brokers/").and_then(|rest| rest.split('/').next()) else {
            return Vec::new();
        };
        let own = self.base.iter().find(|file| file.path == format!("brokers/{broker}/broker.toml"));
        texts(own.and_then(|file| file.root.get("broker")).and_then(|broker| broker.get("options")))
    }
}

/// Arrays whose blocks speak of all options of a broker where they name none.
const OF_OPTIONS: [&str; 13] = [
    "alert", "amount", "client", "conflict", "floor", "item", "limit", "pitfall", "practice", "record", "remark",
    "resource", "setting",
];

/// What was written before a pack added an option to its broker does not speak of that option: blocks that name none are
/// told those that there were.
pub(super) fn keep_to_their_options(base: &mut [RuleFile<'_>], from: u32) {
    let brokers = base.iter().filter(|file| file.path.ends_with("/broker.toml") && file.root.span.start < from);
    let grown: Vec<(String, Vec<String>)> = brokers
        .filter_map(|file| {
            let options = file.root.get("broker")?.get("options")?.one_or_more();
            let known = options.iter().filter(|option| option.span.start < from);
            let known: Vec<String> = known.filter_map(Node::as_scalar).map(|it| it.text.to_string()).collect();
            (known.len() < options.len()).then(|| (area(file.path).to_owned(), known))
        })
        .collect();
    for file in base {
        let Some((_, known)) = grown.iter().find(|(broker, _)| area(file.path) == broker) else { continue };
        let is_list = file.path.contains("/checklist/");
        for entry in map_of(&mut file.root).into_iter().flatten() {
            let of_options = OF_OPTIONS.contains(&&*entry.key) && (entry.key != "item" || is_list);
            let Kind::List(blocks) = &mut entry.value.kind else { continue };
            for block in blocks.iter_mut().filter(|block| of_options && block.span.start < from) {
                if block.get("options").is_none() {
                    tell_options(block, known.iter());
                }
            }
        }
    }
}

/// Writes into a block of which options it speaks.
fn tell_options<'o>(block: &mut Node<'_>, options: impl Iterator<Item = &'o String>) {
    let span = block.span;
    let scalar = |text: &String| Node { span, kind: Kind::Scalar(Scalar { text: text.clone().into(), quoted: true }) };
    let value = Node { span, kind: Kind::List(options.map(scalar).collect()) };
    if let Some(entries) = map_of(block) {
        entries.retain(|entry| entry.key != "options");
        entries.push(Entry { key: "options".into(), key_span: span, value });
    }
}

/// Puts a field into a table: lists grow, tables are merged field by field, and everything else is replaced.
fn merge<'s>(table: &mut Vec<Entry<'s>>, entry: Entry<'s>) {
    let Some(known) = table.iter_mut().find(|known| known.key == entry.key) else { return table.push(entry) };
    match (&mut known.value.kind, entry.value.kind) {
        (Kind::Map(known), Kind::Map(entries)) => entries.into_iter().for_each(|entry| merge(known, entry)),
        (Kind::List(known), Kind::List(items)) => {
            for item in items {
                let there = |known: &Node<'_>| matches!((known.as_scalar(), item.as_scalar()), (Some(known), Some(item)) if known.text == item.text);
                if !known.iter().any(there) {
                    known.push(item);
                }
            }
        }
        (_, kind) => known.value = Node { span: entry.value.span, kind },
    }
}

/// Takes options away from a block that is there; whether it still speaks of any.
fn remains(block: &mut Node<'_>, every: &[String], taken: &[String]) -> bool {
    let own = texts(block.get("options"));
    let own = if own.is_empty() { every.to_vec() } else { own };
    let left: Vec<&String> = own.iter().filter(|option| !taken.contains(option)).collect();
    if left.is_empty() {
        return false;
    }
    tell_options(block, left.into_iter());
    true
}

/// By what a block is known among those of its array; nothing, where no block stands for another.
fn identity(key: &str, block: &Node<'_>) -> Option<String> {
    let text = |name: &str| Some(block.get(name)?.as_scalar()?.text.to_string());
    match key {
        "setting" | "limit" => Some(format!("{} ({})", text("key")?, text("scope")?)),
        "key" => Some(format!("{} ({})", text("id")?, text("scope")?)),
        "record" => text("record"),
        _ => text("id"),
    }
}

/// Where ids are unique: in the folder of a broker, else in a folder or a file of the root.
fn area(path: &str) -> &str {
    let depth = usize::from(path.starts_with("brokers/"));
    path.match_indices('/').nth(depth).map_or(path, |(end, _)| path.get(..end).unwrap_or(path))
}

/// An id with the broker or option in whose file it stands: `rabbitmq/quorum replay`.
fn owned(path: &str, id: &str) -> String {
    let broker = path.strip_prefix("brokers/").and_then(|rest| rest.strip_suffix(".toml"));
    match broker.map(|rest| rest.split_once('/').unwrap_or((rest, ""))) {
        Some((broker, "broker" | "tuning" | "limits")) => format!("{broker} {id}"),
        Some((broker, option)) => format!("{broker}/{option} {id}"),
        None => id.to_owned(),
    }
}

fn map_of<'n, 's>(node: &'n mut Node<'s>) -> Option<&'n mut Vec<Entry<'s>>> {
    match &mut node.kind {
        Kind::Map(entries) => Some(entries),
        _ => None,
    }
}

fn list_of<'e, 's>(entries: &'e mut [Entry<'s>], key: &str) -> Option<&'e mut Vec<Node<'s>>> {
    match &mut entries.iter_mut().find(|entry| entry.key == key)?.value.kind {
        Kind::List(items) => Some(items),
        _ => None,
    }
}

fn table_of<'e, 's>(entries: &'e mut [Entry<'s>], key: &str) -> Option<&'e mut Vec<Entry<'s>>> {
    map_of(&mut entries.iter_mut().find(|entry| entry.key == key)?.value)
}

fn texts(node: Option<&Node<'_>>) -> Vec<String> {
    let items = node.map_or(&[][..], Node::one_or_more);
    items.iter().filter_map(|item| item.as_scalar()).map(|scalar| scalar.text.to_string()).collect()
}
