//! Templates: files as they are written, with holes. Every filter that puts a value into a grammar quotes it there.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};

use super::context::Context;
use super::order::{Order, Unfit};

/// What templates import: how a setting is explained in a comment.
const LINES: &str = include_str!("templates/lines.j2");
/// How a flow is processed, decided once for all files of a kit.
const WAYS: [(&str, &str); 2] = [
    ("kafka/ways.j2", include_str!("templates/kafka/ways.j2")),
    ("rabbitmq/ways.j2", include_str!("templates/rabbitmq/ways.j2")),
];
/// Columns of a comment.
const WIDTH: usize = 100;

/// Fills a template for an order. Templates are part of the program and each is filled in tests, so what is wrong with one
/// is said as it is.
pub(super) fn fill(order: &Order<'_>, template: &str) -> Result<String, Unfit> {
    fill_with(order, template, Value::from(()))
}

/// The same, with something that the target adds under the name `own`.
pub(super) fn fill_with(order: &Order<'_>, template: &str, own: Value) -> Result<String, Unfit> {
    let seen = Value::from(Serde(Context::new(order)));
    let seen = minijinja::context! { own => own, ..seen };
    let filled = environment().and_then(|environment| environment.render_str(template, seen));
    filled.map_err(|error| Unfit {
        message: format!("the template cannot be filled: {error:#}"),
        help: "this is a fault of the program; please report it with the profile".to_owned(),
    })
}

fn environment() -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let blocks = SyntaxConfig::builder().keep_trailing_newline(true).trim_blocks(true).lstrip_blocks(true).build()?;
    environment.set_syntax(blocks);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.add_filter("yaml", yaml);
    environment.add_filter("scalar", scalar);
    environment.add_filter("sh", sh);
    environment.add_filter("python", python);
    environment.add_filter("comment", comment);
    environment.add_filter("int", whole);
    environment.add_filter("number", number);
    environment.add_template("lines.j2", LINES)?;
    for (name, text) in WAYS {
        environment.add_template(name, text)?;
    }
    Ok(environment)
}

/// A scalar of YAML that no reader takes for anything else: a number or a truth as it is, a text in double quotes.
fn yaml(value: &Value) -> Result<String, Error> {
    match value.as_str() {
        Some(text) => serde_json::to_string(text).map_err(unwritable),
        None => serde_json::to_string(value).map_err(unwritable),
    }
}

/// What a broker reads as a number or a truth as a scalar of YAML: without quotes where YAML has the same.
fn scalar(value: &Value) -> Result<String, Error> {
    let text = value.to_string();
    let plain = text.parse::<i64>().is_ok_and(|number| number.to_string() == text) || text == "true" || text == "false";
    if plain { Ok(text) } else { yaml(value) }
}

fn unwritable(error: serde_json::Error) -> Error {
    Error::new(ErrorKind::BadSerialization, "a value that no grammar takes").with_source(error)
}

/// A word that a shell takes as it is.
fn sh(value: &Value) -> String {
    let text = value.to_string();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:=,@%+".contains(letter);
    if !text.is_empty() && text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// A literal of Python.
fn python(value: &Value) -> Result<String, Error> {
    match value.as_str() {
        Some(text) => serde_json::to_string(text).map_err(unwritable),
        None if value.is_none() => Ok("None".to_owned()),
        None if value == &Value::from(true) => Ok("True".to_owned()),
        None if value == &Value::from(false) => Ok("False".to_owned()),
        None => serde_json::to_string(value).map_err(unwritable),
    }
}

/// A text as lines of a comment: it can hold no line end of its own. What begins the lines and how wide they are may stand
/// in their order or by name.
#[expect(clippy::needless_pass_by_value, reason = "filters are given their arguments")]
fn comment(value: &Value, prefix: Option<String>, width: Option<usize>, named: Kwargs) -> Result<String, Error> {
    let prefix = prefix.or(named.get("prefix")?).unwrap_or_else(|| "# ".to_owned());
    let width = width.or(named.get("width")?).unwrap_or(WIDTH);
    named.assert_all_used()?;
    let mut lines: Vec<String> = Vec::new();
    for word in value.to_string().split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("{prefix}{word}")),
        }
    }
    Ok(lines.join("\n"))
}

/// A number, from a number or from what a broker reads as one.
fn number(value: &Value) -> Result<f64, Error> {
    let read = match value.as_str() {
        Some(text) => text.parse().ok(),
        None => f64::try_from(value.clone()).ok(),
    };
    read.filter(|number: &f64| !number.is_nan())
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("`{value}` is no number")))
}

/// The whole number that is not below a number.
#[expect(clippy::cast_possible_truncation, reason = "held to what a whole number can be")]
fn whole(value: &Value) -> Result<i64, Error> {
    // Twelve digits are kept before rounding up.
    let number = number(value)?;
    Ok((number - number.abs() * 1e-12).ceil().clamp(-9e15, 9e15) as i64)
}
