//! Probability laws as frozen quantile functions.
//!
//! A generated value is `Q(u; parameters)`: the quantile function of a law, read at one uniform
//! number. The same inputs give the same bits on every platform: all transcendental functions
//! come from the pure-Rust `libm`, nothing is fused, and golden tests hold the values.
//!
//! One family is one file (formula, checks, quantile, moments, tests) and one row of
//! [`families`]. [`Law`] is any of them; [`Mixture`] and [`Shaped`] build on them; [`fill`] and
//! [`fill_mixture`] read whole columns.

mod bad_parameter;
mod distribution;
mod family;
mod law;

mod bernoulli;
mod beta;
mod binomial;
mod exponential;
mod gamma;
mod geometric;
mod logistic;
mod lognormal;
mod negative_binomial;
mod normal;
mod poisson;
mod student_t;
mod triangular;
mod uniform;
mod weibull;
mod zipf;

mod bracket;
mod cumulative;
mod euler_maclaurin;
mod incomplete_beta;
mod incomplete_gamma;
mod staircase;
mod standard_normal;
mod stirling;
mod tails;

mod column;
mod fill;
mod fill_mixture;
mod mixture;
mod moments;
mod shape;
mod shaped;

#[cfg(test)]
mod proof;

pub use bad_parameter::BadParameter;
pub use bernoulli::Bernoulli;
pub use beta::Beta;
pub use binomial::Binomial;
pub(crate) use bracket::root;
pub use column::{AtRow, Modifiers, Param};
pub use distribution::Distribution;
pub use exponential::Exponential;
pub use family::{Family, Form, families, family};
pub use fill::fill;
pub use fill_mixture::{Component, fill_mixture};
pub use gamma::Gamma;
pub use geometric::Geometric;
pub use law::Law;
pub use logistic::Logistic;
pub use lognormal::LogNormal;
pub use mixture::Mixture;
pub use negative_binomial::NegativeBinomial;
pub use normal::Normal;
pub use poisson::Poisson;
pub use shaped::{Base, Shaped};
pub use student_t::StudentT;
pub use triangular::Triangular;
pub use uniform::Uniform;
pub use weibull::Weibull;
pub use zipf::Zipf;
