//! The audit of neutrality: tables for people and for documents, everything for programs (`brokerfit.rules-audit/1`).

use crate::render::packs;
use std::fmt::Write as _;

use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use serde_json::{Map, Value, json};

use super::super::paragraph::wrap;
use super::tables::{self, Rows};
use crate::audit::{Audit, FitCounts, Lead, Speaker, Strong, Weight, newest};
use crate::knowledge::{Fit, KnowledgeBase};

/// One part of the audit: what it is called, what it says, and its table.
struct Part {
    title: &'static str,
    says: &'static str,
    table: fn(&KnowledgeBase<'_>, &Audit) -> Rows,
}

const PARTS: [Part; 8] = [
    Part {
        title: "Answers by fit",
        says: "How many needs each option answers how well. Usual: no special condition holds and the amount is easy. \
               Best and worst: the best and the worst that each answer may come to.",
        table: tables::fits,
    },
    Part {
        title: "Who is ahead",
        says: "How many needs the best option of each broker answers better than every option of the other. Easy: the \
               usual case. Hard: every answer at its worst. That one is ahead in a dimension is no fault; that one \
               were ahead everywhere would be.",
        table: tables::ahead,
    },
    Part {
        title: "Whose word",
        says: "On whose word each option's answers rest: the share of their weight and, in brackets, how often they \
               are cited. An answer that is good weighs one, and one more for each step away from that; its sources \
               share its weight. Own maker: who makes or sells this broker and not the other. Neither maker: users, \
               researchers, and who sells both.",
        table: tables::voices,
    },
    Part {
        title: "How good their word is",
        says: "The same by grade. Measured: by this project. Documented: by a maker about its own product. \
               Independent: measured by somebody in neither camp.",
        table: tables::grades,
    },
    Part {
        title: "Whose camp",
        says: "How much of the weight of all answers rests on each camp's sources, in answers about each broker.",
        table: tables::camps,
    },
    Part {
        title: "Who is cited",
        says: "Everybody in the bibliography, the most heavily cited first: in whose camp they stand, what their \
               sources are, and how much of the weight of all answers rests on them.",
        table: tables::speakers,
    },
    Part {
        title: "Strong effects",
        says: "Answers that may be poor or ruled out, and how many of them are backed by whom; one may be backed by \
               several. On the word of the other maker alone, rules do not load.",
        table: tables::support,
    },
    Part {
        title: "Strong effects on one source",
        says: "They fall with that source: a second one is worth most here.",
        table: tables::single,
    },
];

/// At which lines the audit counts.
fn lines(knowledge: &KnowledgeBase<'_>) -> String {
    let lines: Vec<String> = knowledge
        .broker_ids()
        .filter_map(|(id, _)| Some(format!("{} {}", knowledge.broker_title(id), newest(knowledge, id)?)))
        .collect();
    format!(
        "{} needs, {} options, at the newest lines known: {}. Knowledge of {}.",
        knowledge.needs.len(),
        knowledge.options.len(),
        lines.join(", "),
        packs::phrase(knowledge)
    )
}

/// For people.
pub fn human(knowledge: &KnowledgeBase<'_>, audit: &Audit, width: usize) -> String {
    let mut lines = wrap("", &lines(knowledge), width);
    for part in PARTS {
        lines.push(String::new());
        lines.push(part.title.to_owned());
        lines.extend(wrap("  ", part.says, width));
        lines.push(table(&(part.table)(knowledge, audit), width));
    }
    lines.join("\n") + "\n"
}

fn table(rows: &Rows, width: usize) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(80));
    for row in rows {
        table.add_row(row);
    }
    // Names stay whole; numbers and headings may wrap.
    if let Some(names) = table.column_mut(0) {
        names.set_constraint(ColumnConstraint::ContentWidth);
    }
    let lines: Vec<String> = table.to_string().lines().map(|line| format!(" {}", line.trim_end())).collect();
    lines.join("\n")
}

