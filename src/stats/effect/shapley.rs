//! Shares of the total effect over groups of proxies.

use super::super::check;
use crate::dist::BadParameter;

/// Each of k groups is one bit; more than this many arms no factorial has.
const MOST_GROUPS: u32 = 16;

/// The Shapley shares of k groups from the outputs of a full factorial: `outputs[mask]` is the output when exactly the groups
/// whose bits are set follow the target level, 2ᵏ of them.
///
/// φᵢ = Σ over S without i of |S|! (k − |S| − 1)! / k! · (v(S ∪ i) − v(S)). Shapley (1953); they sum to
/// v(all) − v(none), and with two groups are the symmetric direct and proxy effects.
pub fn shapley(outputs: &[f64]) -> Result<Vec<f64>, BadParameter> {
    let arms = outputs.len();
    let holds = arms.is_power_of_two() && arms.trailing_zeros() <= MOST_GROUPS;
    check::require("arms", arms as f64, holds, "be a power of two, at most 65536")?;
    check::all_finite("output", outputs)?;
    let groups = arms.trailing_zeros() as usize;
    let weights = weights(groups);
    let share = |group: usize| {
        let bit = 1 << group;
        let without = (0..arms).filter(|mask| mask & bit == 0);
        without.map(|mask| weights[mask.count_ones() as usize] * (outputs[mask | bit] - outputs[mask])).sum()
    };
    Ok((0..groups).map(share).collect())
}

/// |S|! (k − |S| − 1)! / k! for |S| = 0 .. k: 1 / (k · binomial(k − 1, |S|)).
fn weights(groups: usize) -> Vec<f64> {
    let mut chosen = 1.0;
    let of_size = |size: usize| {
        let weight = 1.0 / (groups as f64 * chosen);
        chosen *= (groups - 1 - size) as f64 / (size + 1) as f64;
        weight
    };
    (0..groups).map(of_size).collect()
}

#[cfg(test)]
mod tests {
    use super::super::PathOutputs;
    use super::*;

    #[test]
    fn two_groups_give_the_symmetric_effects() {
        let unit = PathOutputs { reference: 1.0, shown: 4.0, followed: 2.0, target: 9.0 };
        let shares = shapley(&[unit.reference, unit.shown, unit.followed, unit.target]).unwrap();
        assert_eq!(shares, [unit.direct(), unit.proxy()]);
    }

    /// Shapley's glove game: one left glove, two right ones; a pair is worth 1. Shares 2/3, 1/6, 1/6.
    #[test]
    fn the_glove_game_comes_out() {
        let worth = |mask: usize| f64::from(u8::from(mask & 1 == 1 && mask & 0b110 != 0));
        let shares = shapley(&(0..8).map(worth).collect::<Vec<_>>()).unwrap();
        for (share, expected) in shares.iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((share - expected).abs() < 1e-15);
        }
    }

    #[test]
    fn no_group_has_no_share_and_an_incomplete_factorial_is_refused() {
        assert!(shapley(&[3.0]).unwrap().is_empty());
        assert!(
            shapley(&[]).is_err() && shapley(&[1.0, 2.0, 3.0]).is_err() && shapley(&[1.0, f64::NAN]).is_err()
        );
    }
}
