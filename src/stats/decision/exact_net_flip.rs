//! The exact unconditional test that a net flip lies within a margin.

use super::super::{Alpha, Equivalence, check};
use super::PairedTable;
use super::gains_and_losses::{first, probability};
use crate::dist::BadParameter;

/// The probability with which the nuisance parameter may lie outside the range that is searched.
const BEYOND: f64 = 1e-5;

/// How finely that range is searched: the p-value is smooth in it.
const STEPS: u32 = 96;

impl PairedTable {
    /// Is the net flip shown to lie within ±`margin`, whatever the number of flips? `margin` in (0, 1).
    ///
    /// p = sup over q of P(a table with z(δ) no larger than this one's | gains q + δ, losses q) with
    /// [Tango's statistic](Self::tango_z), q within its Clopper–Pearson interval at 10⁻⁵, which is added: Hsueh, Liu and Chen
    /// (2001), "Unconditional exact tests for equivalence or noninferiority for paired binary endpoints", Biometrics 57;
    /// Berger and Boos (1994), JASA 89. [Tango's own test](Self::tango_equivalence) trusts the normal law: where flips go one
    /// way and are rare, it errs up to 6.8 % of the time at α = 5 % (no flip in 268 units, margin 1 %); this one does not.
    pub fn exact_equivalence(&self, margin: f64) -> Result<Equivalence, BadParameter> {
        let holds = (1e-6..1.0).contains(&margin);
        check::require("margin", margin, holds, "be at least 1e-6 and below 1")?;
        Ok(Equivalence { above_lower: self.swapped().p_below(margin), below_upper: self.p_below(margin) })
    }

    /// p against "the net flip is `margin` or more".
    fn p_below(&self, margin: f64) -> f64 {
        let units = self.units();
        let observed = self.tango_z(margin);
        // Equal but for rounding.
        let limit = observed + 1e-10 * (1.0 + observed.abs());
        let alpha = Alpha::one_sided(0.5 * BEYOND).expect("a small probability");
        let losses = self.losses().clopper_pearson(alpha);
        let largest = 0.5 * (1.0 - margin);
        let (low, high) = (losses.low.min(largest), losses.high.min(largest));
        let p = |step: u32| {
            let q = low + (high - low) * f64::from(step) / f64::from(STEPS);
            probability_below(units, margin, q, limit)
        };
        let worst = (0..=STEPS).map(p).fold(0.0, f64::max);
        (worst + BEYOND).min(1.0)
    }
}

/// P(z(δ) ≤ limit) when gains have probability `margin` + q and losses q; z grows with the gains among the flips.
fn probability_below(units: u64, margin: f64, q: f64, limit: f64) -> f64 {
    let gains = |d: u64| {
        let above = first(0, d + 1, |gains| gains > d || z_of(units, d, gains, margin) > limit);
        above.checked_sub(1).map(|most| (0, most))
    };
    probability(units, margin + q, q, gains)
}

fn z_of(units: u64, flips: u64, gains: u64, margin: f64) -> f64 {
    let table = PairedTable::new(0, gains, flips - gains, units - flips).expect("as many units as before");
    table.tango_z(margin)
}

#[cfg(test)]
mod tests {
    use super::super::super::laws;
    use super::*;

    /// The probability of exactly `k` of `n`.
    fn exactly(k: u64, n: u64, p: f64) -> f64 {
        let below = if k == 0 { 0.0 } else { laws::binomial_at_most(k - 1, n, p) };
        laws::binomial_at_most(k, n, p) - below
    }

    /// Every table of 30 units: how often p ≤ 5 % where the net flip is just the margin, for several numbers of flips.
    #[test]
    fn a_net_flip_on_the_margin_passes_at_most_alpha_of_the_time() {
        let (units, margin) = (30u64, 0.2);
        let mut passing = Vec::new();
        for flips in 0..=units {
            for gains in 0..=flips {
                let table = PairedTable::new(0, gains, flips - gains, units - flips).unwrap();
                if table.exact_equivalence(margin).unwrap().below_upper <= 0.05 {
                    passing.push((flips, gains));
                }
            }
        }
        let mut largest: f64 = 0.0;
        for q in [0.0, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4] {
            let rate = 2.0 * q + margin;
            let of = |&(d, b): &(u64, u64)| exactly(d, units, rate) * exactly(b, d, (q + margin) / rate);
            largest = largest.max(passing.iter().map(of).sum());
        }
        assert!(largest <= 0.05 && largest > 0.025, "{largest}");
    }

    /// Without a flip the worst case is one-sided flips alone: p = (1 − margin)^N.
    #[test]
    fn no_flip_needs_as_many_units_as_the_rule_of_three() {
        let p = |units| PairedTable::new(0, 0, 0, units).unwrap().exact_equivalence(0.01).unwrap().p();
        assert!((p(268) - 0.99f64.powi(268) - BEYOND).abs() < 1e-9);
        assert!(p(299) <= 0.05 && p(298) > 0.05);
    }

    #[test]
    fn many_flips_agree_with_the_normal_law() {
        let table = PairedTable::new(5000, 260, 240, 4500).unwrap();
        let (exact, normal) =
            (table.exact_equivalence(0.01).unwrap().p(), table.tango_equivalence(0.01).unwrap().p());
        assert!((exact - normal).abs() < 2e-3, "{exact} {normal}");
    }

    #[test]
    fn one_unit_and_one_sided_tables_show_nothing() {
        for (a, b, c, d) in [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 9, 0)] {
            let p = PairedTable::new(a, b, c, d).unwrap().exact_equivalence(0.05).unwrap().p();
            assert!(p > 0.5 && p <= 1.0, "{p}");
        }
        assert!(PairedTable::new(1, 0, 0, 0).unwrap().exact_equivalence(f64::NAN).is_err());
    }
}
