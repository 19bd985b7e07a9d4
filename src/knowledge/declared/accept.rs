//! Whether a broker takes a value, by what it declares of the key: type, range, words. In doubt it does: a value that a
//! broker takes must never be called refused.

use super::Row;

/// What the file's grammar says of a value's type, as far as the broker goes by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Nothing, or the broker converts.
    Free,
    /// A text that is taken for nothing else.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
}

impl Row<'_> {
    /// What the broker would want instead, where it does not take a value; nothing where it does.
    pub fn refuses(&self, value: &str, form: Form) -> Option<String> {
        let value = value.trim();
        if value.is_empty() || holds_a_gap(value) {
            return None;
        }
        if self.kinds().any(|kind| self.takes_as(kind, value, form)) {
            return None;
        }
        let wants: Vec<String> = self.kinds().map(|kind| self.wants(kind, value)).collect();
        Some(wants.join(" or "))
    }

    fn takes_as(&self, kind: &str, value: &str, form: Form) -> bool {
        if form != Form::Text && !matches!(kind, "boolean" | "enum" | "text") && self.knows(value) {
            return true;
        }
        match kind {
            "boolean" if self.words.is_empty() => {
                form != Form::Text && form != Form::Number && is_any_case(value, &["true", "false"])
            }
            "enum" | "boolean" => form != Form::Number && self.knows(value),
            "short" => form != Form::Text && self.whole(value, i16::MIN.into(), i16::MAX.into()),
            "int" => form != Form::Text && self.whole(value, i32::MIN.into(), i32::MAX.into()),
            "long" => form != Form::Text && self.whole(value, i64::MIN.into(), i64::MAX.into()),
            "integer" => matches!(form, Form::Free | Form::Number) && self.whole(value, i128::MIN, i128::MAX),
            "float" => form != Form::Text && is_erlang_float(value) && self.within(value),
            "double" => form != Form::Text && self.is_double(value),
            "duration" => is_duration(value),
            "bytesize" => is_bytesize(value),
            "size" => is_size(value),
            "ip" => is_address(value),
            "age" => form != Form::Number && is_age(value),
            "text" => matches!(form, Form::Free | Form::Text),
            "list" => {
                self.words.is_empty() || value.split(',').map(str::trim).all(|it| it.is_empty() || self.knows(it))
            }
            "string" | "class" | "password" | "atom" => self.words.is_empty() || self.knows(value),
            _ => true,
        }
    }

    /// Whether it is a whole number in the declared range, and in what the type holds.
    fn whole(&self, value: &str, least: i128, most: i128) -> bool {
        let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        // What is longer than any range is beyond it, unless nothing bounds it.
        let Ok(number) = value.parse::<i128>() else { return most == i128::MAX && self.max.is_empty() };
        let least = self.min.parse().unwrap_or(least);
        let most = self.max.parse().unwrap_or(most);
        (least..=most).contains(&number)
    }

    fn is_double(&self, value: &str) -> bool {
        let number = value.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(value);
        let hexadecimal = number.trim_start_matches(['+', '-']).to_ascii_lowercase().starts_with("0x");
        hexadecimal || self.within(number)
    }

    fn within(&self, value: &str) -> bool {
        let Ok(number) = value.parse::<f64>() else { return false };
        let least = self.min.parse().unwrap_or(f64::NEG_INFINITY);
        let most = self.max.parse().unwrap_or(f64::INFINITY);
        number.is_nan() || (least..=most).contains(&number)
    }

    /// What a type takes, in words: with the ends of the type, where a number is beyond them.
    fn wants(&self, kind: &str, value: &str) -> String {
        let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
        let max = match kind {
            "short" if is_number && self.max.is_empty() => "32767",
            "int" if is_number && self.max.is_empty() => "2147483647",
            "long" if is_number && self.max.is_empty() => "9223372036854775807",
            _ => self.max,
        };
        let range = match (self.min, max) {
            ("", "") => String::new(),
            (min, "") => format!(" of at least {min}"),
            ("", max) => format!(" of at most {max}"),
            (min, max) if min == max => format!(", and that is {min}"),
            (min, max) => format!(" from {min} to {max}"),
        };
        match kind {
            "boolean" => "`true` or `false`".to_owned(),
            "short" | "int" | "long" | "integer" => format!("a whole number{range}"),
            "float" => format!("a number with a decimal point, such as `0.5`{range}"),
            "double" => format!("a number{range}"),
            "duration" => "a duration such as `30s`".to_owned(),
            "bytesize" => "a size such as `64KB`".to_owned(),
            "size" => "a size such as `2GB`".to_owned(),
            "ip" => "an address with a port, such as `127.0.0.1:5672`".to_owned(),
            "age" => "an age such as `7D`".to_owned(),
            "text" => "a text".to_owned(),
            _ => {
                let words: Vec<String> =
                    self.words().filter(|word| !word.ends_with('*')).map(|word| format!("`{word}`")).collect();
                match &words[..] {
                    [word] => word.clone(),
                    _ if kind == "list" => format!("some of {}", words.join(", ")),
                    _ => format!("one of {}", words.join(", ")),
                }
            }
        }
    }
}

