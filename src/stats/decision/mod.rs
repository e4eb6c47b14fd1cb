//! Decisions of twins: both answers of every unit, favourable or not, as a 2×2 table of counts.

mod bonett_price;
mod discordant_odds;
mod exact_net_flip;
mod excess;
mod gains_and_losses;
mod mcnemar;
mod newcombe;
mod table;
mod tango;

pub use excess::{excess, excess_table};
pub(super) use gains_and_losses::{first, probability as gains_probability};
pub use mcnemar::McNemar;
pub(super) use mcnemar::tail as half_tail;
pub use table::PairedTable;
