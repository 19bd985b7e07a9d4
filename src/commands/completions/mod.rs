//! `brokerfit completions`: the script by which a shell asks brokerfit itself what may stand where. What is answered
//! follows from the names of arguments' values, so that a new flag is completed without a line here.

mod candidates;

use clap::{Command, ValueEnum};
use clap_complete::env::{Elvish, EnvCompleter, Fish, Powershell, Zsh};

pub use candidates::{ANY, completing};

use crate::context::{Context, Exit};

/// The variable by which a shell asks.
pub const ASKED: &str = "BROKERFIT_COMPLETE";
/// What is completed.
pub const PROGRAM: &str = "brokerfit";

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "bash:        source <(brokerfit completions bash)                         in ~/.bashrc\n\
                        zsh:         source <(brokerfit completions zsh)                          in ~/.zshrc\n\
                        fish:        brokerfit completions fish | source                          in ~/.config/fish/config.fish\n\
                        PowerShell:  brokerfit completions powershell | Out-String | Invoke-Expression   in $PROFILE\n\
                        elvish:      eval (brokerfit completions elvish | slurp)                  in ~/.config/elvish/rc.elv\n\
                        Facts, ids and options are those of the rules that BROKERFIT_RULES or brokerfit.toml names.")]
pub struct Args {
    /// For which shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// Shells that can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

/// Runs `completions`.
///
/// # Errors
/// When the result cannot be written.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let shell: &dyn EnvCompleter = match args.shell {
        Shell::Bash => {
            context.print(include_str!("bash.sh"))?;
            return Ok(Exit::Fine);
        }
        Shell::Elvish => &Elvish,
        Shell::Fish => &Fish,
        Shell::Powershell => &Powershell,
        Shell::Zsh => &Zsh,
    };
    let mut script = Vec::new();
    shell.write_registration(ASKED, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    context.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}

/// Answers a shell that asks; says whether one did.
pub fn answer(command: impl Fn() -> Command) -> bool {
    let (arguments, folder) = Context::call();
    let asked =
        clap_complete::CompleteEnv::with_factory(|| completing(command())).var(ASKED).bin(PROGRAM).completer(PROGRAM);
    // A shell that went away, or is not known, needs no answer.
    asked.try_complete(arguments, folder.as_deref()).unwrap_or(true)
}
