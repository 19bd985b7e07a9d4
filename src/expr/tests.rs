//! The language by its table of cases, and its laws: what is evaluated over ranges leaves out nothing that could be.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::quantity::{Interval, Kind, Unit, Version, number, parse};

/// `expression | facts | value`, for errors `expression | | error: message @ place; help`.
const CASES: &str = include_str!("cases.txt");

/// How a fact of the tests is typed.
#[derive(Debug, Clone, Copy)]
enum Typed {
    Number(Kind),
    Bool,
    Word,
    List,
}

const FACTS: [(&str, Typed); 12] = [
    ("rate", Typed::Number(Kind::Rate)),
    ("flow.average", Typed::Number(Kind::Rate)),
    ("size", Typed::Number(Kind::Bytes)),
    ("time", Typed::Number(Kind::Duration)),
    ("period", Typed::Number(Kind::Duration)),
    ("count", Typed::Number(Kind::Count)),
    ("other-count", Typed::Number(Kind::Count)),
    ("share", Typed::Number(Kind::Percentage)),
    ("flag", Typed::Bool),
    ("other_flag", Typed::Bool),
    ("mode", Typed::Word),
    ("languages", Typed::List),
];

/// Words of `mode`, closed; of `languages`, open.
const MODE: DomainId = DomainId(0);
const LANGUAGES: DomainId = DomainId(1);
const SKILL: DomainId = DomainId(2);

/// What names mean in the tests.
struct Vocabulary {
    words: [Vec<String>; 3],
    half: ExprId,
    broker: bool,
}

impl Vocabulary {
    fn new(program: &mut Program) -> Self {
        let words = [vec!["low", "at-least-some", "high"], vec!["java", "go"], vec!["none", "some", "expert"]];
        let words = words.map(|words| words.into_iter().map(str::to_owned).collect());
        let mut scope = Self { words, half: ExprId(0), broker: true };
        scope.half = program.compile("rate / 2", Wants::Any, &mut scope).unwrap().0;
        scope
    }

    fn place(name: &str) -> Option<usize> {
        FACTS.iter().position(|(known, _)| *known == name)
    }
}

impl Scope for Vocabulary {
    fn fact(&self, name: &str) -> Option<(FactId, Type)> {
        let place = Self::place(name)?;
        let kind = match FACTS[place].1 {
            Typed::Number(kind) => Type::Number(kind.unit()),
            Typed::Bool => Type::Bool,
            Typed::Word => Type::Word(MODE),
            Typed::List => Type::List(LANGUAGES),
        };
        Some((FactId(u16::try_from(place).unwrap()), kind))
    }

    fn word(&self, domain: DomainId, word: &str) -> Option<u8> {
        let place = self.words[usize::from(domain.0)].iter().position(|known| known == word)?;
        u8::try_from(place).ok()
    }

    fn domain_is_open(&self, domain: DomainId) -> bool {
        domain == LANGUAGES
    }

    fn intern(&mut self, domain: DomainId, word: &str) -> Option<u8> {
        let words = &mut self.words[usize::from(domain.0)];
        words.push(word.to_owned());
        u8::try_from(words.len() - 1).ok().filter(|place| *place < 64)
    }

    fn word_amount(&self, fact: FactId, word: &str) -> Option<f64> {
        let words = [("until-consumed", 0.0), ("forever", f64::INFINITY)];
        let of = FACTS[usize::from(fact.0)].0 == "period";
        words.into_iter().find(|(known, _)| of && *known == word).map(|(_, amount)| amount)
    }

    fn quantity(&self, name: &str) -> Option<(ExprId, Type)> {
        (name == "capacity.half").then_some((self.half, Type::Number(Unit::RATE)))
    }

    fn own(&self, name: &str) -> Option<Type> {
        match name {
            _ if !self.broker => None,
            "self.version" => Some(Type::Version),
            "self.team" => Some(Type::Word(SKILL)),
            "self.running" => Some(Type::Bool),
            _ => None,
        }
    }

    fn names(&self) -> Vec<&str> {
        FACTS.iter().map(|(name, _)| *name).collect()
    }
}

impl Names for Vocabulary {
    fn fact(&self, id: FactId) -> &str {
        FACTS[usize::from(id.0)].0
    }

    fn word(&self, domain: DomainId, word: u8) -> &str {
        self.words[usize::from(domain.0)].get(usize::from(word)).map_or("", String::as_str)
    }

