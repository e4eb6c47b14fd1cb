//! One odds ratio and one rate difference over strata of two groups.

use super::super::{Alpha, Interval, PValue, TwoGroups};

/// The Mantel–Haenszel estimates over strata: each compares target and reference within itself only.
#[derive(Debug, Clone, PartialEq)]
pub struct MantelHaenszel {
    strata: Vec<Stratum>,
}

/// The counts of one stratum as numbers, and their sum.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stratum {
    /// Target: selected, not selected; reference: selected, not selected.
    cells: [f64; 4],
    n1: f64,
    n2: f64,
    n: f64,
}

impl MantelHaenszel {
    /// From any number of strata; every one has units of both groups.
    pub fn new(strata: &[TwoGroups]) -> Self {
        let stratum = |groups: &TwoGroups| {
            let (t, r) = (groups.target, groups.reference);
            let [a, c] = [t.count() as f64, r.count() as f64];
            let [n1, n2] = [t.total() as f64, r.total() as f64];
            Stratum { cells: [a, n1 - a, c, n2 - c], n1, n2, n: n1 + n2 }
        };
        Self { strata: strata.iter().map(stratum).collect() }
    }

    /// Σ (ad/n) / Σ (bc/n). 1 where both sums are 0, infinite where only the lower one is. Mantel and Haenszel (1959), Journal
    /// of the National Cancer Institute 22.
    pub fn odds_ratio(&self) -> f64 {
        let (r, s) = (self.sum(Stratum::concordant), self.sum(Stratum::discordant));
        if r == 0.0 && s == 0.0 { 1.0 } else { r / s }
    }

    /// ln OR ± z times the error of Robins, Breslow and Greenland (1986), Biometrics 42: right both for few large and
    /// for many small strata; `mantelhaen.test` of R. (0, ∞) where a sum of the odds ratio is 0.
    pub fn odds_ratio_interval(&self, alpha: Alpha) -> Interval {
        let (r, s) = (self.sum(Stratum::concordant), self.sum(Stratum::discordant));
        if r == 0.0 || s == 0.0 {
            return Interval::new(0.0, f64::INFINITY);
        }
        let variance = self.sum(|x| x.agreeing() * x.concordant()) / (2.0 * r * r)
            + self.sum(|x| x.agreeing() * x.discordant() + x.differing() * x.concordant()) / (2.0 * r * s)
            + self.sum(|x| x.differing() * x.discordant()) / (2.0 * s * s);
        let (centre, reach) = (libm::log(r / s), alpha.z() * libm::sqrt(variance));
        Interval::new(libm::exp(centre - reach), libm::exp(centre + reach))
    }

    /// Against "the odds are equal in every stratum": Σ(a − E a) / √ΣVar a, the distance lowered by ½ where it is as large
    /// (`mantelhaen.test` of R, corrected). All 1 without variance.
    pub fn test(&self) -> PValue {
        let gap = self.sum(Stratum::gap);
        let variance = self.sum(Stratum::variance);
        if variance == 0.0 {
            return PValue::NONE;
        }
        let size = if gap.abs() >= 0.5 { gap.abs() - 0.5 } else { gap.abs() };
        PValue::of_z(size.copysign(gap) / libm::sqrt(variance))
    }

    /// Σ (a n₂ − c n₁)/n over Σ n₁n₂/n: the rate differences, weighted by n₁n₂/n. 0 without strata.
    pub fn risk_difference(&self) -> f64 {
        let weight = self.sum(Stratum::weight);
        if weight == 0.0 { 0.0 } else { self.sum(Stratum::gap) / weight }
    }

    /// The difference ± z times the error of Sato (1989; Greenland and Robins 1985): right both for few large and for
    /// many small strata. −1..1 where there is no variance, as nothing was seen that could have differed.
    pub fn risk_difference_interval(&self, alpha: Alpha) -> Interval {
        let (weight, difference) = (self.sum(Stratum::weight), self.risk_difference());
        let variance = difference * self.sum(Stratum::sato_slope) + self.sum(Stratum::sato_level);
        if weight == 0.0 || variance <= 0.0 {
            return Interval::new(-1.0, 1.0);
        }
        Interval::around(difference, alpha.z() * libm::sqrt(variance) / weight).clamp(-1.0, 1.0)
    }

    fn sum(&self, term: impl Fn(&Stratum) -> f64) -> f64 {
        self.strata.iter().map(term).sum()
    }
}

