//! Laws: do the values of a variable, given what it reads, follow the distribution that the scenario declares?
//!
//! By the probability integral transform: at the value x of a unit whose law is F, a rank within [F(x−), F(x)] is uniform,
//! whatever the unit's parameters. All units are therefore one sample of one law, and one test serves every variable.
//! Functions of the transform are [`reference`](super::reference)'s, not the engine's.

use super::reference::Reference;
use super::report::{Check, Outcome};
use crate::formula::NO_DATE;
use crate::model::{Day, Draw, Expression, FirstNameDraw, Made, SurnameDraw, Variable};
use crate::stats::{dkw_bound, weissman_bound};
use crate::value::Column;

/// How far a distribution function of the other road may be off; ends of ranks are widened by it.
const SLACK: f64 = 1e-6;
/// With more categories than this, cumulative shares say more than the sum of differences.
const MANY: usize = 32;

/// Evidence about the law of one variable in one arm, gathered batch by batch.
#[derive(Debug, Clone)]
pub enum Evidence {
    /// The ranks [F(x−), F(x)] of units.
    Ranks {
        /// The lower ends.
        lower: Vec<f64>,
        /// The upper ends.
        upper: Vec<f64>,
    },
    /// How often each category occurs, and how often it is expected to.
    Counts {
        /// The number of units with each.
        observed: Vec<u64>,
        /// The sum of its probabilities over the units.
        expected: Vec<f64>,
    },
    /// Nothing: the values are computed, so that replay alone proves them.
    Computed,
    /// The other road has no such law.
    Unknown(String),
}

/// The evidence in a run of units: the variable's displayed values (`missing` cells are left out), and the columns that
/// it reads.
pub fn evidence(
    variable: &Variable,
    parents: &[&Column],
    values: &Column,
    missing: Option<&[bool]>,
) -> Evidence {
    let rows: Vec<usize> = (0..values.len()).filter(|row| missing.is_none_or(|m| !m[*row])).collect();
    match (&variable.made, values) {
        (Made::Draw(draw), Column::Boolean(values)) => truths(draw, parents, values, &rows),
        (Made::Draw(draw), Column::Number(values)) => drawn(draw, variable.decimals, parents, values, &rows),
        (Made::Categories { weights, .. }, Column::Category { codes, .. }) => {
            categories(weights, parents, codes, &rows)
        }
        (Made::Frequencies { cumulative, .. }, Column::Category { codes, .. }) => {
            frequencies(cumulative, codes, &rows)
        }
        (Made::Quantiles(points), Column::Number(values)) => ranks(&rows, |row| {
            cell(
                values[row],
                variable.decimals,
                |x| below_points(points, x, false),
                |x| below_points(points, x, true),
            )
        }),
        (Made::Sorted(sorted), Column::Number(values)) => {
            let share = |count: usize| count as f64 / sorted.len() as f64;
            let (under, upto) = (
                |x: f64| share(sorted.partition_point(|s| *s < x)),
                |x: f64| share(sorted.partition_point(|s| *s <= x)),
            );
            ranks(&rows, |row| cell(values[row], variable.decimals, under, upto))
        }
        (Made::Date(from, to), Column::Date(values)) => days(from, to, parents, values, &rows),
        (Made::FirstName(draw), Column::Category { codes, .. }) => first_names(draw, parents, codes, &rows),
        (Made::Surname(draw), Column::Category { codes, .. }) => surnames(draw, parents, codes, &rows),
        _ => Evidence::Computed,
    }
}

/// The evidence about a variable's share of missing cells; none, where it declares none.
pub fn missing(
    variable: &Variable,
    parents: &[&Column],
    rows: usize,
    missing: Option<&[bool]>,
) -> Option<Evidence> {
    let (share, missing) = (variable.missing.as_ref()?, missing?);
    let gaps: f64 = filled(share, parents, rows).iter().map(|p| p.clamp(0.0, 1.0)).sum();
    let found = missing.iter().filter(|m| **m).count() as u64;
    Some(Evidence::Counts {
        observed: vec![rows as u64 - found, found],
        expected: vec![rows as f64 - gaps, gaps],
    })
}

