//! Does the whole say the opposite of its strata?

/// Simpson's reversal between an effect over all and the effects within strata; an effect of 0 contradicts nothing.
///
/// Simpson (1951), Journal of the Royal Statistical Society B 13; Bickel, Hammel and O'Connell (1975), Science 187. A
/// description of estimates, to be reported: it says nothing about chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reversal {
    /// No stratum contradicts the whole.
    None,
    /// Some strata contradict the whole, others do not.
    Some,
    /// Every stratum with an effect contradicts the whole.
    All,
}

impl Reversal {
    /// From signed effects, none of them NaN (for ratios, their logarithms).
    pub fn of(whole: f64, strata: &[f64]) -> Self {
        let opposed = strata.iter().filter(|&&effect| effect * whole.signum() < 0.0).count();
        let moved = strata.iter().filter(|&&effect| effect != 0.0).count();
        if whole == 0.0 || opposed == 0 {
            Self::None
        } else if opposed == moved {
            Self::All
        } else {
            Self::Some
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_against_the_whole_are_a_reversal() {
        assert_eq!(Reversal::of(0.1, &[-0.1, -0.2, 0.0]), Reversal::All);
        assert_eq!(Reversal::of(-0.1, &[-0.1, 0.2]), Reversal::Some);
        assert_eq!(Reversal::of(-0.1, &[-0.1, 0.0]), Reversal::None);
        assert_eq!(Reversal::of(0.0, &[-0.1, 0.1]), Reversal::None);
        assert_eq!(Reversal::of(1.0, &[]), Reversal::None);
    }
}
