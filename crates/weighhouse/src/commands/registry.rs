//! `weighhouse registry`: who the owners are, and what another registry says of them.

mod check;
mod diff;

use crate::Outcome;

/// Check the reviewed owners, or hold them against another registry.
///
/// The registry says who stands behind a namespace on the Hub: name, kind, country and sector,
/// each with its evidence. CONTRIBUTING.md says how a row is corrected.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Check(check::Args),
    Diff(diff::Args),
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    match &args.what {
        What::Check(args) => check::run(args),
        What::Diff(args) => diff::run(args),
    }
}

/// The files of a registry in a folder.
fn files(folder: &std::path::Path) -> anyhow::Result<enrich::RegistryFiles> {
    let text = |path: &str| -> anyhow::Result<String> {
        let path = folder.join(path);
        String::from_utf8(store::input::read(&path)?)
            .map_err(|_| anyhow::anyhow!("{} is not in UTF-8", path.display()))
    };
    let owners = enrich::RegistryFiles::owners_paths()
        .map(|path| Ok((path.to_owned(), text(path)?)))
        .collect::<anyhow::Result<_>>()?;
    Ok(enrich::RegistryFiles {
        owners,
        countries: text("countries.csv")?,
        model_aliases: text("model_aliases.csv")?,
    })
}
