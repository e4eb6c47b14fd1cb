//! Parentheses, calls and lists, and how the reading goes on after a mistake within them.

use std::ops::Range;

use super::parse::{Parser, Stop, binds};
use super::problem::Problem;
use super::syntax::{Id, Shape};
use super::token::Token;

impl Parser<'_> {
    pub(super) fn parenthesis(&mut self) -> Result<Id, Stop> {
        let open = self.advance();
        let inner = self.expression(binds::OR);
        let inner = self.until_bracket(inner, &open, false)?;
        if !self.is(")") {
            return Err(Stop);
        }
        let end = self.advance().end;
        self.nodes[inner].around = open.start..end;
        Ok(inner)
    }

    /// The values of a call or a list, and where its closing bracket ends.
    pub(super) fn values(&mut self, opens: &str, closes: &str) -> Result<(Vec<Id>, usize), Stop> {
        debug_assert!(self.is(opens));
        let open = self.advance();
        let mut values = Vec::new();
        if self.is(closes) {
            let end = self.advance().end;
            if opens == "[" {
                let problem = Problem::syntax(open.start..end, "the list is empty");
                self.problems.push(problem);
            }
            return Ok((values, end));
        }
        loop {
            let value = self.expression(binds::OR);
            values.push(self.until_bracket(value, &open, true)?);
            if self.is(closes) {
                return Ok((values, self.advance().end));
            }
            if !self.is(",") {
                return Err(Stop);
            }
            self.advance();
        }
    }

    /// After a value within brackets, which hold several when `commas` is true: reports what does not belong there and goes on
    /// at the next `,` or closing bracket, so that what follows it is read too.
    fn until_bracket(
        &mut self,
        value: Result<Id, Stop>,
        open: &Range<usize>,
        commas: bool,
    ) -> Result<Id, Stop> {
        let open_text = &self.text[open.clone()];
        let closes = if open_text == "(" { ")" } else { "]" };
        let value = match value {
            Ok(value) if self.is(closes) || (commas && self.is(",")) => return Ok(value),
            Ok(_) if self.peek().token == Token::End => {
                let message = format!("this `{open_text}` is not closed");
                let problem = Problem::syntax(open.clone(), message);
                self.problems.push(problem.hint(format!("add a `{closes}`")));
                return Err(Stop);
            }
            Ok(value) => {
                self.unexpected();
                value
            }
            Err(stop) if self.too_deep => return Err(stop),
            // A stand-in: with a problem reported, the tree is not used any more.
            Err(_) => self.push(Shape::Truth(false), open.clone()),
        };
        if self.skip_to_bracket(commas) { Ok(value) } else { Err(Stop) }
    }

    /// Moves to the closing bracket of the present level, or to a `,` of that level if `commas`; false when there is none.
    fn skip_to_bracket(&mut self, commas: bool) -> bool {
        let mut level = 0;
        loop {
            match self.peek().token {
                Token::End => return false,
                Token::Sign("(" | "[") => level += 1,
                Token::Sign(")" | "]") if level == 0 => return true,
                Token::Sign(",") if level == 0 && commas => return true,
                Token::Sign(")" | "]") => level -= 1,
                _ => {}
            }
            self.advance();
        }
    }
}
