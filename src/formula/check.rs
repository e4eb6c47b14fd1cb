//! From shape to meaning: names are looked up, types compared, and the operations to perform written down.

use std::ops::Range;
use std::sync::Arc;

use super::build::{At, Builder, Op};
use super::calendar;
use super::call::call_of;
use super::compiled::Formula;
use super::functions::{Function, power, square};
use super::lane;
use super::problem::{Problem, ProblemKind, in_order, quoted};
use super::syntax::{Id, Infix, Parsed, Shape};
use crate::diag::did_you_mean;
use crate::value::{Kind, Levels};

/// What a part of a formula means.
#[derive(Debug, Clone)]
pub(super) enum Meant {
    /// A value of a type, computed by an operation.
    Value(Kind, At),
    /// A string, which is a level, a text or a date depending on what it meets.
    Literal(Arc<str>),
    /// Nothing, and that has been reported.
    Unknown,
}

impl Meant {
    /// The type for a message.
    pub(super) fn phrase(&self) -> &'static str {
        match self {
            Meant::Value(kind, _) => kind.phrase(),
            Meant::Literal(_) => "a string",
            Meant::Unknown => "something unknown",
        }
    }

    pub(super) fn truth(at: At) -> Self {
        Meant::Value(Kind::Boolean, at)
    }

    pub(super) fn number(at: At) -> Self {
        Meant::Value(Kind::Number, at)
    }
}

/// A part of the formula with its meaning.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) id: Id,
    pub(super) meant: Meant,
}

pub(super) struct Checker<'a> {
    pub(super) parsed: &'a Parsed,
    pub(super) builder: Builder,
    pub(super) problems: Vec<Problem>,
    pub(super) kind_of: &'a dyn Fn(&str) -> Option<Kind>,
    known: &'a [&'a str],
    /// Whether unknown names have been reported elsewhere.
    silent: bool,
    /// In order of first use, which is the order of inputs.
    variables: Vec<(String, Meant)>,
    meanings: Vec<Meant>,
}

impl Parsed {
    /// Gives the formula its types.
    ///
    /// `kind_of` says what a variable is, or `None` when there is none of that name; `known` are the names to suggest then.
    ///
    /// # Errors
    ///
    /// The mistakes of meaning that are no consequence of another, in order of place, the first 20.
    pub fn check(
        &self,
        kind_of: &dyn Fn(&str) -> Option<Kind>,
        known: &[&str],
    ) -> Result<Formula, Vec<Problem>> {
        self.checked(kind_of, known, false).finish()
    }

    /// The mistakes of meaning besides unknown names: what else is wrong where the types of some variables are not known.
    pub fn problems_besides_names(&self, kind_of: &dyn Fn(&str) -> Option<Kind>) -> Vec<Problem> {
        in_order(self.checked(kind_of, &[], true).problems)
    }

    fn checked<'a>(
        &'a self,
        kind_of: &'a dyn Fn(&str) -> Option<Kind>,
        known: &'a [&'a str],
        silent: bool,
    ) -> Checker<'a> {
        let mut checker = Checker {
            parsed: self,
            builder: Builder::default(),
            problems: Vec::new(),
            kind_of,
            known,
            silent,
            variables: Vec::new(),
            meanings: Vec::with_capacity(self.nodes.len()),
        };
        for id in 0..self.nodes.len() {
            let meant = checker.meaning(id);
            checker.meanings.push(meant);
        }
        checker
    }
}

