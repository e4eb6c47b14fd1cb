//! Laws from which the answers of a model are drawn anew for each run, with the verdict that would be wrong.

use jumelles::evaluate::Answers;
use rand::RngExt;
use rand::rngs::StdRng;

use super::ward::Ward;

/// Which verdict would be wrong.
#[derive(Clone, Copy, PartialEq)]
pub enum Wrong {
    Fail,
    Pass,
}

/// The suite that is judged on.
#[derive(Clone, Copy, PartialEq)]
pub enum Which {
    /// Six arms: both levels shown and followed, and placebos; direct effects have two pairs.
    Paths,
    /// Gender at three ages: criteria judge each age and the mean over them.
    Crossed,
}

/// A law of answers, with the policy that judges them.
pub struct Law {
    pub what: &'static str,
    pub suite: Which,
    pub criterion: &'static str,
    pub wrong: Wrong,
    pub draw: fn(&mut StdRng, &Arms) -> Answers,
}

/// The arms of a suite that laws speak of.
pub struct Arms {
    names: Vec<String>,
    units: usize,
    region: Vec<bool>,
}

impl Arms {
    pub fn of(ward: &Ward) -> Self {
        let manifest = &ward.suite.manifest;
        let records = ward.records();
        Self {
            names: manifest.arms.iter().map(|a| a.name.clone()).collect(),
            units: manifest.units as usize,
            region: records[0].iter().map(|r| r.is("region", "north")).collect(),
        }
    }

    /// Answers by a law of (arm's name, unit's own numbers); the numbers are the same in all arms.
    fn by(&self, rng: &mut StdRng, law: impl Fn(&str, &[f64; 3], f64, bool) -> f64) -> Vec<Vec<f64>> {
        let own: Vec<[f64; 3]> = (0..self.units).map(|_| std::array::from_fn(|_| rng.random())).collect();
        self.names
            .iter()
            .map(|name| (0..self.units).map(|u| law(name, &own[u], rng.random(), self.region[u])).collect())
            .collect()
    }
}

fn decisions(values: Vec<Vec<f64>>) -> Answers {
    Answers::decisions(
        "hired",
        values.into_iter().map(|a| a.into_iter().map(|v| v != 0.0).collect()).collect(),
    )
}

/// Whether the level shown is female: arms are `female`, `female-as-male`, …
fn shows_female(arm: &str) -> bool {
    arm.starts_with("female")
}

/// Half of the units are hired; of each thousand, so many change if the shown level changes: up, down.
fn shifted(rng: &mut StdRng, arms: &Arms, up: f64, down: f64) -> Answers {
    decisions(arms.by(rng, |arm, own, _, _| {
        let base = own[0] < 0.5;
        let turned = match own[1] {
            u if u < up => shows_female(arm),
            u if u < up + down => !shows_female(arm),
            _ => base,
        };
        f64::from(turned)
    }))
}

/// A model that rolls dice for every record: answers turn with this probability.
fn noisy(rng: &mut StdRng, arms: &Arms, noise: f64, up: f64) -> Answers {
    decisions(arms.by(rng, |arm, own, dice, _| {
        let base = if own[1] < up { shows_female(arm) } else { own[0] < 0.5 };
        f64::from(base != (dice < noise))
    }))
}

/// Each record turned by itself with a probability that depends on the level shown: the two pairs hardly correlate.
fn by_record(rng: &mut StdRng, arms: &Arms, female: f64, male: f64) -> Answers {
    decisions(arms.by(rng, |arm, _, dice, _| f64::from(dice < if shows_female(arm) { female } else { male })))
}

/// Scores whose difference has this mean and a normal spread.
fn normal_scores(rng: &mut StdRng, arms: &Arms, mean: f64, sd: f64) -> Answers {
    let values = arms.by(rng, |arm, own, dice, _| {
        let normal = (-2.0 * (1.0 - dice).ln()).sqrt() * (std::f64::consts::TAU * own[2]).cos();
        let shift = if shows_female(arm) { mean + sd * normal } else { 0.0 };
        0.4 + 0.2 * own[0] + shift
    });
    Answers::scores("score", 0.0, 1.0, values)
}

/// Scores that differ for a few units only, and then much.
fn rare_scores(rng: &mut StdRng, arms: &Arms, share: f64, size: f64) -> Answers {
    let values = arms.by(rng, |arm, own, _, _| {
        0.4 * own[0] + if shows_female(arm) && own[1] < share { size } else { 0.0 }
    });
    Answers::scores("score", 0.0, 1.0, values)
}

