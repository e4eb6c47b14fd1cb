//! The uniform law: low + u · (high − low).

use super::bad_parameter::{finite, require};
use super::{BadParameter, Distribution, Family, Form, Law};

/// Uniform(low, high): every value between the two is as likely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    low: f64,
    high: f64,
}

impl Uniform {
    /// `high` must be above `low`, by a finite amount.
    pub fn new(low: f64, high: f64) -> Result<Self, BadParameter> {
        finite("low", low)?;
        require("high", high, high > low, "be above `low`")?;
        require("high", high, (high - low).is_finite(), "be less than 1.7e308 above `low`")?;
        Ok(Self { low, high })
    }
}

pub(super) const FAMILY: Family = Family {
    name: "uniform",
    discrete: false,
    forms: &[Form { parameters: &["low", "high"], make: |p| Ok(Law::Uniform(Uniform::new(p[0], p[1])?)) }],
    about: "every value between two bounds equally likely",
};

impl Distribution for Uniform {
    fn quantile(&self, u: f64) -> f64 {
        (self.low + u * (self.high - self.low)).min(self.high)
    }

    fn cdf(&self, x: f64) -> f64 {
        ((x - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn mean(&self) -> f64 {
        self.low + 0.5 * (self.high - self.low)
    }

    fn sd(&self) -> f64 {
        (self.high - self.low) / 12f64.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;
    use proptest::prelude::*;

    const GOLDEN: [u64; 6] = [
        0xc007fffab466a47a, // -2.9999899
        0xc0073126e978d4fe, // -2.899
        0x3f9eb851eb851e80, // 0.029999999999999805
        0x4000666666666666, // 2.05
        0x40185c28f5c28f5c, // 6.09
        0x401c6663c099b8a2, // 7.099989899999999
    ];

    #[test]
    fn golden_bits() {
        proof::golden("uniform", &[-3.0, 7.1], GOLDEN);
    }

    proptest! {
        #[test]
        fn it_agrees_with_statrs(low in -1e3..1e3, width in 1e-3..1e3) {
            let other = statrs::distribution::Uniform::new(low, low + width).unwrap();
            proof::agrees(&Uniform::new(low, low + width).unwrap(), &other, 1e-10);
        }
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::moments(&Uniform::new(-3.0, 7.1).unwrap());
    }

    #[test]
    fn an_empty_or_endless_range_is_refused() {
        proof::refused(Uniform::new(1.0, 1.0), "high", "be above `low`");
        proof::refused(Uniform::new(1.0, 0.0), "high", "be above `low`");
        let must = "be less than 1.7e308 above `low`";
        proof::refused(Uniform::new(-1e308, 1e308), "high", must);
    }
}
