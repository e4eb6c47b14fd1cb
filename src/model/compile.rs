//! From a scenario to its model.

use std::sync::Arc;

use super::arms::Arm;
use super::claims::{Claim, claims};
use super::contrasts::{Contrast, contrasts};
use super::correlations::{Correlated, correlated};
use super::design::{Setting, arms, hides_group, unknown_group};
use super::expression::expression;
use super::files::Files;
use super::generators::{Made, kind_of, made};
use super::parents::{Known, Names, Scope, order, reads, resolve};
use super::plan::Plan;
use super::protected::{Joint, Protected};
use super::roles::{incoherent, roles};
use super::variable::{Group, Parent, Variable};
use crate::diag::{Diagnostic, Diagnostics, Severity, code, nearest};
use crate::error::{Error, Result};
use crate::scenario::{At, Attached, DesignKind, Role, Scenario, Variable as Shape};
use crate::value::Kind;

/// What a scenario means.
#[derive(Debug, Clone)]
pub struct Model {
    /// The scenario that it was compiled from.
    pub scenario: Arc<Scenario>,
    /// The protected variables, in written order.
    pub protected: Vec<Protected>,
    /// Their joint shares.
    pub joint: Joint,
    /// The variables, in written order.
    pub variables: Vec<Variable>,
    /// Variables in an order in which they can be computed.
    pub order: Vec<usize>,
    /// The proxy groups, in order of their first variable.
    pub groups: Vec<Group>,
    /// How the ranks of correlated variables are made, by variable.
    pub correlated: Vec<Option<Correlated>>,
    /// The protected variables that move.
    pub moved: Vec<usize>,
    /// The arms.
    pub arms: Vec<Arm>,
    /// The contrasts that they allow.
    pub contrasts: Vec<Contrast>,
    /// The claims.
    pub claims: Vec<Claim>,
    /// Files that the scenario names.
    pub attached: Vec<Attached>,
    warnings: Diagnostics,
}

impl Scenario {
    /// Finds out what the scenario means. All mistakes, of shape and of meaning, come in one error.
    pub fn compile(self) -> Result<Model> {
        let mut reports = self.mistakes().to_vec();
        let model = compile(Arc::new(self), &mut reports);
        let (texts, reports) = match model {
            Ok(model) if reports.iter().all(|r| r.severity == Severity::Warning) => {
                let warnings = Diagnostics::new(model.scenario.texts().clone(), reports);
                return Ok(Model { warnings, ..model });
            }
            Ok(model) => (model.scenario.texts().clone(), reports),
            Err(scenario) => (scenario.texts().clone(), reports),
        };
        Err(Error::Scenario(Diagnostics::new(texts, reports)))
    }
}

impl Model {
    /// What can be made, but is probably not what was meant.
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    /// The plan of what is computed.
    pub fn plan(&self) -> Plan {
        Plan::of(self)
    }

    /// The columns of every arm after the protected variables: the variables that are not outcomes, in written order.
    pub fn shown(&self) -> impl Iterator<Item = &Variable> {
        self.variables.iter().filter(|v| v.role != Role::Outcome)
    }

    /// The outcomes, in written order.
    pub fn outcomes(&self) -> impl Iterator<Item = &Variable> {
        self.variables.iter().filter(|v| v.role == Role::Outcome)
    }
}

