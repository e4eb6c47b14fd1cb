//! Surnames by rank.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::counts::Entry;
use super::ranking::Ranking;
use super::shipped::{ListKind, of_kind};
use super::{NamesError, own_list, table};

/// A list of surnames, ready to draw from. A name is a *code*: its place in
/// [`names`](Surnames::names).
#[derive(Debug)]
pub struct Surnames {
    names: Vec<String>,
    ranking: Ranking,
}

/// Lists that were asked for already, by id.
static LOADED: Mutex<BTreeMap<&'static str, Arc<Surnames>>> = Mutex::new(BTreeMap::new());

impl Surnames {
    /// A shipped list, such as `us/surnames`. It is unpacked when it is first asked for, and
    /// shared from then on.
    pub fn shipped(id: &str) -> Result<Arc<Surnames>, NamesError> {
        let list = of_kind(id, ListKind::Surnames)?;
        // A list is inserted whole or not at all, so a poisoned lock guards sound data.
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        let names =
            loaded.entry(list.id).or_insert_with(|| Arc::new(Surnames::ranked(table::surnames(list.table))));
        Ok(Arc::clone(names))
    }

    /// A list of one's own: CSV with the columns `name` and `count` (whole numbers), in any
    /// order. Repeated names add up, rows with count 0 are skipped.
    pub fn from_csv(text: &str) -> Result<Arc<Surnames>, NamesError> {
        own_list::surnames(text).map(|list| Arc::new(Surnames::ranked(list)))
    }

    fn ranked((names, entries): (Vec<String>, Vec<Entry>)) -> Surnames {
        Surnames { names, ranking: Ranking::new(&entries) }
    }

    /// The dictionary, in code point order: a code is a place in it.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The code of a name, written exactly as in the list.
    pub fn code(&self, name: &str) -> Option<u32> {
        self.names.binary_search_by(|listed| listed.as_str().cmp(name)).ok().map(|code| code as u32)
    }

    /// The name at rank u ∈ (0, 1): the code of the first name, by falling frequency (ties by
    /// code), at which the cumulative share reaches u. Exact, and the same on every platform.
    #[inline]
    pub fn quantile(&self, u: f64) -> u32 {
        self.ranking.quantile(u)
    }

    /// [F(x−), F(x)]: the cumulative shares before and with this name, summed anew from the
    /// counts. The ranks u of those who bear it are F(x−) < u ≤ F(x).
    ///
    /// # Panics
    ///
    /// If the code is no place in the dictionary.
    pub fn cumulative(&self, code: u32) -> (f64, f64) {
        self.ranking.cumulative(code).expect("a code is a place in the dictionary")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_us_surnames_have_the_shares_of_the_census() {
        // Census 2000: Smith 2,376,206 persons, Johnson 1,857,160.
        let list = Surnames::shipped("us/surnames").expect("shipped");
        let [smith, johnson] =
            ["Smith", "Johnson"].map(|name| list.cumulative(list.code(name).expect("a common name")));
        assert_eq!(smith.0, 0.0);
        assert_eq!(smith.1, johnson.0);
        assert!(((johnson.1 - johnson.0) / smith.1 - 1_857_160.0 / 2_376_206.0).abs() < 1e-12);
        assert!(((smith.1 - 0.0) - 2_376_206.0 / 202_514_209.0).abs() < 1e-12);
    }

    #[test]
    fn surnames_are_spelt_as_people_write_them() {
        let us = Surnames::shipped("us/surnames").expect("shipped");
        assert!(["McDonald", "McGee", "Obrien", "Delacruz"].iter().all(|name| us.code(name).is_some()));
        assert!(["Mcdonald", "MCDONALD", "Jr"].iter().all(|name| us.code(name).is_none()));
        let fr = Surnames::shipped("fr/surnames").expect("shipped");
        assert!(["Martin", "Le Gall", "L'Huillier", "Lefèvre"].iter().all(|name| fr.code(name).is_some()));
        assert!(fr.code("de Rohan").is_none());
    }

    #[test]
    fn a_list_is_loaded_once_and_shared() {
        let [a, b] = [0, 1].map(|_| Surnames::shipped("fr/surnames").expect("shipped"));
        assert!(Arc::ptr_eq(&a, &b));
    }

    #[test]
    fn a_list_of_the_other_kind_or_of_no_kind_is_refused() {
        let error = Surnames::shipped("fr/first-names").unwrap_err().to_string();
        assert_eq!(
            error,
            "`fr/first-names` is a list of first names, not of surnames (lists of surnames: `fr/surnames`, `us/surnames`)"
        );
        let error = Surnames::shipped("fr/surname").unwrap_err().to_string();
        assert_eq!(error, "no shipped list of names is called `fr/surname` (did you mean `fr/surnames`?)");
    }

    #[test]
    fn an_own_list_is_ranked_by_count() {
        let list = Surnames::from_csv("name,count\nNguyen,1\nTran,2\nLe,1\n").expect("a sound list");
        let drawn = [0.25, 0.5, 0.6, 0.9].map(|u| list.names()[list.quantile(u) as usize].as_str());
        assert_eq!(drawn, ["Tran", "Tran", "Le", "Nguyen"]);
    }

    #[test]
    fn values_stay_what_they_were() {
        let mut found = String::new();
        for id in ["fr/surnames", "us/surnames"] {
            let list = Surnames::shipped(id).expect("shipped");
            let names =
                (0..20).map(|i| list.names()[list.quantile((f64::from(i) + 0.5) / 20.0) as usize].as_str());
            found += &format!("{id}: {}\n", names.collect::<Vec<_>>().join(", "));
        }
        // By golden/exact.py: exact fractions over the publication, not over the tables.
        assert_eq!(found, include_str!("golden/surnames.txt"), "{found}");
    }
}
