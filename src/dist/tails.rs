//! Both tails of a law on the positive half-line at one point, and the solver that reads a
//! quantile off them.

/// A distribution function and its logarithmic derivatives at one point z > 0.
pub(super) struct Tails {
    /// P(Z ≤ z).
    pub lower: f64,
    /// P(Z > z), accurate on its own where it is the smaller one.
    pub upper: f64,
    /// d lower / d ln z.
    pub slope: f64,
    /// d ln slope / d ln z.
    pub bend: f64,
}

impl Tails {
    /// P(Z ≤ z) read from the accurate side, so that rounding never makes it decrease.
    pub fn cdf(&self) -> f64 {
        side(self.lower, self.upper)
    }

    /// P(Z > z) read from the accurate side.
    pub fn survival(&self) -> f64 {
        side(self.upper, self.lower)
    }
}

fn side(wanted: f64, other: f64) -> f64 {
    if wanted <= 0.5 { wanted } else { 1.0 - other }
}

/// The z > 0 with P(Z ≤ z) = `u`, from a rough `start` > 0.
///
/// Halley's method on the logarithm of the smaller tail as a function of ln z (nearly a straight
/// line in both tails), kept inside a bracket. `curvature` is about 1 / Var(ln Z): it tells when
/// the next correction, of third order, falls below the rounding error. A root below the
/// smallest `f64` gives 0.
pub(super) fn solve(u: f64, start: f64, curvature: f64, tails: impl Fn(f64) -> Tails) -> f64 {
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut z = start.min(f64::MAX);
    // A few steps are usual; the limit covers a walk through every power of two.
    for _ in 0..2200 {
        if z == 0.0 {
            return z;
        }
        let at = tails(z);
        let (gap, rate, bend) = if u <= 0.5 {
            let rate = at.slope / at.lower;
            (libm::log(at.lower / u), rate, at.bend - rate)
        } else {
            let rate = at.slope / at.upper;
            (libm::log((1.0 - u) / at.upper), rate, at.bend + rate)
        };
        if gap == 0.0 {
            return z;
        } else if gap > 0.0 {
            high = z;
        } else {
            low = z;
        }
        let newton = gap / rate;
        let step = newton / (1.0 - (0.5 * newton * bend).clamp(-1.0, 0.5));
        let next = z * libm::exp(-step);
        if step.is_finite() && next > low && next < high {
            let local = 1.0 + curvature + at.bend * at.bend;
            if next == z || step.abs() * step * step * local < 1e-15 && step.abs() * local.sqrt() < 0.01 {
                return next;
            }
            z = next;
        } else {
            let middle = between(low, high, z);
            if middle <= low || middle >= high {
                return z;
            }
            z = middle;
        }
    }
    z
}

/// A point inside the bracket: its geometric mean, or a long stride where a side is still open.
fn between(low: f64, high: f64, z: f64) -> f64 {
    if high == f64::INFINITY {
        z * 16.0
    } else if low == 0.0 {
        z / 16.0
    } else {
        low.sqrt() * high.sqrt()
    }
}
