//! Correlated background variables: a Gaussian copula on their noise.

use super::generators::Made;
use super::variable::Variable;
use crate::diag::{Diagnostic, code, nearest};
use crate::scenario::{Correlation, Role};

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
    correlations: &[Correlation],
    variables: &[Variable],
    reports: &mut Vec<Diagnostic>,
) -> Vec<Option<Correlated>> {
    let mut rows: Vec<Option<Correlated>> = vec![None; variables.len()];
    let mut pairs: Vec<(usize, usize, f64, &Correlation)> = Vec::new();
    for correlation in correlations {
        let found: Option<Vec<usize>> =
            correlation.between.iter().map(|name| place(name, variables, reports)).collect();
        let Some(found) = found else { continue };
        for (i, a) in found.iter().enumerate() {
            for b in &found[..i] {
                let (low, high) = (*a.min(b), *a.max(b));
                if let Some((.., first)) = pairs.iter().find(|(x, y, ..)| (*x, *y) == (low, high)) {
                    let message = format!(
                        "`{}` and `{}` are correlated twice",
                        variables[low].name, variables[high].name
                    );
                    reports.push(
                        Diagnostic::error(code::BAD_CORRELATION, message)
                            .at(&correlation.place)
                            .related(&first.place, "first here"),
                    );
                    continue;
                }
                pairs.push((low, high, correlation.rho.value, correlation));
            }
        }
    }
    for component in components(&pairs) {
        cholesky(&component, &pairs, variables, &mut rows, reports);
    }
    rows
}

fn place(
    name: &crate::scenario::At<String>,
    variables: &[Variable],
    reports: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let Some(at) = variables.iter().position(|v| v.name == name.value) else {
        let mut diagnostic =
            Diagnostic::error(code::UNKNOWN_VARIABLE, format!("there is no variable `{}`", name.value))
                .at(&name.place);
        diagnostic.hint = nearest(&name.value, variables.iter().map(|v| v.name.as_str()))
            .map(|near| format!("did you mean `{near}`?"));
        reports.push(diagnostic);
        return None;
    };
    let variable = &variables[at];
    let ranked = match &variable.made {
        Made::Draw(_) | Made::Quantiles(_) | Made::Sorted(_) => true,
        Made::Categories { gumbel, .. } => !gumbel,
        Made::Frequencies { levels, .. } => levels.ordered(),
        _ => false,
    };
    if variable.role != Role::Background || !ranked {
        let message = format!("`{}` cannot be correlated", name.value);
        let hint =
            "correlations join background variables that are drawn by rank: numbers, and ordered categories";
        reports.push(Diagnostic::error(code::BAD_CORRELATION, message).at(&name.place).hint(hint));
        return None;
    }
    Some(at)
}

/// Sets of variables joined by pairs, each sorted by name, so that the order in the file does not matter.
fn components(pairs: &[(usize, usize, f64, &Correlation)]) -> Vec<Vec<usize>> {
    let mut sets: Vec<std::collections::BTreeSet<usize>> = Vec::new();
    for (a, b, ..) in pairs {
        let mut joined = std::collections::BTreeSet::from([*a, *b]);
        sets.retain(|set| {
            let touches = set.contains(a) || set.contains(b);
            if touches {
                joined.extend(set);
            }
            !touches
        });
        sets.push(joined);
    }
    sets.into_iter().map(|set| set.into_iter().collect()).collect()
}

fn cholesky(
    component: &[usize],
    pairs: &[(usize, usize, f64, &Correlation)],
    variables: &[Variable],
    rows: &mut [Option<Correlated>],
    reports: &mut Vec<Diagnostic>,
) {
    let mut component = component.to_vec();
    component.sort_by(|a, b| variables[*a].name.cmp(&variables[*b].name));
    let pair = |i: usize, j: usize| {
        let (low, high) = (component[i].min(component[j]), component[i].max(component[j]));
        pairs.iter().find(|(a, b, ..)| (*a, *b) == (low, high))
    };
    let n = component.len();
    let mut factor = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let rho = if i == j { 1.0 } else { pair(i, j).map_or(0.0, |p| p.2) };
            let rest: f64 = rho - (0..j).map(|k| factor[i][k] * factor[j][k]).sum::<f64>();
            if i == j {
                if rest <= 1e-12 {
                    let culprit =
                        (0..i).rev().find_map(|j| pair(i, j)).expect("a row that breaks has a pair");
                    let message = format!(
                        "these correlations cannot hold together: `{}` with `{}` at {} is too much beside the others",
                        variables[culprit.0].name, variables[culprit.1].name, culprit.2
                    );
                    reports.push(
                        Diagnostic::error(code::BAD_CORRELATION, message)
                            .at(&culprit.3.rho.place)
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
