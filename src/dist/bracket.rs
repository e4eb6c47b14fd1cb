//! A root of an increasing function inside a bracket.

/// The x in `low..=high` where the increasing `f` crosses 0, to about 1 part in 10^15.
///
/// Chandrupatla (1997), Advances in Engineering Software 28(3), 145-149: inverse quadratic
/// interpolation where the three last points allow it, else halving. Always ends, and takes the
/// same path everywhere.
pub(crate) fn root(low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut b, mut a) = (low, high);
    let (mut fb, mut fa) = (f(b), f(a));
    if fb >= 0.0 {
        return low;
    }
    if fa <= 0.0 {
        return high;
    }
    let mut t = 0.5;
    loop {
        let x = a + t * (b - a);
        let fx = f(x);
        let (c, fc);
        if (fx > 0.0) == (fa > 0.0) {
            (c, fc) = (a, fa);
        } else {
            (c, fc) = (b, fb);
            (b, fb) = (a, fa);
        }
        (a, fa) = (x, fx);
        let (best, f_best) = if fa.abs() < fb.abs() { (a, fa) } else { (b, fb) };
        let tolerance = (4.0 * f64::EPSILON * best.abs()).max(f64::MIN_POSITIVE);
        let least = tolerance / (b - a).abs();
        if least > 0.5 || f_best == 0.0 || x == b {
            return best;
        }
        let xi = (a - b) / (c - b);
        let phi = (fa - fb) / (fc - fb);
        t = if phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi {
            let first = fa / (fb - fa) * (fc / (fb - fc));
            first + (c - a) / (b - a) * (fa / (fc - fa)) * (fb / (fc - fb))
        } else {
            0.5
        };
        t = if t.is_finite() { t.clamp(least, 1.0 - least) } else { 0.5 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_of_smooth_steep_and_flat_functions_are_found() {
        let third = root(-1.0, 9.0, |x| x * x * x - 2.0);
        assert!((third - 2f64.cbrt()).abs() < 1e-15);
        let steep = root(0.0, 1e9, |x| if x < 3.25 { -1.0 } else { 1.0 });
        assert!((steep - 3.25).abs() < 1e-14);
        let far = root(-1e300, 1e300, |x| (x - 1e-3).signum() * (x - 1e-3).abs().powf(0.2));
        assert!((far - 1e-3).abs() < 1e-17);
        assert_eq!((root(1.0, 2.0, |x| x), root(-2.0, -1.0, |x| x)), (1.0, -1.0));
    }
}