    fn kind(&self, id: FactId) -> Option<Kind> {
        match FACTS[usize::from(id.0)].1 {
            Typed::Number(kind) => Some(kind),
            _ => None,
        }
    }

    fn domain(&self, id: FactId) -> Option<DomainId> {
        match FACTS[usize::from(id.0)].1 {
            Typed::Word => Some(MODE),
            Typed::List => Some(LANGUAGES),
            _ => None,
        }
    }

    fn amount_word(&self, id: FactId, amount: f64) -> Option<&str> {
        (FACTS[usize::from(id.0)].0 == "period" && amount.is_infinite()).then_some("forever")
    }

    fn own_team(&self, place: u32) -> String {
        self.words[2].get(place as usize).cloned().unwrap_or_default()
    }
}

/// Values of facts; of the broker's own, the version is 4.2 and the team is expert.
#[derive(Debug, Clone)]
struct Values(Vec<Value>);

impl Values {
    fn unknown() -> Self {
        let of = |typed| match typed {
            Typed::Number(_) => Value::Number(Interval::UNKNOWN_AMOUNT),
            Typed::Bool => Value::Bool(Tri::Unknown),
            Typed::Word => Value::Words(u64::MAX),
            Typed::List => Value::List(ListValue { has: 0, size: 0, known: false }),
        };
        Self(FACTS.iter().map(|(_, typed)| of(*typed)).collect())
    }

    /// Facts as a case writes them: `rate=1..2k/s flag=true mode=low/high languages=java,go`.
    fn read(text: &str, scope: &Vocabulary) -> Self {
        let mut values = Self::unknown();
        for (name, text) in text.split_whitespace().map(|fact| fact.split_once('=').unwrap()) {
            let place = Vocabulary::place(name).unwrap_or_else(|| panic!("no fact {name}"));
            let bits = |domain: DomainId, separator: char| {
                let words = text.split(separator).filter(|word| !word.is_empty());
                words.filter_map(|word| Scope::word(scope, domain, word)).map(|word| 1_u64 << word).sum::<u64>()
            };
            values.0[place] = match FACTS[place].1 {
                Typed::Number(_) if text == "forever" => Value::Number(Interval::point(f64::INFINITY)),
                Typed::Number(kind) => Value::Number(parse(text, &[kind]).unwrap().0),
                Typed::Bool => Value::Bool(Tri::from(text == "true")),
                Typed::Word => Value::Words(bits(MODE, '/')),
                Typed::List => {
                    let size = u32::try_from(text.split(',').filter(|word| !word.is_empty()).count()).unwrap();
                    Value::List(ListValue { has: bits(LANGUAGES, ','), size, known: true })
                }
            };
        }
        values
    }
}

impl Env for Values {
    fn fact(&self, id: FactId) -> Value {
        self.0[usize::from(id.0)]
    }

    fn own(&self, own: Own) -> Value {
        match own {
            Own::Version => Value::Version(Interval::point(Version::parse("4.2").unwrap().as_number())),
            Own::Team => Value::Words(1 << 2),
            Own::Running => Value::Bool(Tri::Unknown),
        }
    }
}

/// A value in base units.
fn plain(value: Value) -> String {
    match value {
        Value::Bool(Tri::True) => "true".to_owned(),
        Value::Bool(Tri::False) => "false".to_owned(),
        Value::Number(range) if range == Interval::EVERYTHING => "unknown".to_owned(),
        Value::Number(range) if range.is_point() => number(range.lo),
        Value::Number(range) => format!("{}..{}", number(range.lo), number(range.hi)),
        _ => "unknown".to_owned(),
    }
}

/// What a case gives: the value and its trace, or the error with its place and its remedy.
fn answer(expression: &str, facts: &str) -> (String, String) {
    let mut program = Program::default();
    let mut scope = Vocabulary::new(&mut program);
    match program.compile(expression, Wants::Any, &mut scope) {
        Ok((id, _)) => {
            let values = Values::read(facts, &scope);
            (plain(program.eval(id, &values)), program.trace(id, &values, &scope))
        }
        Err(errors) => {
            let error = &errors[0];
            let place = &expression[error.at.clone()];
            let help = error.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
            (format!("error: {} @ {place}{help}", error.message), String::new())
        }
    }
}

