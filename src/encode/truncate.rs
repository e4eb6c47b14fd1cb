//! Bounds of long texts: a prefix is a lower bound, a prefix with its last character raised an upper one.

/// The longest bound that is kept whole, in bytes; what Parquet's own writers keep.
const LONGEST: usize = 64;

/// The text's start, as a lower bound, and whether it is the whole text.
pub(super) fn down(text: &[u8]) -> (Vec<u8>, bool) {
    match prefix(text) {
        None => (text.to_vec(), true),
        Some(prefix) => (prefix.as_bytes().to_vec(), false),
    }
}

/// An upper bound, and whether it is the text itself. A prefix of which no character can be raised stays the text.
pub(super) fn up(text: &[u8]) -> (Vec<u8>, bool) {
    match prefix(text).and_then(raise) {
        None => (text.to_vec(), true),
        Some(raised) => (raised.into_bytes(), false),
    }
}

fn prefix(text: &[u8]) -> Option<&str> {
    if text.len() <= LONGEST {
        return None;
    }
    let text = str::from_utf8(text).ok()?;
    Some(&text[..text.floor_char_boundary(LONGEST)])
}

/// The shortest text above all texts that start so: the last character that has a successor is raised, the rest is cut.
fn raise(prefix: &str) -> Option<String> {
    let (at, raised) = prefix.char_indices().rev().find_map(|(at, c)| {
        // A longer successor is not used: the bound would no longer have its width.
        let next = char::from_u32(c as u32 + 1).filter(|next| next.len_utf8() == c.len_utf8())?;
        Some((at, next))
    })?;
    Some(format!("{}{raised}", &prefix[..at]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cut_text_still_bounds_the_text(text in "[a-zé\u{7f}€\u{10ffff}]{0,80}") {
            let (low, high) = (down(text.as_bytes()), up(text.as_bytes()));
            prop_assert!(low.0.as_slice() <= text.as_bytes() && text.as_bytes() <= high.0.as_slice());
            prop_assert_eq!(low.1, low.0 == text.as_bytes());
            prop_assert!(str::from_utf8(&low.0).is_ok() && str::from_utf8(&high.0).is_ok());
        }
    }
}
