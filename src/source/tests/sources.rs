//! Sources: decoding, byte-order marks, lines and extensions.

use super::*;

#[test]
fn bytes_that_are_not_utf_8_are_pointed_at() {
    let refused = |bytes: &[u8]| Source::from_bytes("x", bytes.to_vec(), Format::Yaml).unwrap_err().message;
    assert_eq!(refused(b"a: 1\nb: \xc3\xa4\xff\n"), "the byte 0xff at line 2, column 5 is not UTF-8");
    assert_eq!(refused(b"\xef\xbb\xbf\xc3"), "the byte 0xc3 at line 1, column 1 is not UTF-8");
    assert_eq!(refused(b"\xff\xfea\0"), "the text is in UTF-16, not UTF-8, at line 1, column 1");
}

#[test]
fn the_byte_order_mark_is_no_text() {
    let source = Source::from_bytes("x", "\u{feff}a: 1".into(), Format::Yaml).unwrap();
    assert_eq!(source.text, "a: 1");
}

#[test]
fn lines_and_extensions() {
    let source = Source::new("x", "a\r\nb\n", Format::Yaml);
    let lines = [0, 1, 2, 3, 4].map(|line| source.line_text(line));
    assert_eq!(lines, ["", "a", "b", "", ""]);
    assert_eq!(Format::from_extension("YML"), Some(Format::Yaml));
    assert_eq!(Format::from_extension("txt"), None);
}