#[test]
fn every_case_of_the_table_holds() {
    let mut wrong = String::new();
    let mut count = 0;
    for line in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut columns = line.split('|').map(str::trim);
        let [expression, facts, value] = [(); 3].map(|()| columns.next().unwrap_or_default());
        let (found, trace) = answer(expression, facts);
        if found.trim_end() != value || columns.next().is_some_and(|expected| expected != trace) {
            writeln!(wrong, "{expression} | {facts} | {found} | {trace}").unwrap();
        }
        count += 1;
    }
    assert!(count > 100 && wrong.is_empty(), "of {count} cases, these give something else:\n{wrong}");
}

/// A unit of the random expressions.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Of {
    Rate,
    Size,
    Time,
    Count,
}

fn one_of(texts: &'static [&'static str]) -> BoxedStrategy<String> {
    prop::sample::select(texts).prop_map(str::to_owned).boxed()
}

/// An amount of a unit, as text.
fn amount(of: Of, depth: u32) -> BoxedStrategy<String> {
    let leaf = match of {
        Of::Rate => one_of(&["rate", "flow.average", "capacity.half", "0/s", "100/s", "20k/s", "0.5/min"]),
        Of::Size => one_of(&["size", "0 B", "1 KiB", "10 MB"]),
        Of::Time => one_of(&["time", "period", "0s", "50ms", "24h"]),
        Of::Count => one_of(&["count", "other-count", "share", "size(languages)", "0", "1", "0.3", "12", "80%"]),
    };
    if depth == 0 {
        return leaf;
    }
    let inner = move || amount(of, depth - 1);
    let factor = || amount(Of::Count, depth - 1);
    let same = (inner(), inner(), prop::sample::select(vec!["+", "-"]));
    let mut all = vec![
        leaf,
        same.prop_map(|(left, right, sign)| format!("({left} {sign} {right})")).boxed(),
        (inner(), inner()).prop_map(|(left, right)| format!("min({left}, {right})")).boxed(),
        (inner(), inner(), inner()).prop_map(|(a, b, c)| format!("max({a}, {b}, {c})")).boxed(),
        (inner(), inner(), inner()).prop_map(|(a, b, c)| format!("clamp({a}, {b}, {c})")).boxed(),
        inner().prop_map(|inner| format!("ceil({inner})")).boxed(),
        inner().prop_map(|inner| format!("floor({inner})")).boxed(),
        inner().prop_map(|inner| format!("-{inner}")).boxed(),
        (inner(), factor()).prop_map(|(left, right)| format!("{left} * {right}")).boxed(),
        (inner(), factor()).prop_map(|(left, right)| format!("({left}) / ({right})")).boxed(),
        (condition(depth - 1), inner(), inner()).prop_map(|(c, a, b)| format!("if({c}, {a}, {b})")).boxed(),
    ];
    if of == Of::Count {
        let ratio = |of| (amount(of, depth - 1), amount(of, depth - 1));
        all.push(ratio(Of::Size).prop_map(|(left, right)| format!("({left}) / ({right})")).boxed());
        let handled = (amount(Of::Rate, depth - 1), amount(Of::Time, depth - 1));
        all.push(handled.prop_map(|(rate, time)| format!("({rate}) * ({time})")).boxed());
    }
    prop::strategy::Union::new(all).boxed()
}

/// A condition, as text.
fn condition(depth: u32) -> BoxedStrategy<String> {
    let leaf = one_of(&[
        "flag",
        "other_flag",
        "true",
        "not flag",
        "mode == high",
        "mode != low",
        "mode >= at-least-some",
        "mode in [low, high]",
        "java in languages",
        "any(languages)",
        "self.version >= 4.1",
        "self.team < expert",
        "self.running",
        "period == forever",
        "period > until-consumed",
        "flag == other_flag",
    ]);
    if depth == 0 {
        return leaf;
    }
    let inner = move || condition(depth - 1);
    let sides = prop::sample::select(vec![Of::Rate, Of::Size, Of::Time, Of::Count])
        .prop_flat_map(move |of| (amount(of, depth - 1), amount(of, depth - 1)));
    let sign = prop::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]);
    prop_oneof![
        1 => leaf,
        4 => (sides, sign).prop_map(|((left, right), sign)| format!("{left} {sign} {right}")),
        1 => (inner(), inner()).prop_map(|(left, right)| format!("({left} and {right})")),
        1 => (inner(), inner()).prop_map(|(left, right)| format!("({left} or {right})")),
        1 => inner().prop_map(|inner| format!("not ({inner})")),
        1 => (inner(), inner()).prop_map(|(left, right)| format!("all({left}, {right})")),
    ]
    .boxed()
}

