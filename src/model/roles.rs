//! Roles, forced by path: whoever descends from a protected variable must say what that means.

use super::parents::{Names, hides_reads, reads};
use super::variable::Parent;
use crate::diag::{Diagnostic, code};
use crate::scenario::{At, Generator, Role, Scenario};

/// The roles of all variables in scenario order; what is missing or contradicts a path is reported.
pub(super) fn roles(
    scenario: &Scenario,
    parents: &[Vec<(Parent, At<String>)>],
    order: &[usize],
    names: &Names,
    reports: &mut Vec<Diagnostic>,
) -> Vec<Role> {
    let heritage = heritage(parents, order);
    let uncertain = uncertain(scenario, parents, order, names);
    scenario
        .variables
        .iter()
        .enumerate()
        .map(|(at, variable)| {
            let written = variable.role.as_ref();
            match (written.map(|r| r.value), &heritage[at]) {
                // A role that could not be read has been reported.
                (None, Some(_)) if variable.unread_role => Role::Proxy,
                (None | Some(Role::Background), Some(_)) => {
                    reports.push(undeclared(at, scenario, &heritage));
                    Role::Proxy
                }
                (Some(Role::Proxy), None) if !uncertain[at] => {
                    reports.push(without_path(at, scenario));
                    Role::Proxy
                }
                (Some(role), _) => role,
                (None, None) => Role::Background,
            }
        })
        .collect()
}

/// Whether a variable may have ancestors that are not known: a part of it, or of an ancestor, could not be read, names what
/// does not exist, or stands in a circle.
fn uncertain(
    scenario: &Scenario,
    parents: &[Vec<(Parent, At<String>)>],
    order: &[usize],
    names: &Names,
) -> Vec<bool> {
    // What comes later in the order has not been looked at: a circle.
    let mut uncertain = vec![true; parents.len()];
    for &at in order {
        let variable = &scenario.variables[at];
        uncertain[at] = hides_reads(variable, names)
            || reads(variable, names).iter().any(|read| !names.by_name.contains_key(&read.value))
            || parents[at].iter().any(|(parent, _)| match parent {
                Parent::Variable(parent) => uncertain[*parent],
                Parent::Protected(_) => false,
            });
    }
    uncertain
}

/// For each variable that descends from a protected one: the parent through which it does.
fn heritage(parents: &[Vec<(Parent, At<String>)>], order: &[usize]) -> Vec<Option<Parent>> {
    let mut heritage: Vec<Option<Parent>> = vec![None; parents.len()];
    for &variable in order {
        // A direct parent makes the clearest message, so it is preferred to a longer path.
        let direct = parents[variable].iter().map(|(p, _)| *p).find(|p| matches!(p, Parent::Protected(_)));
        let through = parents[variable].iter().map(|(p, _)| *p).find(|p| match p {
            Parent::Variable(v) => heritage[*v].is_some(),
            Parent::Protected(_) => false,
        });
        heritage[variable] = direct.or(through);
    }
    heritage
}

fn undeclared(at: usize, scenario: &Scenario, heritage: &[Option<Parent>]) -> Diagnostic {
    let variable = &scenario.variables[at];
    let mut through = Vec::new();
    let mut here = heritage[at];
    let ancestor = loop {
        match here.expect("the path leads to a protected variable") {
            Parent::Protected(p) => break &scenario.protected[p].name.value,
            Parent::Variable(v) => {
                through.push(format!("`{}`", scenario.variables[v].name.value));
                here = heritage[v];
            }
        }
    };
    let name = &variable.name.value;
    let path = match through.as_slice() {
        [] => String::new(),
        names => format!(" (through {})", names.join(" and ")),
    };
    let (place, said) = match &variable.role {
        Some(role) => (&role.place, ", so it is not background"),
        None => (&variable.name.place, ", so its role must be said"),
    };
    Diagnostic::error(code::ROLE_FORCED, format!("`{name}` depends on `{ancestor}`{path}{said}"))
        .at(place)
        .hint("call it `proxy` (it changes between twins), `resolving` (it does not) or `outcome` (truth, not shown)")
}

fn without_path(at: usize, scenario: &Scenario) -> Diagnostic {
    let variable = &scenario.variables[at];
    let place = variable.role.as_ref().map_or(&variable.name.place, |r| &r.place);
    Diagnostic::warning(
        code::PROXY_WITHOUT_PATH,
        format!("`{}` is called a proxy but depends on no protected variable", variable.name.value),
    )
    .at(place)
    .hint("it will be equal in all twins; call it `background`, or let it depend on a protected variable")
}

/// A resolving variable without a draw of its own that reads a proxy: twins would contradict themselves.
pub(super) fn incoherent(
    scenario: &Scenario,
    parents: &[Vec<(Parent, At<String>)>],
    roles: &[Role],
    reports: &mut Vec<Diagnostic>,
) {
    for (at, variable) in scenario.variables.iter().enumerate() {
        let computed = matches!(
            variable.generator.value,
            Generator::Formula(_) | Generator::Lookup(_) | Generator::Text(_)
        );
        if roles[at] != Role::Resolving || !computed || variable.incoherent {
            continue;
        }
        let chosen_proxy =
            |v: usize| scenario.variables[v].role.as_ref().is_some_and(|r| r.value == Role::Proxy);
        let proxy = parents[at].iter().find_map(|(parent, _)| match parent {
            // Only a role that was chosen contradicts another.
            Parent::Variable(v) if chosen_proxy(*v) => Some(*v),
            _ => None,
        });
        if let Some(proxy) = proxy {
            let proxy = &scenario.variables[proxy];
            let group = proxy.group.as_ref().map_or(&proxy.name.value, |g| &g.value);
            let message = format!(
                "`{}` is computed from the proxy `{}` but stays at the unit's own value, so twins contradict what they show",
                variable.name.value, proxy.name.value
            );
            let place = variable.role.as_ref().map_or(&variable.name.place, |r| &r.place);
            reports.push(
                Diagnostic::warning(code::INCOHERENT, message).at(place).hint(format!(
                    "make it a proxy of the group `{group}`, or say incoherent = \"accepted\""
                )),
            );
        }
    }
}