fn compile(
    scenario: Arc<Scenario>,
    reports: &mut Vec<Diagnostic>,
) -> std::result::Result<Model, Arc<Scenario>> {
    let mut names = names(&scenario, reports);
    let parents: Vec<Vec<(Parent, At<String>)>> =
        scenario.variables.iter().map(|v| resolve(reads(v, &names), &names, reports)).collect();
    let order = order(&scenario, &parents, reports);
    let roles = roles(&scenario, &parents, &order, &names, reports);
    incoherent(&scenario, &parents, &roles, reports);
    let groups = groups(&scenario, &roles, reports);
    let mut files = Files::new(scenario.folder());
    let mut variables: Vec<Option<Variable>> = vec![None; scenario.variables.len()];
    for &at in &order {
        let shape = &scenario.variables[at];
        let compiled = variable(shape, roles[at], &groups, &names, &mut files, reports);
        // What reads a variable with mistakes is still checked against its type.
        if let Some(known) = names.by_name.get_mut(&shape.name.value)
            && known.parent == Parent::Variable(at)
        {
            known.kind = compiled.as_ref().map(|c| c.cell.kind()).or_else(|| kind_of(shape));
        }
        variables[at] = compiled;
    }
    let claims = claims(&scenario.claims, &names, reports);
    check_sources(&scenario, reports);
    let protected: Vec<Protected> = scenario.protected.iter().map(Protected::of).collect();
    if protected.is_empty() {
        return Err(scenario);
    }
    let joint = Joint::of(&scenario);
    let attached = files.into_read();
    let correlated = correlated(&scenario, &variables, &roles, &names, reports);
    let variables: Option<Vec<Variable>> = variables.into_iter().collect();
    let moved = moved(&scenario, &protected, reports);
    let setting = Setting {
        scenario: &scenario,
        design: &scenario.design,
        protected: &protected,
        groups: &groups,
        moved,
    };
    let arms = arms(&setting, reports);
    let contrasts = contrasts(&setting, &arms, &joint, reports);
    warn_of_design(&setting, reports);
    let moved = setting.moved;
    let Some(variables) = variables else {
        return Err(scenario);
    };
    Ok(Model {
        protected,
        joint,
        variables,
        order,
        groups,
        correlated,
        moved,
        arms,
        contrasts,
        claims,
        attached,
        warnings: Diagnostics::new(scenario.texts().clone(), Vec::new()),
        scenario,
    })
}

fn names(scenario: &Scenario, reports: &mut Vec<Diagnostic>) -> Names {
    let mut names = Names { unread: scenario.unread().to_vec(), ..Names::default() };
    for (at, protected) in scenario.protected.iter().enumerate() {
        let known = Known {
            parent: Parent::Protected(at),
            kind: Some(Kind::Category(Protected::of(protected).levels)),
        };
        names.by_name.insert(protected.name.value.clone(), known);
    }
    for (at, variable) in scenario.variables.iter().enumerate() {
        if let Some(first) = scenario.protected.iter().find(|p| p.name.value == variable.name.value) {
            let message = format!("`{}` is both a protected variable and a variable", variable.name.value);
            reports.push(
                Diagnostic::error(code::SAME_NAME, message)
                    .at(&variable.name.place)
                    .related(&first.name.place, "first here")
                    .hint("rename one of the two: both would be columns and words of formulas"),
            );
            continue;
        }
        let known = Known { parent: Parent::Variable(at), kind: None };
        names.by_name.insert(variable.name.value.clone(), known);
    }
    names
}

/// The groups of proxies in order of their first variable; a proxy without a group is a group of its own name.
fn groups(scenario: &Scenario, roles: &[Role], reports: &mut Vec<Diagnostic>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (variable, role) in scenario.variables.iter().zip(roles) {
        if let (Some(group), true) = (&variable.group, *role != Role::Proxy && !variable.unread_role) {
            let message = format!(
                "`{}` is {}, so it cannot belong to a group of proxies",
                variable.name.value,
                role.word()
            );
            let hint = match role {
                Role::Background => {
                    "leave `group` out; a variable that depends on a protected one may be called `proxy`"
                }
                _ => "leave `group` out, or call the variable `proxy` if it should change between twins",
            };
            let mut diagnostic =
                Diagnostic::error(code::GROUP_OF_NO_PROXY, message).at(&group.place).hint(hint);
            if let Some(written) = &variable.role {
                diagnostic = diagnostic.related(&written.place, "the role");
            }
            reports.push(diagnostic);
        }
        if *role != Role::Proxy {
            continue;
        }
        let name = variable.group.as_ref().unwrap_or(&variable.name);
        if groups.iter().all(|g| g.name != name.value) {
            let shape = scenario.groups.iter().find(|g| g.name.value == name.value);
            groups.push(Group {
                name: name.value.clone(),
                strength: shape.and_then(|g| g.strength.as_ref()).map_or(1.0, |s| s.value),
                about: shape.map(|g| g.about.clone()).unwrap_or_default(),
            });
        }
    }
    for shape in &scenario.groups {
        if groups.iter().all(|g| g.name != shape.name.value) && !hides_group(scenario, &shape.name.value) {
            reports.push(unknown_group(&shape.name, &groups));
        }
    }
    groups
}

