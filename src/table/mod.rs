//! Reads one table of rules, of the configuration or of a profile: each field once, by name and type; what is left over
//! is unknown. Every problem becomes a diagnostic with its place, and reading goes on.

pub mod shapes;

use crate::diagnostic::Diagnostic;
use crate::source::{Entry, Kind, Node, Span};
use crate::suggestion::nearest;
use shapes::{Form, address, asked};

/// How problems of a table are called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Codes {
    /// Something else than expected stands there.
    pub shape: &'static str,
    /// A field is not there.
    pub missing: &'static str,
    /// A field holds what it may not.
    pub value: &'static str,
    /// A field is not known.
    pub unknown: &'static str,
}

/// Of what a team writes: the configuration, waivers.
pub(crate) const WRITTEN: Codes =
    Codes { shape: "wrong-shape", missing: "missing-field", value: "wrong-value", unknown: "unknown-field" };

/// A text and its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spanned<'t> {
    /// The text.
    pub text: &'t str,
    /// Its place.
    pub span: Span,
    /// It was written between quotes.
    pub quoted: bool,
}

/// One table, while it is read.
#[derive(Debug)]
pub(crate) struct Table<'t> {
    codes: Codes,
    file: usize,
    span: Span,
    /// Where it lies, by which recordings know it.
    place: usize,
    what: &'static str,
    entries: Vec<&'t Entry<'t>>,
    asked: Vec<&'static str>,
}

impl<'t> Table<'t> {
    /// Begins to read a node that must be a table.
    pub(crate) fn new(
        codes: Codes,
        file: usize,
        what: &'static str,
        node: &'t Node<'t>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let Kind::Map(entries) = &node.kind else {
            problems.push(
                Diagnostic::error(codes.shape, format!("{what} must be a table, not {}", node.describe())).at(
                    file,
                    node.span,
                    "expected a table",
                ),
            );
            return None;
        };
        let place = address(node);
        shapes::table(place);
        Some(Self { codes, file, span: node.span, place, what, entries: entries.iter().collect(), asked: Vec::new() })
    }

    /// The file it stands in.
    pub(crate) fn file(&self) -> usize {
        self.file
    }

    /// The place of the whole table.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Takes a field out, whatever it is.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<&'t Node<'t>> {
        self.field(key, Form::Any, false)
    }

    fn field(&mut self, key: &'static str, form: Form, required: bool) -> Option<&'t Node<'t>> {
        asked(self.place, key, form, required);
        self.asked.push(key);
        let place = self.entries.iter().position(|entry| entry.key == key)?;
        Some(&self.entries.remove(place).value)
    }

    /// A text that may be missing.
    pub(crate) fn text(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Option<Spanned<'t>> {
        let node = self.field(key, Form::Text, false)?;
        self.scalar(key, node, problems)
    }

    /// A text that must be there.
    pub(crate) fn required(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Option<Spanned<'t>> {
        let Some(node) = self.field(key, Form::Text, true) else {
            problems.push(Diagnostic::error(self.codes.missing, format!("{} has no `{key}`", self.what)).at(
                self.file,
                self.span,
                format!("`{key}` is required"),
            ));
            return None;
        };
        self.scalar(key, node, problems)
    }

    /// `true` or `false`; `false` where it is missing.
    pub(crate) fn flag(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> bool {
        asked(self.place, key, Form::Flag, false);
        match self.text(key, problems) {
            Some(value) if value.text == "true" && !value.quoted => true,
            Some(value) if value.text != "false" || value.quoted => {
                problems.push(
                    Diagnostic::error(self.codes.value, format!("`{}` is neither true nor false", value.text)).at(
                        self.file,
                        value.span,
                        "write true or false",
                    ),
                );
                false
            }
            _ => false,
        }
    }

    /// A number that may be missing.
    pub(crate) fn number(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Option<f64> {
        asked(self.place, key, Form::Number, false);
        let value = self.text(key, problems)?;
        let number = value.text.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite());
        if number.is_none() {
            problems.push(Diagnostic::error(self.codes.value, format!("`{}` is not a number", value.text)).at(
                self.file,
                value.span,
                "expected a number",
            ));
        }
        number
    }

    /// Several texts, or one; none where it is missing.
    pub(crate) fn texts(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Vec<Spanned<'t>> {
        match self.field(key, Form::Texts, false) {
            None => Vec::new(),
            Some(node) => match &node.kind {
                Kind::List(items) => items.iter().filter_map(|item| self.scalar(key, item, problems)).collect(),
                _ => self.scalar(key, node, problems).into_iter().collect(),
            },
        }
    }

    /// A list of tables, or one; none where it is missing.
    pub(crate) fn tables(
        &mut self,
        key: &'static str,
        what: &'static str,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Table<'t>> {
        let Some(node) = self.field(key, Form::Tables, false) else { return Vec::new() };
        match &node.kind {
            Kind::List(items) => {
                items.iter().filter_map(|item| Table::new(self.codes, self.file, what, item, problems)).collect()
            }
            _ => Table::new(self.codes, self.file, what, node, problems).into_iter().collect(),
        }
    }

    /// Says that reading stopped half way: what is left was not asked for, and may well be known.
    pub(crate) fn give_up(&mut self) {
        self.entries.clear();
    }

    /// Says that every field has been asked for: what is left is unknown.
    pub(crate) fn finish(self, problems: &mut Vec<Diagnostic>) {
        for entry in self.entries {
            let mut problem = Diagnostic::error(
                self.codes.unknown,
                format!("{} has no field `{}`", self.what, entry.key),
            )
            .at(self.file, entry.key_span, "unknown field");
            if let Some(near) = nearest(&entry.key, self.asked.iter().copied()) {
                problem = problem.help(format!("did you mean `{near}`?"));
            }
            problems.push(problem);
        }
    }

    fn scalar(&self, key: &'static str, node: &'t Node<'t>, problems: &mut Vec<Diagnostic>) -> Option<Spanned<'t>> {
        if let Kind::Scalar(scalar) = &node.kind {
            return Some(Spanned { text: &scalar.text, span: node.span, quoted: scalar.quoted });
        }
        problems.push(
            Diagnostic::error(self.codes.shape, format!("`{key}` must be a text, not {}", node.describe())).at(
                self.file,
                node.span,
                "expected a text",
            ),
        );
        None
    }
}
