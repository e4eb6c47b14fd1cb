//! How variables are made, compiled.

use std::sync::Arc;

use super::constants::{refuse_modifiers, refuse_parameters};
use super::expression::{Expression, expression, formula};
use super::files::Files;
use super::lookups::{Lookup, lookup};
use super::names::{FirstNameDraw, SurnameDraw, first_names, surnames};
use super::parents::Scope;
use super::variable::Cell;
use crate::diag::{Diagnostic, Place, code};
use crate::dist::{Family, Form};
use crate::formula::Formula;
use crate::scenario::{
    At, Coupling, DateBound, DistributionShape, Generator, Literal, Parameter, TemplateText,
    Variable as Shape,
};
use crate::text::Template;
use crate::value::{Kind, Levels};

/// How a variable is made.
#[derive(Debug, Clone)]
pub enum Made {
    /// A number drawn by its quantile function.
    Draw(Draw),
    /// A category drawn by weights.
    Categories {
        /// The categories.
        levels: Arc<Levels>,
        /// A weight each, which need not sum to 1.
        weights: Vec<Expression>,
        /// Whether twins are coupled by Gumbel-max instead of by rank.
        gumbel: bool,
    },
    /// A number drawn from points (probability, value) joined by straight lines.
    Quantiles(Vec<(f64, f64)>),
    /// A number drawn from given values, sorted.
    Sorted(Arc<[f64]>),
    /// A category drawn from given data: cumulative shares.
    Frequencies {
        /// The categories.
        levels: Arc<Levels>,
        /// Cumulative shares; the last is 1.
        cumulative: Vec<f64>,
    },
    /// A formula and the places of its inputs among the parents.
    Formula(Formula, Vec<usize>),
    /// A value from a table.
    Lookup(Lookup),
    /// The same for everyone.
    Constant(Literal),
    /// A day, uniform between two others, both included.
    Date(Day, Day),
    /// A first name.
    FirstName(FirstNameDraw),
    /// A surname.
    Surname(SurnameDraw),
    /// A text, and the places of its inputs among the parents in the template's order.
    Text(Template, Vec<usize>),
}

/// A day, the same for everyone or computed.
#[derive(Debug, Clone)]
pub enum Day {
    /// Days since 1970-01-01.
    Fixed(i32),
    /// A formula and the places of its inputs among the parents.
    Formula(Formula, Vec<usize>),
}

/// A number drawn by its quantile function: one distribution or a mixture, truncated, with a hurdle.
#[derive(Debug, Clone)]
pub struct Draw {
    /// The distributions; one, unless it is a mixture.
    pub components: Vec<Component>,
    /// Truncation and hurdle.
    pub modifiers: Modifiers,
    /// Whether the values are true or false.
    pub boolean: bool,
}

/// A distribution of a mixture, or the only one.
#[derive(Debug, Clone)]
pub struct Component {
    /// Its weight.
    pub weight: Expression,
    /// The family.
    pub family: &'static Family,
    /// The set of parameters.
    pub form: &'static Form,
    /// The parameters, in the order of the form.
    pub parameters: Vec<Expression>,
}

/// Truncation and hurdle.
#[derive(Debug, Clone, Default)]
pub struct Modifiers {
    /// Truncation from below.
    pub min: Option<Expression>,
    /// Truncation from above.
    pub max: Option<Expression>,
    /// The share of exact zeros.
    pub zero: Option<Expression>,
}

/// A generator and what its cells hold; what is wrong is reported to the scope.
pub(super) fn made(shape: &Shape, scope: &mut Scope, files: &mut Files) -> Option<(Made, Cell)> {
    let modifiers = modifiers(shape, scope);
    let ordered = shape.is_ordered();
    let found = match &shape.generator.value {
        Generator::Distribution(d) => draw(std::slice::from_ref(d), None, modifiers, shape, scope),
        Generator::Mixture(components) => {
            let (weights, laws): (Vec<&Parameter>, Vec<DistributionShape>) =
                components.iter().map(|(w, d)| (w, d.clone())).unzip();
            draw(&laws, Some(&weights), modifiers, shape, scope)
        }
        Generator::Categorical(levels) => categories(levels, shape, scope),
        Generator::Quantiles(points) => Some((Made::Quantiles(points.clone()), Cell::Number)),
        Generator::EmpiricalFile { file, column } => {
            super::files::empirical(file, column, ordered, scope, files)
        }
        Generator::Formula(text) => formula(text, scope).map(|(formula, inputs)| {
            let cell = cell_of(formula.kind());
            (Made::Formula(formula, inputs), cell)
        }),
        Generator::Lookup(l) => lookup(l, ordered, scope, files).map(|(l, cell)| (Made::Lookup(l), cell)),
        Generator::Constant(literal) => {
            let cell = literal_cell(&literal.value);
            Some((Made::Constant(literal.value.clone()), cell))
        }
        Generator::Date { from, to } => {
            let (from, to) = (day(from, scope), day(to, scope));
            from.zip(to).map(|(from, to)| (Made::Date(from, to), Cell::Date))
        }
        Generator::Names(names) => first_names(names, scope, files)
            .map(|(draw, levels)| (Made::FirstName(draw), Cell::Category(levels))),
        Generator::Surnames(list) => surnames(list, &shape.generator.place, scope, files)
            .map(|(draw, levels)| (Made::Surname(draw), Cell::Category(levels))),
        Generator::Text(text) => template(text, scope),
        Generator::Unread { parameters, laws, .. } => {
            for parameter in parameters {
                expression(parameter, scope);
            }
            for law in laws {
                let parameters: Vec<Option<Expression>> =
                    law.parameters.iter().map(|p| expression(p, scope)).collect();
                refuse_parameters(law, &parameters, scope);
            }
            None
        }
    };
    let found =
        found.map(|(made, cell)| (made, rounded_cell(cell, shape.decimals.as_ref().map(|d| d.value))));
    let kind = found.as_ref().map(|(_, cell)| cell.kind()).or_else(|| kind_of(shape));
    refuse_misfits(shape, kind.as_ref(), scope);
    found
}

