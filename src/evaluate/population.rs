//! Gaps between groups of different people, and what they are made of.

use std::collections::BTreeMap;

use super::answers::Answers;
use super::comparisons::Comparisons;
use super::covariates::{Cells, Covariate};
use super::effects::{Prepared, impossible};
use super::evaluation::{
    Composition, Effect, GroupRate, ImpactLine, Method, OutputKind, Population, ResolvingGap, SelectionKind,
    SelectionTable, Test, TestMethod,
};
use super::factual::Factual;
use super::measure::{Measure, finite};
use crate::error::Result;
use crate::policy::Statistic;
use crate::stats::{
    Alpha, ImpactTable, Interval, Sample, Share, TwoGroups, median, passes_four_fifths, scoring_counts,
};

/// One group's factual answers: how many, their sum and the sum of their squares.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    units: u64,
    sum: f64,
    squares: f64,
}

impl Sums {
    fn sample(&self) -> Option<Sample> {
        Sample::of_sums(self.units, self.sum, self.squares)
    }

    /// Of decisions without repeats.
    fn share(&self) -> Option<Share> {
        Share::new(self.sum as u64, self.units).ok()
    }
}

/// The groups of one variable, or the combinations of several.
fn sums(factual: &Factual, answers: &Answers, variables: &[usize]) -> Vec<(Vec<u32>, Sums)> {
    let mut by_level: BTreeMap<Vec<u32>, Sums> = BTreeMap::new();
    for unit in 0..answers.units() {
        let codes: Vec<u32> = variables.iter().map(|v| factual.own[*v][unit]).collect();
        let entry = by_level.entry(codes).or_default();
        let answer = factual.answer(answers, unit);
        if !answer.is_nan() {
            *entry = Sums {
                units: entry.units + 1,
                sum: entry.sum + answer,
                squares: entry.squares + answer * answer,
            };
        }
    }
    by_level.into_iter().collect()
}

fn group(factual: &Factual, variables: &[usize], codes: &[u32]) -> BTreeMap<String, String> {
    let level = |(v, code): (&usize, &u32)| {
        let (name, levels) = &factual.protected[*v];
        (name.clone(), levels.get(*code as usize).cloned().unwrap_or_default())
    };
    variables.iter().zip(codes).map(level).collect()
}

/// What is asked of factual records.
pub(super) struct Asked<'a> {
    pub(super) factual: &'a Factual,
    /// The contrasts, which say which levels are compared.
    pub(super) comparisons: &'a Comparisons,
    /// The output's effects, to tell what gaps are made of.
    pub(super) effects: &'a [Effect],
    pub(super) resolving: &'a [Covariate],
    pub(super) alpha: Alpha,
}

/// Each protected variable by itself, then their intersections.
pub(super) fn populations(prepared: &Prepared, asked: &Asked) -> Result<Vec<Population>> {
    let count = asked.factual.protected.len();
    let mut found = Vec::new();
    for variable in 0..count {
        found.push(population(prepared, asked, &[variable])?);
    }
    if count > 1 {
        let all: Vec<usize> = (0..count).collect();
        found.push(population(prepared, asked, &all)?);
    }
    Ok(found)
}

fn population(prepared: &Prepared, asked: &Asked, variables: &[usize]) -> Result<Population> {
    let (factual, answers) = (asked.factual, prepared.answers);
    let sums = sums(factual, answers, variables);
    let groups = sums
        .iter()
        .map(|(codes, sums)| {
            let sample = sums.sample().filter(|_| answers.has_mean());
            GroupRate {
                group: group(factual, variables, codes),
                units: sums.units,
                mean: sample.map(|s| s.mean),
                sd: sample.map(|s| s.sd),
            }
        })
        .collect();
    let mut gaps = Vec::new();
    if let ([variable], true) = (variables, answers.has_mean()) {
        for (target, reference) in pairs(asked, *variable) {
            gaps.extend(gap(prepared, asked, *variable, &sums, &target, &reference));
        }
    }
    let names = variables.iter().map(|v| factual.protected[*v].0.clone()).collect();
    let selection = selection(prepared, factual, variables, &sums)?;
    Ok(Population { variables: names, groups, gaps, selection })
}

