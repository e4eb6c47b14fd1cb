//! Whether a suite is what it says it is.
