//! What an effect is measured in.

use super::numerals::{Numerals, tidy};
use crate::evaluate::evaluation::{Bounds, OutputEvaluation, OutputKind};

/// What a figure is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// A difference of two rates, in points of a hundred.
    Points,
    /// A rate.
    Share,
    /// A difference on the output's own scale.
    Difference,
    /// A number on the output's own scale.
    Number,
    /// One rate over another.
    Ratio,
}

impl Measure {
    /// That of the mean effect on an output.
    pub(super) fn of_effect(output: &OutputEvaluation) -> Self {
        match output.kind {
            OutputKind::Decision => Measure::Points,
            OutputKind::Category => Measure::Share,
            OutputKind::Score | OutputKind::Number | OutputKind::Rank => Measure::Difference,
        }
    }

    /// That of the output itself, averaged over units.
    pub(super) fn of_level(output: &OutputEvaluation) -> Self {
        match output.kind {
            OutputKind::Decision | OutputKind::Category => Measure::Share,
            OutputKind::Score | OutputKind::Number | OutputKind::Rank => Measure::Number,
        }
    }

    /// That of a criterion's statistic on an output; `None` stands for an output that is not there.
    pub(super) fn of_statistic(statistic: &str, output: Option<&OutputEvaluation>) -> Self {
        let is_decision = output.is_some_and(|o| o.kind == OutputKind::Decision);
        match statistic {
            "net-flip" => Measure::Points,
            "flip-rate" => Measure::Share,
            "impact-ratio" => Measure::Ratio,
            "mean" if is_decision => Measure::Points,
            "mean-size" if is_decision => Measure::Share,
            "mean-size" => Measure::Number,
            _ => Measure::Difference,
        }
    }

    /// Whether figures are drawn in hundredths.
    fn factor(self) -> f64 {
        match self {
            Measure::Points | Measure::Share => 100.0,
            Measure::Difference | Measure::Number | Measure::Ratio => 1.0,
        }
    }

    /// The figure alone, with its sign where it is a difference.
    pub(super) fn bare(self, x: f64, numerals: Numerals) -> String {
        let x = if self.factor() == 1.0 { x } else { tidy(x * self.factor()) };
        match self {
            Measure::Points | Measure::Difference => numerals.signed(x),
            Measure::Share | Measure::Number | Measure::Ratio => numerals.number(x),
        }
    }

    /// The figure with its unit: "+1.2 pts", "3.4%", "0.81".
    pub(super) fn with_unit(self, x: f64, numerals: Numerals) -> String {
        match self {
            Measure::Points => format!("{}\u{a0}pts", self.bare(x, numerals)),
            Measure::Share => numerals.percent(x),
            _ => self.bare(x, numerals),
        }
    }

    /// The size of a figure with its unit.
    pub(super) fn size(self, x: f64, numerals: Numerals) -> String {
        let signless = if self == Measure::Difference { Measure::Number } else { self };
        signless.with_unit(x.abs(), numerals).trim_start_matches('+').to_owned()
    }

    /// The figure, or "—".
    pub(super) fn maybe(self, x: Option<f64>, numerals: Numerals) -> String {
        x.map_or_else(|| "—".to_owned(), |x| self.with_unit(x, numerals))
    }

    /// An interval in brackets, "—" where no side is bounded.
    pub(super) fn interval(self, bounds: Option<&Bounds>, numerals: Numerals) -> String {
        match bounds.map(|b| (b.low, b.high)) {
            None | Some((None, None)) => "—".to_owned(),
            Some((low, high)) => {
                let low = low.map_or_else(|| "−∞".to_owned(), |x| self.bare(x, numerals));
                let high = high.map_or_else(|| "+∞".to_owned(), |x| self.bare(x, numerals));
                let unit = match self {
                    Measure::Points => "\u{a0}pts".to_owned(),
                    Measure::Share => numerals.percent_sign().to_owned(),
                    _ => String::new(),
                };
                format!("{}{unit}", numerals.interval(&low, &high))
            }
        }
    }
}
