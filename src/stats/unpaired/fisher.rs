//! Fisher's exact test of two independent rates.

use super::super::PValue;
use super::TwoGroups;

/// Tables whose probabilities differ by rounding alone count as equal: the factor of R's `fisher.test`.
const TIED: f64 = 1.0 + 1e-7;

impl TwoGroups {
    /// Given both margins, the target's favourable decisions are hypergeometric. Two-sided: all tables no likelier than the
    /// observed one, as `fisher.test` of R. Fisher (1935), Journal of the Royal Statistical Society 98.
    pub fn fisher(&self) -> PValue {
        let [k1, miss1, k2, miss2] = self.cells();
        let law = Hypergeometric::of(k1 + miss1, k2 + miss2, k1 + k2);
        let at = (k1 - law.first) as usize;
        let limit = law.weights[at] * TIED;
        let sum = |part: &[f64]| part.iter().sum::<f64>() / law.total;
        let no_likelier: f64 = law.weights.iter().filter(|&&w| w <= limit).sum();
        PValue {
            greater: sum(&law.weights[at..]).min(1.0),
            less: sum(&law.weights[..=at]).min(1.0),
            two_sided: (no_likelier / law.total).min(1.0),
        }
    }
}

/// The weights of all tables with the same margins, relative to the likeliest: quotients of neighbours, whose rounding
/// errors stay small where factorials of a million would not.
struct Hypergeometric {
    first: u64,
    weights: Vec<f64>,
    total: f64,
}

impl Hypergeometric {
    /// `drawn` units, of whom some are among `first_group` of first_group + second_group.
    fn of(first_group: u64, second_group: u64, drawn: u64) -> Self {
        let first = drawn.saturating_sub(second_group);
        let last = drawn.min(first_group);
        let all = (first_group + second_group) as f64;
        let mode = ((drawn + 1) as f64 * (first_group + 1) as f64 / (all + 2.0)) as u64;
        let mode = mode.clamp(first, last);
        // P(k + 1) / P(k).
        let ratio = |k: u64| {
            let up = (first_group - k) as f64 * (drawn - k) as f64;
            up / ((k + 1) as f64 * (second_group + k + 1 - drawn) as f64)
        };
        let mut weights = vec![0.0; (last - first + 1) as usize];
        weights[(mode - first) as usize] = 1.0;
        for k in mode..last {
            weights[(k + 1 - first) as usize] = weights[(k - first) as usize] * ratio(k);
        }
        for k in (first..mode).rev() {
            weights[(k - first) as usize] = weights[(k + 1 - first) as usize] / ratio(k);
        }
        let total = weights.iter().sum();
        Self { first, weights, total }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Share;
    use super::*;

    fn groups(k1: u64, n1: u64, k2: u64, n2: u64) -> TwoGroups {
        TwoGroups::new(Share::new(k1, n1).unwrap(), Share::new(k2, n2).unwrap())
    }

    /// Fisher's tea taster, and his convicted twins, `?fisher.test` in R.
    #[test]
    fn fishers_own_tables_come_out() {
        let tea = groups(3, 4, 1, 4).fisher();
        assert!((tea.greater - 17.0 / 70.0).abs() < 1e-14 && (tea.two_sided - 34.0 / 70.0).abs() < 1e-14);
        let twins = groups(2, 17, 10, 13).fisher();
        assert!((twins.less - 0.0004651809).abs() < 1e-10 && (twins.two_sided - 0.0005367241).abs() < 1e-10);
    }

    #[test]
    fn empty_margins_are_no_surprise() {
        for groups in [groups(0, 5, 0, 9), groups(5, 5, 9, 9), groups(1, 1, 1, 1)] {
            assert_eq!(groups.fisher(), PValue::NONE);
        }
    }

    #[test]
    fn a_million_units_give_a_p_value() {
        let p = groups(500_300, 1_000_000, 500_000, 1_000_000).fisher();
        // z = 0.4243; the normal tail with continuity correction is 0.6722.
        assert!((p.two_sided - 0.6722).abs() < 1e-3, "{p:?}");
    }
}