/// The type of a variable by its generator alone, where that says it: also if something is wrong with the parameters.
pub(super) fn kind_of(shape: &Shape) -> Option<Kind> {
    match &shape.generator.value {
        Generator::Distribution(law) if law.family.name == "bernoulli" => Some(Kind::Boolean),
        Generator::Distribution(_) | Generator::Mixture(_) | Generator::Quantiles(_) => Some(Kind::Number),
        Generator::Categorical(levels) => {
            let names = levels.iter().map(|(name, _)| name.value.clone()).collect();
            Some(Kind::Category(Arc::new(Levels::new(names, shape.is_ordered()))))
        }
        Generator::Constant(literal) => Some(literal_cell(&literal.value).kind()),
        Generator::Date { .. } => Some(Kind::Date),
        Generator::Text(_) => Some(Kind::Text),
        Generator::EmpiricalFile { .. }
        | Generator::Formula(_)
        | Generator::Lookup(_)
        | Generator::Names(_)
        | Generator::Surnames(_)
        | Generator::Unread { .. } => None,
    }
}

/// Numbers without decimals are whole.
fn rounded_cell(cell: Cell, decimals: Option<i32>) -> Cell {
    match (cell, decimals) {
        (Cell::Number, Some(d)) if d <= 0 => Cell::Integer,
        (cell, _) => cell,
    }
}

fn cell_of(kind: &Kind) -> Cell {
    match kind {
        Kind::Number => Cell::Number,
        Kind::Boolean => Cell::Boolean,
        Kind::Category(levels) => Cell::Category(levels.clone()),
        Kind::Text => Cell::Text,
        Kind::Date => Cell::Date,
    }
}

pub(super) fn literal_cell(literal: &Literal) -> Cell {
    match literal {
        Literal::Number(n) if n.fract() == 0.0 && n.abs() < 9e15 => Cell::Integer,
        Literal::Number(_) => Cell::Number,
        Literal::Boolean(_) => Cell::Boolean,
        Literal::Text(text) => Cell::Category(Arc::new(Levels::new(vec![text.clone()], false))),
        Literal::Date(_) => Cell::Date,
    }
}

fn modifiers(shape: &Shape, scope: &mut Scope) -> Option<Modifiers> {
    let mut whole = true;
    let mut compiled = |parameter: &Option<Parameter>| {
        let expression = parameter.as_ref().and_then(|p| expression(p, scope));
        whole &= expression.is_some() == parameter.is_some();
        expression
    };
    let modifiers =
        Modifiers { min: compiled(&shape.min), max: compiled(&shape.max), zero: compiled(&shape.zero) };
    whole.then_some(modifiers)
}

/// The distributions of a variable. Each parameter is looked at, so that one mistake does not hide another.
fn draw(
    laws: &[DistributionShape],
    weights: Option<&[&Parameter]>,
    modifiers: Option<Modifiers>,
    shape: &Shape,
    scope: &mut Scope,
) -> Option<(Made, Cell)> {
    let mut components = Vec::with_capacity(laws.len());
    let mut good = true;
    for (at, law) in laws.iter().enumerate() {
        let weight = match weights {
            Some(weights) => expression(weights[at], scope),
            None => Some(Expression::number(1.0)),
        };
        let parameters: Vec<Option<Expression>> =
            law.parameters.iter().map(|p| expression(p, scope)).collect();
        good &= refuse_parameters(law, &parameters, scope);
        let parameters: Option<Vec<Expression>> = parameters.into_iter().collect();
        components.push(weight.zip(parameters).map(|(weight, parameters)| Component {
            weight,
            family: law.family,
            form: law.form,
            parameters,
        }));
    }
    let components: Option<Vec<Component>> = components.into_iter().collect();
    let (components, modifiers) = components.zip(modifiers)?;
    let family = components[0].family;
    let boolean = family.name == "bernoulli" && components.len() == 1;
    let draw = Draw { components, modifiers, boolean };
    good &= refuse_modifiers(&draw, shape, scope);
    let cell = match (boolean, family.discrete) {
        (true, _) => Cell::Boolean,
        (false, true) => Cell::Integer,
        (false, false) => Cell::Number,
    };
    good.then_some((Made::Draw(draw), cell))
}

