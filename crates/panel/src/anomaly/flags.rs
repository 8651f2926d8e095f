//! What may be odd about a cell.

use std::fmt;

/// One thing that may be odd about a cell. A flag says so; it changes no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Flag {
    /// A jump from the model's own history that comes back, or is too new to tell.
    Spike = 1,
    /// The first week of a new level.
    Shift = 2,
    /// A jump that many models of the owner make in the same week.
    Synchronous = 4,
    /// A small constant flow that many old models of the owner share.
    Floor = 8,
}

impl Flag {
    /// Every flag, in the order of its bits.
    pub const ALL: [Self; 4] = [Self::Spike, Self::Shift, Self::Synchronous, Self::Floor];

    /// The flag's name in tables and answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spike => "spike",
            Self::Shift => "shift",
            Self::Synchronous => "synchronous",
            Self::Floor => "floor",
        }
    }
}

impl fmt::Display for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The flags of one cell, in four bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Flags(u8);

impl Flags {
    /// No flag.
    pub const NONE: Self = Self(0);
    /// Every flag.
    pub const ALL: Self = Self(0b1111);

    /// One flag alone.
    #[must_use]
    pub const fn of(flag: Flag) -> Self {
        Self(flag as u8)
    }

    /// The flags of the lower four bits of a code.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits & Self::ALL.0)
    }

    /// The flags as a code, 0 to 15.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether a flag is among them.
    #[must_use]
    pub const fn contains(self, flag: Flag) -> bool {
        self.0 & flag as u8 != 0
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// These flags and the others.
    #[must_use]
    pub const fn union(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Each of them, in the order of the bits.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.into_iter().filter(move |flag| self.contains(*flag))
    }
}

impl From<Flag> for Flags {
    fn from(flag: Flag) -> Self {
        Self::of(flag)
    }
}

impl fmt::Display for Flags {
    /// Writes the names, joined by `+`; nothing where there is no flag.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, flag) in self.iter().enumerate() {
            let joint = if place == 0 { "" } else { "+" };
            write!(f, "{joint}{flag}")?;
        }
        Ok(())
    }
}
