//! From texts to trees. While rules are read, a place is counted through all files, so that parts of several files can
//! stand in one tree; at the end each place is told by its own file again.

use super::RuleFile;
use crate::diagnostic::Diagnostic;
use crate::source::{Kind, Limits, Node, Source, Span, read};

/// The file of places that are counted through all files.
pub(super) const ALL: usize = usize::MAX;

/// Where each file begins when places are counted through all of them.
#[derive(Debug, Clone)]
pub(super) struct Offsets {
    begins: Vec<u32>,
}

impl Offsets {
    /// Counts through files; after each, one place is free, so that the end of one is not the start of the next.
    pub(super) fn of(files: &[Source]) -> Self {
        let mut next = 0_u32;
        let begin = |source: &Source| {
            let length = u32::try_from(source.text.len()).unwrap_or(u32::MAX);
            let begin = next;
            next = begin.saturating_add(length).saturating_add(1);
            begin
        };
        Self { begins: files.iter().map(begin).collect() }
    }

    /// Where a file begins.
    pub(super) fn begin(&self, file: usize) -> u32 {
        self.begins.get(file).copied().unwrap_or(u32::MAX)
    }

    /// The file of a place.
    pub(super) fn file(&self, place: u32) -> usize {
        self.begins.partition_point(|begin| *begin <= place).saturating_sub(1)
    }

    /// Tells the places of problems by their files.
    pub(super) fn resolve(&self, problems: &mut [Diagnostic]) {
        for label in problems.iter_mut().flat_map(|problem| &mut problem.labels) {
            (label.source, label.span) = self.told(label.source, label.span);
        }
    }

    /// A place by its file.
    pub(super) fn told(&self, file: usize, span: Span) -> (usize, Span) {
        if file != ALL {
            return (file, span);
        }
        let file = self.file(span.start);
        let begin = self.begin(file);
        (file, Span { start: span.start.saturating_sub(begin), end: span.end.saturating_sub(begin) })
    }
}

/// The trees of files, in their order.
pub(super) fn parse<'s>(files: &'s [Source], offsets: &Offsets, problems: &mut Vec<Diagnostic>) -> Vec<RuleFile<'s>> {
    let mut parsed = Vec::new();
    for (index, source) in files.iter().enumerate() {
        let begin = offsets.begin(index);
        let found = read(source, &Limits::default(), &mut |mut root| {
            shift(&mut root, begin);
            parsed.push(RuleFile { path: &source.name, index: ALL, root });
        });
        // A file without a block says nothing, and nothing wrong.
        if found.iter().any(|problem| problem.code == "empty-file") {
            let root = Node { span: Span { start: begin, end: begin }, kind: Kind::Map(Vec::new()) };
            parsed.push(RuleFile { path: &source.name, index: ALL, root });
            continue;
        }
        problems.extend(found.into_iter().map(|problem| {
            let mut diagnostic = Diagnostic::error("rule-syntax", problem.message).at(index, problem.span, "");
            if let Some(help) = problem.help {
                diagnostic = diagnostic.help(help);
            }
            diagnostic
        }));
    }
    parsed
}

fn shift(node: &mut Node<'_>, by: u32) {
    node.span = shifted(node.span, by);
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Kind::Map(entries) => {
            for entry in entries {
                entry.key_span = shifted(entry.key_span, by);
                shift(&mut entry.value, by);
            }
        }
        Kind::Empty | Kind::Scalar(_) => {}
    }
}

fn shifted(span: Span, by: u32) -> Span {
    Span { start: span.start.saturating_add(by), end: span.end.saturating_add(by) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    #[test]
    fn a_place_comes_back_to_its_own_file() {
        let files = [("a", "x = 1"), ("b", ""), ("c", "y = 22")];
        let files = files.map(|(name, text)| Source::new(name, text, Format::Toml));
        let offsets = Offsets::of(&files);
        let parsed = parse(&files, &offsets, &mut Vec::new());
        let (first, last) = (&parsed[0].root.as_map().unwrap()[0], &parsed[2].root.as_map().unwrap()[0]);
        let mut problems = vec![
            Diagnostic::error("x", "").at(ALL, first.value.span, ""),
            Diagnostic::error("x", "").at(ALL, last.value.span, ""),
            Diagnostic::error("x", "").at(1, Span::new(0, 0), ""),
        ];
        offsets.resolve(&mut problems);
        let told: Vec<(usize, &str)> = problems
            .iter()
            .map(|problem| {
                (problem.labels[0].source, problem.labels[0].span.text(&files[problem.labels[0].source].text))
            })
            .collect();
        assert_eq!(told, [(0, "1"), (2, "22"), (1, "")]);
    }
}
