//! What `init` tells and asks beside the profile.

use crate::expr::FactId;
use crate::knowledge::{KnowledgeBase, Preset};
use crate::render::firm::question_text;
use crate::render::human::Layout;
use crate::render::interview::answers;
use crate::render::paragraph::{wrap, wrap_hanging};

/// Every preset, a line each.
pub fn listing(knowledge: &KnowledgeBase<'_>, width: usize) -> String {
    let mut lines = Vec::new();
    for preset in &knowledge.presets {
        lines.extend(wrap_hanging(&format!("{}: ", knowledge.text(preset.id)), 4, &about(knowledge, preset), width));
    }
    text_of(&lines)
}

/// What a preset is like, and by what other words it is found.
fn about(knowledge: &KnowledgeBase<'_>, preset: &Preset) -> String {
    let about = knowledge.text(preset.about);
    let aliases: Vec<&str> = preset.aliases.iter().map(|alias| knowledge.text(*alias)).collect();
    if aliases.is_empty() { about.to_owned() } else { format!("{about} (also {})", aliases.join(", ")) }
}

/// Asks what the flow is called.
pub fn named(usual: &str, layout: Layout) -> String {
    let question = layout.style().strong("What is the flow called?");
    let how = format!("a name of its own, as in `order-dispatch`; an empty line takes `{usual}`");
    text_of(&[vec![question], wrap_hanging("  answer: ", 4, &how, layout.width)].concat())
}

/// Asks which preset comes near.
pub fn kinds(knowledge: &KnowledgeBase<'_>, layout: Layout) -> String {
    let mut lines = vec![String::new(), layout.style().strong("What is it most like?")];
    for (number, preset) in (1..).zip(&knowledge.presets) {
        let head = format!("{number:>4}  {}: ", knowledge.text(preset.title));
        lines.extend(wrap_hanging(&head, 8, knowledge.text(preset.about), layout.width));
    }
    let how = "a number or a name; an empty line or `unknown` for none of them. What is usual for it is then stated, each \
               value with its reason, to be corrected in the file";
    lines.extend(wrap_hanging("  answer: ", 4, how, layout.width));
    text_of(&lines)
}

/// Says that no preset is called so.
pub fn unknown_preset(text: &str, near: Option<&str>, layout: Layout) -> String {
    let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    text_of(&wrap("", &format!("nothing here is called `{}`{near}", super::comment::plain(text)), layout.width))
}

/// Asks what differs most among flows of a kind.
pub fn preset_question(knowledge: &KnowledgeBase<'_>, fact: FactId, now: Option<&str>, layout: Layout) -> String {
    let mut lines = vec![String::new(), layout.style().strong(&question_text(knowledge, fact))];
    let why = format!("`{}`: this differs most from one flow of this kind to the next", knowledge.fact_name(fact));
    lines.extend(wrap_hanging("  ", 4, &why, layout.width));
    lines.extend(
        now.into_iter()
            .flat_map(|now| wrap_hanging("  until then: ", 4, &format!("{now}, usual for it"), layout.width)),
    );
    lines.extend(wrap_hanging("  answer: ", 4, &answers(knowledge, fact), layout.width));
    text_of(&lines)
}

/// Says that nobody answered anything.
pub fn nothing_said() -> &'static str {
    "nothing was answered, and nothing is written\n"
}

/// What was written, and what comes next.
pub fn written(path: &str, flows: usize) -> String {
    let flows = if flows == 1 { String::new() } else { format!(", {flows} flows") };
    format!("written: {path}{flows}\nnext: brokerfit advise {}\n", quoted(path))
}

/// A path as a shell takes it.
pub(super) fn quoted(path: &str) -> String {
    let plain = !path.is_empty() && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
    if plain { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

fn text_of(lines: &[String]) -> String {
    lines.join("\n") + "\n"
}
