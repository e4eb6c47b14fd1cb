//! Comparisons and membership: what may be compared with what, and how.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::build::{At, Op};
use super::check::{Checker, Meant, Part, date_hint};
use super::lane::{self, Binary};
use super::problem::{Problem, ProblemKind, quoted};
use super::syntax::Comparison;
use crate::diag::nearest;
use crate::value::{Kind, Levels};

/// A code that no level has.
const NO_CODE: f64 = -1.0;

impl Comparison {
    fn lane(self) -> Binary {
        match self {
            Comparison::Equal => lane::equal,
            Comparison::Unequal => lane::unequal,
            Comparison::Less => lane::less,
            Comparison::AtMost => lane::at_most,
            Comparison::More => lane::more,
            Comparison::AtLeast => lane::at_least,
        }
    }
}

impl Checker<'_> {
    pub(super) fn comparison(&mut self, comparison: Comparison, a: &Part, b: &Part) -> Meant {
        use Kind::{Boolean, Category, Date, Number, Text};
        use Meant::{Literal, Unknown, Value};
        let result = match (&a.meant, &b.meant) {
            (Unknown, _) | (_, Unknown) => None,
            (Value(Number | Boolean, x), Value(Number | Boolean, y)) | (Value(Date, x), Value(Date, y)) => {
                Some(self.builder.binary(comparison.lane(), *x, *y))
            }
            (Value(Category(levels), x), Literal(text)) => {
                self.with_level(comparison, (a, levels, *x), (b, text))
            }
            (Literal(text), Value(Category(levels), x)) => {
                self.with_level(comparison.mirrored(), (b, levels, *x), (a, text))
            }
            (Value(Category(ours), x), Value(Category(theirs), y)) => {
                self.two_categories(comparison, (a, ours, *x), (b, theirs, *y))
            }
            (Literal(_) | Value(Text | Category(_), _), Literal(_) | Value(Text | Category(_), _)) => {
                self.two_texts(comparison, a, b)
            }
            _ => {
                self.incomparable(a, b);
                None
            }
        };
        result.map_or(Unknown, Meant::truth)
    }

    fn with_level(
        &mut self,
        comparison: Comparison,
        (category, levels, x): (&Part, &Arc<Levels>, At),
        (literal, text): (&Part, &str),
    ) -> Option<At> {
        if comparison.orders() && !levels.ordered() {
            self.no_order(comparison, category);
            return None;
        }
        let code = self.code(category, levels, literal, text)?;
        let code = self.builder.constant(code);
        Some(self.builder.binary(comparison.lane(), x, code))
    }

    /// The code of a level, or a report that there is none of that name.
    fn code(&mut self, category: &Part, levels: &Levels, literal: &Part, text: &str) -> Option<f64> {
        if let Some(code) = levels.code(text) {
            return Some(f64::from(code));
        }
        let whose = quoted(self.parsed.text_of(category.id));
        let message = format!("{} is not a level of {whose}", quoted(text));
        let names = || levels.names().iter().map(String::as_str);
        let hint = match nearest(text, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => listed(names()),
        };
        let problem = Problem::new(ProblemKind::UnknownLevel, self.at(literal.id), message);
        self.problems.push(problem.hint(hint));
        None
    }

    fn two_categories(
        &mut self,
        comparison: Comparison,
        (a, ours, x): (&Part, &Arc<Levels>, At),
        (b, theirs, y): (&Part, &Arc<Levels>, At),
    ) -> Option<At> {
        if ours == theirs {
            if comparison.orders() && !ours.ordered() {
                self.no_order(comparison, a);
                return None;
            }
            return Some(self.builder.binary(comparison.lane(), x, y));
        }
        if comparison.orders() {
            let sign = comparison.sign();
            let at = self.spread(a, b);
            let problem = Problem::mistyped(at, format!("`{sign}` needs the same levels on both sides"));
            self.problems
                .push(problem.hint("categories with different levels only compare with `==` and `!=`"));
            return None;
        }
        let codes: BTreeMap<&str, f64> = codes_of(ours);
        let table: Arc<[f64]> =
            theirs.names().iter().map(|name| codes.get(name.as_str()).copied().unwrap_or(NO_CODE)).collect();
        let y = self.builder.table(table, y);
        Some(self.builder.binary(comparison.lane(), x, y))
    }

    fn two_texts(&mut self, comparison: Comparison, a: &Part, b: &Part) -> Option<At> {
        if comparison.orders() {
            let sign = comparison.sign();
            let at = self.spread(a, b);
            let problem = Problem::mistyped(at, format!("`{sign}` does not compare texts"));
            self.problems.push(problem.hint("texts only compare with `==`, `!=` and `in`"));
            return None;
        }
        let (x, y) = (self.text(&a.meant)?, self.text(&b.meant)?);
        let same = self.builder.same_text(x, y);
        Some(match comparison {
            Comparison::Equal => same,
            _ => self.builder.unary(lane::not, same),
        })
    }

    /// A string, text or category as a text.
    pub(super) fn text(&mut self, meant: &Meant) -> Option<At> {
        match meant {
            Meant::Literal(text) => Some(self.builder.push(Op::Literal(text.clone()))),
            Meant::Value(Kind::Text, at) => Some(*at),
            Meant::Value(Kind::Category(levels), at) => Some(self.builder.name_of(levels.clone(), *at)),
            _ => None,
        }
    }

    fn no_order(&mut self, comparison: Comparison, category: &Part) {
        let whose = quoted(self.parsed.text_of(category.id));
        let sign = comparison.sign();
        let message = format!("`{sign}` needs an order, and the levels of {whose} have none");
        let problem = Problem::mistyped(self.at(category.id), message);
        self.problems.push(problem.hint("declare the variable with `ordered = true`, or use `==` or `in`"));
    }

    fn incomparable(&mut self, a: &Part, b: &Part) {
        let at = self.spread(a, b);
        let message = format!("cannot compare {} with {}", a.meant.phrase(), b.meant.phrase());
        let hint = self.meant_instead(a, b).or_else(|| self.meant_instead(b, a));
        self.problems.push(Problem::mistyped(at, message).maybe_hint(hint));
    }

    /// What a string was meant to be, beside a value that does not compare with strings.
    fn meant_instead(&self, string: &Part, value: &Part) -> Option<String> {
        let (Meant::Literal(text), Meant::Value(kind, _)) = (&string.meant, &value.meant) else {
            return None;
        };
        let plain = text.trim();
        match kind {
            Kind::Date => date_hint(&string.meant),
            Kind::Number if plain.parse::<f64>().is_ok_and(f64::is_finite) => {
                Some(format!("write {plain} without quotes"))
            }
            Kind::Boolean if matches!(plain, "true" | "false") => {
                Some(format!("write {plain} without quotes"))
            }
            _ => None,
        }
    }

    pub(super) fn membership(&mut self, value: &Part, list: &[Part], negated: bool) -> Meant {
        let found = match &value.meant {
            Meant::Unknown => None,
            Meant::Value(Kind::Category(levels), x) => self.among_levels(value, levels, *x, list),
            Meant::Value(Kind::Text, _) | Meant::Literal(_) => self.among_texts(value, list),
            Meant::Value(kind, x) => {
                let dates = *kind == Kind::Date;
                self.among_numbers(value, *x, dates, list)
            }
        };
        let Some(found) = found else {
            return Meant::Unknown;
        };
        Meant::truth(if negated { self.builder.unary(lane::not, found) } else { found })
    }

    fn among_levels(&mut self, value: &Part, levels: &Arc<Levels>, x: At, list: &[Part]) -> Option<At> {
        let mut table = vec![0.0; levels.len()];
        let mut right = true;
        for item in list {
            match &item.meant {
                Meant::Literal(text) => match self.code(value, levels, item, text) {
                    Some(code) => table[code as usize] = 1.0,
                    None => right = false,
                },
                _ => right &= self.not_an_item(value, item),
            }
        }
        right.then(|| self.builder.table(table.into(), x))
    }

    fn among_texts(&mut self, value: &Part, list: &[Part]) -> Option<At> {
        let mut texts = Vec::with_capacity(list.len());
        let mut right = true;
        for item in list {
            match &item.meant {
                Meant::Literal(text) => texts.push(text.clone()),
                _ => right &= self.not_an_item(value, item),
            }
        }
        let x = self.text(&value.meant)?;
        right.then(|| self.builder.among_texts(texts.into(), x))
    }

    fn among_numbers(&mut self, value: &Part, x: At, dates: bool, list: &[Part]) -> Option<At> {
        let mut numbers = Vec::with_capacity(list.len());
        let mut right = true;
        for item in list {
            let scalar = match &item.meant {
                Meant::Value(Kind::Date, at) if dates => self.builder.scalar(*at),
                Meant::Value(Kind::Number | Kind::Boolean, at) if !dates => self.builder.scalar(*at),
                _ => None,
            };
            match scalar {
                Some(number) => numbers.push(number),
                None => right &= self.not_an_item(value, item),
            }
        }
        right.then(|| self.builder.among(numbers.into(), x))
    }

    /// Reports an item that the value cannot be compared with, or that is not a constant.
    fn not_an_item(&mut self, value: &Part, item: &Part) -> bool {
        if matches!(item.meant, Meant::Unknown) {
            return false;
        }
        let (value_phrase, item_phrase) = (value.meant.phrase(), item.meant.phrase());
        let compared = value_phrase == item_phrase
            || (value_phrase, item_phrase) == ("a text", "a category")
            || (value_phrase, item_phrase) == ("a string", "a category")
            || (value_phrase, item_phrase) == ("a string", "a text")
            || (value_phrase, item_phrase) == ("a number", "true or false")
            || (value_phrase, item_phrase) == ("true or false", "a number");
        let problem = if compared {
            Problem::mistyped(self.at(item.id), "the list of `in` holds constants only")
                .hint("compare with a variable by `==`")
        } else {
            let message = format!("cannot compare {value_phrase} with {item_phrase}");
            let hint = self.meant_instead(item, value);
            Problem::mistyped(self.at(item.id), message).maybe_hint(hint)
        };
        self.problems.push(problem);
        false
    }
}

/// The codes of levels by name.
pub(super) fn codes_of(levels: &Levels) -> BTreeMap<&str, f64> {
    // From the last to the first, since earlier levels win, as they do in `Levels::code`.
    let names = levels.names().iter().enumerate().rev();
    names.map(|(code, name)| (name.as_str(), code as f64)).collect()
}

/// "the levels are a, b and c", or only the first of many.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 8;
    let mut shown: Vec<String> = names.take(SHOWN + 1).map(quoted).collect();
    let more = if shown.len() > SHOWN { ", …" } else { "" };
    shown.truncate(SHOWN);
    format!("the levels are {}{more}", shown.join(", "))
}
