//! The sign test: are more units above 0 than below?

use super::super::PValue;
use super::super::decision::half_tail;
use super::Differences;

impl Differences {
    /// The number above 0 is Binomial(n₊ + n₋, ½); zeros are left out, as they favour neither side.
    ///
    /// Arbuthnott (1710); Conover (1999), Practical Nonparametric Statistics, section 3.4. All 1 where every unit is 0.
    pub fn sign_test(&self) -> PValue {
        let above = self.values().iter().filter(|&&d| d > 0.0).count() as u64;
        let below = self.values().iter().filter(|&&d| d < 0.0).count() as u64;
        if above + below == 0 {
            return PValue::NONE;
        }
        PValue::doubled(half_tail(below, above), half_tail(above, below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Darwin's maize: 13 of 15 plants taller, binom.test(13, 15)$p.value in R.
    #[test]
    fn thirteen_of_fifteen_plants_come_out() {
        let mut values = vec![1.0; 13];
        values.extend([-1.0, -2.0, 0.0]);
        let p = Differences::new(values).unwrap().sign_test();
        assert!((p.two_sided - 0.007385254).abs() < 1e-9 && p.greater == 0.5 * p.two_sided);
    }

    #[test]
    fn zeros_alone_are_no_surprise() {
        assert_eq!(Differences::new(vec![0.0; 9]).unwrap().sign_test(), PValue::NONE);
        assert_eq!(Differences::new(vec![1.0]).unwrap().sign_test().two_sided, 1.0);
    }
}
