//! What an evaluation says of models whose unfairness is known because it is written here as a rule.

mod crossed;
mod designs;
mod errors;
mod law;
mod missing;
mod policies;
mod population;
mod program;
mod rules;
mod slices;
mod ward;
