//! One measure against one limit.

use super::evaluation::{Bounds, ContrastId, Judged, Reason, SliceTerm};
use super::measure::Measure;
use crate::policy::{Criterion, Statistic};
use crate::stats::{Alpha, Interval};
use crate::verdict::Verdict;

/// More units than this are not said to be needed.
const MOST_UNITS: f64 = 1e9;
/// The smallest p that is told apart from 0.
const SMALLEST_P: f64 = 1e-15;

/// Between which values a statistic must be shown to lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Limits {
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
}

impl Limits {
    /// Of a criterion on the output's scale; `span` is the width of the output's range.
    pub(super) fn of(criterion: &Criterion, span: Option<f64>) -> Option<Self> {
        let limit = if criterion.of_range { criterion.limit * span? } else { criterion.limit };
        Some(match criterion.statistic {
            Statistic::NetFlip | Statistic::Mean => Self { low: Some(-limit), high: Some(limit) },
            Statistic::FlipRate | Statistic::MeanSize => Self { low: None, high: Some(limit) },
            // Neither group's rate below that share of the other's.
            Statistic::ImpactRatio => Self { low: Some(limit), high: Some(1.0 / limit) },
        })
    }

    /// Wholly inside. The bound of a flip rate or difference must be below its limit; a ratio may equal it.
    fn hold(&self, interval: &Interval, statistic: Statistic) -> bool {
        let inclusive = statistic == Statistic::ImpactRatio;
        let above = |low: f64| interval.low > low || (inclusive && interval.low == low);
        let below = |high: f64| interval.high < high || (inclusive && interval.high == high);
        self.low.is_none_or(above) && self.high.is_none_or(below)
    }

    /// Wholly outside.
    fn exclude(&self, interval: &Interval) -> bool {
        self.low.is_some_and(|low| interval.high < low) || self.high.is_some_and(|high| interval.low > high)
    }

    /// How much of the limit the interval uses up: 1 at the limit.
    fn tension(&self, bounds: Option<&Bounds>) -> f64 {
        let Some(bounds) = bounds else { return f64::INFINITY };
        let high = self.high.map_or(0.0, |limit| bounds.high.map_or(f64::INFINITY, |h| h / limit));
        let low = self.low.map_or(0.0, |limit| match bounds.low {
            None => f64::INFINITY,
            Some(low) if limit < 0.0 => low / limit,
            Some(low) => limit / low.max(f64::MIN_POSITIVE),
        });
        high.max(low)
    }
}

/// What is judged, and where.
pub(super) struct Subject {
    pub(super) output: String,
    pub(super) contrast: ContrastId,
    pub(super) slice: Vec<SliceTerm>,
    pub(super) beyond_placebos: bool,
}

/// The verdict on one comparison; a fail still has to survive the adjustment over all of them.
pub(super) fn judge(
    subject: Subject,
    measured: Option<&Measure>,
    limits: Limits,
    criterion: &Criterion,
    alpha: Alpha,
) -> Judged {
    let mut judged = Judged {
        output: subject.output,
        contrast: subject.contrast,
        slice: subject.slice,
        beyond_placebos: subject.beyond_placebos,
        verdict: Verdict::NoData,
        reason: Reason::NoAnswers,
        estimate: measured.and_then(|m| super::measure::finite(m.estimate)),
        interval: measured.map(|m| m.bounds(alpha)),
        low_limit: limits.low,
        high_limit: limits.high,
        units: measured.map_or(0, |m| m.units),
        p_outside: None,
        p_outside_adjusted: None,
        units_needed: None,
    };
    let Some(measured) = measured else { return judged };
    if measured.units < criterion.minimum_units {
        judged.reason = Reason::TooFewUnits;
        judged.units_needed = Some(criterion.minimum_units);
        return judged;
    }
    let interval = measured.interval(alpha);
    (judged.verdict, judged.reason) = if limits.hold(&interval, criterion.statistic) {
        (Verdict::Pass, Reason::Inside)
    } else if limits.exclude(&interval) {
        judged.p_outside = Some(p_outside(measured, limits, alpha));
        (Verdict::Fail, Reason::Outside)
    } else {
        judged.units_needed = units_needed(measured, limits, criterion.statistic, alpha);
        (Verdict::Inconclusive, Reason::Straddles)
    };
    judged
}

