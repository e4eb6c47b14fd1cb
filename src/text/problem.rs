//! What is wrong with a template, and where in its text.

use std::ops::Range;

use minijinja::ErrorKind;

/// What is wrong with a template, or with one rendering of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// What is wrong, in lower case.
    pub message: String,
    /// The bytes of the template that it is about, where known.
    pub at: Option<Range<usize>>,
    /// What to do about it.
    pub hint: Option<String>,
}

/// What the engine refuses to read.
pub(super) fn unreadable(error: &minijinja::Error) -> TemplateProblem {
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    TemplateProblem {
        message: format!("the template cannot be read: {detail}"),
        at: error.range(),
        hint: Some(
            "write {{ name }}, {{ name | lower }}, or {% if age > 30 %} … {% else %} … {% endif %}"
                .to_owned(),
        ),
    }
}

/// What went wrong while one record was rendered, in the piece of the template at `place`.
pub(super) fn unrendered(error: &minijinja::Error, text: &str, place: Range<usize>) -> TemplateProblem {
    let at = error.range().map(|range| place.start + range.start..place.start + range.end);
    let part = at.clone().and_then(|at| text.get(at)).filter(|part| !part.is_empty());
    let part = part.map(|part| format!("`{}`", part.chars().take(60).collect::<String>()));
    let part = part.unwrap_or_else(|| "a part of the template".to_owned());
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::OutOfFuel => {
            "the template takes too long: it has a loop that does not end soon".to_owned()
        }
        ErrorKind::UndefinedError => format!("{part} has no value: variables have no parts"),
        _ => format!("{part} cannot be computed{detail}"),
    };
    TemplateProblem { message, at, hint: None }
}
