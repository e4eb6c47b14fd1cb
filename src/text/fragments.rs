//! Where the expressions of a template stand, so that each can be rendered alone.

use std::ops::Range;

/// A literal run of a template, or the place of an expression with its braces.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fragment {
    Literal(String),
    Expression(Range<usize>),
}

/// Splits a template of literals and expressions. None, where it has blocks, comments or marks that trim white space: then
/// a piece depends on its neighbours, and only the whole can be rendered.
pub(super) fn split(text: &str) -> Option<Vec<Fragment>> {
    if text.contains("{%") || text.contains("{#") {
        return None;
    }
    let mut fragments = Vec::new();
    let mut rest = 0;
    while let Some(found) = text[rest..].find("{{") {
        let start = rest + found;
        let end = end_of_expression(text, start + 2)?;
        let inner = &text.as_bytes()[start + 2..end - 2];
        if [inner.first(), inner.last()].iter().any(|edge| matches!(edge, None | Some(b'-' | b'+'))) {
            return None;
        }
        push_literal(&mut fragments, &text[rest..start]);
        fragments.push(Fragment::Expression(start..end));
        rest = end;
    }
    // The engine drops one line end at the end of a template.
    let last = &text[rest..];
    let last = last.strip_suffix('\n').map_or(last, |line| line.strip_suffix('\r').unwrap_or(line));
    push_literal(&mut fragments, last);
    Some(fragments)
}

fn push_literal(fragments: &mut Vec<Fragment>, text: &str) {
    if !text.is_empty() {
        fragments.push(Fragment::Literal(text.to_owned()));
    }
}

/// The place after the `}}` that closes an expression; strings and inner braces are stepped over.
fn end_of_expression(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut quote) = (start, 0, None);
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, byte @ (b'"' | b'\'')) => quote = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') if depth > 0 => depth -= 1,
            (None, b'}') if bytes.get(at + 1) == Some(&b'}') => return Some(at + 2),
            _ => {}
        }
        at += 1;
    }
    None
}