fn expression() -> BoxedStrategy<String> {
    let of = prop::sample::select(vec![Of::Rate, Of::Size, Of::Time, Of::Count]);
    prop_oneof![of.prop_flat_map(|of| amount(of, 3)), condition(3)].boxed()
}

/// A set of values, and a smaller one within it.
fn nested() -> impl Strategy<Value = (Values, Values)> {
    let amount = || prop_oneof![Just(0.0), 0.001..10.0_f64, 10.0..1e6_f64, (1_u32..50).prop_map(f64::from)];
    let end = prop_oneof![4 => (0.0..1e5_f64).prop_map(Some), 1 => Just(None)];
    let one = (amount(), end, 0.0..=1.0_f64, 0.0..=1.0_f64, any::<[bool; 3]>(), 0_u64..8, 0_u64..8);
    prop::collection::vec(one, FACTS.len()).prop_map(|all| {
        let pairs =
            all.into_iter().zip(FACTS).map(|((lo, width, from, to, bits, some, more), (_, typed))| match typed {
                Typed::Number(_) => {
                    let wide = Interval { lo, hi: width.map_or(f64::INFINITY, |width| lo + width) };
                    let at = |part: f64| lo + part * width.unwrap_or(1e6);
                    let inner = Interval { lo: at(from.min(to)).min(wide.hi), hi: at(from.max(to)).min(wide.hi) };
                    let inner = if bits[0] { Interval::point(inner.lo) } else { inner };
                    let inner = if width.is_none() && bits[1] { Interval::point(f64::INFINITY) } else { inner };
                    (Value::Number(wide), Value::Number(inner))
                }
                Typed::Bool => {
                    let inner = Value::Bool(Tri::from(bits[0]));
                    (if bits[1] { inner } else { Value::Bool(Tri::Unknown) }, inner)
                }
                Typed::Word => (Value::Words(some | more | 1), Value::Words(if some == 0 { 1 } else { some })),
                Typed::List => {
                    let list = |has: u64| ListValue { has, size: has.count_ones(), known: true };
                    let inner = Value::List(list(some & 3));
                    (if bits[0] { inner } else { Value::List(ListValue { has: 0, size: 0, known: false }) }, inner)
                }
            });
        let (wide, inner): (Vec<_>, Vec<_>) = pairs.unzip();
        (Values(wide), Values(inner))
    })
}

/// Whether a value says at least as much as another, and nothing else.
fn refines(inner: Value, wide: Value) -> bool {
    match (inner, wide) {
        (Value::Bool(inner), Value::Bool(wide)) => wide == Tri::Unknown || inner == wide,
        (Value::Number(inner), Value::Number(wide)) => wide.lo <= inner.lo && inner.hi <= wide.hi,
        _ => false,
    }
}

/// Dividing by nothing, and what forever less forever is, may be unknown though ranges around them are bounded.
fn may_be_undefined(expression: &str, values: &Values) -> bool {
    let endless = |value: &Value| matches!(value, Value::Number(range) if range.hi.is_infinite());
    expression.contains('/') || values.0.iter().any(endless)
}