/// The smallest α at which the interval still lies outside: the p-value of the test that the interval inverts.
fn p_outside(measured: &Measure, limits: Limits, alpha: Alpha) -> f64 {
    let is_outside = |p: f64| Alpha::one_sided(p).is_ok_and(|at| limits.exclude(&measured.interval(at)));
    let (mut low, mut high) = (libm::log(SMALLEST_P), libm::log(alpha.value()));
    if is_outside(SMALLEST_P) {
        return SMALLEST_P;
    }
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if is_outside(libm::exp(middle)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    libm::exp(high)
}

/// The units at which the same shares and spreads would lie inside or outside, to one in ten thousand; none up to a billion.
fn units_needed(measured: &Measure, limits: Limits, statistic: Statistic, alpha: Alpha) -> Option<u64> {
    let decides = |units: u64| {
        let interval = measured.scaled(alpha, units as f64 / measured.units as f64);
        limits.hold(&interval, statistic) || limits.exclude(&interval)
    };
    let mut low = measured.units;
    let mut high = 2 * low.max(1);
    while !decides(high) {
        low = high;
        high *= 2;
        if high as f64 > MOST_UNITS {
            return None;
        }
    }
    while high - low > 1 + high / 10_000 {
        let middle = low + (high - low) / 2;
        if decides(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

/// Adjusts fails by Holm over all comparisons of the criterion, and finds the one that decides.
pub(super) fn settle(judged: &mut [Judged], alpha: f64) -> (Verdict, Option<usize>) {
    let p: Vec<f64> = judged.iter().map(|j| j.p_outside.unwrap_or(1.0)).collect();
    let adjusted = crate::stats::holm(&p).unwrap_or(p);
    for (one, p) in judged.iter_mut().zip(adjusted).filter(|(j, _)| j.p_outside.is_some()) {
        one.p_outside_adjusted = Some(p);
        if p > alpha {
            one.verdict = Verdict::Inconclusive;
            one.reason = Reason::OutsideUnadjusted;
        }
    }
    let verdict = Verdict::overall(judged.iter().map(|j| j.verdict));
    let weight = |j: &Judged| match j.p_outside_adjusted {
        Some(p) if j.verdict == Verdict::Fail => -p,
        _ => Limits { low: j.low_limit, high: j.high_limit }.tension(j.interval.as_ref()),
    };
    let among = judged.iter().enumerate().filter(|(_, j)| j.verdict == verdict);
    let deciding = among.max_by(|a, b| weight(a.1).total_cmp(&weight(b.1)).then(b.0.cmp(&a.0)));
    (verdict, deciding.map(|(at, _)| at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluation::Method;
    use crate::policy::Policy;

    /// A measure whose interval is estimate ± half / √scale at α = 5 %, wider for smaller α.
    fn measure(estimate: f64, half: f64) -> Measure {
        Measure::new(1000, estimate, Method::PairedT, move |alpha: Alpha, scale: f64| {
            let reach = half * alpha.z() / 1.6448536269514722 / scale.sqrt();
            Interval { low: estimate - reach, high: estimate + reach }
        })
    }

    fn judged(name: &str, estimate: f64, half: f64) -> Judged {
        let policy = Policy::default();
        let criterion = policy.criteria.iter().find(|c| c.name == name).unwrap();
        let limits = Limits::of(criterion, Some(1.0)).unwrap();
        let subject = Subject {
            output: String::new(),
            contrast: ContrastId::default(),
            slice: Vec::new(),
            beyond_placebos: false,
        };
        judge(subject, Some(&measure(estimate, half)), limits, criterion, Alpha::one_sided(0.05).unwrap())
    }

    #[test]
    fn inside_passes_outside_fails_and_between_nothing_is_said() {
        assert_eq!(judged("direct-net-flip", 0.0, 0.005).verdict, Verdict::Pass);
        assert_eq!(judged("direct-net-flip", -0.02, 0.005).verdict, Verdict::Fail);
        assert_eq!(judged("direct-net-flip", 0.02, 0.005).verdict, Verdict::Fail);
        let between = judged("direct-net-flip", 0.005, 0.01);
        assert_eq!(between.verdict, Verdict::Inconclusive);
        // Half the width decides: 0.005 + 0.01/√4 is the limit.
        let needed = between.units_needed.unwrap() as f64;
        assert!((needed - 4000.0).abs() < 5.0, "{needed}");
    }

    #[test]
    fn a_ratio_whose_bound_is_exactly_the_limit_passes() {
        let limits = Limits { low: Some(0.80), high: Some(1.25) };
        let holds = |low, high, statistic| limits.hold(&Interval { low, high }, statistic);
        assert!(holds(0.80, 1.25, Statistic::ImpactRatio));
        assert!(!holds(0.7999999, 1.2, Statistic::ImpactRatio));
        assert!(!holds(0.80, 1.2, Statistic::NetFlip));
    }

    #[test]
    fn an_estimate_on_the_limit_is_never_decided_by_more_units() {
        assert_eq!(judged("direct-net-flip", 0.01, 0.005).units_needed, None);
    }

    #[test]
    fn the_p_value_is_where_the_interval_touches_the_limit() {
        // z = (0.02 − 0.01) / (0.005 / 1.6449) = 3.2897.
        let p = judged("direct-net-flip", 0.02, 0.005).p_outside.unwrap();
        assert!((p - 5.0154e-4).abs() < 1e-7, "{p}");
    }

    #[test]
    fn one_fail_among_many_comparisons_has_to_survive_their_number() {
        let weak = || judged("direct-net-flip", 0.0155, 0.005);
        let p = weak().p_outside.unwrap();
        assert!(p > 0.025 && p < 0.05, "{p}");
        let (alone, deciding) = settle(&mut [weak()], 0.05);
        assert_eq!((alone, deciding), (Verdict::Fail, Some(0)));
        let mut two = [judged("direct-net-flip", 0.0, 0.005), weak()];
        assert_eq!(settle(&mut two, 0.05), (Verdict::Inconclusive, Some(1)));
        assert_eq!(two[1].reason, Reason::OutsideUnadjusted);
    }
}
