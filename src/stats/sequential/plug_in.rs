//! The size of the next bet, from what was seen before it.

/// Running mean and variance of values in 0..=1, each starting from one imaginary value (½ and ¼), and the bet they suggest.
///
/// Waudby-Smith and Ramdas (2024), "Estimating means of bounded random variables by betting", Journal of the Royal
/// Statistical Society B 86, equations (14) and (15).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PlugIn {
    count: f64,
    sum: f64,
    squares: f64,
}

impl PlugIn {
    pub fn new() -> Self {
        Self { count: 0.0, sum: 0.0, squares: 0.0 }
    }

    /// (½ + Σx)/(t + 1).
    pub fn mean(&self) -> f64 {
        (0.5 + self.sum) / (self.count + 1.0)
    }

    /// √(2 ln(1/α) / (σ̂² t ln(1 + t))), t counting the value to come, σ̂² = (¼ + Σ(x − mean then)²)/t; not yet truncated.
    pub fn bet(&self, ln_inverse_alpha: f64) -> f64 {
        let t = self.count + 1.0;
        let variance = (0.25 + self.squares) / t;
        libm::sqrt(2.0 * ln_inverse_alpha / (variance * t * libm::log1p(t)))
    }

    pub fn observe(&mut self, x: f64) {
        self.count += 1.0;
        self.sum += x;
        let gap = x - self.mean();
        self.squares += gap * gap;
    }
}
