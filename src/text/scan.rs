//! A look at a template before the engine reads it: which tags, filters and names it has, so that mistakes are told in the
//! language's own words and at their own place.

use std::ops::Range;

use super::problem::TemplateProblem;
use crate::diag::{did_you_mean, nearest};

/// The filters of templates.
pub(super) const FILTERS: &[&str] =
    &["lower", "upper", "title", "capitalize", "trim", "replace", "round", "int", "ascii", "slug"];

/// What a tag may begin with, and what closes it.
const TAGS: &[(&str, &str)] =
    &[("if", "endif"), ("for", "endfor"), ("with", "endwith"), ("filter", "endfilter"), ("set", "endset")];
const BETWEEN: &[&str] = &["elif", "else"];
/// Words of the engine's language that are no names.
const WORDS: &[&str] = &[
    "and",
    "or",
    "not",
    "in",
    "is",
    "if",
    "elif",
    "else",
    "true",
    "false",
    "none",
    "True",
    "False",
    "None",
    "recursive",
];
/// More problems than anybody reads.
const MOST_PROBLEMS: usize = 10;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Mistakes, in order of place.
    pub(super) problems: Vec<TemplateProblem>,
    /// Names that are read, in order of place.
    pub(super) names: Vec<(String, Range<usize>)>,
    /// Names that are called, which is a problem of its own.
    pub(super) called: Vec<String>,
    /// Whether tags are open or close wrongly, so that the engine's words would say the same again.
    pub(super) broken: bool,
    open: Vec<(&'static str, Range<usize>)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    Sign(char),
    Other,
}

impl Scan {
    pub(super) fn of(text: &str) -> Self {
        let mut scan = Scan::default();
        let mut at = 0;
        while let Some(found) = text[at..].find('{') {
            let open = at + found;
            let tag = open..(open + 2).min(text.len());
            at = match text.as_bytes().get(open + 1) {
                Some(b'#') => scan.comment(text, tag),
                Some(b'{') => scan.tag(text, tag, "}}"),
                Some(b'%') => scan.tag(text, tag, "%}"),
                _ => open + 1,
            };
        }
        for (name, place) in std::mem::take(&mut scan.open) {
            scan.breaks(place, format!("`{name}` is not closed"), format!("add {{% {} %}}", closing(name)));
        }
        scan.problems.sort_by_key(|problem| problem.at.as_ref().map(|at| at.start));
        scan.problems.truncate(MOST_PROBLEMS);
        scan
    }

    fn problem(&mut self, at: Range<usize>, message: String, hint: String) {
        // A hostile template does not fill the memory with what is wrong with it.
        if self.problems.len() < 10 * MOST_PROBLEMS {
            self.problems.push(TemplateProblem { message, at: Some(at), hint: Some(hint) });
        }
    }

    fn breaks(&mut self, at: Range<usize>, message: String, hint: String) {
        self.broken = true;
        self.problem(at, message, hint);
    }

    fn comment(&mut self, text: &str, tag: Range<usize>) -> usize {
        match text[tag.end..].find("#}") {
            Some(end) => tag.end + end + 2,
            None => {
                self.breaks(tag, "this `{#` is not closed".to_owned(), "a comment ends with `#}`".to_owned());
                text.len()
            }
        }
    }

    /// One tag; gives where it ends.
    fn tag(&mut self, text: &str, open: Range<usize>, close: &str) -> usize {
        let sign = &text[open.clone()];
        let mut tokens: Vec<(Token, Range<usize>)> = Vec::new();
        let mut at = open.end;
        let end = loop {
            let Some(next) = text[at..].chars().next() else { break None };
            if text[at..].starts_with(close) {
                break Some(at + close.len());
            }
            if text[at..].starts_with("{{") || text[at..].starts_with("{%") {
                break None;
            }
            let (token, length) = token(&text[at..], next);
            if token != Token::Sign(' ') {
                tokens.push((token, at..at + length));
            }
            at += length;
        };
        let Some(end) = end else {
            self.breaks(open, format!("this `{sign}` is not closed"), format!("add `{close}` where it ends"));
            return at;
        };
        // `{{-` and `-}}` take blanks away.
        if matches!(tokens.first(), Some((Token::Sign('-' | '+'), place)) if place.start == open.end) {
            tokens.remove(0);
        }
        if tokens.is_empty() {
            self.breaks(
                open.start..end,
                format!("`{sign} {close}` is empty"),
                "put a variable in it, such as {{ name }}".to_owned(),
            );
        } else if sign == "{%" {
            return self.statement(text, &tokens, end);
        } else {
            self.expression(&tokens);
        }
        end
    }

