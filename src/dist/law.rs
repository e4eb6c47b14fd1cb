//! Any law of any family.

use super::{
    Bernoulli, Beta, Binomial, Distribution, Exponential, Gamma, Geometric, LogNormal, Logistic,
    NegativeBinomial, Normal, Poisson, StudentT, Triangular, Uniform, Weibull, Zipf,
};

/// One law of one family, with its parameters checked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// See [`Normal`].
    Normal(Normal),
    /// See [`LogNormal`].
    LogNormal(LogNormal),
    /// See [`Uniform`].
    Uniform(Uniform),
    /// See [`Beta`].
    Beta(Beta),
    /// See [`Gamma`].
    Gamma(Gamma),
    /// See [`Exponential`].
    Exponential(Exponential),
    /// See [`Weibull`].
    Weibull(Weibull),
    /// See [`StudentT`].
    StudentT(StudentT),
    /// See [`Triangular`].
    Triangular(Triangular),
    /// See [`Logistic`].
    Logistic(Logistic),
    /// See [`Poisson`].
    Poisson(Poisson),
    /// See [`Binomial`].
    Binomial(Binomial),
    /// See [`NegativeBinomial`].
    NegativeBinomial(NegativeBinomial),
    /// See [`Geometric`].
    Geometric(Geometric),
    /// See [`Bernoulli`].
    Bernoulli(Bernoulli),
    /// See [`Zipf`].
    Zipf(Zipf),
}

/// Runs one expression with the concrete law, so that a loop in it is compiled per family.
macro_rules! with_law {
    ($law:expr, $inner:ident => $body:expr) => {
        match $law {
            $crate::dist::Law::Normal($inner) => $body,
            $crate::dist::Law::LogNormal($inner) => $body,
            $crate::dist::Law::Uniform($inner) => $body,
            $crate::dist::Law::Beta($inner) => $body,
            $crate::dist::Law::Gamma($inner) => $body,
            $crate::dist::Law::Exponential($inner) => $body,
            $crate::dist::Law::Weibull($inner) => $body,
            $crate::dist::Law::StudentT($inner) => $body,
            $crate::dist::Law::Triangular($inner) => $body,
            $crate::dist::Law::Logistic($inner) => $body,
            $crate::dist::Law::Poisson($inner) => $body,
            $crate::dist::Law::Binomial($inner) => $body,
            $crate::dist::Law::NegativeBinomial($inner) => $body,
            $crate::dist::Law::Geometric($inner) => $body,
            $crate::dist::Law::Bernoulli($inner) => $body,
            $crate::dist::Law::Zipf($inner) => $body,
        }
    };
}
pub(super) use with_law;

impl Law {
    /// Whether its values are whole numbers.
    pub fn is_discrete(&self) -> bool {
        matches!(
            self,
            Law::Poisson(_)
                | Law::Binomial(_)
                | Law::NegativeBinomial(_)
                | Law::Geometric(_)
                | Law::Bernoulli(_)
                | Law::Zipf(_)
        )
    }
}

impl Distribution for Law {
    fn quantile(&self, u: f64) -> f64 {
        with_law!(self, law => law.quantile(u))
    }

    fn cdf(&self, x: f64) -> f64 {
        with_law!(self, law => law.cdf(x))
    }

    fn cdf_below(&self, x: f64) -> f64 {
        with_law!(self, law => law.cdf_below(x))
    }

    fn support(&self) -> (f64, f64) {
        with_law!(self, law => law.support())
    }

    fn mean(&self) -> f64 {
        with_law!(self, law => law.mean())
    }

    fn sd(&self) -> f64 {
        with_law!(self, law => law.sd())
    }
}
