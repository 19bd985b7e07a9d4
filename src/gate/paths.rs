//! The names of files as a report shows them: below one root and with `/`, so that they are the same on every machine and
//! from every folder. Works on texts alone; looks at no file.

/// Where names count from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    /// The folder in which the program runs, absolute; empty where it is not known.
    here: String,
    /// The folder to which shown paths are relative, absolute: the root of the repository.
    root: String,
}

/// A file's name in a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// Below the root: relative, without `.` and `..`.
    Below(String),
    /// Elsewhere: absolute, or beginning with `..` where the root is not known.
    Elsewhere(String),
    /// No file: standard input.
    Stream(String),
}

impl Shown {
    /// The name as a text.
    pub fn text(&self) -> &str {
        match self {
            Self::Below(text) | Self::Elsewhere(text) | Self::Stream(text) => text,
        }
    }
}

impl Paths {
    /// Names count from `here`, and are shown from `root` on; both are absolute.
    pub fn new(here: &str, root: &str) -> Self {
        Self { here: plain(&slashed(here)), root: plain(&slashed(root)) }
    }

    /// How a source is shown, by its name in the run.
    pub fn shown(&self, name: &str) -> Shown {
        // What no path can be called: a source that was no file.
        if name.starts_with('<') && name.ends_with('>') {
            return Shown::Stream(name.to_owned());
        }
        let name = slashed(name);
        let whole = if is_absolute(&name) || self.here.is_empty() { name } else { format!("{}/{name}", self.here) };
        let whole = plain(&whole);
        if !is_absolute(&whole) {
            let outside = whole == ".." || whole.starts_with("../");
            return if outside { Shown::Elsewhere(whole) } else { Shown::Below(whole) };
        }
        let below = if self.root == "/" { whole.strip_prefix('/') } else { below(&whole, &self.root) };
        match below {
            Some(below) => Shown::Below(below.to_owned()),
            None => Shown::Elsewhere(whole),
        }
    }
}

fn below<'p>(path: &'p str, root: &str) -> Option<&'p str> {
    if root.is_empty() {
        return None;
    }
    path.strip_prefix(root)?.strip_prefix('/')
}

/// With `/` between folders; `\` is a letter like others where the system says so.
fn slashed(path: &str) -> String {
    if cfg!(windows) { path.trim_start_matches(r"\\?\").replace('\\', "/") } else { path.to_owned() }
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || (cfg!(windows) && path.get(1..3) == Some(":/"))
}

/// Without `.`, without `..` where a folder stands before it, without empty parts.
fn plain(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if rooted => {}
            part => parts.push(part),
        }
    }
    format!("{}{}", if rooted { "/" } else { "" }, parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_from_the_root_on() {
        let paths = Paths::new("/repo/services/", "/repo");
        for (name, shown) in [
            ("profile.yaml", "services/profile.yaml"),
            ("./a b/größe.yaml", "services/a b/größe.yaml"),
            ("../profile.yaml", "profile.yaml"),
            ("/repo/x//y/./profile.yaml", "x/y/profile.yaml"),
        ] {
            assert_eq!(paths.shown(name), Shown::Below(shown.to_owned()), "{name}");
        }
        for (name, shown) in [
            ("../../other/profile.yaml", "/other/profile.yaml"),
            ("/repository/profile.yaml", "/repository/profile.yaml"),
            ("../../../../profile.yaml", "/profile.yaml"),
        ] {
            assert_eq!(paths.shown(name), Shown::Elsewhere(shown.to_owned()), "{name}");
        }
        assert_eq!(paths.shown("<stdin>"), Shown::Stream("<stdin>".to_owned()));
        assert_eq!(Paths::new("/a", "/").shown("b"), Shown::Below("a/b".to_owned()));
    }

    #[test]
    fn without_a_root_relative_names_stay_and_the_rest_is_elsewhere() {
        let paths = Paths::default();
        assert_eq!(paths.shown("./a/../b.yaml"), Shown::Below("b.yaml".to_owned()));
        assert_eq!(paths.shown("../b.yaml"), Shown::Elsewhere("../b.yaml".to_owned()));
        assert_eq!(paths.shown("/b.yaml"), Shown::Elsewhere("/b.yaml".to_owned()));
    }
}