impl Evidence {
    /// Evidence of two runs together.
    pub fn and(self, other: Evidence) -> Evidence {
        match (self, other) {
            (Evidence::Ranks { mut lower, mut upper }, Evidence::Ranks { lower: l, upper: u }) => {
                lower.extend(l);
                upper.extend(u);
                Evidence::Ranks { lower, upper }
            }
            (
                Evidence::Counts { mut observed, mut expected },
                Evidence::Counts { observed: o, expected: e },
            ) => {
                observed.iter_mut().zip(o).for_each(|(a, b)| *a += b);
                expected.iter_mut().zip(e).for_each(|(a, b)| *a += b);
                Evidence::Counts { observed, expected }
            }
            (Evidence::Unknown(why), _) | (_, Evidence::Unknown(why)) => Evidence::Unknown(why),
            (first, _) => first,
        }
    }

    /// The check; nothing for computed values. It fails by chance with probability at most `alpha`.
    pub fn check(self, name: String, alpha: f64) -> Option<Check> {
        match self {
            Evidence::Computed => None,
            Evidence::Unknown(why) => Some(Check::new(name, Outcome::NotChecked, why)),
            Evidence::Ranks { lower, upper } => Some(bracket(name, lower, upper, alpha)),
            Evidence::Counts { observed, expected } => Some(shares(name, &observed, &expected, alpha)),
        }
    }
}

/// The band of Dvoretzky, Kiefer and Wolfowitz around the uniform law. The uniform rank of each unit lies between its ends,
/// so the empirical function of upper ends is nowhere above that of the ranks, and that of lower ends nowhere below:
/// the first must stay under t + ε and the second over t − ε.
fn bracket(name: String, mut lower: Vec<f64>, mut upper: Vec<f64>, alpha: f64) -> Check {
    let n = lower.len();
    if n == 0 {
        return Check::new(name, Outcome::NotChecked, "no cell has a value");
    }
    lower.sort_by(f64::total_cmp);
    upper.sort_by(f64::total_cmp);
    let share = |count: usize| count as f64 / n as f64;
    // Upper ends exceed the band just at a point, lower ends fall short just before one.
    let above = upper.iter().enumerate().map(|(i, t)| share(i + 1) - t);
    let short = lower.iter().enumerate().map(|(i, t)| t - share(i));
    let worst = above.chain(short).fold(0.0, f64::max);
    let allowed = dkw_bound(n as u64, alpha) + SLACK;
    if allowed >= 1.0 {
        return Check::new(name, Outcome::NotChecked, format!("too few values: {n}"));
    }
    let outcome = if worst <= allowed { Outcome::Passed } else { Outcome::Failed };
    Check::new(
        name,
        outcome,
        format!("the ranks of {n} values stray by {worst:.4} from the declared law; {allowed:.4} is allowed"),
    )
}

/// Weissman's bound on the summed differences of shares. It rests on Hoeffding's inequality, which asks for independent
/// units but not for equal probabilities, so the probabilities of all units may be averaged.
fn shares(name: String, observed: &[u64], expected: &[f64], alpha: f64) -> Check {
    let n: u64 = observed.iter().sum();
    if n == 0 {
        return Check::new(name, Outcome::NotChecked, "no cell has a value");
    }
    let strayed: f64 =
        observed.iter().zip(expected).map(|(o, e)| (*o as f64 - e).abs()).sum::<f64>() / n as f64;
    let allowed = weissman_bound(n, observed.len(), alpha) + SLACK;
    let impossible = observed.iter().zip(expected).any(|(o, e)| *o > 0 && *e <= 0.0);
    if allowed >= 2.0 && !impossible {
        return Check::new(name, Outcome::NotChecked, format!("too few values: {n}"));
    }
    let outcome = if strayed <= allowed && !impossible { Outcome::Passed } else { Outcome::Failed };
    Check::new(
        name,
        outcome,
        format!(
            "the shares of {n} values stray by {strayed:.4} in all from the declared ones; {allowed:.4} is allowed"
        ),
    )
}

fn ranks(rows: &[usize], of: impl Fn(usize) -> (f64, f64)) -> Evidence {
    let (lower, upper) =
        rows.iter().map(|row| of(*row)).map(|(l, u)| ((l - SLACK).max(0.0), (u + SLACK).min(1.0))).unzip();
    Evidence::Ranks { lower, upper }
}

