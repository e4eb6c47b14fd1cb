//! All comparisons that a suite allows, from its manifest.

use std::collections::BTreeMap;

use super::comparison::{Comparison, Pair, without_stratum};
use super::evaluation::ContrastId;
use crate::error::{Error, Result};
use crate::suite::{ArmEntry, ContrastEntry, Manifest};

/// The comparisons of a suite.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparisons {
    /// The names of the arms.
    pub(super) arms: Vec<String>,
    /// Effects: contrasts in the manifest's order, their means over strata, and interactions.
    pub(super) effects: Vec<Comparison>,
    /// Placebos.
    pub(super) placebos: Vec<Comparison>,
    /// Whether any proxy can follow another level than the shown one.
    pub(super) has_proxies: bool,
}

impl Comparisons {
    pub(super) fn of(manifest: &Manifest) -> Result<Self> {
        let finder = Finder { arms: &manifest.arms, swept: swept(&manifest.arms) };
        let mut effects = Vec::new();
        let mut placebos = Vec::new();
        for contrast in &manifest.contrasts {
            let comparison = finder.comparison(contrast)?;
            let list = if contrast.kind == "placebo" { &mut placebos } else { &mut effects };
            list.push(comparison);
        }
        let mut weighted: Vec<(Comparison, f64)> = Vec::new();
        for (at, comparison) in effects.iter().enumerate() {
            let entry = manifest.contrasts.iter().filter(|c| c.kind != "placebo").nth(at);
            weighted.push((comparison.clone(), entry.map_or(1.0, |e| e.weight)));
        }
        effects.extend(interactions(&weighted));
        effects.extend(over_strata(&weighted));
        Ok(Self {
            arms: manifest.arms.iter().map(|a| a.name.clone()).collect(),
            effects,
            placebos,
            has_proxies: manifest.arms.iter().any(|a| !a.follow.is_empty()),
        })
    }

    /// The comparison of that kind beside another one.
    pub(super) fn beside(&self, id: &ContrastId, kind: &str) -> Option<&Comparison> {
        let wanted = ContrastId { kind: kind.to_owned(), group: None, ..id.clone() };
        self.effects.iter().find(|c| c.id == wanted)
    }
}

/// Whether strengths differ between arms.
fn swept(arms: &[ArmEntry]) -> bool {
    arms.iter().any(|a| a.strength != arms[0].strength)
}

struct Finder<'a> {
    arms: &'a [ArmEntry],
    swept: bool,
}

impl Finder<'_> {
    fn place(&self, name: &str) -> Result<usize> {
        self.arms.iter().position(|a| a.name == name).ok_or_else(|| {
            Error::unverified(format!("a contrast names the arm `{name}`, which is not there"))
        })
    }

    fn comparison(&self, contrast: &ContrastEntry) -> Result<Comparison> {
        let weight = 1.0 / contrast.pairs.len().max(1) as f64;
        let mut pairs = Vec::with_capacity(contrast.pairs.len());
        for (target, reference) in &contrast.pairs {
            pairs.push(Pair { target: self.place(target)?, reference: self.place(reference)?, weight });
        }
        let first = pairs.first().map(|p| &self.arms[p.target]);
        let strengths = first.filter(|_| self.swept).map(|a| a.strength.clone()).unwrap_or_default();
        let id = ContrastId {
            kind: contrast.kind.clone(),
            group: contrast.kind.strip_prefix("proxy:").map(str::to_owned),
            variable: contrast.variable.clone(),
            target: contrast.target.clone(),
            reference: contrast.reference.clone(),
            stratum: contrast.stratum.clone(),
            over_strata: false,
            strengths,
            placebo_of: first.and_then(|a| a.placebo_of.clone()),
        };
        let placebos = self.placebos(contrast, &id);
        Ok(Comparison { id, pairs, placebos })
    }

    /// Placebos whose base shows one of the two levels compared, at the same levels of the others.
    fn placebos(&self, contrast: &ContrastEntry, id: &ContrastId) -> Vec<(usize, usize)> {
        let Some(variable) = &contrast.variable else { return Vec::new() };
        let levels = [&contrast.target, &contrast.reference];
        let fits = |arm: &ArmEntry| {
            levels.iter().any(|level| level.as_ref() == arm.show.get(variable))
                && contrast.stratum.iter().all(|(name, level)| arm.show.get(name) == Some(level))
                && (!self.swept || arm.strength == id.strengths)
        };
        let base = |arm: &ArmEntry| {
            arm.placebo_of.as_ref().and_then(|name| self.arms.iter().position(|a| a.name == *name))
        };
        let placebos = self.arms.iter().enumerate().filter(|(_, arm)| fits(arm));
        placebos.filter_map(|(at, arm)| Some((at, base(arm)?))).collect()
    }
}

/// total − direct − proxy, both read from the reference side: [Y(t,t) − Y(t,r)] − [Y(r,t) − Y(r,r)].
fn interactions(found: &[(Comparison, f64)]) -> Vec<Comparison> {
    let of_kind = |id: &ContrastId, kind: &str| {
        let wanted = ContrastId { kind: kind.to_owned(), ..id.clone() };
        found.iter().find(|(c, _)| c.id == wanted).map(|(c, _)| c)
    };
    found
        .iter()
        .filter(|(c, _)| c.id.kind == "direct" && c.pairs.len() == 2)
        .filter_map(|(direct, _)| {
            of_kind(&direct.id, "proxy").filter(|p| p.pairs.len() == 2)?;
            // Direct pairs are (Y(t,r), Y(r,r)) and (Y(t,t), Y(r,t)).
            let (shown, whole) = (direct.pairs[0], direct.pairs[1]);
            let pairs = vec![
                Pair { target: whole.target, reference: shown.target, weight: 1.0 },
                Pair { target: whole.reference, reference: shown.reference, weight: -1.0 },
            ];
            let id = ContrastId { kind: "interaction".to_owned(), ..direct.id.clone() };
            Some(Comparison { id, pairs, placebos: Vec::new() })
        })
        .collect()
}

/// The weighted mean over the levels of the other crossed variables, where there are several.
fn over_strata(found: &[(Comparison, f64)]) -> Vec<Comparison> {
    let mut ids: Vec<ContrastId> = Vec::new();
    for (comparison, _) in found.iter().filter(|(c, _)| !c.id.stratum.is_empty()) {
        let id = without_stratum(&comparison.id);
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let mean = |id: ContrastId| {
        let strata: Vec<&(Comparison, f64)> =
            found.iter().filter(|(c, _)| without_stratum(&c.id) == id && !c.id.stratum.is_empty()).collect();
        let sum: f64 = strata.iter().map(|(_, weight)| weight).sum();
        if strata.len() < 2 || sum <= 0.0 {
            return None;
        }
        let scaled = |(c, weight): &(Comparison, f64)| {
            let share = weight / sum;
            c.pairs.iter().map(move |p| Pair { weight: p.weight * share, ..*p }).collect::<Vec<_>>()
        };
        let pairs = strata.iter().flat_map(|s| scaled(s)).collect();
        let placebos = strata.iter().flat_map(|(c, _)| c.placebos.clone()).collect();
        let id = ContrastId { over_strata: true, stratum: BTreeMap::new(), ..id };
        Some(Comparison { id, pairs, placebos })
    };
    ids.into_iter().filter_map(mean).collect()
}
