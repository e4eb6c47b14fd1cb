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

/// The mean effect on decisions: Tango's interval for one pair, MOVER over the pairs' for several.
///
/// Where few units move, and all one way, Tango's bounds are up to a tenth too near (no flip in 268 units would pass a
/// limit of 1 % that the truth meets exactly in 6.8 % of suites), and effects of pairs that cancel in every unit seen may not
/// in the next. There the bounds are never nearer than Clopper and Pearson's.
pub(super) fn net_flip(tally: &Rc<Tally>) -> Option<Measure> {
    if tally.units == 0 {
        return None;
    }
    let plain = tally.weights == [1.0];
    let method = if plain { Method::Tango } else { Method::MoverTango };
    let counted = Rc::clone(tally);
    let reach: f64 = tally.weights.iter().map(|w| w.abs()).sum();
    let interval = move |alpha: Alpha, scale: f64| {
        let joined = match plain {
            true => counted.table(0, scale).map_or(Interval::UNBOUNDED, |t| t.tango(alpha)),
            false => joined(
                &counted,
                scale,
                |table| (table.net_flip(), table.tango(alpha)),
                |i, j| counted.correlation(i, j),
            ),
        };
        let n = counted.units as f64 * scale;
        let centre = counted.net_flip();
        let [up, down, _] = counted.moved;
        let mut guarded = joined;
        if down == 0 && up < FEW_MOVED {
            let [below, above] = unseen_shares(up as f64 * scale, n, alpha).map(|share| reach * share);
            guarded = Interval { low: joined.low.min(centre - below), high: joined.high.max(centre + above) };
        }
        if up == 0 && down < FEW_MOVED {
            let [above, below] = unseen_shares(down as f64 * scale, n, alpha).map(|share| reach * share);
            guarded =
                Interval { low: guarded.low.min(centre - below), high: guarded.high.max(centre + above) };
        }
        Interval { low: guarded.low.max(-reach), high: guarded.high.min(reach) }
    };
    Some(Measure::new(tally.units, tally.net_flip(), method, interval))
}

