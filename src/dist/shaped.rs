//! A law with the modifiers of a scenario.

use super::moments::{continuous_moments, discrete_moments};
use super::shape::Shape;
use super::{BadParameter, Distribution, Law, Mixture};

/// What is shaped: one law, or a mixture of several.
#[derive(Clone, Debug, PartialEq)]
pub enum Base {
    /// One law.
    Law(Law),
    /// A mixture.
    Mixture(Mixture),
}

/// Runs one expression with whatever the base is.
macro_rules! with_base {
    ($base:expr, $inner:ident => $body:expr) => {
        match $base {
            Base::Law($inner) => $body,
            Base::Mixture($inner) => $body,
        }
    };
}

/// A base law truncated to `min..=max`, then with exact probability `zero` of being 0.
///
/// Truncation is conditioning, not clamping: Q(F(min−) + u (F(max) − F(min−))). The hurdle gives 0
/// with probability p = `zero` and else the truncated law conditioned on ≠ 0, as *one*
/// increasing quantile function: with L = P(X < 0), Z = P(X = 0), N = 1 − Z, the base is read at
/// u N/(1−p) below u = (1−p) L/N, a band of width p gives 0, and the rest is read from L + Z on.
#[derive(Clone, Debug, PartialEq)]
pub struct Shaped {
    base: Base,
    shape: Shape,
}

impl Shaped {
    /// Refuses bounds out of order, bounds that keep less than 1e-9 of the probability, and a
    /// hurdle below 1 on a law that is always 0. Discrete laws may have `min` = `max`.
    pub fn new(
        base: Base,
        min: Option<f64>,
        max: Option<f64>,
        zero: Option<f64>,
    ) -> Result<Self, BadParameter> {
        let shape = with_base!(&base, law => Shape::new(law, law.is_discrete(), (min, max), zero))?;
        Ok(Self { base, shape })
    }

    /// Whether the base's values are whole numbers.
    pub fn is_discrete(&self) -> bool {
        with_base!(&self.base, law => law.is_discrete())
    }

    /// Mean and sd of the truncated base, before the hurdle.
    fn cut_moments(&self) -> (f64, f64) {
        if !self.shape.is_cut() {
            return with_base!(&self.base, law => (law.mean(), law.sd()));
        }
        let cut = Self { base: self.base.clone(), shape: self.shape.without_hurdle() };
        let (low, high) = cut.support();
        let mean = with_base!(&cut.base, law => law.mean());
        let bounded = low.is_finite() && high.is_finite();
        if !bounded && !mean.is_finite() {
            (f64::NAN, f64::NAN)
        } else if cut.is_discrete() {
            discrete_moments(&cut)
        } else {
            continuous_moments(&cut)
        }
    }

    /// Mean and sd; the hurdle scales the raw moments, since 0 adds nothing to them.
    fn moments(&self) -> (f64, f64) {
        let (mean, sd) = self.cut_moments();
        match self.shape.hurdle() {
            None => (mean, sd),
            Some((1.0, _)) => (0.0, 0.0),
            Some((_, squeeze)) => {
                let variance = squeeze * (sd * sd + mean * mean * (1.0 - squeeze));
                (squeeze * mean, variance.max(0.0).sqrt())
            }
        }
    }
}

impl Distribution for Shaped {
    fn quantile(&self, u: f64) -> f64 {
        with_base!(&self.base, law => self.shape.quantile(u, |v| law.quantile(v)))
    }

    fn cdf(&self, x: f64) -> f64 {
        with_base!(&self.base, law => self.shape.cdf(x, law))
    }

    fn cdf_below(&self, x: f64) -> f64 {
        with_base!(&self.base, law => self.shape.cdf_below(x, law))
    }

    fn support(&self) -> (f64, f64) {
        let base = with_base!(&self.base, law => law.support());
        let (low, high) = self.shape.cut_support(base);
        match self.shape.hurdle() {
            Some((1.0, _)) => (0.0, 0.0),
            Some((zero, _)) if zero > 0.0 => (low.min(0.0), high.max(0.0)),
            _ => (low, high),
        }
    }

