//! The differences between clients that are known to trip people up, as data.

use super::{each, told};
use crate::support::{option, stating};

const CASES: &str = include_str!("cases.txt");

/// What a client is told of one setting: its value and its default; what is absent; or nothing.
fn said(facts: &[&str], whose: &str, client: &str, name: &str) -> String {
    let clients = told(&stating(facts), option(whose)).1;
    let Some(client) = clients.iter().find(|it| it.client == client) else { return "no client".to_owned() };
    let or_none = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
    if let Some((_, setting)) = each(client).find(|(_, setting)| setting.name == name) {
        let held = setting.held.as_ref().map_or_else(String::new, |held| format!(" held by {held}"));
        return format!("{} default {}{held}", setting.value, or_none(&setting.default));
    }
    let absent = client.absent.iter().find(|absent| absent.key == name);
    absent.map_or_else(|| "nothing".to_owned(), |absent| format!("absent: {}", absent.instead))
}

#[test]
fn clients_differ_as_the_cases_say() {
    let mut wrong = Vec::new();
    let lines = CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [whose, facts, client, name, expected] = parts[..] else { panic!("`{line}` has not five parts") };
        let facts: Vec<&str> = facts.split(" & ").collect();
        let said = said(&facts, whose, client, name);
        let right = expected.strip_suffix('*').map_or(said == expected, |start| said.starts_with(start));
        if !right {
            wrong.push(format!("{line}\n    {said}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
