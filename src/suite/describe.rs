//! What the manifest says of a suite before there is any file.

use std::collections::BTreeMap;

use super::content::ContentSum;
use super::counts::{Seed, Units};
use super::format::Format;
use super::identity::{scenario_hash, suite_id};
use super::layout::Layout;
use super::manifest::{
    ArmEntry, ContrastEntry, FORMAT_VERSION, FileEntry, Manifest, ScenarioEntry, SourceEntry, VALUES_VERSION,
};
use super::schema::{arm_columns, truth_columns};
use crate::error::{Error, Result};
use crate::model::{Arm, Contrast, ContrastKind, LevelRef, Model, Plan};

/// How the records of a suite are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Written {
    pub format: Format,
    pub layout: Layout,
}

/// The manifest without files.
pub(super) fn describe(model: &Model, plan: &Plan, units: Units, seed: Seed, written: Written) -> Manifest {
    let header = &model.scenario.header;
    let hash = scenario_hash(model.scenario.canonical_text(), &model.attached);
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
        seed: seed.0,
        units: units.0,
        file_format: written.format.word().to_owned(),
        layout: written.layout.word().to_owned(),
        design: model.scenario.design.kind.value.word().to_owned(),
        arms: model.arms.iter().map(|arm| arm_entry(model, arm)).collect(),
        contrasts: model.contrasts.iter().map(|contrast| contrast_entry(model, contrast)).collect(),
        columns: arm_columns(model, plan),
        truth: truth_columns(model, plan),
        files: Vec::new(),
        content_hash: ContentSum::default().to_hex(),
        sources: model.scenario.sources.iter().map(source_entry).collect(),
        synthetic: true,
    }
}

/// What the manifest of the same units, seed and format would say if it were made anew, without files.
pub(crate) fn describe_again(model: &Model, plan: &Plan, found: &Manifest) -> Manifest {
    let written = Written {
        format: Format::from_word(&found.file_format).unwrap_or_default(),
        layout: Layout::from_word(&found.layout).unwrap_or_default(),
    };
    describe(model, plan, Units(found.units), Seed(found.seed), written)
}

/// The manifest with its files, in the order of arms, the truth last, and parts.
pub(super) fn with_files(mut manifest: Manifest, mut files: Vec<FileEntry>) -> Result<Manifest> {
    let place = |file: &FileEntry| {
        manifest.arms.iter().position(|a| Some(&a.name) == file.arm.as_ref()).unwrap_or(usize::MAX)
    };
    files.sort_by_key(|file| (place(file), file.part));
    let mut sum = ContentSum::default();
    for file in &files {
        let one = ContentSum::from_hex(&file.content_hash);
        sum.add(
            one.ok_or_else(|| {
                Error::unverified(format!("`{}` has no content hash of 64 digits", file.path))
            })?,
        );
    }
    manifest.files = files;
    manifest.content_hash = sum.to_hex();
    Ok(manifest)
}

/// The manifest as JSON.
pub(super) fn to_json(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value)
        .map_err(|e| Error::request(format!("the manifest cannot be written: {e}")))?;
    text.push(b'\n');
    Ok(text)
}

fn level(model: &Model, protected: usize, level: LevelRef) -> String {
    match level {
        LevelRef::Level(code) => model.protected[protected].levels.name(code).to_owned(),
        LevelRef::Own => "own".to_owned(),
    }
}

fn levels(model: &Model, levels: &[LevelRef]) -> BTreeMap<String, String> {
    levels.iter().enumerate().map(|(p, l)| (model.protected[p].name.clone(), level(model, p, *l))).collect()
}

fn arm_entry(model: &Model, arm: &Arm) -> ArmEntry {
    let group = |g: usize| model.groups[g].name.clone();
    ArmEntry {
        name: arm.name.clone(),
        show: levels(model, &arm.show),
        follow: arm.follow.iter().enumerate().map(|(g, follow)| (group(g), levels(model, follow))).collect(),
        strength: arm.strengths.iter().enumerate().map(|(g, strength)| (group(g), *strength)).collect(),
        placebo_of: arm.placebo_of.map(|base| model.arms[base].name.clone()),
    }
}

fn contrast_entry(model: &Model, contrast: &Contrast) -> ContrastEntry {
    let kind = match contrast.kind {
        ContrastKind::Total => "total".to_owned(),
        ContrastKind::Direct => "direct".to_owned(),
        ContrastKind::Proxy => "proxy".to_owned(),
        ContrastKind::Group(group) => format!("proxy:{}", model.groups[group].name),
        ContrastKind::Placebo => "placebo".to_owned(),
    };
    let name = |code: u32| contrast.variable.map(|p| model.protected[p].levels.name(code).to_owned());
    let arm = |at: usize| model.arms[at].name.clone();
    ContrastEntry {
        kind,
        variable: contrast.variable.map(|p| model.protected[p].name.clone()),
        target: name(contrast.target),
        reference: name(contrast.reference),
        stratum: contrast
            .stratum
            .iter()
            .map(|(p, code)| (model.protected[*p].name.clone(), level(model, *p, LevelRef::Level(*code))))
            .collect(),
        weight: contrast.weight,
        pairs: contrast.pairs.iter().map(|(target, reference)| (arm(*target), arm(*reference))).collect(),
    }
}

fn source_entry(source: &crate::scenario::Citation) -> SourceEntry {
    SourceEntry {
        id: source.id.value.clone(),
        title: source.title.clone(),
        publisher: source.publisher.clone(),
        year: source.year,
        url: source.url.clone(),
        licence: source.licence.clone(),
    }
}
