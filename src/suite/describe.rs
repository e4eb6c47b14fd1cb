//! The manifest of a model, before its files are written.

use std::collections::BTreeMap;

use super::manifest::{
    ArmEntry, ColumnEntry, ContrastEntry, FORMAT_VERSION, Manifest, ScenarioEntry, SourceEntry,
    VALUES_VERSION,
};
use super::writer::Format;
use crate::error::{Error, Result};
use crate::model::{Arm, Contrast, ContrastKind, LevelRef, Model, Plan};

pub(super) fn manifest(model: &Model, plan: &Plan, units: u64, seed: u64, format: Format) -> Manifest {
    let header = &model.scenario.header;
    let hash = scenario_hash(model);
    Manifest {
        format_version: FORMAT_VERSION,
        tool: format!("jumelles {}", env!("CARGO_PKG_VERSION")),
        values_version: VALUES_VERSION,
        suite_id: suite_id(&hash, seed),
        scenario: ScenarioEntry {
            name: header.name.value.clone(),
            version: header.version.clone(),
            hash,
            overridden: model.scenario.overridden(),
            attached: model.attached.iter().map(|a| a.name.clone()).collect(),
        },
        seed,
        units,
        file_format: format.word().to_owned(),
        design: model.scenario.design.kind.value.word().to_owned(),
        arms: model.arms.iter().map(|arm| arm_entry(model, arm)).collect(),
        contrasts: model.contrasts.iter().map(|c| contrast_entry(model, c)).collect(),
        columns: columns(model, plan),
        truth: truth(model),
        files: Vec::new(),
        content_hash: String::new(),
        sources: model
            .scenario
            .sources
            .iter()
            .map(|s| SourceEntry {
                id: s.id.value.clone(),
                title: s.title.clone(),
                publisher: s.publisher.clone(),
                year: s.year,
                url: s.url.clone(),
                licence: s.licence.clone(),
            })
            .collect(),
        synthetic: true,
    }
}

/// The manifest that the model of a suite gives now, without files.
pub(crate) fn describe_again(model: &Model, manifest: &Manifest) -> Manifest {
    let format = Format::from_word(&manifest.file_format).unwrap_or(Format::Parquet);
    self::manifest(model, &model.plan(), manifest.units, manifest.seed, format)
}

/// A document of the suite as JSON.
pub(super) fn to_json(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value)
        .map_err(|e| Error::request(format!("the manifest cannot be written: {e}")))?;
    text.push(b'\n');
    Ok(text)
}

/// BLAKE3 of the effective scenario and the files that it names, each with its length before it.
fn scenario_hash(model: &Model) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(model.scenario.effective().as_bytes());
    for attached in &model.attached {
        add(attached.name.as_bytes());
        add(&attached.bytes);
    }
    hasher.finalize().to_hex().to_string()
}

fn suite_id(scenario_hash: &str, seed: u64) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"jumelles suite 1\0");
    hasher.update(scenario_hash.as_bytes());
    hasher.update(&seed.to_le_bytes());
    hasher.update(&VALUES_VERSION.to_le_bytes());
    hasher.finalize().to_hex()[..32].to_owned()
}

/// The twelve bits of a suite id that its records carry.
pub(super) fn tag(suite_id: &str) -> u16 {
    u16::from_str_radix(suite_id.get(..3).unwrap_or("0"), 16).unwrap_or(0)
}

/// What a Parquet file says of itself when it is opened alone.
pub(super) fn file_metadata(manifest: &Manifest, arm: Option<&str>, part: u32) -> Vec<(String, String)> {
    let varying: Vec<&str> = manifest.columns.iter().filter(|c| c.varies).map(|c| c.name.as_str()).collect();
    [
        ("suite", manifest.suite_id.as_str()),
        ("scenario", &manifest.scenario.name),
        ("scenario_hash", &manifest.scenario.hash),
        ("arm", arm.unwrap_or("")),
        ("part", &part.to_string()),
        ("varies", &varying.join(",")),
        ("synthetic", "true"),
    ]
    .map(|(key, value)| (format!("jumelles.{key}"), value.to_owned()))
    .to_vec()
}

