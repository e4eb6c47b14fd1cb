//! The list of functions, from which checking, computing and the reference page are made.

use super::{chances, extremes, powers, rounding};
use crate::formula::calendar;
use crate::formula::lane::{Binary, Unary};

/// How many values a function takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arity {
    /// At least so many.
    pub least: usize,
    /// At most so many, or any number.
    pub most: Option<usize>,
}

impl Arity {
    const fn exactly(count: usize) -> Self {
        Self { least: count, most: Some(count) }
    }

    /// Whether a call with `count` values is one.
    pub fn allows(&self, count: usize) -> bool {
        count >= self.least && self.most.is_none_or(|most| count <= most)
    }

    /// The number in words for a message: "1 value", "1 to 2 values", "2 values or more".
    pub fn phrase(&self) -> String {
        let noun = |count: usize| if count == 1 { "value" } else { "values" };
        match self.most {
            Some(most) if most == self.least => format!("{most} {}", noun(most)),
            Some(most) => format!("{} to {most} values", self.least),
            None => format!("{} {} or more", self.least, noun(self.least)),
        }
    }
}

/// One function of the language.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// The name it is called by.
    pub name: &'static str,
    /// How many values it takes.
    pub arity: Arity,
    /// Its values and its result, such as `clamp(x, lo, hi) -> number`.
    pub signature: &'static str,
    /// What it does, in a sentence or two.
    pub doc: &'static str,
    /// A formula that uses it …
    pub example: &'static str,
    /// … and a formula for what that gives, bit for bit.
    pub gives: &'static str,
    pub(in crate::formula) meaning: Meaning,
}

/// What a call of a function becomes.
#[derive(Debug, Clone, Copy)]
pub(in crate::formula) enum Meaning {
    /// A number of a number.
    Number(Unary),
    /// `round`, with or without decimals.
    Round(Unary, Binary),
    /// Numbers or dates, taken two by two from the left.
    Extreme(Binary),
    /// The first value, at least the second, then at most the third (numbers or dates): their two operations in that order.
    Clamp(Binary, Binary),
    /// A date from a string.
    Date,
    /// A number of a date.
    OfDate(Unary),
    /// `pow`, the same as `^`.
    Power,
}

