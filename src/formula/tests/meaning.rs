//! What formulas give.

use super::world::*;
use crate::formula::{FUNCTIONS, NO_DATE, Parsed};
use crate::value::{Column, Kind};

#[test]
fn operators_bind_as_in_mathematics() {
    for (text, expected) in [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 4 - 3", 3.0),
        ("64 / 4 / 2", 8.0),
        ("2 * 7 % 4", 2.0),
        ("2 ^ 3 ^ 2", 512.0),
        ("(2 ^ 3) ^ 2", 64.0),
        ("-2 ^ 2", -4.0),
        ("(-2) ^ 2", 4.0),
        ("2 ^ -1", 0.5),
        ("2 ^ -2 ^ 0", 0.5),
        ("2 * -3", -6.0),
        ("- -3", 3.0),
        ("-2 * 3 ^ 2", -18.0),
        ("1 - if true then 2 else 3 + 4", -1.0),
        ("if false then 1 else if true then 2 else 3", 2.0),
        ("42_000 + 1.5e3", 43_500.0),
        ("1e-2 * 1_0.2_5E+2", 10.25),
        ("7 % 3", 1.0),
        ("-1 % 7", 6.0),
        ("1 % -7", -6.0),
        ("true + true", 2.0),
        ("-true", -1.0),
    ] {
        assert_eq!(constant(text), expected, "{text}");
    }
}

#[test]
fn logic_binds_looser_than_comparison_and_or_loosest() {
    for (text, expected) in [
        ("true or false and false", true),
        ("(true or false) and false", false),
        ("not true or true", true),
        ("not (true or true)", false),
        ("not false and false", false),
        ("not 1 == 2", true),
        ("not not true", true),
        ("1 + 1 == 2 and 2 < 3", true),
        ("3 in [1, 2] or 3 not in [1, 2]", true),
        ("not 3 in [1, 2]", true),
        ("-1 in [1, -1, 2 * 3]", true),
        ("true == 1", true),
        ("'a' == \"a\"", true),
        ("\"a\" not in ['b']", true),
        ("date('2026-01-31') < date('2026-02-01')", true),
    ] {
        assert_eq!(constant(text), f64::from(u8::from(expected)), "{text}");
    }
}

#[test]
fn the_example_of_every_function_gives_what_the_table_says() {
    for function in FUNCTIONS {
        let (given, expected) = (constant(function.example), constant(function.gives));
        assert_eq!(given.to_bits(), expected.to_bits(), "{}: {given:?}", function.example);
        assert!(function.example.contains(&format!("{}(", function.name)));
        assert!(function.signature.starts_with(function.name));
    }
}

#[test]
fn functions_with_choices_take_them() {
    assert_eq!(constant("round(2.5)"), 3.0);
    assert_eq!(constant("round(-2.5)"), -3.0);
    assert_eq!(constant("round(2.34567, 2)"), 2.35);
    assert_eq!(constant("max(1, 5, 3, 4)"), 5.0);
    assert_eq!(constant("clamp(-5, 0, 100)"), 0.0);
    assert_eq!(constant("clamp(50, 0, 100)"), 50.0);
    assert_eq!(constant("year(max(date('2026-01-31'), date('2030-01-01')))"), 2030.0);
    assert_eq!(constant("year(clamp(date('1026-01-31'), date('1970-01-01'), date('2030-01-01')))"), 1970.0);
}

#[test]
fn the_experience_of_the_design_page_is_computed_row_by_row() {
    let expected = [0.0, 7.5, 15.5, 20.0, 31.0, 0.0];
    assert_eq!(numbers("max(0, age - 22 - gap / 12)"), expected);
    assert_eq!(formula("gap + age * gap").variables(), ["gap", "age"]);
}

