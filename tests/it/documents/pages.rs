//! Every page can be reached, every link leads somewhere, and no page is longer than it says it may be.

use std::path::Path;

use super::{files, pages, read, root};

/// The targets of Markdown links that stay inside the project.
fn links(page: &str) -> Vec<String> {
    read(page)
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.split('#').next().unwrap_or_default().to_owned())
        .filter(|target| !target.is_empty() && !target.contains("://"))
        .collect()
}

/// A link's target, from the project's folder.
fn target(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = Path::new(page).parent().and_then(Path::to_str).unwrap_or_default().split('/').collect();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

#[test]
fn every_link_leads_to_a_file_or_a_folder() {
    for page in pages() {
        for link in links(&page) {
            assert!(root().join(target(&page, &link)).exists(), "{page} links to `{link}`, which is not there");
        }
    }
}

#[test]
fn every_page_and_schema_is_linked_from_another() {
    let linked: Vec<(String, String)> = pages()
        .into_iter()
        .flat_map(|page| links(&page).into_iter().map(move |link| (page.clone(), target(&page, &link))))
        .collect();
    for page in files("docs", "md").into_iter().chain(files("docs", "json")) {
        assert!(linked.iter().any(|(from, to)| *to == page && *from != page), "{page} is linked from no other page");
    }
}

#[test]
fn pages_that_must_stay_short_are_short() {
    for (page, most) in [("README.md", 200), ("CONTRIBUTING.md", 120)] {
        let lines = read(page).lines().count();
        assert!(lines <= most, "{page} has {lines} lines, of at most {most}");
    }
}
