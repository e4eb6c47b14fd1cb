//! Diagnostics as people and programs read them.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Language, Place, Severity, Sources};

/// An excerpt longer than this is cut around its caret: an error must not print a hostile file back.
const WIDEST_LINE: usize = 400;

/// More than anybody mends before running the program again; the rest is counted.
const MOST_SHOWN: usize = 100;

/// A program gets more of them.
const MOST_LISTED: usize = 1000;

pub(super) fn render(diagnostics: &Diagnostics, language: Language, styled: bool) -> String {
    let renderer = if styled {
        Renderer::styled().decor_style(DecorStyle::Ascii)
    } else {
        Renderer::plain().decor_style(DecorStyle::Ascii)
    };
    let mut blocks: Vec<String> = Vec::new();
    for diagnostic in diagnostics.iter().take(MOST_SHOWN) {
        blocks.push(renderer.render(&[group(diagnostic, diagnostics.sources(), language)]));
    }
    if diagnostics.len() > MOST_SHOWN {
        let more = diagnostics.len() - MOST_SHOWN;
        blocks.push(match language {
            Language::En => format!("… and {more} more"),
            Language::Fr => format!("… et {more} de plus"),
        });
    }
    blocks.join("\n\n")
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, language: Language) -> Group<'a> {
    let level = match (diagnostic.severity, language) {
        (Severity::Error, Language::En) => Level::ERROR,
        (Severity::Warning, Language::En) => Level::WARNING,
        (Severity::Error, Language::Fr) => Level::ERROR.with_name("erreur"),
        (Severity::Warning, Language::Fr) => Level::WARNING.with_name("avertissement"),
    };
    let title = match language {
        Language::En => diagnostic.message.as_str(),
        Language::Fr => diagnostic.code.title_in(language),
    };
    let mut group = Group::with_title(level.primary_title(title).id(diagnostic.code.id));
    if let Some(place) = &diagnostic.place {
        group = group.element(snippet(place, &diagnostic.label, AnnotationKind::Primary, sources));
    }
    for (place, label) in &diagnostic.related {
        group = group.element(snippet(place, label, AnnotationKind::Context, sources));
    }
    let hint_name = match language {
        Language::En => "hint",
        Language::Fr => {
            group = group.element(Level::NOTE.with_name("constat").message(diagnostic.message.as_str()));
            "conseil"
        }
    };
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.with_name(hint_name).message(hint.as_str()));
    }
    group
}

fn snippet<'a>(
    place: &Place,
    label: &'a str,
    kind: AnnotationKind,
    sources: &'a Sources,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.get(place.source);
    let (excerpt, first_line, range) = excerpt(&source.text, place);
    let mut annotation = kind.span(range);
    if !label.is_empty() {
        annotation = annotation.label(label);
    }
    Snippet::source(excerpt).line_start(first_line).path(source.name.as_str()).annotation(annotation)
}

/// The line of the place, its number, and the place within it; a place over several lines is shown by its first.
fn excerpt<'a>(text: &'a str, place: &Place) -> (&'a str, usize, std::ops::Range<usize>) {
    let start = text.floor_char_boundary(place.range.start);
    let end = text.ceil_char_boundary(place.range.end.max(start));
    let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    let line_end = if text[start..line_end].ends_with('\r') { line_end - 1 } else { line_end };
    let from = text.floor_char_boundary(line_start.max(start.saturating_sub(WIDEST_LINE / 2)));
    let to = text.ceil_char_boundary(line_end.min(start + WIDEST_LINE / 2));
    let number = text[..start].matches('\n').count() + 1;
    (&text[from..to], number, start - from..end.min(to).max(start) - from)
}

pub(super) fn json(diagnostics: &Diagnostics) -> serde_json::Value {
    let list: Vec<serde_json::Value> = diagnostics
        .iter()
        .take(MOST_LISTED)
        .map(|d| {
            let (file, line, column) = match &d.place {
                Some(place) => {
                    let (line, column) = diagnostics.sources().line_column(place);
                    let file = diagnostics.sources().get(place.source).name.clone();
                    (Some(file), Some(line), Some(column))
                }
                None => (None, None, None),
            };
            serde_json::json!({
                "code": d.code.id,
                "severity": match d.severity { Severity::Error => "error", Severity::Warning => "warning" },
                "message": d.message,
                "file": file,
                "line": line,
                "column": column,
                "hint": d.hint,
            })
        })
        .collect();
    serde_json::Value::Array(list)
}
