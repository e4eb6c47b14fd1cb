//! From TOML to a scenario: shape only, every value with its place. `model` finds out what it means.

mod attached;
mod keys;
mod load;
mod overrides;
mod read;
mod reader;
mod schema;
mod shape;
mod shipped;
mod syntax;
mod tree;
mod written;

pub use crate::diag::Language;
pub use attached::Attached;
pub use load::LARGEST_SCENARIO;
pub use overrides::Overrides;
pub use reader::At;
pub use schema::schema;
pub use shape::{
    ArmLevels, ArmShape, Citation, Claim, ClaimOf, ContrastShape, Correlation, Coupling, DateBound, Design,
    DesignKind, DistributionShape, EffectsTable, EffectsTerm, Generator, Group, Header, JointShares,
    LevelWord, ListChoice, Literal, Localised, LookupShape, LookupTable, NamesShape, Parameter, Protected,
    Role, Scenario, SexChoice, Variable,
};
pub use shipped::{SHIPPED, Shipped};
pub use written::{FormulaText, TemplateText};
