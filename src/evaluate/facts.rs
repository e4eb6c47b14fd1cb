//! What an evaluation says of its suite and policy.

use super::evaluation::{ArmFacts, Held, Localised, Moved, MovedColumn, PolicyFacts, SuiteFacts};
use crate::model::Model;
use crate::policy::Policy;
use crate::scenario;
use crate::suite::{ColumnEntry, Suite};

fn localised(text: &scenario::Localised) -> Localised {
    let both = [("en", &text.en), ("fr", &text.fr)];
    both.into_iter().filter_map(|(tag, text)| Some((tag.to_owned(), text.clone()?))).collect()
}

pub(super) fn suite_facts(suite: &Suite, model: &Model) -> SuiteFacts {
    let manifest = &suite.manifest;
    let header = &model.scenario.header;
    let arms = manifest.arms.iter().map(|arm| ArmFacts {
        name: arm.name.clone(),
        show: arm.show.clone(),
        follow: arm.follow.clone(),
        placebo_of: arm.placebo_of.clone(),
    });
    SuiteFacts {
        id: manifest.suite_id.clone(),
        content_hash: manifest.content_hash.clone(),
        seed: manifest.seed,
        scenario: manifest.scenario.name.clone(),
        scenario_version: manifest.scenario.version.clone(),
        scenario_hash: manifest.scenario.hash.clone(),
        overridden: manifest.scenario.overridden,
        language: header.language.tag().to_owned(),
        title: localised(&header.title),
        about: localised(&header.about),
        authors: header.authors.clone(),
        units: manifest.units,
        design: manifest.design.clone(),
        protected: model.protected.iter().map(|p| (p.name.clone(), p.levels.names().to_vec())).collect(),
        has_placebo: manifest.arms.iter().any(|a| a.placebo_of.is_some()),
        arms: arms.collect(),
        moved: moved(suite, model),
        held: held(suite, model),
        sources: manifest.sources.clone(),
    }
}

/// Columns that differ between arms, the protected ones first, then by group.
fn moved(suite: &Suite, model: &Model) -> Vec<Moved> {
    let varying: Vec<&ColumnEntry> = data_columns(suite).filter(|c| c.varies).collect();
    let mut found: Vec<Moved> = Vec::new();
    for column in varying {
        let entry = MovedColumn {
            name: column.name.clone(),
            kind: column.kind.clone(),
            about: about(model, &column.name),
        };
        match found.iter_mut().find(|m| m.group == column.group) {
            Some(moved) => moved.columns.push(entry),
            None => {
                let group = model.groups.iter().find(|g| Some(&g.name) == column.group.as_ref());
                let about = group.map(|g| localised(&g.about)).unwrap_or_default();
                found.push(Moved { group: column.group.clone(), about, columns: vec![entry] });
            }
        }
    }
    found.sort_by_key(|m| m.group.is_some());
    found
}

fn held(suite: &Suite, model: &Model) -> Vec<Held> {
    let shared = data_columns(suite).filter(|c| !c.varies);
    let held =
        |c: &ColumnEntry| Held { name: c.name.clone(), role: c.role.clone(), about: about(model, &c.name) };
    shared.map(held).collect()
}

fn data_columns(suite: &Suite) -> impl Iterator<Item = &ColumnEntry> {
    suite.manifest.columns.iter().filter(|c| !matches!(c.role.as_str(), "id" | "arm"))
}

fn about(model: &Model, name: &str) -> Localised {
    let variable = model.variables.iter().find(|v| v.name == name).map(|v| &v.about);
    let protected = model.protected.iter().find(|p| p.name == name).map(|p| &p.about);
    variable.or(protected).map(localised).unwrap_or_default()
}

pub(super) fn policy_facts(policy: &Policy) -> PolicyFacts {
    PolicyFacts {
        name: policy.name.clone(),
        title: localised(&policy.title),
        hash: policy.hash.clone(),
        alpha: policy.alpha,
        text: policy.text.clone(),
        is_default: policy.is_default,
    }
}
