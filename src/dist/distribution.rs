//! What every law can say.

/// A probability law on the line, read through its quantile function.
///
/// For every `u` in (0, 1): `quantile(u)` is the smallest x with `cdf(x) >= u` (up to rounding),
/// it does not decrease in `u` (solved quantiles: up to rounding, about 1 part in 10^14, between
/// neighbouring `u`), and its bits are the same on every platform.
pub trait Distribution {
    /// The smallest x with F(x) ≥ `u`. `u` lies in the open interval (0, 1).
    fn quantile(&self, u: f64) -> f64;

    /// P(X ≤ x).
    fn cdf(&self, x: f64) -> f64;

    /// P(X < x): the same as [`cdf`](Self::cdf) for a continuous law.
    fn cdf_below(&self, x: f64) -> f64 {
        self.cdf(x)
    }

    /// The smallest closed interval that holds every value; infinite where unbounded.
    fn support(&self) -> (f64, f64);

    /// E X; NaN where it does not exist.
    fn mean(&self) -> f64;

    /// The standard deviation; infinite where the second moment is, NaN where the mean does not exist.
    fn sd(&self) -> f64;
}

/// The largest `f64` below 1.
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

/// `u` moved into the open interval (0, 1) by at most one rounding step: arithmetic on
/// probabilities may land on an edge, where a quantile would be infinite.
pub(super) fn open(u: f64) -> f64 {
    u.clamp(f64::MIN_POSITIVE, BELOW_ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_are_moved_inside_and_the_inside_stays() {
        assert!(open(0.0) > 0.0 && open(1.0) < 1.0);
        for u in [1e-300, 0.25, BELOW_ONE] {
            assert_eq!(open(u), u);
        }
    }
}
