//! The words of an interview: each question with why it matters and what may be answered, and how the verdict firms up.
//! Decides nothing and asks nothing.

use super::firm::question_text;
use super::human::Layout;
use super::paragraph::{wrap, wrap_hanging};
use super::sentences::headline;
use crate::advice::Advice;
use crate::engine::Verdict;
use crate::expr::FactId;
use crate::facts::{detail, stated_value};
use crate::knowledge::{FactKind, Given, KnowledgeBase};
use crate::profile::Stated;
use crate::quantity::{Kind, show_share};
use crate::sensitivity::Asked;

/// What stands before an answer.
pub const PROMPT: &str = "> ";

/// What is done with answers, and what comes at the end.
pub fn opening(flow: &str, end: &str, layout: Layout) -> String {
    let text = format!(
        "the question that moves the verdict most comes first. `unknown` says that nobody knows; an empty line skips a \
         question, `?` explains it, `q` ends and {end}."
    );
    text_of(&wrap("", &format!("{}: {text}", layout.style().strong(flow)), layout.width))
}

/// The verdict as it stands, and what it was before the last answer.
pub fn so_far(knowledge: &KnowledgeBase<'_>, verdict: &Verdict, before: Option<&Verdict>, layout: Layout) -> String {
    let share = |verdict: &Verdict| verdict.share.map(show_share);
    let now = match share(verdict) {
        Some(share) => format!("{}, ahead in {share} of draws", headline(knowledge, verdict)),
        None => headline(knowledge, verdict),
    };
    let was = match before {
        None => String::new(),
        Some(before) if before.kind != verdict.kind || before.leader != verdict.leader => {
            format!(" (before: {})", headline(knowledge, before))
        }
        Some(before) if share(before) == share(verdict) => " (as before)".to_owned(),
        Some(before) => share(before).map_or_else(String::new, |share| format!(" ({share} before)")),
    };
    text_of(&wrap_hanging("so far: ", 2, &format!("{now}{was}"), layout.width))
}

/// A question, why it matters, and what may be answered.
pub fn question(
    knowledge: &KnowledgeBase<'_>,
    advice: &Advice<'_>,
    asked: &Asked,
    later: usize,
    layout: Layout,
) -> String {
    let head = question_text(knowledge, asked.fact);
    let mut lines = vec![String::new()];
    lines.extend(wrap("", &head, layout.width).iter().map(|line| layout.style().strong(line)));
    let later = match later {
        0 => "no other open question moves it".to_owned(),
        1 => "one more moves it less".to_owned(),
        count => format!("{count} more move it less"),
    };
    let moves = show_share(asked.moves);
    let why = format!("`{}`: its answers move {moves} of the draws; {later}", knowledge.fact_name(asked.fact));
    lines.extend(wrap_hanging("  ", 4, &why, layout.width));
    let now = detail(knowledge, advice.profile, &advice.facts, asked.fact);
    let because = if now.detail.is_empty() { String::new() } else { format!(": {}", now.detail) };
    let until = format!("{}, {}{because}", now.shown, advice.facts.origin(asked.fact).word());
    lines.extend(wrap_hanging("  until then: ", 4, &until, layout.width));
    lines.extend(wrap_hanging("  answer: ", 4, &answers(knowledge, asked.fact), layout.width));
    text_of(&lines)
}

/// What a fact means, what decides by it, and what its value usually is.
pub fn meaning(knowledge: &KnowledgeBase<'_>, id: FactId, layout: Layout) -> String {
    let Some(fact) = knowledge.fact(id) else { return String::new() };
    let mut lines = wrap("  meaning: ", &knowledge.spoken(fact, fact.meaning), layout.width);
    if let Some(plausible) = fact.plausible {
        let value = Stated::Value { value: plausible, kind: fact.kind.quantity(), words: Vec::new() };
        let (_, shown) = stated_value(knowledge, id, &value);
        if matches!(plausible, Given::Number(_) | Given::Words(_)) {
            lines.extend(wrap("  `unknown` may mean: ", &shown, layout.width));
        }
    }
    let needs: Vec<&str> =
        knowledge.needs.iter().filter(|need| need.facts.contains(&id)).map(|need| knowledge.text(need.id)).collect();
    if !needs.is_empty() {
        lines.extend(wrap("  asked for by: ", &needs.join(", "), layout.width));
    }
    let more = format!("`brokerfit explain {}`", knowledge.fact_name(id));
    lines.extend(wrap("  more: ", &more, layout.width));
    text_of(&lines)
}

/// Why nothing more is asked, with the questions that stay open.
pub fn ending(knowledge: &KnowledgeBase<'_>, open: &[Asked], layout: Layout) -> String {
    let names: Vec<String> = open.iter().map(|asked| format!("`{}`", knowledge.fact_name(asked.fact))).collect();
    let text = if names.is_empty() {
        "no open question moves the verdict any more".to_owned()
    } else {
        format!("nothing is left to ask; finding out one of these could still move the verdict: {}", names.join(", "))
    };
    format!("\n{}", text_of(&wrap("", &text, layout.width)))
}

/// How to have the same again, where nothing was saved.
pub fn again(knowledge: &KnowledgeBase<'_>, answers: &[(FactId, String)], layout: Layout) -> String {
    let settings: Vec<String> = answers
        .iter()
        .map(|(fact, text)| {
            let setting = format!("{}={text}", knowledge.fact_name(*fact));
            let plain = setting.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.=/%".contains(&byte));
            if plain { format!("--set {setting}") } else { format!("--set '{setting}'") }
        })
        .collect();
    text_of(&wrap_hanging("the answers again: ", 2, &settings.join(" "), layout.width))
}

/// Where the profile was written to.
pub fn saved(path: &std::path::Path) -> String {
    format!("saved: {}\n", path.display())
}

/// What may be answered.
pub(super) fn answers(knowledge: &KnowledgeBase<'_>, id: FactId) -> String {
    let Some(fact) = knowledge.fact(id) else { return String::new() };
    let quoted = |word: &str| format!("`{word}`");
    let named = |kinds: &[Kind]| {
        let each = kinds.iter().map(|kind| format!("{}, as in {}", kind.name(), kind.example()));
        each.collect::<Vec<_>>().join(", or ")
    };
    let domain = fact.kind.domain().or(fact.words).and_then(|domain| knowledge.domain(domain));
    let words: Vec<String> = domain
        .map(|domain| domain.words.iter().chain(domain.amounts.iter().map(|(word, _)| word)))
        .into_iter()
        .flatten()
        .map(|word| quoted(knowledge.text(*word)))
        .collect();
    let mut all = match fact.kind {
        FactKind::Bool => vec!["`true`, `false`".to_owned()],
        FactKind::Number(kind) => vec![named(&[kind])],
        FactKind::Flow { .. } => vec![named(&[Kind::Rate, Kind::ByteRate])],
        FactKind::Version => vec!["a version, as in `4.2`".to_owned()],
        FactKind::Word(_) | FactKind::Words(_) | FactKind::Name(_) | FactKind::Names(_) => Vec::new(),
    };
    all.extend((!words.is_empty()).then(|| words.join(", ")));
    match fact.kind {
        FactKind::Number(_) | FactKind::Flow { .. } => all.push("a range, with `..`".to_owned()),
        FactKind::Words(_) | FactKind::Names(_) => all.push("several with commas".to_owned()),
        _ => {}
    }
    all.push("`unknown`".to_owned());
    all.join("; ")
}

fn text_of(lines: &[String]) -> String {
    lines.join("\n") + "\n"
}
