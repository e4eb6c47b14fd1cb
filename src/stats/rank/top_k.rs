//! Being among the first k.

use super::super::check;
use crate::dist::BadParameter;

/// Per unit whether its place is among the first `k`: a decision, to be compared as a
/// [`PairedTable`](super::super::PairedTable). Ranks and `k` from 1.
pub fn in_top(k: u32, ranks: &[u32]) -> Result<Vec<bool>, BadParameter> {
    check::require("k", f64::from(k), k >= 1, "be at least 1")?;
    let is_in = |&rank: &u32| {
        check::require("rank", f64::from(rank), rank >= 1, "be at least 1")?;
        Ok(rank <= k)
    };
    ranks.iter().map(is_in).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_k_is_in_and_the_next_is_out() {
        assert_eq!(in_top(3, &[1, 3, 4]).unwrap(), [true, true, false]);
        assert!(in_top(0, &[1]).is_err() && in_top(3, &[0]).is_err());
    }
}