fn categories(levels: &[(At<String>, Parameter)], shape: &Shape, scope: &mut Scope) -> Option<(Made, Cell)> {
    let weights: Vec<Option<Expression>> = levels.iter().map(|(_, p)| expression(p, scope)).collect();
    let weights: Option<Vec<Expression>> = weights.into_iter().collect();
    let names = levels.iter().map(|(name, _)| name.value.clone()).collect();
    let levels = Arc::new(Levels::new(names, shape.is_ordered()));
    let gumbel = match &shape.coupling {
        Some(coupling) => coupling.value == Coupling::Gumbel,
        None => !shape.is_ordered(),
    };
    let made = Made::Categories { levels: levels.clone(), weights: weights?, gumbel };
    Some((made, Cell::Category(levels)))
}

fn day(bound: &DateBound, scope: &mut Scope) -> Option<Day> {
    match bound {
        DateBound::Day(day) => Some(Day::Fixed(day.value)),
        DateBound::Unread => None,
        DateBound::Formula(text) => {
            let (formula, inputs) = formula(text, scope)?;
            if *formula.kind() != Kind::Date {
                scope.report(
                    Diagnostic::error(
                        code::FORMULA_TYPE,
                        format!("a date is wanted here, but the formula is {}", formula.kind().phrase()),
                    )
                    .at(&text.place)
                    .hint("for instance date(\"2026-01-31\") - 365 * age"),
                );
                return None;
            }
            Some(Day::Formula(formula, inputs))
        }
    }
}

fn template(text: &TemplateText, scope: &mut Scope) -> Option<(Made, Cell)> {
    match Template::parse(&text.text) {
        Ok(template) => {
            if template.variables().iter().any(|v| scope.kind(v).is_none()) {
                return None;
            }
            let inputs = template.variables().iter().map(|v| scope.parent(v)).collect();
            Some((Made::Text(template, inputs), Cell::Text))
        }
        Err(problems) => {
            for problem in problems {
                let place = problem.at.map_or_else(|| text.place.clone(), |at| text.within(&at));
                let mut diagnostic = Diagnostic::error(code::BAD_TEMPLATE, problem.message).at(&place);
                diagnostic.hint = problem.hint;
                scope.report(diagnostic);
            }
            None
        }
    }
}

/// Modifiers that mean nothing for the generator they stand beside.
fn refuse_misfits(shape: &Shape, kind: Option<&Kind>, scope: &mut Scope) {
    let generator = &shape.generator.value;
    if matches!(generator, Generator::Unread { .. }) {
        return;
    }
    let drawn = match generator {
        Generator::Distribution(law) => law.family.name != "bernoulli",
        Generator::Mixture(_) => true,
        _ => false,
    };
    let mut refuse = |key: &str, place: Option<&Place>, wants: &str, hint: &str| {
        if let Some(place) = place {
            let message = format!("`{key}` means nothing for `{}`: it belongs to {wants}", shape.name.value);
            scope.report(Diagnostic::error(code::MISFIT, message).at(place).hint(hint));
        }
    };
    if !drawn {
        let bounds = "it cuts a distribution; a formula is bounded by max(…, …), min(…, …) or clamp(…, …, …)";
        refuse("min", shape.min.as_ref().map(Parameter::place), "a distribution", bounds);
        refuse("max", shape.max.as_ref().map(Parameter::place), "a distribution", bounds);
        let hurdle = "the share of exact zeros of a distribution; a formula says `if … then 0 else …`";
        refuse("zero", shape.zero.as_ref().map(Parameter::place), "a distribution", hurdle);
    }
    if kind.is_some_and(|kind| *kind != Kind::Number) {
        let hint = "leave it out: only numbers are rounded";
        refuse("decimals", shape.decimals.as_ref().map(|d| &d.place), "a number", hint);
    }
    if !matches!(generator, Generator::Categorical(_)) {
        let coupling = shape.coupling.as_ref().map(|c| &c.place).filter(|_| !is_rank(shape));
        refuse("coupling", coupling, "`categorical`", "leave it out: everything else keeps its rank");
    }
    let listed = matches!(generator, Generator::Names(_) | Generator::Surnames(_));
    if listed || kind.is_some_and(|kind| !matches!(kind, Kind::Category(_))) {
        let ordered = shape.ordered.as_ref().filter(|ordered| ordered.value).map(|ordered| &ordered.place);
        let hint = "leave it out: only categories have an order to declare";
        refuse("ordered", ordered, "categories", hint);
    }
}

fn is_rank(shape: &Shape) -> bool {
    shape.coupling.as_ref().is_some_and(|c| c.value == Coupling::Rank)
}
