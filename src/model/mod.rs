//! What a scenario means: variables with their parents and roles, arms, contrasts, and the plan of what is computed.

mod arms;
mod claims;
mod compile;
mod constants;
mod contrasts;
mod correlations;
mod design;
mod expression;
mod files;
mod generators;
mod graph;
mod lookups;
mod names;
mod parents;
mod plan;
mod protected;
mod roles;
mod variable;
mod words;

pub use arms::{Arm, LevelRef};
pub use claims::{Claim, ClaimOf};
pub use compile::Model;
pub use contrasts::{Contrast, ContrastKind};
pub use correlations::Correlated;
pub use expression::Expression;
pub use generators::{Component, Day, Draw, Made, Modifiers};
pub use graph::GraphFormat;
pub use lookups::Lookup;
pub use names::{FirstNameDraw, Lists, SurnameDraw};
pub use plan::{Instance, InstanceId, Plan, What};
pub use protected::{Joint, Protected};
pub use variable::{Cell, Group, Parent, Variable};