#[test]
fn numbers_that_are_none_are_passed_on() {
    let log = numbers("log(experience)");
    assert_eq!(log[0], f64::NEG_INFINITY);
    assert!(log[1].is_nan() && log[4].is_nan());
    assert_eq!(log[5], f64::INFINITY);
    for text in ["max(0, experience)", "min(experience, 0)", "clamp(experience, 0, 1)", "sign(experience)"] {
        assert!(numbers(text)[4].is_nan(), "{text}");
    }
    assert_eq!(constant("1 / 0"), f64::INFINITY);
    assert!(constant("0 / 0").is_nan());
    assert_eq!(truths("experience == experience"), [true, true, true, true, false, true]);
    assert_eq!(truths("not (experience < 1)"), [false, false, true, false, true, true]);
}

#[test]
fn a_square_is_a_product_however_the_two_is_come_by() {
    let x = numbers("age / 7");
    let product: Vec<f64> = x.iter().map(|x| x * x).collect();
    assert_eq!(numbers("(age / 7) ^ 2"), product);
    assert_eq!(numbers("pow(age / 7, 1 + 1)"), product);
    assert_eq!(numbers("(age / 7) ^ (if age > 0 then 2 else 3)"), product);
}

#[test]
fn categories_compare_by_name() {
    assert_eq!(truths("education == 'PhD'"), [false, false, true, false, false, true]);
    assert_eq!(truths("'PhD' != education"), [true, true, false, true, true, false]);
    assert_eq!(truths("education == degree"), [true, false, true, false, false, false]);
    assert_eq!(truths("education in ['PhD', 'BSc']"), [true, false, true, true, false, true]);
    assert_eq!(truths("education not in ['PhD']"), [true, true, false, true, true, false]);
    assert_eq!(truths("degree == city"), [false, true, false, false, true, false]);
}

#[test]
fn ordered_levels_have_an_order() {
    assert_eq!(truths("education < 'PhD'"), [true, true, false, true, true, false]);
    assert_eq!(truths("'MSc' <= education"), [false, true, true, false, true, true]);
    assert_eq!(truths("education >= education"), [true; 6]);
}

#[test]
fn strings_chosen_by_if_make_a_category_in_order_of_appearance() {
    let text = "if age < 30 then 'young' else if age < 50 then 'middle' else 'young'";
    assert_eq!(formula(text).kind(), &Kind::Category(levels(&["young", "middle"], false)));
    assert_eq!(strings(text), ["young", "middle", "middle", "middle", "young", "young"]);

    let text = "if age < 30 then 'c' else if age < 39 then 'b' else if age < 50 then 'a' else 'd'";
    assert_eq!(formula(text).kind(), &Kind::Category(levels(&["c", "b", "a", "d"], false)));
    assert_eq!(strings(text), ["c", "b", "b", "a", "d", "d"]);

    let text = "if flag then gender else 'other'";
    assert_eq!(formula(text).kind(), &Kind::Category(levels(&["female", "male", "other"], false)));
    assert_eq!(strings(text), ["female", "other", "female", "male", "other", "other"]);

    let text = "if flag then degree else education";
    assert_eq!(formula(text).kind(), &Kind::Category(levels(&["PhD", "none", "BSc", "MSc"], false)));
    assert_eq!(strings(text), ["BSc", "MSc", "PhD", "none", "MSc", "PhD"]);

    assert_eq!(strings("'only'"), ["only"; 6]);
    assert_eq!(strings("if true then 'a' else 'b'"), ["a"; 6]);
    assert_eq!(truths("(if flag then 'a' else 'b') == 'a'"), truths("flag"));
}

#[test]
fn a_choice_among_ordered_levels_keeps_their_order() {
    let text = "if flag then 'PhD' else education";
    assert_eq!(formula(text).kind(), &Kind::Category(education()));
    assert_eq!(strings(text), ["PhD", "MSc", "PhD", "PhD", "MSc", "PhD"]);
    assert_eq!(truths(&format!("({text}) < 'PhD'")), [false, true, false, false, true, false]);
}

#[test]
fn texts_are_compared_chosen_and_listed() {
    assert_eq!(truths("city == 'Lyon'"), [true, false, false, false, false, false]);
    assert_eq!(truths("city != ''"), [true, true, false, true, true, true]);
    assert_eq!(truths("city in ['é', 'Paris']"), [false, false, false, true, false, true]);
    assert_eq!(formula("if flag then city else 'x'").kind(), &Kind::Text);
    assert_eq!(strings("if flag then city else 'x'"), ["Lyon", "x", "", "Paris", "x", "x"]);
    assert_eq!(strings("if flag then city else gender"), ["Lyon", "male", "", "Paris", "female", "male"]);
    assert_eq!(strings("city"), ["Lyon", "PhD", "", "Paris", "BSc", "é"]);
}