/// The ranks of all values that are shown as `x`: the ends of its rounding cell, or x itself.
fn cell(x: f64, decimals: Option<i32>, below: impl Fn(f64) -> f64, upto: impl Fn(f64) -> f64) -> (f64, f64) {
    let half = decimals.map_or(0.0, |d| 0.5 * 10f64.powi(-d));
    // The ends themselves may round either way.
    let half = half + if half > 0.0 { (x.abs() + half) * 1e-12 } else { 0.0 };
    (below(x - half), upto(x + half))
}

fn filled(expression: &Expression, parents: &[&Column], rows: usize) -> Vec<f64> {
    let mut out = Vec::new();
    expression.eval(parents, rows, &mut out);
    out
}

/// The parameters of a draw, a column each.
struct Parameters {
    components: Vec<(Vec<f64>, Vec<Vec<f64>>)>,
    min: Option<Vec<f64>>,
    max: Option<Vec<f64>>,
    zero: Option<Vec<f64>>,
}

impl Parameters {
    fn of(draw: &Draw, parents: &[&Column], rows: usize) -> Self {
        let fill = |e: &Expression| filled(e, parents, rows);
        Self {
            components: draw
                .components
                .iter()
                .map(|c| (fill(&c.weight), c.parameters.iter().map(fill).collect()))
                .collect(),
            min: draw.modifiers.min.as_ref().map(fill),
            max: draw.modifiers.max.as_ref().map(fill),
            zero: draw.modifiers.zero.as_ref().map(fill),
        }
    }

    fn law(&self, draw: &Draw, row: usize) -> Result<RowLaw, String> {
        let mut components = Vec::with_capacity(draw.components.len());
        for (component, (weight, parameters)) in draw.components.iter().zip(&self.components) {
            let values: Vec<f64> = parameters.iter().map(|p| p[row]).collect();
            let family = component.family.name;
            let law = Reference::of(family, component.form.parameters, &values)
                .ok_or_else(|| format!("the reference has no {family} law with parameters {values:?}"))?;
            components.push((weight[row], law));
        }
        let at = |column: &Option<Vec<f64>>| column.as_ref().map(|c| c[row]);
        let discrete = draw.components.iter().all(|c| c.family.discrete);
        Ok(RowLaw::new(components, discrete, at(&self.min), at(&self.max), at(&self.zero)))
    }
}

/// The law of one unit: a mixture, truncated, with a hurdle.
struct RowLaw {
    components: Vec<(f64, Reference)>,
    total: f64,
    min: f64,
    max: f64,
    /// Of the mixture: P(X < min), and P(min ≤ X ≤ max).
    cut: (f64, f64),
    /// Zero's share, P(X < 0) and P(X ≤ 0) of the truncated mixture.
    hurdle: Option<(f64, f64, f64)>,
}

impl RowLaw {
    fn new(
        components: Vec<(f64, Reference)>,
        discrete: bool,
        min: Option<f64>,
        max: Option<f64>,
        zero: Option<f64>,
    ) -> Self {
        let total = components.iter().map(|(w, _)| w).sum();
        let mut law = Self {
            components,
            total,
            min: min.unwrap_or(f64::NEG_INFINITY),
            max: max.unwrap_or(f64::INFINITY),
            cut: (0.0, 1.0),
            hurdle: None,
        };
        let below = min.map_or(0.0, |m| law.mixed(m, Reference::below));
        let upto = max.map_or(1.0, |m| law.mixed(m, Reference::at));
        law.cut = (below, upto - below);
        if let Some(zero) = zero {
            let negative = law.truncated(0.0, true);
            let upto = if discrete { law.truncated(0.0, false) } else { negative };
            law.hurdle = Some((zero, negative, upto));
        }
        law
    }

    fn mixed(&self, x: f64, of: impl Fn(&Reference, f64) -> f64) -> f64 {
        self.components.iter().filter(|(w, _)| *w > 0.0).map(|(w, law)| w * of(law, x)).sum::<f64>()
            / self.total
    }

