//! Twin batches to disk and back.

mod manifest;

pub use manifest::{
    ArmEntry, ColumnEntry, ContrastEntry, FORMAT_VERSION, FileEntry, Manifest, ScenarioEntry, SourceEntry,
    VALUES_VERSION,
};
