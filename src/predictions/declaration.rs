//! What a user says of an output, in one line.

use std::fmt;
use std::str::FromStr;

use super::extractor::Extractor;
use crate::diag::did_you_mean;
use crate::error::{Error, Result};

/// One output, as a user declares it:
///
/// ```text
/// [NAME=]COLUMN[:KIND][:favourable=VALUE][:list=COLUMN][:from=EXTRACTOR]
/// ```
///
/// `KIND` is `decision`, `score` (from 0 to 1), `score[0..100]`, `number`, `rank`, `category` or `text`; without one it is guessed.
/// `favourable` belongs to a decision, `list` to a rank. `from`, always last, makes the answer out of a text: see [`Extractor`].
///
/// ```
/// # use jumelles::predictions::OutputDeclaration;
/// for text in [
///     "score",
///     "score:score[0..100]",
///     "shortlisted:decision:favourable=yes",
///     "position:rank:list=offer",
///     "verdict=answer:decision:favourable=hire:from=json:decision",
///     r"mark=answer:score[0..20]:from=regex:(\d+) */ *20",
/// ] {
///     let declaration: OutputDeclaration = text.parse()?;
///     assert_eq!(declaration.to_string(), text);
/// }
/// # Ok::<(), jumelles::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct OutputDeclaration {
    written: String,
    pub(super) name: String,
    pub(super) column: String,
    pub(super) kind: Option<DeclaredKind>,
    pub(super) from: Option<Extractor>,
}

/// A kind as it is declared: the favourable value may still have to be found.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum DeclaredKind {
    Decision { favourable: Option<String> },
    Score { low: f64, high: f64 },
    Number,
    Rank { list: Option<String> },
    Category,
    Text,
}

const KINDS: [&str; 7] = ["decision", "score", "number", "rank", "category", "text", "probability"];
const FORM: &str = "write COLUMN:KIND, for example `hired:decision:favourable=yes` or `mark:score[0..100]`; \
                    kinds are decision, score, number, rank, category, text";

impl OutputDeclaration {
    /// The name of the output: the one given, else the column's, followed by `.KIND` if it is extracted from a text.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A column whose kind is to be guessed.
    pub(super) fn plain(column: &str) -> Self {
        let column = column.to_owned();
        Self { written: column.clone(), name: column.clone(), column, kind: None, from: None }
    }

    /// A column that names the lists of ranks.
    pub(super) fn list(column: &str) -> Self {
        Self { kind: Some(DeclaredKind::Category), ..Self::plain(column) }
    }

    /// The column that it is read from.
    pub fn column(&self) -> &str {
        &self.column
    }
}

impl fmt::Display for OutputDeclaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl FromStr for OutputDeclaration {
    type Err = Error;

    fn from_str(written: &str) -> Result<Self> {
        let wrong = |what: String, hint: String| {
            Error::request_hint(format!("the output `{written}` cannot be understood: {what}"), hint)
        };
        let (head, from) = match written.split_once(":from=") {
            Some((head, extractor)) => (head, Some(extractor.parse::<Extractor>()?)),
            None => (written, None),
        };
        let mut pieces = head.split(':');
        let named = pieces.next().unwrap_or_default();
        let (name, column) = match named.split_once('=') {
            Some((name, column)) => (Some(name), column),
            None => (None, named),
        };
        if column.is_empty() || name == Some("") {
            return Err(wrong("it names no column".to_owned(), FORM.to_owned()));
        }
        let mut kind = None;
        for piece in pieces {
            kind = match (piece.split_once('='), kind) {
                (None, None) => Some(kind_of(piece).map_err(|(what, hint)| wrong(what, hint))?),
                (None, Some(_)) => {
                    return Err(wrong(format!("`{piece}` comes after its kind"), FORM.to_owned()));
                }
                (Some((key, value)), kind) => {
                    Some(with_option(kind, key, value).map_err(|what| wrong(what, FORM.to_owned()))?)
                }
            };
        }
        if from.is_some() && matches!(kind, None | Some(DeclaredKind::Text)) {
            let hint = "say which kind the extractor yields, for example `answer:decision:from=first-word`";
            return Err(wrong("an extractor needs a kind".to_owned(), hint.to_owned()));
        }
        let name = match (name, &from, &kind) {
            (Some(name), _, _) => name.to_owned(),
            (None, Some(_), Some(kind)) => format!("{column}.{}", kind.word()),
            (None, _, _) => column.to_owned(),
        };
        Ok(Self { written: written.to_owned(), name, column: column.to_owned(), kind, from })
    }
}

