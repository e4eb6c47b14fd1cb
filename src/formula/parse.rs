//! From words to a tree, by operator precedence.

use std::ops::Range;

use super::problem::{Problem, ProblemKind, in_order, quoted};
use super::syntax::{Comparison, Id, Infix, Node, Parsed, Shape};
use super::token::{Token, Word, words};

const LONGEST: usize = 10_000;
const DEEPEST: usize = 64;

/// How tightly operators bind, loosest first.
pub(super) mod binds {
    pub(in crate::formula) const OR: u8 = 1;
    pub(in crate::formula) const AND: u8 = 2;
    pub(in crate::formula) const NOT: u8 = 3;
    pub(in crate::formula) const COMPARISON: u8 = 4;
    pub(in crate::formula) const SUM: u8 = 5;
    pub(in crate::formula) const PRODUCT: u8 = 6;
    pub(in crate::formula) const POWER: u8 = 7;
}

const RESERVED: [&str; 9] = ["if", "then", "else", "and", "or", "not", "in", "true", "false"];

pub(super) fn parse(text: &str) -> Result<Parsed, Vec<Problem>> {
    if text.len() > LONGEST {
        let start = (0..=LONGEST).rev().find(|&i| text.is_char_boundary(i));
        let message = format!("the formula has {} bytes, more than {LONGEST}", text.len());
        let problem = Problem::new(ProblemKind::TooLong, start.unwrap_or(0)..text.len(), message);
        return Err(vec![problem.hint("split it into several variables")]);
    }
    let mut parser = Parser {
        text,
        words: words(text).map_err(in_order)?,
        place: 0,
        nodes: Vec::new(),
        problems: Vec::new(),
        depth: 0,
        too_deep: false,
    };
    parser.whole();
    if parser.problems.is_empty() {
        Ok(Parsed { text: text.to_owned(), nodes: parser.nodes })
    } else {
        Err(in_order(parser.problems))
    }
}

/// A problem was reported and the reading cannot go on from there.
pub(super) struct Stop;

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    words: Vec<Word>,
    place: usize,
    pub(super) nodes: Vec<Node>,
    pub(super) problems: Vec<Problem>,
    depth: usize,
    pub(super) too_deep: bool,
}

impl<'a> Parser<'a> {
    fn whole(&mut self) {
        if self.peek().token == Token::End {
            let hint = "write a number, a variable or an expression";
            let problem = Problem::syntax(0..self.text.len(), "the formula is empty");
            self.problems.push(problem.hint(hint));
            return;
        }
        if self.expression(binds::OR).is_ok() && self.peek().token != Token::End {
            self.unexpected();
        }
    }

    pub(super) fn peek(&self) -> &Word {
        // The last word is the end, which is never passed.
        &self.words[self.place]
    }

    pub(super) fn advance(&mut self) -> Range<usize> {
        let at = self.peek().at.clone();
        self.place = (self.place + 1).min(self.words.len() - 1);
        at
    }