proptest! {
    #[test]
    fn less_doubt_about_facts_never_gives_another_answer(text in expression(), (wide, inner) in nested()) {
        let mut program = Program::default();
        let mut scope = Vocabulary::new(&mut program);
        let (id, kind) = program.compile(&text, Wants::Any, &mut scope).unwrap();
        let (outer, within) = (program.eval(id, &wide), program.eval(id, &inner));
        match (kind, outer) {
            (Type::Bool, Value::Bool(_)) => {}
            (Type::Number(_), Value::Number(range)) => prop_assert!(range.lo <= range.hi, "{range:?} of {text}"),
            _ => prop_assert!(false, "{} is {:?} and gives {:?}", text, kind, outer),
        }
        let excused = !within.is_known() && may_be_undefined(&text, &wide);
        prop_assert!(refines(within, outer) || excused, "{text}\n{outer:?}\n{within:?}");
    }

    #[test]
    fn every_answer_shows_its_work(text in expression(), (wide, _) in nested()) {
        let mut program = Program::default();
        let mut scope = Vocabulary::new(&mut program);
        let (id, _) = program.compile(&text, Wants::Any, &mut scope).unwrap();
        let trace = program.trace(id, &wide, &scope);
        prop_assert!(!trace.is_empty() && !trace.contains("NaN") && !trace.contains("  "), "{text}: {trace}");
        prop_assert_eq!(trace.matches('(').count(), trace.matches(')').count(), "{}", trace);
    }

    #[test]
    fn no_text_compiles_with_a_panic_or_is_refused_without_a_place(text in text()) {
        let mut program = Program::default();
        let mut scope = Vocabulary::new(&mut program);
        match program.compile(&text, Wants::Any, &mut scope) {
            Ok((id, _)) => {
                let values = Values::unknown();
                program.eval(id, &values);
                program.trace(id, &values, &scope);
            }
            Err(errors) => {
                for error in errors {
                    prop_assert!(text.get(error.at.clone()).is_some(), "{:?} in {:?}", error, text);
                }
            }
        }
    }

    #[test]
    fn kleene_keeps_what_is_known_and_de_morgan((one, other) in (tri(), tri())) {
        prop_assert_eq!(one.and(other), other.and(one));
        prop_assert_eq!(one.or(other), one.negated().and(other.negated()).negated());
        prop_assert_eq!(one.and(Tri::False), Tri::False);
        prop_assert_eq!(one.or(Tri::True), Tri::True);
        prop_assert_eq!(one.negated().negated(), one);
    }
}

fn tri() -> impl Strategy<Value = Tri> {
    prop::sample::select(vec![Tri::False, Tri::True, Tri::Unknown])
}

/// Texts of the language's own pieces, and texts of anything.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "rate",
        "size",
        "time",
        "period",
        "count",
        "flag",
        "mode",
        "high",
        "languages",
        "self.version",
        "self.",
        "x",
        "12",
        "4.1",
        "4.1.2.3",
        "10k/s",
        "80%",
        "5 MB",
        "1..2",
        ".",
        "..",
        "\"go\"",
        "\"rust\"",
        "\"",
        "ü",
        "and",
        "or",
        "not",
        "in",
        "==",
        "!=",
        "<",
        "<=",
        ">=",
        "+",
        "-",
        "*",
        "/",
        "(",
        ")",
        "[",
        "]",
        ",",
        "min",
        "max",
        "if",
        "clamp",
        "any",
        "all",
        "size(",
        "known(",
        "ceil(",
        "forever",
        "true",
        "/min",
    ]);
    let pieces = prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.join(" "));
    prop_oneof![any::<String>(), pieces.clone(), pieces.prop_map(|text| text.replace(' ', ""))]
}

#[test]
fn long_and_deep_expressions_end_well() {
    let mut program = Program::default();
    let mut scope = Vocabulary::new(&mut program);
    let long = |count: usize, sign: &str| vec!["1"; count].join(sign);
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(100), close.repeat(100));
    for text in [long(200, "+"), long(200, " - "), long(200, "*"), long(200, "/"), format!("max({})", long(190, ","))] {
        let (id, _) = program.compile(&text, Wants::Number(None), &mut scope).unwrap();
        assert!(program.number(id, &Values::unknown()).is_point(), "{text}");
        program.trace(id, &Values::unknown(), &scope);
    }
    for text in [long(1000, "+"), long(300, " or "), format!("max({})", long(1000, ","))] {
        let errors = program.compile(&text, Wants::Any, &mut scope).unwrap_err();
        assert_eq!(errors[0].message, "the expression has too many parts");
    }
    for text in [deep("(", ")"), deep("-", ""), deep("not ", ""), deep("ceil(", ")"), deep("[", "]")] {
        let errors = program.compile(&text, Wants::Any, &mut scope).unwrap_err();
        assert_eq!(errors[0].message, "the expression is nested too deeply", "{text}");
    }
    let endless = "1 + ".repeat(2000);
    let errors = program.compile(&endless, Wants::Any, &mut scope).unwrap_err();
    assert_eq!(errors[0].message, "the expression is too long");
}

