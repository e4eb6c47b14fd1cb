//! Several verdicts as one.

use super::Verdict;

impl Verdict {
    /// The one verdict over several: fail > no-data > inconclusive > pass. Of none, it is `no-data`: what was not asked
    /// cannot pass.
    pub fn overall(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
        verdicts.into_iter().max_by_key(|v| v.gravity()).unwrap_or(Verdict::NoData)
    }

    fn gravity(self) -> u8 {
        match self {
            Verdict::Pass => 0,
            Verdict::Inconclusive => 1,
            Verdict::NoData => 2,
            Verdict::Fail => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{self, Fail, Inconclusive, NoData, Pass};

    #[test]
    fn the_gravest_verdict_is_the_one_over_all() {
        assert_eq!(Verdict::overall([Pass, Pass]), Pass);
        assert_eq!(Verdict::overall([Pass, Inconclusive]), Inconclusive);
        assert_eq!(Verdict::overall([NoData, Inconclusive, Pass]), NoData);
        assert_eq!(Verdict::overall([Pass, NoData, Fail, Inconclusive]), Fail);
    }

    #[test]
    fn nothing_asked_is_no_data() {
        assert_eq!(Verdict::overall([]), NoData);
    }
}