    /// Closed form without truncation; with it a numerical integral, good to about 6 digits
    /// (fewer for a heavy tail left open), and NaN where the base has no mean and a side is open.
    fn mean(&self) -> f64 {
        self.moments().0
    }

    /// As [`mean`](Self::mean).
    fn sd(&self) -> f64 {
        self.moments().1
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Gamma, LogNormal, Normal, Poisson, StudentT, Uniform, proof};
    use super::*;
    use proptest::prelude::*;

    fn normal(mean: f64, sd: f64) -> Base {
        Base::Law(Law::Normal(Normal::new(mean, sd).unwrap()))
    }

    fn poisson(mean: f64) -> Base {
        Base::Law(Law::Poisson(Poisson::new(mean).unwrap()))
    }

    fn two_humps() -> Base {
        let left = Law::Normal(Normal::new(-2.0, 1.0).unwrap());
        let right = Law::Normal(Normal::new(3.0, 0.5).unwrap());
        Base::Mixture(Mixture::new(&[(0.4, left), (0.6, right)]).unwrap())
    }

    #[test]
    fn without_modifiers_nothing_changes() {
        let plain = Normal::new(1.0, 2.0).unwrap();
        let shaped = Shaped::new(normal(1.0, 2.0), None, None, None).unwrap();
        for i in 1..100 {
            let u = f64::from(i) / 100.0;
            assert_eq!(shaped.quantile(u).to_bits(), plain.quantile(u).to_bits());
        }
    }

    proptest! {
        #[test]
        fn a_truncated_law_is_the_conditional_law(
            u in 1e-9..1.0, mean in -3.0..3.0, low in -4.0..0.0, width in 0.1..5.0,
        ) {
            let law = Shaped::new(normal(mean, 1.5), Some(low), Some(low + width), None).unwrap();
            let base = Normal::new(mean, 1.5).unwrap();
            let x = law.quantile(u);
            prop_assert!((low..=low + width).contains(&x));
            let kept = base.cdf(low + width) - base.cdf(low);
            prop_assert!(((base.cdf(x) - base.cdf(low)) / kept - u).abs() < 1e-10 / kept.min(1.0));
            prop_assert!((law.cdf(x) - u).abs() < 1e-10 / kept);
        }

        #[test]
        fn a_discrete_truncation_is_consistent(
            u in 0.0..1.0, mean in 0.1..60.0, low in 0.0..20.0, width in 0.0..40.0, zero in 0.0..1.0,
        ) {
            let bounds = (Some(low), Some(low + width));
            if let Ok(law) = Shaped::new(poisson(mean), bounds.0, bounds.1, None) {
                proof::nearly_consistent(&law, u);
            }
            if let Ok(law) = Shaped::new(poisson(mean), None, bounds.1, Some(zero)) {
                proof::nearly_consistent(&law, u);
            }
        }

        #[test]
        fn a_hurdle_has_its_exact_share_and_the_rest_is_the_law_without_zero(
            zero in 0.0..1.0, u in 0.0..1.0,
        ) {
            for base in [normal(0.5, 1.0), poisson(2.0), two_humps()] {
                let law = Shaped::new(base, None, None, Some(zero)).unwrap();
                prop_assert!((law.cdf(0.0) - law.cdf_below(0.0) - zero).abs() < 1e-14);
                proof::nearly_consistent(&law, u);
            }
        }
    }

    #[test]
    fn a_hurdle_counts_the_zeros_asked_for() {
        let n = 100_000;
        for base in [normal(0.5, 1.0), poisson(2.0), two_humps(), poisson(0.1)] {
            for zero in [0.0, 0.3, 0.77, 1.0] {
                let law = Shaped::new(base.clone(), None, None, Some(zero)).unwrap();
                let draws = (0..n).map(|i| law.quantile((f64::from(i) + 0.5) / f64::from(n)));
                let zeros = draws.filter(|&x| x == 0.0).count() as f64;
                assert!((zeros - zero * f64::from(n)).abs() <= 2.0, "{base:?} {zero}: {zeros}");
                proof::monotone(&law);
            }
        }
    }

