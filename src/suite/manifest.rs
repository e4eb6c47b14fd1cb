//! The manifest: what a suite is. It is written last; a directory without one that matches is not a suite.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::layout::Layout;

/// The version of the manifest's format.
pub const FORMAT_VERSION: u32 = 1;
/// The version of generated values: a new one means that the same scenario and seed give other values.
pub const VALUES_VERSION: u32 = 1;

/// `suite.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Manifest {
    /// Version of this format.
    pub format_version: u32,
    /// The program that wrote it.
    pub tool: String,
    /// Version of generated values.
    pub values_version: u32,
    /// First 128 bits of BLAKE3 of scenario, seed and values version, in hex.
    pub suite_id: String,
    /// The scenario.
    pub scenario: ScenarioEntry,
    /// The seed.
    pub seed: u64,
    /// Units, each of which has one record in every arm.
    pub units: u64,
    /// `parquet`, `csv`, `jsonl` or `arrow`.
    pub file_format: String,
    /// `arms`: a file for each arm; `one-file`: one for all arms of a part, in which arm number a of n has row groups a,
    /// a + n, a + 2n, …
    pub layout: String,
    /// The kind of the design.
    pub design: String,
    /// The arms, in the order that record ids count them.
    pub arms: Vec<ArmEntry>,
    /// The contrasts that the arms allow.
    pub contrasts: Vec<ContrastEntry>,
    /// The columns of every arm, in order.
    pub columns: Vec<ColumnEntry>,
    /// The columns of the truth, in order.
    pub truth: Vec<ColumnEntry>,
    /// The data files.
    pub files: Vec<FileEntry>,
    /// Hash of all values: a sum of BLAKE3 hashes, the same however the suite is cut into parts.
    pub content_hash: String,
    /// Where figures come from.
    pub sources: Vec<SourceEntry>,
    /// `true`: no record is of a real person.
    pub synthetic: bool,
}

impl Manifest {
    /// Whether all arms of a part are in one file.
    pub fn arms_share_files(&self) -> bool {
        self.layout == Layout::OneFile.word()
    }

    /// The files on the disk, each once, whichever tables share it.
    pub fn distinct_files(&self) -> impl Iterator<Item = &FileEntry> {
        let mut seen = BTreeSet::new();
        self.files.iter().filter(move |file| seen.insert(&file.path))
    }
}

/// The scenario of a suite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioEntry {
    /// The name.
    pub name: String,
    /// The version.
    pub version: String,
    /// BLAKE3 of the canonical text of `scenario.toml` (without comments, numbers spelt alike) and the files that it names,
    /// in hex.
    pub hash: String,
    /// Whether the command overrode values of the population, so that claims need not hold.
    pub overridden: bool,
    /// Files beside `scenario.toml` that it names.
    pub attached: Vec<String>,
}

/// An arm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArmEntry {
    /// The name.
    pub name: String,
    /// The level shown, by protected variable; `own` for the unit's own.
    pub show: std::collections::BTreeMap<String, String>,
    /// The levels followed, by proxy group and protected variable.
    pub follow: std::collections::BTreeMap<String, std::collections::BTreeMap<String, String>>,
    /// The strength of each proxy group.
    pub strength: std::collections::BTreeMap<String, f64>,
    /// The base arm, if it is a placebo.
    pub placebo_of: Option<String>,
}

/// A contrast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContrastEntry {
    /// `total`, `direct`, `proxy`, `proxy:<group>` or `placebo`.
    pub kind: String,
    /// The protected variable; none for a placebo.
    pub variable: Option<String>,
    /// The level compared.
    pub target: Option<String>,
    /// The level it is compared with.
    pub reference: Option<String>,
    /// The levels of other crossed variables at which it is made.
    pub stratum: std::collections::BTreeMap<String, String>,
    /// The share of the stratum.
    pub weight: f64,
    /// Pairs of arms (target, reference); the effect is the mean over the pairs.
    pub pairs: Vec<(String, String)>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ColumnEntry {
    /// The name.
    pub name: String,
    /// `id`, `arm`, `protected`, `proxy`, `resolving`, `background` or `outcome`.
    pub role: String,
    /// The proxy group.
    pub group: Option<String>,
    /// `integer`, `number`, `boolean`, `category`, `text` or `date`.
    pub kind: String,
    /// Whether it differs between any two arms.
    pub varies: bool,
    /// What it is.
    pub about: Option<String>,
    /// For each arm, a number that is the same where the column is the same by construction.
    pub instance_by_arm: Vec<usize>,
}

/// A data file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FileEntry {
    /// The path within the suite, with `/`. Arms may share a file.
    pub path: String,
    /// The arm; none for the truth.
    pub arm: Option<String>,
    /// The part.
    pub part: u32,
    /// The first unit.
    pub first_unit: u64,
    /// The number of records.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// Hash of its values.
    pub content_hash: String,
    /// BLAKE3 of its bytes, in hex.
    pub file_hash: String,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SourceEntry {
    /// The short name.
    pub id: String,
    /// The title.
    pub title: String,
    /// The publisher.
    pub publisher: Option<String>,
    /// The year.
    pub year: Option<i64>,
    /// The address.
    pub url: Option<String>,
    /// The terms.
    pub licence: Option<String>,
}
