//! Templates over the variables of a record: a well-kept engine's language, without files, loops over the world or clocks.

use std::sync::Arc;

use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

/// A rendering may not be longer than this: a loop in a template must not fill a disk.
const LONGEST_RENDERING: usize = 65_536;
/// Steps of the engine that one rendering may take.
const FUEL: u64 = 200_000;
const NAME: &str = "text";

/// What is wrong with a template, or with one rendering of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// What is wrong.
    pub message: String,
    /// The bytes of the template that it is about, where known.
    pub at: Option<std::ops::Range<usize>>,
}

/// A compiled template.
#[derive(Debug, Clone)]
pub struct Template {
    engine: Arc<Environment<'static>>,
    variables: Vec<String>,
}

impl Template {
    /// Compiles a template.
    pub fn parse(text: &str) -> Result<Template, TemplateProblem> {
        let mut engine = Environment::empty();
        engine.set_undefined_behavior(UndefinedBehavior::Strict);
        engine.set_fuel(Some(FUEL));
        engine.set_recursion_limit(64);
        engine.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        engine.add_filter("lower", |text: String| text.to_lowercase());
        engine.add_filter("upper", |text: String| text.to_uppercase());
        engine.add_filter("title", minijinja::filters::title);
        engine.add_filter("capitalize", minijinja::filters::capitalize);
        engine.add_filter("trim", minijinja::filters::trim);
        engine.add_filter("replace", minijinja::filters::replace);
        engine.add_filter("round", minijinja::filters::round);
        engine.add_filter("int", minijinja::filters::int);
        engine.add_filter("ascii", ascii);
        engine.add_filter("slug", slug);
        engine.add_template_owned(NAME, text.to_owned()).map_err(|error| problem(&error))?;
        let template = engine.get_template(NAME).map_err(|error| problem(&error))?;
        let mut variables: Vec<String> = template.undeclared_variables(false).into_iter().collect();
        variables.sort();
        Ok(Template { engine: Arc::new(engine), variables })
    }

    /// The variables that it reads, in alphabetical order.
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// Renders one record; `values` stand in the order of [`Template::variables`].
    pub fn render(&self, values: &[Value]) -> Result<String, TemplateProblem> {
        let template = self.engine.get_template(NAME).map_err(|error| problem(&error))?;
        let named = self.variables.iter().map(String::as_str).zip(values.iter().cloned());
        let context = Value::from(named.collect::<std::collections::BTreeMap<&str, Value>>());
        let text = template.render(context).map_err(|error| problem(&error))?;
        if text.len() > LONGEST_RENDERING {
            return Err(TemplateProblem {
                message: format!("a text has at most {LONGEST_RENDERING} bytes, this one has {}", text.len()),
                at: None,
            });
        }
        Ok(text)
    }
}

/// Letters without accents, as addresses want them: "Éloïse" becomes "Eloise".
fn ascii(text: String) -> String {
    deunicode::deunicode(&text)
}

/// Letters and digits joined by hyphens: "Le Goff" becomes "le-goff".
fn slug(text: String) -> String {
    let plain = deunicode::deunicode(&text).to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn problem(error: &minijinja::Error) -> TemplateProblem {
    let message = match (error.kind(), error.detail()) {
        (ErrorKind::OutOfFuel, _) => "the template takes too long".to_owned(),
        (_, Some(detail)) => detail.to_owned(),
        (kind, None) => kind.to_string(),
    };
    TemplateProblem { message, at: error.range() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_derives_from_a_name() {
        let template = Template::parse("{{ first | ascii | lower }}.{{ last | slug }}@example.org").unwrap();
        assert_eq!(template.variables(), ["first", "last"]);
        let values = [Value::from("Éloïse"), Value::from("Le Goff")];
        assert_eq!(template.render(&values).unwrap(), "eloise.le-goff@example.org");
    }

    #[test]
    fn a_broken_template_is_refused_at_its_place() {
        let problem = Template::parse("Dear {{ name").unwrap_err();
        assert!(!problem.message.is_empty());
        let problem = Template::parse("{{ name | nonsense }}").and_then(|t| t.render(&[Value::from("x")]));
        assert!(problem.unwrap_err().message.contains("nonsense"));
    }

    #[test]
    fn a_template_cannot_include_anything() {
        for text in ["{% include 'x' %}", "{% import 'x' as y %}", "{% extends 'x' %}"] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_template_cannot_run_for_ever() {
        let template = Template::parse("{% for i in x * 100000 %}{{ i }}{% endfor %}").unwrap();
        assert!(template.render(&[Value::from("xxxxxxxxxxxx")]).is_err());
    }
}
