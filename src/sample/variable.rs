//! One variable for a run of units, from the columns of its parents.

use super::batch::uniforms;
use super::cells::Cells;
use super::failure::Failure;
use super::ranks::Ranks;
use super::texts::Phrases;
use super::{categories, draws, names, texts};
use crate::formula::{Formula, NO_DATE};
use crate::model::{Cell, Day, Lookup, Made, Variable};
use crate::noise::Noise;
use crate::scenario::Literal;
use crate::value::Column;

/// A variable with the noise that one of its instances reads.
pub(super) struct Source<'m> {
    pub(super) variable: &'m Variable,
    pub(super) ranks: Ranks,
    pub(super) missing: Noise,
    /// Of a text.
    pub(super) phrases: Option<Phrases>,
}

impl Source<'_> {
    /// The values of `rows` units from `first` on; `ranks` are those of these units, and are kept there once they are known.
    pub(super) fn cells(
        &self,
        first: u64,
        rows: usize,
        parents: &[&Column],
        ranks: &mut Option<Vec<f64>>,
    ) -> Result<Cells, Failure> {
        let column = self.column(first, rows, parents, ranks)?;
        let missing = match &self.variable.missing {
            None => None,
            Some(share) => {
                let mut shares = Vec::new();
                share.eval(parents, rows, &mut shares);
                let u = uniforms(&self.missing, first, rows);
                Some(u.iter().zip(shares).map(|(u, p)| *u < p).collect())
            }
        };
        Ok(Cells { column, missing })
    }

    fn column(
        &self,
        first: u64,
        rows: usize,
        parents: &[&Column],
        known: &mut Option<Vec<f64>>,
    ) -> Result<Column, Failure> {
        let category = |codes: Vec<u32>| match &self.variable.cell {
            Cell::Category(levels) => Column::Category { codes, levels: levels.clone() },
            _ => unreachable!("the model gives categories a dictionary"),
        };
        let column = match &self.variable.made {
            Made::Draw(draw) => {
                let values = draws::draw(draw, parents, self.ranks_of(first, rows, known))?;
                match draw.boolean {
                    true => Column::Boolean(values.iter().map(|x| *x != 0.0).collect()),
                    false => Column::Number(values),
                }
            }
            Made::Categories { weights, gumbel, .. } => {
                category(match (categories::constant(weights)?, gumbel) {
                    (Some(cumulative), _) => {
                        categories::by_shares(&cumulative, self.ranks_of(first, rows, known))
                    }
                    (None, false) => {
                        categories::by_rank(weights, parents, self.ranks_of(first, rows, known))?
                    }
                    (None, true) => {
                        categories::by_gumbel(weights, parents, &self.ranks.noise(), first, rows)?
                    }
                })
            }
            Made::Quantiles(points) => {
                Column::Number(draws::quantiles(points, self.ranks_of(first, rows, known)))
            }
            Made::Sorted(values) => Column::Number(draws::sorted(values, self.ranks_of(first, rows, known))),
            Made::Frequencies { cumulative, .. } => {
                category(categories::by_shares(cumulative, self.ranks_of(first, rows, known)))
            }
            Made::Formula(formula, inputs) => evaluate(formula, inputs, parents, rows),
            Made::Lookup(lookup) => look_up(lookup, parents, rows),
            Made::Constant(literal) => constant(literal, &self.variable.cell, rows),
            Made::Date(from, to) => Column::Date(days(self.ranks_of(first, rows, known), from, to, parents)?),
            Made::FirstName(draw) => {
                category(names::first_names(draw, parents, self.ranks_of(first, rows, known)))
            }
            Made::Surname(draw) => {
                category(names::surnames(draw, parents, self.ranks_of(first, rows, known)))
            }
            Made::Text(template, inputs) => {
                let phrases = self.phrases.as_ref().expect("texts have phrases");
                Column::Text(texts::texts(template, phrases, inputs, parents, rows)?)
            }
        };
        self.finished(column)
    }

    /// The ranks of these units, filled in if nobody has read them before.
    fn ranks_of<'a>(&self, first: u64, rows: usize, known: &'a mut Option<Vec<f64>>) -> &'a [f64] {
        known.get_or_insert_with(|| {
            let mut u = vec![0.0; rows];
            self.ranks.fill(first, &mut u);
            u
        })
    }

    /// Rounded as declared; what is no finite number or no day is refused.
    fn finished(&self, mut column: Column) -> Result<Column, Failure> {
        match &mut column {
            Column::Number(values) => {
                if let Some(decimals) = self.variable.decimals {
                    draws::round(values, decimals);
                }
                draws::refuse_not_finite(values, self.variable.cell == Cell::Integer)?;
            }
            Column::Date(values) => {
                if let Some(row) = values.iter().position(|d| *d == NO_DATE) {
                    return Err(Failure::not_finite(row, f64::NAN));
                }
            }
            _ => {}
        }
        Ok(column)
    }
}

