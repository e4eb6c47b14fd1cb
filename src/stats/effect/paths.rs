//! Total, direct and proxy effect of one unit.

/// The outputs of one unit when level s is *shown* and the proxies *follow* p, each the reference or the target level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathOutputs {
    /// Y(r, r).
    pub reference: f64,
    /// Y(t, r): the target level shown, the proxies at the reference level's values.
    pub shown: f64,
    /// Y(r, t): the proxies follow the target level alone.
    pub followed: f64,
    /// Y(t, t).
    pub target: f64,
}

impl PathOutputs {
    /// Y(t, t) − Y(r, r).
    pub fn total(&self) -> f64 {
        self.target - self.reference
    }

    /// Y(t, r) − Y(r, r): from the reference side alone.
    pub fn direct_from_reference(&self) -> f64 {
        self.shown - self.reference
    }

    /// Y(r, t) − Y(r, r): from the reference side alone.
    pub fn proxy_from_reference(&self) -> f64 {
        self.followed - self.reference
    }

    /// total − both one-sided effects: how far the output is from a sum of them.
    pub fn interaction(&self) -> f64 {
        self.total() - self.direct_from_reference() - self.proxy_from_reference()
    }

    /// ½[(Y(t,r) − Y(r,r)) + (Y(t,t) − Y(r,t))]: what showing the level does, averaged over both states of the proxies. It
    /// changes its sign, and nothing else, when the levels are exchanged.
    pub fn direct(&self) -> f64 {
        0.5 * (self.direct_from_reference() + (self.target - self.followed))
    }

    /// total − direct: the two sum to the total exactly, on paper ½[(Y(r,t) − Y(r,r)) + (Y(t,t) − Y(t,r))].
    pub fn proxy(&self) -> f64 {
        self.total() - self.direct()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: PathOutputs = PathOutputs { reference: 1.0, shown: 4.0, followed: 2.0, target: 9.0 };

    #[test]
    fn direct_and_proxy_sum_to_the_total() {
        assert_eq!((UNIT.total(), UNIT.direct(), UNIT.proxy(), UNIT.interaction()), (8.0, 5.0, 3.0, 4.0));
        assert_eq!(UNIT.direct() + UNIT.proxy(), UNIT.total());
    }

    #[test]
    fn exchanging_the_levels_changes_the_signs_only() {
        let exchanged = PathOutputs {
            reference: UNIT.target,
            shown: UNIT.followed,
            followed: UNIT.shown,
            target: UNIT.reference,
        };
        let signed = [UNIT.total(), UNIT.direct(), UNIT.proxy()].map(|effect| -effect);
        assert_eq!(signed, [exchanged.total(), exchanged.direct(), exchanged.proxy()]);
    }
}
