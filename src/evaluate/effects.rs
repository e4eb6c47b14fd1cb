//! From a comparison and answers to its effect.

use std::rc::Rc;

use super::answers::Answers;
use super::comparison::Comparison;
use super::decisions::{Bits, Over, Tally};
use super::evaluation::{EValue, Effect, Flips, Method, OutputKind, Test, TestMethod, TwinRatio, WorstCase};
use super::measure::{self, Direction, Measure, bounds};
use super::options::Settings;
use crate::error::{Error, Result};
use crate::stats::{
    Alpha, Bootstrap, Differences, McNemar, PValue, PairedTable, SignFlip, SignWealth, Transitions,
};

/// Signs are flipped where at most so many units move; beyond, Student's t gives the same p to all digits that count.
const MOST_FLIPPED: u64 = 5_000;

/// One output, prepared once for all comparisons.
pub(super) struct Prepared<'a> {
    pub(super) answers: &'a Answers,
    /// Decisions as bits.
    pub(super) bits: Option<Bits>,
    /// Whether every decision is 0 or 1, so that counts say all.
    pub(super) binary: bool,
    /// Effects are told apart down to this.
    grain: f64,
}

impl<'a> Prepared<'a> {
    pub(super) fn of(answers: &'a Answers) -> Self {
        let decision = answers.kind == OutputKind::Decision;
        Self {
            answers,
            bits: decision.then(|| Bits::of(answers)),
            binary: answers.is_binary(),
            grain: measure::grain(&answers.values),
        }
    }

    pub(super) fn all(&self) -> Over<'static> {
        Over::All(self.answers.units())
    }

    pub(super) fn tally(&self, comparison: &Comparison, over: Over) -> Option<Rc<Tally>> {
        self.bits.as_ref().map(|bits| Rc::new(Tally::of(bits, comparison, over)))
    }

    /// The effects of a comparison, unit by unit.
    pub(super) fn effects(&self, comparison: &Comparison, over: Over) -> Vec<f64> {
        measure::effects(&self.answers.values, comparison, over, self.grain)
    }

    /// The mean effect: net flip of decisions, mean difference of numbers.
    pub(super) fn mean(&self, comparison: &Comparison, over: Over) -> Result<Option<Measure>> {
        match self.tally(comparison, over) {
            Some(tally) if self.binary => Ok(measure::net_flip(&tally)),
            _ if !self.answers.has_mean() => Ok(None),
            _ => {
                let values = self.effects(comparison, over);
                let range = self.answers.span().map(|span| span * comparison.reach());
                measure::mean_of(values, range).map_err(impossible)
            }
        }
    }

    /// How often twins differ, of decisions and categories.
    pub(super) fn flip_rate(&self, comparison: &Comparison, over: Over) -> Option<Measure> {
        if !self.answers.has_flips() || !comparison.is_mean() {
            return None;
        }
        match self.tally(comparison, over) {
            Some(tally) => measure::flip_rate(&tally, Direction::Any),
            None => measure::flip_rate(&Rc::new(self.differing(comparison, over)), Direction::Any),
        }
    }

    /// Whether pairs differ, as if against an arm where nothing does.
    fn differing(&self, comparison: &Comparison, over: Over) -> Tally {
        let places: Vec<(usize, usize)> = comparison.pairs.iter().map(|p| (p.target, p.reference)).collect();
        let mut bits = Bits::differing(self.answers, &places);
        bits.by_arm.push(vec![0; self.answers.units()]);
        let mut pairs = comparison.pairs.clone();
        for (at, pair) in pairs.iter_mut().enumerate() {
            (pair.target, pair.reference) = (at, places.len());
        }
        let over_nothing = Comparison { pairs, placebos: Vec::new(), id: comparison.id.clone() };
        Tally::of(&bits, &over_nothing, over)
    }
}

/// Answers were checked at the door; a statistic that refuses them is told, not hidden.
pub(super) fn impossible(error: crate::dist::BadParameter) -> Error {
    Error::request(format!("a statistic cannot be computed: {error}"))
}

