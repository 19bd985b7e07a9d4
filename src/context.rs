//! The outside world as commands see it: standard streams, files, colour and width; and the one table of exit codes.
//! Nothing else in the library touches any of these.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use crate::quantity::Date;

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Fine.
    Fine,
    /// A gate said no.
    Refused,
    /// The input or the call is wrong.
    Wrong,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Refused => 1,
            Exit::Wrong => 2,
        })
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Whether people see on their terminal what they type on stdin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Typed {
    Seen,
    Unseen,
}

/// The widest text for people: longer lines are hard to read.
const WIDEST: usize = 100;
/// The width of a pipe.
const USUAL: usize = 80;
/// The narrowest width that is served.
const NARROWEST: usize = 40;
/// The longest line that is read of an answer, in bytes.
const LONGEST: u64 = 4096;

/// The outside world.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of a stream of its own")]
pub struct Context {
    stdout: Box<dyn Write>,
    stderr: Box<dyn Write>,
    stdin: BufReader<Box<dyn Read>>,
    typed: Typed,
    /// Stdout is a terminal.
    pub terminal: bool,
    /// The reader of stdout went away: nobody needs the rest.
    pub gone: bool,
    /// Colour on stdout.
    pub colour: bool,
    /// Colour on stderr.
    pub colour_err: bool,
    /// Columns of text for people.
    pub width: usize,
    /// The day on which the program runs; no advice depends on it.
    pub today: Date,
    /// The variables of the environment, where they are given and not the process's own.
    pub variables: Option<BTreeMap<String, String>>,
}

impl std::fmt::Debug for Context {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Context")
            .field("colour", &self.colour)
            .field("width", &self.width)
            .finish_non_exhaustive()
    }
}

impl Context {
    /// Columns of text where nobody says otherwise.
    pub const WIDTH: usize = USUAL;

