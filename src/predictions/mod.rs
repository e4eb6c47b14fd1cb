//! What a model answered, from files to dense arrays: one cell for every unit and arm, joined by id and never by position.
//!
//! ```no_run
//! use jumelles::predictions::{OutputDeclaration, Predictions};
//! use jumelles::suite::Suite;
//!
//! let suite = Suite::open("out/hiring")?;
//! let declared = ["shortlisted:decision:favourable=yes".parse::<OutputDeclaration>()?];
//! let predictions = Predictions::read(&["answers.parquet".into()], &suite, &declared, &|_| ())?;
//! let shortlisted = predictions.output("shortlisted").expect("it was declared");
//! println!("unit 0 in arm 1: {:?}", shortlisted.value(0, 1));
//! for irregularity in &predictions.irregularities {
//!     println!("{irregularity}");
//! }
//! # Ok::<(), jumelles::Error>(())
//! ```

mod cells;
mod columns;
mod declaration;
mod distinct;
mod extractor;
mod fault;
mod files;
mod guess;
mod intake;
mod kind;
mod lines;
mod output;
mod places;
mod read;
mod repeats;
mod settle;
mod source;
mod store;
mod words;

pub use declaration::OutputDeclaration;
pub use extractor::Extractor;
pub use fault::{Absence, Example, Fault, Irregularity};
pub use files::PredictionsFile;
pub use kind::Kind;
pub use output::{Output, Repeats};
pub use read::{Ignored, Predictions};
