//! Numbers as each language writes them.

use crate::diag::Language;

/// Significant digits of an estimate: enough that 0.996 does not read as a limit of 1.
const DIGITS: i32 = 3;

/// Sizes below are the dust of sums that cancel: written as 0.
const DUST: f64 = 1e-15;

/// Writes numbers. Thin spaces that do not break stand within numbers and before the percent sign of French.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numerals {
    language: Language,
}

impl Numerals {
    pub(super) fn of(language: Language) -> Self {
        Self { language }
    }

    /// A count: "10,000", "10 000".
    pub(super) fn count(&self, count: u64) -> String {
        self.grouped(&count.to_string())
    }

    /// A number with three significant digits, at least one decimal where it is not whole, and "−" before negative ones.
    /// "—" for what is not a number.
    pub(super) fn number(&self, x: f64) -> String {
        if x.is_nan() {
            return "—".to_owned();
        }
        let sign = if x < 0.0 { "−" } else { "" };
        let size = x.abs();
        if size.is_infinite() {
            return format!("{sign}∞");
        }
        if size < DUST {
            return "0".to_owned();
        }
        let magnitude = size.log10().floor();
        if !(-6.0..9.0).contains(&magnitude) {
            return format!("{sign}{}", self.scientific(size));
        }
        let decimals = (DIGITS - 1 - magnitude as i32).max(0) as usize;
        let text = format!("{size:.decimals$}");
        let trimmed =
            if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        format!("{sign}{}", self.localised(trimmed))
    }

    /// A number with its sign also where it is positive: "+1.2".
    pub(super) fn signed(&self, x: f64) -> String {
        match x > 0.0 {
            true => format!("+{}", self.number(x)),
            false => self.number(x),
        }
    }

    /// A share as a percentage: 0.012 is "1.2%", "1,2 %".
    pub(super) fn percent(&self, share: f64) -> String {
        format!("{}{}", self.number(tidy(share * 100.0)), self.percent_sign())
    }

    /// A number with two significant digits, for the ends of an axis.
    pub(super) fn short(&self, x: f64) -> String {
        let power = 10f64.powf(x.abs().log10().floor() - 1.0);
        match power.is_normal() && (x / power).is_finite() {
            true => self.number(tidy((x / power).round() * power)),
            false => self.number(x),
        }
    }

    /// A p-value: "0.012", "< 0.001".
    pub(super) fn p(&self, p: f64) -> String {
        match p < 0.001 {
            true => format!("<\u{a0}{}", self.localised("0.001")),
            false => self.localised(&format!("{p:.3}")),
        }
    }

    /// Between the ends of an interval: "; " in French, where the comma is taken.
    pub(super) fn interval(&self, low: &str, high: &str) -> String {
        // A line breaks within an interval only where it is very long.
        let is_short = low.chars().count() + high.chars().count() < 20;
        let blank = if is_short { '\u{a0}' } else { ' ' };
        match self.language {
            Language::En => format!("[{low},{blank}{high}]"),
            Language::Fr => format!("[{low}\u{a0};{blank}{high}]"),
        }
    }

    /// With the space that goes before it.
    pub(super) fn percent_sign(&self) -> &'static str {
        match self.language {
            Language::En => "%",
            Language::Fr => "\u{202f}%",
        }
    }

    fn scientific(&self, size: f64) -> String {
        let text = format!("{size:.2e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let raised: String = exponent.chars().map(raised).collect();
        format!("{}\u{a0}×\u{a0}10{raised}", self.localised(digits))
    }

    fn localised(&self, text: &str) -> String {
        match text.split_once('.') {
            Some((whole, part)) => {
                let mark = if self.language == Language::Fr { ',' } else { '.' };
                format!("{}{mark}{part}", self.grouped(whole))
            }
            None => self.grouped(text),
        }
    }

    /// In groups of three.
    fn grouped(&self, digits: &str) -> String {
        let mark = if self.language == Language::Fr { '\u{202f}' } else { ',' };
        let mut text = String::with_capacity(digits.len() * 2);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(mark);
            }
            text.push(digit);
        }
        text
    }
}

/// Without the dust of a multiplication by 100: 0.29 × 100 is 29, not 28.999999999999996.
pub(super) fn tidy(x: f64) -> f64 {
    match x.abs() < 1e12 && x.abs() > 1e-3 {
        true => (x * 1e9).round() / 1e9,
        false => x,
    }
}

fn raised(c: char) -> char {
    match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        c @ '0'..='9' => char::from_u32(0x2070 + u32::from(c) - u32::from('0')).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_and_french_write_the_same_number_differently() {
        let (english, french) = (Numerals::of(Language::En), Numerals::of(Language::Fr));
        assert_eq!(
            (english.count(1_234_567), french.count(1_234_567)),
            ("1,234,567".into(), "1\u{202f}234\u{202f}567".into())
        );
        assert_eq!(
            (english.percent(0.0123), french.percent(0.0123)),
            ("1.23%".into(), "1,23\u{202f}%".into())
        );
        assert_eq!((english.signed(0.5), french.signed(-0.5)), ("+0.5".into(), "−0,5".into()));
        assert_eq!((english.count(999), english.count(4000)), ("999".into(), "4,000".into()));
    }

    #[test]
    fn a_number_near_a_limit_does_not_read_as_the_limit() {
        let english = Numerals::of(Language::En);
        assert_eq!(english.percent(0.00996), "0.996%");
        assert_eq!(english.percent(0.01), "1%");
        assert_eq!(english.percent(0.29), "29%");
    }

    #[test]
    fn any_number_has_a_short_text() {
        let english = Numerals::of(Language::En);
        for x in [
            0.0,
            -0.0,
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            f64::NAN,
            f64::INFINITY,
            999_999_999.0,
            1e-7,
            0.1 + 0.2,
        ] {
            let text = english.number(x);
            assert!(text.chars().count() <= 16, "{x} is written {text}");
        }
        assert_eq!(english.number(1.5e300), "1.50\u{a0}×\u{a0}10³⁰⁰");
        assert_eq!(english.number(-0.000_000_2), "−2.00\u{a0}×\u{a0}10⁻⁷");
        assert_eq!(english.number(123_456.0), "123,456");
    }

    #[test]
    fn a_small_p_value_is_not_nought() {
        assert_eq!(Numerals::of(Language::Fr).p(1e-20), "<\u{a0}0,001");
        assert_eq!(Numerals::of(Language::En).p(1.0), "1.000");
    }
}