impl Checker<'_> {
    fn finish(mut self) -> Result<Formula, Vec<Problem>> {
        let (kind, root) = match self.meanings.pop() {
            Some(Meant::Value(kind, at)) => (kind, at),
            Some(Meant::Literal(text)) => {
                let levels = Levels::new(vec![text.to_string()], false);
                (Kind::Category(Arc::new(levels)), self.builder.constant(0.0))
            }
            // An unknown meaning has its problem on the list.
            Some(Meant::Unknown) | None => (Kind::Number, self.builder.constant(f64::NAN)),
        };
        if self.problems.is_empty() {
            let variables = self.variables.into_iter().map(|(name, _)| name).collect();
            Ok(Formula::new(kind, variables, &self.builder.ops, root))
        } else {
            Err(in_order(self.problems))
        }
    }

    pub(super) fn at(&self, id: Id) -> Range<usize> {
        self.parsed.nodes[id].at.clone()
    }

    /// From the beginning of one part to the end of another.
    pub(super) fn spread(&self, a: &Part, b: &Part) -> Range<usize> {
        let nodes = &self.parsed.nodes;
        nodes[a.id].around.start..nodes[b.id].around.end
    }

    pub(super) fn part(&self, id: Id) -> Part {
        let meant = self.meanings[id].clone();
        Part { id, meant }
    }

    fn meaning(&mut self, id: Id) -> Meant {
        let parsed = self.parsed;
        match &parsed.nodes[id].shape {
            Shape::Number(value) => Meant::number(self.builder.constant(*value)),
            Shape::Truth(value) => Meant::truth(self.builder.constant(lane::truth(*value))),
            Shape::Text(text) => Meant::Literal(text.clone()),
            Shape::Variable(name) => self.variable(name, self.at(id)),
            Shape::Negate(value) => {
                let value = self.number(&self.part(*value), "`-` needs a number");
                self.known(value, |builder, value| Meant::number(builder.unary(lane::negate, value)))
            }
            Shape::Not(value) => {
                let value = self.truth(&self.part(*value), "`not`");
                self.known(value, |builder, value| Meant::truth(builder.unary(lane::not, value)))
            }
            Shape::Infix(Infix::Compare(comparison), a, b) => {
                self.comparison(*comparison, &self.part(*a), &self.part(*b))
            }
            Shape::Infix(infix, a, b) => self.arithmetic(*infix, &self.part(*a), &self.part(*b)),
            Shape::If(condition, a, b) => {
                let condition = self.truth(&self.part(*condition), "the condition of `if`");
                self.choice(condition, &self.part(*a), &self.part(*b))
            }
            Shape::In(value, list, negated) => {
                let list: Vec<Part> = list.iter().map(|&item| self.part(item)).collect();
                self.membership(&self.part(*value), &list, *negated)
            }
            Shape::Call { name, name_at, values } => {
                let values: Vec<Part> = values.iter().map(|&value| self.part(value)).collect();
                self.call(id, name, name_at, &values)
            }
        }
    }

    fn known(&mut self, at: Option<At>, make: impl FnOnce(&mut Builder, At) -> Meant) -> Meant {
        at.map_or(Meant::Unknown, |at| make(&mut self.builder, at))
    }

    fn variable(&mut self, name: &str, at: Range<usize>) -> Meant {
        if let Some((_, meant)) = self.variables.iter().find(|(known, _)| known == name) {
            return meant.clone();
        }
        let position = self.variables.len();
        let meant = match (self.kind_of)(name) {
            Some(Kind::Number) => Meant::number(self.builder.push(Op::Input(position))),
            Some(Kind::Text) => Meant::Value(Kind::Text, self.builder.push(Op::LoadText(position))),
            Some(kind) => Meant::Value(kind, self.builder.push(Op::Load(position))),
            None => {
                if !self.silent {
                    self.unknown_variable(name, at);
                }
                Meant::Unknown
            }
        };
        self.variables.push((name.to_owned(), meant.clone()));
        meant
    }

    fn unknown_variable(&mut self, name: &str, at: Range<usize>) {
        let message = format!("there is no variable {}", quoted(name));
        let hint = if let Some(function) = Function::named(name) {
            Some(format!("`{name}` is a function: write `{}`", call_of(function)))
        } else {
            did_you_mean(name, self.known.iter().copied())
        };
        let problem = Problem::new(ProblemKind::UnknownVariable, at, message);
        self.problems.push(problem.maybe_hint(hint));
    }

    /// A part as a number; truth values count as 0 and 1.
    pub(super) fn number(&mut self, part: &Part, need: &str) -> Option<At> {
        match &part.meant {
            Meant::Value(Kind::Number | Kind::Boolean, at) => Some(*at),
            Meant::Unknown => None,
            other => {
                let hint = match other {
                    Meant::Literal(text) if text.trim().parse::<f64>().is_ok_and(f64::is_finite) => {
                        Some(format!("write {} without quotes", text.trim()))
                    }
                    Meant::Literal(text) if calendar::day_of(text).is_some() => {
                        Some(format!("write `date(\"{text}\")`"))
                    }
                    Meant::Value(Kind::Category(_), _) => {
                        Some("give each level its number with `if`, or compare it with a level".into())
                    }
                    _ => None,
                };
                let message = format!("{need}, found {}", other.phrase());
                let problem = Problem::mistyped(self.at(part.id), message);
                self.problems.push(problem.maybe_hint(hint));
                None
            }
        }
    }

    /// A part as a truth value; nothing else counts as one.
    fn truth(&mut self, part: &Part, who: &str) -> Option<At> {
        match &part.meant {
            Meant::Value(Kind::Boolean, at) => Some(*at),
            Meant::Unknown => None,
            other => {
                let message = format!("{who} needs true or false, found {}", other.phrase());
                let problem = Problem::mistyped(self.at(part.id), message);
                let hint = matches!(other, Meant::Value(Kind::Number, _))
                    .then(|| "compare it with a number, such as `> 0`".to_owned());
                self.problems.push(problem.maybe_hint(hint));
                None
            }
        }
    }

    fn arithmetic(&mut self, infix: Infix, a: &Part, b: &Part) -> Meant {
        use Kind::{Date, Number};
        let sign = infix.sign();
        if matches!(infix, Infix::And | Infix::Or) {
            let who = format!("`{sign}`");
            let (Some(a), Some(b)) = (self.truth(a, &who), self.truth(b, &who)) else {
                return Meant::Unknown;
            };
            let f = if infix == Infix::And { lane::and } else { lane::or };
            return Meant::truth(self.builder.binary(f, a, b));
        }
        let is_date = |part: &Part| match part.meant {
            Meant::Value(Date, at) => Some(at),
            _ => None,
        };
        let days = "a date moves by a number of days";
        let (kind, f, a, b): (Kind, lane::Binary, _, _) = match (infix, is_date(a), is_date(b)) {
            (Infix::Subtract, Some(a), Some(b)) => (Number, lane::subtract, Some(a), Some(b)),
            (Infix::Subtract, Some(a), None) => (Date, lane::shift_back, Some(a), self.number(b, days)),
            (Infix::Add, Some(a), None) => (Date, lane::shift_forth, Some(a), self.number(b, days)),
            (Infix::Add, None, Some(b)) => (Date, lane::shift_forth, Some(b), self.number(a, days)),
            (_, Some(_), Some(_)) => {
                let at = self.spread(a, b);
                let problem = Problem::mistyped(at, format!("`{sign}` does not join two dates"));
                self.problems.push(problem.hint("two dates can only be subtracted, which gives days"));
                return Meant::Unknown;
            }
            _ => {
                let need = format!("`{sign}` needs numbers");
                let (a, b) = (self.number(a, &need), self.number(b, &need));
                let f = match infix {
                    Infix::Add => lane::add,
                    Infix::Subtract => lane::subtract,
                    Infix::Multiply => lane::multiply,
                    Infix::Divide => lane::divide,
                    Infix::Remainder => lane::remainder,
                    _ => return self.power(a, b),
                };
                (Number, f, a, b)
            }
        };
        match (a, b) {
            (Some(a), Some(b)) => Meant::Value(kind, self.builder.binary(f, a, b)),
            _ => Meant::Unknown,
        }
    }

    pub(super) fn power(&mut self, base: Option<At>, exponent: Option<At>) -> Meant {
        let (Some(base), Some(exponent)) = (base, exponent) else {
            return Meant::Unknown;
        };
        Meant::number(if self.builder.scalar(exponent) == Some(2.0) {
            self.builder.unary(square, base)
        } else {
            self.builder.binary(power, base, exponent)
        })
    }
}

/// For a string that stands where a date should.
pub(super) fn date_hint(meant: &Meant) -> Option<String> {
    match meant {
        Meant::Literal(text) if calendar::day_of(text).is_some() => Some(format!("write `date(\"{text}\")`")),
        _ => None,
    }
}
