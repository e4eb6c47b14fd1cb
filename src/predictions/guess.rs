//! The kind of an output that was not declared, from all of its values, and why in words.

use super::distinct::Value;
use super::intake::is_rank;
use super::kind::Kind;
use super::words::{is_favourable, is_refusal};
use crate::error::{Error, Result};

/// Names under which ranks are written, in lower case.
const RANKS: [&str; 6] = ["rank", "ranking", "rang", "position", "classement", "place"];
/// Parts of names under which probabilities are written.
const PROBABILITIES: [&str; 2] = ["proba", "probability"];
/// Characters from which one value makes a text of a category.
const LONG: usize = 60;
/// Blanks from which one value makes a text of a category.
const WORDY: usize = 5;
/// Of so many answers, one may be neither value of a decision or no number: a slip, not another kind.
const SLIPS: u64 = 20;

/// A value with the number of cells that have it.
pub(super) type Counted<'v> = (&'v Value, u64);

/// What is known of many numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    pub(super) count: u64,
    pub(super) least: f64,
    pub(super) most: f64,
    /// Numbers in [0, 1].
    pub(super) in_unit: u64,
    /// Whether all can be ranks.
    pub(super) ranks: bool,
}

impl Numbers {
    pub(super) fn of(numbers: impl Iterator<Item = (f64, u64)>) -> Self {
        let mut known =
            Numbers { count: 0, least: f64::INFINITY, most: f64::NEG_INFINITY, in_unit: 0, ranks: true };
        for (number, count) in numbers {
            known.count += count;
            known.least = known.least.min(number);
            known.most = known.most.max(number);
            known.in_unit += if (0.0..=1.0).contains(&number) { count } else { 0 };
            known.ranks &= is_rank(number);
        }
        known
    }
}

/// The kind of an output with few different values.
///
/// # Errors
/// Two values of which neither is known to be the favourable one.
pub(super) fn of_values(column: &str, values: &[Counted]) -> Result<(Kind, String)> {
    let total: u64 = values.iter().map(|(_, count)| count).sum();
    let texts: Vec<Counted> = values.iter().filter(|(v, _)| matches!(v, Value::Text(_))).copied().collect();
    let in_texts: u64 = texts.iter().map(|(_, count)| count).sum();
    if total == 0 {
        return Ok((Kind::Number, "no value at all, so taken for a number".to_owned()));
    }
    if in_texts * SLIPS <= total {
        let numbers = values.iter().filter_map(|(value, count)| match value {
            Value::Number(number) => Some((*number, *count)),
            Value::Text(_) => None,
        });
        return Ok(of_few_numbers(column, &numbers.collect::<Vec<_>>()));
    }
    if let Some(said) = is_text(&texts, total) {
        return Ok((Kind::Text, said));
    }
    let mut by_count = values.to_vec();
    by_count.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.label().cmp(&b.0.label())));
    let rest: u64 = by_count.iter().skip(2).map(|(_, count)| count).sum();
    match by_count.as_slice() {
        [(only, _)] if is_favourable(&only.label()).is_none() => {
            Ok((Kind::Category, format!("one value only, `{}`, so a category", only.label())))
        }
        [(only, _)] => Ok(decision(is_favourable(&only.label()) == Some(true), only, None, "one value")),
        [(a, _), (b, _), ..] if rest * SLIPS <= total => {
            match (is_favourable(&a.label()), is_favourable(&b.label())) {
                (Some(true), None | Some(false)) | (None, Some(false)) => {
                    Ok(decision(true, a, Some(b), "two different values"))
                }
                (Some(false), None | Some(true)) | (None, Some(true)) => {
                    Ok(decision(true, b, Some(a), "two different values"))
                }
                // A third value says that the two need not be a decision.
                _ if rest > 0 => Ok(category(values.len())),
                _ => Err(ask(column, a, b)),
            }
        }
        _ => Ok(category(values.len())),
    }
}

/// The kind of an output with many different numbers.
pub(super) fn of_numbers(column: &str, numbers: Numbers) -> (Kind, String) {
    let Numbers { count, least, most, in_unit, ranks } = numbers;
    let name = column.to_lowercase();
    let range = format!("from {} to {}", short(least), short(most));
    let named = |names: &[&str]| names.iter().any(|n| name.contains(n));
    let outside = count - in_unit;
    match () {
        () if outside == 0 => {
            (Kind::Score { low: 0.0, high: 1.0 }, format!("numbers {range}, so a score from 0 to 1"))
        }
        () if named(&PROBABILITIES) && outside * SLIPS <= count => {
            let said = format!(
                "a name that says probability, and {in_unit} of {count} numbers in [0, 1], so a score from 0 to 1"
            );
            (Kind::Score { low: 0.0, high: 1.0 }, said)
        }
        () if ranks && RANKS.contains(&name.as_str()) => (
            Kind::Rank { list: None },
            format!("a name that says rank, and whole numbers {range}, so a rank in one list"),
        ),
        () => (Kind::Number, format!("numbers {range}, so a number (declare its range to call it a score)")),
    }
}

/// A number with four digits, for messages.
fn short(number: f64) -> f64 {
    if number.fract() == 0.0 { number } else { format!("{number:.3e}").parse().unwrap_or(number) }
}

