//! The four-fifths rule, in whole numbers.

use super::super::{Share, check};
use super::TwoGroups;
use crate::dist::BadParameter;

/// Whether p/q ≥ 4/5: 5 k₁ n₂ ≥ 4 k₂ n₁, so that a ratio of exactly 0.80 passes whatever its digits.
///
/// Uniform Guidelines on Employee Selection Procedures (1978), 29 CFR 1607.4 D: a rule of thumb for attention, about
/// the estimate; it is not evidence by itself. A most selected group without a selection has nothing to fall short of, and passes.
pub fn passes_four_fifths(group: Share, most_selected: Share) -> bool {
    at_least(group, most_selected, 4, 5)
}

impl TwoGroups {
    /// Whether the target's rate is at least `numerator`/`denominator` of the reference's, in whole numbers.
    pub fn ratio_at_least(&self, numerator: u32, denominator: u32) -> Result<bool, BadParameter> {
        check::require("denominator", f64::from(denominator), denominator > 0, "be positive")?;
        Ok(at_least(self.target, self.reference, numerator, denominator))
    }
}

/// Whether (k₁/n₁)/(k₂/n₂) ≥ numerator/denominator.
fn at_least(first: Share, second: Share, numerator: u32, denominator: u32) -> bool {
    // Counts stay below 2³⁰, so that the products stay below 2⁹².
    let left = u128::from(denominator) * u128::from(first.count()) * u128::from(second.total());
    left >= u128::from(numerator) * u128::from(second.count()) * u128::from(first.total())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_of_exactly_four_fifths_passes_where_floats_would_not() {
        // As doubles, 0.28/0.35 and 0.56/0.7 are 0.8 or the number below it, depending on the order of operations.
        for (k1, n1, k2, n2) in [(28, 100, 35, 100), (56, 100, 70, 100), (12, 25, 6, 10), (4, 7, 5, 7)] {
            let (group, most) = (Share::new(k1, n1).unwrap(), Share::new(k2, n2).unwrap());
            assert!(passes_four_fifths(group, most), "{k1}/{n1} {k2}/{n2}");
            assert!(!passes_four_fifths(Share::new(k1 - 1, n1).unwrap(), most));
        }
        let million = Share::new(799_999, 1_000_000).unwrap();
        assert!(!passes_four_fifths(million, Share::new(1_000_000, 1_000_000).unwrap()));
    }

    #[test]
    fn any_limit_can_be_asked_in_whole_numbers() {
        let groups = TwoGroups::new(Share::new(9, 10).unwrap(), Share::new(10, 10).unwrap());
        assert!(groups.ratio_at_least(9, 10).unwrap() && !groups.ratio_at_least(91, 100).unwrap());
        assert!(groups.ratio_at_least(1, 0).is_err());
    }

    #[test]
    fn where_nobody_is_selected_nobody_falls_short() {
        let none = Share::new(0, 10).unwrap();
        assert!(passes_four_fifths(none, none));
    }
}
