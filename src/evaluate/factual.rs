//! Factual records: every unit once, in the arm that shows and follows its own levels.

use std::collections::BTreeMap;

use super::answers::Answers;
use super::covariates::{Cells, MISSING, covariates};
use crate::error::Result;
use crate::model::Model;
use crate::suite::{ArmEntry, Suite};

/// The own levels of units, and where their factual records are.
pub(super) struct Factual {
    /// The protected variables with their levels, in written order.
    pub(super) protected: Vec<(String, Vec<String>)>,
    /// By protected variable and unit, the place of the own level.
    pub(super) own: Vec<Vec<u32>>,
    /// By unit, the arm; none where no arm shows the unit as it is.
    pub(super) arm: Vec<Option<usize>>,
}

impl Factual {
    /// None where no unit has a factual record.
    pub(super) fn of(suite: &Suite, model: &Model) -> Result<Option<Self>> {
        let protected: Vec<(String, Vec<String>)> =
            model.protected.iter().map(|p| (p.name.clone(), p.levels.names().to_vec())).collect();
        let names: Vec<String> = protected.iter().map(|(name, _)| format!("own_{name}")).collect();
        let columns = covariates(suite, &names)?;
        let own: Vec<Vec<u32>> =
            columns.iter().zip(&protected).map(|(c, (_, levels))| places(&c.cells, levels)).collect();
        if own.len() < protected.len() {
            return Ok(None);
        }
        let units = own.first().map_or(0, Vec::len);
        let mut known: BTreeMap<Vec<u32>, Option<usize>> = BTreeMap::new();
        let arm: Vec<Option<usize>> = (0..units)
            .map(|unit| {
                let codes: Vec<u32> = own.iter().map(|levels| levels[unit]).collect();
                *known.entry(codes).or_insert_with_key(|codes| arm_of(suite, &protected, codes))
            })
            .collect();
        let any = arm.iter().any(Option::is_some);
        Ok(any.then_some(Self { protected, own, arm }))
    }

    /// The answer to a unit's factual record; NaN where there is none.
    pub(super) fn answer(&self, answers: &Answers, unit: usize) -> f64 {
        self.arm[unit].map_or(f64::NAN, |arm| answers.values[arm][unit])
    }
}

/// Codes in the order of a file become places among the levels as written.
fn places(cells: &Cells, levels: &[String]) -> Vec<u32> {
    let Cells::Codes { codes, names } = cells else { return Vec::new() };
    let place = |name: &String| levels.iter().position(|l| l == name).map_or(MISSING, |at| at as u32);
    let known: Vec<u32> = names.iter().map(place).collect();
    codes.iter().map(|code| known.get(*code as usize).copied().unwrap_or(MISSING)).collect()
}

fn arm_of(suite: &Suite, protected: &[(String, Vec<String>)], codes: &[u32]) -> Option<usize> {
    let fits = |arm: &ArmEntry| {
        let own = protected.iter().zip(codes).all(|((name, levels), code)| {
            let shown = arm.show.get(name).map_or("own", String::as_str);
            shown == "own" || levels.get(*code as usize).is_some_and(|level| level == shown)
        });
        own && arm.placebo_of.is_none()
            && arm.strength == suite.manifest.arms[0].strength
            && arm.follow.values().all(|follow| *follow == arm.show)
    };
    suite.manifest.arms.iter().position(fits)
}
