//! The vectorised program against a plain interpreter, row by row, over random formulas.

use std::sync::Arc;

use arrow::array::StringArray;
use jiff::{ToSpan, civil};
use proptest::prelude::*;

use super::trees::{Day, Number, Truth, Word, numbers, truths, words};
use crate::formula::{Formula, Parsed};
use crate::value::{Column, Kind, Levels};

pub(super) const LEVELS: [&str; 3] = ["BSc", "MSc", "PhD"];

struct Row {
    numbers: [f64; 2],
    flag: bool,
    education: usize,
    city: &'static str,
    born: i32,
}

/// The same row for the same number; blocks end within and behind the rows that are tried.
fn row(i: usize) -> Row {
    let wild = [0.0, -0.0, 1.0, 2.0, -3.5, 1e300, f64::INFINITY, f64::NAN, 0.1, 7.25, -1e-5];
    Row {
        numbers: [i as f64 * 0.37 - 200.0, wild[i % 11]],
        flag: i.is_multiple_of(3),
        education: (i / 2) % 3,
        city: ["Lyon", "PhD", "", "MSc", "é"][i % 5],
        born: (i as i32 - 700) * 97,
    }
}

fn column(name: &str, rows: usize) -> Column {
    let rows = (0..rows).map(row);
    match name {
        "a" => Column::Number(rows.map(|r| r.numbers[0]).collect()),
        "b" => Column::Number(rows.map(|r| r.numbers[1]).collect()),
        "flag" => Column::Boolean(rows.map(|r| r.flag).collect()),
        "education" => {
            Column::Category { codes: rows.map(|r| r.education as u32).collect(), levels: levels() }
        }
        "city" => Column::Text(StringArray::from_iter_values(rows.map(|r| r.city))),
        _ => Column::Date(rows.map(|r| r.born).collect()),
    }
}

fn levels() -> Arc<Levels> {
    Arc::new(Levels::new(LEVELS.map(str::to_owned).to_vec(), true))
}

impl Number {
    fn text(&self) -> String {
        match self {
            Number::Constant(x) => format!("({x:?})"),
            Number::Variable(i) => ["a", "b"][*i].to_owned(),
            Number::Truth(t) => t.text(),
            Number::Infix(sign, a, b) => format!("({} {sign} {})", a.text(), b.text()),
            Number::Negated(a) => format!("(-{})", a.text()),
            Number::Call(name, values) => {
                let values: Vec<String> = values.iter().map(Number::text).collect();
                format!("{name}({})", values.join(", "))
            }
            Number::Choice(c, a, b) => {
                format!("(if {} then {} else {})", c.text(), a.text(), b.text())
            }
            Number::Days(a, b) => format!("({} - {})", a.text(), b.text()),
            Number::OfDay(part, d) => format!("{part}({})", d.text()),
        }
    }

    fn value(&self, row: &Row) -> f64 {
        match self {
            Number::Constant(x) => *x,
            Number::Variable(i) => row.numbers[*i],
            Number::Truth(t) => f64::from(u8::from(t.value(row))),
            Number::Infix(sign, a, b) => infix(*sign, a.value(row), b.value(row)),
            Number::Negated(a) => -a.value(row),
            Number::Call(name, values) => {
                let values: Vec<f64> = values.iter().map(|v| v.value(row)).collect();
                call(name, &values)
            }
            Number::Choice(c, a, b) => {
                if c.value(row) {
                    a.value(row)
                } else {
                    b.value(row)
                }
            }
            Number::Days(a, b) => a.value(row) - b.value(row),
            Number::OfDay(part, d) => of_day(part, d.value(row)),
        }
    }
}

fn infix(sign: char, a: f64, b: f64) -> f64 {
    match sign {
        '+' => a + b,
        '-' => a - b,
        '*' => a * b,
        '/' => a / b,
        '%' => {
            let r = libm::fmod(a, b);
            if r != 0.0 && r.is_sign_negative() != b.is_sign_negative() { r + b } else { r }
        }
        _ if b == 2.0 => a * a,
        _ => libm::pow(a, b),
    }
}

fn call(name: &str, values: &[f64]) -> f64 {
    let extreme = |a: f64, b: f64, better: fn(f64, f64) -> bool| {
        if a.is_nan() || b.is_nan() {
            f64::NAN
        } else if better(b, a) {
            b
        } else {
            a
        }
    };
    let x = values[0];
    match name {
        "abs" => libm::fabs(x),
        "floor" => unsigned_zero(libm::floor(x)),
        "ceil" => unsigned_zero(libm::ceil(x)),
        "int" => unsigned_zero(libm::trunc(x)),
        "round" => unsigned_zero(libm::round(x)),
        "sqrt" => libm::sqrt(x),
        "exp" => libm::exp(x),
        "log" => libm::log(x),
        "sign" if x.is_nan() => x,
        "sign" => f64::from(u8::from(x > 0.0)) - f64::from(u8::from(x < 0.0)),
        "min" => values.iter().copied().reduce(|a, b| extreme(a, b, |b, a| b < a)).unwrap(),
        "max" => values.iter().copied().reduce(|a, b| extreme(a, b, |b, a| b > a)).unwrap(),
        "clamp" => extreme(extreme(x, values[1], |b, a| b > a), values[2], |b, a| b < a),
        other => panic!("no {other}"),
    }
}

fn unsigned_zero(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x }
}

fn of_day(part: &str, day: f64) -> f64 {
    let epoch = civil::date(1970, 1, 1);
    let date = (day.abs() < 7e6).then(|| epoch.checked_add((day as i64).days()).ok());
    match (date.flatten(), part) {
        (None, _) => f64::NAN,
        (Some(date), "year") => date.year().into(),
        (Some(date), "month") => date.month().into(),
        (Some(date), _) => date.day().into(),
    }
}