    /// (F(x) − F(min−)) / (F(max) − F(min−)).
    fn truncated(&self, x: f64, before: bool) -> f64 {
        if x < self.min || (before && x <= self.min) {
            return 0.0;
        }
        if x > self.max || (!before && x >= self.max) {
            return 1.0;
        }
        let f = if before { self.mixed(x, Reference::below) } else { self.mixed(x, Reference::at) };
        ((f - self.cut.0) / self.cut.1).clamp(0.0, 1.0)
    }

    /// With the hurdle: 0 with its share, otherwise the truncated law given that it is not 0.
    fn function(&self, x: f64, before: bool) -> f64 {
        let Some((zero, negative, upto)) = self.hurdle else {
            return self.truncated(x, before);
        };
        let passed_zero = if before { x > 0.0 } else { x >= 0.0 };
        if zero >= 1.0 {
            return if passed_zero { 1.0 } else { 0.0 };
        }
        let squeeze = (1.0 - zero) / (1.0 - (upto - negative));
        let f = self.truncated(x, before);
        match passed_zero {
            true => squeeze * negative + zero + squeeze * (f - upto),
            false => squeeze * f,
        }
    }
}

fn drawn(
    draw: &Draw,
    decimals: Option<i32>,
    parents: &[&Column],
    values: &[f64],
    rows: &[usize],
) -> Evidence {
    let parameters = Parameters::of(draw, parents, values.len());
    let (mut lower, mut upper) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    // Where nothing varies, one law serves all rows.
    let fixed = draw_is_constant(draw).then(|| parameters.law(draw, 0));
    for &row in rows {
        let made;
        let law = match &fixed {
            Some(law) => law,
            None => {
                made = parameters.law(draw, row);
                &made
            }
        };
        let law = match law {
            Ok(law) => law,
            Err(why) => return Evidence::Unknown(why.clone()),
        };
        let (l, u) = cell(values[row], decimals, |x| law.function(x, true), |x| law.function(x, false));
        lower.push((l - SLACK).max(0.0));
        upper.push((u + SLACK).min(1.0));
    }
    Evidence::Ranks { lower, upper }
}

fn draw_is_constant(draw: &Draw) -> bool {
    let modifiers = [&draw.modifiers.min, &draw.modifiers.max, &draw.modifiers.zero];
    let of_components = draw.components.iter().flat_map(|c| std::iter::once(&c.weight).chain(&c.parameters));
    of_components.chain(modifiers.into_iter().flatten()).all(|e| e.constant().is_some())
}

fn truths(draw: &Draw, parents: &[&Column], values: &[bool], rows: &[usize]) -> Evidence {
    let parameters = Parameters::of(draw, parents, values.len());
    let (mut observed, mut expected) = (vec![0; 2], vec![0.0; 2]);
    for &row in rows {
        match parameters.law(draw, row) {
            Err(why) => return Evidence::Unknown(why),
            Ok(law) => {
                let no = law.function(0.0, false);
                expected[0] += no;
                expected[1] += 1.0 - no;
                observed[usize::from(values[row])] += 1;
            }
        }
    }
    Evidence::Counts { observed, expected }
}

fn categories(weights: &[Expression], parents: &[&Column], codes: &[u32], rows: &[usize]) -> Evidence {
    let columns: Vec<Vec<f64>> = weights.iter().map(|w| filled(w, parents, codes.len())).collect();
    let total = |row: usize| columns.iter().map(|c| c[row]).sum::<f64>();
    if columns.len() > MANY {
        return ranks(rows, |row| {
            let below: f64 = columns[..codes[row] as usize].iter().map(|c| c[row]).sum();
            (below / total(row), (below + columns[codes[row] as usize][row]) / total(row))
        });
    }
    let (mut observed, mut expected) = (vec![0; columns.len()], vec![0.0; columns.len()]);
    for &row in rows {
        let total = total(row);
        observed[codes[row] as usize] += 1;
        expected.iter_mut().zip(&columns).for_each(|(e, c)| *e += c[row] / total);
    }
    Evidence::Counts { observed, expected }
}

