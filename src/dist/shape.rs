//! Truncation and hurdle: what a scenario's `min`, `max` and `zero` do to a quantile function.

use super::bad_parameter::{finite, probability, require};
use super::distribution::open;
use super::{BadParameter, Distribution};

/// The constants of the modifiers for one base law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    cut: Option<Cut>,
    hurdle: Option<Hurdle>,
}

/// The base law conditioned on lying in `min..=max`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cut {
    min: f64,
    max: f64,
    /// The base's P(X < min).
    below: f64,
    /// The base's P(min ≤ X ≤ max).
    kept: f64,
}

/// 0 with probability `zero`, else the (truncated) law conditioned on not being 0.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Hurdle {
    zero: f64,
    /// The truncated law's P(X < 0).
    negative: f64,
    /// The truncated law's P(X ≤ 0).
    up_to_zero: f64,
    /// (1 − zero) / P(X ≠ 0): what the hurdle does to the rest of the probability.
    squeeze: f64,
}

/// The least probability that a truncation may keep: below it, the rounding of F would show.
const LEAST_KEPT: f64 = 1e-9;

impl Shape {
    pub fn new(
        base: &impl Distribution,
        discrete: bool,
        (min, max): (Option<f64>, Option<f64>),
        zero: Option<f64>,
    ) -> Result<Self, BadParameter> {
        let cut = match (min, max) {
            (None, None) => None,
            _ => Some(Cut::new(base, discrete, min, max)?),
        };
        let mut shape = Self { cut, hurdle: None };
        if let Some(zero) = zero {
            let below = shape.cdf_below(0.0, base);
            let up_to = if discrete { shape.cdf(0.0, base) } else { below };
            shape.hurdle = Some(Hurdle::new(zero, below, up_to)?);
        }
        Ok(shape)
    }

    /// The quantile at `u`, given the quantile function of the base.
    pub fn quantile(&self, u: f64, base: impl Fn(f64) -> f64) -> f64 {
        let cut = |v| match &self.cut {
            Some(cut) => cut.quantile(v, &base),
            None => base(open(v)),
        };
        match &self.hurdle {
            Some(hurdle) => hurdle.quantile(u, cut),
            None => cut(u),
        }
    }

    /// P(X ≤ x).
    pub fn cdf(&self, x: f64, base: &impl Distribution) -> f64 {
        let f = match &self.cut {
            Some(cut) if x < cut.min => 0.0,
            Some(cut) if x >= cut.max => 1.0,
            Some(cut) => cut.share(base.cdf(x)),
            None => base.cdf(x),
        };
        match &self.hurdle {
            Some(hurdle) if x < 0.0 => hurdle.squeeze * f,
            Some(hurdle) => hurdle.above(f),
            None => f,
        }
    }

    /// P(X < x).
    pub fn cdf_below(&self, x: f64, base: &impl Distribution) -> f64 {
        let f = match &self.cut {
            Some(cut) if x <= cut.min => 0.0,
            Some(cut) if x > cut.max => 1.0,
            Some(cut) => cut.share(base.cdf_below(x)),
            None => base.cdf_below(x),
        };
        match &self.hurdle {
            Some(hurdle) if x <= 0.0 => hurdle.squeeze * f,
            Some(hurdle) => hurdle.above(f),
            None => f,
        }
    }

    /// The support of the truncated law, given that of the base.
    pub fn cut_support(&self, (low, high): (f64, f64)) -> (f64, f64) {
        match &self.cut {
            Some(cut) => (low.max(cut.min), high.min(cut.max)),
            None => (low, high),
        }
    }

    /// The same without its hurdle.
    pub fn without_hurdle(&self) -> Self {
        Self { hurdle: None, ..*self }
    }

    /// (probability of 0, factor on the raw moments of the truncated law), where there is a hurdle.
    pub fn hurdle(&self) -> Option<(f64, f64)> {
        self.hurdle.map(|hurdle| (hurdle.zero, hurdle.squeeze))
    }

    pub fn is_cut(&self) -> bool {
        self.cut.is_some()
    }
}

impl Cut {
    fn new(
        base: &impl Distribution,
        discrete: bool,
        min: Option<f64>,
        max: Option<f64>,
    ) -> Result<Self, BadParameter> {
        let named = if min.is_some() { "min" } else { "max" };
        let asked = min.or(max).unwrap_or(f64::NAN);
        let (mut low, mut high) = base.support();
        if let Some(min) = min {
            low = finite("min", min)?;
        }
        if let Some(max) = max {
            high = finite("max", max)?;
        }
        if discrete {
            (low, high) = (low.ceil(), high.floor());
        }
        if let (Some(min), Some(_)) = (min, max) {
            if discrete {
                let must = "leave a whole number up to `max`";
                require("min", min, low <= high, must)?;
            } else {
                require("min", min, low < high, "be below `max`")?;
            }
        }
        let below = if min.is_some() { base.cdf_below(low) } else { 0.0 };
        let kept = if max.is_some() { base.cdf(high) } else { 1.0 } - below;
        let must = "leave at least 1e-9 of the law's probability";
        require(named, asked, kept >= LEAST_KEPT, must)?;
        Ok(Self { min: low, max: high, below, kept })
    }

    fn quantile(&self, u: f64, base: impl Fn(f64) -> f64) -> f64 {
        // max, then min: also right where the base gives NaN-free infinities.
        base(open(self.below + u * self.kept)).max(self.min).min(self.max)
    }

    fn share(&self, f: f64) -> f64 {
        ((f - self.below) / self.kept).clamp(0.0, 1.0)
    }
}

impl Hurdle {
    fn new(zero: f64, negative: f64, up_to_zero: f64) -> Result<Self, BadParameter> {
        probability("zero", zero)?;
        let rest = 1.0 - (up_to_zero - negative);
        let must = "be 1 for a law that is itself (almost) always 0";
        require("zero", zero, zero == 1.0 || rest >= LEAST_KEPT, must)?;
        let squeeze = if zero < 1.0 { (1.0 - zero) / rest } else { 0.0 };
        Ok(Self { zero, negative, up_to_zero, squeeze })
    }

    /// One increasing function of u: the negative part, a step of width `zero` at 0, the
    /// positive part.
    fn quantile(&self, u: f64, rest: impl Fn(f64) -> f64) -> f64 {
        let start = self.squeeze * self.negative;
        if u < start {
            // Rounding must not carry the last negative value to 0 or beyond.
            return rest((u / self.squeeze).min(self.negative)).min(0.0);
        }
        let end = start + self.zero;
        if u <= end || self.squeeze == 0.0 {
            return 0.0;
        }
        let v = self.up_to_zero + (u - end) / self.squeeze;
        rest(v.max(self.up_to_zero.next_up())).max(0.0)
    }

    /// The distribution function from 0 on.
    fn above(&self, f: f64) -> f64 {
        let below = self.squeeze * self.negative + self.zero;
        let more = self.squeeze * (f - self.up_to_zero).max(0.0);
        if f >= 1.0 { 1.0 } else { (below + more).min(1.0) }
    }
}
