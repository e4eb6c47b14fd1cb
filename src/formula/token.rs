//! From text to words: the first pass over a formula.

use std::ops::Range;
use std::sync::Arc;

use super::problem::{Problem, quoted};

/// A word of the language.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(Arc<str>),
    /// A variable, a function or one of the words `if then else and or not in true false`.
    Name,
    /// An operator, a bracket or a comma.
    Sign(&'static str),
    End,
}

/// A word and the bytes it stands on.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) token: Token,
    pub(super) at: Range<usize>,
}

/// The signs of the language, longer ones before their beginnings.
const SIGNS: [&str; 17] =
    ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "^", "(", ")", "[", "]", ","];

/// Signs that other languages or keyboards use, and what is written here.
const FOREIGN: [(&str, &str); 17] = [
    ("===", "=="),
    ("<>", "!="),
    ("=<", "<="),
    ("=>", ">="),
    ("=", "=="),
    ("&&", "and"),
    ("||", "or"),
    ("&", "and"),
    ("|", "or"),
    ("**", "^"),
    ("!", "not"),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("−", "-"),
    ("×", "*"),
    ("÷", "/"),
];

/// The words of a formula, ending with [`Token::End`]; or all that is not one.
pub(super) fn words(text: &str) -> Result<Vec<Word>, Vec<Problem>> {
    let mut reader = Reader { text, place: 0, problems: Vec::new() };
    let mut words = Vec::new();
    loop {
        let word = reader.next();
        let ended = word.token == Token::End;
        words.push(word);
        if ended {
            break;
        }
    }
    if reader.problems.is_empty() { Ok(words) } else { Err(reader.problems) }
}

struct Reader<'a> {
    text: &'a str,
    place: usize,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn next(&mut self) -> Word {
        loop {
            let rest = &self.text[self.place..];
            self.place += rest.len() - rest.trim_start().len();
            let start = self.place;
            let rest = &self.text[start..];
            let Some(first) = rest.chars().next() else {
                return Word { token: Token::End, at: start..start };
            };
            let token = match first {
                '0'..='9' | '.' => self.number(),
                'a'..='z' => self.name(),
                '"' | '\'' => self.string(first),
                _ => self.sign(),
            };
            // What could not be read has been reported; the reading goes on behind it.
            if let Some(token) = token {
                return Word { token, at: start..self.place };
            }
        }
    }

    fn report(&mut self, start: usize, message: String, hint: Option<String>) {
        let problem = Problem::syntax(start..self.place, message);
        self.problems.push(problem.maybe_hint(hint));
    }

    /// Moves behind all characters that `belongs` says yes to.
    fn advance_while(&mut self, belongs: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.place;
        let rest = &self.text[start..];
        self.place += rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        start..self.place
    }

    /// Digits with single underscores between them, an optional fraction and an optional exponent.
    fn number(&mut self) -> Option<Token> {
        let start = self.place;
        self.advance_while(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        let before = &self.text[start..self.place];
        let next = self.text[self.place..].chars().next();
        if before.ends_with(['e', 'E'])
            && before.starts_with(|c: char| c.is_ascii_digit())
            && matches!(next, Some('+' | '-'))
        {
            self.place += 1;
            self.advance_while(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        }
        let found = &self.text[start..self.place];
        match plain_number(found) {
            Some(number) if number.is_finite() => Some(Token::Number(number)),
            Some(_) => {
                let message = format!("{} is too large for a number", quoted(found));
                self.report(start, message, None);
                None
            }
            None => {
                let message = format!("{} is not a number", quoted(found));
                let hint = number_hint(found);
                self.report(start, message, hint);
                None
            }
        }
    }

    fn name(&mut self) -> Option<Token> {
        let start = self.place;
        // Capitals and accents are read along, so that `Age` or `âge` is one mistake and not several.
        self.advance_while(|c| c.is_alphanumeric() || c == '_');
        let found = &self.text[start..self.place];
        if found.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
            return Some(Token::Name);
        }
        self.report(start, format!("{} is not a name", quoted(found)), name_hint(found));
        None
    }

    fn string(&mut self, quote: char) -> Option<Token> {
        let start = self.place;
        let inside = &self.text[start + 1..];
        match inside.find(quote) {
            Some(length) => {
                self.place = start + length + 2;
                Some(Token::Text(inside[..length].into()))
            }
            None => {
                self.place = self.text.len();
                let hint = format!("close it with another {quote}");
                self.report(start, "this string does not end".into(), Some(hint));
                None
            }
        }
    }

    fn sign(&mut self) -> Option<Token> {
        let start = self.place;
        let rest = &self.text[start..];
        let known = SIGNS.iter().find(|s| rest.starts_with(**s));
        let foreign = FOREIGN.iter().find(|(s, _)| rest.starts_with(s));
        match (known, foreign) {
            // `<>` begins with `<`, and `**` with `*`: the longer reading is the one meant.
            (Some(sign), foreign) if foreign.is_none_or(|(s, _)| s.len() <= sign.len()) => {
                self.place += sign.len();
                Some(Token::Sign(sign))
            }
            (_, Some((sign, meant))) => {
                self.place += sign.len();
                let message = format!("`{sign}` is not part of a formula");
                self.report(start, message, Some(format!("write `{meant}`")));
                None
            }
            _ => {
                self.stranger();
                None
            }
        }
    }

    /// Reports a run of characters that mean nothing here.
    fn stranger(&mut self) {
        let start = self.place;
        let first = self.text[start..].chars().next().unwrap_or(' ');
        if first.is_alphabetic() || first == '_' {
            self.advance_while(|c| c.is_alphanumeric() || c == '_');
        } else {
            self.advance_while(|c| c == first);
        }
        let found = &self.text[start..self.place];
        let hint = match first {
            '“' | '”' | '‘' | '’' | '«' | '»' | '`' => Some("quote strings with \" or '".into()),
            '?' => Some("write `if c then a else b`".into()),
            '{' | '}' => Some("group with ( and )".into()),
            _ if first.is_alphabetic() || first == '_' => name_hint(found),
            _ => None,
        };
        let message = if first.is_alphabetic() || first == '_' {
            format!("{} is not a name", quoted(found))
        } else {
            format!("{} is not part of a formula", quoted(found))
        };
        self.report(start, message, hint);
    }
}

/// The value of a well-written number; infinite when it is too large.
fn plain_number(text: &str) -> Option<f64> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let unsigned = exponent.map(|e| e.strip_prefix(['+', '-']).unwrap_or(e));
    let digits =
        |part: &str| part.split('_').all(|run| !run.is_empty() && run.bytes().all(|b| b.is_ascii_digit()));
    if digits(whole) && fraction.is_none_or(digits) && unsigned.is_none_or(digits) {
        text.replace('_', "").parse().ok()
    } else {
        None
    }
}

fn number_hint(found: &str) -> Option<String> {
    if let Some(fraction) = found.strip_prefix('.') {
        return plain_number(fraction).map(|_| format!("write `0{found}`"));
    }
    if let Some(whole) = found.strip_suffix('.') {
        return plain_number(whole).map(|_| format!("write `{whole}`"));
    }
    let end = found.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = found.split_at(end);
    plain_number(number).map(|_| format!("to multiply, write `{number} * {unit}`"))
}

fn name_hint(found: &str) -> Option<String> {
    let lower = found.to_lowercase();
    let plain = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    if plain(&lower) && lower.len() <= 64 {
        Some(format!("names and words are in lower case: `{lower}`"))
    } else {
        Some("names are made of a-z, 0-9 and _, and begin with a letter; quote strings with \" or '".into())
    }
}
