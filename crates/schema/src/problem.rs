//! Bad input is data.

use std::fmt;

/// Something in the input that could not be taken as it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as the person who imports it knows it.
    pub file: String,
    /// The line, or for Parquet the row, counted from 1; `None` where the whole file is meant.
    pub line: Option<u64>,
    /// The model id, where it could be read.
    pub model: Option<String>,
    /// The field that is wrong; empty where the whole row or file is.
    pub field: String,
    /// What is wrong, completing "failed to take it in: …".
    pub reason: String,
    /// What was done about it.
    pub severity: Severity,
}

/// What was done about a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The field is taken as unknown; the rest of the row was taken in.
    Field,
    /// The row was left out.
    Row,
    /// The rest of the file was left out.
    File,
}

impl Severity {
    /// The severity's name in tables and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Field => "field left out",
            Self::Row => "row left out",
            Self::File => "rest of the file left out",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        f.write_str(": ")?;
        if let Some(model) = &self.model {
            write!(f, "{model}: ")?;
        }
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        write!(f, "{} ({})", self.reason, self.severity.name())
    }
}
