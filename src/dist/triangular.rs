//! The triangular law.

use super::bad_parameter::{finite, require};
use super::{BadParameter, Distribution, Family, Form, Law};

/// Triangular(low, mode, high): a density that rises straight from `low` to `mode` and falls
/// straight to `high`.
///
/// With w = high − low and k = (mode − low)/w: Q(u) = low + w sqrt(u k) for u ≤ k, and
/// high − w sqrt((1 − u)(1 − k)) above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triangular {
    low: f64,
    mode: f64,
    high: f64,
}

impl Triangular {
    /// `low` ≤ `mode` ≤ `high`, and `low` < `high`.
    pub fn new(low: f64, mode: f64, high: f64) -> Result<Self, BadParameter> {
        finite("low", low)?;
        finite("mode", mode)?;
        require("high", high, high > low, "be above `low`")?;
        require("high", high, (high - low).is_finite(), "be less than 1.7e308 above `low`")?;
        let holds = (low..=high).contains(&mode);
        require("mode", mode, holds, "be between `low` and `high`")?;
        Ok(Self { low, mode, high })
    }
}

pub(super) const FAMILY: Family = Family {
    name: "triangular",
    discrete: false,
    forms: &[Form {
        parameters: &["low", "mode", "high"],
        make: |p| Ok(Law::Triangular(Triangular::new(p[0], p[1], p[2])?)),
    }],
    about: "an expert's guess: least, likeliest and greatest value",
};

impl Distribution for Triangular {
    fn quantile(&self, u: f64) -> f64 {
        let Self { low, mode, high } = *self;
        let width = high - low;
        let value = if u * width <= mode - low {
            low + (u * (mode - low) * width).sqrt().min(mode - low)
        } else {
            high - ((1.0 - u) * (high - mode) * width).sqrt().min(high - mode)
        };
        value.clamp(low, high)
    }

    fn cdf(&self, x: f64) -> f64 {
        let Self { low, mode, high } = *self;
        if x <= low {
            0.0
        } else if x >= high {
            1.0
        } else if x <= mode {
            (x - low) / (high - low) * ((x - low) / (mode - low))
        } else {
            1.0 - (high - x) / (high - low) * ((high - x) / (high - mode))
        }
    }

    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn mean(&self) -> f64 {
        self.low + ((self.mode - self.low) + (self.high - self.low)) / 3.0
    }

    fn sd(&self) -> f64 {
        let (k, w) = (self.mode - self.low, self.high - self.low);
        w * ((1.0 - k / w + k / w * (k / w)) / 18.0).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::proof;
    use super::*;
    use proptest::prelude::*;

    const GOLDEN: [u64; 6] = [
        0x3ff00e305fb25a44, // 1.0034641016151378
        0x3ff58ae561ab4288, // 1.3464101615137753
        0x4007bbec02bc0590, // 2.9667587484006575
        0x400f353541dba014, // 3.9009804864072155
        0x401ae0ebb4ebf86f, // 6.719649149801724
        0x4021fc4ed38cc01c, // 8.992788897448968
    ];

    #[test]
    fn golden_bits() {
        proof::golden("triangular", &[1.0, 2.5, 9.0], GOLDEN);
    }

    proptest! {
        #[test]
        fn it_agrees_with_statrs(low in -100.0..100.0, left in 0.1..50.0, right in 0.1..50.0) {
            let (mode, high) = (low + left, low + left + right);
            let other = statrs::distribution::Triangular::new(low, high, mode).unwrap();
            proof::agrees(&Triangular::new(low, mode, high).unwrap(), &other, 1e-10);
        }
    }

    #[test]
    fn its_quantiles_are_spread_like_samples_of_rand_distr() {
        use rand_distr::Distribution as _;
        let samples = rand_distr::Triangular::new(1.0, 9.0, 2.5).unwrap().sample_iter(proof::generator());
        proof::same_as_samples(&Triangular::new(1.0, 2.5, 9.0).unwrap(), samples);
    }

    #[test]
    fn its_moments_are_those_of_its_quantiles() {
        proof::moments(&Triangular::new(1.0, 2.5, 9.0).unwrap());
        proof::moments(&Triangular::new(1.0, 1.0, 9.0).unwrap());
        proof::moments(&Triangular::new(1.0, 9.0, 9.0).unwrap());
    }

    #[test]
    fn bounds_out_of_order_are_refused() {
        proof::refused(Triangular::new(1.0, 1.0, 1.0), "high", "be above `low`");
        let must = "be between `low` and `high`";
        proof::refused(Triangular::new(1.0, 0.0, 2.0), "mode", must);
        proof::refused(Triangular::new(1.0, 3.0, 2.0), "mode", must);
        let must = "be less than 1.7e308 above `low`";
        proof::refused(Triangular::new(-1e308, 0.0, 1e308), "high", must);
    }
}
