//! The measuring side of `cargo xtask accuracy`: attributes against labels.
//!
//! ```text
//! accuracy facts DATA TABLE            the facts of the models of a CSV's first column, as JSON lines
//! accuracy labels TABLE FACTS          classes against labels by hand, as Markdown
//! accuracy sizes TABLE FACTS           sizes against a table of published sizes, as Markdown
//! accuracy lineage DATA COLLECTION     what lineage rests on, and names against declared bases
//! ```
//!
//! Facts are those that tell of size, quantization and experts; text that others wrote is none.
#![expect(clippy::disallowed_methods, reason = "a measuring tool reads its arguments and files")]
#![expect(clippy::print_stdout, reason = "its lines are what it is for")]

mod facts;
mod labels;
mod lineage;
mod ratio;
mod sizes;

use std::path::Path;

use anyhow::bail;

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["facts", data, table] => facts::print(Path::new(data), Path::new(table)),
        ["labels", table, facts] => {
            print!("{}", labels::report(Path::new(table), Path::new(facts))?);
            Ok(())
        }
        ["sizes", table, facts] => {
            print!("{}", sizes::report(Path::new(table), Path::new(facts))?);
            Ok(())
        }
        ["lineage", data, collection] => {
            print!("{}", lineage::report(Path::new(data), collection)?);
            Ok(())
        }
        _ => bail!("expected facts, labels, sizes or lineage, and two arguments"),
    }
}