fn level(model: &Model, protected: usize, level: LevelRef) -> String {
    match level {
        LevelRef::Own => "own".to_owned(),
        LevelRef::Level(code) => model.protected[protected].levels.name(code).to_owned(),
    }
}

fn levels(model: &Model, levels: &[LevelRef]) -> BTreeMap<String, String> {
    levels.iter().enumerate().map(|(p, l)| (model.protected[p].name.clone(), level(model, p, *l))).collect()
}

fn arm_entry(model: &Model, arm: &Arm) -> ArmEntry {
    let groups = || model.groups.iter().map(|g| g.name.clone());
    ArmEntry {
        name: arm.name.clone(),
        show: levels(model, &arm.show),
        follow: groups().zip(arm.follow.iter().map(|f| levels(model, f))).collect(),
        strength: groups().zip(arm.strengths.iter().copied()).collect(),
        placebo_of: arm.placebo_of.map(|base| model.arms[base].name.clone()),
    }
}

fn contrast_entry(model: &Model, contrast: &Contrast) -> ContrastEntry {
    let name = |code: u32| contrast.variable.map(|p| model.protected[p].levels.name(code).to_owned());
    ContrastEntry {
        kind: match contrast.kind {
            ContrastKind::Total => "total".to_owned(),
            ContrastKind::Direct => "direct".to_owned(),
            ContrastKind::Proxy => "proxy".to_owned(),
            ContrastKind::Group(group) => format!("proxy:{}", model.groups[group].name),
            ContrastKind::Placebo => "placebo".to_owned(),
        },
        variable: contrast.variable.map(|p| model.protected[p].name.clone()),
        target: name(contrast.target),
        reference: name(contrast.reference),
        stratum: contrast
            .stratum
            .iter()
            .map(|(p, code)| {
                (model.protected[*p].name.clone(), model.protected[*p].levels.name(*code).to_owned())
            })
            .collect(),
        weight: contrast.weight,
        pairs: contrast
            .pairs
            .iter()
            .map(|(t, r)| (model.arms[*t].name.clone(), model.arms[*r].name.clone()))
            .collect(),
    }
}

fn entry(name: &str, role: &str, kind: &str) -> ColumnEntry {
    ColumnEntry {
        name: name.to_owned(),
        role: role.to_owned(),
        group: None,
        kind: kind.to_owned(),
        varies: false,
        about: None,
        instance_by_arm: Vec::new(),
    }
}

fn columns(model: &Model, plan: &Plan) -> Vec<ColumnEntry> {
    let varying = plan.varying();
    let mut columns = vec![
        ColumnEntry { varies: true, ..entry("record_id", "id", "integer") },
        entry("unit_id", "id", "integer"),
        ColumnEntry { varies: true, ..entry("arm", "arm", "category") },
    ];
    let language = model.scenario.header.language;
    let protected =
        model.protected.iter().map(|p| (entry(&p.name, "protected", "category"), p.about.get(language)));
    let variables = model.shown().map(|v| {
        let group = v.group.map(|g| model.groups[g].name.clone());
        (ColumnEntry { group, ..entry(&v.name, v.role.word(), v.cell.word()) }, v.about.get(language))
    });
    for (at, (column, about)) in protected.chain(variables).enumerate() {
        columns.push(ColumnEntry {
            varies: varying.contains(&at),
            about: (!about.is_empty()).then(|| about.to_owned()),
            instance_by_arm: plan.arms.iter().map(|arm| arm[at]).collect(),
            ..column
        });
    }
    columns
}

fn truth(model: &Model) -> Vec<ColumnEntry> {
    let mut columns = vec![entry("unit_id", "id", "integer")];
    columns
        .extend(model.protected.iter().map(|p| entry(&format!("own_{}", p.name), "protected", "category")));
    columns.extend(model.outcomes().map(|v| entry(&v.name, "outcome", v.cell.word())));
    columns
}
