//! Calls: which function is meant, whether its values fit, and what it becomes.

use std::ops::Range;

use super::build::At;
use super::calendar;
use super::check::{Checker, Meant, Part, date_hint};
use super::functions::{FUNCTIONS, Function, Meaning};
use super::problem::{Problem, ProblemKind, quoted};
use super::syntax::Id;
use crate::diag::did_you_mean;
use crate::value::Kind;

impl Checker<'_> {
    pub(super) fn call(&mut self, id: Id, name: &str, name_at: &Range<usize>, values: &[Part]) -> Meant {
        let Some(function) = Function::named(name) else {
            let message = format!("there is no function {}", quoted(name));
            let hint = if (self.kind_of)(name).is_some() {
                Some(format!("`{name}` is a variable; to multiply, write `{name} * (…)`"))
            } else {
                did_you_mean(name, FUNCTIONS.iter().map(|f| f.name))
            };
            let problem = Problem::new(ProblemKind::UnknownFunction, name_at.clone(), message);
            self.problems.push(problem.maybe_hint(hint));
            return Meant::Unknown;
        };
        if !function.arity.allows(values.len()) {
            let takes = function.arity.phrase();
            let message = format!("`{name}` takes {takes}, found {}", values.len());
            let problem = Problem::new(ProblemKind::WrongArguments, self.at(id), message);
            self.problems.push(problem.hint(format!("write `{}`", call_of(function))));
            return Meant::Unknown;
        }
        match function.meaning {
            Meaning::Date => self.date(&values[0]),
            Meaning::OfDate(f) => match &values[0].meant {
                Meant::Value(Kind::Date, at) => Meant::number(self.builder.unary(f, *at)),
                Meant::Unknown => Meant::Unknown,
                other => {
                    let message = format!("`{name}` needs a date, found {}", other.phrase());
                    let problem = Problem::mistyped(self.at(values[0].id), message);
                    self.problems.push(problem.maybe_hint(date_hint(other)));
                    Meant::Unknown
                }
            },
            Meaning::Extreme(_) | Meaning::Clamp(..) => self.extreme(function, values),
            _ => self.numeric(function, values),
        }
    }

    fn numeric(&mut self, function: &Function, values: &[Part]) -> Meant {
        let need = format!("`{}` needs numbers", function.name);
        let numbers: Vec<Option<At>> = values.iter().map(|v| self.number(v, &need)).collect();
        let Some(numbers) = numbers.into_iter().collect::<Option<Vec<At>>>() else {
            return Meant::Unknown;
        };
        let builder = &mut self.builder;
        Meant::number(match (function.meaning, numbers.as_slice()) {
            (Meaning::Number(f) | Meaning::Round(f, _), &[x]) => builder.unary(f, x),
            (Meaning::Round(_, f), &[x, y]) => builder.binary(f, x, y),
            (_, &[x, y]) => return self.power(Some(x), Some(y)),
            _ => unreachable!("the arity of `{}` has been checked", function.name),
        })
    }

    /// `min`, `max` and `clamp`, of numbers or of dates.
    fn extreme(&mut self, function: &Function, values: &[Part]) -> Meant {
        let name = function.name;
        let of_dates = values.iter().any(|v| matches!(v.meant, Meant::Value(Kind::Date, _)));
        let mut operands = Vec::with_capacity(values.len());
        for value in values {
            operands.push(match &value.meant {
                Meant::Value(Kind::Date, at) => Some(*at),
                Meant::Unknown => None,
                other if of_dates => {
                    let message = format!("`{name}` of dates needs only dates, found {}", other.phrase());
                    let problem = Problem::mistyped(self.at(value.id), message);
                    self.problems.push(problem.maybe_hint(date_hint(other)));
                    None
                }
                _ => self.number(value, &format!("`{name}` needs numbers or dates")),
            });
        }
        let Some(operands) = operands.into_iter().collect::<Option<Vec<At>>>() else {
            return Meant::Unknown;
        };
        let kind = if of_dates { Kind::Date } else { Kind::Number };
        let mut result = operands[0];
        for (place, &operand) in operands.iter().enumerate().skip(1) {
            let f = match function.meaning {
                Meaning::Clamp(lower, _) if place == 1 => lower,
                Meaning::Clamp(_, upper) => upper,
                Meaning::Extreme(f) => f,
                _ => unreachable!("`{name}` is made of extremes"),
            };
            result = self.builder.binary(f, result, operand);
        }
        Meant::Value(kind, result)
    }

    fn date(&mut self, value: &Part) -> Meant {
        let hint = "write a day as `date(\"2026-01-31\")`";
        let problem = match &value.meant {
            Meant::Unknown => return Meant::Unknown,
            Meant::Literal(text) => match calendar::day_of(text) {
                Some(day) => return Meant::Value(Kind::Date, self.builder.constant(day)),
                None => format!("{} is not a day of the calendar", quoted(text)),
            },
            other => format!("`date` needs a string, found {}", other.phrase()),
        };
        let problem = Problem::new(ProblemKind::WrongArguments, self.at(value.id), problem);
        self.problems.push(problem.hint(hint));
        Meant::Unknown
    }
}

/// How a function is called: its signature without the result.
pub(super) fn call_of(function: &Function) -> &'static str {
    let end = function.signature.find(" -> ");
    &function.signature[..end.unwrap_or(function.signature.len())]
}
