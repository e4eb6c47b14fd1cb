//! First names by sex, birth year and rank.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::counts::{Counts, births};
use super::epicene::Cohorts;
use super::ranking::Ranking;
use super::shipped::{ListKind, of_kind};
use super::{Epicene, NamesError, Sex, own_list, table};

/// A list of first names, ready to draw from.
///
/// Always holds: every birth year has a name for women and one for men. A name is a *code*: its
/// place in [`names`](FirstNames::names), the same for every sex, year and epicene policy.
#[derive(Debug)]
pub struct FirstNames {
    names: Vec<String>,
    years: (i32, i32),
    /// By sex, then by year from the first.
    rankings: [Vec<Ranking>; 3],
    rarer_shares: Vec<f64>,
    left_out: LeftOut,
}

/// What the epicene policy costs a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeftOut {
    /// Names that stand in no year of either sex.
    pub names: usize,
    /// Share of the births of the list, both sexes and all years together.
    pub births: f64,
}

/// Lists that were asked for already, by id and policy.
static LOADED: Mutex<BTreeMap<(&'static str, u64), Arc<FirstNames>>> = Mutex::new(BTreeMap::new());

impl FirstNames {
    /// A shipped list, such as `fr/first-names`. It is unpacked when it is first asked for with
    /// this policy, and shared from then on.
    pub fn shipped(id: &str, epicene: Epicene) -> Result<Arc<FirstNames>, NamesError> {
        let list = of_kind(id, ListKind::FirstNames)?;
        epicene.check()?;
        let policy = match epicene {
            Epicene::Exclude(bound) => bound.to_bits(),
            Epicene::Include => u64::MAX,
        };
        // A list is inserted whole or not at all, so a poisoned lock guards sound data.
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(names) = loaded.get(&(list.id, policy)) {
            return Ok(Arc::clone(names));
        }
        let names = Arc::new(FirstNames::ranked(table::first_names(list.table), epicene)?);
        loaded.insert((list.id, policy), Arc::clone(&names));
        Ok(names)
    }

    /// A list of one's own: CSV with the columns `name`, `sex` (`F` or `M`), `count` (whole
    /// numbers) and optionally `birth_year`, in any order. Repeated rows add up, rows with count 0
    /// are skipped. Every birth year between the first and the last needs names of both sexes
    /// that the epicene policy lets in.
    pub fn from_csv(text: &str, epicene: Epicene) -> Result<Arc<FirstNames>, NamesError> {
        epicene.check()?;
        Ok(Arc::new(FirstNames::ranked(own_list::first_names(text)?, epicene)?))
    }

    fn ranked(counts: Counts, epicene: Epicene) -> Result<FirstNames, NamesError> {
        let mut cohorts = Cohorts::new(counts.names.len(), counts.cells, epicene);
        let mut rankings = [Vec::new(), Vec::new(), Vec::new()];
        let mut stands = vec![false; counts.names.len()];
        let (mut kept, mut listed) = (0, 0);
        for year in counts.years.0..=counts.years.1 {
            for sex in [Sex::Female, Sex::Male] {
                let (members, cell) = (cohorts.members(sex.index()), cohorts.cell(sex.index()));
                if members.is_empty() {
                    return Err(no_names(sex, year, !cell.is_empty()));
                }
                for entry in &members {
                    stands[entry.code as usize] = true;
                }
                kept += u64::from(births(&members));
                listed += u64::from(births(cell));
                rankings[sex.index()].push(Ranking::new(&members));
            }
            rankings[Sex::Epicene.index()].push(Ranking::new(&cohorts.epicenes()));
            cohorts.next_year();
        }
        let left_out = LeftOut {
            names: stands.iter().filter(|stands| !**stands).count(),
            births: 1.0 - kept as f64 / listed as f64,
        };
        Ok(FirstNames {
            names: counts.names,
            years: counts.years,
            rankings,
            rarer_shares: cohorts.rarer_shares(),
            left_out,
        })
    }

    /// The dictionary, in code point order: a code is a place in it. Names that the epicene
    /// policy leaves out are there too, so that codes do not depend on it.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The code of a name, written exactly as in the list.
    pub fn code(&self, name: &str) -> Option<u32> {
        self.names.binary_search_by(|listed| listed.as_str().cmp(name)).ok().map(|code| code as u32)
    }

    /// First and last birth year; earlier and later births count as these. (0, 0) for a list
    /// without birth years, which is the same for every cohort.
    pub fn years(&self) -> (i32, i32) {
        self.years
    }

    /// Whether every birth year has names for this sex: always so for women and men; an own
    /// list may have too few [epicene](Sex::Epicene) names.
    pub fn offers(&self, sex: Sex) -> bool {
        !self.rankings[sex.index()].iter().any(Ranking::is_empty)
    }

    /// The name at rank u ∈ (0, 1): the code of the first name, by falling frequency among
    /// persons of this sex and birth year, at which the cumulative share reaches u; ties go by
    /// code. With integer counts n₁ ≥ n₂ ≥ … of total T it is min { k : n₁ + … + nₖ ≥ ⌈u·T⌉ }, on
    /// every platform.
    ///
    /// # Panics
    ///
    /// If the list does not [offer](FirstNames::offers) names for this sex.
    #[inline]
    pub fn quantile(&self, sex: Sex, birth_year: i32, u: f64) -> u32 {
        self.ranking(sex, birth_year).quantile(u)
    }

    /// [F(x−), F(x)]: the cumulative shares before and with this name, summed anew from the
    /// counts; `None` if the sex and birth year do not have the name. The ranks u of those who
    /// bear it are F(x−) < u ≤ F(x).
    pub fn cumulative(&self, sex: Sex, birth_year: i32, code: u32) -> Option<(f64, f64)> {
        self.ranking(sex, birth_year).cumulative(code)
    }

    /// How unequally common twins' names are: the mean over ranks u of
    /// |log₁₀ f(u) − log₁₀ g(u)|, f and g being the frequencies, within sex and birth year, of
    /// the two names at rank u. 0.3 says that one name is typically twice as common as the
    /// other. 0 if one of the sexes has no names.
    pub fn commonness_gap(&self, a: Sex, b: Sex, birth_year: i32) -> f64 {
        self.ranking(a, birth_year).commonness_gap(self.ranking(b, birth_year))
    }

    /// Share of the rarer sex among all bearers of a name, over all years.
    ///
    /// # Panics
    ///
    /// If the code is no place in the dictionary.
    pub fn rarer_share(&self, code: u32) -> f64 {
        self.rarer_shares[code as usize]
    }

    /// What the epicene policy costs the lists of women and men: for the data card.
    pub fn left_out(&self) -> LeftOut {
        self.left_out
    }

    #[inline]
    fn ranking(&self, sex: Sex, birth_year: i32) -> &Ranking {
        let (first, last) = self.years;
        &self.rankings[sex.index()][(birth_year.clamp(first, last) - first) as usize]
    }
}

/// The error of a sex and year without names.
fn no_names(sex: Sex, year: i32, all_left_out: bool) -> NamesError {
    let cell = match year {
        0 => format!("sex {sex}"),
        year => format!("sex {sex}, birth year {year}"),
    };
    if all_left_out {
        NamesError::new(format!("{cell}: every name is left out as epicene"))
            .hint("raise the bound on epicene names, or include them")
    } else {
        NamesError::new(format!("{cell}: the list has no name"))
            .hint("every year between the first and the last needs names for both F and M")
    }
}

#[cfg(test)]
mod tests;
