//! From TOML to a scenario: shape only, every value with its place. `model` finds out what it means.
//!
//! What reads tables with care (places, suggestions, all mistakes at once) is open to the crate: policies are read with it too.

mod attached;
mod keys;
mod load;
mod overrides;
mod read;
mod reader;
mod schema;
mod shape;
mod shipped;
mod tree;

pub use attached::Attached;
pub(crate) use keys::{Key, Takes, key};
pub use load::LARGEST_SCENARIO;
pub(crate) use load::{parse, read_file};
pub use overrides::Overrides;
pub(crate) use read::localised;
pub use reader::At;
pub(crate) use reader::{Reader, Sink, texts, wrong_type};
pub use schema::schema;
pub(crate) use schema::schema_of;
pub use shape::{
    ArmLevels, ArmShape, Citation, Claim, ClaimOf, ContrastShape, Correlation, Coupling, DateBound, Design,
    DesignKind, DistributionShape, EffectsTable, EffectsTerm, FormulaText, Generator, Group, Header,
    JointShares, Language, LevelWord, ListChoice, Literal, Localised, LookupShape, LookupTable, NamesShape,
    Parameter, Protected, Role, Scenario, SexChoice, Variable,
};
pub use shipped::{SHIPPED, Shipped};
pub(crate) use tree::{Node, Value};
