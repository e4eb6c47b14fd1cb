//! The report as one page: no script, nothing from elsewhere, readable on paper, on a telephone, and read aloud.

mod answers;
mod arms;
mod checks;
mod criteria;
mod differing;
mod effects;
mod engine;
mod example;
mod forest;
mod irregular;
mod merit;
mod methods;
mod page;
mod paths;
mod patterns;
mod pen;
mod placebo;
mod population;
mod provenance;
mod rows;
mod section;
mod slices;
mod table;
mod tested;

pub(super) use page::page;

#[cfg(test)]
pub(super) use page::STYLE;
