//! The type of a choice: what the two branches of `if` have in common.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::build::At;
use super::check::{Checker, Meant, Part};
use super::problem::Problem;
use crate::value::{Kind, Levels};

impl Checker<'_> {
    /// `if condition then a else b`; the condition is `None` when it has been reported as wrong.
    pub(super) fn choice(&mut self, condition: Option<At>, a: &Part, b: &Part) -> Meant {
        use Kind::{Boolean, Category, Date, Number, Text};
        use Meant::{Literal, Unknown, Value};
        let (kind, x, y) = match (&a.meant, &b.meant) {
            (Unknown, _) | (_, Unknown) => return Unknown,
            (Value(Boolean, x), Value(Boolean, y)) => (Boolean, *x, *y),
            (Value(Number | Boolean, x), Value(Number | Boolean, y)) => (Number, *x, *y),
            (Value(Date, x), Value(Date, y)) => (Date, *x, *y),
            (Literal(_) | Value(Category(_), _), Literal(_) | Value(Category(_), _)) => {
                let (levels, x, y) = self.united(&a.meant, &b.meant);
                (Category(levels), x, y)
            }
            (Literal(_) | Value(Text | Category(_), _), Literal(_) | Value(Text | Category(_), _)) => {
                let (Some(x), Some(y), Some(condition)) =
                    (self.text(&a.meant), self.text(&b.meant), condition)
                else {
                    return Unknown;
                };
                return Value(Text, self.builder.select_text(condition, x, y));
            }
            _ => {
                let (a, other) = (a.meant.phrase(), b.meant.phrase());
                let message = format!("the branches of `if` must be of one type, found {a} and {other}");
                self.problems.push(Problem::mistyped(self.at(b.id), message));
                return Unknown;
            }
        };
        // Of a wrong condition the choice still has a type, so that other mistakes are found.
        let at = match condition {
            Some(condition) => self.builder.select(condition, x, y),
            None => x,
        };
        Value(kind, at)
    }

    /// The levels of both branches, in order of first appearance, and the branches as codes of these.
    fn united(&mut self, a: &Meant, b: &Meant) -> (Arc<Levels>, At, At) {
        let (ours, x) = self.as_category(a);
        let (theirs, y) = self.as_category(b);
        // A choice among the levels of one variable keeps them, and their order.
        if contains(&ours, b, &theirs) {
            let y = self.recoded(&theirs, &ours, y);
            return (ours, x, y);
        }
        if contains(&theirs, a, &ours) {
            let x = self.recoded(&ours, &theirs, x);
            return (theirs, x, y);
        }
        let mut names: Vec<String> = Vec::new();
        let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
        for name in ours.names().iter().chain(theirs.names()) {
            if seen.insert(name, ()).is_none() {
                names.push(name.clone());
            }
        }
        let union = Arc::new(Levels::new(names, false));
        let x = self.recoded(&ours, &union, x);
        let y = self.recoded(&theirs, &union, y);
        (union, x, y)
    }

    fn as_category(&mut self, meant: &Meant) -> (Arc<Levels>, At) {
        match meant {
            Meant::Value(Kind::Category(levels), at) => (levels.clone(), *at),
            Meant::Literal(text) => {
                let levels = Arc::new(Levels::new(vec![text.to_string()], false));
                (levels, self.builder.constant(0.0))
            }
            _ => unreachable!("only strings and categories are united"),
        }
    }

    fn recoded(&mut self, from: &Levels, to: &Levels, at: At) -> At {
        let codes = super::compare::codes_of(to);
        let table: Arc<[f64]> = from.names().iter().map(|name| codes[name.as_str()]).collect();
        self.builder.recode(at, &table)
    }
}

/// Whether `levels` can stand for the other branch as they are: it has the same ones, or is a string among them.
fn contains(levels: &Arc<Levels>, other: &Meant, others: &Arc<Levels>) -> bool {
    match other {
        Meant::Literal(text) => levels.ordered() && levels.code(text).is_some(),
        _ => levels == others,
    }
}
