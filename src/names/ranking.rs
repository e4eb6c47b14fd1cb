//! Names sorted by falling frequency, and the quantile function of their ranks.

use std::sync::OnceLock;

use super::counts::Entry;

/// A code, and [F(x−), F(x)] of its name.
type Interval = (u32, (f64, f64));

/// The names of one cell in the order of their ranks.
///
/// With weights w₁ ≥ w₂ ≥ … (ties by rising code, so the order is total), Cₖ = w₁ + … + wₖ and
/// total T, the name at rank u is number k = min { k : Cₖ ≥ ⌈u·T⌉ }: the usual generalised
/// inverse, F(k−1) < u ≤ F(k). The weights are integers, so the answer is the same on
/// every platform.
#[derive(Debug)]
pub(super) struct Ranking {
    /// The codes by falling weight.
    codes: Box<[u32]>,
    /// Cₖ, parallel to `codes`.
    upto: Box<[u32]>,
    /// For each slot s the first k with Cₖ > s·2^`shift`, so that a search looks at a few names
    /// only (Chen & Asau 1974, "On generating random variates from an empirical distribution").
    guide: Box<[u32]>,
    shift: u32,
    total: u32,
    /// By rising code: the code, and what [`Ranking::cumulative`] says of it. Only verification asks.
    cumulative: OnceLock<Box<[Interval]>>,
}

