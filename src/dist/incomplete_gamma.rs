//! The regularised incomplete gamma function, both tails.

use super::standard_normal::polynomial;
use super::stirling::{deviance, stirling_error};
use super::tails::Tails;

/// The law with density x^(a−1) e^(−x) / Γ(a) on x > 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct IncompleteGamma {
    a: f64,
    /// ln of x^a e^(−x) / Γ(a) at its maximum, x = a.
    log_peak: f64,
}

impl IncompleteGamma {
    /// `a` > 0, checked by the caller.
    pub fn new(a: f64) -> Self {
        let log_peak = 0.5 * libm::log(a / std::f64::consts::TAU) - stirling_error(a);
        Self { a, log_peak }
    }

    /// P(a, x), Q(a, x) and the derivatives in ln x, for x > 0.
    ///
    /// Series below a + 1, Legendre's continued fraction above, and Temme's uniform expansion
    /// where `a` is large and x near it, since there the others need about sqrt(a) terms.
    pub fn tails(&self, x: f64) -> Tails {
        let a = self.a;
        let distance = deviance(a, x);
        let slope = libm::exp(self.log_peak - distance);
        let bend = a - x;
        let (lower, upper) = if a >= 100.0 && (x - a).abs() <= 0.3 * a {
            expansion(a, x, distance)
        } else if x < a + 1.0 {
            let lower = (slope * series(a, x)).min(1.0);
            (lower, 1.0 - lower)
        } else {
            let upper = (slope * fraction(a, x)).min(1.0);
            (1.0 - upper, upper)
        };
        Tails { lower, upper, slope, bend }
    }
}

/// Σ x^n / (a (a+1) … (a+n)).
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    let mut divisor = a;
    while term > sum * 1e-17 {
        divisor += 1.0;
        term *= x / divisor;
        sum += term;
    }
    sum
}

/// 1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …))), by Lentz's method; x ≥ a + 1.
fn fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut d = 1.0 / b;
    let mut c = f64::MAX;
    let mut value = d;
    let mut n = 1.0;
    while n < 1e5 {
        let numerator = -n * (n - a);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
        n += 1.0;
    }
    value
}

/// Temme (1979), SIAM J. Math. Anal. 10, 757-766; DLMF 8.12: with η²/2 = x/a − 1 − ln(x/a),
/// Q = ½ erfc(η sqrt(a/2)) + e^(−aη²/2)/sqrt(2πa) Σ c_k(η) a^(−k). `distance` is a·η²/2.
fn expansion(a: f64, x: f64, distance: f64) -> (f64, f64) {
    let root = if x < a { -distance.sqrt() } else { distance.sqrt() };
    let eta = root * (2.0 / a).sqrt();
    let mut sum = 0.0;
    for coefficients in TEMME.iter().rev() {
        sum = sum / a + polynomial(coefficients, eta);
    }
    let rest = libm::exp(-distance) / (std::f64::consts::TAU * a).sqrt() * sum;
    (0.5 * libm::erfc(-root) - rest, 0.5 * libm::erfc(root) + rest)
}

