//! `weighhouse export`: what is in the data directory, for elsewhere.

use std::path::{Path, PathBuf};

use store::{Store, archive};

use crate::{Outcome, output};

/// Write what is in the data directory to a file.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Write a collection's raw layer, everything as it was received, as one Parquet file that
    /// `import raw` takes back without loss.
    Raw {
        /// The collection.
        #[arg(value_name = "COLLECTION")]
        collection: String,
        /// The file to write [default: COLLECTION-raw.parquet].
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let What::Raw { collection, out } = &args.what;
    let store = Store::open(data)?;
    let default = || PathBuf::from(format!("{collection}-raw.parquet"));
    let path = out.clone().unwrap_or_else(default);
    let archived = archive::write(&store, collection, &path)?;
    output::say(&format!(
        "{collection}: {} entries with {} files of {} bytes written to {}",
        output::grouped(archived.entries),
        output::grouped(archived.files),
        output::grouped(archived.bytes),
        path.display(),
    ));
    Ok(Outcome::Done)
}
