//! Contrasts: pairs of arms whose difference, twin by twin, has a meaning.

use super::arms::{Arm, LevelRef};
use super::design::Setting;
use super::expression::unknown_level;
use super::protected::Joint;
use super::words::short_list;
use crate::diag::{Diagnostic, code, nearest};

/// What a contrast shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContrastKind {
    /// Shown level and all proxies together.
    Total,
    /// The shown level alone.
    Direct,
    /// All proxies together.
    Proxy,
    /// One proxy group alone.
    Group(usize),
    /// Nothing that must matter.
    Placebo,
}

/// Two levels of a protected variable compared, twin by twin: target minus reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// What it shows.
    pub kind: ContrastKind,
    /// The protected variable; none for a placebo.
    pub variable: Option<usize>,
    /// The code of the level compared.
    pub target: u32,
    /// The code of the level it is compared with.
    pub reference: u32,
    /// The levels of the other crossed variables, at which the comparison is made.
    pub stratum: Vec<(usize, u32)>,
    /// The share of the stratum among the units.
    pub weight: f64,
    /// Strengths that were swept, by group.
    pub strengths: Vec<f64>,
    /// Arms: target and reference. Where there are several pairs, the effect is their mean.
    pub pairs: Vec<(usize, usize)>,
}

/// All contrasts that the arms allow.
pub(super) fn contrasts(
    setting: &Setting,
    arms: &[Arm],
    joint: &Joint,
    reports: &mut Vec<Diagnostic>,
) -> Vec<Contrast> {
    unknown_variables(setting, reports);
    let mut contrasts = Vec::new();
    let mut strengths: Vec<&Vec<f64>> = Vec::new();
    for arm in arms {
        if !strengths.contains(&&arm.strengths) {
            strengths.push(&arm.strengths);
        }
    }
    for &variable in &setting.moved {
        for (target, reference) in level_pairs(setting, variable, reports) {
            for at in &strengths {
                let finder = Finder { setting, arms, joint, variable, target, reference, strengths: at };
                finder.find(&mut contrasts);
            }
        }
    }
    contrasts.extend(placebos(arms));
    contrasts
}

/// Contrasts of variables that do not move would silently be left out.
fn unknown_variables(setting: &Setting, reports: &mut Vec<Diagnostic>) {
    let moved = || setting.moved.iter().map(|moved| setting.protected[*moved].name.as_str());
    for variable in setting.design.contrasts.iter().flatten().filter_map(|c| c.variable.as_ref()) {
        if moved().any(|name| name == variable.value) || setting.scenario.unread().contains(&variable.value) {
            continue;
        }
        let known = setting.protected.iter().any(|p| p.name == variable.value);
        let message = match known {
            true => format!("`{}` does not move in this design", variable.value),
            false => format!("`{}` is not a protected variable", variable.value),
        };
        let hint = match nearest(&variable.value, moved()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("what moves is {}", short_list(moved())),
        };
        reports.push(Diagnostic::error(code::BAD_CONTRAST, message).at(&variable.place).hint(hint));
    }
}

fn placebos(arms: &[Arm]) -> impl Iterator<Item = Contrast> {
    arms.iter().enumerate().filter_map(|(at, arm)| {
        Some(Contrast {
            kind: ContrastKind::Placebo,
            variable: None,
            target: 0,
            reference: 0,
            stratum: Vec::new(),
            weight: 1.0,
            strengths: arm.strengths.clone(),
            pairs: vec![(at, arm.placebo_of?)],
        })
    })
}

/// Every pair of levels, earlier minus later in written order, unless the design lists them.
fn level_pairs(setting: &Setting, variable: usize, reports: &mut Vec<Diagnostic>) -> Vec<(u32, u32)> {
    let protected = &setting.protected[variable];
    let Some(listed) = &setting.design.contrasts else {
        let count = protected.levels.len() as u32;
        return (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))).collect();
    };
    let mut pairs = Vec::new();
    for contrast in listed {
        if contrast.variable.as_ref().is_some_and(|v| v.value != protected.name) {
            continue;
        }
        if contrast.variable.is_none() && setting.moved.len() > 1 {
            reports.push(
                Diagnostic::error(
                    code::BAD_CONTRAST,
                    "several protected variables are crossed: say which this contrast is of",
                )
                .at(&contrast.target.place)
                .hint("add variable = \"…\""),
            );
            continue;
        }
        let mut codes = Vec::new();
        for level in [&contrast.target, &contrast.reference] {
            match protected.levels.code(&level.value) {
                Some(code) => codes.push(code),
                None => reports.push(unknown_level(
                    level,
                    &protected.name,
                    protected.levels.names().iter().map(String::as_str),
                )),
            }
        }
        match codes.as_slice() {
            [a, b] if a == b => reports.push(
                Diagnostic::error(
                    code::BAD_CONTRAST,
                    format!(
                        "a contrast compares two different levels, found `{}` twice",
                        contrast.reference.value
                    ),
                )
                .at(&contrast.reference.place)
                .related(&contrast.target.place, "compared with itself")
                .hint(other_level(&contrast.reference.value, protected)),
            ),
            [a, b] => pairs.push((*a, *b)),
            _ => {}
        }
    }
    pairs
}

