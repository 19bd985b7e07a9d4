//! A command run in process, with streams that can be read afterwards.

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;

use brokerfit::context::{Context, Exit};

/// How a run ended, and what it wrote.
pub(crate) struct Run {
    pub(crate) exit: Exit,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a command on a text as its input.
pub(crate) fn run_in_process(stdin: &'static str, command: impl FnOnce(&mut Context) -> Exit) -> Run {
    let (stdout, stderr) = (Shared::default(), Shared::default());
    let mut context =
        Context::of_streams(Box::new(stdin.as_bytes()), Box::new(stdout.clone()), Box::new(stderr.clone()));
    let exit = command(&mut context);
    Run { exit, stdout: stdout.text(), stderr: stderr.text() }
}

/// A stream that can be read after it was handed over.
#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}