/// The effect of a comparison on an output, over all units.
pub(super) fn effect(
    prepared: &Prepared,
    comparison: &Comparison,
    arms: &[String],
    settings: &Settings,
) -> Result<Effect> {
    let mut effect = Effect {
        contrast: comparison.id.clone(),
        pairs: comparison.named(arms),
        units: 0,
        estimate: None,
        sd: None,
        interval: None,
        bootstrap: None,
        tests: Vec::new(),
        up: 0,
        down: 0,
        unmoved: 0,
        hodges_lehmann: None,
        flips: None,
        ratio: None,
        worst_case: worst_case(prepared.answers, comparison),
        e_value: None,
    };
    let tally = prepared.tally(comparison, prepared.all());
    match (&tally, prepared.answers.kind) {
        (_, OutputKind::Category) => category(&mut effect, prepared, comparison, settings.alpha),
        (Some(tally), _) => {
            decision(&mut effect, prepared, comparison, tally, settings)?;
            if !prepared.binary {
                number(&mut effect, prepared, comparison, settings)?;
            }
        }
        (None, _) => number(&mut effect, prepared, comparison, settings)?,
    }
    if effect.units > 0 && prepared.answers.has_mean() {
        effect.e_value = Some(e_value(effect.up, effect.down));
    }
    Ok(effect)
}

/// The sign wealth of all units: it depends on how many go either way, not on their order.
fn e_value(up: u64, down: u64) -> EValue {
    let mut wealth = SignWealth::new();
    (0..up).for_each(|_| wealth.observe(1.0));
    (0..down).for_each(|_| wealth.observe(-1.0));
    EValue { log_e: wealth.ln_e() }
}

fn decision(
    effect: &mut Effect,
    prepared: &Prepared,
    comparison: &Comparison,
    tally: &Rc<Tally>,
    settings: &Settings,
) -> Result<()> {
    let alpha = settings.alpha;
    effect.units = tally.units;
    [effect.up, effect.down, effect.unmoved] = tally.moved;
    let Some(net) = measure::net_flip(tally) else { return Ok(()) };
    if prepared.binary {
        effect.estimate = Some(net.estimate);
        effect.sd = Some(tally.sd());
        effect.interval = Some(net.bounds(alpha));
        effect.tests = match (&tally.weights[..], tally.table(0, 1.0)) {
            ([1.0], Some(table)) => vec![test(TestMethod::McNemarMidP, table.mcnemar(McNemar::MidP))],
            _ => vec![exchange_test(prepared, comparison, settings)?],
        };
    }
    if comparison.is_mean() {
        effect.flips = flips(tally, alpha);
        let [target_rate, reference_rate] = measure::rates(tally);
        effect.ratio = measure::twin_ratio(tally).map(|ratio| TwinRatio {
            target_rate,
            reference_rate,
            ratio: ratio.estimated(alpha),
        });
    }
    Ok(())
}

/// Could labels have been exchanged within units? Signs are flipped, or Student's t stands for that where many move.
fn exchange_test(prepared: &Prepared, comparison: &Comparison, settings: &Settings) -> Result<Test> {
    let values = prepared.effects(comparison, prepared.all());
    let differences = Differences::new(values).map_err(impossible)?;
    if differences.share_moved().count() > MOST_FLIPPED {
        return Ok(test(TestMethod::PairedT, differences.t_test(0.0)));
    }
    let flips = SignFlip::new(2_000, settings.seed, "sign flips").map_err(impossible)?;
    Ok(test(TestMethod::SignFlip, differences.sign_flip(&flips)))
}

fn test(method: TestMethod, p: PValue) -> Test {
    Test { method, two_sided: p.two_sided, greater: Some(p.greater), less: Some(p.less) }
}

fn flips(tally: &Rc<Tally>, alpha: Alpha) -> Option<Flips> {
    let of = |direction| measure::flip_rate(tally, direction).map(|m| m.estimated(alpha));
    let odds = match (&tally.weights[..], tally.table(0, 1.0)) {
        ([1.0], Some(table)) => Some(odds(&table, alpha)),
        _ => None,
    };
    Some(Flips {
        rate: of(Direction::Any)?,
        to_target: of(Direction::ToTarget),
        to_reference: of(Direction::ToReference),
        count_to_target: tally.cells.iter().map(|c| c[1]).sum(),
        count_to_reference: tally.cells.iter().map(|c| c[2]).sum(),
        odds,
        transitions: Vec::new(),
    })
}

