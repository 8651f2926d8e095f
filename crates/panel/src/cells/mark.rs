//! How a cell is known, in a byte.

use schema::CellState;

use crate::anomaly::Flags;
use crate::flow::Method;

// A missing cell has the bit, and no other state has it.
const _: () = assert!(CellState::Missing as u8 >> Mark::MISSING_BIT == 1);
const _: () = assert!(CellState::Estimated as u8 >> Mark::MISSING_BIT == 0);

/// The state of a cell, the method that told it, and its flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark(u8);

const STATE: u8 = 0b0000_0011;
const METHOD: u8 = 0b0000_1100;
const METHOD_SHIFT: u8 = 2;
const FLAGS_SHIFT: u8 = 4;

impl Mark {
    /// The bit of a state that is set where the cell is missing.
    pub(crate) const MISSING_BIT: u32 = 1;

    /// A mark without flags.
    #[must_use]
    pub const fn new(state: CellState, method: Method) -> Self {
        Self(state as u8 | (method as u8) << METHOD_SHIFT)
    }

    /// A mark as it lies in memory; what this version does not know is missing.
    #[must_use]
    pub(crate) const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// The mark as it lies in memory.
    pub(crate) const fn bits(self) -> u8 {
        self.0
    }

    /// How the cell is known.
    #[must_use]
    pub fn state(self) -> CellState {
        CellState::from_code(self.0 & STATE).unwrap_or(CellState::Missing)
    }

    /// What told it.
    #[must_use]
    pub fn method(self) -> Method {
        Method::from_code((self.0 & METHOD) >> METHOD_SHIFT)
    }

    /// What is unusual about it.
    #[must_use]
    pub fn flags(self) -> Flags {
        Flags::from_bits(self.0 >> FLAGS_SHIFT)
    }

    /// The same cell with other flags.
    #[must_use]
    pub fn with_flags(self, flags: Flags) -> Self {
        Self(self.0 & (STATE | METHOD) | flags.bits() << FLAGS_SHIFT)
    }

    /// Whether the cell is in no sum.
    pub(crate) fn is_missing(self) -> bool {
        self.0 & STATE >= CellState::Missing as u8
    }

    pub(crate) fn is_estimated(self) -> bool {
        self.0 & STATE == CellState::Estimated as u8
    }

    /// The bits of the state, of which none is set where the cell is sure.
    pub(crate) fn bits_of_state(self) -> u8 {
        self.0 & STATE
    }

    /// Whether the cell is neither missing nor estimated.
    pub(crate) fn is_sure(self) -> bool {
        self.bits_of_state() == CellState::Observed as u8
    }

    pub(crate) fn is_flagged(self) -> bool {
        self.0 >> FLAGS_SHIFT != 0
    }
}