    fn statement(&mut self, text: &str, tokens: &[(Token, Range<usize>)], end: usize) -> usize {
        let Some((Token::Word(word), place)) = tokens.first() else {
            return end;
        };
        if *word == "raw" {
            let rest = &text[end..];
            return rest.find("endraw").map_or(text.len(), |at| {
                end + at + rest[at..].find("%}").map_or(rest.len() - at, |close| close + 2)
            });
        }
        if let Some((name, _)) = TAGS.iter().find(|(name, _)| name == word) {
            let assigned = tokens.iter().any(|(token, _)| *token == Token::Sign('='));
            if *name != "set" || !assigned {
                self.open.push((name, place.clone()));
            }
            self.expression(&tokens[1..]);
        } else if let Some((name, _)) = TAGS.iter().find(|(_, closing)| closing == word) {
            self.close(name, word, place);
        } else if BETWEEN.contains(word) {
            if !matches!(self.open.last(), Some(("if" | "for", _))) {
                let hint = "it stands between {% if … %} and {% endif %}".to_owned();
                self.breaks(place.clone(), format!("`{word}` stands outside of an `if`"), hint);
            }
            self.expression(&tokens[1..]);
        } else {
            let known =
                TAGS.iter().flat_map(|(name, closing)| [*name, *closing]).chain(BETWEEN.iter().copied());
            let hint = match nearest(word, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "templates have if, elif, else, for and set; they read no files and call nothing"
                    .to_owned(),
            };
            self.breaks(place.clone(), format!("templates have no `{}`", shown(word)), hint);
        }
        end
    }

    fn close(&mut self, name: &'static str, word: &str, place: &Range<usize>) {
        match self.open.iter().rposition(|(open, _)| *open == name) {
            Some(at) => {
                for (unclosed, place) in self.open.split_off(at).into_iter().skip(1) {
                    let hint = format!("add {{% {} %}} before {{% {word} %}}", closing(unclosed));
                    self.breaks(place, format!("`{unclosed}` is not closed"), hint);
                }
            }
            None => {
                let hint = format!("leave it out, or begin with {{% {name} … %}}");
                self.breaks(place.clone(), format!("`{word}` closes nothing"), hint);
            }
        }
    }

    fn expression(&mut self, tokens: &[(Token, Range<usize>)]) {
        for (at, (token, place)) in tokens.iter().enumerate() {
            let Token::Word(word) = token else { continue };
            let before = at.checked_sub(1).map(|before| tokens[before].0);
            let calls = matches!(tokens.get(at + 1), Some((Token::Sign('('), _)));
            match before {
                Some(Token::Sign('|')) => self.filter(word, place),
                Some(Token::Sign('.')) => {}
                Some(Token::Word("is")) => self.test(word, place),
                _ if WORDS.contains(word) => {}
                _ if calls => {
                    self.called.push((*word).to_owned());
                    let hint = "templates have filters, such as {{ name | lower }}; compute in a variable with `formula`";
                    self.problem(
                        place.clone(),
                        format!("templates have no function `{}`", shown(word)),
                        hint.to_owned(),
                    );
                }
                _ => self.names.push(((*word).to_owned(), place.clone())),
            }
        }
    }

    fn filter(&mut self, word: &str, place: &Range<usize>) {
        if !FILTERS.contains(&word) {
            let hint = did_you_mean(word, FILTERS.iter().copied())
                .unwrap_or_else(|| format!("the filters are {}", FILTERS.join(", ")));
            self.problem(place.clone(), format!("there is no filter `{}`", shown(word)), hint);
        }
    }

    fn test(&mut self, word: &str, place: &Range<usize>) {
        let hint = "every variable is there; compare it, such as {% if education == \"MSc\" %}".to_owned();
        self.problem(place.clone(), format!("templates have no `is {}`", shown(word)), hint);
    }
}

fn closing(name: &str) -> &'static str {
    TAGS.iter().find(|(open, _)| *open == name).map_or("", |(_, closing)| closing)
}

/// A word of the template as a message shows it.
fn shown(word: &str) -> String {
    word.chars().take(40).collect()
}

/// The token at the beginning of a text, and its length; blanks are a sign of their own.
fn token(text: &str, first: char) -> (Token<'_>, usize) {
    if first.is_alphabetic() || first == '_' {
        let length = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        return (Token::Word(&text[..length]), length);
    }
    if first == '"' || first == '\'' {
        let mut escaped = false;
        for (at, c) in text.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                _ if c == first => return (Token::Other, at + 1),
                _ => {}
            }
        }
        return (Token::Other, text.len());
    }
    if first.is_ascii_digit() {
        let length = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(text.len());
        return (Token::Other, length);
    }
    (Token::Sign(if first.is_whitespace() { ' ' } else { first }), first.len_utf8())
}