    /// The text of the word that comes `ahead` words later.
    fn word(&self, ahead: usize) -> &'a str {
        let word = self.words.get(self.place + ahead);
        word.map_or("", |w| &self.text[w.at.clone()])
    }

    /// Whether the next word is this reserved word or sign.
    pub(super) fn is(&self, word: &str) -> bool {
        !matches!(self.peek().token, Token::Text(_)) && self.word(0) == word
    }

    pub(super) fn push(&mut self, shape: Shape, at: Range<usize>) -> Id {
        let around = at.clone();
        self.nodes.push(Node { shape, at, around });
        self.nodes.len() - 1
    }

    /// Goes one level deeper, unless that is one too many.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Stop>) -> Result<T, Stop> {
        if self.depth == DEEPEST {
            let message = format!("the formula is nested more than {DEEPEST} levels deep");
            let problem = Problem::new(ProblemKind::TooDeep, self.peek().at.clone(), message);
            // Whatever else was found may come from not having read on.
            self.problems = vec![problem.hint("split it into several variables")];
            self.too_deep = true;
            return Err(Stop);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// An operand, and all operators after it that bind at least so tightly.
    pub(super) fn expression(&mut self, least: u8) -> Result<Id, Stop> {
        let mut left = self.operand(least)?;
        // The right side of a comparison that stands on the left now, to propose the unchained form.
        let mut compared: Option<Id> = None;
        while let Some((infix, binding)) = self.infix().filter(|(_, binding)| *binding >= least) {
            if binding == binds::COMPARISON {
                let chained = compared.is_some();
                let middle = compared.take();
                let (node, right) = match infix {
                    Some(infix) => self.compare(left, infix)?,
                    None => self.membership(left)?,
                };
                if let Some(middle) = middle {
                    self.chain(left, middle, right);
                }
                // One report for a chain, however long.
                compared = if chained { None } else { Some(right) };
                left = node;
            } else if let Some(infix) = infix {
                self.advance();
                let right = if infix == Infix::Power {
                    self.nested(|p| p.expression(binds::POWER))?
                } else {
                    self.expression(binding + 1)?
                };
                left = self.join(infix, left, right);
            }
        }
        Ok(left)
    }

    fn join(&mut self, infix: Infix, left: Id, right: Id) -> Id {
        let at = self.nodes[left].around.start..self.nodes[right].around.end;
        self.push(Shape::Infix(infix, left, right), at)
    }

    /// The operator that comes next and how tightly it binds; `in` and `not in` have no [`Infix`].
    fn infix(&self) -> Option<(Option<Infix>, u8)> {
        use Comparison::{AtLeast, AtMost, Equal, Less, More, Unequal};
        let (infix, binding) = match (&self.peek().token, self.word(0)) {
            (Token::Name, "or") => (Infix::Or, binds::OR),
            (Token::Name, "and") => (Infix::And, binds::AND),
            (Token::Name, "in") => return Some((None, binds::COMPARISON)),
            (Token::Name, "not") if self.word(1) == "in" => return Some((None, binds::COMPARISON)),
            (Token::Sign(_), "==") => (Infix::Compare(Equal), binds::COMPARISON),
            (Token::Sign(_), "!=") => (Infix::Compare(Unequal), binds::COMPARISON),
            (Token::Sign(_), "<") => (Infix::Compare(Less), binds::COMPARISON),
            (Token::Sign(_), "<=") => (Infix::Compare(AtMost), binds::COMPARISON),
            (Token::Sign(_), ">") => (Infix::Compare(More), binds::COMPARISON),
            (Token::Sign(_), ">=") => (Infix::Compare(AtLeast), binds::COMPARISON),
            (Token::Sign(_), "+") => (Infix::Add, binds::SUM),
            (Token::Sign(_), "-") => (Infix::Subtract, binds::SUM),
            (Token::Sign(_), "*") => (Infix::Multiply, binds::PRODUCT),
            (Token::Sign(_), "/") => (Infix::Divide, binds::PRODUCT),
            (Token::Sign(_), "%") => (Infix::Remainder, binds::PRODUCT),
            (Token::Sign(_), "^") => (Infix::Power, binds::POWER),
            _ => return None,
        };
        Some((Some(infix), binding))
    }

    fn compare(&mut self, left: Id, infix: Infix) -> Result<(Id, Id), Stop> {
        self.advance();
        let right = self.expression(binds::SUM)?;
        Ok((self.join(infix, left, right), right))
    }

    /// `left in [...]` or `left not in [...]`; the list stands for the right side.
    fn membership(&mut self, left: Id) -> Result<(Id, Id), Stop> {
        let negated = self.is("not");
        if negated {
            self.advance();
        }
        self.advance();
        if !self.is("[") {
            let message = format!("`in` needs a list, found {}", self.found());
            let problem = Problem::syntax(self.peek().at.clone(), message);
            self.problems.push(problem.hint("write the list in brackets: `x in [\"a\", \"b\"]`"));
            return Err(Stop);
        }
        let (items, end) = self.nested(|p| p.values("[", "]"))?;
        let at = self.nodes[left].around.start..end;
        let node = self.push(Shape::In(left, items, negated), at);
        Ok((node, node))
    }

    fn chain(&mut self, chain: Id, middle: Id, right: Id) {
        let at = self.nodes[chain].around.start..self.nodes[right].around.end;
        let text = |range: Range<usize>| &self.text[range];
        let first = text(self.nodes[chain].around.clone());
        let second = text(self.nodes[middle].around.start..self.nodes[right].around.end);
        let hint = if first.len() + second.len() < 80 && !first.contains('[') {
            format!("write `{first} and {second}`")
        } else {
            "join two comparisons with `and`".to_owned()
        };
        let problem = Problem::syntax(at, "comparisons cannot be chained");
        self.problems.push(problem.hint(hint));
    }

    fn operand(&mut self, least: u8) -> Result<Id, Stop> {
        let at = self.peek().at.clone();
        let text = self.text;
        match (self.peek().token.clone(), &text[at.clone()]) {
            (Token::Number(number), _) => {
                self.advance();
                Ok(self.push(Shape::Number(number), at))
            }
            (Token::Text(string), _) => {
                self.advance();
                Ok(self.push(Shape::Text(string), at))
            }
            (Token::Name, word @ ("true" | "false")) => {
                self.advance();
                Ok(self.push(Shape::Truth(word == "true"), at))
            }
            (Token::Name, "if") => self.nested(Self::choice),
            (Token::Name, "not") => self.negation(least),
            (Token::Name, name) if !RESERVED.contains(&name) => {
                self.advance();
                if self.is("(") {
                    self.nested(|p| p.call(name, at))
                } else {
                    Ok(self.push(Shape::Variable(name.to_owned()), at))
                }
            }
            (Token::Sign(_), "-") => {
                self.advance();
                let value = self.nested(|p| p.expression(binds::POWER))?;
                let at = at.start..self.nodes[value].around.end;
                Ok(self.push(Shape::Negate(value), at))
            }
            (Token::Sign(_), "(") => self.nested(Self::parenthesis),
            _ => {
                self.no_value();
                Err(Stop)
            }
        }
    }

    fn negation(&mut self, least: u8) -> Result<Id, Stop> {
        let at = self.advance();
        if least > binds::NOT {
            let problem = Problem::syntax(at.clone(), "`not` cannot stand in the middle of a value");
            self.problems.push(problem.hint("put it in parentheses: `(not …)`"));
        }
        let value = self.nested(|p| p.expression(binds::NOT))?;
        let at = at.start..self.nodes[value].around.end;
        Ok(self.push(Shape::Not(value), at))
    }

    fn choice(&mut self) -> Result<Id, Stop> {
        let start = self.advance();
        let condition = self.expression(binds::OR)?;
        self.expect_word("then", &start)?;
        let chosen = self.expression(binds::OR)?;
        self.expect_word("else", &start)?;
        let otherwise = self.expression(binds::OR)?;
        let at = start.start..self.nodes[otherwise].around.end;
        Ok(self.push(Shape::If(condition, chosen, otherwise), at))
    }

    fn expect_word(&mut self, word: &str, start: &Range<usize>) -> Result<(), Stop> {
        if self.is(word) {
            self.advance();
            return Ok(());
        }
        let stray = self.begins_value() || matches!(self.word(0), "then" | "else");
        if stray && self.peek().token != Token::End {
            let message = format!("expected `{word}`, found {}", self.found());
            let problem = Problem::syntax(self.peek().at.clone(), message);
            self.problems.push(problem.hint("write `if c then a else b`"));
        } else {
            let problem = Problem::syntax(start.clone(), format!("this `if` has no `{word}`"));
            self.problems.push(problem.hint("write `if c then a else b`"));
        }
        Err(Stop)
    }

    fn call(&mut self, name: &str, name_at: Range<usize>) -> Result<Id, Stop> {
        let (values, end) = self.values("(", ")")?;
        let at = name_at.start..end;
        let name = name.to_owned();
        Ok(self.push(Shape::Call { name, name_at, values }, at))
    }

    /// The next word for a message.
    fn found(&self) -> String {
        match self.peek().token {
            Token::End => "the end".to_owned(),
            _ => quoted(self.word(0)),
        }
    }

    fn begins_value(&self) -> bool {
        match self.peek().token {
            Token::Number(_) | Token::Text(_) => true,
            Token::Name => !matches!(self.word(0), "then" | "else" | "and" | "or" | "in"),
            Token::Sign(sign) => sign == "(" || sign == "[",
            Token::End => false,
        }
    }

    /// Reports a word that cannot follow a complete value.
    pub(super) fn unexpected(&mut self) {
        let found = self.found();
        let at = self.peek().at.clone();
        let problem = if self.begins_value() {
            Problem::syntax(at, format!("an operator is missing before {found}"))
        } else {
            let word = self.word(0);
            match word {
                ")" | "]" => Problem::syntax(at, format!("this {found} closes nothing")),
                "," => Problem::syntax(at, "a `,` only stands between the values of a function or a list")
                    .hint("decimals are written with a point: `1.5`"),
                "then" | "else" => Problem::syntax(at, format!("this {found} belongs to no `if`"))
                    .hint("write `if c then a else b`"),
                _ => Problem::syntax(at, format!("{found} cannot stand here")),
            }
        };
        self.problems.push(problem);
    }

    /// Reports that a value should stand where the next word is.
    fn no_value(&mut self) {
        let at = self.peek().at.clone();
        let problem = Problem::syntax(at, format!("expected a value, found {}", self.found()));
        let hint = match self.word(0) {
            "+" => Some("a number needs no `+`"),
            "[" => Some("a list only stands after `in`: `x in [\"a\", \"b\"]`"),
            "then" | "else" => Some("write `if c then a else b`"),
            _ => None,
        };
        self.problems.push(problem.maybe_hint(hint.map(str::to_owned)));
    }
}