impl Truth {
    fn text(&self) -> String {
        match self {
            Truth::Constant(b) => b.to_string(),
            Truth::Flag => "flag".to_owned(),
            Truth::Not(a) => format!("(not {})", a.text()),
            Truth::Logic(word, a, b) => format!("({} {word} {})", a.text(), b.text()),
            Truth::Compare(sign, a, b) => format!("({} {sign} {})", a.text(), b.text()),
            Truth::Among(a, list) => format!("({} in {list:?})", a.text()),
            Truth::Level(sign, a, level) => format!("({} {sign} \"{level}\")", a.text()),
            Truth::Words(sign, a, b) => format!("({} {sign} {})", a.text(), b.text()),
            Truth::WordAmong(a, list) => format!("({} not in {list:?})", a.text()),
            Truth::CompareDays(sign, a, b) => format!("({} {sign} {})", a.text(), b.text()),
        }
    }

    fn value(&self, row: &Row) -> bool {
        match self {
            Truth::Constant(b) => *b,
            Truth::Flag => row.flag,
            Truth::Not(a) => !a.value(row),
            Truth::Logic("and", a, b) => a.value(row) && b.value(row),
            Truth::Logic(_, a, b) => a.value(row) || b.value(row),
            Truth::Compare(sign, a, b) => compare(sign, a.value(row), b.value(row)),
            Truth::Among(a, list) => list.iter().any(|&x| x == a.value(row)),
            Truth::Level(sign, a, level) => compare(sign, a.value(row), *level),
            Truth::Words(sign, a, b) => compare(sign, a.value(row), b.value(row)),
            Truth::WordAmong(a, list) => list.iter().all(|&x| x != a.value(row)),
            Truth::CompareDays(sign, a, b) => compare(sign, a.value(row), b.value(row)),
        }
    }
}

fn compare<T: PartialOrd>(sign: &str, a: T, b: T) -> bool {
    match sign {
        "==" => a == b,
        "!=" => a != b,
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        _ => a >= b,
    }
}

impl Word {
    fn text(&self) -> String {
        match self {
            Word::Education => "education".to_owned(),
            Word::City => "city".to_owned(),
            Word::Choice(c, a, b) => {
                format!("(if {} then {} else {})", c.text(), a.text(), b.text())
            }
        }
    }

    fn value(&self, row: &Row) -> &'static str {
        match self {
            Word::Education => LEVELS[row.education],
            Word::City => row.city,
            Word::Choice(c, a, b) => {
                if c.value(row) {
                    a.value(row)
                } else {
                    b.value(row)
                }
            }
        }
    }
}

impl Day {
    fn text(&self) -> String {
        match self {
            Day::Constant(day) => {
                let date = civil::date(1970, 1, 1).checked_add(day.days()).unwrap();
                format!("date('{date}')")
            }
            Day::Born => "born".to_owned(),
            Day::Moved(day, by) => format!("({} + {})", day.text(), by.text()),
        }
    }

    fn value(&self, row: &Row) -> f64 {
        match self {
            Day::Constant(day) => f64::from(*day),
            Day::Born => f64::from(row.born),
            Day::Moved(day, by) => libm::floor(day.value(row) + by.value(row)),
        }
    }
}

fn compiled(text: &str) -> Formula {
    let kind_of = |name: &str| {
        Some(match name {
            "a" | "b" => Kind::Number,
            "flag" => Kind::Boolean,
            "education" => Kind::Category(levels()),
            "city" => Kind::Text,
            _ => Kind::Date,
        })
    };
    let parsed = Parsed::parse(text).unwrap_or_else(|p| panic!("{text}: {p:?}"));
    parsed.check(&kind_of, &[]).unwrap_or_else(|p| panic!("{text}: {p:?}"))
}

fn evaluated(text: &str, rows: usize) -> Column {
    let formula = compiled(text);
    let columns: Vec<Column> = formula.variables().iter().map(|v| column(v, rows)).collect();
    formula.eval(&columns.iter().collect::<Vec<_>>(), rows)
}

/// Same bits, or both not a number.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

const ROWS: usize = 1_500;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn numbers_are_what_a_plain_interpreter_finds(tree in numbers(4)) {
        let text = tree.text();
        prop_assume!(text.len() < 9_000);
        let values = match evaluated(&text, ROWS) {
            Column::Number(values) => values,
            Column::Boolean(values) => values.into_iter().map(|b| f64::from(u8::from(b))).collect(),
            other => panic!("{text} gives {other:?}"),
        };
        for (i, &value) in values.iter().enumerate() {
            let expected = tree.value(&row(i));
            prop_assert!(same(value, expected), "row {i} of {text}: {value} for {expected}");
        }
    }

    #[test]
    fn truths_are_what_a_plain_interpreter_finds(tree in truths(4)) {
        let text = tree.text();
        prop_assume!(text.len() < 9_000);
        let Column::Boolean(values) = evaluated(&text, ROWS) else { panic!("{text}") };
        for (i, &value) in values.iter().enumerate() {
            prop_assert_eq!(value, tree.value(&row(i)), "row {} of {}", i, text);
        }
    }

    #[test]
    fn words_are_what_a_plain_interpreter_finds(tree in words(4)) {
        let text = tree.text();
        prop_assume!(text.len() < 9_000);
        let column = evaluated(&text, ROWS);
        for i in 0..ROWS {
            let value = match &column {
                Column::Text(texts) => texts.value(i),
                Column::Category { codes, levels } => levels.name(codes[i]),
                other => panic!("{text} gives {other:?}"),
            };
            prop_assert_eq!(value, tree.value(&row(i)), "row {} of {}", i, text);
        }
    }
}
