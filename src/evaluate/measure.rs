//! A statistic that has an interval at any α, and at any multiple of the units seen.

use std::rc::Rc;

use super::comparison::Comparison;
use super::decisions::Tally;
use super::evaluation::{Bounds, Estimate, Method};
use crate::dist::BadParameter;
use crate::stats::{Alpha, Differences, Interval, PairedTable, Share, Term, mover};

/// With fewer moved units than this, a t interval rests on too few of them to be trusted alone.
const FEW_MOVED: u64 = 10;

/// An estimate whose interval can be asked for.
#[derive(Clone)]
pub(super) struct Measure {
    pub(super) units: u64,
    pub(super) estimate: f64,
    pub(super) method: Method,
    interval: Rc<dyn Fn(Alpha, f64) -> Interval>,
}

impl Measure {
    pub(super) fn new(
        units: u64,
        estimate: f64,
        method: Method,
        interval: impl Fn(Alpha, f64) -> Interval + 'static,
    ) -> Self {
        Self { units, estimate, method, interval: Rc::new(interval) }
    }

    pub(super) fn interval(&self, alpha: Alpha) -> Interval {
        (self.interval)(alpha, 1.0)
    }

    /// The interval if `scale` times as many units showed the same.
    pub(super) fn scaled(&self, alpha: Alpha, scale: f64) -> Interval {
        (self.interval)(alpha, scale)
    }

    pub(super) fn bounds(&self, alpha: Alpha) -> Bounds {
        bounds(self.interval(alpha), alpha, self.method)
    }

    pub(super) fn estimated(&self, alpha: Alpha) -> Estimate {
        Estimate { estimate: finite(self.estimate), interval: self.bounds(alpha) }
    }
}

/// `None` for what is not a number that JSON can hold.
pub(super) fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

pub(super) fn bounds(interval: Interval, alpha: Alpha, method: Method) -> Bounds {
    Bounds {
        low: finite(interval.low),
        high: finite(interval.high),
        level: 1.0 - 2.0 * alpha.value(),
        method,
    }
}

/// The mean effect on decisions: Tango's interval for one pair; for several, MOVER over theirs, never narrower than
/// Tango's without a flip, since effects that cancel in every unit seen may not in the next.
pub(super) fn net_flip(tally: &Rc<Tally>) -> Option<Measure> {
    if tally.units == 0 {
        return None;
    }
    let plain = tally.weights == [1.0];
    let method = if plain { Method::Tango } else { Method::MoverTango };
    let counted = Rc::clone(tally);
    let reach: f64 = tally.weights.iter().map(|w| w.abs()).sum();
    let interval = move |alpha: Alpha, scale: f64| {
        if plain {
            return counted.table(0, scale).map_or(Interval::UNBOUNDED, |t| t.tango(alpha));
        }
        let joined = joined(
            &counted,
            scale,
            |table| (table.net_flip(), table.tango(alpha)),
            |i, j| counted.correlation(i, j),
        );
        let z = alpha.z();
        let least = reach * z * z / (counted.units as f64 * scale + z * z);
        let centre = counted.net_flip();
        Interval {
            low: joined.low.min(centre - least).max(-reach),
            high: joined.high.max(centre + least).min(reach),
        }
    };
    Some(Measure::new(tally.units, tally.net_flip(), method, interval))
}

/// Which flips are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Any,
    ToTarget,
    ToReference,
}

impl Direction {
    fn share(self, table: &PairedTable) -> Share {
        match self {
            Direction::Any => table.flip_rate(),
            Direction::ToTarget => table.gains(),
            Direction::ToReference => table.losses(),
        }
    }
}

/// The flip rate, the weighted mean over the pairs: Clopper–Pearson for one, MOVER over theirs for several.
pub(super) fn flip_rate(tally: &Rc<Tally>, direction: Direction) -> Option<Measure> {
    if tally.units == 0 || tally.weights.iter().any(|w| *w < 0.0) {
        return None;
    }
    let plain = tally.weights == [1.0];
    let method = if plain { Method::ClopperPearson } else { Method::MoverClopperPearson };
    let estimate = (0..tally.cells.len())
        .filter_map(|p| Some(tally.weights[p] * direction.share(&tally.table(p, 1.0)?).estimate()))
        .sum();
    let counted = Rc::clone(tally);
    let interval = move |alpha: Alpha, scale: f64| {
        let of_table = |table: &PairedTable| {
            let share = direction.share(table);
            (share.estimate(), share.clopper_pearson(alpha))
        };
        // Of one direction the correlation is not counted; 1 is the widest.
        let correlation =
            |i, j| if direction == Direction::Any { counted.flip_correlation(i, j) } else { None };
        let joined = joined(&counted, scale, of_table, correlation);
        Interval { low: joined.low.max(0.0), high: joined.high.min(1.0) }
    };
    Some(Measure::new(tally.units, estimate, method, interval))
}

