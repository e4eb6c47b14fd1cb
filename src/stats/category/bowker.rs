//! Bowker's test: is every change as frequent as its opposite?

use super::super::{Share, laws};
use super::Transitions;

impl Transitions {
    /// (χ², degrees of freedom): Σ over i < j of (nᵢⱼ − nⱼᵢ)² / (nᵢⱼ + nⱼᵢ), over the pairs of categories that any unit moved
    /// between. Bowker (1948), JASA 43. With two categories it is McNemar's, uncorrected.
    pub fn bowker_statistic(&self) -> (f64, u64) {
        let (mut statistic, mut pairs) = (0.0, 0);
        for i in 0..self.levels() {
            for j in i + 1..self.levels() {
                let (there, back) = (self.count(i, j) as f64, self.count(j, i) as f64);
                if there + back > 0.0 {
                    statistic += (there - back) * (there - back) / (there + back);
                    pairs += 1;
                }
            }
        }
        (statistic, pairs)
    }

    /// The two-sided p-value; 1 where nothing changed.
    pub fn bowker(&self) -> f64 {
        let (statistic, pairs) = self.bowker_statistic();
        laws::chi_squared_above(pairs, statistic)
    }

    /// The share of changes that went `from` → `to` among those between the two; none where there was none.
    pub fn direction(&self, from: usize, to: usize) -> Option<Share> {
        Share::new(self.count(from, to), self.count(from, to) + self.count(to, from)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{McNemar, PairedTable};
    use super::*;

    #[test]
    fn two_categories_give_mcnemars_test() {
        let table = Transitions::new(2, vec![794, 86, 150, 570]).unwrap();
        let paired = PairedTable::new(794, 86, 150, 570).unwrap();
        let p = paired.mcnemar(McNemar::Asymptotic).two_sided;
        assert!((table.bowker() / p - 1.0).abs() < 1e-12);
    }

    #[test]
    fn no_change_is_no_surprise() {
        let table = Transitions::new(3, vec![5, 0, 0, 0, 5, 0, 0, 0, 5]).unwrap();
        assert_eq!((table.bowker_statistic(), table.bowker()), ((0.0, 0), 1.0));
        assert_eq!(table.direction(0, 1), None);
    }

    #[test]
    fn unused_pairs_take_no_degree_of_freedom() {
        let table = Transitions::new(3, vec![5, 4, 0, 1, 5, 0, 0, 0, 5]).unwrap();
        assert_eq!(table.bowker_statistic(), (9.0 / 5.0, 1));
    }
}
