//! The gamma law.

use super::bad_parameter::{positive, require};
use super::incomplete_gamma::IncompleteGamma;
use super::{BadParameter, Distribution, Family, Form, Law, standard_normal, tails};

/// Gamma(shape, scale): density x^(shape−1) exp(−x/scale) / (Γ(shape) scale^shape) on x > 0.
///
/// The quantile solves P(shape, x/scale) = u; values below the smallest `f64` are 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    shape: f64,
    scale: f64,
    unit: IncompleteGamma,
}

impl Gamma {
    /// From shape and scale, both positive: mean = shape · scale.
    pub fn new(shape: f64, scale: f64) -> Result<Self, BadParameter> {
        positive("shape", shape)?;
        require("shape", shape, shape >= 1e-6, "be at least 1e-6")?;
        require("shape", shape, shape <= 1e12, "be at most 1e12")?;
        positive("scale", scale)?;
        Ok(Self { shape, scale, unit: IncompleteGamma::new(shape) })
    }

    /// From shape and mean, both positive.
    pub fn from_shape_mean(shape: f64, mean: f64) -> Result<Self, BadParameter> {
        positive("mean", mean)?;
        Self::new(shape, 1.0).and_then(|unit| {
            let scale = mean / shape;
            let holds = scale > 0.0 && scale.is_finite();
            require("mean", mean, holds, "be such that mean/shape is in the range of numbers")?;
            Ok(Self { scale, ..unit })
        })
    }

    /// From mean and standard deviation, both positive: shape = (mean/sd)².
    pub fn from_mean_sd(mean: f64, sd: f64) -> Result<Self, BadParameter> {
        let ratio = positive("mean", mean)? / positive("sd", sd)?;
        let holds = (1e-3..=1e6).contains(&ratio);
        require("sd", sd, holds, "be between `mean`/1e6 and `mean`*1e3")?;
        Self::from_shape_mean((ratio * ratio).clamp(1e-6, 1e12), mean)
    }

    /// A rough quantile of the law of scale 1.
    fn start(&self, u: f64) -> f64 {
        let a = self.shape;
        if a >= 1.0 {
            // Wilson and Hilferty (1931): the cube root is nearly normal.
            let c = 1.0 / (9.0 * a);
            let root = 1.0 - c + standard_normal::quantile(u) * c.sqrt();
            if root > 0.5 {
                return a * root * root * root;
            }
        }
        // From the first terms of the series: P ≈ x^a (1 − a x/(a+1)) / Γ(a+1).
        let x = libm::exp((libm::log(u) + libm::lgamma(a + 1.0)) / a);
        if x < 0.5 * (a + 1.0) {
            return x * libm::exp(x / (a + 1.0));
        }
        // From the upper tail: Q ≈ x^(a−1) e^(−x) / Γ(a).
        let t = -libm::log(1.0 - u) - libm::lgamma(a);
        (t + (a - 1.0) * libm::log(t.max(1.0))).max(0.1 * (a + 1.0))
    }
}

pub(super) const FAMILY: Family = Family {
    name: "gamma",
    discrete: false,
    forms: &[
        Form { parameters: &["shape", "scale"], make: |p| Ok(Law::Gamma(Gamma::new(p[0], p[1])?)) },
        Form {
            parameters: &["shape", "mean"],
            make: |p| Ok(Law::Gamma(Gamma::from_shape_mean(p[0], p[1])?)),
        },
        Form { parameters: &["mean", "sd"], make: |p| Ok(Law::Gamma(Gamma::from_mean_sd(p[0], p[1])?)) },
    ],
    about: "positive and skewed: durations, amounts",
};

impl Distribution for Gamma {
    fn quantile(&self, u: f64) -> f64 {
        let start = self.start(u);
        let unit = tails::solve(u, start, self.shape, |x| self.unit.tails(x));
        (self.scale * unit).min(f64::MAX)
    }

