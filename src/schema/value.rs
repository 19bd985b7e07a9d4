//! What may be stated of one fact, by its kind.

use serde_json::{Value, json};

use super::pattern::{Amounts, one_of, unknown, whole};
use super::{Keywords, keywords};
use crate::knowledge::{Domain, Fact, FactKind, KnowledgeBase};
use crate::profile::UNKNOWN;
use crate::quantity::Kind;

/// Any text that names something, which may look like a number or a flag.
const SCALAR: [&str; 3] = ["string", "number", "boolean"];
/// A version: three numbers below a thousand at most.
pub(super) const VERSION: &str = "0*[0-9]{1,3}(?:\\.0*[0-9]{1,3}){0,2}";
/// No list names this, in any letters, or nothing at all.
const NAMES_NOTHING: &str = "^\\s*(?:[uU][nN][kK][nN][oO][wW][nN]\\s*)?$";

/// The words of a fact, in order, and other spellings of them.
pub(super) struct Words<'k> {
    pub(super) known: Vec<&'k str>,
    spellings: Vec<&'k str>,
    pub(super) open: bool,
}

impl<'k> Words<'k> {
    pub(super) fn of(knowledge: &'k KnowledgeBase<'_>, fact: &Fact) -> Self {
        let domain = fact.kind.domain().and_then(|domain| knowledge.domain(domain));
        let known = domain.map(|domain| domain.words.as_slice()).unwrap_or_default();
        Self {
            known: known.iter().map(|word| knowledge.text(*word)).collect(),
            spellings: fact.aliases.iter().map(|(alias, _)| knowledge.text(*alias)).collect(),
            open: domain.is_some_and(|domain| domain.open),
        }
    }

    /// A word, or a range of ordered words, from each to itself and to those after it. Words alone are listed elsewhere.
    pub(super) fn ranges(&self) -> String {
        let from = |place: usize| one_of(self.known.iter().skip(place).copied());
        let each = self.known.iter().enumerate();
        let each = each.map(|(place, word)| format!("{}\\s*\\.\\.\\s*(?:{})", one_of([*word]), from(place)));
        let mut all: Vec<String> = vec![format!("\\s*(?:{})\\s*", each.collect::<Vec<_>>().join("|"))];
        all.extend((!self.spellings.is_empty()).then(|| one_of(self.spellings.iter().copied())));
        all.join("|")
    }

    fn spellings(&self) -> Option<String> {
        (!self.spellings.is_empty()).then(|| one_of(self.spellings.iter().copied()))
    }

    /// An item of a list.
    pub(super) fn item(&self) -> Value {
        let known = json!({ "enum": self.known });
        let other = if self.open {
            json!({ "type": SCALAR, "not": { "type": "string", "pattern": NAMES_NOTHING } })
        } else if let Some(spellings) = self.spellings() {
            json!({ "type": "string", "pattern": whole(&spellings) })
        } else {
            return known;
        };
        if self.known.is_empty() { other } else { json!({ "anyOf": [known, other] }) }
    }
}

/// What may be stated of a fact.
pub fn value(knowledge: &KnowledgeBase<'_>, fact: &Fact) -> Keywords {
    let words = Words::of(knowledge, fact);
    let known = || words.known.iter().map(|word| Value::from(*word));
    let nobody = [Value::from(UNKNOWN), Value::Null];
    let blank = json!({ "type": "string", "pattern": "^\\s*$" });
    keywords(match fact.kind {
        FactKind::Bool => {
            let all: Vec<Value> = [Value::from(true), Value::from(false)].into_iter().chain(nobody).collect();
            json!({ "anyOf": [{ "enum": all }, blank] })
        }
        FactKind::Number(_) | FactKind::Flow { .. } => return amount(knowledge, fact, true, false),
        FactKind::Word(_) => {
            let all: Vec<Value> = known().chain(nobody).collect();
            let pattern = whole(&format!("{}|\\s*", words.ranges()));
            json!({ "anyOf": [{ "enum": all }, { "type": "string", "pattern": pattern }] })
        }
        FactKind::Name(_) => {
            let all: Vec<Value> = known().chain(nobody).collect();
            json!({ "anyOf": [{ "enum": all }, { "type": SCALAR }] })
        }
        FactKind::Words(_) | FactKind::Names(_) => {
            let all: Vec<Value> = known().chain(nobody).collect();
            let list = json!({ "type": "array", "items": words.item(), "uniqueItems": true });
            json!({ "anyOf": [{ "enum": all }, list, words.item(), blank] })
        }
        FactKind::Version => json!({
            "type": ["string", "number", "null"],
            "pattern": whole(&format!("{}|\\s*{VERSION}\\s*", unknown())),
            "patternErrorMessage": format!("expected a version, as in `4.2`, or `{UNKNOWN}`"),
            "minimum": 0,
            "exclusiveMaximum": 1000,
            "examples": newest(knowledge, fact),
        }),
    })
}

