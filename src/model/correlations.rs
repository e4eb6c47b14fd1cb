//! Correlated background variables: a Gaussian copula on their noise.

use std::collections::{BTreeMap, BTreeSet};

use super::generators::Made;
use super::parents::{Names, unknown_variable};
use super::variable::Variable;
use crate::diag::{Diagnostic, code};
use crate::scenario::{At, Correlation, Role, Scenario};

/// Pairs of variables, the earlier one first, and what correlates them.
type Pairs<'a> = BTreeMap<(usize, usize), &'a Correlation>;

/// How a variable's rank is made from the noise of the variables that it goes together with: u = Φ(Σ wᵢ·Φ⁻¹(uᵢ)).
#[derive(Debug, Clone)]
pub struct Correlated {
    /// The places of the variables whose noise is read; the last is the variable itself.
    pub variables: Vec<usize>,
    /// Their weights: a row of the Cholesky factor of the correlation matrix.
    pub weights: Vec<f64>,
}

/// For each variable, its row of the copula; nothing for those that stand alone.
pub(super) fn correlated(
    scenario: &Scenario,
    variables: &[Option<Variable>],
    roles: &[Role],
    names: &Names,
    reports: &mut Vec<Diagnostic>,
) -> Vec<Option<Correlated>> {
    let mut rows: Vec<Option<Correlated>> = vec![None; variables.len()];
    let mut pairs = Pairs::new();
    let name = |at: usize| scenario.variables[at].name.value.as_str();
    for correlation in &scenario.correlations {
        let found: Vec<Option<usize>> = correlation
            .between
            .iter()
            .map(|name| place(name, scenario, variables, roles, names, reports))
            .collect();
        let Some(found) = found.into_iter().collect::<Option<Vec<usize>>>() else { continue };
        for (i, a) in found.iter().enumerate() {
            for b in &found[..i] {
                let (low, high) = (*a.min(b), *a.max(b));
                if let Some(first) = pairs.get(&(low, high)) {
                    let message = format!("`{}` and `{}` are correlated twice", name(low), name(high));
                    reports.push(
                        Diagnostic::error(code::BAD_CORRELATION, message)
                            .at(&correlation.place)
                            .related(&first.place, "first here")
                            .hint("keep one of the two"),
                    );
                    continue;
                }
                pairs.insert((low, high), correlation);
            }
        }
    }
    for component in components(&pairs) {
        // A number that could not be read breaks no matrix.
        let unknown =
            |((a, _), c): (&(usize, usize), &&Correlation)| c.rho.value.is_nan() && component.contains(a);
        if !pairs.iter().any(unknown) {
            cholesky(&component, &pairs, scenario, &mut rows, reports);
        }
    }
    rows
}

fn place(
    name: &At<String>,
    scenario: &Scenario,
    variables: &[Option<Variable>],
    roles: &[Role],
    names: &Names,
    reports: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let Some(at) = scenario.variables.iter().position(|v| v.name.value == name.value) else {
        if let Some(protected) = scenario.protected.iter().find(|p| p.name.value == name.value) {
            reports.push(not_correlated(name).related(&protected.name.place, "it is a protected variable"));
        } else if !names.unread.contains(&name.value) {
            reports.push(unknown_variable(name, names));
        }
        return None;
    };
    // A variable with mistakes may be of any kind.
    let ranked = variables[at].as_ref().is_none_or(|variable| match &variable.made {
        Made::Draw(_) | Made::Quantiles(_) | Made::Sorted(_) => true,
        Made::Categories { gumbel, .. } => !gumbel,
        Made::Frequencies { levels, .. } => levels.ordered(),
        _ => false,
    });
    if !scenario.variables[at].unread_role && (roles[at] != Role::Background || !ranked) {
        reports.push(not_correlated(name).related(&scenario.variables[at].name.place, "this variable"));
        return None;
    }
    Some(at)
}

fn not_correlated(name: &At<String>) -> Diagnostic {
    Diagnostic::error(code::BAD_CORRELATION, format!("`{}` cannot be correlated", name.value))
        .at(&name.place)
        .hint(
            "correlations join background variables that are drawn by rank: numbers, and ordered categories",
        )
}

/// Sets of variables joined by pairs, each in the order of the file.
fn components(pairs: &Pairs) -> Vec<Vec<usize>> {
    let mut sets: Vec<BTreeSet<usize>> = Vec::new();
    // The set that a variable is in, by its place.
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    for (a, b) in pairs.keys() {
        match (of.get(a).copied(), of.get(b).copied()) {
            (Some(x), Some(y)) if x == y => {}
            (Some(x), Some(y)) => {
                for variable in std::mem::take(&mut sets[y]) {
                    of.insert(variable, x);
                    sets[x].insert(variable);
                }
            }
            (found, other) => {
                let at = found.or(other).unwrap_or_else(|| {
                    sets.push(BTreeSet::new());
                    sets.len() - 1
                });
                sets[at].extend([*a, *b]);
                of.extend([(*a, at), (*b, at)]);
            }
        }
    }
    sets.into_iter().filter(|set| !set.is_empty()).map(|set| set.into_iter().collect()).collect()
}

fn cholesky(
    component: &[usize],
    pairs: &Pairs,
    scenario: &Scenario,
    rows: &mut [Option<Correlated>],
    reports: &mut Vec<Diagnostic>,
) {
    let name = |at: usize| scenario.variables[at].name.value.as_str();
    let mut component = component.to_vec();
    component.sort_by(|a, b| name(*a).cmp(name(*b)));
    let pair = |i: usize, j: usize| {
        let (low, high) = (component[i].min(component[j]), component[i].max(component[j]));
        pairs.get_key_value(&(low, high))
    };
    let n = component.len();
    let mut factor = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let rho = if i == j { 1.0 } else { pair(i, j).map_or(0.0, |(_, c)| c.rho.value) };
            let rest: f64 = rho - (0..j).map(|k| factor[i][k] * factor[j][k]).sum::<f64>();
            if i == j {
                if rest <= 1e-12 {
                    let ((a, b), culprit) =
                        (0..i).rev().find_map(|j| pair(i, j)).expect("a row that breaks has a pair");
                    let message = format!(
                        "these correlations cannot hold together: `{}` with `{}` at {} is too much beside the others",
                        name(*a),
                        name(*b),
                        culprit.rho.value
                    );
                    reports.push(
                        Diagnostic::error(code::BAD_CORRELATION, message)
                            .at(&culprit.rho.place)
                            .hint("the matrix of all correlations must be positive definite; pairs that are not listed count as 0"),
                    );
                    return;
                }
                factor[i][i] = libm::sqrt(rest);
            } else {
                factor[i][j] = rest / factor[j][j];
            }
        }
    }
    for (i, variable) in component.iter().enumerate() {
        rows[*variable] =
            Some(Correlated { variables: component[..=i].to_vec(), weights: factor[i][..=i].to_vec() });
    }
}