/// One region on the limit, the others far inside.
fn one_slice(rng: &mut StdRng, arms: &Arms, up: f64) -> Answers {
    decisions(arms.by(rng, |arm, own, _, north| {
        let turned = north && own[1] < up;
        f64::from(if turned { shows_female(arm) } else { own[0] < 0.5 })
    }))
}

pub const LAWS: &[Law] = &[
    Law {
        what: "no flip at all",
        suite: Which::Paths,
        criterion: "net direct 0.05",
        wrong: Wrong::Fail,
        draw: |r, a| shifted(r, a, 0.0, 0.0),
    },
    Law {
        what: "10 % flip up, 10 % down",
        suite: Which::Paths,
        criterion: "net direct 0.05",
        wrong: Wrong::Fail,
        draw: |r, a| shifted(r, a, 0.10, 0.10),
    },
    Law {
        what: "every record by itself, no effect",
        suite: Which::Paths,
        criterion: "net direct 0.05",
        wrong: Wrong::Fail,
        draw: |r, a| by_record(r, a, 0.4, 0.4),
    },
    Law {
        what: "8 % up, 3 % down: on the limit",
        suite: Which::Paths,
        criterion: "net direct 0.05",
        wrong: Wrong::Pass,
        draw: |r, a| shifted(r, a, 0.08, 0.03),
    },
    Law {
        what: "8 % up, 3 % down: on the limit",
        suite: Which::Paths,
        criterion: "net direct 0.05",
        wrong: Wrong::Fail,
        draw: |r, a| shifted(r, a, 0.08, 0.03),
    },
    Law {
        what: "5 % up, none down: on the limit",
        suite: Which::Paths,
        criterion: "net direct 0.05",
        wrong: Wrong::Pass,
        draw: |r, a| shifted(r, a, 0.05, 0.0),
    },
    Law {
        what: "5 % down, none up: on the limit",
        suite: Which::Paths,
        criterion: "net direct 0.05",
        wrong: Wrong::Fail,
        draw: |r, a| shifted(r, a, 0.0, 0.05),
    },
    Law {
        what: "every record by itself, 5 points",
        suite: Which::Paths,
        criterion: "net direct 0.05",
        wrong: Wrong::Pass,
        draw: |r, a| by_record(r, a, 0.25, 0.30),
    },
    Law {
        what: "every record by itself, 5 points",
        suite: Which::Paths,
        criterion: "net direct 0.05",
        wrong: Wrong::Fail,
        draw: |r, a| by_record(r, a, 0.25, 0.30),
    },
    Law {
        what: "every record by itself, rare: 2 % and 7 %",
        suite: Which::Paths,
        criterion: "net direct 0.05",
        wrong: Wrong::Pass,
        draw: |r, a| by_record(r, a, 0.07, 0.02),
    },
    Law {
        what: "8 % up, 3 % down, one pair",
        suite: Which::Paths,
        criterion: "net total 0.05",
        wrong: Wrong::Pass,
        draw: |r, a| shifted(r, a, 0.08, 0.03),
    },
    Law {
        what: "8 % up, 3 % down, one pair",
        suite: Which::Paths,
        criterion: "net total 0.05",
        wrong: Wrong::Fail,
        draw: |r, a| shifted(r, a, 0.08, 0.03),
    },
    Law {
        what: "2 % flip: on the limit, one pair",
        suite: Which::Paths,
        criterion: "flips total 0.02",
        wrong: Wrong::Pass,
        draw: |r, a| shifted(r, a, 0.01, 0.01),
    },
    Law {
        what: "2 % flip: on the limit, two pairs alike",
        suite: Which::Paths,
        criterion: "flips direct 0.02",
        wrong: Wrong::Pass,
        draw: |r, a| shifted(r, a, 0.01, 0.01),
    },
    Law {
        what: "2 % flip: on the limit, two pairs alike",
        suite: Which::Paths,
        criterion: "flips direct 0.02",
        wrong: Wrong::Fail,
        draw: |r, a| shifted(r, a, 0.01, 0.01),
    },
    Law {
        what: "1.98 % flip, dice: on the limit, two pairs",
        suite: Which::Paths,
        criterion: "flips direct 0.0198",
        wrong: Wrong::Pass,
        draw: |r, a| noisy(r, a, 0.01, 0.0),
    },
    Law {
        what: "dice of 5 %, no effect beyond",
        suite: Which::Paths,
        criterion: "excess direct 0.04",
        wrong: Wrong::Fail,
        draw: |r, a| noisy(r, a, 0.05, 0.0),
    },
    // Of a turned unit, twins flip with probability 0.905 and not 0.095: 0.81 beyond the placebo.
    Law {
        what: "dice of 5 %, 4 points beyond: on the limit",
        suite: Which::Paths,
        criterion: "excess direct 0.04",
        wrong: Wrong::Pass,
        draw: |r, a| noisy(r, a, 0.05, 0.04 / 0.81),
    },
    Law {
        what: "dice of 5 %, 4 points beyond: on the limit",
        suite: Which::Paths,
        criterion: "excess direct 0.04",
        wrong: Wrong::Fail,
        draw: |r, a| noisy(r, a, 0.05, 0.04 / 0.81),
    },
    Law {
        what: "rates of 0.40 and 0.50: on the limit",
        suite: Which::Paths,
        criterion: "ratio total 0.80",
        wrong: Wrong::Pass,
        draw: |r, a| by_record(r, a, 0.4, 0.5),
    },
    Law {
        what: "rates of 0.50 and 0.40: on the limit",
        suite: Which::Paths,
        criterion: "ratio total 0.80",
        wrong: Wrong::Fail,
        draw: |r, a| by_record(r, a, 0.5, 0.4),
    },
    Law {
        what: "0.40 and 0.50 by shift: on the limit",
        suite: Which::Paths,
        criterion: "ratio total 0.80",
        wrong: Wrong::Pass,
        draw: |r, a| {
            decisions(a.by(r, |arm, own, _, _| f64::from(own[0] < if shows_female(arm) { 0.4 } else { 0.5 })))
        },
    },
    Law {
        what: "normal differences, no effect",
        suite: Which::Paths,
        criterion: "mean total 0.02",
        wrong: Wrong::Fail,
        draw: |r, a| normal_scores(r, a, 0.0, 0.1),
    },
    Law {
        what: "normal differences, 0.02: on the limit",
        suite: Which::Paths,
        criterion: "mean total 0.02",
        wrong: Wrong::Pass,
        draw: |r, a| normal_scores(r, a, 0.02, 0.1),
    },
    Law {
        what: "normal differences, 0.02, two pairs",
        suite: Which::Paths,
        criterion: "mean direct 0.02",
        wrong: Wrong::Fail,
        draw: |r, a| normal_scores(r, a, 0.02, 0.1),
    },
    Law {
        what: "4 % differ by 0.5: on the limit",
        suite: Which::Paths,
        criterion: "mean total 0.02",
        wrong: Wrong::Pass,
        draw: |r, a| rare_scores(r, a, 0.04, 0.5),
    },
    Law {
        what: "10 % differ by 0.2: on the limit",
        suite: Which::Paths,
        criterion: "mean total 0.02",
        wrong: Wrong::Pass,
        draw: |r, a| rare_scores(r, a, 0.10, 0.2),
    },
    Law {
        what: "slices, 10 % flip up, 10 % down",
        suite: Which::Paths,
        criterion: "slices total 0.05",
        wrong: Wrong::Fail,
        draw: |r, a| shifted(r, a, 0.10, 0.10),
    },
    Law {
        what: "slices, one of them on the limit",
        suite: Which::Paths,
        criterion: "slices total 0.05",
        wrong: Wrong::Pass,
        draw: |r, a| one_slice(r, a, 0.05),
    },
    Law {
        what: "slices, all of them on the limit",
        suite: Which::Paths,
        criterion: "slices total 0.05",
        wrong: Wrong::Fail,
        draw: |r, a| shifted(r, a, 0.08, 0.03),
    },
    Law {
        what: "three strata, 10 % flip up, 10 % down",
        suite: Which::Crossed,
        criterion: "net total 0.05",
        wrong: Wrong::Fail,
        draw: |r, a| shifted(r, a, 0.10, 0.10),
    },
    Law {
        what: "three strata, every record by itself, 5 points",
        suite: Which::Crossed,
        criterion: "net total 0.05",
        wrong: Wrong::Pass,
        draw: |r, a| by_record(r, a, 0.25, 0.30),
    },
    Law {
        what: "three strata, every record by itself, 5 points",
        suite: Which::Crossed,
        criterion: "net total 0.05",
        wrong: Wrong::Fail,
        draw: |r, a| by_record(r, a, 0.25, 0.30),
    },
];
