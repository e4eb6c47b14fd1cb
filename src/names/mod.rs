//! Real first names and surnames, matched between twins.
//!
//! A first name carries gender, birth cohort and commonness. So a name is a *quantile*: the
//! names of one sex and one birth year are sorted by falling frequency, and a unit whose rank
//! is u ∈ (0, 1) bears the name at which the cumulative share of births reaches u. Its twin
//! bears the name at the same u in the other sex's list: the law of names is right in both
//! worlds, and the twins' names are about equally common.
//!
//! Names that both sexes bear would blur what a first name is there to show; [`Epicene`] says
//! what becomes of them. The shipped lists are compact tables inside the program (see
//! `tables/README.md` for sources, licences and what was dropped); own lists are CSV.

mod counts;
mod epicene;
mod error;
mod first_names;
mod own_list;
mod ranking;
mod sex;
mod shipped;
mod surnames;
mod table;

pub use epicene::{DEFAULT_BOUND, EPICENE_SHARE, Epicene, WINDOW};
pub use error::NamesError;
pub use first_names::{FirstNames, LeftOut};
pub use sex::Sex;
pub use shipped::{ListKind, Shipped, find, nearest, shipped};
pub use surnames::Surnames;