/// Taylor coefficients d(k, n) of c_k(η), from the recurrence DLMF 8.12.12 in exact rationals;
/// enough of them for |η| < 0.35 and a ≥ 100.
const TEMME: [&[f64]; 7] = [
    &[
        -0.3333333333333333,
        0.08333333333333333,
        -0.014814814814814815,
        0.0011574074074074073,
        0.0003527336860670194,
        -0.0001787551440329218,
        3.919263178522438e-05,
        -2.185448510679992e-06,
        -1.85406221071516e-06,
        8.296711340953087e-07,
        -1.7665952736826078e-07,
        6.707853543401498e-09,
        1.0261809784240309e-08,
        -4.382036018453353e-09,
        9.14769958223679e-10,
        -2.5514193994946248e-11,
        -5.830772132550426e-11,
    ],
    &[
        -0.001851851851851852,
        -0.003472222222222222,
        0.0026455026455026454,
        -0.0009902263374485596,
        0.00020576131687242798,
        -4.018775720164609e-07,
        -1.8098550334489977e-05,
        7.64916091608111e-06,
        -1.6120900894563446e-06,
        4.647127802807434e-09,
        1.378633446915721e-07,
        -5.752545603517705e-08,
        1.1951628599778148e-08,
        -1.7543241719747647e-11,
        -1.0091543710600413e-09,
    ],
    &[
        0.004133597883597883,
        -0.0026813271604938273,
        0.0007716049382716049,
        2.0093878600823047e-06,
        -0.0001073665322636516,
        5.2923448829120125e-05,
        -1.2760635188618728e-05,
        3.423578734096138e-08,
        1.3721957309062934e-06,
        -6.298992138380055e-07,
        1.4280614206064242e-07,
        -2.0477098421990866e-10,
        -1.409252991086752e-08,
    ],
    &[
        0.0006494341563786008,
        0.00022947209362139917,
        -0.0004691894943952557,
        0.00026772063206283885,
        -7.561801671883977e-05,
        -2.396505113867297e-07,
        1.1082654115347302e-05,
        -5.6749528269915965e-06,
        1.4230900732435883e-06,
        -2.7861080291528143e-11,
        -1.6958404091930278e-07,
    ],
    &[
        -0.0008618882909167117,
        0.0007840392217200666,
        -0.0002990724803031902,
        -1.4638452578843418e-06,
        6.641498215465122e-05,
        -3.968365047179435e-05,
        1.1375726970678419e-05,
        2.507497226237533e-10,
        -1.6954149536558305e-06,
    ],
    &[
        -0.00033679855336635813,
        -6.972813758365857e-05,
        0.0002772753244959392,
        -0.00019932570516188847,
        6.797780477937208e-05,
        1.419062920643967e-07,
        -1.3594048189768693e-05,
    ],
    &[
        0.0005313079364639922,
        -0.0005921664373536939,
        0.0002708782096718045,
        7.902353232660328e-07,
        -8.153969367561969e-05,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tails_agree_with_mpmath() {
        // gammainc(a, 0, x, regularized) and gammainc(a, x, inf, regularized), 40 digits.
        for (a, x, lower, upper) in MPMATH {
            let t = IncompleteGamma::new(a).tails(x);
            let (low, high) = (t.lower / lower - 1.0, t.upper / upper - 1.0);
            assert!(low.abs() < 1e-13 || (t.lower - lower).abs() < 3e-16, "{a} {x}: {low:e}");
            assert!(high.abs() < 1e-13 || (t.upper - upper).abs() < 3e-16, "{a} {x}: {high:e}");
        }
    }

    const MPMATH: [(f64, f64, f64, f64); 19] = [
        (0.01, 1e-09, 0.8174689566624787, 0.18253104333752138),
        (0.01, 0.7, 0.9962340091703982, 0.003765990829601872),
        (0.5, 0.02, 0.15851941887820606, 0.8414805811217939),
        (0.5, 4.0, 0.9953222650189527, 0.004677734981047266),
        (1.0, 30.0, 0.9999999999999064, 9.357622968840175e-14),
        (3.5, 0.25, 0.0005535186095750345, 0.9994464813904249),
        (3.5, 3.25, 0.5172768065899026, 0.4827231934100974),
        (12.0, 30.0, 0.9999361229746008, 6.387702539927337e-05),
        (60.0, 61.5, 0.5929034083323241, 0.40709659166767587),
        (60.0, 25.0, 2.112058441122689e-09, 0.9999999978879416),
        (99.5, 130.0, 0.9976290398352481, 0.002370960164751932),
        (100.0, 100.0, 0.5132987982791487, 0.48670120172085135),
        (100.0, 71.0, 0.0006733406012244161, 0.9993266593987756),
        (100.0, 129.5, 0.9968719202720998, 0.003128079727900148),
        (1000.0, 905.0, 0.0009863371732237282, 0.9990136628267763),
        (1000.0, 1400.0, 1.0, 8.04132540818483e-30),
        (1000000.0, 1003000.0, 0.9986382593537824, 0.0013617406462175915),
        (1000000.0, 995000.0, 2.749580359270071e-07, 0.9999997250419641),
        (100000000.0, 99980000.0, 0.022744732581593558, 0.9772552674184064),
    ];
}
