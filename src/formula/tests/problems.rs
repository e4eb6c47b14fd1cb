//! What is said about wrong formulas.

use super::world::checked;
use crate::formula::ProblemKind::{self, *};

/// Problems as (kind, the bytes they point at, message, hint).
fn problems(text: &str) -> Vec<(ProblemKind, String, String, String)> {
    let problems = checked(text).expect_err(text);
    problems
        .into_iter()
        .map(|p| (p.kind, text[p.at].to_owned(), p.message, p.hint.unwrap_or_default()))
        .collect()
}

/// Asserts the single problem of a formula.
fn only(text: &str, kind: ProblemKind, at: &str, message: &str, hint: &str) {
    let expected = (kind, at.to_owned(), message.to_owned(), hint.to_owned());
    assert_eq!(problems(text), [expected], "{text}");
}

#[test]
fn names_are_suggested_when_near() {
    only(
        "experiance * 2",
        UnknownVariable,
        "experiance",
        "there is no variable `experiance`",
        "did you mean `experience`?",
    );
    only("salary * 2", UnknownVariable, "salary", "there is no variable `salary`", "");
    only(
        "abs + 2",
        UnknownVariable,
        "abs",
        "there is no variable `abs`",
        "`abs` is a function: write `abs(x)`",
    );
    only("sqr(2)", UnknownFunction, "sqr", "there is no function `sqr`", "did you mean `sqrt`?");
    only(
        "age(2)",
        UnknownFunction,
        "age",
        "there is no function `age`",
        "`age` is a variable; to multiply, write `age * (…)`",
    );
    only(
        "education == 'phd'",
        UnknownLevel,
        "'phd'",
        "`phd` is not a level of `education`",
        "did you mean `PhD`?",
    );
    only(
        "'diploma' == education",
        UnknownLevel,
        "'diploma'",
        "`diploma` is not a level of `education`",
        "the levels are `BSc`, `MSc`, `PhD`",
    );
    only(
        "education in ['PhD', 'Mcs']",
        UnknownLevel,
        "'Mcs'",
        "`Mcs` is not a level of `education`",
        "did you mean `MSc`?",
    );
}

#[test]
fn arguments_are_counted_and_dates_read() {
    only(
        "clamp(age, 1)",
        WrongArguments,
        "clamp(age, 1)",
        "`clamp` takes 3 values, found 2",
        "write `clamp(x, lo, hi)`",
    );
    only(
        "1 + max(age)",
        WrongArguments,
        "max(age)",
        "`max` takes 2 values or more, found 1",
        "write `max(x, y, …)`",
    );
    only(
        "round()",
        WrongArguments,
        "round()",
        "`round` takes 1 to 2 values, found 0",
        "write `round(x) or round(x, decimals)`",
    );
    let hint = "write a day as `date(\"2026-01-31\")`";
    only(
        "born < date('2023-02-29')",
        WrongArguments,
        "'2023-02-29'",
        "`2023-02-29` is not a day of the calendar",
        hint,
    );
    only("date(age)", WrongArguments, "age", "`date` needs a string, found a number", hint);
}

#[test]
fn types_that_do_not_go_together_are_named() {
    only(
        "education + 1",
        Type,
        "education",
        "`+` needs numbers, found a category",
        "give each level its number with `if`, or compare it with a level",
    );
    only("age + '3'", Type, "'3'", "`+` needs numbers, found a string", "write 3 without quotes");
    only(
        "born + born",
        Type,
        "born + born",
        "`+` does not join two dates",
        "two dates can only be subtracted, which gives days",
    );
    only("age - born", Type, "born", "`-` needs numbers, found a date", "");
    only("-city", Type, "city", "`-` needs a number, found a text", "");
    only(
        "not age",
        Type,
        "age",
        "`not` needs true or false, found a number",
        "compare it with a number, such as `> 0`",
    );
    only(
        "if age then 1 else 2",
        Type,
        "age",
        "the condition of `if` needs true or false, found a number",
        "compare it with a number, such as `> 0`",
    );
    only(
        "if flag then 1 else 'a'",
        Type,
        "'a'",
        "the branches of `if` must be of one type, found a number and a string",
        "",
    );
    only("age == 'old'", Type, "age == 'old'", "cannot compare a number with a string", "");
    only(
        "born < '2026-01-31'",
        Type,
        "born < '2026-01-31'",
        "cannot compare a date with a string",
        "write `date(\"2026-01-31\")`",
    );
    only(
        "city < 'b'",
        Type,
        "city < 'b'",
        "`<` does not compare texts",
        "texts only compare with `==`, `!=` and `in`",
    );
    let hint = "declare the variable with `ordered = true`, or use `==` or `in`";
    only("degree < 'PhD'", Type, "degree", "`<` needs an order, and the levels of `degree` have none", hint);
    only("'PhD' < degree", Type, "degree", "`>` needs an order, and the levels of `degree` have none", hint);
    only(
        "education < degree",
        Type,
        "education < degree",
        "`<` needs the same levels on both sides",
        "categories with different levels only compare with `==` and `!=`",
    );
    only("year(age)", Type, "age", "`year` needs a date, found a number", "");
    only("max(born, 3)", Type, "3", "`max` of dates needs only dates, found a number", "");
    only("sqrt(city)", Type, "city", "`sqrt` needs numbers, found a text", "");
    only(
        "age in [1, gap]",
        Type,
        "gap",
        "the list of `in` holds constants only",
        "compare with a variable by `==`",
    );
    only("age in ['1']", Type, "'1'", "cannot compare a number with a string", "write 1 without quotes");
}

