//! Numbers that are easily mistaken for one another.

/// How many units a suite has; each has one record in every arm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Units(pub u64);

/// What all noise of a suite is derived from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seed(pub u64);
