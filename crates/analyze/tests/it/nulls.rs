//! On a history with nothing planted nothing is found beyond the nominal rate.