fn evaluate(formula: &Formula, inputs: &[usize], parents: &[&Column], rows: usize) -> Column {
    let inputs: Vec<&Column> = inputs.iter().map(|i| parents[*i]).collect();
    formula.eval(&inputs, rows)
}

fn look_up(lookup: &Lookup, parents: &[&Column], rows: usize) -> Column {
    let mut at = vec![0usize; rows];
    for (input, size) in lookup.inputs.iter().zip(&lookup.sizes) {
        match parents[*input] {
            Column::Category { codes, .. } => {
                at.iter_mut().zip(codes).for_each(|(at, code)| *at = *at * size + *code as usize)
            }
            Column::Boolean(values) => {
                at.iter_mut().zip(values).for_each(|(at, b)| *at = *at * size + usize::from(*b))
            }
            _ => unreachable!("the model refuses lookups by anything but categories"),
        }
    }
    match &lookup.values {
        Column::Number(values) => Column::Number(at.iter().map(|i| values[*i]).collect()),
        Column::Boolean(values) => Column::Boolean(at.iter().map(|i| values[*i]).collect()),
        Column::Date(values) => Column::Date(at.iter().map(|i| values[*i]).collect()),
        Column::Category { codes, levels } => {
            Column::Category { codes: at.iter().map(|i| codes[*i]).collect(), levels: levels.clone() }
        }
        Column::Text(_) => unreachable!("lookups hold categories, not texts"),
    }
}

fn constant(literal: &Literal, cell: &Cell, rows: usize) -> Column {
    match (literal, cell) {
        (Literal::Number(n), _) => Column::Number(vec![*n; rows]),
        (Literal::Boolean(b), _) => Column::Boolean(vec![*b; rows]),
        (Literal::Date(d), _) => Column::Date(vec![*d; rows]),
        (Literal::Text(_), Cell::Category(levels)) => {
            Column::Category { codes: vec![0; rows], levels: levels.clone() }
        }
        (Literal::Text(_), _) => unreachable!("a constant text is a category of one level"),
    }
}

/// A day, uniform between two others, both included.
fn days(u: &[f64], from: &Day, to: &Day, parents: &[&Column]) -> Result<Vec<i32>, Failure> {
    let (from, to) = (bound(from, parents, u.len()), bound(to, parents, u.len()));
    u.iter()
        .enumerate()
        .map(|(row, u)| {
            let (first, last) = (from[row], to[row]);
            if first == NO_DATE || last == NO_DATE || last < first {
                return Err(Failure {
                    row,
                    part: None,
                    code: crate::diag::code::EMPTY_RANGE,
                    message: format!("there is no day from {} to {}", shown(first), shown(last)),
                });
            }
            let span = (i64::from(last) - i64::from(first) + 1) as f64;
            Ok(first + (u * span) as i32)
        })
        .collect()
}

fn shown(day: i32) -> String {
    Some(super::texts::day(day))
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| "a day that no calendar has".to_owned())
}

fn bound(day: &Day, parents: &[&Column], rows: usize) -> Vec<i32> {
    match day {
        Day::Fixed(day) => vec![*day; rows],
        Day::Formula(formula, inputs) => match evaluate(formula, inputs, parents, rows) {
            Column::Date(days) => days,
            _ => unreachable!("the model refuses bounds that are not dates"),
        },
    }
}