#[test]
fn dates_move_by_days_and_differ_in_days() {
    let Column::Date(born) = column_of("born") else {
        panic!("dates");
    };
    let differences: Vec<f64> = born.iter().map(|&d| f64::from(19_782 - d)).collect();
    assert_eq!(numbers("date('2024-02-29') - born"), differences);
    assert_eq!(numbers("year(born)"), [1970.0, 1969.0, 2024.0, 2026.0, 1970.0, 1972.0]);
    assert_eq!(numbers("month(born)"), [1.0, 12.0, 2.0, 1.0, 3.0, 2.0]);
    assert_eq!(numbers("day(born)"), [1.0, 31.0, 29.0, 31.0, 1.0, 29.0]);
    assert_eq!(numbers("day(born + 1)"), [2.0, 1.0, 1.0, 1.0, 2.0, 1.0]);
    assert_eq!(numbers("(born + 1.7) - born"), [1.0; 6]);
    assert_eq!(numbers("(born - 1.7) - born"), [-2.0; 6]);
    assert_eq!(numbers("(1 + born) - born"), [1.0; 6]);
    assert_eq!(truths("born < date('1970-01-01')"), [false, true, false, false, false, false]);
    assert_eq!(truths("born in [date('1972-02-29')]"), [false, false, false, false, false, true]);
}

#[test]
fn a_date_out_of_the_calendar_is_none() {
    for text in ["born + 1e9", "born - 1 / 0", "born + 0 / 0", "born + 3_000_000"] {
        let Column::Date(dates) = values(text) else {
            panic!("{text}");
        };
        assert_eq!(dates, [NO_DATE; 6], "{text}");
    }
    assert!(numbers("year(born + 1e9)").iter().all(|y| y.is_nan()));
    let same = formula("year(born)");
    let column = same.eval(&[&Column::Date(vec![NO_DATE])], 1);
    assert!(matches!(column, Column::Number(years) if years[0].is_nan()));
}

#[test]
fn constants_are_folded_and_variables_are_not() {
    assert_eq!(formula("2 * 3 > 5").constant(), Some(1.0));
    assert_eq!(formula("age").constant(), None);
    assert_eq!(formula("'a'").constant(), None);
    assert_eq!(formula("date('2026-01-31')").constant(), None);
    assert_eq!(values("if 2 > 1 then age else gap").len(), 6);
    assert_eq!(numbers("if 2 > 1 then 3 else gap"), [3.0; 6]);
    assert_eq!(numbers("7"), [7.0; 6]);
    assert_eq!(truths("flag"), [true, false, true, true, false, false]);
}

#[test]
fn variables_come_once_in_order_of_first_use() {
    let parsed = Parsed::parse("gap + age * gap + max(flag, age)").unwrap();
    let expected = [("gap", 0..3), ("age", 6..9), ("flag", 22..26)];
    assert_eq!(parsed.variables(), expected.map(|(name, at)| (name.to_owned(), at)));
}

#[test]
fn a_buffer_is_used_again_and_no_rows_are_fine() {
    let formula = formula("age + 1");
    let mut out = vec![f64::NAN; 9];
    formula.eval_numbers(&[&column_of("age")], 6, &mut out);
    assert_eq!(out, [22.0, 31.0, 39.5, 43.0, 56.0, 65.0]);
    formula.eval_numbers(&[&Column::Number(vec![])], 0, &mut out);
    assert!(out.is_empty());
    assert_eq!(super::world::formula("city").eval(&[&column_of("city")], 0).len(), 0);
}

#[test]
fn formulas_can_be_sent_between_threads() {
    fn sendable<T: Send + Sync + Clone + std::fmt::Debug>() {}
    sendable::<crate::formula::Formula>();
}
