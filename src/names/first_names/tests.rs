//! Tests of first names against the publications and against definitions.

use super::super::{DEFAULT_BOUND, EPICENE_SHARE};
use super::*;
use proptest::prelude::*;

const LISTS: [&str; 2] = ["fr/first-names", "us/first-names"];
const SEXES: [Sex; 3] = [Sex::Female, Sex::Male, Sex::Epicene];

fn shipped(id: &str) -> Arc<FirstNames> {
    FirstNames::shipped(id, Epicene::default()).expect("shipped")
}

/// Share of a name within its sex and birth year.
fn share(list: &FirstNames, sex: Sex, year: i32, name: &str) -> Option<f64> {
    let (before, upto) = list.cumulative(sex, year, list.code(name).expect("a known name"))?;
    Some(upto - before)
}

#[test]
fn well_known_names_have_the_shares_of_the_publications() {
    // Births as published (Insee nat2019, SSA national data), and the births of that sex and year
    // under all kept names, both counted from the publications apart from this program.
    for (id, sex, year, name, births, kept) in [
        ("fr/first-names", Sex::Female, 1950, "Marie", 28_122, 428_924),
        ("fr/first-names", Sex::Female, 1950, "Marie-Claude", 3_029, 428_924),
        ("fr/first-names", Sex::Male, 1950, "Jean", 38_391, 450_431),
        ("fr/first-names", Sex::Male, 2019, "Gabriel", 4_987, 334_474),
        ("fr/first-names", Sex::Male, 1990, "Camille", 666, 391_269),
        ("us/first-names", Sex::Female, 1947, "Linda", 99_693, 1_762_603),
        ("us/first-names", Sex::Male, 1950, "Mary", 119, 1_785_627),
        ("us/first-names", Sex::Male, 2024, "Liam", 22_164, 1_654_510),
    ] {
        let list = FirstNames::shipped(id, Epicene::Include).expect("shipped");
        let found = share(&list, sex, year, name).expect("a name of the year");
        let expected = f64::from(births) / f64::from(kept);
        assert!((found - expected).abs() < 1e-12, "{name} {year}: {found} for {expected}");
    }
}

#[test]
fn births_outside_the_years_count_as_the_nearest() {
    let list = shipped("fr/first-names");
    for u in [0.1, 0.5, 0.9] {
        assert_eq!(list.quantile(Sex::Female, i32::MIN, u), list.quantile(Sex::Female, 1930, u));
        assert_eq!(list.quantile(Sex::Male, i32::MAX, u), list.quantile(Sex::Male, 2019, u));
    }
}

#[test]
fn a_name_that_says_both_sexes_is_in_neither_list() {
    let fr = shipped("fr/first-names");
    for name in ["Camille", "Claude", "Dominique"] {
        let code = fr.code(name).expect("listed");
        for year in 1930..=2019 {
            for sex in [Sex::Female, Sex::Male] {
                assert_eq!(fr.cumulative(sex, year, code), None, "{name} {year}");
            }
        }
    }
    // Claude is a man's name for seven in eight, so it is not epicene enough to be drawn.
    assert_eq!(share(&fr, Sex::Epicene, 1950, "Claude"), None);
    assert!(share(&fr, Sex::Epicene, 1955, "Dominique").is_some_and(|share| share > 0.1));
}

#[test]
fn a_clerical_error_never_makes_a_boy_a_mary() {
    let us = shipped("us/first-names");
    let mary = us.code("Mary").expect("listed");
    assert!((1930..=2024).all(|year| us.cumulative(Sex::Male, year, mary).is_none()));
    assert!((1930..=2024).all(|year| us.cumulative(Sex::Female, year, mary).is_some()));
}

