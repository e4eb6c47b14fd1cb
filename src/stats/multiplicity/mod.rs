//! Many p-values at once: adjusted, so that each can be compared with α itself.

mod benjamini_hochberg;
mod benjamini_yekutieli;
mod holm;
mod order;

pub use benjamini_hochberg::benjamini_hochberg;
pub use benjamini_yekutieli::benjamini_yekutieli;
pub use holm::holm;
