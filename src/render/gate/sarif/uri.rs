//! Where a file is, as a URI: relative to the root of the repository, percent-encoded; absolute only where the file stands
//! elsewhere.

use super::model::ArtifactLocation;
use crate::gate::Shown;

/// The name of the folder to which URIs are relative: a reader puts its own copy of the repository there.
pub(super) const ROOT: &str = "%SRCROOT%";

/// The place of a file; the root itself where there is none.
pub(super) fn artifact(shown: Option<&Shown>) -> ArtifactLocation {
    match shown {
        Some(Shown::Below(path)) => ArtifactLocation { uri: encoded(path), uri_base_id: Some(ROOT) },
        Some(Shown::Stream(name)) => ArtifactLocation { uri: encoded(name), uri_base_id: Some(ROOT) },
        Some(Shown::Elsewhere(path)) if path.starts_with("..") => {
            ArtifactLocation { uri: encoded(path), uri_base_id: None }
        }
        Some(Shown::Elsewhere(path)) => {
            let slash = if path.starts_with('/') { "" } else { "/" };
            ArtifactLocation { uri: format!("file://{slash}{}", encoded(path)), uri_base_id: None }
        }
        None => ArtifactLocation { uri: ".".to_owned(), uri_base_id: Some(ROOT) },
    }
}

/// Every byte that is not allowed in a path of a URI, and `:`, which would make a scheme of what stands before it.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push('%');
            for digit in [byte >> 4, byte & 0xf] {
                uri.extend(char::from_digit(u32::from(digit), 16).map(|it| it.to_ascii_uppercase()));
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_percent_encoded_by_their_bytes() {
        // By RFC 3986; `ö` is C3 B6 in UTF-8, the crab F0 9F A6 80.
        for (path, uri) in [
            ("a/b.yaml", "a/b.yaml"),
            ("a b/größe.yaml", "a%20b/gr%C3%B6%C3%9Fe.yaml"),
            ("100%.yaml", "100%25.yaml"),
            ("c:d#e?f.yaml", "c%3Ad%23e%3Ff.yaml"),
            ("\u{1f980}[1].yaml", "%F0%9F%A6%80%5B1%5D.yaml"),
        ] {
            let artifact = artifact(Some(&Shown::Below(path.to_owned())));
            assert_eq!((artifact.uri.as_str(), artifact.uri_base_id), (uri, Some(ROOT)));
        }
        let elsewhere = artifact(Some(&Shown::Elsewhere("/tmp/a b.yaml".to_owned())));
        assert_eq!((elsewhere.uri.as_str(), elsewhere.uri_base_id), ("file:///tmp/a%20b.yaml", None));
        let above = artifact(Some(&Shown::Elsewhere("../a.yaml".to_owned())));
        assert_eq!((above.uri.as_str(), above.uri_base_id), ("../a.yaml", None));
        assert_eq!(artifact(Some(&Shown::Stream("<stdin>".to_owned()))).uri, "%3Cstdin%3E");
        assert_eq!(artifact(None).uri, ".");
    }
}