impl DeclaredKind {
    pub(super) fn word(&self) -> &'static str {
        match self {
            DeclaredKind::Decision { .. } => "decision",
            DeclaredKind::Score { .. } => "score",
            DeclaredKind::Number => "number",
            DeclaredKind::Rank { .. } => "rank",
            DeclaredKind::Category => "category",
            DeclaredKind::Text => "text",
        }
    }
}

/// The kind of a word; else what is wrong and what to do.
fn kind_of(word: &str) -> Result<DeclaredKind, (String, String)> {
    Ok(match word {
        "decision" => DeclaredKind::Decision { favourable: None },
        "score" | "probability" => DeclaredKind::Score { low: 0.0, high: 1.0 },
        "number" => DeclaredKind::Number,
        "rank" => DeclaredKind::Rank { list: None },
        "category" => DeclaredKind::Category,
        "text" => DeclaredKind::Text,
        _ => match word.strip_prefix("score[").and_then(|w| w.strip_suffix(']')) {
            Some(range) => range_of(range).ok_or_else(|| {
                let what = format!("`{range}` is not a range");
                (what, "write the lowest and the highest score, for example `score[0..100]`".to_owned())
            })?,
            None => {
                let hint = did_you_mean(word, KINDS).unwrap_or_else(|| FORM.to_owned());
                return Err((format!("`{word}` is not a kind of output"), hint));
            }
        },
    })
}

fn range_of(text: &str) -> Option<DeclaredKind> {
    let (low, high) = text.split_once("..")?;
    let (low, high): (f64, f64) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
    (low.is_finite() && high.is_finite() && low < high).then_some(DeclaredKind::Score { low, high })
}

fn with_option(kind: Option<DeclaredKind>, key: &str, value: &str) -> Result<DeclaredKind, String> {
    match (key, kind) {
        (_, _) if value.is_empty() => Err(format!("`{key}` has no value")),
        ("favourable" | "favorable", None | Some(DeclaredKind::Decision { favourable: None })) => {
            Ok(DeclaredKind::Decision { favourable: Some(value.to_owned()) })
        }
        ("list", None | Some(DeclaredKind::Rank { list: None })) => {
            Ok(DeclaredKind::Rank { list: Some(value.to_owned()) })
        }
        ("favourable" | "favorable", Some(_)) => {
            Err("one `favourable` value belongs to a decision".to_owned())
        }
        ("list", Some(_)) => Err("one `list` belongs to a rank".to_owned()),
        _ => Err(format!("`{key}` is not known; `favourable`, `list` and, last, `from` are")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> OutputDeclaration {
        text.parse().unwrap_or_else(|e: Error| panic!("{text}: {e}"))
    }

    #[test]
    fn a_declaration_names_column_kind_and_extractor() {
        assert_eq!(parsed("x").kind, None);
        assert_eq!(parsed("x:score").kind, Some(DeclaredKind::Score { low: 0.0, high: 1.0 }));
        assert_eq!(parsed("x:score[-1..1.5]").kind, Some(DeclaredKind::Score { low: -1.0, high: 1.5 }));
        let decision = DeclaredKind::Decision { favourable: Some("oui".to_owned()) };
        assert_eq!(parsed("x:favourable=oui").kind, Some(decision));
        let declaration = parsed("answer:decision:from=regex:(a|b): *c");
        assert_eq!((declaration.name(), declaration.column()), ("answer.decision", "answer"));
        assert_eq!(parsed("note=answer:number:from=length").name(), "note");
    }

    #[test]
    fn what_cannot_be_understood_is_refused_with_what_to_do() {
        for (text, said) in [
            ("", "names no column"),
            (":decision", "names no column"),
            ("=x", "names no column"),
            ("x:", "`` is not a kind"),
            ("x:decison", "`decison` is not a kind"),
            ("x:score[1..0]", "`1..0` is not a range"),
            ("x:score[0..inf]", "`0..inf` is not a range"),
            ("x:score[nan..1]", "is not a range"),
            ("x:score[0.1]", "is not a range"),
            ("x:decision:favourable=", "`favourable` has no value"),
            ("x:score:favourable=1", "belongs to a decision"),
            ("x:decision:list=y", "belongs to a rank"),
            ("x:decision:number", "comes after its kind"),
            ("x:decision:threshold=1", "`threshold` is not known"),
            ("x:from=length", "needs a kind"),
            ("x:decision:from=magic", "`magic` is not an extractor"),
            ("x:decision:from=regex:(", "is not a regular expression"),
        ] {
            let error = text.parse::<OutputDeclaration>().expect_err(text);
            assert!(error.to_string().contains(said), "{text}: {error}");
            assert!(error.hint().is_some(), "{text}");
        }
    }
}
