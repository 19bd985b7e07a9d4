//! The grammar of `java.util.Properties`: its cases, counted by hand, and that what is written is what is read.

use proptest::prelude::*;

use super::told;
use crate::artifact::properties;

/// Writes a text as `Properties.store` does.
fn escaped(text: &str, is_key: bool) -> String {
    let mut out = String::new();
    for (at, character) in text.chars().enumerate() {
        match character {
            ' ' if is_key || at == 0 => out.push_str("\\ "),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\u{c}' => out.push_str("\\f"),
            '=' | ':' | '#' | '!' | '\\' => out.extend(['\\', character]),
            ' '..='~' => out.push(character),
            _ => {
                let mut units = [0; 2];
                let units = character.encode_utf16(&mut units);
                out.extend(units.iter().map(|unit| format!("\\u{unit:04X}")));
            }
        }
    }
    out
}

proptest! {
    #[test]
    fn what_is_written_is_what_is_read(
        pairs in prop::collection::vec(("(?s)[a-z.=: #!\\\\\t\u{e4}\u{1f600}]{1,12}", "(?s).{0,20}"), 0..6),
        separator in prop::sample::select(vec!["=", ":", " ", " = ", "\t:\u{c}", "\\\n  =", "=\\\r\n\t"]),
        between in prop::sample::select(vec!["\n", "\r", "\r\n", "\n\n# a comment \\\n", "\n  ! b\n\t"]),
    ) {
        let mut text = String::new();
        for (key, value) in &pairs {
            text.extend([&escaped(key, true), separator, &escaped(value, false), between]);
        }
        let read = properties::pairs(&text).unwrap();
        let read: Vec<(String, String)> = read.into_iter().map(|pair| (pair.key, pair.value)).collect();
        prop_assert_eq!(read, pairs);
    }
}

#[test]
fn places_are_those_of_the_raw_text() {
    // Counted by hand.
    let text = "# comment = 1 \\\nbroker.id=0\n\n  log.dirs : /a,\\\n    /b\n! other\nnum.partitions 3 \n\
                log\\:x=\\u00e4\u{e4}\nempty\nlog.dirs=/c\npassword = s3cret\n";
    let expected = "ServerProperties kafka\n\
                    Broker @1:1\n  broker.id@2:1 = 0@2:11\n  log.dirs@4:3 = /a,/b@4:14\n  \
                    num.partitions@7:1 = 3@7:16\n  log:x@8:1 = \u{e4}\u{e4}@8:8\n  empty@9:1 = @9:6\n  log.dirs@10:1 = /c@10:10\n  \
                    password@11:1 = ***@11:12\n";
    assert_eq!(told("server.properties", text), expected);
}

#[test]
fn values_that_come_from_elsewhere_are_not_known() {
    let expected = "ServerProperties kafka\nBroker @1:1\n  node.id@1:1 = ?@1:9\n  ssl.key.password@2:1 = ***@2:18\n";
    assert_eq!(told("a.properties", "node.id=${env:ID}\nssl.key.password=${file:/a:b}"), expected);
}

#[test]
fn mistakes_and_other_files_are_refused() {
    let digits = "syntax expected four hexadecimal digits after `\\u`\n";
    let help = "belongs to the settings of a client, not to those of a broker";
    for (text, expected) in [
        ("a=\\u12\nb=\\u00zz\nbroker.id=1", format!("1:3 {digits}2:3 {digits}")),
        ("=3\n", "1:1 missing-key a key is missing before this\n".to_owned()),
        ("# only\n", "1:1 empty-file the file sets nothing\n".to_owned()),
        ("acks=all\nbootstrap.servers=a:9092\n", format!("2:1 not-a-broker-file `bootstrap.servers` {help}\n")),
    ] {
        assert_eq!(told("a.properties", text), expected, "{text}");
    }
    assert!(told("a.properties", "bootstrap.servers=a\nnode.id=1\n").starts_with("ServerProperties"));
    assert!(told("a.properties", "log.retention.hours=1\n").starts_with("ServerProperties"));
}