fn odds(table: &PairedTable, alpha: Alpha) -> super::evaluation::Estimate {
    let interval = bounds(table.discordant_odds_interval(alpha), alpha, Method::ExactOdds);
    super::evaluation::Estimate { estimate: measure::finite(table.discordant_odds()), interval }
}

fn number(
    effect: &mut Effect,
    prepared: &Prepared,
    comparison: &Comparison,
    settings: &Settings,
) -> Result<()> {
    let alpha = settings.alpha;
    let values = prepared.effects(comparison, prepared.all());
    effect.units = values.len() as u64;
    if values.is_empty() {
        return Ok(());
    }
    let differences = Differences::new(values).map_err(impossible)?;
    effect.up = differences.share_above_zero().count();
    effect.down = differences.share_moved().count() - effect.up;
    effect.unmoved = effect.units - effect.up - effect.down;
    effect.estimate = Some(differences.mean());
    effect.sd = Some(differences.sd());
    effect.tests = vec![
        test(TestMethod::PairedT, differences.t_test(0.0)),
        test(TestMethod::WilcoxonPratt, differences.wilcoxon()),
    ];
    if let Some(replicates) = settings.replicates(effect.units) {
        let bootstrap = Bootstrap::new(replicates, settings.seed, "bootstrap").map_err(impossible)?;
        effect.bootstrap = Some(bounds(differences.bca_interval(&bootstrap, alpha), alpha, Method::Bca));
    }
    effect.hodges_lehmann = Some(super::evaluation::Estimate {
        estimate: Some(differences.hodges_lehmann()),
        interval: bounds(differences.hodges_lehmann_interval(alpha), alpha, Method::WalshRanks),
    });
    let range = prepared.answers.span().map(|span| span * comparison.reach());
    effect.interval = Some(measure::mean(differences, range).bounds(alpha));
    Ok(())
}

fn category(effect: &mut Effect, prepared: &Prepared, comparison: &Comparison, alpha: Alpha) {
    let tally = Rc::new(prepared.differing(comparison, prepared.all()));
    effect.units = tally.units;
    effect.unmoved = tally.moved[2];
    let Some(rate) = measure::flip_rate(&tally, Direction::Any) else { return };
    let levels = prepared.answers.categories.len();
    let mut counts = vec![0u64; levels * levels];
    for pair in &comparison.pairs {
        let (target, reference) =
            (&prepared.answers.values[pair.target], &prepared.answers.values[pair.reference]);
        let both = target.iter().zip(reference).filter(|(t, r)| !t.is_nan() && !r.is_nan());
        both.for_each(|(t, r)| counts[*r as usize * levels + *t as usize] += 1);
    }
    let transitions = counts.chunks(levels.max(1)).map(<[u64]>::to_vec).collect();
    if let Ok(table) = Transitions::new(levels, counts) {
        effect.tests =
            vec![Test { method: TestMethod::Bowker, two_sided: table.bowker(), greater: None, less: None }];
    }
    effect.flips = Some(Flips {
        rate: rate.estimated(alpha),
        to_target: None,
        to_reference: None,
        count_to_target: 0,
        count_to_reference: 0,
        odds: None,
        transitions,
    });
}

/// The mean effect with every missing answer at the worse and at the better end of its range; none without a range.
fn worst_case(answers: &Answers, comparison: &Comparison) -> Option<WorstCase> {
    let range = answers.range.filter(|_| answers.has_mean())?;
    let (mut missing, mut low, mut high) = (0u64, 0.0, 0.0);
    let arms = comparison.arms();
    for unit in 0..answers.units() {
        let effect = comparison.effect(|arm| answers.values[arm][unit]);
        if !effect.is_nan() {
            low += effect;
            high += effect;
            continue;
        }
        missing += 1;
        for arm in &arms {
            let weight: f64 = comparison
                .pairs
                .iter()
                .map(|p| p.weight * (f64::from(p.target == *arm) - f64::from(p.reference == *arm)))
                .sum();
            let value = answers.values[*arm][unit];
            let ends = if value.is_nan() { [range.low, range.high] } else { [value; 2] };
            let ends = ends.map(|end| weight * end);
            low += ends[0].min(ends[1]);
            high += ends[0].max(ends[1]);
        }
    }
    let units = answers.units() as f64;
    (missing > 0).then(|| WorstCase { missing_units: missing, lowest: low / units, highest: high / units })
}
