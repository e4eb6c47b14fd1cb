//! Formulas written to break things.

use proptest::prelude::*;

use super::world::*;
use crate::formula::{Formula, Problem, ProblemKind};

fn refused(text: &str) -> Vec<Problem> {
    let problems = checked(text).expect_err("it should be refused");
    assert!(!problems.is_empty());
    for problem in &problems {
        assert!(text.get(problem.at.clone()).is_some(), "{problem:?}");
        assert!(!problem.message.contains(|c: char| c.is_control()), "{problem:?}");
    }
    problems
}

#[test]
fn deep_nesting_is_one_problem() {
    for pattern in [
        "(",
        "-",
        "2^",
        "not ",
        "if ",
        "abs(",
        "if true then ",
        "1 in [",
        "max(1, ",
        "(1 + ",
        "(1 or 1 and 1 == 1 + 1 * 1 ^ ",
    ] {
        let text = pattern.repeat(9_990 / pattern.len());
        let problems = refused(&text);
        assert_eq!(problems.len(), 1, "{pattern}: {problems:?}");
        assert_eq!(problems[0].kind, ProblemKind::TooDeep, "{pattern}");
    }
    let closed = format!("{}1{}", "(".repeat(4_000), ")".repeat(4_000));
    assert_eq!(refused(&closed)[0].kind, ProblemKind::TooDeep);
    assert_eq!(refused(&closed)[0].at, 64..65);
}

#[test]
fn what_is_nested_64_deep_is_allowed() {
    assert_eq!(constant(&format!("{}1{}", "(".repeat(64), ")".repeat(64))), 1.0);
    assert_eq!(constant(&format!("{}1", "-".repeat(64))), 1.0);
    let text: String = (0..64).map(|i| format!("if age < {i} then '{i}' else ")).collect();
    assert_eq!(strings(&format!("{text}'z'")), ["22", "31", "39", "43", "56", "z"]);
}

#[test]
fn long_sums_are_no_nesting() {
    let sum = vec!["age"; 2_000].join("+");
    assert_eq!(numbers(&sum)[0], 42_000.0);
    let logic = vec!["flag"; 1_200].join(" or ");
    assert_eq!(truths(&logic), truths("flag"));
    let cities = vec!["city == 'Lyon'"; 500].join(" or ");
    assert_eq!(truths(&cities), truths("city == 'Lyon'"));
    assert_eq!(constant(&format!("max({})", vec!["1"; 4_000].join(","))), 1.0);
}

#[test]
fn long_texts_are_refused_unread() {
    for text in ["1 + ".repeat(250_000), "é".repeat(5_001), "(".repeat(10_001), " ".repeat(1_000_000)] {
        let problems = refused(&text);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].kind, ProblemKind::TooLong);
    }
}

#[test]
fn of_many_mistakes_the_first_twenty_are_told() {
    assert_eq!(refused(&"# ".repeat(5_000)).len(), 20);
    let unknown: Vec<String> = (0..1_000).map(|i| format!("v{i}")).collect();
    let problems = refused(&unknown.join(" + "));
    assert_eq!(problems.len(), 20);
    assert_eq!(problems[19].at, 5 * 10 + 9 * 6..5 * 10 + 9 * 6 + 3);
}

#[test]
fn strange_texts_are_refused_without_harm() {
    for text in [
        "",
        " ",
        "\0",
        "age\0",
        "'",
        "\"age",
        "'é",
        "é",
        "ag\u{301}e",
        "🦀 + 1",
        "1 + \u{202e}2",
        "((((",
        "))))",
        "[",
        "]",
        ",",
        "1,2",
        "if",
        "then",
        "not",
        "in",
        "x in",
        "x not",
        "x not in",
        "max(",
        "max(,",
        "max(1,",
        "1e",
        "1e+",
        "1e999",
        "_",
        "1_",
        "1__0",
        "0x10",
        ".",
        "..",
        "1.2.3",
        "a.b",
        "a;b",
        "#",
        "$x",
        "=",
        "&",
        "|",
        "!",
        "~",
        "\\",
        "`x`",
        "“a” == city",
        "age age",
        "1 2",
        "true false",
        "age = 3",
        "age)",
        "(age]",
        "max[1, 2]",
        "if age then",
        "else",
    ] {
        refused(text);
    }
}

fn sound(text: &str) -> Result<Formula, Vec<Problem>> {
    let result = checked(text);
    match &result {
        Ok(formula) => {
            let columns: Vec<_> = formula.variables().iter().map(|v| column_of(v)).collect();
            let column = formula.eval(&columns.iter().collect::<Vec<_>>(), 6);
            assert_eq!(column.len(), 6);
            assert_eq!(&column.kind(), formula.kind());
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(text.get(problem.at.clone()).is_some(), "{problem:?}");
            }
        }
    }
    result
}

const WORDS: [&str; 52] = [
    "age",
    "gap",
    "flag",
    "education",
    "degree",
    "city",
    "born",
    "other",
    "1",
    "2.5",
    "0",
    "1e400",
    "'PhD'",
    "'MSc'",
    "\"x\"",
    "''",
    "date(",
    "'2026-01-31'",
    "max(",
    "round(",
    "year(",
    "abs(",
    "abz(",
    "(",
    "(",
    ")",
    ")",
    ")",
    "[",
    "]",
    "]",
    ",",
    ",",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "==",
    "!=",
    "<",
    ">=",
    "and",
    "or",
    "not",
    "in",
    "if",
    "then",
    "else",
    "true",
    "=",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_whatsoever_does_harm(text in any::<String>()) {
        let _ = sound(&text);
    }

    #[test]
    fn no_text_of_formula_letters_does_harm(text in "[ a-z0-9.,_+*/%^()<>=!'\"\\[\\]é-]{0,60}") {
        let _ = sound(&text);
    }

    #[test]
    fn no_heap_of_words_does_harm(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 1..25)) {
        let _ = sound(&words.join(" "));
    }
}