fn other_level(level: &str, protected: &super::protected::Protected) -> String {
    let others = protected.levels.names().iter().map(String::as_str).filter(|name| *name != level);
    format!("the effect is the target's value minus the reference's; other levels are {}", short_list(others))
}

struct Finder<'a> {
    setting: &'a Setting<'a>,
    arms: &'a [Arm],
    joint: &'a Joint,
    variable: usize,
    target: u32,
    reference: u32,
    strengths: &'a [f64],
}

impl Finder<'_> {
    fn find(&self, contrasts: &mut Vec<Contrast>) {
        for rest in self.strata() {
            let groups = self.setting.groups.len();
            let mut kinds = vec![ContrastKind::Total, ContrastKind::Direct, ContrastKind::Proxy];
            if groups > 1 {
                kinds.extend((0..groups).map(ContrastKind::Group));
            }
            for kind in kinds {
                // Without proxies the shown level is all there is.
                if groups == 0 && kind != ContrastKind::Total {
                    continue;
                }
                let pairs = self.pairs(kind, &rest);
                if !pairs.is_empty() {
                    let stratum: Vec<(usize, u32)> = rest
                        .iter()
                        .enumerate()
                        .filter(|(p, _)| *p != self.variable)
                        .filter_map(|(p, level)| match level {
                            LevelRef::Level(code) => Some((p, *code)),
                            LevelRef::Own => None,
                        })
                        .collect();
                    contrasts.push(Contrast {
                        kind,
                        variable: Some(self.variable),
                        target: self.target,
                        reference: self.reference,
                        weight: self.weight(&stratum),
                        stratum,
                        strengths: self.strengths.to_vec(),
                        pairs,
                    });
                }
            }
        }
    }

    /// The levels of the other protected variables at which arms exist, in the arms' order.
    fn strata(&self) -> Vec<Vec<LevelRef>> {
        let mut strata: Vec<Vec<LevelRef>> = Vec::new();
        for arm in self.arms {
            let mut rest = arm.show.clone();
            rest[self.variable] = LevelRef::Own;
            if !strata.contains(&rest) {
                strata.push(rest);
            }
        }
        strata
    }

    /// The share of units at these levels of the other variables.
    fn weight(&self, stratum: &[(usize, u32)]) -> f64 {
        let sizes: Vec<usize> = self.setting.protected.iter().map(|p| p.levels.len()).collect();
        let mut codes = vec![0u32; sizes.len()];
        let mut weight = 0.0;
        loop {
            if stratum.iter().all(|(p, code)| codes[*p] == *code) {
                weight += self.joint.share(&codes);
            }
            let Some(next) = (0..sizes.len()).rev().find(|p| (codes[*p] as usize) + 1 < sizes[*p]) else {
                return weight;
            };
            codes[next] += 1;
            codes[next + 1..].fill(0);
        }
    }

    fn at(&self, rest: &[LevelRef], level: u32) -> Vec<LevelRef> {
        let mut levels = rest.to_vec();
        levels[self.variable] = LevelRef::Level(level);
        levels
    }

    fn arm(&self, show: &[LevelRef], follow: impl Fn(usize) -> Vec<LevelRef>) -> Option<usize> {
        self.arms.iter().position(|arm| {
            arm.placebo_of.is_none()
                && arm.strengths == self.strengths
                && arm.show == show
                && arm.follow.iter().enumerate().all(|(group, levels)| *levels == follow(group))
        })
    }

    fn pairs(&self, kind: ContrastKind, rest: &[LevelRef]) -> Vec<(usize, usize)> {
        let (t, r) = (self.at(rest, self.target), self.at(rest, self.reference));
        let same = |levels: &Vec<LevelRef>| {
            let levels = levels.clone();
            move |_: usize| levels.clone()
        };
        let but = |group: usize, levels: &Vec<LevelRef>, one: &Vec<LevelRef>| {
            let (levels, one) = (levels.clone(), one.clone());
            move |g: usize| if g == group { one.clone() } else { levels.clone() }
        };
        let found: Vec<(Option<usize>, Option<usize>)> = match kind {
            ContrastKind::Total => vec![(self.arm(&t, same(&t)), self.arm(&r, same(&r)))],
            ContrastKind::Direct => [&r, &t].map(|f| (self.arm(&t, same(f)), self.arm(&r, same(f)))).to_vec(),
            ContrastKind::Proxy => [&r, &t].map(|s| (self.arm(s, same(&t)), self.arm(s, same(&r)))).to_vec(),
            ContrastKind::Group(g) => vec![
                (self.arm(&r, but(g, &r, &t)), self.arm(&r, same(&r))),
                (self.arm(&t, same(&t)), self.arm(&t, but(g, &t, &r))),
            ],
            ContrastKind::Placebo => Vec::new(),
        };
        found.into_iter().filter_map(|(target, reference)| Some((target?, reference?))).collect()
    }
}
