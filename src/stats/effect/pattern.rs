//! How a unit's decision responds to the paths.

/// Which of the paths, alone or together, turns the decision of one unit away from Y(r, r).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResponsePattern {
    /// No arm turns it.
    Unmoved,
    /// Showing the level turns it, alone or with the proxies; the proxies alone do not.
    DirectOnly,
    /// The proxies turn it, alone or with the level shown; the level alone does not.
    ProxyOnly,
    /// Each alone turns it, and both together.
    Either,
    /// Only both together turn it.
    BothNeeded,
    /// One or each alone turns it, and both together do not: the paths cancel, and the total shows nothing.
    Cancelling,
}

impl ResponsePattern {
    /// From the decisions Y(r,r), Y(t,r), Y(r,t), Y(t,t).
    pub fn of(reference: bool, shown: bool, followed: bool, target: bool) -> Self {
        let turned = [shown, followed, target].map(|decision| decision != reference);
        match turned {
            [false, false, false] => Self::Unmoved,
            [true, false, true] => Self::DirectOnly,
            [false, true, true] => Self::ProxyOnly,
            [true, true, true] => Self::Either,
            [false, false, true] => Self::BothNeeded,
            [_, _, false] => Self::Cancelling,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_response_has_its_pattern_from_both_sides() {
        use ResponsePattern::*;
        let patterns = [
            ((false, false, false), Unmoved),
            ((true, false, true), DirectOnly),
            ((false, true, true), ProxyOnly),
            ((true, true, true), Either),
            ((false, false, true), BothNeeded),
            ((true, false, false), Cancelling),
            ((false, true, false), Cancelling),
            ((true, true, false), Cancelling),
        ];
        for ((shown, followed, target), pattern) in patterns {
            assert_eq!(ResponsePattern::of(false, shown, followed, target), pattern);
            assert_eq!(ResponsePattern::of(true, !shown, !followed, !target), pattern);
        }
    }
}