#[test]
fn a_name_that_changed_sex_is_left_out_before_and_after() {
    let us = shipped("us/first-names");
    let leslie = us.code("Leslie").expect("listed");
    for year in [1930, 1950, 1970, 1990, 2020] {
        for sex in [Sex::Female, Sex::Male] {
            assert_eq!(us.cumulative(sex, year, leslie), None, "{year}");
        }
    }
    let included = FirstNames::shipped("us/first-names", Epicene::Include).expect("shipped");
    assert!(share(&included, Sex::Male, 1940, "Leslie").is_some_and(|share| share > 0.001));
}

#[test]
fn no_name_stands_in_both_lists_and_the_bound_holds() {
    for id in LISTS {
        let list = shipped(id);
        for (women, men) in list.rankings[0].iter().zip(&list.rankings[1]) {
            let mut borne = vec![false; list.names.len()];
            for &code in women.codes().iter().chain(men.codes()) {
                let before = std::mem::replace(&mut borne[code as usize], true);
                assert!(!before, "{}", list.names[code as usize]);
                assert!(list.rarer_share(code) <= DEFAULT_BOUND);
            }
        }
    }
}

#[test]
fn every_year_of_a_shipped_list_offers_epicene_names() {
    for (id, least) in LISTS.into_iter().zip([32, 176]) {
        let list = shipped(id);
        assert!(list.offers(Sex::Epicene));
        let rankings = &list.rankings[Sex::Epicene.index()];
        assert_eq!(rankings.iter().map(|ranking| ranking.codes().len()).min(), Some(least), "{id}");
        let mut codes = rankings.iter().flat_map(Ranking::codes);
        assert!(codes.all(|&code| list.rarer_share(code) > EPICENE_SHARE));
    }
}

#[test]
fn leaving_epicene_names_out_costs_what_the_documentation_says() {
    let [fr, us] = LISTS.map(|id| shipped(id).left_out());
    assert!((fr.births - 0.034).abs() < 0.0005, "{fr:?}");
    assert!((us.births - 0.097).abs() < 0.0005, "{us:?}");
    let all = FirstNames::shipped("fr/first-names", Epicene::Include).expect("shipped").left_out();
    assert_eq!(all, LeftOut { names: 0, births: 0.0 });
}

#[test]
fn codes_do_not_depend_on_the_policy_and_lists_are_shared() {
    let [a, b] = [0.05, 0.02]
        .map(|bound| FirstNames::shipped("fr/first-names", Epicene::Exclude(bound)).expect("shipped"));
    assert_eq!(a.names(), b.names());
    assert!(Arc::ptr_eq(&a, &shipped("fr/first-names")));
    assert!(FirstNames::shipped("fr/first-names", Epicene::Exclude(f64::NAN)).is_err());
}

#[test]
fn twins_names_are_about_equally_common() {
    for id in LISTS {
        let list = shipped(id);
        let (first, last) = list.years();
        for year in first..=last {
            let gap = list.commonness_gap(Sex::Female, Sex::Male, year);
            assert!(gap > 0.0 && gap < 0.5, "{id} {year}: {gap}");
            assert!((gap - list.commonness_gap(Sex::Male, Sex::Female, year)).abs() < 1e-9);
            assert_eq!(list.commonness_gap(Sex::Male, Sex::Male, year), 0.0);
        }
    }
}

#[test]
fn the_gap_in_commonness_is_the_mean_over_ranks() {
    // Another road: the mean over a fine grid of ranks, with frequencies summed anew.
    let list = shipped("fr/first-names");
    let steps = 2_000;
    let log_share = |sex, u| {
        let (before, upto) = list.cumulative(sex, 1980, list.quantile(sex, 1980, u)).expect("drawn");
        (upto - before).log10()
    };
    let mean = (0..steps)
        .map(|i| (f64::from(i) + 0.5) / f64::from(steps))
        .map(|u| f64::abs(log_share(Sex::Female, u) - log_share(Sex::Male, u)))
        .sum::<f64>()
        / f64::from(steps);
    let gap = list.commonness_gap(Sex::Female, Sex::Male, 1980);
    assert!((gap - mean).abs() < 0.01, "{gap} for {mean}");
}

