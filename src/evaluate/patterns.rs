//! How decisions respond to the shown level and to the proxies, unit by unit.

use super::comparisons::Comparisons;
use super::decisions::{ABSENT, Bits};
use super::evaluation::{PatternCount, Patterns};
use crate::stats::ResponsePattern::{self, BothNeeded, Cancelling, DirectOnly, Either, ProxyOnly, Unmoved};

/// The patterns with their words, in the order in which they are told.
const WORDS: [(ResponsePattern, &str); 6] = [
    (Unmoved, "unmoved"),
    (DirectOnly, "direct-only"),
    (ProxyOnly, "proxy-only"),
    (Either, "either"),
    (BothNeeded, "both-needed"),
    (Cancelling, "cancelling"),
];

/// The patterns behind every total contrast that has both direct pairs.
pub(super) fn patterns(comparisons: &Comparisons, bits: &Bits) -> Vec<Patterns> {
    let totals = comparisons.effects.iter().filter(|c| c.id.kind == "total" && !c.id.over_strata);
    totals
        .filter_map(|total| {
            let direct = comparisons.beside(&total.id, "direct").filter(|d| d.pairs.len() == 2)?;
            // Y(t,r) and Y(r,r), then Y(t,t) and Y(r,t).
            let (shown, whole) = (direct.pairs[0], direct.pairs[1]);
            let arms = [shown.reference, shown.target, whole.reference, whole.target];
            let mut counts = [0u64; WORDS.len()];
            for unit in 0..bits.by_arm[0].len() {
                let cell = arms.map(|arm| bits.by_arm[arm][unit]);
                if cell.contains(&ABSENT) {
                    continue;
                }
                let [reference, shown, followed, target] = cell.map(|bit| bit == 1);
                let found = ResponsePattern::of(reference, shown, followed, target);
                counts[WORDS.iter().position(|(p, _)| *p == found).expect("all patterns are listed")] += 1;
            }
            let named = WORDS.iter().zip(counts);
            Some(Patterns {
                contrast: total.id.clone(),
                units: counts.iter().sum(),
                counts: named
                    .map(|((_, word), units)| PatternCount { pattern: (*word).to_owned(), units })
                    .collect(),
            })
        })
        .collect()
}