    #[test]
    fn moments_are_those_of_the_quantiles() {
        for (base, min, max, zero) in [
            (normal(38.0, 9.0), Some(21.0), Some(64.0), None),
            (normal(0.0, 1.0), Some(1.0), None, None),
            (normal(0.5, 1.0), None, None, Some(0.3)),
            (two_humps(), Some(-3.0), Some(3.5), Some(0.2)),
        ] {
            proof::moments(&Shaped::new(base, min, max, zero).unwrap());
        }
        for (base, min, max, zero) in [
            (poisson(4.0), Some(1.0), Some(9.0), None),
            (poisson(4.0), None, None, Some(0.5)),
            (poisson(4.0), None, Some(5.0), Some(0.0)),
        ] {
            let law = Shaped::new(base, min, max, zero).unwrap();
            proof::discrete_moments(&law);
            proof::moments(&law);
        }
        // E[Z | Z > 1] is the inverse Mills ratio φ(1)/(1 − Φ(1)).
        let upper = Shaped::new(normal(0.0, 1.0), Some(1.0), None, None).unwrap();
        assert!((upper.mean() - 1.525135276160981).abs() < 1e-8, "{}", upper.mean());
        let cauchy = Base::Law(Law::StudentT(StudentT::new(1.0, 0.0, 1.0).unwrap()));
        let open = Shaped::new(cauchy.clone(), Some(0.0), None, None).unwrap();
        assert!(open.mean().is_nan());
        let closed = Shaped::new(cauchy, Some(-1.0), Some(1.0), None).unwrap();
        assert!(closed.mean().abs() < 1e-9);
    }

    #[test]
    fn extremes_of_u_stay_inside() {
        let lognormal = Base::Law(Law::LogNormal(LogNormal::new(2.0, 1.0).unwrap()));
        let gamma = Base::Law(Law::Gamma(Gamma::new(0.5, 1.0).unwrap()));
        for base in [lognormal, gamma, normal(0.0, 1.0), poisson(3.0), two_humps()] {
            for zero in [None, Some(0.25)] {
                let law = Shaped::new(base.clone(), Some(-1.0), Some(5.0), zero).unwrap();
                for u in [f64::MIN_POSITIVE, 1e-17, 0.5, 1.0 - f64::EPSILON / 2.0] {
                    let x = law.quantile(u);
                    assert!((-1.0..=5.0).contains(&x), "{base:?} {u}: {x}");
                }
            }
        }
    }

    #[test]
    fn bounds_that_leave_nothing_are_refused() {
        let new = |base, min, max| Shaped::new(base, min, max, None);
        proof::refused(new(normal(0.0, 1.0), Some(1.0), Some(1.0)), "min", "be below `max`");
        let must = "leave a whole number up to `max`";
        proof::refused(new(poisson(3.0), Some(3.0), Some(2.0)), "min", must);
        proof::refused(new(poisson(3.0), Some(2.2), Some(2.8)), "min", must);
        assert_eq!(new(poisson(3.0), Some(2.0), Some(2.0)).unwrap().quantile(0.9), 2.0);
        let must = "leave at least 1e-9 of the law's probability";
        proof::refused(new(normal(0.0, 1.0), Some(9.0), None), "min", must);
        let uniform = Base::Law(Law::Uniform(Uniform::new(0.0, 1.0).unwrap()));
        proof::refused(new(uniform, None, Some(-1.0)), "max", must);
        for value in [f64::NAN, f64::INFINITY] {
            assert!(new(normal(0.0, 1.0), Some(value), None).is_err());
            assert!(new(normal(0.0, 1.0), None, Some(value)).is_err());
            assert!(Shaped::new(normal(0.0, 1.0), None, None, Some(value)).is_err());
        }
    }

    #[test]
    fn a_hurdle_out_of_range_is_refused() {
        let new = |base, zero| Shaped::new(base, None, None, Some(zero));
        proof::refused(new(normal(0.0, 1.0), -0.1), "zero", "be between 0 and 1");
        let must = "be 1 for a law that is itself (almost) always 0";
        proof::refused(new(poisson(0.0), 0.2), "zero", must);
        assert_eq!(new(poisson(0.0), 1.0).unwrap().quantile(0.9), 0.0);
    }
}
