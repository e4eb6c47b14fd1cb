//! A scenario as it was written: the shape only, every value with its place. What it means is found out in `model`.

mod claim;
mod design;
mod generator;
mod header;
mod parameter;
mod variable;
mod whole;

pub use claim::{Claim, ClaimOf, Correlation};
pub use design::{ArmLevels, ArmShape, ContrastShape, Design, DesignKind, LevelWord};
pub use generator::{
    DateBound, DistributionShape, Generator, ListChoice, LookupShape, LookupTable, NamesShape, SexChoice,
};
pub use header::{Citation, Group, Header, JointShares, Localised, Protected};
pub use parameter::{EffectsTable, EffectsTerm, Literal, Parameter};
pub use variable::{Coupling, Role, Variable};
pub use whole::Scenario;