/// The pairs of levels that the suite contrasts.
fn pairs(asked: &Asked, variable: usize) -> Vec<(String, String)> {
    let (name, levels) = &asked.factual.protected[variable];
    let mut pairs: Vec<(String, String)> = Vec::new();
    for id in asked.comparisons.effects.iter().map(|c| &c.id).filter(|id| id.variable.as_ref() == Some(name))
    {
        if let (Some(target), Some(reference)) = (&id.target, &id.reference) {
            let pair = (target.clone(), reference.clone());
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    if pairs.is_empty() {
        let later = |at: usize| levels[at + 1..].iter().map(move |b| (levels[at].clone(), b.clone()));
        pairs = (0..levels.len()).flat_map(later).collect();
    }
    pairs
}

fn gap(
    prepared: &Prepared,
    asked: &Asked,
    variable: usize,
    sums: &[(Vec<u32>, Sums)],
    target: &str,
    reference: &str,
) -> Option<Composition> {
    let (name, levels) = &asked.factual.protected[variable];
    let of = |level: &str| {
        let code = levels.iter().position(|l| l == level)? as u32;
        sums.iter().find(|(codes, _)| codes[0] == code).map(|(_, s)| *s)
    };
    let (first, second) = (of(target)?, of(reference)?);
    let observed = difference(prepared.binary, first, second)?;
    let ratio = rate_ratio(prepared.binary, first, second);
    let effect = |kind: &str| {
        let is = |e: &&Effect| {
            e.contrast.kind == kind
                && e.contrast.variable.as_ref() == Some(name)
                && e.contrast.target.as_deref() == Some(target)
                && e.contrast.reference.as_deref() == Some(reference)
                && e.contrast.stratum.is_empty()
                && (e.contrast.strengths.is_empty())
        };
        asked.effects.iter().find(is).and_then(|e| e.estimate)
    };
    let total = effect("total");
    let shares = if prepared.binary { first.share().zip(second.share()) } else { None };
    Some(Composition {
        target: target.to_owned(),
        reference: reference.to_owned(),
        test: shares.map(|(a, b)| {
            let p = TwoGroups::new(a, b).fisher();
            Test {
                method: TestMethod::Fisher,
                two_sided: p.two_sided,
                greater: Some(p.greater),
                less: Some(p.less),
            }
        }),
        ratio: ratio.as_ref().map(|m| m.estimated(asked.alpha)),
        passes_four_fifths: shares.map(|(a, b)| passes_four_fifths(a, b) && passes_four_fifths(b, a)),
        composition: total.map(|total| observed.estimate - total),
        observed: observed.estimated(asked.alpha),
        total,
        direct: effect("direct"),
        proxy: effect("proxy"),
        resolving: asked
            .resolving
            .iter()
            .filter_map(|c| resolving_gap(c, asked, variable, target, reference))
            .collect(),
    })
}

/// Target − reference of factual records: Newcombe's interval for decisions, Welch's for numbers.
fn difference(binary: bool, target: Sums, reference: Sums) -> Option<Measure> {
    let units = target.units + reference.units;
    let (a, b) = (target.sample()?, reference.sample()?);
    if !binary {
        let interval = move |alpha: Alpha, scale: f64| {
            let more = |s: Sample| Sample { units: (s.units as f64 * scale).round() as u64, ..s };
            more(a).difference_interval(&more(b), alpha)
        };
        return Some(Measure::new(units, a.mean - b.mean, Method::Welch, interval));
    }
    let interval = move |alpha: Alpha, scale: f64| {
        two_groups(target, reference, scale)
            .map_or(Interval::UNBOUNDED, |g| g.risk_difference_interval(alpha))
    };
    Some(Measure::new(units, a.mean - b.mean, Method::Newcombe, interval))
}

fn rate_ratio(binary: bool, target: Sums, reference: Sums) -> Option<Measure> {
    let groups = two_groups(target, reference, 1.0).filter(|_| binary)?;
    let interval = move |alpha: Alpha, scale: f64| {
        two_groups(target, reference, scale).map_or(Interval::UNBOUNDED, |g| g.katz(alpha))
    };
    Some(Measure::new(target.units + reference.units, groups.rate_ratio(), Method::Katz, interval))
}

fn two_groups(target: Sums, reference: Sums, scale: f64) -> Option<TwoGroups> {
    let share =
        |s: Sums| Share::new((s.sum * scale).round() as u64, (s.units as f64 * scale).round() as u64).ok();
    Some(TwoGroups::new(share(target)?, share(reference)?))
}

/// What a criterion on factual records is judged by: one measure for each pair of levels.
pub(super) fn measures(
    prepared: &Prepared,
    asked: &Asked,
    statistic: Statistic,
    only: Option<&str>,
) -> Vec<(String, String, String, Option<Measure>)> {
    let mut found = Vec::new();
    for (variable, (name, levels)) in asked.factual.protected.iter().enumerate() {
        if only.is_some_and(|only| only != name) {
            continue;
        }
        let sums = sums(asked.factual, prepared.answers, &[variable]);
        let of = |level: &str| {
            let code = levels.iter().position(|l| l == level)? as u32;
            sums.iter().find(|(codes, _)| codes[0] == code).map(|(_, s)| *s)
        };
        for (target, reference) in pairs(asked, variable) {
            let measure = of(&target).zip(of(&reference)).and_then(|(a, b)| match statistic {
                Statistic::ImpactRatio => rate_ratio(prepared.binary, a, b),
                _ => difference(prepared.binary, a, b),
            });
            found.push((name.clone(), target, reference, measure));
        }
    }
    found
}

fn selection(
    prepared: &Prepared,
    factual: &Factual,
    variables: &[usize],
    sums: &[(Vec<u32>, Sums)],
) -> Result<Option<SelectionTable>> {
    let answers = prepared.answers;
    let usable: Vec<(usize, f64)> = (0..answers.units())
        .map(|unit| (unit, factual.answer(answers, unit)))
        .filter(|(_, answer)| !answer.is_nan())
        .collect();
    let unknown = (answers.units() - usable.len()) as u64;
    let place = |unit: usize| {
        sums.iter()
            .position(|(codes, _)| variables.iter().zip(codes).all(|(v, c)| factual.own[*v][unit] == *c))
    };
    let (kind, middle, counts) = match answers.kind {
        OutputKind::Decision if prepared.binary => {
            let counts: Vec<(u64, u64)> = sums.iter().map(|(_, s)| (s.sum as u64, s.units)).collect();
            (SelectionKind::Selection, None, counts)
        }
        OutputKind::Score | OutputKind::Number if !usable.is_empty() => {
            let scores: Vec<f64> = usable.iter().map(|(_, score)| *score).collect();
            let groups: Vec<Option<usize>> = usable.iter().map(|(unit, _)| place(*unit)).collect();
            let (counts, _) = scoring_counts(&scores, &groups, sums.len()).map_err(impossible)?;
            (SelectionKind::Scoring, Some(median(&scores).map_err(impossible)?), counts)
        }
        _ => return Ok(None),
    };
    let named: Vec<(String, u64, u64)> =
        counts.iter().enumerate().map(|(at, (selected, all))| (at.to_string(), *selected, *all)).collect();
    let table = ImpactTable::new(&named, unknown).map_err(impossible)?;
    let lines = table
        .rows
        .iter()
        .filter_map(|row| {
            let at: usize = row.group.parse().ok()?;
            Some(ImpactLine {
                group: group(factual, variables, &sums[at].0),
                records: row.share.total(),
                selected: row.share.count(),
                rate: row.share.estimate(),
                impact_ratio: row.impact_ratio,
                passes_four_fifths: row.passes_four_fifths,
                is_small: row.is_small,
            })
        })
        .collect();
    Ok(Some(SelectionTable { kind, median: middle, lines, unknown }))
}

fn resolving_gap(
    column: &Covariate,
    asked: &Asked,
    variable: usize,
    target: &str,
    reference: &str,
) -> Option<ResolvingGap> {
    let (_, levels) = &asked.factual.protected[variable];
    let own = &asked.factual.own[variable];
    let code = |level: &str| levels.iter().position(|l| l == level).map(|at| at as u32);
    let [target, reference] = [code(target)?, code(reference)?];
    let mut gap = ResolvingGap { variable: column.name.clone(), mean_difference: None, shares: Vec::new() };
    match &column.cells {
        Cells::Numbers(values) => {
            let mean = |level: u32| {
                let of_level = own.iter().zip(values).filter(|(o, v)| **o == level && !v.is_nan());
                let (n, sum) = of_level.fold((0.0, 0.0), |(n, sum), (_, v)| (n + 1.0, sum + v));
                finite(sum / n)
            };
            gap.mean_difference = Some(mean(target)? - mean(reference)?);
        }
        Cells::Codes { codes, names } => {
            let share = |level: u32, value: usize| {
                let of_level = || own.iter().zip(codes).filter(move |(o, _)| **o == level);
                of_level().filter(|(_, c)| **c as usize == value).count() as f64
                    / of_level().count().max(1) as f64
            };
            gap.shares = names
                .iter()
                .enumerate()
                .map(|(at, name)| (name.clone(), share(target, at), share(reference, at)))
                .collect();
        }
    }
    Some(gap)
}