impl Ranking {
    /// Ranks the members, which come by rising code with weights above 0 that sum to at most
    /// `u32::MAX`.
    pub(super) fn new(members: &[Entry]) -> Ranking {
        let mut total = 0;
        let (mut codes, mut upto) = (Vec::with_capacity(members.len()), Vec::with_capacity(members.len()));
        for entry in by_falling_count(members) {
            total += entry.count;
            codes.push(entry.code);
            upto.push(total);
        }
        let (guide, shift) = guide(&upto, total);
        Ranking { codes: codes.into(), upto: upto.into(), guide, shift, total, cumulative: OnceLock::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The codes in the order of their ranks.
    #[cfg(test)]
    pub(super) fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The code at rank u. A u outside (0, 1) or NaN counts as the nearest end, NaN as 0.
    ///
    /// # Panics
    ///
    /// If there are no names.
    #[inline]
    pub(super) fn quantile(&self, u: f64) -> u32 {
        // `as` saturates, and turns NaN into 0.
        let target = ((u * f64::from(self.total)).ceil() as u32).clamp(1, self.total);
        let slot = ((target - 1) >> self.shift) as usize;
        let (low, high) = (self.guide[slot] as usize, self.guide[slot + 1] as usize);
        // Few names share a slot: counting them takes no branch that could be foreseen wrongly.
        let beyond = match high - low {
            0..=16 => self.upto[low..high].iter().map(|&upto| usize::from(upto < target)).sum(),
            _ => self.upto[low..high].partition_point(|&upto| upto < target),
        };
        self.codes[low + beyond]
    }

    /// [F(x−), F(x)] of a name; `None` if it is not among them. This is how draws are verified,
    /// so it is summed anew from the weights and relies neither on the order nor on the guide.
    pub(super) fn cumulative(&self, code: u32) -> Option<(f64, f64)> {
        let table = self.cumulative.get_or_init(|| self.summed_anew());
        let at = table.binary_search_by_key(&code, |(code, _)| *code).ok()?;
        Some(table[at].1)
    }

    fn summed_anew(&self) -> Box<[Interval]> {
        let mut names: Vec<(u32, u32)> =
            self.codes.iter().enumerate().map(|(k, code)| (self.weight(k), *code)).collect();
        names.sort_by_key(|(weight, code)| (std::cmp::Reverse(*weight), *code));
        let total: u64 = names.iter().map(|(weight, _)| u64::from(*weight)).sum();
        let share = |sum: u64| sum as f64 / total as f64;
        let mut before = 0;
        let intervals = names.iter().map(|(weight, code)| {
            let upto = before + u64::from(*weight);
            (*code, (share(std::mem::replace(&mut before, upto)), share(upto)))
        });
        let mut table: Vec<_> = intervals.collect();
        table.sort_unstable_by_key(|(code, _)| *code);
        table.into()
    }

    /// ∫₀¹ |log₁₀ f(Q(u)) − log₁₀ g(R(u))| du for the frequencies f, g and the quantile
    /// functions Q, R of two rankings: how unequally common two names of the same rank are,
    /// in powers of ten.
    pub(super) fn commonness_gap(&self, other: &Ranking) -> f64 {
        let (mut a, mut b) = (0, 0);
        let (mut at, mut gap) = (0.0, 0.0);
        while a < self.codes.len() && b < other.codes.len() {
            let (end_a, end_b) = (self.share_upto(a), other.share_upto(b));
            let end = f64::min(end_a, end_b);
            gap += (end - at) * (self.share(a).log10() - other.share(b).log10()).abs();
            at = end;
            a += usize::from(end_a <= end);
            b += usize::from(end_b <= end);
        }
        gap
    }

    fn share_upto(&self, k: usize) -> f64 {
        f64::from(self.upto[k]) / f64::from(self.total)
    }

    fn share(&self, k: usize) -> f64 {
        f64::from(self.weight(k)) / f64::from(self.total)
    }

    fn weight(&self, k: usize) -> u32 {
        let before = if k == 0 { 0 } else { self.upto[k - 1] };
        self.upto[k] - before
    }
}

/// Sorts by falling count, then by rising code.
fn by_falling_count(members: &[Entry]) -> Vec<Entry> {
    // Most names are rare: dealing them into one pile a count keeps their codes in order and
    // takes less time than sorting them. The common ones are sorted.
    const PILES: usize = 512;
    let mut places = [0; PILES];
    let mut sorted: Vec<Entry> = Vec::with_capacity(members.len());
    for entry in members {
        match places.get_mut(entry.count as usize) {
            Some(size) => *size += 1,
            None => sorted.push(*entry),
        }
    }
    sorted.sort_unstable_by_key(|entry| u64::from(u32::MAX - entry.count) << 32 | u64::from(entry.code));
    let mut next = sorted.len();
    for place in places.iter_mut().rev() {
        next += std::mem::replace(place, next);
    }
    sorted.resize(members.len(), Entry { code: 0, count: 0 });
    for entry in members {
        if let Some(place) = places.get_mut(entry.count as usize) {
            sorted[*place] = *entry;
            *place += 1;
        }
    }
    sorted
}

/// The guide to cumulative weights: about one slot for every four names, each 2^shift wide.
/// More slots would spare some nanoseconds a draw, and cost memory when a list is loaded.
fn guide(upto: &[u32], total: u32) -> (Box<[u32]>, u32) {
    let Some(last) = upto.len().checked_sub(1) else {
        return (Box::default(), 0);
    };
    let mut shift = 0;
    // At least two slots, so that the shift stays below 32.
    while ((total - 1) >> shift) as usize > (upto.len() / 4).max(1) {
        shift += 1;
    }
    let slots = ((total - 1) >> shift) as usize + 1;
    let mut k = 0;
    let guide = (0..=slots as u64)
        .map(|slot| {
            while k < last && u64::from(upto[k]) <= slot << shift {
                k += 1;
            }
            k as u32
        })
        .collect();
    (guide, shift)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ranking(counts: &[u32]) -> Ranking {
        let members = counts.iter().zip(0..).map(|(&count, code)| Entry { code, count });
        Ranking::new(&members.collect::<Vec<_>>())
    }

    #[test]
    fn names_are_taken_by_falling_count_and_ties_by_code() {
        let ranking = ranking(&[2, 5, 1, 2]);
        let drawn: Vec<u32> = (0..10).map(|i| ranking.quantile((f64::from(i) + 0.5) / 10.0)).collect();
        assert_eq!(drawn, [1, 1, 1, 1, 1, 0, 0, 3, 3, 2]);
    }

    #[test]
    fn a_rank_on_a_boundary_belongs_to_the_name_that_ends_there() {
        let ranking = ranking(&[1, 1]);
        assert_eq!(ranking.quantile(0.5), 0);
        assert_eq!(ranking.quantile(0.5_f64.next_up()), 1);
    }

    #[test]
    fn ranks_outside_the_unit_interval_count_as_its_ends() {
        let ranking = ranking(&[3, 2, 1]);
        for u in [f64::NAN, f64::NEG_INFINITY, -1.0, 0.0, f64::MIN_POSITIVE] {
            assert_eq!(ranking.quantile(u), 0);
        }
        for u in [1.0, 2.0, f64::INFINITY] {
            assert_eq!(ranking.quantile(u), 2);
        }
    }

    #[test]
    fn a_ranking_may_hold_as_many_people_as_fit_32_bits() {
        let ranking = ranking(&[u32::MAX - 1, 1]);
        assert_eq!(ranking.quantile(0.5), 0);
        assert_eq!(ranking.quantile(1.0), 1);
        assert_eq!(ranking.cumulative(1).map(|(_, upto)| upto), Some(1.0));
    }

    #[test]
    fn two_names_of_frequencies_a_decade_apart_have_a_gap_of_one() {
        // 1 name against 10 equal ones: |log10(1) - log10(1/10)| everywhere.
        assert!((ranking(&[7]).commonness_gap(&ranking(&[4; 10])) - 1.0).abs() < 1e-12);
        assert_eq!(ranking(&[4, 4]).commonness_gap(&ranking(&[9, 9])), 0.0);
    }

    proptest! {
        #[test]
        fn the_guided_search_agrees_with_the_definition(
            counts in prop::collection::vec(prop_oneof![1_u32..4, 1_u32..100_000], 1..300),
            u in 0.0_f64..1.0,
        ) {
            let ranking = ranking(&counts);
            // Another road: sort the pairs, walk the sums.
            let mut sorted: Vec<(u32, u32)> = counts.iter().copied().zip(0..).collect();
            sorted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            let total: u64 = counts.iter().map(|&count| u64::from(count)).sum();
            let mut sum = 0;
            let expected = sorted.iter().find(|(count, _)| {
                sum += u64::from(*count);
                sum as f64 >= u * total as f64
            });
            prop_assert_eq!(Some(ranking.quantile(u)), expected.map(|&(_, code)| code));
        }

        #[test]
        fn a_rank_lies_in_the_cumulative_interval_of_its_name(
            counts in prop::collection::vec(1_u32..5_000, 1..200),
            u in 0.000_001_f64..1.0,
        ) {
            let ranking = ranking(&counts);
            let (before, upto) = ranking.cumulative(ranking.quantile(u)).expect("a member");
            prop_assert!(before < u && u <= upto, "{} < {} <= {}", before, u, upto);
        }
    }
}
