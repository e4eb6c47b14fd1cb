//! The search for slices in which the effect differs: found on one half of the units, confirmed on the other.

use super::comparison::Comparison;
use super::cut::{Cut, NOWHERE};
use super::decisions::Over;
use super::effects::{Prepared, impossible};
use super::evaluation::{Discovery, Found, SliceEffect};
use super::options::Settings;
use crate::error::Result;
use crate::stats::{Sample, benjamini_hochberg};

/// Slices that are tried on the other half: the strongest of those looked at.
const MOST_TRIED: usize = 20;
/// Units that a slice, and the rest, must have in the half that is searched.
const FEWEST_UNITS: u64 = 50;
/// Parts that numbers are cut into.
pub(super) const PARTS: usize = 4;

/// Whether a unit is in the half that is searched: by the bits of its number, so that no order of units matters.
pub(super) fn is_searched(unit: usize) -> bool {
    // The finaliser of splitmix64 (Steele, Lea and Flood 2014).
    let mut z = (unit as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) & 1 == 0
}

/// Looks at every part of every column and every conjunction of two; cuts are found on the searched half.
pub(super) fn discover(
    prepared: &Prepared,
    comparison: &Comparison,
    cuts: &[Cut],
    settings: &Settings,
) -> Result<Option<Discovery>> {
    if !prepared.answers.has_mean() || cuts.is_empty() {
        return Ok(None);
    }
    let values = &prepared.answers.values;
    let effects: Vec<f64> =
        (0..prepared.answers.units()).map(|unit| comparison.effect(|arm| values[arm][unit])).collect();
    let search = Half::of(&effects, cuts, true);
    let confirm = Half::of(&effects, cuts, false);
    let mut candidates: Vec<(f64, usize)> = Vec::new();
    let mut looked_at = 0;
    for at in 0..search.sums.len() {
        let Some((inside, outside)) = search.samples(at) else { continue };
        if inside.units < FEWEST_UNITS || outside.units < FEWEST_UNITS {
            continue;
        }
        looked_at += 1;
        candidates.push((inside.welch_p(&outside), at));
    }
    candidates.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    candidates.truncate(MOST_TRIED);
    let mut found = Vec::new();
    for (_, at) in &candidates {
        let Some((inside, outside)) = confirm.samples(*at) else { continue };
        let terms = search.index.terms(cuts, *at);
        let units = members(cuts, &terms, &effects);
        let measured = prepared.mean(comparison, Over::Some(&units))?;
        found.push(Found {
            slice: SliceEffect {
                terms: terms.iter().map(|(cut, part)| cuts[*cut].terms[*part].clone()).collect(),
                units: inside.units,
                estimate: Some(inside.mean),
                interval: measured.map(|m| m.bounds(settings.alpha)),
                p: inside.welch_p(&outside),
                p_adjusted: 1.0,
            },
            outside: Some(outside.mean),
            searched_estimate: search.samples(*at).map_or(0.0, |(inside, _)| inside.mean),
            confirmed: false,
        });
    }
    adjust(&mut found, settings)?;
    Ok(Some(Discovery {
        contrast: comparison.id.clone(),
        looked_at,
        tried: found.len() as u64,
        search_units: search.all[0] as u64,
        confirm_units: confirm.all[0] as u64,
        found,
    }))
}

fn adjust(found: &mut [Found], settings: &Settings) -> Result<()> {
    let p: Vec<f64> = found.iter().map(|f| f.slice.p).collect();
    if p.is_empty() {
        return Ok(());
    }
    let adjusted = benjamini_hochberg(&p).map_err(impossible)?;
    for (one, p) in found.iter_mut().zip(adjusted) {
        one.slice.p_adjusted = p;
        one.confirmed = p <= settings.alpha.value();
    }
    found.sort_by(|a, b| a.slice.p.total_cmp(&b.slice.p));
    Ok(())
}

/// The units of the confirming half in all those parts.
fn members(cuts: &[Cut], terms: &[(usize, usize)], effects: &[f64]) -> Vec<u32> {
    let is_in = |unit: &usize| {
        !is_searched(*unit)
            && !effects[*unit].is_nan()
            && terms.iter().all(|(cut, part)| usize::from(cuts[*cut].of_unit[*unit]) == *part)
    };
    (0..effects.len()).filter(is_in).map(|unit| unit as u32).collect()
}

/// Numbers for single parts and for conjunctions of parts of two columns.
struct Index {
    /// By column: the number of its first part.
    first: Vec<usize>,
    singles: usize,
}

impl Index {
    fn of(cuts: &[Cut]) -> Self {
        let mut first = Vec::with_capacity(cuts.len());
        let mut singles = 0;
        for cut in cuts {
            first.push(singles);
            singles += cut.terms.len();
        }
        Self { first, singles }
    }

    fn len(&self) -> usize {
        self.singles + self.singles * self.singles
    }

    fn pair(&self, a: usize, b: usize) -> usize {
        self.singles + a * self.singles + b
    }

    /// (column, part) of one or two parts.
    fn terms(&self, cuts: &[Cut], at: usize) -> Vec<(usize, usize)> {
        let single = |number: usize| {
            let cut = (0..cuts.len()).rev().find(|c| self.first[*c] <= number).unwrap_or(0);
            (cut, number - self.first[cut])
        };
        match at.checked_sub(self.singles) {
            None => vec![single(at)],
            Some(pair) => vec![single(pair / self.singles), single(pair % self.singles)],
        }
    }
}

/// n, Σd and Σd² of one half: over all its units, and in every slice.
struct Half {
    index: Index,
    all: [f64; 3],
    sums: Vec<[f64; 3]>,
}

impl Half {
    fn of(effects: &[f64], cuts: &[Cut], searched: bool) -> Self {
        let index = Index::of(cuts);
        let mut half = Self { all: [0.0; 3], sums: vec![[0.0; 3]; index.len()], index };
        let add = |sums: &mut [f64; 3], d: f64| {
            sums[0] += 1.0;
            sums[1] += d;
            sums[2] += d * d;
        };
        let mut parts = Vec::with_capacity(cuts.len());
        for (unit, d) in effects.iter().enumerate() {
            if d.is_nan() || is_searched(unit) != searched {
                continue;
            }
            parts.clear();
            for (cut, first) in cuts.iter().zip(&half.index.first) {
                if cut.of_unit[unit] != NOWHERE {
                    parts.push(first + usize::from(cut.of_unit[unit]));
                }
            }
            add(&mut half.all, *d);
            for (at, a) in parts.iter().enumerate() {
                add(&mut half.sums[*a], *d);
                for b in &parts[at + 1..] {
                    let pair = half.index.pair(*a, *b);
                    add(&mut half.sums[pair], *d);
                }
            }
        }
        half
    }

    /// Inside and outside a slice.
    fn samples(&self, at: usize) -> Option<(Sample, Sample)> {
        let [n, sum, squares] = self.sums[at];
        let inside = Sample::of_sums(n as u64, sum, squares)?;
        let outside = Sample::of_sums((self.all[0] - n) as u64, self.all[1] - sum, self.all[2] - squares)?;
        Some((inside, outside))
    }
}
