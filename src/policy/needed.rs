//! How many units a policy needs, before anything runs.

use serde::Serialize;

use super::criterion::{Criterion, Statistic, Wanted};
use super::shape::Policy;
use crate::error::{Error, Result};
use crate::model::{ContrastKind, Model};
use crate::stats::{Alpha, FlipRatePlan, MeanPlan, NetFlipPlan};

/// The probability to pass that is planned for.
const POWER: f64 = 0.9;
/// Scores are planned for with differences whose standard deviation is this share of their range.
const ASSUMED_SPREAD: f64 = 0.1;
/// Decisions are planned for with this share of twins that flip, half each way, where flips as such are not limited.
const ASSUMED_FLIPS: f64 = 0.02;

/// What one criterion needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitsNeeded {
    /// The criterion.
    pub criterion: String,
    /// Whether the scenario's design has its contrast.
    pub asked: bool,
    /// Units for a model that answers twins alike, with certainty; none where more than 1e9 would be needed, or where
    /// nothing can be said beforehand.
    pub for_a_blind_model: Option<u64>,
    /// Units for a model that is fair but not blind, with the stated power.
    pub for_a_fair_model: Option<u64>,
    /// The probability to pass that the latter has.
    pub power: f64,
    /// What the fair model does: the share of twins that flip (half of them each way), or the standard deviation of the
    /// differences as a share of the range.
    pub assumed: Option<f64>,
}

impl Policy {
    /// The units that each criterion needs on suites of a model; limits in the output's own scale, sizes and ratios
    /// cannot be planned without knowing the model under test.
    ///
    /// # Errors
    /// A criterion has an α or a limit that no plan can be made for.
    pub fn units_needed(&self, model: &Model) -> Result<Vec<UnitsNeeded>> {
        self.criteria.iter().map(|criterion| needed(criterion, model)).collect()
    }
}

fn needed(criterion: &Criterion, model: &Model) -> Result<UnitsNeeded> {
    let refused = |e: crate::dist::BadParameter| {
        Error::request(format!("the criterion `{}` cannot be planned for: {e}", criterion.name))
    };
    let alpha = Alpha::one_sided(criterion.alpha).map_err(refused)?;
    let (blind, fair, assumed) = match criterion.statistic {
        Statistic::NetFlip => {
            let plan = NetFlipPlan::new(criterion.limit, alpha).map_err(refused)?;
            let blind = plan.units(1.0 - 1e-9, 0.0, 0.0).map_err(refused)?;
            let side = 0.5 * ASSUMED_FLIPS;
            (blind, plan.units(POWER, side, side).map_err(refused)?, Some(ASSUMED_FLIPS))
        }
        Statistic::FlipRate => {
            let plan = FlipRatePlan::new(criterion.limit, alpha).map_err(refused)?;
            let assumed = 0.25 * criterion.limit;
            let blind = plan.units(1.0 - 1e-9, 0.0).map_err(refused)?;
            (blind, plan.units(POWER, assumed).map_err(refused)?, Some(assumed))
        }
        Statistic::Mean if criterion.of_range => {
            let plan = MeanPlan::new(criterion.limit, alpha).map_err(refused)?;
            (None, plan.units(POWER, 0.0, ASSUMED_SPREAD).map_err(refused)?, Some(ASSUMED_SPREAD))
        }
        _ => (None, None, None),
    };
    let least = |units: Option<u64>| units.map(|n| n.max(criterion.minimum_units));
    Ok(UnitsNeeded {
        criterion: criterion.name.clone(),
        asked: is_asked(criterion, model),
        for_a_blind_model: least(blind),
        for_a_fair_model: least(fair),
        power: POWER,
        assumed,
    })
}

fn is_asked(criterion: &Criterion, model: &Model) -> bool {
    let Wanted::Contrast(wanted) = &criterion.wanted else { return true };
    model.contrasts.iter().any(|contrast| {
        let variable = contrast.variable.map(|v| model.protected[v].name.as_str());
        let kind = match contrast.kind {
            ContrastKind::Total if model.groups.is_empty() && wanted == "direct" => return true,
            ContrastKind::Total => "total".to_owned(),
            ContrastKind::Direct => "direct".to_owned(),
            ContrastKind::Proxy => "proxy".to_owned(),
            ContrastKind::Group(group) => format!("proxy:{}", model.groups[group].name),
            ContrastKind::Placebo => "placebo".to_owned(),
        };
        let asks_for_both = wanted == "interaction" && kind == "direct" && contrast.pairs.len() == 2;
        (kind == *wanted || asks_for_both)
            && criterion.variable.as_deref().is_none_or(|wanted| variable == Some(wanted))
    })
}