fn variable(
    shape: &Shape,
    role: Role,
    groups: &[Group],
    names: &Names,
    files: &mut Files,
    reports: &mut Vec<Diagnostic>,
) -> Option<Variable> {
    let mut scope = Scope { names, parents: Vec::new(), reports };
    let found = made(shape, &mut scope, files);
    let missing = shape.missing.as_ref().map(|p| expression(p, &mut scope));
    if let Some(Some(share)) = missing.as_ref().map(|m| m.as_ref().and_then(|e| e.constant()))
        && !(0.0..=1.0).contains(&share)
    {
        let place = shape.missing.as_ref().map_or(&shape.name.place, |p| p.place());
        scope.report(
            Diagnostic::error(
                code::OUT_OF_RANGE,
                format!("a share of missing cells is between 0 and 1, found {share}"),
            )
            .at(place)
            .hint("a share such as 0.03; none is 0"),
        );
    }
    let (made, cell) = found?;
    let placebo = shape.placebo.as_ref().is_some_and(|p| p.value);
    if placebo {
        check_placebo(shape, role, &made, &mut scope);
    }
    let group = shape.group.as_ref().unwrap_or(&shape.name);
    Some(Variable {
        name: shape.name.value.clone(),
        place: shape.name.place.clone(),
        role,
        group: (role == Role::Proxy).then(|| groups.iter().position(|g| g.name == group.value)).flatten(),
        about: shape.about.clone(),
        sources: shape.sources.iter().map(|s| s.value.clone()).collect(),
        cell,
        decimals: shape.decimals.as_ref().map(|d| d.value),
        made,
        missing: match missing {
            Some(None) => return None,
            other => other.flatten(),
        },
        placebo,
        incoherent: shape.incoherent,
        parents: scope.parents,
    })
}

fn check_placebo(shape: &Shape, role: Role, made: &Made, scope: &mut Scope) {
    let Some(placebo) = &shape.placebo else { return };
    let computed = matches!(made, Made::Formula(..) | Made::Lookup(_) | Made::Constant(_) | Made::Text(..));
    if computed {
        let message =
            format!("`{}` is computed: there is nothing to draw again in a placebo arm", shape.name.value);
        let hint = "leave it out: it follows the names and draws that it reads";
        scope.report(Diagnostic::error(code::MISFIT, message).at(&placebo.place).hint(hint));
    }
    if matches!(role, Role::Resolving | Role::Outcome) {
        let message = format!(
            "`{}` is {}: what counts as merit or truth is not drawn again in a placebo arm",
            shape.name.value,
            role.word()
        );
        let hint = "leave it out: a model may rightly treat people differently by it";
        scope.report(Diagnostic::error(code::MISFIT, message).at(&placebo.place).hint(hint));
    }
}

