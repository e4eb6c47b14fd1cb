//! Factorials and densities without cancellation: Stirling's error and the deviance.
//!
//! Loader (2000), "Fast and accurate computation of binomial probabilities": a density of the
//! gamma, beta, Poisson or binomial law is `sqrt(…) · exp(−deviances − Stirling errors)`, where
//! every part is small, instead of a difference of large logarithms.

/// ln sqrt(2π).
const LN_SQRT_TAU: f64 = 0.9189385332046728;

/// ln Γ(z+1) − [(z + ½) ln z − z + ½ ln 2π], for z > 0.
pub(super) fn stirling_error(z: f64) -> f64 {
    if z < 15.0 {
        return libm::lgamma(z + 1.0) - (z + 0.5) * libm::log(z) + z - LN_SQRT_TAU;
    }
    // The asymptotic series; the first term left out is below 3e-18 here.
    let w = 1.0 / (z * z);
    let sum = 1.0 / 1188.0 - w * (691.0 / 360360.0 - w / 156.0);
    let sum = 1.0 / 1260.0 - w * (1.0 / 1680.0 - w * sum);
    (1.0 / 12.0 - w * (1.0 / 360.0 - w * sum)) / z
}

/// a ln(a/m) + m − a ≥ 0, for a, m > 0: without cancellation where the two are close.
pub(super) fn deviance(a: f64, m: f64) -> f64 {
    let difference = a - m;
    let sum = a + m;
    if difference.abs() >= 0.1 * sum {
        let quotient = a / m;
        let log = if quotient.is_finite() && quotient > 0.0 {
            libm::log(quotient)
        } else {
            libm::log(a) - libm::log(m)
        };
        return a * log - difference;
    }
    // ln(a/m) = 2 artanh v; the terms of first order cancel on paper.
    let v = difference / sum;
    let w = v * v;
    let mut power = 2.0 * a * v;
    let mut total = difference * v;
    let mut odd = 3.0;
    loop {
        power *= w;
        let next = total + power / odd;
        if next == total {
            return total;
        }
        total = next;
        odd += 2.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_branches_of_the_stirling_error_meet() {
        let (below, above) = (stirling_error(15f64.next_down()), stirling_error(15.0));
        assert!((below - above).abs() < 2e-14, "{below} {above}");
        // ln 20! by mpmath, 30 digits: 42.3356164607534850296598759707
        let ln20 = stirling_error(20.0) + 20.5 * libm::log(20.0) - 20.0 + LN_SQRT_TAU;
        assert!((ln20 - 42.335616460753485).abs() < 1e-14);
    }

    #[test]
    fn the_deviance_is_smooth_across_its_branches() {
        // 10 ln(10/m) + m - 10 by mpmath.
        for (m, expected) in [
            (10.000001, 4.999999659182688e-14),
            (12.0, 0.17678443206045374),
            (13.0, 0.37635735532508946),
            (8.2, 0.1845093872383827),
            (8.0, 0.23143551314209757),
        ] {
            let found = deviance(10.0, m);
            assert!((found / expected - 1.0).abs() < 1e-9, "{m}: {found}");
        }
        assert_eq!(deviance(7.0, 7.0), 0.0);
    }
}