fn frequencies(cumulative: &[f64], codes: &[u32], rows: &[usize]) -> Evidence {
    let below = |code: usize| if code == 0 { 0.0 } else { cumulative[code - 1] };
    if cumulative.len() > MANY {
        return ranks(rows, |row| (below(codes[row] as usize), cumulative[codes[row] as usize]));
    }
    let mut observed = vec![0; cumulative.len()];
    rows.iter().for_each(|row| observed[codes[*row] as usize] += 1);
    let expected = (0..cumulative.len()).map(|c| (cumulative[c] - below(c)) * rows.len() as f64).collect();
    Evidence::Counts { observed, expected }
}

/// P(X < x) or P(X ≤ x) of points (probability, value) joined by straight lines.
fn below_points(points: &[(f64, f64)], x: f64, upto: bool) -> f64 {
    let after = points.partition_point(|(_, v)| if upto { *v <= x } else { *v < x });
    if after == 0 {
        return 0.0;
    }
    if after == points.len() {
        return 1.0;
    }
    let ((p0, x0), (p1, x1)) = (points[after - 1], points[after]);
    p0 + (p1 - p0) * ((x - x0) / (x1 - x0))
}

fn days(from: &Day, to: &Day, parents: &[&Column], values: &[i32], rows: &[usize]) -> Evidence {
    let (from, to) = (bound(from, parents, values.len()), bound(to, parents, values.len()));
    ranks(rows, |row| {
        let span = f64::from(to[row]) - f64::from(from[row]) + 1.0;
        let before = f64::from(values[row]) - f64::from(from[row]);
        (before / span, (before + 1.0) / span)
    })
}

fn bound(day: &Day, parents: &[&Column], rows: usize) -> Vec<i32> {
    match day {
        Day::Fixed(day) => vec![*day; rows],
        Day::Formula(formula, inputs) => {
            let inputs: Vec<&Column> = inputs.iter().map(|i| parents[*i]).collect();
            match formula.eval(&inputs, rows) {
                Column::Date(days) => days,
                _ => vec![NO_DATE; rows],
            }
        }
    }
}

fn codes_of<'a>(by: Option<usize>, parents: &[&'a Column]) -> Option<&'a [u32]> {
    match by.map(|at| parents[at]) {
        Some(Column::Category { codes, .. }) => Some(codes),
        _ => None,
    }
}

/// For each list: the place in it of each name of the dictionary, where it has that name.
fn places<L>(lists: &[(std::sync::Arc<L>, Vec<u32>)]) -> Vec<Vec<Option<u32>>> {
    let size = lists.iter().flat_map(|(_, d)| d).max().map_or(0, |m| *m as usize + 1);
    let of = |dictionary: &Vec<u32>| {
        let mut places = vec![None; size];
        dictionary.iter().enumerate().for_each(|(at, code)| places[*code as usize] = Some(at as u32));
        places
    };
    lists.iter().map(|(_, dictionary)| of(dictionary)).collect()
}

/// A rank that no law gives: a name that the list does not have fails the band from above.
const NO_SUCH_NAME: (f64, f64) = (0.0, 0.0);

fn first_names(draw: &FirstNameDraw, parents: &[&Column], codes: &[u32], rows: &[usize]) -> Evidence {
    let (by_list, by_sex) = (codes_of(draw.lists.by, parents), codes_of(draw.by, parents));
    let born = filled(&draw.born, parents, codes.len());
    let places = places(&draw.lists.lists);
    ranks(rows, |row| {
        let which = by_list.map_or(0, |c| c[row] as usize);
        let sex = draw.sexes[by_sex.map_or(0, |c| c[row] as usize)];
        let place = places[which].get(codes[row] as usize).copied().flatten();
        let list = &draw.lists.lists[which].0;
        place.and_then(|p| list.cumulative(sex, born[row].floor() as i32, p)).unwrap_or(NO_SUCH_NAME)
    })
}

fn surnames(draw: &SurnameDraw, parents: &[&Column], codes: &[u32], rows: &[usize]) -> Evidence {
    let by_list = codes_of(draw.lists.by, parents);
    let places = places(&draw.lists.lists);
    ranks(rows, |row| {
        let which = by_list.map_or(0, |c| c[row] as usize);
        let place = places[which].get(codes[row] as usize).copied().flatten();
        place.map_or(NO_SUCH_NAME, |p| draw.lists.lists[which].0.cumulative(p))
    })
}
