//! Random formulas of every type.

use proptest::prelude::*;

use super::agreement::LEVELS;

/// A number-valued expression.
#[derive(Debug, Clone)]
pub(super) enum Number {
    Constant(f64),
    Variable(usize),
    Truth(Box<Truth>),
    Infix(char, Box<Number>, Box<Number>),
    Negated(Box<Number>),
    Call(&'static str, Vec<Number>),
    Choice(Box<Truth>, Box<Number>, Box<Number>),
    Days(Box<Day>, Box<Day>),
    OfDay(&'static str, Box<Day>),
}

/// A truth-valued expression.
#[derive(Debug, Clone)]
pub(super) enum Truth {
    Constant(bool),
    Flag,
    Not(Box<Truth>),
    Logic(&'static str, Box<Truth>, Box<Truth>),
    Compare(&'static str, Box<Number>, Box<Number>),
    Among(Box<Number>, Vec<f64>),
    Level(&'static str, Box<Word>, &'static str),
    Words(&'static str, Box<Word>, Box<Word>),
    WordAmong(Box<Word>, Vec<&'static str>),
    CompareDays(&'static str, Box<Day>, Box<Day>),
}

/// A category or text; `City` is the text.
#[derive(Debug, Clone)]
pub(super) enum Word {
    Education,
    City,
    Choice(Box<Truth>, Box<Word>, Box<Word>),
}

#[derive(Debug, Clone)]
pub(super) enum Day {
    Constant(i32),
    Born,
    Moved(Box<Day>, Box<Number>),
}

pub(super) fn truths(depth: u32) -> BoxedStrategy<Truth> {
    let leaf = prop_oneof![any::<bool>().prop_map(Truth::Constant), Just(Truth::Flag)];
    if depth == 0 {
        return leaf.boxed();
    }
    let signs = || prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let same = || prop::sample::select(vec!["==", "!="]);
    let level = || prop::sample::select(LEVELS.to_vec());
    let t = || truths(depth - 1).prop_map(Box::new);
    let n = || numbers(depth - 1).prop_map(Box::new);
    let w = || words(depth - 1).prop_map(Box::new);
    let d = || days(depth - 1).prop_map(Box::new);
    let whole = (-3i8..9).prop_map(f64::from);
    prop_oneof![
        1 => leaf,
        1 => t().prop_map(Truth::Not),
        2 => (prop::sample::select(vec!["and", "or"]), t(), t()).prop_map(|(s, a, b)| Truth::Logic(s, a, b)),
        3 => (signs(), n(), n()).prop_map(|(s, a, b)| Truth::Compare(s, a, b)),
        1 => (n(), prop::collection::vec(whole, 1..4)).prop_map(|(a, l)| Truth::Among(a, l)),
        1 => (same(), w(), level()).prop_map(|(s, a, l)| Truth::Level(s, a, l)),
        1 => (same(), w(), w()).prop_map(|(s, a, b)| Truth::Words(s, a, b)),
        1 => (w(), prop::collection::vec(level(), 1..3)).prop_map(|(a, l)| Truth::WordAmong(a, l)),
        1 => (signs(), d(), d()).prop_map(|(s, a, b)| Truth::CompareDays(s, a, b)),
    ]
    .boxed()
}

pub(super) fn numbers(depth: u32) -> BoxedStrategy<Number> {
    let constants = vec![0.0, 1.0, 2.0, -2.5, 0.1, 1e10, 12.0, -1.0];
    let leaf = prop_oneof![
        prop::sample::select(constants).prop_map(Number::Constant),
        (0usize..2).prop_map(Number::Variable),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let n = || numbers(depth - 1).prop_map(Box::new);
    let d = || days(depth - 1).prop_map(Box::new);
    let t = || truths(depth - 1).prop_map(Box::new);
    let single = vec!["abs", "floor", "ceil", "int", "round", "sqrt", "exp", "log", "sign"];
    let several = |range| prop::collection::vec(numbers(depth - 1), range);
    prop_oneof![
        2 => leaf,
        6 => (prop::sample::select(vec!['+', '-', '*', '/', '%', '^']), n(), n()).prop_map(|(s, a, b)| Number::Infix(s, a, b)),
        1 => n().prop_map(Number::Negated),
        1 => t().prop_map(Number::Truth),
        2 => (prop::sample::select(single), several(1..2)).prop_map(|(f, v)| Number::Call(f, v)),
        2 => (prop::sample::select(vec!["min", "max"]), several(2..4)).prop_map(|(f, v)| Number::Call(f, v)),
        1 => several(3..4).prop_map(|v| Number::Call("clamp", v)),
        2 => (t(), n(), n()).prop_map(|(c, a, b)| Number::Choice(c, a, b)),
        1 => (d(), d()).prop_map(|(a, b)| Number::Days(a, b)),
        1 => (prop::sample::select(vec!["year", "month", "day"]), d()).prop_map(|(p, d)| Number::OfDay(p, d)),
    ]
    .boxed()
}

pub(super) fn words(depth: u32) -> BoxedStrategy<Word> {
    let leaf = prop_oneof![Just(Word::Education), Just(Word::City)];
    if depth == 0 {
        return leaf.boxed();
    }
    let w = || words(depth - 1).prop_map(Box::new);
    let t = truths(depth - 1).prop_map(Box::new);
    prop_oneof![leaf, (t, w(), w()).prop_map(|(c, a, b)| Word::Choice(c, a, b))].boxed()
}

fn days(depth: u32) -> BoxedStrategy<Day> {
    let leaf = prop_oneof![(-200_000i32..200_000).prop_map(Day::Constant), Just(Day::Born)];
    if depth == 0 {
        return leaf.boxed();
    }
    let d = days(depth - 1).prop_map(Box::new);
    let n = numbers(depth - 1).prop_map(Box::new);
    prop_oneof![leaf, (d, n).prop_map(|(d, n)| Day::Moved(d, n))].boxed()
}