/// Whether something is filled in before the broker sees it.
fn holds_a_gap(value: &str) -> bool {
    ["${", "$(", "{{", "<%", "#{", "%{"].iter().any(|open| value.contains(open))
}

fn is_any_case(value: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(value))
}

/// Digits on both sides of the point, and perhaps an exponent.
fn is_erlang_float(value: &str) -> bool {
    let unsigned = value.strip_prefix(['+', '-']).unwrap_or(value);
    let (number, exponent) = unsigned.split_once(['e', 'E']).map_or((unsigned, "0"), |(number, rest)| (number, rest));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let halves = number.split_once('.').is_some_and(|(whole, part)| all_digits(whole) && all_digits(part));
    halves && all_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}

/// One or more amounts, each with its unit, as in `1h30m`.
fn is_duration(value: &str) -> bool {
    let mut rest = value.to_ascii_lowercase();
    while !rest.is_empty() {
        let digits = rest.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(rest.len());
        let (amount, after) = rest.split_at(digits);
        let unit = ["ms", "f", "w", "d", "h", "m", "s"].into_iter().find(|unit| after.starts_with(unit));
        let Some(unit) = unit.filter(|_| !amount.is_empty()) else { return false };
        rest = after.get(unit.len()..).unwrap_or_default().to_owned();
    }
    !value.is_empty()
}

fn is_bytesize(value: &str) -> bool {
    let units = ["KB", "kb", "MB", "mb", "GB", "gb"];
    let number = units.iter().find_map(|unit| value.strip_suffix(unit)).unwrap_or(value);
    let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    whole || is_erlang_float(number) || is_erlang_float(&format!("0{number}"))
}

/// Digits before one to three letters that end in a unit: the broker looks no closer.
fn is_size(value: &str) -> bool {
    let number = value.trim_end_matches(|it: char| it.is_ascii_alphabetic());
    let letters = value.get(number.len()..).unwrap_or_default().to_ascii_lowercase();
    let unit = ["k", "m", "g", "t", "p"]
        .iter()
        .any(|unit| ["", "i", "b", "ib"].iter().any(|rest| letters.ends_with(&format!("{unit}{rest}"))));
    number.ends_with(|it: char| it.is_ascii_digit()) && letters.len() <= 3 && unit
}

fn is_address(value: &str) -> bool {
    let Some((host, port)) = value.rsplit_once(':') else { return false };
    let digits = port.strip_prefix('+').unwrap_or(port);
    let is_port = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // The broker's own reader also takes short forms and zones: only what is a name is told apart.
    let address = host.split_once('%').map_or(host, |(address, _)| address);
    is_port && !address.is_empty() && address.bytes().all(|byte| byte.is_ascii_hexdigit() || b".:x".contains(&byte))
}

fn is_age(value: &str) -> bool {
    let digits = value.len() - value.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let (number, unit) = value.split_at(digits);
    number.bytes().any(|byte| byte != b'0') && ["Y", "M", "D", "h", "m", "s"].contains(&unit)
}
