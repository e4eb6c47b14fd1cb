//! Free text as something that can be seen: no character acts on whatever shows it.

/// The text with its control characters as pictures ("␛"), and those that turn the direction of writing, or that XML cannot
/// hold, as "�". Line breaks and tabs stay.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(shown).collect()
}

/// The same on one line.
pub(super) fn one_line(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| {
            if c.is_whitespace() && (c.is_control() || c == '\u{2028}' || c == '\u{2029}') {
                ' '
            } else {
                shown(c)
            }
        })
        .collect();
    line.trim().to_owned()
}

fn shown(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if u32::from(c) & 0xfffe == 0xfffe => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{one_line, visible};

    #[test]
    fn what_acts_becomes_something_to_see() {
        assert_eq!(visible("\u{1b}[31mred\0\u{7f}"), "␛[31mred␀␡");
        assert_eq!(visible("a\u{202e}b\u{ffff}c\u{85}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(visible("Élodie 李 مريم\n\tx"), "Élodie 李 مريم\n\tx");
    }

    #[test]
    fn a_line_has_no_breaks() {
        assert_eq!(one_line(" a\r\nb\tc\u{2028}d\u{85}"), "a  b c d");
    }
}
