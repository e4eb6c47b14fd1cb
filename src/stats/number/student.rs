//! Student's t for the mean difference.

use super::super::{Alpha, Equivalence, Interval, PValue, check, laws};
use super::Differences;
use crate::dist::BadParameter;

impl Differences {
    /// t = (mean − δ) / (sd / √n), with n − 1 degrees of freedom. Student (1908), Biometrika 6. None without spread.
    pub fn t(&self, delta: f64) -> Option<f64> {
        let error = self.sd() / libm::sqrt(self.units() as f64);
        (error > 0.0).then(|| (self.mean() - delta) / error)
    }

    /// The p-values against "the mean difference is δ". All 1 without spread: a t test cannot judge equal differences,
    /// however many; [sign flips](Self::sign_flip) can.
    pub fn t_test(&self, delta: f64) -> PValue {
        let df = self.degrees_of_freedom();
        self.t(delta).map_or(PValue::NONE, |t| {
            PValue::doubled(laws::student_above(df, t), laws::student_above(df, -t))
        })
    }

    /// mean ± t sd/√n. Unbounded without spread, since an interval of width 0 would certify what it has not seen; where
    /// the range of the differences is known, [`Self::constant_interval`] bounds it.
    pub fn t_interval(&self, alpha: Alpha) -> Interval {
        if self.is_constant() {
            return Interval::UNBOUNDED;
        }
        let error = self.sd() / libm::sqrt(self.units() as f64);
        Interval::around(self.mean(), alpha.t(self.degrees_of_freedom()) * error)
    }

    /// Is the mean difference shown to lie within ±`margin`, a positive number? p = 1 without spread.
    pub fn t_equivalence(&self, margin: f64) -> Result<Equivalence, BadParameter> {
        check::positive("margin", margin)?;
        Ok(Equivalence { above_lower: self.t_test(-margin).greater, below_upper: self.t_test(margin).less })
    }

    fn degrees_of_freedom(&self) -> f64 {
        self.units() as f64 - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Charles Darwin's 15 pairs of maize plants, crossed − self-fertilised, in eighths of an inch: Fisher (1935), The
    /// Design of Experiments, chapter III: t = 2.148, p just below 5 %.
    pub(in super::super) const MAIZE: [f64; 15] =
        [49., -67., 8., 16., 6., 23., 28., 41., 14., 29., 56., 24., 75., 60., -48.];

    #[test]
    fn darwins_maize_comes_out() {
        let differences = Differences::new(MAIZE.to_vec()).unwrap();
        assert!((differences.mean() - 20.9333).abs() < 1e-4 && (differences.sd() - 37.744).abs() < 1e-3);
        assert!((differences.t(0.0).unwrap() - 2.148).abs() < 5e-4);
        // t.test in R.
        assert!((differences.t_test(0.0).two_sided - 0.0497).abs() < 5e-5);
        let interval = differences.t_interval(Alpha::two_sided(0.05).unwrap());
        assert!(
            (interval.low - 0.03120).abs() < 1e-4 && (interval.high - 41.83547).abs() < 1e-4,
            "{interval:?}"
        );
    }

    /// Student's sleep data, `t.test(extra ~ group, data = sleep, paired = TRUE)` in R.
    #[test]
    fn students_sleep_comes_out() {
        let d = [-1.2, -2.4, -1.3, -1.3, 0.0, -1.0, -1.8, -0.8, -4.6, -1.4];
        let differences = Differences::new(d.to_vec()).unwrap();
        assert!((differences.t(0.0).unwrap() + 4.0621).abs() < 5e-5);
        assert!((differences.t_test(0.0).two_sided - 0.002833).abs() < 5e-7);
        let interval = differences.t_interval(Alpha::two_sided(0.05).unwrap());
        assert!((interval.low + 2.4598858).abs() < 1e-7 && (interval.high + 0.7001142).abs() < 1e-7);
    }

    #[test]
    fn equal_differences_and_one_unit_certify_nothing() {
        for values in [vec![0.0; 500], vec![0.25; 500], vec![7.0]] {
            let differences = Differences::new(values).unwrap();
            assert_eq!(differences.t_test(0.0), PValue::NONE);
            assert_eq!(differences.t_interval(Alpha::one_sided(0.05).unwrap()), Interval::UNBOUNDED);
            assert_eq!(differences.t_equivalence(10.0).unwrap().p(), 1.0);
        }
    }

    #[test]
    fn equivalence_is_the_interval_within_the_margin() {
        let differences = Differences::new(vec![0.1, -0.2, 0.15, 0.0, 0.05, -0.1, 0.02]).unwrap();
        for alpha in [0.01, 0.05, 0.2] {
            let interval = differences.t_interval(Alpha::one_sided(alpha).unwrap());
            for margin in [0.02, 0.08, 0.1, 0.15, 0.3] {
                let p = differences.t_equivalence(margin).unwrap().p();
                assert_eq!(p < alpha, interval.lies_within(-margin, margin), "{alpha} {margin}");
            }
        }
        assert!(differences.t_equivalence(0.0).is_err());
    }
}
