//! What the flow's things are called on the broker: in selectors, where one name may stand for several, and in words.

/// The name of a thing: a pattern that selects it, and one name that the pattern selects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// A regular expression over the whole name, as selectors take it.
    pub pattern: String,
    /// One name that it selects.
    pub plain: String,
}

impl Name {
    /// One name, which stands for itself alone.
    pub fn exact(name: &str) -> Self {
        Self { pattern: escaped(name), plain: name.to_owned() }
    }

    /// A name, or the same with a number behind it: `orders`, `orders-1`, `orders.2`.
    pub fn numbered(name: &str) -> Self {
        Self { pattern: format!("{}([-._][0-9]+)?", escaped(name)), plain: name.to_owned() }
    }

    /// Any of some names.
    pub fn any(names: &[String]) -> Self {
        let patterns: Vec<String> = names.iter().map(|name| escaped(name)).collect();
        Self { pattern: patterns.join("|"), plain: names.first().cloned().unwrap_or_default() }
    }
}

/// What the flow's things are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The flow, as a label.
    pub flow: String,
    /// Its queues or streams.
    pub queue: Name,
    /// Its topics.
    pub topic: Name,
    /// The groups that read it.
    pub group: Name,
    /// Where failed messages are set aside: queues or topics.
    pub dead_letters: Name,
    /// Under which job the brokers are scraped.
    pub job: String,
}

impl Names {
    /// The names of a flow whose id is safe as a name everywhere, where nothing else is known.
    pub fn of(flow: &str, job: &str) -> Self {
        let group = Name { pattern: format!("{}([-._].+)?", escaped(flow)), plain: flow.to_owned() };
        Self {
            flow: flow.to_owned(),
            queue: Name::numbered(flow),
            topic: Name::numbered(flow),
            group,
            dead_letters: Name::exact(&format!("{flow}.dlq")),
            job: job.to_owned(),
        }
    }

    /// What stands behind `$` in rules, with what it becomes in selectors and in words.
    pub(super) fn holes(&self) -> [(&'static str, &str, &str); 6] {
        [
            ("flow", &self.flow, &self.flow),
            ("queue", &self.queue.pattern, &self.queue.plain),
            ("topic", &self.topic.pattern, &self.topic.plain),
            ("group", &self.group.pattern, &self.group.plain),
            ("dead_letters", &self.dead_letters.pattern, &self.dead_letters.plain),
            ("job", &self.job, &self.job),
        ]
    }
}

/// A name in which nothing means anything in a regular expression, inside a quoted text.
fn escaped(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_alphanumeric() || matches!(letter, '-' | '_') {
            text.push(letter);
        } else {
            // A class of one needs no backslash, which a quoted text would have to double.
            text.push('[');
            text.push(letter);
            text.push(']');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Name, escaped};

    #[test]
    fn a_name_stands_for_itself() {
        assert_eq!(escaped("order-events.dlq"), "order-events[.]dlq");
        assert_eq!(Name::numbered("a").pattern, "a([-._][0-9]+)?");
        assert_eq!(Name::any(&["a.b".to_owned(), "c".to_owned()]).pattern, "a[.]b|c");
    }
}
