//! Templates over the variables of a record: a well-kept engine's language, without files, loops over the world or clocks.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fragments::{Fragment, split};
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

/// A rendering may not be longer than this: a loop in a template must not fill a disk.
const LONGEST_RENDERING: usize = 65_536;
/// Steps of the engine that one rendering may take.
const FUEL: u64 = 200_000;
/// The name of the whole template in the engine.
const WHOLE: &str = "text";

/// What is wrong with a template, or with one rendering of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// What is wrong.
    pub message: String,
    /// The bytes of the template that it is about, where known.
    pub at: Option<std::ops::Range<usize>>,
}

/// A compiled template: what it says, in pieces that are rendered one by one.
#[derive(Debug, Clone)]
pub struct Template {
    engine: Arc<Environment<'static>>,
    variables: Vec<String>,
    pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The same in every rendering.
    Literal(String),
    /// What the engine makes of some of the template's variables.
    Expression {
        /// Its name in the engine.
        name: String,
        /// The variables that it reads, as places in [`Template::variables`].
        variables: Vec<usize>,
        /// Where it begins in the template.
        at: usize,
    },
}

impl Template {
    /// Compiles a template.
    pub fn parse(text: &str) -> Result<Template, TemplateProblem> {
        let mut engine = engine();
        engine.add_template_owned(WHOLE, text.to_owned()).map_err(|error| problem(&error, 0))?;
        let variables = undeclared(&engine, WHOLE)?;
        let fragments = split(text).unwrap_or_else(|| vec![Fragment::Expression(0..text.len())]);
        let mut pieces = Vec::with_capacity(fragments.len());
        for fragment in fragments {
            pieces.push(match fragment {
                Fragment::Literal(literal) => Piece::Literal(literal),
                Fragment::Expression(place) => {
                    let name = format!("piece {}", pieces.len());
                    let at = place.start;
                    let added = engine.add_template_owned(name.clone(), text[place].to_owned());
                    added.map_err(|error| problem(&error, at))?;
                    let read = undeclared(&engine, &name)?;
                    let variables =
                        read.iter().filter_map(|name| variables.iter().position(|v| v == name)).collect();
                    Piece::Expression { name, variables, at }
                }
            });
        }
        Ok(Template { engine: Arc::new(engine), variables, pieces })
    }

    /// The variables that it reads, in alphabetical order.
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// The pieces whose renderings, one after the other, are that of the template.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Renders one record; `values` stand in the order of [`Template::variables`].
    ///
    /// # Errors
    /// An expression that the engine cannot evaluate for these values; a text of more than 65,536 bytes.
    pub fn render(&self, values: &[Value]) -> Result<String, TemplateProblem> {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Expression { variables, .. } => {
                    let read: Vec<Value> = variables.iter().map(|v| values[*v].clone()).collect();
                    text.push_str(&self.render_piece(piece, &read)?);
                }
            }
        }
        check_length(text.len())?;
        Ok(text)
    }

    /// Renders a piece from the values of the variables that it reads.
    ///
    /// # Errors
    /// Those of [`Template::render`].
    pub fn render_piece(&self, piece: &Piece, values: &[Value]) -> Result<String, TemplateProblem> {
        let (name, variables, at) = match piece {
            Piece::Literal(literal) => return Ok(literal.clone()),
            Piece::Expression { name, variables, at } => (name, variables, *at),
        };
        let template = self.engine.get_template(name).map_err(|error| problem(&error, at))?;
        let named = variables.iter().map(|v| self.variables[*v].as_str()).zip(values.iter().cloned());
        let context = Value::from(named.collect::<BTreeMap<&str, Value>>());
        let text = template.render(context).map_err(|error| problem(&error, at))?;
        check_length(text.len())?;
        Ok(text)
    }
}

/// Refuses texts that are too long to be meant.
pub fn check_length(bytes: usize) -> Result<(), TemplateProblem> {
    match bytes > LONGEST_RENDERING {
        true => Err(TemplateProblem {
            message: format!("a text has at most {LONGEST_RENDERING} bytes, this one has {bytes}"),
            at: None,
        }),
        false => Ok(()),
    }
}

fn engine() -> Environment<'static> {
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
    engine
}

fn undeclared(engine: &Environment, name: &str) -> Result<Vec<String>, TemplateProblem> {
    let template = engine.get_template(name).map_err(|error| problem(&error, 0))?;
    let mut variables: Vec<String> = template.undeclared_variables(false).into_iter().collect();
    variables.sort();
    Ok(variables)
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

/// The problem of a piece that begins at `start`.
fn problem(error: &minijinja::Error, start: usize) -> TemplateProblem {
    let message = match (error.kind(), error.detail()) {
        (ErrorKind::OutOfFuel, _) => "the template takes too long".to_owned(),
        (_, Some(detail)) => detail.to_owned(),
        (kind, None) => kind.to_string(),
    };
    let at = error.range().map(|range| range.start + start..range.end + start);
    TemplateProblem { message, at }
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

    proptest::proptest! {
        #[test]
        fn pieces_render_what_the_whole_template_renders(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "{{ a }}", "{{b|upper}}", "{{ a ~ \"}}\" ~ b }}", "{{- a }}", "{{ b -}}", " ", "\n", "é", "{", "}}", "{ {",
                    "{% if a == 'x y' %}yes{% endif %}", "{# not said #}", "{{ 'a' }}", "{{ {'k': a}['k'] }}", "\r\n", "{% raw %}{{ a }}{% endraw %}",
                ]),
                0..8,
            ),
        ) {
            let text = parts.concat();
            let mut engine = engine();
            let values = [Value::from("x y"), Value::from("ß")];
            let whole = engine.add_template_owned("t", text.clone()).and_then(|()| {
                engine.get_template("t")?.render(minijinja::context! { a => "x y", b => "ß" })
            });
            let pieces = Template::parse(&text).and_then(|template| {
                let read: Vec<Value> =
                    template.variables().iter().map(|v| values[usize::from(v == "b")].clone()).collect();
                template.render(&read)
            });
            proptest::prop_assert_eq!(whole.ok(), pieces.ok(), "{:?}", text);
        }
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