fn of_few_numbers(column: &str, numbers: &[(f64, u64)]) -> (Kind, String) {
    let mut sorted: Vec<f64> = numbers.iter().map(|(number, _)| *number).collect();
    sorted.sort_by(f64::total_cmp);
    let favourable = |other: Option<f64>| Kind::Decision {
        favourable: "1".to_owned(),
        other: other.map(|o| o.to_string()),
    };
    let few = match sorted.as_slice() {
        [0.0, 1.0] => Some((Some(0.0), "two different values, 0 and 1, so a decision")),
        [-1.0, 1.0] => Some((Some(-1.0), "two different values, -1 and 1, so a decision")),
        [0.0] => Some((Some(0.0), "one value only, 0, so a decision that is never favourable")),
        [1.0] => Some((None, "one value only, 1, so a decision that is always favourable")),
        _ => None,
    };
    match few {
        Some((other, said)) => (favourable(other), said.to_owned()),
        None => of_numbers(column, Numbers::of(numbers.iter().copied())),
    }
}

/// Why values are texts rather than labels, if they are.
fn is_text(texts: &[Counted], total: u64) -> Option<String> {
    let label = |value: &Value| value.label();
    let long = texts.iter().map(|(v, _)| label(v)).find(|t| {
        t.chars().count() > LONG || t.matches(char::is_whitespace).count() >= WORDY || is_refusal(t)
    });
    if long.is_some() {
        return Some(
            "values of several words, so a text (its length is its value; an extractor makes more of it)"
                .to_owned(),
        );
    }
    let different = texts.len() as u64;
    (different > 20 && 2 * different > total).then(|| {
        format!("{different} different values in {total} answers, so a text (its length is its value)")
    })
}

fn category(values: usize) -> (Kind, String) {
    (Kind::Category, format!("{values} different values, so a category"))
}

/// `value` is the favourable one, or else the other.
fn decision(is_favourable: bool, value: &Value, other: Option<&Value>, how_many: &str) -> (Kind, String) {
    let label = value.label();
    if !is_favourable {
        let said = format!("{how_many}, `{label}`, so a decision that is never favourable");
        // No value of the file is favourable; any label but this one says so.
        return (Kind::Decision { favourable: format!("not {label}"), other: Some(label) }, said);
    }
    let said = match other {
        Some(other) => {
            let other = other.label();
            format!(
                "{how_many}, `{label}` and `{other}`, so a decision; `{label}` is taken to be the favourable one"
            )
        }
        None => format!("{how_many}, `{label}`, so a decision that is always favourable"),
    };
    (Kind::Decision { favourable: label, other: other.map(Value::label) }, said)
}

/// Which of two values is favourable must be said.
pub(super) fn ask(column: &str, a: &Value, b: &Value) -> Error {
    let (mut a, mut b) = (a.label(), b.label());
    if a > b {
        std::mem::swap(&mut a, &mut b);
    }
    Error::request_hint(
        format!("`{column}` has two values, `{a}` and `{b}`, and neither is known to be the favourable one"),
        format!(
            "say which: `{column}:decision:favourable={a}` or `{column}:decision:favourable={b}`; or `{column}:category`"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(column: &str, values: &[(&str, u64)]) -> Result<(Kind, String)> {
        let values: Vec<(Value, u64)> = values
            .iter()
            .map(|(text, count)| match text.parse() {
                Ok(number) => (Value::Number(number), *count),
                Err(_) => (Value::Text((*text).to_owned()), *count),
            })
            .collect();
        of_values(column, &values.iter().map(|(v, c)| (v, *c)).collect::<Vec<_>>())
    }

    fn kind(column: &str, values: &[(&str, u64)]) -> String {
        let (kind, said) = guessed(column, values).unwrap();
        assert!(!said.is_empty());
        kind.to_string()
    }

    #[test]
    fn kinds_are_guessed_from_values() {
        assert_eq!(kind("x", &[("1", 3), ("0", 4)]), "decision (favourable: 1)");
        assert_eq!(kind("x", &[("1", 3), ("-1", 4)]), "decision (favourable: 1)");
        assert_eq!(kind("x", &[("1", 3)]), "decision (favourable: 1)");
        assert_eq!(kind("x", &[("0", 300), ("1", 300), ("n/a", 3)]), "decision (favourable: 1)");
        assert_eq!(kind("x", &[("oui", 3), ("non", 4)]), "decision (favourable: oui)");
        assert_eq!(kind("x", &[("Hired", 3), ("waiting", 4)]), "decision (favourable: Hired)");
        assert_eq!(kind("x", &[("rejected", 3), ("waiting", 4)]), "decision (favourable: waiting)");
        assert_eq!(kind("x", &[("yes", 50), ("no", 49), ("perhaps", 1)]), "decision (favourable: yes)");
        assert_eq!(kind("x", &[("yes", 50), ("no", 49), ("perhaps", 50)]), "category");
        assert_eq!(kind("x", &[("no", 50)]), "decision (favourable: not no)");
        assert_eq!(kind("x", &[("gpt", 50)]), "category");
        assert_eq!(kind("x", &[("0", 3), ("0.5", 4), ("1", 2)]), "score from 0 to 1");
        assert_eq!(kind("x", &[("0.25", 3), ("0.75", 4)]), "score from 0 to 1");
        assert_eq!(kind("x", &[("1", 3), ("2", 4)]), "number");
        assert_eq!(kind("Rank", &[("1", 3), ("2", 4)]), "rank");
        assert_eq!(kind("x", &[("the candidate would be a very good fit", 3)]), "text");
        assert_eq!(kind("y_proba", &[("0.5", 99), ("1.5", 1)]), "score from 0 to 1");
        assert_eq!(kind("x", &[]), "number");
    }

    #[test]
    fn of_two_unknown_values_the_favourable_one_is_asked_for() {
        let error = guessed("x", &[("blue", 1), ("amber", 2)]).unwrap_err();
        assert!(error.to_string().contains("`amber` and `blue`"), "{error}");
        assert!(error.hint().unwrap().contains("x:decision:favourable=amber"));
        assert!(guessed("x", &[("yes", 1), ("hired", 2)]).is_err());
    }
}