impl Function {
    /// The function of that name.
    pub fn named(name: &str) -> Option<&'static Function> {
        FUNCTIONS.iter().find(|f| f.name == name)
    }

    const fn of_number(
        name: &'static str,
        signature: &'static str,
        doc: &'static str,
        [example, gives]: [&'static str; 2],
        lane: Unary,
    ) -> Self {
        Self {
            name,
            arity: Arity::exactly(1),
            signature,
            doc,
            example,
            gives,
            meaning: Meaning::Number(lane),
        }
    }

    const fn of_date(
        name: &'static str,
        signature: &'static str,
        doc: &'static str,
        [example, gives]: [&'static str; 2],
        lane: Unary,
    ) -> Self {
        Self {
            meaning: Meaning::OfDate(lane),
            ..Self::of_number(name, signature, doc, [example, gives], lane)
        }
    }
}

/// All functions of the language, by group, in the order of the reference.
pub static FUNCTIONS: &[Function] = &[
    // Size and sign
    Function::of_number(
        "abs",
        "abs(x) -> number",
        "The size of a number without its sign.",
        ["abs(-3)", "3"],
        extremes::abs,
    ),
    Function::of_number(
        "sign",
        "sign(x) -> number",
        "-1 for negative numbers, 0 for zero, 1 for positive numbers.",
        ["sign(-0.5)", "-1"],
        extremes::sign,
    ),
    Function {
        name: "min",
        arity: Arity { least: 2, most: None },
        signature: "min(x, y, …) -> number; of dates, a date",
        doc: "The least of two or more numbers, or of two or more dates. Not a number when one of them is not.",
        example: "min(3, 1, 2)",
        gives: "1",
        meaning: Meaning::Extreme(extremes::min),
    },
    Function {
        name: "max",
        arity: Arity { least: 2, most: None },
        signature: "max(x, y, …) -> number; of dates, a date",
        doc: "The greatest of two or more numbers, or of two or more dates. Not a number when one of them is not.",
        example: "max(0, 21 - 22)",
        gives: "0",
        meaning: Meaning::Extreme(extremes::max),
    },
    Function {
        name: "clamp",
        arity: Arity::exactly(3),
        signature: "clamp(x, lo, hi) -> number; of dates, a date",
        doc: "x, but at least lo and at most hi. Should lo be more than hi, then hi.",
        example: "clamp(130, 0, 100)",
        gives: "100",
        meaning: Meaning::Clamp(extremes::max, extremes::min),
    },
    // Rounding
    Function::of_number(
        "floor",
        "floor(x) -> number",
        "The greatest whole number that is not above x.",
        ["floor(-1.5)", "-2"],
        rounding::floor,
    ),
    Function::of_number(
        "ceil",
        "ceil(x) -> number",
        "The least whole number that is not below x.",
        ["ceil(1.2)", "2"],
        rounding::ceil,
    ),
    Function::of_number(
        "int",
        "int(x) -> number",
        "The whole part of x: what stands before the decimal point.",
        ["int(-1.9)", "-1"],
        rounding::int,
    ),
    Function {
        name: "round",
        arity: Arity { least: 1, most: Some(2) },
        signature: "round(x) or round(x, decimals) -> number",
        doc: "The nearest whole number, or the nearest with so many decimals; halves go away from zero. Negative decimals round to tens, hundreds and so on. Decimals are truncated to a whole number between -22 and 22.",
        example: "round(41_237, -3)",
        gives: "41_000",
        meaning: Meaning::Round(rounding::round, rounding::round_to),
    },
    // Powers and logarithms
    Function::of_number(
        "sqrt",
        "sqrt(x) -> number",
        "The square root; not a number below zero.",
        ["sqrt(2)", "1.4142135623730951"],
        powers::sqrt,
    ),
    Function::of_number(
        "exp",
        "exp(x) -> number",
        "e to the power of x.",
        ["exp(2)", "7.38905609893065"],
        powers::exp,
    ),
    Function::of_number(
        "expm1",
        "expm1(x) -> number",
        "e to the power of x, minus 1; precise near zero.",
        ["expm1(1e-10)", "1.00000000005e-10"],
        powers::expm1,
    ),
    Function::of_number(
        "log",
        "log(x) -> number",
        "The natural logarithm; minus infinity at zero, not a number below.",
        ["log(10)", "2.302585092994046"],
        powers::log,
    ),
    Function::of_number(
        "log1p",
        "log1p(x) -> number",
        "The natural logarithm of 1 + x; precise near zero.",
        ["log1p(1e-12)", "9.999999999995e-13"],
        powers::log1p,
    ),
    Function::of_number(
        "log10",
        "log10(x) -> number",
        "The logarithm to base 10.",
        ["log10(1_000)", "3"],
        powers::log10,
    ),
    Function {
        name: "pow",
        arity: Arity::exactly(2),
        signature: "pow(x, y) -> number",
        doc: "x to the power of y, the same as x ^ y; a power of 2 is x * x.",
        example: "pow(2, 0.5)",
        gives: "1.4142135623730951",
        meaning: Meaning::Power,
    },
    // Chances
    Function::of_number(
        "logistic",
        "logistic(x) -> number",
        "The chance whose log-odds are x: 1 / (1 + exp(-x)).",
        ["logistic(-1.2)", "0.23147521650098232"],
        chances::logistic_lane,
    ),
    Function::of_number(
        "logit",
        "logit(p) -> number",
        "The log-odds of a chance: log(p / (1 - p)). Infinite at 0 and 1, not a number outside.",
        ["logit(0.9)", "2.1972245773362196"],
        chances::logit_lane,
    ),
    // Dates
    Function {
        name: "date",
        arity: Arity::exactly(1),
        signature: "date(\"YYYY-MM-DD\") -> date",
        doc: "The day written in the string. Dates differ by a number of days, and a date plus or minus a number of days is a date.",
        example: "date(\"2026-03-01\") - date(\"2026-01-31\")",
        gives: "29",
        meaning: Meaning::Date,
    },
    Function::of_date(
        "year",
        "year(d) -> number",
        "The year of a date.",
        ["year(date(\"2026-01-31\"))", "2026"],
        calendar::year,
    ),
    Function::of_date(
        "month",
        "month(d) -> number",
        "The month of a date, 1 to 12.",
        ["month(date(\"2026-01-31\") + 1)", "2"],
        calendar::month,
    ),
    Function::of_date(
        "day",
        "day(d) -> number",
        "The day of the month of a date, 1 to 31.",
        ["day(date(\"2024-03-01\") - 1)", "29"],
        calendar::day,
    ),
];
