//! One line of a Prometheus text exposition: a name, labels, a number.

/// A series with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sample<'l> {
    /// The metric's name.
    pub(super) name: &'l str,
    /// Its labels, in the order of the line.
    pub(super) labels: Vec<(&'l str, String)>,
    /// Its value; infinite and not-a-number are values too.
    pub(super) value: f64,
}

/// What a line of an exposition is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Exposed<'l> {
    /// A series with its value.
    Sample(Sample<'l>),
    /// A comment that only expositions have: `# HELP`, `# TYPE`, `# EOF`, `# UNIT`.
    Comment,
}

/// Reads a line; none where it is of no exposition.
pub(super) fn exposed(line: &str) -> Option<Exposed<'_>> {
    let line = line.trim();
    if let Some(comment) = line.strip_prefix("# ") {
        let word = comment.split(' ').next().unwrap_or_default();
        return ["HELP", "TYPE", "EOF", "UNIT"].contains(&word).then_some(Exposed::Comment);
    }
    let end = line.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_' || letter == ':'))?;
    let (name, mut rest) = line.split_at(end);
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) || !name.contains(['_', ':']) {
        return None;
    }
    let mut labels = Vec::new();
    if let Some(inside) = rest.strip_prefix('{') {
        rest = read_labels(inside, &mut labels)?;
    } else if !rest.starts_with([' ', '\t']) {
        return None;
    }
    let mut parts = rest.split_ascii_whitespace();
    let value = number(parts.next()?)?;
    // A timestamp may follow, and an exemplar.
    match parts.next() {
        None => {}
        Some(time) if time.parse::<f64>().is_ok() || time == "#" => {}
        Some(_) => return None,
    }
    Some(Exposed::Sample(Sample { name, labels, value }))
}

fn number(text: &str) -> Option<f64> {
    match text {
        "+Inf" | "Inf" => Some(f64::INFINITY),
        "-Inf" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        "undefined" => None,
        _ => text.parse().ok(),
    }
}

/// Reads labels behind their brace; gives what follows the other one.
fn read_labels<'l>(mut rest: &'l str, into: &mut Vec<(&'l str, String)>) -> Option<&'l str> {
    loop {
        rest = rest.trim_start_matches([' ', ',']);
        if let Some(behind) = rest.strip_prefix('}') {
            return Some(behind);
        }
        let (name, value) = rest.split_once('=')?;
        let mut text = String::new();
        let mut letters = value.strip_prefix('"')?.char_indices();
        let end = loop {
            match letters.next()? {
                (place, '"') => break place,
                (_, '\\') => match letters.next()?.1 {
                    'n' => text.push('\n'),
                    other => text.push(other),
                },
                (_, letter) => text.push(letter),
            }
        };
        into.push((name.trim(), text));
        // The value's opening quote counts.
        rest = value.get(end + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::{Exposed, Sample, exposed};

    #[test]
    fn a_series_has_a_name_labels_and_a_value() {
        let line = r#"rabbitmq_queue_messages{vhost="/",queue="a \"b\", c"} 12 1700000000000"#;
        let labels = vec![("vhost", "/".to_owned()), ("queue", "a \"b\", c".to_owned())];
        let sample = Sample { name: "rabbitmq_queue_messages", labels, value: 12.0 };
        assert_eq!(exposed(line), Some(Exposed::Sample(sample)));
        let Some(Exposed::Sample(bare)) = exposed("process_open_fds 1.5e3") else { panic!("a sample") };
        assert!((bare.value - 1500.0).abs() < f64::EPSILON);
    }

    #[test]
    fn lines_of_logs_are_no_series() {
        for line in [
            "2026-01-01 10:00:00 [info] started",
            "name messages",
            "broker_started yes",
            "queue_a {",
            "a{b=\"c} 1",
            "# a comment of a file",
            "",
        ] {
            assert_eq!(exposed(line), None, "{line}");
        }
        assert_eq!(exposed("# TYPE a_b gauge"), Some(Exposed::Comment));
    }
}
