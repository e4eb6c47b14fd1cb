//! A mixture of laws, read as one quantile function.

use super::bad_parameter::not_negative;
use super::{BadParameter, Distribution, Law, bracket, staircase};

/// F = Σ weight · F_component, with up to 8 components that are all continuous or all discrete.
///
/// The quantile lies between the least and the greatest component quantile; a bracketing search
/// finds it there. So a rank stays a rank: larger u, larger value, whatever the component.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    components: Vec<(f64, Law)>,
    /// The sum of the weights in this order: then F reaches exactly 1.
    total: f64,
    discrete: bool,
}

/// The largest number of components.
const MOST: usize = 8;

impl Mixture {
    /// From (weight, law) pairs. Weights are not negative and need not sum to 1; components of
    /// weight 0 are left out.
    pub fn new(components: &[(f64, Law)]) -> Result<Self, BadParameter> {
        if components.is_empty() || components.len() > MOST {
            let (value, must) = (components.len() as f64, "be 1 to 8 laws");
            return Err(BadParameter { name: "components", value, must });
        }
        let mut sum = 0.0;
        for &(weight, _) in components {
            sum += not_negative("weight", weight)?;
        }
        if !(sum > 0.0 && sum < f64::INFINITY) {
            return Err(BadParameter { name: "weight", value: sum, must: "have a positive sum" });
        }
        let discrete = components[0].1.is_discrete();
        if components.iter().any(|(_, law)| law.is_discrete() != discrete) {
            let (value, must) = (components.len() as f64, "be all continuous or all discrete");
            return Err(BadParameter { name: "components", value, must });
        }
        let shares = components.iter().map(|&(weight, law)| (weight / sum, law));
        let components: Vec<_> = shares.filter(|&(share, _)| share > 0.0).collect();
        let total = components.iter().map(|(share, _)| share).sum();
        Ok(Self { components, total, discrete })
    }

    /// Whether its values are whole numbers.
    pub fn is_discrete(&self) -> bool {
        self.discrete
    }

    fn sum(&self, of: impl Fn(&Law) -> f64) -> f64 {
        let sum: f64 = self.components.iter().map(|(share, law)| share * of(law)).sum();
        sum / self.total
    }

    /// The least and the greatest of a number that each component has.
    fn range(&self, of: impl Fn(&Law) -> (f64, f64)) -> (f64, f64) {
        let mut range = (f64::INFINITY, f64::NEG_INFINITY);
        for (_, law) in &self.components {
            let (low, high) = of(law);
            range = (range.0.min(low), range.1.max(high));
        }
        range
    }
}

impl Distribution for Mixture {
    fn quantile(&self, u: f64) -> f64 {
        let (low, high) = self.range(|law| {
            let x = law.quantile(u);
            (x, x)
        });
        if self.discrete {
            staircase::search(u, high, (low, self.support().1), |k| self.cdf(k))
        } else if low < high {
            bracket::root(low, high, |x| self.cdf(x) - u)
        } else {
            low
        }
    }

    fn cdf(&self, x: f64) -> f64 {
        self.sum(|law| law.cdf(x))
    }

    fn cdf_below(&self, x: f64) -> f64 {
        self.sum(|law| law.cdf_below(x))
    }

    fn support(&self) -> (f64, f64) {
        self.range(|law| law.support())
    }

    fn mean(&self) -> f64 {
        self.sum(|law| law.mean())
    }

    fn sd(&self) -> f64 {
        let mean = self.mean();
        let spread = |law: &Law| {
            let (off, sd) = (law.mean() - mean, law.sd());
            off * off + sd * sd
        };
        self.sum(spread).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LogNormal, Normal, Poisson, proof};
    use super::*;
    use proptest::prelude::*;

    fn normal(mean: f64, sd: f64) -> Law {
        Law::Normal(Normal::new(mean, sd).unwrap())
    }

    fn poisson(mean: f64) -> Law {
        Law::Poisson(Poisson::new(mean).unwrap())
    }

    proptest! {
        #[test]
        fn its_cdf_at_its_quantile_is_u(
            u in 1e-9..1.0, share in 0.01..0.99, apart in 0.0..40.0, sd in 0.1..10.0,
        ) {
            let tail = Law::LogNormal(LogNormal::new(2.0, 1.0).unwrap());
            let law = [(share, normal(0.0, 1.0)), (1.0 - share, normal(apart, sd)), (0.3, tail)];
            let law = Mixture::new(&law).unwrap();
            prop_assert!((law.cdf(law.quantile(u)) - u).abs() <= 1e-11);
        }

        #[test]
        fn a_discrete_mixture_is_consistent(u in 0.0..1.0, share in 0.0..1.0, mean in 0.0..900.0) {
            let law = Mixture::new(&[(share, poisson(3.0)), (1.0, poisson(mean))]).unwrap();
            proof::consistent(&law, u);
        }
    }

    #[test]
    fn a_mixture_of_one_law_is_that_law() {
        let law = normal(3.0, 2.0);
        let alone = Mixture::new(&[(0.4, law), (0.0, normal(99.0, 1.0))]).unwrap();
        for u in [1e-6, 0.3, 0.9] {
            assert_eq!(alone.quantile(u), law.quantile(u));
        }
        let twice = Mixture::new(&[(0.3, poisson(4.0)), (0.6, poisson(4.0))]).unwrap();
        for i in 1..500 {
            let u = f64::from(i) / 500.0;
            assert_eq!(twice.quantile(u), poisson(4.0).quantile(u));
        }
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        let law = Mixture::new(&[(1.0, normal(0.0, 1.0)), (3.0, normal(4.0, 0.5))]).unwrap();
        proof::moments(&law);
        proof::discrete_moments(&Mixture::new(&[(1.0, poisson(1.0)), (1.0, poisson(30.0))]).unwrap());
        proof::monotone(&law);
    }

    #[test]
    fn components_that_cannot_be_mixed_are_refused() {
        let one = (1.0, normal(0.0, 1.0));
        proof::refused(Mixture::new(&[]), "components", "be 1 to 8 laws");
        proof::refused(Mixture::new(&[one; 9]), "components", "be 1 to 8 laws");
        proof::refused(Mixture::new(&[one, (-1.0, one.1)]), "weight", "not be negative");
        proof::refused(Mixture::new(&[(0.0, one.1)]), "weight", "have a positive sum");
        let must = "be all continuous or all discrete";
        proof::refused(Mixture::new(&[one, (1.0, poisson(1.0))]), "components", must);
        assert!(Mixture::new(&[(f64::NAN, one.1)]).is_err());
    }
}
