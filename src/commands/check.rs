//! placeholder
use crate::context::{Context, Exit};
#[derive(Debug, clap::Args)]
pub struct Args {}
pub fn run(_: Args, _: &mut Context) -> anyhow::Result<Exit> { Ok(Exit::Fine) }
