//! Twin batches to disk and back.

mod card;
mod columns;
mod croissant;
mod describe;
mod generation;
mod hash;
mod manifest;
mod open;
mod place;
mod writer;

pub use columns::{arm_schema, record_id, truth_schema};
pub(crate) use describe::describe_again;
pub use generation::{Generation, Seed, Units};
pub use hash::ContentHash;
pub use manifest::{
    ArmEntry, ColumnEntry, ContrastEntry, FORMAT_VERSION, FileEntry, Manifest, ScenarioEntry, SourceEntry,
    VALUES_VERSION,
};
pub use open::Suite;
pub use writer::Format;