/// For documents.
pub fn markdown(knowledge: &KnowledgeBase<'_>, audit: &Audit) -> String {
    let mut text = format!("{}\n", lines(knowledge));
    for part in PARTS {
        let _ = write!(text, "\n## {}\n\n{}\n\n", part.title, part.says);
        for (place, row) in (part.table)(knowledge, audit).iter().enumerate() {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
            let _ = writeln!(text, "| {} |", cells.join(" | "));
            if place == 0 {
                let _ = writeln!(text, "|{}", "---|".repeat(row.len()));
            }
        }
    }
    text
}

/// For programs.
///
/// # Errors
/// When a value cannot be written, which no audit should cause.
pub fn json(knowledge: &KnowledgeBase<'_>, audit: &Audit) -> serde_json::Result<String> {
    let options: Vec<Value> =
        audit.fits.iter().zip(&audit.backing).map(|(counts, backing)| option(knowledge, counts, backing)).collect();
    let ahead: Vec<Value> = audit
        .ahead
        .iter()
        .map(|ahead| {
            let lead = |lead: &Lead| {
                let better = by_broker(knowledge, lead.better.iter().map(|count| json!(count)));
                json!({ "better": better, "alike": lead.alike })
            };
            json!({ "dimension": ahead.dimension.id(), "easy": lead(&ahead.easy), "hard": lead(&ahead.hard) })
        })
        .collect();
    let speakers: Vec<Value> = audit.speakers.iter().map(|speaker| self::speaker(knowledge, speaker)).collect();
    let strong: Vec<Value> = audit.strong.iter().map(|strong| self::strong(knowledge, strong)).collect();
    let document = json!({
        "schema": "brokerfit.rules-audit/1",
        "knowledge": packs::document(knowledge),
        "options": options,
        "ahead": ahead,
        "speakers": speakers,
        "strong": strong,
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn option(knowledge: &KnowledgeBase<'_>, counts: &FitCounts, backing: &crate::audit::Backing) -> Value {
    let fits = |counts: [usize; 5]| -> Map<String, Value> {
        Fit::ALL.into_iter().zip(counts).rev().map(|(fit, count)| (fit.word().to_owned(), count.into())).collect()
    };
    let voices: Map<String, Value> =
        backing.voices.iter().map(|(voice, weight)| (voice.word().to_owned(), self::weight(weight))).collect();
    let grades: Map<String, Value> =
        backing.grades.iter().map(|(grade, weight)| (grade.word().to_owned(), self::weight(weight))).collect();
    json!({
        "option": knowledge.option_name(counts.option),
        "fits": { "usual": fits(counts.usual), "best": fits(counts.best), "worst": fits(counts.worst) },
        "answers": backing.answers,
        "weight": backing.total,
        "voices": voices,
        "grades": grades,
    })
}

fn weight(weight: &Weight) -> Value {
    json!({ "citations": weight.citations, "weight": (weight.weight * 1e3).round() / 1e3 })
}

fn by_broker(knowledge: &KnowledgeBase<'_>, values: impl Iterator<Item = Value>) -> Map<String, Value> {
    knowledge.broker_ids().zip(values).map(|((id, _), value)| (knowledge.broker_name(id).to_owned(), value)).collect()
}

fn speaker(knowledge: &KnowledgeBase<'_>, speaker: &Speaker) -> Value {
    json!({
        "affiliation": knowledge.text(speaker.affiliation),
        "camp": speaker.camp.map(|camp| knowledge.broker_name(camp)),
        "sources": speaker.sources,
        "grades": speaker.grades.iter().map(|(grade, count)| (grade.word().to_owned(), json!(count))).collect::<Map<_, _>>(),
        "about": by_broker(knowledge, speaker.about.iter().map(weight)),
    })
}

fn strong(knowledge: &KnowledgeBase<'_>, strong: &Strong) -> Value {
    json!({
        "answer": tables::name(knowledge, strong),
        "option": knowledge.option_name(strong.option),
        "need": knowledge.needs.get(strong.need).map(|need| knowledge.text(need.id)),
        "fit": strong.fit.word(),
        "confidence": strong.confidence.word(),
        "sources": knowledge.source_names(&strong.sources),
        "own_maker": strong.support.own_maker,
        "other_maker": strong.support.other_maker,
        "neither_maker": strong.support.outside,
        "measured": strong.support.measured,
        "single_source": strong.support.single,
    })
}