impl Stratum {
    /// ad/n.
    fn concordant(&self) -> f64 {
        self.cells[0] * self.cells[3] / self.n
    }

    /// bc/n.
    fn discordant(&self) -> f64 {
        self.cells[1] * self.cells[2] / self.n
    }

    /// (a + d)/n.
    fn agreeing(&self) -> f64 {
        (self.cells[0] + self.cells[3]) / self.n
    }

    /// (b + c)/n.
    fn differing(&self) -> f64 {
        (self.cells[1] + self.cells[2]) / self.n
    }

    /// a − n₁(a + c)/n = (a n₂ − c n₁)/n.
    fn gap(&self) -> f64 {
        (self.cells[0] * self.n2 - self.cells[2] * self.n1) / self.n
    }

    /// n₁n₂/n.
    fn weight(&self) -> f64 {
        self.n1 * self.n2 / self.n
    }

    /// The hypergeometric variance of a; n ≥ 2, since both groups have units.
    fn variance(&self) -> f64 {
        let selected = self.cells[0] + self.cells[2];
        self.weight() / self.n * selected * (self.n - selected) / (self.n - 1.0)
    }

    /// What the difference multiplies in Sato's variance.
    fn sato_slope(&self) -> f64 {
        let (s1, s2) = (self.n1 / self.n, self.n2 / self.n);
        self.cells[2] * s1 * s1 - self.cells[0] * s2 * s2 + 0.5 * s1 * s2 * (self.n2 - self.n1)
    }

    fn sato_level(&self) -> f64 {
        0.5 * (self.cells[0] * self.cells[3] + self.cells[2] * self.cells[1]) / self.n
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Share;
    use super::*;

    /// Admitted and applied, men then women, departments A–F of Berkeley in 1973: Bickel, Hammel and O'Connell (1975),
    /// Science 187; `UCBAdmissions` of R.
    const BERKELEY: [[u64; 4]; 6] = [
        [512, 825, 89, 108],
        [353, 560, 17, 25],
        [120, 325, 202, 593],
        [138, 417, 131, 375],
        [53, 191, 94, 393],
        [22, 373, 24, 341],
    ];

    fn groups([k1, n1, k2, n2]: [u64; 4]) -> TwoGroups {
        TwoGroups::new(Share::new(k1, n1).unwrap(), Share::new(k2, n2).unwrap())
    }

    #[test]
    fn berkeleys_admissions_reverse_within_departments() {
        let within = MantelHaenszel::new(&BERKELEY.map(groups));
        // mantelhaen.test(UCBAdmissions) in R: 0.9046968 (0.7719074..1.0603298), p = 0.2323.
        assert!((within.odds_ratio() - 0.9046968).abs() < 1e-7);
        let interval = within.odds_ratio_interval(Alpha::two_sided(0.05).unwrap());
        assert!((interval.low - 0.7719074).abs() < 1e-7 && (interval.high - 1.0603298).abs() < 1e-7);
        assert!((within.test().two_sided - 0.2323).abs() < 1e-4);
        let whole = BERKELEY.iter().fold([0; 4], |sum, row| [0, 1, 2, 3].map(|i| sum[i] + row[i]));
        let whole = MantelHaenszel::new(&[groups(whole)]);
        assert!((whole.odds_ratio() - 1.84108).abs() < 1e-5);
        assert!(whole.risk_difference() > 0.1 && within.risk_difference() < 0.0);
    }

    #[test]
    fn strata_without_a_selection_say_nothing() {
        let alpha = Alpha::one_sided(0.05).unwrap();
        for strata in [vec![], vec![groups([0, 5, 0, 7])], vec![groups([5, 5, 7, 7]), groups([0, 1, 0, 1])]] {
            let mh = MantelHaenszel::new(&strata);
            assert_eq!((mh.odds_ratio(), mh.risk_difference(), mh.test()), (1.0, 0.0, PValue::NONE));
            assert_eq!(mh.odds_ratio_interval(alpha), Interval::new(0.0, f64::INFINITY));
            assert_eq!(mh.risk_difference_interval(alpha), Interval::new(-1.0, 1.0));
        }
    }

    #[test]
    fn odds_with_one_side_empty_are_infinite_and_not_bounded() {
        let mh = MantelHaenszel::new(&[groups([3, 5, 0, 7])]);
        assert_eq!(mh.odds_ratio(), f64::INFINITY);
        assert_eq!(mh.odds_ratio_interval(Alpha::one_sided(0.05).unwrap()).high, f64::INFINITY);
    }
}
