//! Two groups of different units.

use super::super::Share;

/// The target group's share and the reference group's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoGroups {
    /// Favourable decisions among the target group.
    pub target: Share,
    /// Favourable decisions among the reference group.
    pub reference: Share,
}

impl TwoGroups {
    /// Any two shares.
    pub fn new(target: Share, reference: Share) -> Self {
        Self { target, reference }
    }

    /// Selected and not selected of the target group, then of the reference group.
    pub(super) fn cells(&self) -> [u64; 4] {
        let (t, r) = (self.target, self.reference);
        [t.count(), t.total() - t.count(), r.count(), r.total() - r.count()]
    }
}
