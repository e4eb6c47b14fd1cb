//! Performing the steps of a formula, block by block.

use std::mem::take;
use std::sync::Arc;

use arrow::array::StringBuilder;

use super::calendar;
use super::compiled::Formula;
use super::lane::{Lane, select, truth};
use super::program::{Action, Program, Source, Step};
use crate::value::{Column, Kind};

/// Rows of a block: a buffer of them takes 8 KB, so that the handful a formula needs stays in the nearest cache.
pub(super) const BLOCK: usize = 1024;

impl Formula {
    /// Its values for `rows` rows, given the columns of its variables, which must have the types it was checked with.
    ///
    /// Numbers may be infinite or NaN, dates may be [`NO_DATE`](super::NO_DATE): refusing them is up to the caller.
    pub fn eval(&self, inputs: &[&Column], rows: usize) -> Column {
        match self.kind() {
            Kind::Number => {
                let mut numbers = Vec::new();
                self.eval_numbers(inputs, rows, &mut numbers);
                Column::Number(numbers)
            }
            Kind::Boolean => Column::Boolean(self.converted(inputs, rows, |x| x != 0.0)),
            Kind::Date => Column::Date(self.converted(inputs, rows, calendar::stored)),
            Kind::Category(levels) => Column::Category {
                codes: self.converted(inputs, rows, |x| x as u32),
                levels: Arc::clone(levels),
            },
            Kind::Text => self.texts(inputs, rows),
        }
    }

    /// The same for a formula that gives numbers or truth values (as 0 and 1), into a buffer that is cleared and used again.
    pub fn eval_numbers(&self, inputs: &[&Column], rows: usize, out: &mut Vec<f64>) {
        out.truncate(rows);
        out.resize(rows, 0.0);
        let mut machine = Machine::new(&self.program, inputs, rows);
        for (block, out) in out.chunks_mut(BLOCK).enumerate() {
            machine.numbers_of(block, out);
        }
    }

    fn converted<T>(&self, inputs: &[&Column], rows: usize, convert: impl Fn(f64) -> T) -> Vec<T> {
        let mut machine = Machine::new(&self.program, inputs, rows);
        let mut values = Vec::with_capacity(rows);
        let mut buffer = [0.0; BLOCK];
        for start in (0..rows).step_by(BLOCK) {
            let out = &mut buffer[..BLOCK.min(rows - start)];
            machine.numbers_of(start / BLOCK, out);
            values.extend(out.iter().map(|&x| convert(x)));
        }
        values
    }

    fn texts(&self, inputs: &[&Column], rows: usize) -> Column {
        let mut machine = Machine::new(&self.program, inputs, rows);
        let mut texts = StringBuilder::new();
        for start in (0..rows).step_by(BLOCK) {
            machine.enter(start, BLOCK.min(rows - start));
            for step in &self.program.steps {
                machine.perform(step);
            }
            for row in 0..machine.rows {
                texts.append_value(machine.text(&self.program.result, row));
            }
        }
        Column::Text(texts.finish())
    }
}

/// The buffers of one evaluation, and the block it is at.
struct Machine<'a> {
    program: &'a Program,
    inputs: &'a [&'a Column],
    numbers: Vec<Vec<f64>>,
    texts: Vec<Vec<&'a str>>,
    start: usize,
    rows: usize,
}

