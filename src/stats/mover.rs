//! The interval of a weighted sum of dependent estimates, from the intervals of its terms.

use super::Interval;

/// One term: its weight, its estimate and its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// Any finite number.
    pub weight: f64,
    /// Within its interval.
    pub estimate: f64,
    /// At the α of the sum.
    pub interval: Interval,
}

/// Σ wᵢθ̂ᵢ ∓ √(Σᵢ aᵢ² + 2 Σ_{i<j} ρᵢⱼ aᵢaⱼ), aᵢ the distance from wᵢθ̂ᵢ to its own bound on that side, ρᵢⱼ the correlation of
/// wᵢθ̂ᵢ and wⱼθ̂ⱼ.
///
/// MOVER, the method of variance estimates recovery: Zou and Donner (2008), "Construction of confidence limits about
/// effect measures: a general approach", Statistics in Medicine 27, 1693–1702. It keeps what each term's interval knows,
/// such as a width where nothing was seen to vary. `correlation(i, j)` is that of the estimates themselves; None (no
/// spread in one of them) counts as 1, the widest.
pub fn mover(terms: &[Term], correlation: impl Fn(usize, usize) -> Option<f64>) -> Interval {
    let centre: f64 = terms.iter().map(|t| t.weight * t.estimate).sum();
    let below: Vec<f64> = terms.iter().map(|t| distance(t, false)).collect();
    let above: Vec<f64> = terms.iter().map(|t| distance(t, true)).collect();
    let reach = |distances: &[f64]| {
        let mut sum = 0.0;
        for (i, a) in distances.iter().enumerate() {
            sum += a * a;
            for (j, b) in distances.iter().enumerate().skip(i + 1) {
                let signs = terms[i].weight.signum() * terms[j].weight.signum();
                let rho = correlation(i, j).map_or(1.0, |r| (signs * r).clamp(-1.0, 1.0));
                sum += 2.0 * rho * a * b;
            }
        }
        libm::sqrt(sum.max(0.0))
    };
    Interval::new(centre - reach(&below), centre + reach(&above))
}

/// From w θ̂ to the bound of w θ: a negative weight turns the interval around.
fn distance(term: &Term, upper: bool) -> f64 {
    let end = if upper == (term.weight >= 0.0) {
        term.interval.high - term.estimate
    } else {
        term.estimate - term.interval.low
    };
    (term.weight * end).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(weight: f64, estimate: f64, low: f64, high: f64) -> Term {
        Term { weight, estimate, interval: Interval { low, high } }
    }

    #[test]
    fn the_mean_of_one_estimate_with_itself_keeps_its_interval() {
        let half = term(0.5, 0.2, 0.1, 0.5);
        let joined = mover(&[half, half], |_, _| Some(1.0));
        assert!((joined.low - 0.1).abs() < 1e-12 && (joined.high - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_difference_of_independent_estimates_crosses_their_bounds() {
        // Newcombe's (1998) method 10, computed by hand from the same bounds.
        let joined = mover(&[term(1.0, 0.7, 0.5, 0.8), term(-1.0, 0.4, 0.3, 0.6)], |_, _| Some(0.0));
        assert!((joined.low - (0.3 - libm::sqrt(0.2 * 0.2 + 0.2 * 0.2))).abs() < 1e-12);
        assert!((joined.high - (0.3 + libm::sqrt(0.1 * 0.1 + 0.1 * 0.1))).abs() < 1e-12);
    }

    #[test]
    fn what_did_not_vary_is_taken_to_vary_together() {
        let still = term(0.5, 0.0, -0.01, 0.01);
        let joined = mover(&[still, still], |_, _| None);
        assert!((joined.high - 0.01).abs() < 1e-12);
    }
}
