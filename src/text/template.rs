//! Templates over the variables of a record: a well-kept engine's language, without files, loops over the world or clocks.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use minijinja::{Environment, UndefinedBehavior, Value};

use super::fragments::{Fragment, split};
use super::problem::{TemplateProblem, unreadable, unrendered};
use super::scan::Scan;

/// A rendering may not be longer than this: a loop in a template must not fill a disk.
const LONGEST_RENDERING: usize = 65_536;
/// Steps of the engine that one rendering may take.
const FUEL: u64 = 200_000;
/// The name of the whole template in the engine.
const WHOLE: &str = "text";

/// A compiled template: what it says, in pieces that are rendered one by one.
#[derive(Debug, Clone)]
pub struct Template {
    engine: Arc<Environment<'static>>,
    variables: Vec<String>,
    pieces: Vec<Piece>,
    text: Arc<str>,
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
        /// Its bytes in the template.
        place: Range<usize>,
    },
}

impl Template {
    /// Compiles a template.
    ///
    /// # Errors
    ///
    /// The mistakes that are no consequence of another, in order of place, the first ten.
    pub fn parse(text: &str) -> Result<Template, Vec<TemplateProblem>> {
        let scan = Scan::of(text);
        let compiled = if scan.broken { None } else { Some(compile(text)) };
        match (scan.problems.is_empty(), compiled) {
            (true, Some(Ok((mut engine, variables)))) => {
                let pieces =
                    pieces(text, &mut engine, &variables).map_err(|error| vec![unreadable(&error)])?;
                Ok(Template { engine: Arc::new(engine), variables, pieces, text: text.into() })
            }
            (_, Some(Err(error))) => Err(scan.problems.into_iter().chain([unreadable(&error)]).collect()),
            _ => Err(scan.problems),
        }
    }

    /// The variables that a template reads, each where it is read first; none where the template cannot be read at all.
    pub fn reads(text: &str) -> Vec<(String, Option<Range<usize>>)> {
        let scan = Scan::of(text);
        let variables = match scan.broken {
            true => Vec::new(),
            false => compile(text).map_or_else(|_| Vec::new(), |(_, variables)| variables),
        };
        let place =
            |name: &String| scan.names.iter().find(|(read, _)| read == name).map(|(_, at)| at.clone());
        let read = variables.into_iter().filter(|name| !scan.called.contains(name));
        read.map(|name| (name.clone(), place(&name))).collect()
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
        let (name, variables, place) = match piece {
            Piece::Literal(literal) => return Ok(literal.clone()),
            Piece::Expression { name, variables, place } => (name, variables, place),
        };
        let named = variables.iter().map(|v| self.variables[*v].as_str()).zip(values.iter().cloned());
        let context = Value::from(named.collect::<BTreeMap<&str, Value>>());
        let rendered = self.engine.get_template(name).and_then(|template| template.render(context));
        let text = rendered.map_err(|error| unrendered(&error, &self.text, place.clone()))?;
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
            hint: None,
        }),
        false => Ok(()),
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

fn compile(text: &str) -> Result<(Environment<'static>, Vec<String>), minijinja::Error> {
    let mut engine = engine();
    engine.add_template_owned(WHOLE, text.to_owned())?;
    let variables = undeclared(&engine, WHOLE)?;
    Ok((engine, variables))
}

/// Cuts a template into pieces, each a template of its own in the engine.
fn pieces(
    text: &str,
    engine: &mut Environment,
    variables: &[String],
) -> Result<Vec<Piece>, minijinja::Error> {
    let fragments = split(text).unwrap_or_else(|| vec![Fragment::Expression(0..text.len())]);
    let mut pieces = Vec::with_capacity(fragments.len());
    for fragment in fragments {
        pieces.push(match fragment {
            Fragment::Literal(literal) => Piece::Literal(literal),
            Fragment::Expression(place) => {
                let name = format!("piece {}", pieces.len());
                engine.add_template_owned(name.clone(), text[place.clone()].to_owned())?;
                let read = undeclared(engine, &name)?;
                let variables =
                    read.iter().filter_map(|name| variables.iter().position(|v| v == name)).collect();
                Piece::Expression { name, variables, place }
            }
        });
    }
    Ok(pieces)
}

fn undeclared(engine: &Environment, name: &str) -> Result<Vec<String>, minijinja::Error> {
    let mut variables: Vec<String> =
        engine.get_template(name)?.undeclared_variables(false).into_iter().collect();
    variables.sort();
    Ok(variables)
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
            let pieces = Template::parse(&text).ok().and_then(|template| {
                let read: Vec<Value> =
                    template.variables().iter().map(|v| values[usize::from(v == "b")].clone()).collect();
                template.render(&read).ok()
            });
            proptest::prop_assert_eq!(whole.ok(), pieces, "{:?}", text);
        }
    }

    fn problems(text: &str) -> Vec<(String, String)> {
        let problems = Template::parse(text).unwrap_err();
        let said = |p: TemplateProblem| (text[p.at.unwrap()].to_owned(), p.message);
        problems.into_iter().map(said).collect()
    }

    #[test]
    fn a_broken_template_is_refused_at_its_place() {
        for (text, at, message) in [
            ("Dear {{ name", "{{", "this `{{` is not closed"),
            ("{{ name | nonsense }}", "nonsense", "there is no filter `nonsense`"),
            ("{{ a {{ b }}", "{{", "this `{{` is not closed"),
            ("{% if a %}x", "if", "`if` is not closed"),
            ("x{% endif %}", "endif", "`endif` closes nothing"),
            ("{% if a is defined %}x{% endif %}", "defined", "templates have no `is defined`"),
            ("{{ range(3) }}", "range", "templates have no function `range`"),
            ("{% include 'x' %}", "include", "templates have no `include`"),
            ("{# x", "{#", "this `{#` is not closed"),
            ("{{ }}", "{{ }}", "`{{ }}` is empty"),
            ("{% else %}", "else", "`else` stands outside of an `if`"),
        ] {
            assert_eq!(problems(text), [(at.to_owned(), message.to_owned())], "{text}");
        }
        let unreadable = Template::parse("{{ a b }}").unwrap_err();
        assert!(unreadable[0].message.starts_with("the template cannot be read: "), "{unreadable:?}");
    }

    #[test]
    fn several_mistakes_of_a_template_are_told_at_once() {
        let said = problems("{{ a | lowr }} {{ b | uper }} {% if c %}");
        assert_eq!(said.len(), 3);
        let reads = Template::reads("{{ a | lowr }} {{ f(b) }}");
        assert_eq!(reads, [("a".to_owned(), Some(3..4)), ("b".to_owned(), Some(20..21))]);
    }

    #[test]
    fn good_templates_are_let_through() {
        for text in [
            "{%- if a -%} {{- a|lower -}} {%- elif b == 'x }}' %}y{% else %}z{% endif -%}",
            "{% raw %}{{ not | read {% endraw %}{# {{ neither #}",
            "{% set x = a %}{{ x }}{% set y %}z{% endset %}{{ y }}",
            "{% for i in a %}{% if loop.first %}{{ i }}{% endif %}{% else %}none{% endfor %}",
            "{ a } % { # }}",
        ] {
            assert!(Template::parse(text).is_ok(), "{text}: {:?}", Template::parse(text));
        }
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
