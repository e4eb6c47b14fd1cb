//! Who reads whom: names become places, and an order in which everything can be computed.

use std::collections::BTreeMap;
use std::ops::Range;

use super::variable::Parent;
use super::words::MOST_ALIKE;
use crate::diag::{Diagnostic, code, nearest};
use crate::scenario::{
    At, DateBound, EffectsTable, FormulaText, Generator, ListChoice, Parameter, Scenario, SexChoice, Variable,
};
use crate::text::Template;
use crate::value::Kind;

/// What a name stands for.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) parent: Parent,
    /// Its type, once compiled.
    pub(super) kind: Option<Kind>,
}

/// All names of a scenario.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) by_name: BTreeMap<String, Known>,
    pub(super) unread: Vec<String>,
}

/// What one variable sees while it is compiled: all names, and the parents that it uses.
pub(super) struct Scope<'a> {
    pub(super) names: &'a Names,
    pub(super) parents: Vec<Parent>,
    pub(super) reports: &'a mut Vec<Diagnostic>,
}

impl Scope<'_> {
    pub(super) fn kind(&self, name: &str) -> Option<Kind> {
        self.names.by_name.get(name).and_then(|k| k.kind.clone())
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.names.by_name.keys().map(String::as_str).collect()
    }

    /// The place of a name among the parents; it becomes one if it was not.
    pub(super) fn parent(&mut self, name: &str) -> usize {
        let parent = self.names.by_name[name].parent;
        match self.parents.iter().position(|p| *p == parent) {
            Some(at) => at,
            None => {
                self.parents.push(parent);
                self.parents.len() - 1
            }
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.reports.push(diagnostic);
    }
}

/// The names that a variable reads, each with a place.
pub(super) fn reads(variable: &Variable, names: &Names) -> Vec<At<String>> {
    let mut found = Vec::new();
    for parameter in parameters(variable) {
        of_parameter(parameter, &mut found);
    }
    match &variable.generator.value {
        Generator::Formula(text) => of_formula(text, &mut found),
        Generator::Lookup(lookup) => found.extend(lookup.by.iter().cloned()),
        Generator::Date { from, to } => {
            for bound in [from, to] {
                if let DateBound::Formula(text) = bound {
                    of_formula(text, &mut found);
                }
            }
        }
        Generator::Names(shape) => {
            of_list(&shape.list, &mut found);
            found.extend(super::names::whose(shape, names).map(|name| At::new(name, &shape.place)));
        }
        Generator::Surnames(list) => of_list(list, &mut found),
        Generator::Text(text) => {
            let place =
                |part: Option<Range<usize>>| part.map_or(text.place.clone(), |part| text.within(&part));
            found.extend(Template::reads(&text.text).into_iter().map(|(name, at)| At::new(name, &place(at))));
        }
        Generator::Unread { names, .. } => found.extend(names.iter().cloned()),
        Generator::Distribution(_)
        | Generator::Mixture(_)
        | Generator::Categorical(_)
        | Generator::Quantiles(_)
        | Generator::EmpiricalFile { .. }
        | Generator::Constant(_) => {}
    }
    found
}

/// All parameters of a variable: of its modifiers, then of its generator.
fn parameters(variable: &Variable) -> Vec<&Parameter> {
    let modifiers = [&variable.min, &variable.max, &variable.zero, &variable.missing];
    let mut all: Vec<&Parameter> = modifiers.into_iter().flatten().collect();
    match &variable.generator.value {
        Generator::Distribution(shape) => all.extend(&shape.parameters),
        Generator::Mixture(components) => {
            for (weight, shape) in components {
                all.push(weight);
                all.extend(&shape.parameters);
            }
        }
        Generator::Categorical(levels) => all.extend(levels.iter().map(|(_, parameter)| parameter)),
        Generator::Names(shape) => all.extend(&shape.born),
        Generator::Unread { parameters, laws, .. } => {
            all.extend(parameters);
            all.extend(laws.iter().flat_map(|law| &law.parameters));
        }
        _ => {}
    }
    all
}

/// Whether a variable may read more than is known, because a part of it could not be read.
pub(super) fn hides_reads(variable: &Variable, names: &Names) -> bool {
    let unread = |parameter: &&Parameter| match parameter {
        Parameter::Unread(_) => true,
        Parameter::Effects(table) => !table.whole,
        Parameter::Number(_) | Parameter::Formula(..) => false,
    };
    let generator = match &variable.generator.value {
        Generator::Unread { .. } => true,
        Generator::Date { from, to } => [from, to].into_iter().any(|end| matches!(end, DateBound::Unread)),
        Generator::Surnames(list) => matches!(list, ListChoice::Unread),
        Generator::Names(shape) => {
            matches!(shape.list, ListChoice::Unread)
                || (super::names::whose(shape, names).is_none() && !matches!(shape.sex, SexChoice::One(_)))
        }
        Generator::Text(text) => Template::parse(&text.text).is_err(),
        _ => false,
    };
    generator || parameters(variable).iter().any(unread)
}