#[test]
fn chained_comparisons_are_taken_apart() {
    only(
        "1 < age < 3",
        Syntax,
        "1 < age < 3",
        "comparisons cannot be chained",
        "write `1 < age and age < 3`",
    );
    only(
        "1 < age <= gap < 3",
        Syntax,
        "1 < age <= gap",
        "comparisons cannot be chained",
        "write `1 < age and age <= gap`",
    );
    assert!(checked("(1 < age) == flag").is_ok());
}

#[test]
fn habits_from_elsewhere_get_a_hint() {
    for (text, at, hint) in [
        ("age = 3", "=", "write `==`"),
        ("flag && flag", "&&", "write `and`"),
        ("flag || flag", "||", "write `or`"),
        ("!flag", "!", "write `not`"),
        ("age <> 3", "<>", "write `!=`"),
        ("age ** 2", "**", "write `^`"),
        ("age ≤ 3", "≤", "write `<=`"),
        ("age − 3", "−", "write `-`"),
        ("Age + 1", "Age", "names and words are in lower case: `age`"),
        ("flag AND flag", "AND", "names and words are in lower case: `and`"),
        ("2age", "2age", "to multiply, write `2 * age`"),
        (".5 * age", ".5", "write `0.5`"),
        ("5. * age", "5.", "write `5`"),
        ("+3", "+", "a number needs no `+`"),
        ("city == “a”", "“", "quote strings with \" or '"),
        ("'abc", "'abc", "close it with another '"),
        ("if flag then 1", "if", "write `if c then a else b`"),
        ("if flag 1 else 2", "1", "write `if c then a else b`"),
        ("1 == not flag", "not", "put it in parentheses: `(not …)`"),
        ("age in 'a'", "'a'", "write the list in brackets: `x in [\"a\", \"b\"]`"),
        ("max(age, 3", "(", "add a `)`"),
        ("1,5", ",", "decimals are written with a point: `1.5`"),
    ] {
        let found = problems(text);
        let (kind, place, _, said) = &found[0];
        assert_eq!((*kind, place.as_str(), said.as_str()), (Syntax, at, hint), "{found:?}");
    }
}

#[test]
fn what_cannot_be_read_is_said_where_it_stands() {
    only("", Syntax, "", "the formula is empty", "write a number, a variable or an expression");
    only("age +", Syntax, "", "expected a value, found the end", "");
    only("age * / 2", Syntax, "/", "expected a value, found `/`", "");
    only("age gap", Syntax, "gap", "an operator is missing before `gap`", "");
    only("(age))", Syntax, ")", "this `)` closes nothing", "");
    only("age in []", Syntax, "[]", "the list is empty", "");
    only("1e400", Syntax, "1e400", "`1e400` is too large for a number", "");
    only("1__0", Syntax, "1__0", "`1__0` is not a number", "");
    only("age # 3", Syntax, "#", "`#` is not part of a formula", "");
    only(
        "(age, 3)",
        Syntax,
        ",",
        "a `,` only stands between the values of a function or a list",
        "decimals are written with a point: `1.5`",
    );
}

#[test]
fn several_mistakes_are_found_at_once_and_none_twice() {
    let kinds = |text: &str| -> Vec<(ProblemKind, String)> {
        problems(text).into_iter().map(|(kind, at, ..)| (kind, at)).collect()
    };
    let owned = |list: &[(ProblemKind, &str)]| -> Vec<(ProblemKind, String)> {
        list.iter().map(|(kind, at)| (*kind, (*at).to_owned())).collect()
    };
    assert_eq!(
        kinds("max(agee, education + 1) + sqr(gap) + agee * (1 and flag)"),
        owned(&[(UnknownVariable, "agee"), (Type, "education"), (UnknownFunction, "sqr"), (Type, "1")])
    );
    assert_eq!(kinds("max(1 +, 2) * min(3 *, 4)"), owned(&[(Syntax, ","), (Syntax, ",")]));
    assert_eq!(kinds("Age = 3 && flag"), owned(&[(Syntax, "Age"), (Syntax, "="), (Syntax, "&&")]));
    assert_eq!(
        kinds("if unknown > 3 then education else 'x' == 3"),
        owned(&[(UnknownVariable, "unknown"), (Type, "'x' == 3")])
    );
    assert_eq!(
        kinds("education in ['a', 'b', 3]"),
        owned(&[(UnknownLevel, "'a'"), (UnknownLevel, "'b'"), (Type, "3")])
    );
    assert_eq!(kinds("(age 3) + (gap 4)"), owned(&[(Syntax, "3"), (Syntax, "4")]));
}

#[test]
fn parentheses_belong_to_what_joins_them_but_not_to_what_they_hold() {
    let at = |text: &str| problems(text)[0].1.clone();
    assert_eq!(at("2 * ((agee))"), "agee");
    assert_eq!(at("(age) == ('old')"), "(age) == ('old')");
    assert_eq!(at("-(education) + 1"), "education");
    assert_eq!(at("('é') == (agé)"), "agé");
    only(
        "(1) < (age) < (3)",
        Syntax,
        "(1) < (age) < (3)",
        "comparisons cannot be chained",
        "write `(1) < (age) and (age) < (3)`",
    );
}