    fn cdf(&self, x: f64) -> f64 {
        let x = x / self.scale;
        if x <= 0.0 {
            return 0.0;
        }
        if x == f64::INFINITY {
            return 1.0;
        }
        self.unit.tails(x).cdf()
    }

    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    fn sd(&self) -> f64 {
        self.shape.sqrt() * self.scale
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;
    use proptest::prelude::*;

    const GOLDEN: [u64; 6] = [
        0x3f7742fe68a5a14c, // 0.005679124626432785
        0x3fd5488a000befd8, // 0.33255243305734217
        0x40000c429eb1b68a, // 2.00598644237363
        0x4007b8316ad27d93, // 2.9649380059706316
        0x4019fb2c72464a07, // 6.495286737003432
        0x403a2d67a61053e4, // 26.17736280344606
    ];

    const GOLDEN_BELOW_ONE: [u64; 6] = [
        0x39aa78725d577ea5, // 6.525480843457268e-31
        0x3dd1efe61fb590b7, // 6.525480843812084e-11
        0x3f5a03ad4ef909f0, // 0.0015877907243441146
        0x3f953e8741612ee8, // 0.020746339192824786
        0x3fe35b5c1cbd2da3, // 0.6049023209865719
        0x4024b49fd4e37d43, // 10.352781918306055
    ];

    const GOLDEN_LARGE: [u64; 6] = [
        0x4076442de1c9b3d9, // 356.26120165624667
        0x407922038fd7c1fd, // 402.12586960106256
        0x407b6a386abc3c11, // 438.6387736657062
        0x407c1aaad8bb6735, // 449.6667105980335
        0x407dd641487238f1, // 477.3909382306875
        0x40817102ae750c35, // 558.1263093132353
    ];

    #[test]
    fn golden_bits() {
        proof::golden("gamma", &[2.3, 1.5], GOLDEN);
        proof::golden("gamma", &[0.2, 1.0], GOLDEN_BELOW_ONE);
        proof::golden("gamma", &[450.0, 1.0], GOLDEN_LARGE);
    }

    proptest! {
        #[test]
        fn it_agrees_with_statrs(log_shape in -3.0..6.0, scale in 1e-2..1e2) {
            let shape = libm::exp(log_shape);
            let other = statrs::distribution::Gamma::new(shape, 1.0 / scale).unwrap();
            proof::agrees(&Gamma::new(shape, scale).unwrap(), &other, 1e-10);
        }

        #[test]
        fn its_forms_say_the_same(mean in 0.1..1e3f64, ratio in 0.01..20.0f64) {
            let law = Gamma::from_mean_sd(mean, mean * ratio).unwrap();
            prop_assert!((law.mean() / mean - 1.0).abs() < 1e-12);
            prop_assert!((law.sd() / (mean * ratio) - 1.0).abs() < 1e-12);
            let same = Gamma::from_shape_mean(law.shape, mean).unwrap();
            prop_assert_eq!(law, same);
        }
    }

    #[test]
    fn it_agrees_with_mpmath() {
        // Roots of gammainc(a, 0, x, regularized) = u, 30 digits.
        for (shape, u, x) in MPMATH {
            let found = Gamma::new(shape, 1.0).unwrap().quantile(u);
            assert!((found / x - 1.0).abs() < 2e-12, "{shape} {u}: {found:e} {x:e}");
        }
    }
    const MPMATH: [(f64, f64, f64); 53] = [
        (0.02, 0.01, 5.7068124422472854e-101),
        (0.02, 0.3, 4.096909168424127e-27),
        (0.02, 0.5, 5.068667656480183e-16),
        (0.02, 0.9, 0.0029496744212501804),
        (0.02, 0.999, 2.0063208017766128),
        (0.2, 1e-06, 6.525480843457256e-31),
        (0.2, 0.01, 6.525480843812091e-11),
        (0.2, 0.3, 0.0015877907243441152),
        (0.2, 0.5, 0.020746339192824845),
        (0.2, 0.9, 0.604902320986574),
        (0.2, 0.999, 4.101964324738665),
        (0.7, 1e-06, 2.3395393357732637e-09),
        (0.7, 0.01, 0.0012126230241013426),
        (0.7, 0.3, 0.17251980033360853),
        (0.7, 0.5, 0.40742374847644125),
        (0.7, 0.9, 1.75712851070442),
        (0.7, 0.999, 6.063739563887275),
        (1.0, 1e-06, 1.0000005000003334e-06),
        (1.0, 0.01, 0.010050335853501442),
        (1.0, 0.3, 0.35667494393873234),
        (1.0, 0.5, std::f64::consts::LN_2),
        (1.0, 0.9, std::f64::consts::LN_10),
        (1.0, 0.999, 6.907755278982136),
        (2.3, 1e-06, 0.003786083084288525),
        (2.3, 0.01, 0.22170162203822819),
        (2.3, 0.3, 1.3373242949157538),
        (2.3, 0.5, 1.9766253373137548),
        (2.3, 0.9, 4.330191158002288),
        (2.3, 0.999, 9.855195442674757),
        (9.0, 1e-06, 0.9855689567294741),
        (9.0, 0.01, 3.5074554505862903),
        (9.0, 0.3, 7.219931171130278),
        (9.0, 0.5, 8.668951184370371),
        (9.0, 0.9, 12.994711541318607),
        (9.0, 0.999, 21.15619816583998),
        (45.0, 1e-06, 19.954604546037853),
        (45.0, 0.01, 30.877039500850728),
        (45.0, 0.3, 41.255548445011605),
        (45.0, 0.5, 44.66710919220721),
        (45.0, 0.9, 53.782504269696396),
        (45.0, 0.999, 68.60417706458661),
        (130.0, 1e-06, 82.80366163221076),
        (130.0, 0.01, 104.95409152411054),
        (130.0, 0.3, 123.78797308388528),
        (130.0, 0.5, 129.66681904049065),
        (130.0, 0.9, 144.80929921494652),
        (130.0, 0.999, 168.10017446557288),
        (2000.0, 1e-06, 1794.57165888084),
        (2000.0, 0.01, 1897.4354179491156),
        (2000.0, 0.3, 1976.3086271674797),
        (2000.0, 0.5, 1999.6666765450127),
        (2000.0, 0.9, 2057.522586213722),
        (2000.0, 0.999, 2141.053931192648),
    ];

    #[test]
    fn its_quantiles_are_spread_like_samples_of_rand_distr() {
        use rand_distr::Distribution as _;
        let samples = rand_distr::Gamma::new(2.3, 1.5).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Gamma::new(2.3, 1.5).unwrap(), samples);
        let samples = rand_distr::Gamma::new(0.2, 1.0).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Gamma::new(0.2, 1.0).unwrap(), samples);
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::moments(&Gamma::new(2.3, 1.5).unwrap());
        proof::moments(&Gamma::new(200.0, 0.1).unwrap());
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        proof::refused(Gamma::new(0.0, 1.0), "shape", "be positive");
        proof::refused(Gamma::new(1e-7, 1.0), "shape", "be at least 1e-6");
        proof::refused(Gamma::new(1e13, 1.0), "shape", "be at most 1e12");
        proof::refused(Gamma::new(1.0, 0.0), "scale", "be positive");
        proof::refused(Gamma::from_shape_mean(1.0, 0.0), "mean", "be positive");
        let must = "be such that mean/shape is in the range of numbers";
        proof::refused(Gamma::from_shape_mean(1e-6, 1e306), "mean", must);
        proof::refused(Gamma::from_mean_sd(1.0, -1.0), "sd", "be positive");
        let must = "be between `mean`/1e6 and `mean`*1e3";
        proof::refused(Gamma::from_mean_sd(1.0, 1e4), "sd", must);
    }
}
