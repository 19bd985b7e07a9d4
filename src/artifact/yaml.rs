//! YAML of brokers: which of its documents are whose. Templates are told apart from broken YAML.

use super::{Artifact, compose, strimzi};
use crate::source::{Limits, Problem, Source, Span, read_foreign};

pub(super) fn read(source: &Source, index: usize) -> Result<Vec<Artifact>, Vec<Problem>> {
    let mut artifacts = Vec::new();
    let mut services = None;
    let mut known = false;
    let problems = read_foreign(source, &Limits::default(), &mut |node| {
        if compose::is(&node) {
            artifacts.extend(compose::read(&node, &source.text, index));
            services = services.or_else(|| node.as_map()?.iter().find(|it| it.key == "services").map(|it| it.key_span));
        } else {
            known |= strimzi::read(&node, &source.text, index, &mut artifacts);
        }
    });
    if !problems.is_empty() {
        return Err(template(&source.text).map_or(problems, |problem| vec![problem]));
    }
    if known || !artifacts.is_empty() {
        return Ok(artifacts);
    }
    let problem = match services {
        Some(place) => {
            Problem::new(super::UNKNOWN, place, "no service of this compose file runs a broker that is known")
                .help(super::known())
        }
        None => super::unknown(&source.text),
    };
    Err(vec![problem])
}

/// Where a template of Helm begins that keeps the text from being YAML: an action on a line of its own, or as a value
/// without quotes.
fn template(text: &str) -> Option<Problem> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let action = line.find("{{").filter(|at| {
            let before = line.get(..*at).unwrap_or_default().trim_end();
            before.is_empty() || before.ends_with([':', '-'])
        });
        if let Some(at) = action {
            let place = Span::new(start + at, start + at + 2);
            let problem = Problem::new("template", place, "this is a template, which is no YAML before it is rendered");
            return Some(problem.help("read what `helm template` writes"));
        }
        start += line.len();
    }
    None
}