#[test]
fn what_is_wanted_is_checked() {
    let mut program = Program::default();
    let mut scope = Vocabulary::new(&mut program);
    let mut said = |text: &str, wants| match program.compile(text, wants, &mut scope) {
        Ok((_, kind)) => format!("{kind:?}"),
        Err(errors) => errors[0].message.clone(),
    };
    assert_eq!(said("flag", Wants::Bool), "Bool");
    assert_eq!(said("rate", Wants::Bool), "expected a condition, found a rate");
    assert_eq!(said("flag", Wants::Number(None)), "expected an amount, found a condition");
    assert_eq!(said("time", Wants::Number(Some(Unit::RATE))), "expected a rate, found a time");
    assert_eq!(said("count / time", Wants::Number(Some(Unit::RATE))), format!("{:?}", Type::Number(Unit::RATE)));
    assert_eq!(said("mode", Wants::Number(None)), "expected an amount, found a word");
}

#[test]
fn outside_a_broker_nothing_is_its_own() {
    let mut program = Program::default();
    let mut scope = Vocabulary::new(&mut program);
    scope.broker = false;
    let errors = program.compile("self.version >= 4.0", Wants::Bool, &mut scope).unwrap_err();
    assert_eq!(errors[0].help.as_deref(), Some("`self` is the answering broker; no broker answers here"));
}

#[test]
fn an_expression_names_what_it_reads() {
    let mut program = Program::default();
    let mut scope = Vocabulary::new(&mut program);
    let (id, _) = program.compile("if(flag, capacity.half, rate * share) > rate", Wants::Bool, &mut scope).unwrap();
    let mut reads = Vec::new();
    program.reads(id, &mut reads);
    let mut names: Vec<&str> = reads.into_iter().map(|fact| Names::fact(&scope, fact)).collect();
    names.sort_unstable();
    assert_eq!(names, ["flag", "rate", "share"]);
    assert!(!program.reads_own(id));
    let (own, _) = program.compile("flag and self.running", Wants::Bool, &mut scope).unwrap();
    assert!(program.reads_own(own));
}

#[test]
fn a_condition_that_no_facts_fulfil_is_found_out() {
    let mut program = Program::default();
    let mut scope = Vocabulary::new(&mut program);
    let unknown = Values::unknown();
    for (condition, possible) in [
        ("rate > 5/s and rate < 3/s", false),
        ("rate > 3/s and rate < 5/s", true),
        ("rate < 5/s and rate >= 5/s", false),
        ("rate <= 5/s and rate >= 5/s", true),
        ("share > 120%", false),
        ("count < 0", false),
        ("flag and not flag", false),
        ("flag == true and other_flag or flag and not flag", true),
        ("(flag or other_flag) and not flag and not other_flag", false),
        ("(rate > 5/s or flag) and rate < 3/s", true),
        ("(rate > 5/s or flag) and rate < 3/s and not flag", false),
        ("mode == low and mode == high", false),
        ("mode in [low, high] and mode != high and mode != low", false),
        ("mode != low and mode != high", true),
        ("java in languages and not (java in languages)", false),
        ("java in languages and go in languages", true),
        ("5/s < rate and rate < 3/s", false),
        ("known(rate) and rate > 5/s", true),
        ("not known(rate) and flag", true),
        ("if(known(rate), rate > 5/s, false)", true),
        ("self.version >= 4.0 and self.version < 4.0", true),
    ] {
        let compiled = program.compile(condition, Wants::Bool, &mut scope).unwrap().0;
        let anything = |fact: FactId| match FACTS[usize::from(fact.0)].1 {
            Typed::Number(Kind::Percentage) => Value::Number(Interval { lo: 0.0, hi: 1.0 }),
            _ => unknown.0[usize::from(fact.0)],
        };
        assert_eq!(program.may_hold(compiled, &anything), possible, "{condition}");
    }
}

#[test]
fn what_some_facts_fulfil_is_never_called_impossible() {
    let unknown = Values::unknown();
    let mut held = 0;
    for case in CASES.lines() {
        let [condition, _, "true"] = case.split('|').map(str::trim).collect::<Vec<_>>()[..] else { continue };
        let mut program = Program::default();
        let mut scope = Vocabulary::new(&mut program);
        if let Ok((compiled, Type::Bool)) = program.compile(condition, Wants::Any, &mut scope) {
            held += 1;
            assert!(program.may_hold(compiled, &|fact| unknown.0[usize::from(fact.0)]), "{condition}");
        }
    }
    assert!(held > 20, "{held} conditions of the table hold");
}
