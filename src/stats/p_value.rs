//! The three p-values of one test.

/// How surprising the data are without an effect, against each alternative. In 0..=1, never NaN; 1 where there is nothing
/// to judge by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PValue {
    /// Against "target above reference".
    pub greater: f64,
    /// Against "target below reference".
    pub less: f64,
    /// Against "target differs from reference".
    pub two_sided: f64,
}

impl PValue {
    /// Nothing to judge by.
    pub const NONE: PValue = PValue { greater: 1.0, less: 1.0, two_sided: 1.0 };

    /// Two-sided is twice the smaller one-sided.
    pub(super) fn doubled(greater: f64, less: f64) -> Self {
        Self { greater: greater.min(1.0), less: less.min(1.0), two_sided: (2.0 * greater.min(less)).min(1.0) }
    }

    /// From a statistic that is standard normal without an effect.
    pub(super) fn of_z(z: f64) -> Self {
        Self::doubled(super::laws::normal_above(z), super::laws::normal_below(z))
    }
}

/// Two one-sided tests (TOST): is the effect shown to lie within ±margin?
///
/// Schuirmann (1987), "A comparison of the two one-sided tests procedure and the power approach", Journal of
/// Pharmacokinetics and Biopharmaceutics 15. Equivalent at α exactly when the interval at α lies within ±margin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Equivalence {
    /// p against "at most −margin".
    pub above_lower: f64,
    /// p against "at least +margin".
    pub below_upper: f64,
}

impl Equivalence {
    /// The p-value of equivalence: the larger one.
    pub fn p(&self) -> f64 {
        self.above_lower.max(self.below_upper)
    }
}
