//! `itakura book`: the executed notebooks as HTML pages that need neither a kernel nor a network.
use crate::project::Project;
use anyhow::Result;

#[derive(clap::Args)]
pub struct Options {}

pub fn run(_project: &Project, _options: &Options) -> Result<()> {
    anyhow::bail!("later")
}
