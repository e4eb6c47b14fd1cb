//! Distribution functions by another road than the engine's: `statrs`, or a formula or a sum written out.

use statrs::distribution::{
    Beta, Binomial, ContinuousCDF, DiscreteCDF, Exp, Gamma, Geometric, LogNormal, NegativeBinomial, Normal,
    Poisson, StudentsT, Triangular, Uniform, Weibull,
};

/// A distribution function.
pub(super) struct Reference {
    discrete: bool,
    cdf: Box<dyn Fn(f64) -> f64>,
}

impl Reference {
    /// F(x).
    pub(super) fn at(&self, x: f64) -> f64 {
        (self.cdf)(x)
    }

    /// F(x−).
    pub(super) fn below(&self, x: f64) -> f64 {
        if self.discrete { self.at(x.ceil() - 1.0) } else { self.at(x) }
    }

    /// The law of a family with parameters of these names; none, where the other road has no such law.
    pub(super) fn of(family: &str, names: &[&str], p: &[f64]) -> Option<Self> {
        match family {
            "poisson" | "binomial" | "negative_binomial" | "geometric" | "bernoulli" | "zipf" => {
                discrete(family, names, p)
            }
            _ => continuous(family, names, p),
        }
    }
}

fn smooth(law: impl ContinuousCDF<f64, f64> + 'static) -> Box<dyn Fn(f64) -> f64> {
    Box::new(move |x| law.cdf(x))
}

fn continuous(family: &str, names: &[&str], p: &[f64]) -> Option<Reference> {
    let cdf = match (family, names) {
        ("normal", _) => smooth(Normal::new(p[0], p[1]).ok()?),
        ("lognormal", ["median", _]) => smooth(LogNormal::new(p[0].ln(), p[1]).ok()?),
        ("lognormal", _) => {
            let square = (1.0 + (p[1] / p[0]).powi(2)).ln();
            smooth(LogNormal::new(p[0].ln() - square / 2.0, square.sqrt()).ok()?)
        }
        ("uniform", _) => smooth(Uniform::new(p[0], p[1]).ok()?),
        ("beta", ["mean", _]) => smooth(Beta::new(p[0] * p[1], (1.0 - p[0]) * p[1]).ok()?),
        ("beta", _) => smooth(Beta::new(p[0], p[1]).ok()?),
        ("gamma", ["shape", "scale"]) => smooth(Gamma::new(p[0], 1.0 / p[1]).ok()?),
        ("gamma", ["shape", _]) => smooth(Gamma::new(p[0], p[0] / p[1]).ok()?),
        ("gamma", _) => smooth(Gamma::new((p[0] / p[1]).powi(2), p[0] / p[1].powi(2)).ok()?),
        ("exponential", ["mean"]) => smooth(Exp::new(1.0 / p[0]).ok()?),
        ("exponential", _) => smooth(Exp::new(p[0]).ok()?),
        ("weibull", _) => smooth(Weibull::new(p[0], p[1]).ok()?),
        ("student_t", _) => smooth(StudentsT::new(p[1], p[2], p[0]).ok()?),
        ("triangular", _) => smooth(Triangular::new(p[0], p[2], p[1]).ok()?),
        ("logistic", _) => {
            let (location, scale) = (p[0], p[1]);
            Box::new(move |x: f64| 1.0 / (1.0 + (-(x - location) / scale).exp()))
        }
        _ => return None,
    };
    Some(Reference { discrete: false, cdf })
}

/// A step function from a law on 0, 1, 2, …
fn steps(law: impl DiscreteCDF<u64, f64> + 'static, shift: u64) -> Box<dyn Fn(f64) -> f64> {
    Box::new(move |x: f64| if x < 0.0 { 0.0 } else { law.cdf(x as u64 + shift) })
}

fn discrete(family: &str, names: &[&str], p: &[f64]) -> Option<Reference> {
    let cdf: Box<dyn Fn(f64) -> f64> = match (family, names) {
        ("poisson", _) if p[0] == 0.0 => Box::new(|x| if x < 0.0 { 0.0 } else { 1.0 }),
        ("poisson", _) => steps(Poisson::new(p[0]).ok()?, 0),
        ("binomial", _) => steps(Binomial::new(p[1], p[0] as u64).ok()?, 0),
        ("negative_binomial", ["mean", _]) if p[0] == 0.0 => Box::new(|x| if x < 0.0 { 0.0 } else { 1.0 }),
        ("negative_binomial", ["mean", _]) => {
            steps(NegativeBinomial::new(p[1], p[1] / (p[1] + p[0])).ok()?, 0)
        }
        ("negative_binomial", _) => steps(NegativeBinomial::new(p[0], p[1]).ok()?, 0),
        // The reference counts trials, the engine failures.
        ("geometric", _) => steps(Geometric::new(p[0]).ok()?, 1),
        ("bernoulli", _) => {
            let no = 1.0 - p[0];
            Box::new(move |x| {
                if x < 0.0 {
                    0.0
                } else if x < 1.0 {
                    no
                } else {
                    1.0
                }
            })
        }
        ("zipf", _) => {
            let (exponent, n) = (p[0], p[1] as usize);
            let mut sum = 0.0;
            let add = |k: usize| {
                sum += (k as f64).powf(-exponent);
                sum
            };
            let sums: Vec<f64> = (1..=n).map(add).collect();
            let total = *sums.last()?;
            Box::new(move |x: f64| if x < 1.0 { 0.0 } else { sums[(x as usize).min(n) - 1] / total })
        }
        _ => return None,
    };
    Some(Reference { discrete: true, cdf })
}