#[test]
fn an_own_list_without_birth_years_is_one_cohort() {
    let list =
        FirstNames::from_csv("name,sex,count\nAnna,F,3\nTom,M,1\n", Epicene::default()).expect("sound");
    assert_eq!(list.years(), (0, 0));
    assert_eq!(list.names()[list.quantile(Sex::Male, 1984, 0.5) as usize], "Tom");
    assert!(!list.offers(Sex::Epicene));
    assert!(list.offers(Sex::Female));
}

#[test]
fn an_own_list_with_a_gap_says_which_sex_and_year() {
    let refusal = |text| FirstNames::from_csv(text, Epicene::default()).unwrap_err().to_string();
    assert_eq!(
        refusal("name,sex,birth_year,count\nAnna,F,1950,3\nTom,M,1950,1\nAnna,F,1951,1\nTom,M,1952,1\n"),
        "sex M, birth year 1951: the list has no name (every year between the first and the last needs names for both F and M)"
    );
    assert_eq!(
        refusal("name,sex,count\nAlex,F,3\nAlex,M,3\nTom,M,9\n"),
        "sex F: every name is left out as epicene (raise the bound on epicene names, or include them)"
    );
}

#[test]
fn epicene_names_are_weighted_by_the_mean_of_the_two_shares() {
    // Alex: half of the girls, a tenth of the boys; Sam: a tenth of the girls, a fifth of the boys.
    let csv = "name,sex,count\nAlex,F,5\nSam,F,1\nAnna,F,4\nAlex,M,10\nSam,M,20\nTom,M,70\n";
    let list = FirstNames::from_csv(csv, Epicene::default()).expect("sound");
    assert!(share(&list, Sex::Epicene, 0, "Alex").is_none_or(|share| (share - 1.0).abs() < 1e-8));
    // Sam: 1 girl in 21 bearers is too few to be epicene.
    assert_eq!(share(&list, Sex::Epicene, 0, "Sam"), None);
    let csv = csv.replace("Sam,M,20", "Sam,M,3");
    let list = FirstNames::from_csv(&csv, Epicene::default()).expect("sound");
    let (alex, sam) = (0.5 + 10.0 / 83.0, 0.1 + 3.0 / 83.0);
    let found = share(&list, Sex::Epicene, 0, "Alex").expect("epicene");
    assert!((found - alex / (alex + sam)).abs() < 1e-8, "{found}");
}

#[test]
fn values_stay_what_they_were() {
    let mut found = String::new();
    for id in LISTS {
        let list = shipped(id);
        for (sex, year) in SEXES.into_iter().flat_map(|sex| [1955, 1985, 2015].map(|year| (sex, year))) {
            let names = (0..20).map(|i| {
                list.names()[list.quantile(sex, year, (f64::from(i) + 0.5) / 20.0) as usize].as_str()
            });
            found += &format!("{id} {sex} {year}: {}\n", names.collect::<Vec<_>>().join(", "));
        }
    }
    // By golden/exact.py: exact fractions over the publications, not over the tables.
    assert_eq!(found, include_str!("../golden/first_names.txt"), "{found}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn twins_stand_at_the_same_cumulative_share_and_differ_in_sex(
        us in any::<bool>(),
        year in 1925..2030,
        u in 0.000_001_f64..1.0,
    ) {
        let list = shipped(LISTS[usize::from(us)]);
        let codes = SEXES.map(|sex| list.quantile(sex, year, u));
        for (sex, code) in SEXES.into_iter().zip(codes) {
            let (before, upto) = list.cumulative(sex, year, code).expect("drawn");
            prop_assert!(before < u && u <= upto, "{} {}: {} < {} <= {}", sex, code, before, u, upto);
        }
        prop_assert_ne!(codes[0], codes[1]);
        prop_assert_eq!(list.cumulative(Sex::Male, year, codes[0]), None);
        prop_assert_eq!(list.cumulative(Sex::Female, year, codes[1]), None);
    }
}
