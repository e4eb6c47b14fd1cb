//! The templates, and the one door through which text reaches the page.

use minijinja::value::ValueKind;
use minijinja::{AutoEscape, Environment, HtmlEscape, Output, State, UndefinedBehavior, Value};

use crate::report::visible::visible;

const TEMPLATES: &[(&str, &str)] = &[
    ("axis.svg", include_str!("templates/axis.svg")),
    ("bars.svg", include_str!("templates/bars.svg")),
    ("block.html", include_str!("templates/block.html")),
    ("curve.svg", include_str!("templates/curve.svg")),
    ("icon.svg", include_str!("templates/icon.svg")),
    ("interval.svg", include_str!("templates/interval.svg")),
    ("page.html", include_str!("templates/page.html")),
    ("pair.svg", include_str!("templates/pair.svg")),
    ("step.svg", include_str!("templates/step.svg")),
    ("swatch.svg", include_str!("templates/swatch.svg")),
    ("table.html", include_str!("templates/table.html")),
];

/// Templates that escape whatever was not made by a template itself, and refuse a name that has no value.
pub(super) fn engine() -> Environment<'static> {
    let mut engine = Environment::empty();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|_| AutoEscape::Html);
    engine.set_formatter(write_escaped);
    engine.add_test("none", |value: &Value| value.is_none());
    for (name, source) in TEMPLATES {
        engine.add_template(name, source.trim_end()).expect("the report's templates are well formed");
    }
    engine
}

/// Texts are escaped, and what is not to be seen in them becomes visible.
fn write_escaped(out: &mut Output, state: &mut State, value: &Value) -> Result<(), minijinja::Error> {
    match (value.kind(), value.as_str()) {
        (ValueKind::String, Some(text)) if !value.is_safe() => {
            write!(out, "{}", HtmlEscape(&visible(text))).map_err(minijinja::Error::from)
        }
        _ => minijinja::escape_formatter(out, state, value),
    }
}