fn joined(
    tally: &Tally,
    scale: f64,
    of_table: impl Fn(&PairedTable) -> (f64, Interval),
    correlation: impl Fn(usize, usize) -> Option<f64>,
) -> Interval {
    let mut terms = Vec::with_capacity(tally.cells.len());
    for (pair, weight) in tally.weights.iter().enumerate() {
        let Some(table) = tally.table(pair, scale) else { return Interval::UNBOUNDED };
        let (estimate, interval) = of_table(&table);
        terms.push(Term { weight: *weight, estimate, interval });
    }
    mover(&terms, correlation)
}

/// The ratio of both rates over the same units: Bonett and Price's for one pair; for several, the pairs' joined.
pub(super) fn twin_ratio(tally: &Rc<Tally>) -> Option<Measure> {
    if tally.units == 0 || tally.weights.iter().any(|w| *w < 0.0) {
        return None;
    }
    let plain = tally.weights == [1.0];
    let [target, reference] = rates(tally);
    let estimate = if target == reference { 1.0 } else { target / reference };
    let counted = Rc::clone(tally);
    let interval = move |alpha: Alpha, scale: f64| {
        let mut all = Interval { low: f64::INFINITY, high: 0.0 };
        for pair in 0..counted.cells.len() {
            let Some(table) = counted.table(pair, scale) else { return Interval::UNBOUNDED };
            let one = table.ratio_interval(alpha);
            all = Interval { low: all.low.min(one.low), high: all.high.max(one.high) };
        }
        all
    };
    let method = if plain { Method::BonettPrice } else { Method::Joined };
    Some(Measure::new(tally.units, estimate, method, interval))
}

/// The weighted mean rates of the target and the reference arms.
pub(super) fn rates(tally: &Tally) -> [f64; 2] {
    let mut rates = [0.0; 2];
    for ([both, t, r, _], weight) in tally.cells.iter().zip(&tally.weights) {
        rates[0] += weight * (both + t) as f64 / tally.units as f64;
        rates[1] += weight * (both + r) as f64 / tally.units as f64;
    }
    rates
}

/// The mean of units' effects: paired t. Where few units move, or none, the bounds of what was not seen are joined to it,
/// as far as `range` (how large an effect can be) is known.
pub(super) fn mean(differences: Differences, range: Option<f64>) -> Measure {
    let (units, estimate, sd) = (differences.units(), differences.mean(), differences.sd());
    let common = common_value(differences.values());
    let moved = differences.values().iter().filter(|d| **d != common).count() as u64;
    let extreme = differences.values().iter().fold(0.0, |m: f64, d| m.max(d.abs()));
    let range = range.map(|r| r.max(extreme)).filter(|r| *r > 0.0);
    let few = moved < FEW_MOVED;
    let method = match (moved, few) {
        (0, _) => Method::Constant,
        (_, true) => Method::Joined,
        _ => Method::PairedT,
    };
    let interval = move |alpha: Alpha, scale: f64| {
        let n = (units as f64 * scale).max(1.0);
        let t = t_bounds(estimate, sd, n, alpha);
        match (few, range) {
            (false, _) => t,
            (true, None) => Interval::UNBOUNDED,
            (true, Some(range)) => {
                let unseen = unseen(estimate, moved as f64 * scale, range, n, alpha);
                if moved == 0 {
                    return unseen;
                }
                Interval { low: t.low.min(unseen.low), high: t.high.max(unseen.high) }
            }
        }
    };
    Measure::new(units, estimate, method, interval)
}

fn t_bounds(mean: f64, sd: f64, n: f64, alpha: Alpha) -> Interval {
    if sd == 0.0 || n < 2.0 {
        return Interval::UNBOUNDED;
    }
    let reach = alpha.t(n - 1.0) * sd / libm::sqrt(n);
    Interval { low: mean - reach, high: mean + reach }
}

/// However few units moved, the share that moves is at most Clopper and Pearson's bound, each of them by `range` at most.
fn unseen(mean: f64, moved: f64, range: f64, n: f64, alpha: Alpha) -> Interval {
    let n = n.round().clamp(1.0, 1e9);
    let moved = moved.round().clamp(0.0, n);
    let share = Share::new(moved as u64, n as u64).expect("moved units are part of all");
    let more = share.clopper_pearson(alpha).high - moved / n;
    Interval {
        low: (mean - (range + mean) * more).max(-range),
        high: (mean + (range - mean) * more).min(range),
    }
}

/// The most frequent of the first few values: the effect of units that do not move.
fn common_value(values: &[f64]) -> f64 {
    let zeros = values.iter().filter(|v| **v == 0.0).count();
    if zeros * 2 >= values.len() { 0.0 } else { values[0] }
}

/// The effects of a comparison over units with all answers that it needs.
pub(super) fn effects(
    values: &[Vec<f64>],
    comparison: &Comparison,
    over: super::decisions::Over,
) -> Vec<f64> {
    let mut effects = Vec::new();
    over.each(|unit| {
        let effect = comparison.effect(|arm| values[arm][unit]);
        if !effect.is_nan() {
            effects.push(effect);
        }
    });
    effects
}

/// The mean of such effects; none without a unit.
pub(super) fn mean_of(values: Vec<f64>, range: Option<f64>) -> Result<Option<Measure>, BadParameter> {
    if values.is_empty() {
        return Ok(None);
    }
    Ok(Some(mean(Differences::new(values)?, range)))
}
