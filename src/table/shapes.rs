//! What tables are asked for while they are read: the shape of every block, from which schemas and their tests follow, so
//! that nobody lists the fields of a block twice. Nothing is noted unless somebody records.
//!
//! A table does not know where it stands. So each file is registered whole before it is read, and a node is
//! found again by its address.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ptr::from_ref;

use serde::{Deserialize, Serialize};

use crate::source::{Kind, Node};

/// How a field is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Form {
    /// As one text, number or flag.
    Text,
    /// As several texts, or one.
    Texts,
    /// As `true` or `false`.
    Flag,
    /// As a number.
    Number,
    /// As a list of tables, or one.
    Tables,
    /// As whatever stands there: the last, so that it holds where a field is read in several ways.
    Any,
}

/// What may stand at one place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// How it is read; none for a table that somebody names freely.
    pub form: Option<Form>,
    /// It must be there, whatever else is.
    pub required: bool,
    /// The words that it may be, where these are known.
    pub words: Vec<String>,
    /// It may be a list of tables.
    pub listed: bool,
    /// The fields of the table that stands there.
    pub fields: BTreeMap<String, Shape>,
    /// What stands under keys that are freely chosen.
    pub each: Option<Box<Shape>>,
}

/// The shapes of files, by their kind.
pub type Shapes = BTreeMap<String, Shape>;

/// One step from the root of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Item,
}

/// A kind of file, and the steps from its root.
type Path = (String, Vec<Step>);

/// What was asked of the tables at one place.
#[derive(Debug, Default)]
struct Asked {
    tables: usize,
    fields: BTreeMap<&'static str, (Form, usize)>,
}

#[derive(Debug, Default)]
struct Recording {
    places: BTreeMap<usize, Path>,
    asked: BTreeMap<Path, Asked>,
    words: BTreeMap<Path, BTreeSet<&'static str>>,
    /// Sections that are read without a table.
    sections: BTreeSet<(String, String)>,
}

thread_local! {
    // Sixty places make tables, and none of them should have to hand a recorder on.
    static RECORDING: RefCell<Option<Recording>> = const { RefCell::new(None) };
}

/// Runs something, and gives the shapes of all that it read.
pub fn recorded<T>(run: impl FnOnce() -> T) -> (T, Shapes) {
    RECORDING.set(Some(Recording::default()));
    let result = run();
    let recording = RECORDING.take().unwrap_or_default();
    (result, recording.shapes())
}

fn note(note: impl FnOnce(&mut Recording)) {
    RECORDING.with_borrow_mut(|recording| recording.as_mut().map(note));
}

/// Says of which kind a file is that will be read.
pub(crate) fn register(kind: impl FnOnce() -> String, root: &Node<'_>) {
    note(|recording| {
        let kind = kind();
        for entry in root.as_map().unwrap_or_default() {
            recording.sections.insert((kind.clone(), entry.key.to_string()));
        }
        recording.place(&kind, &mut Vec::new(), root);
    });
}

/// A table begins to be read.
pub(super) fn table(place: usize) {
    note(|recording| recording.at(place, |asked| asked.tables += 1));
}

/// A table is asked for a field.
pub(super) fn asked(place: usize, key: &'static str, form: Form, required: bool) {
    note(|recording| {
        recording.at(place, |asked| {
            let field = asked.fields.entry(key).or_insert((form, 0));
            field.0 = field.0.max(form);
            field.1 += usize::from(required);
        });
    });
}

/// A text must be one of these words.
pub(crate) fn words(text: &str, words: impl Iterator<Item = &'static str>) {
    note(|recording| {
        if let Some(path) = recording.places.get(&address(text)).cloned() {
            recording.words.entry(path).or_default().extend(words);
        }
    });
}

/// Where a node or a text lies.
pub(super) fn address<T: ?Sized>(it: &T) -> usize {
    from_ref(it).cast::<()>().addr()
}

impl Recording {
    fn place(&mut self, kind: &str, steps: &mut Vec<Step>, node: &Node<'_>) {
        let path = || (kind.to_owned(), steps.clone());
        self.places.insert(address(node), path());
        match &node.kind {
            Kind::Empty => {}
            Kind::Scalar(scalar) => {
                self.places.insert(address(&*scalar.text), path());
            }
            Kind::List(items) => {
                steps.push(Step::Item);
                for item in items {
                    self.place(kind, steps, item);
                }
                steps.pop();
            }
            Kind::Map(entries) => {
                for entry in entries {
                    steps.push(Step::Key(entry.key.to_string()));
                    self.place(kind, steps, &entry.value);
                    steps.pop();
                }
            }
        }
    }

    fn at(&mut self, place: usize, change: impl FnOnce(&mut Asked)) {
        if let Some(path) = self.places.get(&place).cloned() {
            change(self.asked.entry(path).or_default());
        }
    }

    fn shapes(self) -> Shapes {
        let mut all = Shapes::new();
        let mut counts: BTreeMap<Path, Asked> = BTreeMap::new();
        for (kind, section) in &self.sections {
            all.entry(kind.clone()).or_default().fields.entry(section.clone()).or_default().form = Some(Form::Any);
        }
        for (path, asked) in &self.asked {
            let sum = counts.entry(self.general(path)).or_default();
            sum.tables += asked.tables;
            for (key, (form, required)) in &asked.fields {
                let field = sum.fields.entry(key).or_insert((*form, 0));
                *field = (field.0.max(*form), field.1 + required);
            }
        }
        for ((kind, steps), asked) in &counts {
            let shape = all.entry(kind.clone()).or_default().at(steps);
            for (key, (form, required)) in &asked.fields {
                let field = shape.fields.entry((*key).to_owned()).or_default();
                field.form = Some(*form);
                field.required = *required == asked.tables;
            }
        }
        for (path, words) in &self.words {
            let (kind, steps) = self.general(path);
            let shape = all.entry(kind).or_default().at(&steps);
            shape.words = words.iter().map(|word| (*word).to_owned()).collect();
        }
        all
    }

    /// A path in which keys that are freely chosen stand for all of their kind.
    fn general(&self, (kind, steps): &Path) -> Path {
        let general = steps.iter().enumerate().map(|(depth, step)| match step {
            Step::Key(key) if depth > 0 => {
                let parent = (kind.clone(), steps.get(..depth).unwrap_or_default().to_vec());
                let is_field = self.asked.get(&parent).is_some_and(|asked| asked.fields.contains_key(key.as_str()));
                Step::Key(if is_field { key.clone() } else { String::new() })
            }
            step => step.clone(),
        });
        (kind.clone(), general.collect())
    }
}

impl Shape {
    /// The shape where steps lead; made where it is new.
    fn at(&mut self, steps: &[Step]) -> &mut Self {
        let Some((step, rest)) = steps.split_first() else { return self };
        match step {
            Step::Item => {
                self.listed = true;
                self.at(rest)
            }
            Step::Key(key) if key.is_empty() => self.each.get_or_insert_default().at(rest),
            Step::Key(key) => self.fields.entry(key.clone()).or_default().at(rest),
        }
    }
}
