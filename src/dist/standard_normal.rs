//! The standard normal law: Wichura's quantile (AS241) and the distribution function.

/// Φ(z), through the complementary error function: accurate in relative terms in the lower tail.
pub(super) fn cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// Φ⁻¹(u) to about 1 part in 10^16.
///
/// Wichura (1988), "Algorithm AS 241: the percentage points of the normal distribution",
/// Applied Statistics 37(3), 477-484, routine PPND16: rational functions of u - 1/2 in the
/// middle and of sqrt(-ln u) in the tails.
pub(super) fn quantile(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * ratio(&CENTRAL_TOP, &CENTRAL_BOTTOM, r);
    }
    let tail = if q < 0.0 { u } else { 1.0 - u };
    let r = (-libm::log(tail)).sqrt();
    let z = if r <= 5.0 {
        ratio(&TAIL_TOP, &TAIL_BOTTOM, r - 1.6)
    } else {
        ratio(&FAR_TOP, &FAR_BOTTOM, r - 5.0)
    };
    if q < 0.0 { -z } else { z }
}

fn ratio(top: &[f64; 8], bottom: &[f64; 8], r: f64) -> f64 {
    polynomial(top, r) / polynomial(bottom, r)
}

/// Horner's scheme, lowest coefficient first; no fused operations, so that bits never differ.
pub(super) fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

const CENTRAL_TOP: [f64; 8] = [
    3.3871328727963665,
    133.14166789178438,
    1971.5909503065513,
    13731.69376550946,
    45921.95393154987,
    67265.7709270087,
    33430.57558358813,
    2509.0809287301227,
];
const CENTRAL_BOTTOM: [f64; 8] = [
    1.0,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854,
];
const TAIL_TOP: [f64; 8] = [
    1.4234371107496835,
    4.630337846156546,
    5.769497221460691,
    3.6478483247632045,
    1.2704582524523684,
    0.2417807251774506,
    0.022723844989269184,
    0.0007745450142783414,
];
const TAIL_BOTTOM: [f64; 8] = [
    1.0,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-09,
];
const FAR_TOP: [f64; 8] = [
    6.657904643501103,
    5.463784911164114,
    1.7848265399172913,
    0.29656057182850487,
    0.026532189526576124,
    0.0012426609473880784,
    2.7115555687434876e-05,
    2.0103343992922881e-07,
];
const FAR_BOTTOM: [f64; 8] = [
    1.0,
    0.599832206555888,
    0.1369298809227358,
    0.014875361290850615,
    0.0007868691311456133,
    1.8463183175100548e-05,
    1.421511758316446e-07,
    2.0442631033899397e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_values_of_the_paper_come_out() {
        // Wichura (1988), section "Test data".
        for (u, z) in [(0.25, -0.6744897501960817), (0.001, -3.090232306167814), (1e-20, -9.262340089798408)]
        {
            assert!((quantile(u) / z - 1.0).abs() < 4e-16, "{u}: {}", quantile(u));
        }
    }

    #[test]
    fn quantile_and_cdf_are_inverses() {
        for i in 1..2000 {
            let z = (i - 1000) as f64 / 130.0;
            let u = cdf(z);
            if u < 0.6 {
                assert!((quantile(u) - z).abs() < 1e-14 * (1.0 + z.abs()), "{z}");
            }
        }
    }
}
