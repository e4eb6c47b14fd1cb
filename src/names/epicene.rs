//! Names that both sexes bear.
//!
//! The *share of the other sex* of a name in the list of one sex is looked at twice: over all
//! years of the list, and over the births within [`WINDOW`] years of the birth year. Both
//! views count, because a reader of a name knows only sometimes how old its bearer is: Leslie
//! was a man's name in the United States of 1940 and is a woman's name now, so it says little
//! over all years, while Lauren was shared for a while and hardly ever is over the century.

use super::NamesError;
use super::counts::{Entry, births};

/// The default bound of [`Epicene::Exclude`].
///
/// Registers hold clerical errors: among the sixty commonest US names the other sex has a
/// share of 0.2 to 0.5 % ("John", girl), so a bound near that would measure the clerks, and at
/// 2 % Ryan, Jerry and Tyler fall. At 5 % a reader who takes the name at its word is wrong once
/// in twenty times at most; it costs 3.4 % of the French births and 9.7 % of the US ones
/// (at 2 %: 4.1 and 14.2 %; at 10 %: 2.7 and 7.3 %).
pub const DEFAULT_BOUND: f64 = 0.05;

/// A name is drawn for [`Sex::Epicene`](super::Sex::Epicene) if its rarer sex has more than
/// this share of it. At 0.2 every French birth year has at least 32 such names and every US
/// one at least 176; at 0.3 some French years have 13.
pub const EPICENE_SHARE: f64 = 0.2;

/// Years before and after a birth year that count as its cohort: a generation of namesakes,
/// wide enough that a name of a few births a year has a share at all.
pub const WINDOW: usize = 10;

/// What becomes of the names that both sexes bear in the lists of women and men.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Epicene {
    /// A name stands in the list of a sex and birth year only if the other sex has at most this
    /// share of it, over all years and around the birth year. So a name stands in one
    /// list at most, and neither a female John nor a Camille occurs. The bound is between
    /// 0 (names never given to the other sex) and 0.5.
    Exclude(f64),
    /// Every name stands in each list with all its births, clerical errors too.
    Include,
}

impl Default for Epicene {
    fn default() -> Epicene {
        Epicene::Exclude(DEFAULT_BOUND)
    }
}

impl Epicene {
    pub(super) fn check(self) -> Result<(), NamesError> {
        match self {
            Epicene::Exclude(bound) if !(0.0..=0.5).contains(&bound) => Err(NamesError::new(format!(
                "the bound on epicene names must be between 0 and 0.5, found {bound}"
            ))
            .hint("it is the largest share of the other sex; 0.05 is the default")),
            _ => Ok(()),
        }
    }

    fn bound(self) -> f64 {
        match self {
            Epicene::Exclude(bound) => bound,
            Epicene::Include => 1.0,
        }
    }
}

/// The years of a list in order, each with the births of every name around it.
pub(super) struct Cohorts {
    /// By sex and year, empty where no later year looks.
    cells: [Vec<Vec<Entry>>; 2],
    /// Births of each name, female and male, over all years.
    overall: Vec<[u64; 2]>,
    /// The same within [`WINDOW`] years of the current year.
    around: Vec<[u64; 2]>,
    year: usize,
    bound: f64,
    /// What `overall` says of each name in the list of each sex.
    standing: Vec<[Standing; 2]>,
    /// Whether `overall` says that a name is epicene.
    epicene: Vec<bool>,
}

/// Whether a name stands in the list of a sex, as far as all years together tell: most names
/// are settled by that, which spares looking at every cohort.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Always,
    Never,
    IfClearAround,
}

impl Cohorts {
    /// Starts at the first year of the cells of a list of so many names.
    pub(super) fn new(names: usize, cells: [Vec<Vec<Entry>>; 2], policy: Epicene) -> Cohorts {
        let overall = totals(names, &cells);
        let bound = policy.bound();
        let standing = overall.iter().map(|births| [0, 1].map(|sex| standing(births, sex, bound)));
        let mut cohorts = Cohorts {
            cells,
            around: vec![[0; 2]; names],
            year: 0,
            bound,
            standing: standing.collect(),
            epicene: overall.iter().map(is_epicene).collect(),
            overall,
        };
        for year in 0..=WINDOW {
            cohorts.slide(year, |sum, count| *sum += count);
        }
        cohorts
    }

    /// Goes on to the next year.
    pub(super) fn next_year(&mut self) {
        if let Some(left) = self.year.checked_sub(WINDOW) {
            self.slide(left, |sum, count| *sum -= count);
            // Gives its memory to the rankings to come: new pages take a third of the time here.
            self.cells.iter_mut().for_each(|cells| cells[left] = Vec::new());
        }
        self.year += 1;
        self.slide(self.year + WINDOW, |sum, count| *sum += count);
    }

    fn slide(&mut self, year: usize, change: impl Fn(&mut u64, u64)) {
        for (sex, cells) in self.cells.iter().enumerate() {
            for entry in cells.get(year).into_iter().flatten() {
                change(&mut self.around[entry.code as usize][sex], u64::from(entry.count));
            }
        }
    }

