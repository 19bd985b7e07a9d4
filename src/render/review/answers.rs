//! A file for the answers to reviews: what is answered stays, what is not is open.

use std::fmt::Write as _;

use super::Flow;
use crate::review::{Answer, Answers, Reviewed, Said, State};

/// The file, while it is written.
#[derive(Debug, Default)]
pub struct Sheet {
    text: String,
}

impl Sheet {
    /// Adds one flow: what its review asks, then what it answers that is not asked for now.
    ///
    /// # Errors
    /// When a text cannot be written, which no review should cause.
    pub fn flow(&mut self, flow: &Flow<'_>, answers: Option<&Answers>) -> Result<(), serde_yaml::Error> {
        let Some((review, _)) = flow.review else { return Ok(()) };
        let name = &flow.advice.profile.name;
        let _ = write!(self.text, "\n{}:\n", scalar(name)?);
        for item in &review.items {
            let title = item.title.replace(['\n', '\r'], " ");
            let _ = writeln!(self.text, "  # {} risk: {title}", item.risk.word());
            let _ = writeln!(self.text, "  {}", asked(item));
        }
        let kept = answers.into_iter().flat_map(|answers| answers.items(name));
        let idle = kept.filter(|(id, _)| review.items.iter().all(|item| item.id != *id));
        for (id, answer) in idle {
            let _ = writeln!(self.text, "  # not asked for now\n  {id}: {}", said(answer));
        }
        Ok(())
    }

    /// The whole file; with the answers for flows that were not asked for, as they were.
    ///
    /// # Errors
    /// When a text cannot be written, which no answer should cause.
    pub fn text(self, known: Option<&Answers>, reviewed: &[&str]) -> Result<String, serde_yaml::Error> {
        let head = "# Answers to `brokerfit checklist`: `done`, `{ done: what was seen }`, `{ not applicable: why }` or `open`.\n";
        let mut text = head.to_owned() + &self.text;
        if let Some(known) = known {
            for flow in known.flows().filter(|flow| !reviewed.contains(flow)) {
                let _ = write!(text, "\n{}:\n", scalar(flow)?);
                for (id, answer) in known.items(flow) {
                    let _ = writeln!(text, "  {id}: {}", said(answer));
                }
            }
        }
        Ok(text)
    }
}

/// An item with its answer; what files verify needs none.
fn asked(item: &Reviewed) -> String {
    match &item.answer {
        Some(answer) => format!("{}: {}", item.id, said(answer)),
        None if item.state() == State::Verified => format!("# {}: verified in the files given", item.id),
        None => format!("{}: open", item.id),
    }
}

fn said(answer: &Answer) -> String {
    let word = match answer.said {
        Said::Done(_) => "done",
        Said::NotApplicable(_) => "not applicable",
        Said::Open(_) => "open",
    };
    match answer.said.remark() {
        // A text between quotes, whatever it holds.
        Some(remark) => format!("{{ {word}: {} }}", serde_json::Value::from(remark)),
        None => word.to_owned(),
    }
}

fn scalar(text: &str) -> Result<String, serde_yaml::Error> {
    Ok(serde_yaml::to_string(text)?.trim_end().to_owned())
}
