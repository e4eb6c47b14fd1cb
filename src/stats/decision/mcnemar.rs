//! Is one direction of flips more frequent than the other? McNemar's test.

use super::super::{PValue, laws};
use super::PairedTable;

/// Which reference law McNemar's test uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum McNemar {
    /// b is Binomial(b + c, ½), the observed value counted half: the default, since the exact test is too cautious and
    /// this one hardly ever exceeds its level. Lancaster (1961), JASA 56; Fagerland, Lydersen and Laake (2013), "The
    /// McNemar test for binary matched-pairs data: mid-p and asymptotic are better than exact conditional", BMC Medical
    /// Research Methodology 13.
    MidP,
    /// b is Binomial(b + c, ½).
    Exact,
    /// (b − c)² / (b + c) is χ² with one degree of freedom. McNemar (1947), Psychometrika 12.
    Asymptotic,
    /// (|b − c| − 1)² / (b + c), Edwards' (1948) correction; 0 where b = c.
    Corrected,
}

impl PairedTable {
    /// The p-values of McNemar's test. Without a flip, all are 1.
    pub fn mcnemar(&self, form: McNemar) -> PValue {
        let (b, c) = (self.only_target(), self.only_reference());
        if b + c == 0 {
            return PValue::NONE;
        }
        match form {
            McNemar::MidP => PValue::doubled(mid_tail(c, b), mid_tail(b, c)),
            McNemar::Exact => PValue::doubled(tail(c, b), tail(b, c)),
            McNemar::Asymptotic => PValue::of_z(z(b, c, 0.0)),
            McNemar::Corrected => PValue::of_z(z(b, c, 1.0)),
        }
    }

    /// The χ² statistic of the asymptotic forms; 0 without a flip, and for the exact forms.
    pub fn mcnemar_statistic(&self, form: McNemar) -> f64 {
        let (b, c) = (self.only_target(), self.only_reference());
        match form {
            _ if b + c == 0 => 0.0,
            McNemar::MidP | McNemar::Exact => 0.0,
            McNemar::Asymptotic => z(b, c, 0.0) * z(b, c, 0.0),
            McNemar::Corrected => z(b, c, 1.0) * z(b, c, 1.0),
        }
    }
}

/// P(X ≤ k), X binomial(k + other, ½).
pub(in super::super) fn tail(k: u64, other: u64) -> f64 {
    laws::binomial_at_most(k, k + other, 0.5)
}

/// P(X < k) + ½ P(X = k) = ½ (P(X ≤ k) + P(X ≤ k − 1)).
fn mid_tail(k: u64, other: u64) -> f64 {
    let below = if k == 0 { 0.0 } else { laws::binomial_at_most(k - 1, k + other, 0.5) };
    0.5 * (tail(k, other) + below)
}

fn z(b: u64, c: u64, correction: f64) -> f64 {
    let difference = b as f64 - c as f64;
    let size = (difference.abs() - correction).max(0.0);
    size.copysign(difference) / libm::sqrt((b + c) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMS: [McNemar; 4] = [McNemar::MidP, McNemar::Exact, McNemar::Asymptotic, McNemar::Corrected];

    /// Approval of the prime minister, asked twice: Agresti (1990), Categorical Data Analysis, p. 350, as in the manual of
    /// R's `mcnemar.test`, which gives these figures.
    #[test]
    fn agrestis_approval_ratings_come_out() {
        let table = PairedTable::new(794, 86, 150, 570).unwrap();
        assert!((table.mcnemar_statistic(McNemar::Asymptotic) - 17.36).abs() < 0.01);
        assert!((table.mcnemar_statistic(McNemar::Corrected) - 16.82).abs() < 0.01);
        let p = table.mcnemar(McNemar::Corrected);
        assert!((p.two_sided / 4.115e-5 - 1.0).abs() < 1e-3 && p.less < p.greater);
    }

    /// Complete response before and after treatment, Cavo et al. (2012), in chapter 8 of Fagerland, Lydersen and Laake
    /// (2017), Statistical Analysis of Contingency Tables.
    #[test]
    fn cavos_responses_come_out() {
        let table = PairedTable::new(59, 6, 16, 80).unwrap();
        for (form, p) in FORMS.iter().zip([0.034690, 0.052479, 0.033006, 0.055009]) {
            assert!((table.mcnemar(*form).two_sided - p).abs() < 1e-6, "{form:?}");
        }
    }

    /// Airway hyper-responsiveness of 21 children before and after a transplantation, Bentur et al. (2009), the example of
    /// Fagerland, Lydersen and Laake (2013): exact 18/256, mid-p 10/256.
    #[test]
    fn benturs_children_come_out() {
        let table = PairedTable::new(1, 1, 7, 12).unwrap();
        for (form, p) in FORMS.iter().zip([10.0 / 256.0, 18.0 / 256.0, 0.0339, 0.0771]) {
            assert!((table.mcnemar(*form).two_sided - p).abs() < 5e-5, "{form:?}");
        }
    }

    #[test]
    fn without_a_flip_every_p_is_one() {
        let table = PairedTable::new(600, 0, 0, 400).unwrap();
        for form in FORMS {
            assert_eq!(table.mcnemar(form), PValue::NONE);
            assert_eq!(table.mcnemar_statistic(form), 0.0);
        }
    }

    #[test]
    fn as_many_flips_either_way_are_no_surprise() {
        let table = PairedTable::new(3, 12, 12, 5).unwrap();
        for form in FORMS {
            assert!((table.mcnemar(form).two_sided - 1.0).abs() < 1e-12, "{form:?}");
        }
        assert!((table.mcnemar(McNemar::MidP).greater - 0.5).abs() < 1e-14);
    }

    #[test]
    fn exchanging_the_levels_exchanges_the_sides() {
        let table = PairedTable::new(3, 12, 4, 5).unwrap();
        for form in FORMS {
            let (p, q) = (table.mcnemar(form), table.swapped().mcnemar(form));
            assert_eq!((p.greater, p.less, p.two_sided), (q.less, q.greater, q.two_sided));
        }
    }
}