fn of_parameter(parameter: &Parameter, found: &mut Vec<At<String>>) {
    match parameter {
        Parameter::Number(_) | Parameter::Unread(_) => {}
        Parameter::Formula(text, _) => of_formula(text, found),
        Parameter::Effects(EffectsTable { terms, .. }) => {
            found.extend(terms.iter().map(|(name, _)| name.clone()))
        }
    }
}

fn of_list(list: &ListChoice, found: &mut Vec<At<String>>) {
    if let ListChoice::By { variable, .. } = list {
        found.push(variable.clone());
    }
}

/// The names in a formula, each with its own place in the file.
pub(super) fn of_formula(text: &FormulaText, found: &mut Vec<At<String>>) {
    for (name, at) in text.parsed.variables() {
        found.push(At::new(name, &text.within(&at)));
    }
}

/// Reports names that do not exist; gives those that do.
pub(super) fn resolve(
    reads: Vec<At<String>>,
    names: &Names,
    reports: &mut Vec<Diagnostic>,
) -> Vec<(Parent, At<String>)> {
    let mut parents = Vec::new();
    let mut unknown = 0;
    for read in reads {
        match names.by_name.get(&read.value) {
            Some(known) => parents.push((known.parent, read)),
            None if names.unread.contains(&read.value) => {}
            None => {
                unknown += 1;
                if unknown <= MOST_ALIKE {
                    reports.push(unknown_variable(&read, names));
                }
            }
        }
    }
    parents
}

/// "there is no variable `x`", with a near one.
pub(super) fn unknown_variable(name: &At<String>, names: &Names) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::error(code::UNKNOWN_VARIABLE, format!("there is no variable `{}`", name.value))
            .at(&name.place);
    diagnostic.hint = Some(match nearest(&name.value, names.by_name.keys().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "the variables are {}",
            super::words::short_list(names.by_name.keys().map(String::as_str))
        ),
    });
    diagnostic
}

/// An order in which every variable comes after its parents: the earliest written first among those that are ready, so the
/// order does not depend on chance. A cycle is reported as a path, each once, and then taken for broken, so that the rest is
/// looked at too.
pub(super) fn order(
    scenario: &Scenario,
    parents: &[Vec<(Parent, At<String>)>],
    reports: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let mut order = Vec::with_capacity(parents.len());
    let mut state = vec![State::New; parents.len()];
    for start in 0..parents.len() {
        visit(start, scenario, parents, &mut state, &mut order, reports);
    }
    order
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// Depth first with a stack of its own: a chain of 500 variables must not need 500 frames.
fn visit(
    start: usize,
    scenario: &Scenario,
    parents: &[Vec<(Parent, At<String>)>],
    state: &mut [State],
    order: &mut Vec<usize>,
    reports: &mut Vec<Diagnostic>,
) {
    if state[start] != State::New {
        return;
    }
    let mut path: Vec<(usize, usize)> = vec![(start, 0)];
    state[start] = State::Open;
    while let Some((variable, next)) = path.last_mut() {
        let Some((parent, read)) = parents[*variable].get(*next) else {
            state[*variable] = State::Done;
            order.push(*variable);
            path.pop();
            continue;
        };
        *next += 1;
        let Parent::Variable(parent) = *parent else {
            continue;
        };
        match state[parent] {
            State::Done => {}
            State::New => {
                state[parent] = State::Open;
                path.push((parent, 0));
            }
            State::Open => reports.push(cycle(&path, parent, read, scenario)),
        }
    }
}

fn cycle(path: &[(usize, usize)], back_to: usize, read: &At<String>, scenario: &Scenario) -> Diagnostic {
    let name = |v: usize| format!("`{}`", scenario.variables[v].name.value);
    let from = path.iter().position(|(v, _)| *v == back_to).unwrap_or(0);
    let mut names: Vec<String> = path[from..].iter().map(|(v, _)| name(*v)).collect();
    names.push(name(back_to));
    let message = if names.len() == 2 {
        format!("{} depends on itself", names[0])
    } else {
        format!("variables depend on each other in a circle: {}", names.join(" reads "))
    };
    Diagnostic::error(code::CYCLE, message)
        .at(&read.place)
        .hint("a person is drawn from causes to effects: one of these has to come first")
}