    /// The process's own streams.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn of_process(colour: Colour) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let decide = |terminal: bool| match colour {
            Colour::Auto => terminal && !plain,
            Colour::Always => true,
            Colour::Never => false,
        };
        let terminal = io::stdout().is_terminal();
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse::<usize>().ok());
        let measured = columns.or_else(|| if terminal { terminal_width() } else { None });
        Self {
            stdout: Box::new(io::BufWriter::new(io::stdout())),
            stderr: Box::new(io::stderr()),
            stdin: BufReader::new(Box::new(io::stdin())),
            typed: if io::stdin().is_terminal() { Typed::Seen } else { Typed::Unseen },
            terminal,
            gone: false,
            colour: decide(terminal),
            colour_err: decide(io::stderr().is_terminal()),
            width: measured.unwrap_or(USUAL).clamp(NARROWEST, WIDEST),
            today: today(),
            variables: None,
        }
    }

    /// How the process was called, and in which folder.
    pub fn call() -> (Vec<std::ffi::OsString>, Option<PathBuf>) {
        (std::env::args_os().collect(), std::env::current_dir().ok())
    }

    /// Given streams, without colour, at the usual width: for tests and for other programs.
    pub fn of_streams(stdin: Box<dyn Read>, stdout: Box<dyn Write>, stderr: Box<dyn Write>) -> Self {
        let (stdin, typed) = (BufReader::new(stdin), Typed::Unseen);
        Self {
            stdout,
            stderr,
            stdin,
            typed,
            terminal: false,
            gone: false,
            colour: false,
            colour_err: false,
            width: USUAL,
            today: today(),
            variables: Some(BTreeMap::new()),
        }
    }

    /// A variable of the environment; one that is empty is not set.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn variable(&self, name: &str) -> Option<String> {
        let value = match &self.variables {
            Some(given) => given.get(name).cloned(),
            None => std::env::var(name).ok(),
        };
        value.filter(|value| !value.is_empty())
    }

    /// Writes a result. A reader that went away ends the run without complaint.
    ///
    /// # Errors
    /// When the result cannot be written.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        match self.stdout.write_all(text.as_bytes()).and_then(|()| self.stdout.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.gone = true;
                Ok(())
            }
            other => other,
        }
    }

    /// Writes what is not a result: diagnostics and notes.
    pub fn tell(&mut self, text: &str) {
        // Nothing can be told about a stderr that cannot be written to.
        let _ = self.stderr.write_all(text.as_bytes());
    }

    /// Reads standard input, at most so many bytes and one more.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read_stdin(&mut self, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        (&mut self.stdin).take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Standard input, to be read as it comes.
    pub fn stdin(&mut self) -> &mut dyn BufRead {
        &mut self.stdin
    }

    /// A file, to be read as it comes.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path) -> io::Result<impl BufRead> {
        std::fs::File::open(path).map(|file| BufReader::with_capacity(1 << 18, file))
    }

    /// Whether somebody types on stdin, and may be asked.
    pub fn is_typed(&self) -> bool {
        self.typed == Typed::Seen
    }

    /// Asks on stderr and reads one line of standard input, without its end; none where the input has ended. Of a line that
    /// is too long the rest is passed over. Where nobody sees what is typed, the line is shown after the question.
    ///
    /// # Errors
    /// When standard input cannot be read.
    pub fn ask(&mut self, prompt: &str) -> io::Result<Option<String>> {
        self.tell(prompt);
        let _ = self.stderr.flush();
        let mut bytes = Vec::new();
        let read = (&mut self.stdin).take(LONGEST).read_until(b'\n', &mut bytes)?;
        if u64::try_from(read).is_ok_and(|read| read == LONGEST) && bytes.last() != Some(&b'\n') {
            self.stdin.skip_until(b'\n')?;
        }
        let line = (read > 0).then(|| String::from_utf8_lossy(&bytes).trim().to_owned());
        if self.typed == Typed::Unseen {
            self.tell(line.as_deref().unwrap_or_default());
        }
        if self.typed == Typed::Unseen || line.is_none() {
            self.tell("\n");
        }
        Ok(line)
    }

    /// Reads a file, at most so many bytes and one more.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read_file(path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes a file whole or not at all: beside its place, then moved there. One that is there is replaced only where that is
    /// wanted.
    ///
    /// # Errors
    /// When it cannot be written; of the kind `AlreadyExists` where one is there and is not to be replaced.
    pub fn write_file(path: &Path, text: &str, replace: bool) -> io::Result<()> {
        // A link stays a link: what it leads to is replaced, and stays as readable as it was.
        let old = if replace { path.canonicalize().ok() } else { None };
        let path = old.as_deref().unwrap_or(path);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let mut file = temporary(folder)?;
        if let Some(old) = &old {
            file.as_file().set_permissions(old.metadata()?.permissions())?;
        }
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        let written = if replace { file.persist(path) } else { file.persist_noclobber(path) };
        written.map(drop).map_err(|problem| problem.error)
    }

    /// Writes files, with the folders that they need: all are complete beside their places before the first is moved there.
    /// With each text stands whether it is a program. Files that are there are replaced only where that is wanted.
    ///
    /// # Errors
    /// With the path that could not be written; of the kind `AlreadyExists` where a file is there and is not to be replaced.
    pub fn write_files(files: &[(&Path, &str, bool)], replace: bool) -> Result<(), (PathBuf, io::Error)> {
        let mut complete = Vec::new();
        for (path, text, runs) in files {
            let file = Self::complete(path, text, *runs).map_err(|error| (path.to_path_buf(), error))?;
            complete.push((path, file));
        }
        for (path, file) in complete {
            let written = if replace { file.persist(path) } else { file.persist_noclobber(path) };
            written.map_err(|problem| (path.to_path_buf(), problem.error))?;
        }
        Ok(())
    }

    /// A file that is complete, beside its later place.
    fn complete(path: &Path, text: &str, runs: bool) -> io::Result<tempfile::NamedTempFile> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = temporary(folder)?;
        file.write_all(text.as_bytes())?;
        #[cfg(unix)]
        if runs {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = file.as_file().metadata()?.permissions().mode();
            // Who may read it may run it.
            let mode = mode | ((mode & 0o444) >> 2);
            file.as_file().set_permissions(std::fs::Permissions::from_mode(mode))?;
        }
        file.as_file().sync_all()?;
        Ok(file)
    }

    /// The files and folders in a folder, sorted.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn list(path: &Path) -> io::Result<Vec<PathBuf>> {
        let mut all: Vec<_> =
            std::fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
        all.sort();
        Ok(all)
    }
}

/// A file beside its later place, with the rights that any new file has.
fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".brokerfit-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// The day by the system's clock, in universal time; the first of all days where there is no such clock.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn today() -> Date {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let days = since.map_or(0, |since| i64::try_from(since.as_secs() / 86_400).unwrap_or(0));
    Date::from_days(days).unwrap_or(Date { year: 1970, month: 1, day: 1 })
}

/// The terminal's width, as clap's own help uses it.
fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size().map(|(terminal_size::Width(width), _)| usize::from(width))
}