/// An amount of a fact: from zero on too, where only the beginning of a range may be so.
pub(super) fn amount(knowledge: &KnowledgeBase<'_>, fact: &Fact, unknown: bool, from_zero: bool) -> Keywords {
    let number = [fact.kind.quantity().unwrap_or(Kind::Count)];
    let kinds: &[Kind] = match fact.kind {
        FactKind::Flow { .. } => &[Kind::Rate, Kind::ByteRate],
        _ => &number,
    };
    let domain: Option<&Domain> = fact.words.and_then(|words| knowledge.domain(words));
    let amounts = domain.map(|domain| domain.amounts.as_slice()).unwrap_or_default();
    let amounts = amounts.iter().filter(|(_, amount)| !fact.positive || *amount > 0.0);
    let words: Vec<String> = amounts.map(|(word, _)| knowledge.text(*word).to_owned()).collect();
    let (kind, positive) = (number[0], fact.positive);
    let pattern = Amounts { kinds, words: &words, positive, from_zero, unknown }.pattern();
    let mut types = vec!["string"];
    types.extend(match kind {
        Kind::Count => Some("integer"),
        Kind::Factor => Some("number"),
        _ => None,
    });
    types.extend(unknown.then_some("null"));
    let mut all = Keywords::new();
    all.insert("type".to_owned(), if types.len() == 1 { json!("string") } else { json!(types) });
    all.insert("pattern".to_owned(), Value::from(pattern));
    all.insert("patternErrorMessage".to_owned(), Value::from(expected(kinds, &words, unknown)));
    match kind {
        Kind::Count => {
            all.insert("minimum".to_owned(), json!(i32::from(positive)));
            all.insert("maximum".to_owned(), json!(1_000_000_000_000_000_000_u64));
        }
        Kind::Factor => {
            all.insert(if positive { "exclusiveMinimum" } else { "minimum" }.to_owned(), json!(0));
            all.insert("maximum".to_owned(), json!(1_000_000_000_000_000_000_u64));
        }
        _ => {}
    }
    let shown =
        kinds.iter().flat_map(|kind| kind.example().split(", ")).map(|shown| shown.trim_matches('`').to_owned());
    let examples: Vec<String> = words.iter().cloned().chain(shown).collect();
    all.insert("examples".to_owned(), json!(examples));
    all
}

/// What editors say of another text.
fn expected(kinds: &[Kind], words: &[String], unknown: bool) -> String {
    let amounts = kinds.iter().map(|kind| format!("{}, as in {}", kind.name(), kind.example()));
    let words = words.iter().map(|word| format!("`{word}`"));
    let unknown = unknown.then(|| format!("`{UNKNOWN}`"));
    let all: Vec<String> =
        amounts.chain(["a range of such, the smaller end first".to_owned()]).chain(words).chain(unknown).collect();
    format!("expected {}", all.join("; or "))
}

/// Versions to begin with: the newest ones.
fn newest(knowledge: &KnowledgeBase<'_>, fact: &Fact) -> Vec<String> {
    let broker = fact.broker.and_then(|broker| knowledge.brokers.get(usize::from(broker)));
    let versions = broker.map(|broker| broker.versions.as_slice()).unwrap_or_default();
    versions.iter().rev().take(3).map(ToString::to_string).collect()
}