/// The protected variables that move: as crossed, as said, all of a listed or factual design, or the only one.
fn moved(scenario: &Scenario, protected: &[Protected], reports: &mut Vec<Diagnostic>) -> Vec<usize> {
    let design = &scenario.design;
    let mut find = |name: &At<String>| {
        let at = protected.iter().position(|p| p.name == name.value);
        if at.is_none() && !scenario.unread().contains(&name.value) {
            let known = protected.iter().map(|p| p.name.as_str());
            let message = format!("`{}` is not a protected variable", name.value);
            let hint = match nearest(&name.value, known.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the protected variables are {}", super::words::short_list(known)),
            };
            reports.push(Diagnostic::error(code::BAD_MOVE, message).at(&name.place).hint(hint));
        }
        at
    };
    if !design.cross.is_empty() {
        let mut crossed: Vec<usize> = design.cross.iter().filter_map(&mut find).collect();
        crossed.sort_unstable();
        crossed.dedup();
        if let Some(name) = &design.moved {
            let message = "`move` and `cross` exclude each other: what is crossed moves";
            let hint =
                "keep `cross` to move all of them, or `move` for one at the units' own levels of the others";
            reports.push(Diagnostic::error(code::BAD_MOVE, message).at(&name.place).hint(hint));
        }
        return crossed;
    }
    if let Some(name) = &design.moved {
        return find(name).into_iter().collect();
    }
    if protected.len() > 1 && matches!(design.kind.value, DesignKind::Factual | DesignKind::Arms) {
        return (0..protected.len()).collect();
    }
    if protected.len() > 1 && !design.unread {
        // Without a design, what is unclear is which of the variables it would move.
        let place = match design.kind.place.range.is_empty() {
            true => &scenario.protected[1].name.place,
            false => &design.kind.place,
        };
        let names = super::words::short_list(protected.iter().map(|p| p.name.as_str()));
        reports.push(
            Diagnostic::error(
                code::BAD_MOVE,
                format!("there are several protected variables ({names}): say which moves"),
            )
            .at(place)
            .hint(format!(
                "under [design], write move = \"{0}\", or cross = [\"{0}\", \"{1}\"]",
                protected[0].name, protected[1].name
            )),
        );
    }
    vec![0]
}

fn warn_of_design(setting: &Setting, reports: &mut Vec<Diagnostic>) {
    let kind = setting.design.kind.value;
    let scenario = setting.scenario;
    // A role that could not be read may have been `proxy`.
    let hidden = !scenario.unread().is_empty() || scenario.variables.iter().any(|v| v.unread_role);
    if setting.groups.is_empty()
        && !hidden
        && matches!(kind, DesignKind::Paths | DesignKind::EachProxy | DesignKind::Factorial)
    {
        let message = format!("there is no proxy, so \"{}\" can tell no more than \"twins\"", kind.word());
        let hint = "write kind = \"twins\", or let a variable depend on a protected one and call it `proxy`";
        reports.push(Diagnostic::warning(code::NO_PROXY, message).at(&setting.design.kind.place).hint(hint));
    }
}

/// Figures name their sources, and a source that is named exists.
fn check_sources(scenario: &Scenario, reports: &mut Vec<Diagnostic>) {
    let protected = scenario.protected.iter().flat_map(|p| &p.sources);
    let variables = scenario.variables.iter().flat_map(|v| &v.sources);
    let claims = scenario.claims.iter().flat_map(|c| &c.sources);
    for id in protected.chain(variables).chain(claims) {
        // A source that could not be read may be the one that is named.
        if scenario.unread_sources() {
            break;
        }
        if id.value == "assumed" || scenario.sources.iter().any(|s| s.id.value == id.value) {
            continue;
        }
        let mut diagnostic =
            Diagnostic::error(code::UNKNOWN_SOURCE, format!("there is no source `{}`", id.value))
                .at(&id.place);
        let near = nearest(&id.value, scenario.sources.iter().map(|s| s.id.value.as_str()));
        diagnostic.hint = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "describe it under [[sources]], or say \"assumed\"".to_owned(),
        });
        reports.push(diagnostic);
    }
    for (at, source) in scenario.sources.iter().enumerate() {
        if let Some(first) = scenario.sources[..at].iter().find(|s| s.id.value == source.id.value) {
            reports.push(
                Diagnostic::error(code::SAME_NAME, format!("two sources are called `{}`", source.id.value))
                    .at(&source.id.place)
                    .related(&first.id.place, "first here")
                    .hint("give each publication an id of its own, or describe it once"),
            );
        }
    }
}