    /// Share of the rarer sex of each name over all years.
    pub(super) fn rarer_shares(&self) -> Vec<f64> {
        self.overall.iter().map(|&[f, m]| f.min(m) as f64 / (f + m) as f64).collect()
    }

    /// The births of a sex (0 female, 1 male) in the current year.
    pub(super) fn cell(&self, sex: usize) -> &[Entry] {
        &self.cells[sex][self.year]
    }

    /// The names of a sex (0 female, 1 male) in the current year that the policy lets in.
    pub(super) fn members(&self, sex: usize) -> Vec<Entry> {
        filtered(self.cell(sex), |name| {
            let standing = self.standing[name][sex];
            let clear = is_clear(&self.around[name], sex, self.bound);
            (standing == Standing::Always) | (standing == Standing::IfClearAround) & clear
        })
    }

    /// The epicene names of the current year by rising code, each with the sum of its shares
    /// among girls and among boys, in units of 2⁻³⁰ (rounded down, so that they are integers
    /// and sum to less than 2³²; a share below the unit drops the name).
    pub(super) fn epicenes(&self) -> Vec<Entry> {
        let [girls, boys] = [0, 1].map(|sex| {
            let cell = self.cell(sex);
            let total = u64::from(births(cell));
            let mut names = filtered(cell, |name| self.epicene[name] & is_epicene(&self.around[name]));
            for entry in &mut names {
                entry.count = ((u64::from(entry.count) << 30) / total) as u32;
            }
            names
        });
        let mut both = [girls, boys].concat();
        both.sort_by_key(|entry| entry.code);
        both.dedup_by(|next, kept| {
            let same = next.code == kept.code;
            if same {
                kept.count += next.count;
            }
            same
        });
        both.retain(|entry| entry.count > 0);
        both
    }
}

/// The entries whose names pass.
///
/// Every entry is written and the place moves on only behind those that pass: which names do is
/// hard to predict, and a branch would take twice as long.
fn filtered(cell: &[Entry], pass: impl Fn(usize) -> bool) -> Vec<Entry> {
    let mut passed = vec![Entry { code: 0, count: 0 }; cell.len()];
    let mut len = 0;
    for entry in cell {
        passed[len] = *entry;
        len += usize::from(pass(entry.code as usize));
    }
    passed.truncate(len);
    passed
}

/// Births of each name over all years, female and male.
fn totals(names: usize, cells: &[Vec<Vec<Entry>>; 2]) -> Vec<[u64; 2]> {
    let mut totals = vec![[0; 2]; names];
    for (sex, cells) in cells.iter().enumerate() {
        for entry in cells.iter().flatten() {
            totals[entry.code as usize][sex] += u64::from(entry.count);
        }
    }
    totals
}

fn standing(births: &[u64; 2], sex: usize, bound: f64) -> Standing {
    if births[1 - sex] == 0 || bound >= 1.0 {
        Standing::Always
    } else if is_clear(births, sex, bound) {
        Standing::IfClearAround
    } else {
        Standing::Never
    }
}

fn is_clear(births: &[u64; 2], sex: usize, bound: f64) -> bool {
    births[1 - sex] as f64 <= bound * (births[0] + births[1]) as f64
}

fn is_epicene(&[f, m]: &[u64; 2]) -> bool {
    f.min(m) as f64 > EPICENE_SHARE * (f + m) as f64
}

#[cfg(test)]
mod tests {
    use super::super::own_list;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bound_that_is_no_share_is_refused() {
        for bound in [f64::NAN, -0.01, 0.51, f64::INFINITY] {
            assert!(Epicene::Exclude(bound).check().is_err(), "{bound}");
        }
        assert_eq!(Epicene::Exclude(0.5).check(), Ok(()));
        assert_eq!(Epicene::Include.check(), Ok(()));
    }

    proptest! {
        #[test]
        fn the_sliding_sums_are_the_sums_of_the_window(
            births in prop::collection::vec((0_usize..2, 0_usize..40, 0_u32..3, 1_u32..100), 0..200),
        ) {
            // A filler name makes every sex and year occur.
            let mut csv = String::from("name,sex,birth_year,count\n");
            for year in 0..40 {
                csv += &format!("zoe,F,{0},1\nzoe,M,{0},1\n", 1950 + year);
            }
            for (sex, year, name, count) in &births {
                csv += &format!("n{name},{},{},{count}\n", ["F", "M"][*sex], 1950 + year);
            }
            let counts = own_list::first_names(&csv).expect("a sound list");
            let mut cohorts = Cohorts::new(counts.names.len(), counts.cells, Epicene::default());
            for year in 0..40_usize {
                for sex in 0..2 {
                    for (code, name) in counts.names.iter().enumerate().filter(|(_, name)| *name != "zoe") {
                        let expected: u64 = births.iter()
                            .filter(|(s, y, n, _)| *s == sex && y.abs_diff(year) <= WINDOW && format!("n{n}") == *name)
                            .map(|(_, _, _, count)| u64::from(*count))
                            .sum();
                        prop_assert_eq!(cohorts.around[code][sex], expected);
                    }
                }
                cohorts.next_year();
            }
        }
    }
}