/// By how much the share that moves may fall below `moved` of `n`, and exceed it: to Clopper and Pearson's bounds.
fn unseen_shares(moved: f64, n: f64, alpha: Alpha) -> [f64; 2] {
    let n = n.round().clamp(1.0, 1e9);
    let moved = moved.round().clamp(0.0, n);
    let share = Share::new(moved as u64, n as u64).expect("moved units are part of all");
    let bounds = share.clopper_pearson(alpha);
    [moved / n - bounds.low, bounds.high - moved / n]
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

/// The mean of units' effects: paired t, the bound on the side of the longer tail moved out by [`skewness`]. Where few units move, or none, the bounds of what was not seen are joined to it,
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
    let tail = skewness(differences.values(), estimate, sd);
    let interval = move |alpha: Alpha, scale: f64| {
        let n = (units as f64 * scale).max(1.0);
        let t = t_bounds(estimate, sd, tail, n, alpha);
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

/// mean ± t sd/√n, then sd γ (2z² + 1)/(6n) farther on the side of the longer tail, γ the skewness: what the studentised mean
/// of skew data lacks there. Hall (1983), "Inverting an Edgeworth expansion", Annals of Statistics 11, 569–576. The other
/// bound could be nearer by as much, and is left where it is.
fn t_bounds(mean: f64, sd: f64, skewness: f64, n: f64, alpha: Alpha) -> Interval {
    if sd == 0.0 || n < 2.0 {
        return Interval::UNBOUNDED;
    }
    let reach = alpha.t(n - 1.0) * sd / libm::sqrt(n);
    let z = alpha.z();
    let tail = sd * skewness * (2.0 * z * z + 1.0) / (6.0 * n);
    Interval { low: mean - reach + tail.min(0.0), high: mean + reach + tail.max(0.0) }
}

/// Σ(d − mean)³ / (n sd³); 0 without spread.
fn skewness(values: &[f64], mean: f64, sd: f64) -> f64 {
    if sd == 0.0 {
        return 0.0;
    }
    let cube = |d: &f64| {
        let u = (d - mean) / sd;
        u * u * u
    };
    values.iter().map(cube).sum::<f64>() / values.len() as f64
}

/// However few units moved, the share that moves is at most Clopper and Pearson's bound, each of them by `range` at most.
fn unseen(mean: f64, moved: f64, range: f64, n: f64, alpha: Alpha) -> Interval {
    let [_, more] = unseen_shares(moved, n, alpha);
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

/// The effects of a comparison over units with all answers that it needs, as multiples of `grain`: what is equal on paper
/// is equal, although 0.35 − 0.30 and 0.45 − 0.40 are not the same double.
pub(super) fn effects(
    values: &[Vec<f64>],
    comparison: &Comparison,
    over: super::decisions::Over,
    grain: f64,
) -> Vec<f64> {
    let mut effects = Vec::new();
    over.each(|unit| {
        let effect = comparison.effect(|arm| values[arm][unit]);
        if !effect.is_nan() {
            effects.push((effect / grain).round() * grain);
        }
    });
    effects
}

/// 2⁻⁴⁴ of the power of two above the largest answer: a thousand times the rounding errors of a few sums.
pub(super) fn grain(values: &[Vec<f64>]) -> f64 {
    let largest = values.iter().flatten().fold(0.0, |m: f64, v| if v.abs() > m { v.abs() } else { m });
    let (_, exponent) = libm::frexp(largest);
    libm::ldexp(1.0, (exponent - 44).max(-1000))
}

/// The mean of such effects; none without a unit.
pub(super) fn mean_of(values: Vec<f64>, range: Option<f64>) -> Result<Option<Measure>, BadParameter> {
    if values.is_empty() {
        return Ok(None);
    }
    Ok(Some(mean(Differences::new(values)?, range)))
}

#[cfg(test)]
mod tests {
    use super::super::comparison::Pair;
    use super::super::decisions::{Bits, Over};
    use super::super::evaluation::ContrastId;
    use super::*;

    fn alpha() -> Alpha {
        Alpha::one_sided(0.05).unwrap()
    }

    /// Arms 0 and 1, and the same again as arms 2 and 3: `up` units gain, `down` lose, of `units`.
    fn tally(up: usize, down: usize, units: usize, pairs: &[Pair]) -> Rc<Tally> {
        let arm = |target: bool| -> Vec<u8> {
            (0..units).map(|u| u8::from(if u < up { target } else { u < up + down && !target })).collect()
        };
        let bits = Bits { by_arm: vec![arm(true), arm(false), arm(true), arm(false)] };
        let comparison =
            Comparison { id: ContrastId::default(), pairs: pairs.to_vec(), placebos: Vec::new() };
        Rc::new(Tally::of(&bits, &comparison, Over::All(units)))
    }

    const ONE: Pair = Pair { target: 0, reference: 1, weight: 1.0 };
    const HALVES: [Pair; 2] =
        [Pair { target: 0, reference: 1, weight: 0.5 }, Pair { target: 2, reference: 3, weight: 0.5 }];

    #[test]
    fn two_pairs_that_are_the_same_have_the_interval_of_one() {
        let (one, two) = (tally(30, 12, 500, &[ONE]), tally(30, 12, 500, &HALVES));
        for (a, b) in [
            (net_flip(&one).unwrap(), net_flip(&two).unwrap()),
            (flip_rate(&one, Direction::Any).unwrap(), flip_rate(&two, Direction::Any).unwrap()),
        ] {
            let (a, b) = (a.interval(alpha()), b.interval(alpha()));
            assert!((a.low - b.low).abs() < 1e-9 && (a.high - b.high).abs() < 1e-9, "{a:?} {b:?}");
        }
    }

    #[test]
    fn few_flips_one_way_have_the_exact_bounds_of_their_rate() {
        let exact = Share::new(3, 400).unwrap().clopper_pearson(alpha());
        let interval = net_flip(&tally(3, 0, 400, &[ONE])).unwrap().interval(alpha());
        assert!((interval.high - exact.high).abs() < 1e-12);
        let mirrored = net_flip(&tally(0, 3, 400, &[ONE])).unwrap().interval(alpha());
        assert!((mirrored.low + interval.high).abs() < 1e-9 && (mirrored.high + interval.low).abs() < 1e-9);
    }

    #[test]
    fn pairs_that_cancel_for_everybody_are_not_certain_of_zero() {
        let against = [HALVES[0], Pair { target: 3, reference: 2, weight: 0.5 }];
        let measured = net_flip(&tally(100, 0, 200, &against)).unwrap();
        assert_eq!(measured.estimate, 0.0);
        let interval = measured.interval(alpha());
        assert!(interval.low < -0.01 && interval.high > 0.01, "{interval:?}");
    }

    #[test]
    fn a_long_tail_moves_the_bound_on_its_side_only() {
        let mut values = vec![0.0; 960];
        values.extend(vec![0.5; 40]);
        let skewed = mean(Differences::new(values.clone()).unwrap(), Some(1.0)).interval(alpha());
        let plain = Differences::new(values).unwrap().t_interval(alpha());
        assert!((skewed.low - plain.low).abs() < 1e-12);
        // sd γ (2z² + 1)/(6n): 0.09803 · 4.695 · 6.411 / 6000.
        assert!((skewed.high - plain.high - 4.918e-4).abs() < 1e-6, "{}", skewed.high - plain.high);
    }

    #[test]
    fn more_units_of_the_same_kind_narrow_every_interval() {
        let counted = tally(30, 12, 500, &[ONE]);
        let values: Vec<f64> = (0..500).map(|u| f64::from(u % 7) * 0.1).collect();
        for measure in [
            net_flip(&counted).unwrap(),
            flip_rate(&counted, Direction::Any).unwrap(),
            twin_ratio(&tally(60, 12, 500, &[ONE])).unwrap(),
            mean(Differences::new(values).unwrap(), None),
        ] {
            let (one, four) = (measure.scaled(alpha(), 1.0), measure.scaled(alpha(), 4.0));
            let ratio = (one.high - one.low) / (four.high - four.low);
            assert!((1.7..2.6).contains(&ratio), "{:?} {one:?} {four:?}", measure.method);
        }
    }
}
