//! Hostile and sound lists.

use super::*;
use proptest::prelude::*;

fn refusal(text: &str) -> String {
    first_names(text).expect_err("a refusal").to_string()
}

#[test]
fn columns_come_in_any_order_and_repeated_rows_add_up() {
    let list =
        first_names("count,birth_year,name,sex\n3,1990, Zoé ,F\n4,1990,Zoé,F\n2,1991,Ali,M\n0,1991,Bo,M\n")
            .expect("a sound list");
    assert_eq!(list.names, ["Ali", "Zoé"]);
    assert_eq!(list.years, (1990, 1991));
    assert_eq!(list.cells[0], [vec![Entry { code: 1, count: 7 }], vec![]]);
    assert_eq!(list.cells[1], [vec![], vec![Entry { code: 0, count: 2 }]]);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_read() {
    let list = first_names("\u{feff}name,sex,count\r\nZoé,F,3\r\nAli,M,2\r\n").expect("a sound list");
    assert_eq!((list.names.len(), list.years), (2, (UNDATED, UNDATED)));
}

#[test]
fn hostile_lists_are_refused_with_line_value_and_remedy() {
    for (text, expected) in [
        ("name,sex,count\n12,F,1\n", "line 2: the name `12` has no letter (are the columns in order?)"),
        ("", "the list is empty (the first line is `name,sex,count,birth_year`)"),
        ("\n\n", "the list is empty (the first line is `name,sex,count,birth_year`)"),
        (
            "name,sex,count\n",
            "the list has no row with a count above 0 (a row is a name and how many people bear it)",
        ),
        (
            "name;sex;count\nZoé;F;3\n",
            "line 1: the header `name;sex;count` has a single column (separate the columns by commas)",
        ),
        (
            "name,sex\nZoé,F\n",
            "line 1: the column `count` is missing (the header is `name,sex,count,birth_year`, in any order)",
        ),
        ("name,sex,count,birthyear\n", "line 1: unknown column `birthyear` (did you mean `birth_year`?)"),
        ("name,sex,count,name\n", "line 1: the column `name` stands there twice"),
        (
            "name,sex,count\nZoé,F\n",
            "line 2: the row has 2 values where the header has 3 (quote a value that holds a comma)",
        ),
        (
            "name,sex,count\nZoé,X,1\n",
            "line 2: `sex` must be F or M, found `X` (epicene names are found from their counts for F and M)",
        ),
        (
            "name,sex,count,birth_year\nZoé,F,1,90\n",
            "line 2: `birth_year` must be a year between 1800 and 2100, found `90` (leave the column out if the list has no birth years)",
        ),
        ("name,sex,count\n,F,1\n", "line 2: the name is empty (give it, or drop the row)"),
    ] {
        assert_eq!(refusal(text), expected);
    }
}

#[test]
fn a_count_is_a_whole_number_that_fits() {
    for count in ["NaN", "-2", "1.5", "1e3", "", "99999999999999999999", "4294967296", "inf"] {
        let error = refusal(&format!("name,sex,count\nAli,M,1\nZoé,F,{count}\n"));
        assert!(error.starts_with("line 3: `count` must be a whole number"), "{error}");
        assert!(error.contains(&format!("found `{count}`")), "{error}");
    }
}

#[test]
fn counts_that_overflow_together_are_refused_at_the_line_that_does_it() {
    let error = refusal("name,sex,count\nZoé,F,4294967295\nZoé,M,4294967295\nAnna,F,1\n");
    assert!(error.starts_with("line 4: with this count of 1 the list holds more than 4294967295"), "{error}");
    assert!(surnames("name,count\nMartin,4294967295\nPetit,1\n").is_err());
}

#[test]
fn an_open_quote_is_refused_and_long_values_are_shown_short() {
    let error = refusal("name,sex,count\n\"Zoé,F,3\nAli,M,2\n");
    assert!(error.starts_with("line 2: "), "{error}");
    let error = refusal(&format!("name,sex,count\n{},F,3\n", "z".repeat(1 << 20)));
    assert!(error.len() < 200, "{error}");
}

#[test]
fn a_hundred_thousand_rows_are_read() {
    let mut text = String::from("name,sex,count,birth_year\n");
    for row in 0..100_000 {
        text += &format!("n{},{},{},{}\n", row % 5_000, ["F", "M"][row % 2], 1 + row % 9, 1950 + row % 60);
    }
    let list = first_names(&text).expect("a sound list");
    assert_eq!(list.names.len(), 5_000);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "(name|sex|count|birth_year|[,;\"\n\r]|F|M|\\PC|[0-9]{1,12}){0,40}") {
        let _ = first_names(&text);
        let _ = surnames(&text);
    }
}
