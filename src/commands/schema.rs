//! `brokerfit schema`: the JSON Schemas of what people write, for editors.

use clap::ValueEnum;

use super::configured::{ConfigArgs, set_up};
use super::tell;
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::rules;
use crate::schema::{TOLD, Told, configuration, profile, rules as rule_files};
use crate::suggestion::nearest;

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The schemas are of draft-07, which editors know. A file says by its first line which it follows:\n\
                        `# yaml-language-server: $schema=…` in YAML, `#:schema …` in TOML.\n\
                        Exit codes: 0 fine; 2 the call is wrong."
)]
pub struct Args {
    /// Of what
    #[arg(value_enum, default_value_t, value_name = "OF")]
    of: Of,
    /// Of one kind of rule files, as in `needs` or `brokers/tuning`; of all of them otherwise
    #[arg(value_name = "KIND")]
    kind: Option<String>,
    #[command(flatten)]
    configured: ConfigArgs,
}

/// What people write.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Of {
    /// Profiles, with the facts of the rules that are used
    #[default]
    Profile,
    /// `brokerfit.toml`
    Config,
    /// Rule files
    Rules,
}

/// Runs `schema`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let told = match Told::read(TOLD) {
        Ok(told) => told,
        Err(problems) => anyhow::bail!("what is told of fields cannot be read: {problems:?}"),
    };
    if let (Of::Profile | Of::Config, Some(kind)) = (args.of, &args.kind) {
        let problem = Diagnostic::error("unknown-kind", format!("`{kind}` is no kind of what is asked for"));
        tell(&[problem.help(format!("rule files alone have kinds: `brokerfit schema rules {kind}`"))], &[], context);
        return Ok(Exit::Wrong);
    }
    let schema = if args.of == Of::Rules {
        let shapes = rules::shapes()?;
        let Some(schema) = rule_files(&shapes, &told, args.kind.as_deref()) else {
            let kind = args.kind.as_deref().unwrap_or_default();
            let problem = Diagnostic::error("unknown-kind", format!("no rule files are called `{kind}`"));
            let known = || shapes.keys().map(String::as_str);
            let problem = match nearest(kind, known()) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("kinds are {}", known().collect::<Vec<_>>().join(", "))),
            };
            tell(&[problem], &[], context);
            return Ok(Exit::Wrong);
        };
        schema
    } else {
        match set_up(&args.configured, &[], context)? {
            Ok(setup) if args.of == Of::Config => configuration(setup.knowledge, &told),
            Ok(setup) => profile(setup.knowledge, &told),
            Err(refused) => return Ok(refused.told(context)),
        }
    };
    context.print(&(serde_json::to_string_pretty(&schema)? + "\n"))?;
    Ok(Exit::Fine)
}
