//! Twin batches to disk and back.

mod card;
mod chunks;
mod combine;
mod content;
mod counts;
mod croissant;
mod describe;
mod disk;
mod documents;

mod escapes;
mod files;
mod folder;
mod format;
mod generation;
mod identity;
mod journal;
mod layout;
mod manifest;
mod opened;
mod output;
mod part;
mod parts;
mod read;
mod records;
mod row_groups;
mod run;
mod schema;
mod settle;
#[cfg(test)]
mod tests;
mod whole;
mod work;

pub use combine::combine;
pub use content::{ContentHasher, ContentSum};
pub use counts::{Seed, Units};
pub(crate) use describe::describe_again;
pub use format::Format;
pub use generation::Generation;
pub use identity::{check_units, record_id, record_tag, scenario_hash, suite_id};
pub use layout::Layout;
pub use manifest::{
    ArmEntry, ColumnEntry, ContrastEntry, FORMAT_VERSION, FileEntry, Manifest, ScenarioEntry, SourceEntry,
    VALUES_VERSION,
};
pub use opened::Suite;
pub use read::Batches;
pub use schema::{arm_schema, truth_schema};
pub use work::unfinished;