impl<'a> Machine<'a> {
    fn new(program: &'a Program, inputs: &'a [&'a Column], rows: usize) -> Self {
        let length = rows.min(BLOCK);
        Self {
            program,
            inputs,
            numbers: vec![vec![0.0; length]; program.numbers],
            texts: vec![vec![""; length]; program.texts],
            start: 0,
            rows: 0,
        }
    }

    fn enter(&mut self, start: usize, rows: usize) {
        self.start = start;
        self.rows = rows;
    }

    /// Performs all steps for a block; the last one writes the result where it is wanted.
    fn numbers_of(&mut self, block: usize, out: &mut [f64]) {
        self.enter(block * BLOCK, out.len());
        let program = self.program;
        let Some((last, steps)) = program.steps.split_last() else {
            match self.lane(&program.result) {
                Lane::Each(values) => out.copy_from_slice(values),
                Lane::All(value) => out.fill(value),
            }
            return;
        };
        for step in steps {
            self.perform(step);
        }
        self.fill(&last.action, out);
    }

    fn perform(&mut self, step: &'a Step) {
        // The buffer leaves its place while it is filled, so that the others can be read.
        if step.action.gives_text() {
            let mut out = take(&mut self.texts[step.out]);
            self.fill_texts(&step.action, &mut out[..self.rows]);
            self.texts[step.out] = out;
        } else {
            let mut out = take(&mut self.numbers[step.out]);
            self.fill(&step.action, &mut out[..self.rows]);
            self.numbers[step.out] = out;
        }
    }

    fn fill(&self, action: &'a Action, out: &mut [f64]) {
        match action {
            Action::Load(position) => self.load(*position, out),
            Action::Unary(f, a) => f(out, self.lane(a)),
            Action::Binary(f, a, b) => f(out, self.lane(a), self.lane(b)),
            Action::Select(condition, a, b) => {
                select(out, self.each(condition), self.lane(a), self.lane(b));
            }
            Action::Table(table, a) => {
                for (o, &code) in out.iter_mut().zip(self.each(a)) {
                    *o = table[code as usize];
                }
            }
            Action::Among(list, a) => {
                for (o, a) in out.iter_mut().zip(self.each(a)) {
                    *o = truth(list.contains(a));
                }
            }
            Action::SameText(a, b) => {
                for (row, o) in out.iter_mut().enumerate() {
                    *o = truth(self.text(a, row) == self.text(b, row));
                }
            }
            Action::AmongTexts(list, a) => {
                for (row, o) in out.iter_mut().enumerate() {
                    let text = self.text(a, row);
                    *o = truth(list.iter().any(|item| **item == *text));
                }
            }
            Action::LoadText(_) | Action::NameOf(..) | Action::SelectText(..) => {
                unreachable!("texts are no numbers")
            }
        }
    }

    fn load(&self, position: usize, out: &mut [f64]) {
        let rows = self.start..self.start + self.rows;
        match self.inputs[position] {
            Column::Boolean(values) => {
                for (o, &value) in out.iter_mut().zip(&values[rows]) {
                    *o = truth(value);
                }
            }
            Column::Category { codes, .. } => {
                for (o, &code) in out.iter_mut().zip(&codes[rows]) {
                    *o = f64::from(code);
                }
            }
            Column::Date(days) => {
                for (o, &day) in out.iter_mut().zip(&days[rows]) {
                    *o = calendar::loaded(day);
                }
            }
            Column::Number(_) | Column::Text(_) => {
                unreachable!("inputs have the types the formula was checked with")
            }
        }
    }

    fn fill_texts(&self, action: &'a Action, out: &mut [&'a str]) {
        match action {
            Action::LoadText(position) => {
                let Column::Text(texts) = self.inputs[*position] else {
                    unreachable!("inputs have the types the formula was checked with")
                };
                for (row, o) in (self.start..).zip(out) {
                    *o = texts.value(row);
                }
            }
            Action::NameOf(levels, a) => {
                for (o, &code) in out.iter_mut().zip(self.each(a)) {
                    *o = levels.name(code as u32);
                }
            }
            Action::SelectText(condition, a, b) => {
                for ((row, o), &c) in out.iter_mut().enumerate().zip(self.each(condition)) {
                    *o = self.text(if c != 0.0 { a } else { b }, row);
                }
            }
            _ => unreachable!("numbers are no texts"),
        }
    }

    fn lane(&self, source: &Source) -> Lane<'_> {
        match source {
            Source::Scalar(value) => Lane::All(*value),
            Source::Number(buffer) => Lane::Each(&self.numbers[*buffer][..self.rows]),
            Source::Input(position) => match self.inputs[*position] {
                Column::Number(values) => Lane::Each(&values[self.start..self.start + self.rows]),
                _ => unreachable!("inputs have the types the formula was checked with"),
            },
            Source::Literal(_) | Source::Text(_) => unreachable!("texts are no numbers"),
        }
    }

    /// An operand that is never a constant: those have been folded.
    fn each(&self, source: &Source) -> &[f64] {
        match self.lane(source) {
            Lane::Each(values) => values,
            Lane::All(_) => unreachable!("constants are folded"),
        }
    }

    fn text(&self, source: &'a Source, row: usize) -> &'a str {
        match source {
            Source::Literal(text) => text,
            Source::Text(buffer) => self.texts[*buffer][row],
            _ => unreachable!("numbers are no texts"),
        }
    }
}
