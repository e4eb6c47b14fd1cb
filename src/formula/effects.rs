//! Parameters that read as a regression: a base, plus an effect for every input.

use super::compute::BLOCK;
use super::functions::logistic;
use crate::value::Column;

/// How a linear predictor η becomes a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// The parameter is η.
    Identity,
    /// The log-odds of the parameter are η: it is `1 / (1 + e^-η)`.
    Logit,
    /// The logarithm of the parameter is η: it is `e^η`.
    Log,
}

/// What one input adds to the linear predictor.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// So much for every unit of a number, or for true.
    Coefficient(f64),
    /// So much for each level: by code for a category (as many as it has levels), `[false, true]` for truth values.
    Levels(Vec<f64>),
}

/// `link⁻¹(base + Σ coefficient · number + Σ effect[level])`, with one input for each term, in the order of terms.
///
/// The sum starts with the base and adds the terms in order, each product rounded before it is added, so that a value has the
/// same bits wherever and in whatever company it is computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Effects {
    /// The linear predictor where all terms are zero.
    pub base: f64,
    /// What the inputs add.
    pub terms: Vec<Term>,
    /// What becomes of the sum.
    pub link: Link,
}

impl Effects {
    /// The parameter for `rows` rows, into a buffer that is cleared and used again.
    ///
    /// Values may be infinite or NaN: refusing them is up to the caller.
    ///
    /// # Panics
    ///
    /// When an input is of a type that its term does not take; whoever makes the terms checks that.
    pub fn eval(&self, inputs: &[&Column], rows: usize, out: &mut Vec<f64>) {
        debug_assert_eq!(inputs.len(), self.terms.len());
        out.truncate(rows);
        out.resize(rows, 0.0);
        for (block, out) in out.chunks_mut(BLOCK).enumerate() {
            out.fill(self.base);
            for (term, input) in self.terms.iter().zip(inputs) {
                term.add(input, block * BLOCK, out);
            }
            self.link.invert(out);
        }
    }
}

impl Term {
    /// Adds its share for the rows that begin at `start`.
    fn add(&self, input: &Column, start: usize, out: &mut [f64]) {
        let rows = start..start + out.len();
        match (self, input) {
            (Term::Coefficient(coefficient), Column::Number(values)) => {
                for (o, &value) in out.iter_mut().zip(&values[rows]) {
                    *o += coefficient * value;
                }
            }
            (Term::Coefficient(coefficient), Column::Boolean(values)) => {
                for (o, &value) in out.iter_mut().zip(&values[rows]) {
                    *o += if value { *coefficient } else { 0.0 };
                }
            }
            (Term::Levels(effects), Column::Category { codes, .. }) => {
                for (o, &code) in out.iter_mut().zip(&codes[rows]) {
                    *o += effects[code as usize];
                }
            }
            (Term::Levels(effects), Column::Boolean(values)) => {
                for (o, &value) in out.iter_mut().zip(&values[rows]) {
                    *o += effects[usize::from(value)];
                }
            }
            (term, input) => {
                let found = input.kind();
                panic!("a term {term:?} does not take {}", found.phrase())
            }
        }
    }
}

impl Link {
    /// The parameter whose linear predictor is `value`.
    pub fn inverse(self, value: f64) -> f64 {
        let mut one = [value];
        self.invert(&mut one);
        one[0]
    }

    /// Turns linear predictors into parameters.
    fn invert(self, values: &mut [f64]) {
        match self {
            Link::Identity => {}
            Link::Logit => {
                for value in values {
                    *value = logistic(*value);
                }
            }
            Link::Log => {
                for value in values {
                    *value = libm::exp(*value);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::value::Levels;

    fn inputs(rows: usize) -> [Column; 3] {
        let levels = Levels::new(vec!["BSc".into(), "MSc".into(), "PhD".into()], true);
        [
            Column::Number((0..rows).map(|i| i as f64 / 7.0).collect()),
            Column::Category { codes: (0..rows).map(|i| (i % 3) as u32).collect(), levels: Arc::new(levels) },
            Column::Boolean((0..rows).map(|i| i % 5 == 0).collect()),
        ]
    }

    #[test]
    fn the_base_comes_first_and_the_terms_in_order() {
        let rows = 2 * BLOCK + 17;
        let columns = inputs(rows);
        let effects = Effects {
            base: 0.1,
            terms: vec![
                Term::Coefficient(0.3),
                Term::Levels(vec![0.0, 0.7, 1.1]),
                Term::Levels(vec![0.01, -0.2]),
            ],
            link: Link::Identity,
        };
        let mut out = vec![f64::NAN; 3];
        effects.eval(&columns.each_ref(), rows, &mut out);
        assert_eq!(out.len(), rows);
        for (i, &value) in out.iter().enumerate() {
            let education = [0.0, 0.7, 1.1][i % 3];
            let flag = if i % 5 == 0 { -0.2 } else { 0.01 };
            let expected = ((0.1 + 0.3 * (i as f64 / 7.0)) + education) + flag;
            assert_eq!(value.to_bits(), expected.to_bits(), "row {i}");
        }
    }

    #[test]
    fn a_true_value_counts_as_one() {
        let columns = inputs(20);
        let mut effects = Effects { base: 2.0, terms: vec![Term::Coefficient(0.5)], link: Link::Identity };
        let (mut coefficient, mut levels) = (Vec::new(), Vec::new());
        effects.eval(&[&columns[2]], 20, &mut coefficient);
        effects.terms = vec![Term::Levels(vec![0.0, 0.5])];
        effects.eval(&[&columns[2]], 20, &mut levels);
        assert_eq!(coefficient, levels);
    }

    #[test]
    fn links_are_undone() {
        let mut effects = Effects { base: -2.0, terms: vec![], link: Link::Logit };
        let mut out = Vec::new();
        effects.eval(&[], 2, &mut out);
        // R: plogis(-2)
        assert!((out[0] - 0.119_202_922_022_117_56).abs() < 1e-16);
        assert_eq!(out[0], out[1]);
        effects.link = Link::Log;
        effects.eval(&[], 1, &mut out);
        assert_eq!(out, [libm::exp(-2.0)]);
        effects.base = 1_000.0;
        effects.eval(&[], 1, &mut out);
        assert_eq!(out, [f64::INFINITY]);
    }

    #[test]
    fn no_rows_give_no_values() {
        let effects = Effects { base: 1.0, terms: vec![], link: Link::Identity };
        let mut out = vec![1.0, 2.0];
        effects.eval(&[], 0, &mut out);
        assert!(out.is_empty());
    }
}
