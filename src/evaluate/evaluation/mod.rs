//! What an evaluation says, as plain data: numbers and names, no sentences. The report makes the words, in any language.
//!
//! Effects are signed, always target level − reference level. A bound that is not there is `None`: the data do not bound
//! that side. Shares are in 0..=1.

mod criterion;
mod curve;
mod effect;
mod estimate;
mod example;
mod facts;
mod irregularity;
mod output;
mod population;
mod slice;
mod whole;

pub use criterion::{CriterionFacts, CriterionResult, Judged, NotAsked, NotAskedBecause, Reason};
pub use curve::{Curve, CurvePoint, MeritOf, ThresholdCurve, ThresholdPoint};
pub use effect::{
    ArmPair, ContrastId, Effect, Excess, ExcessStatistic, Flips, PatternCount, Patterns, Shapley,
    ShapleyShare, TwinRatio, WorstCase,
};
pub use estimate::{ArmSummary, Bounds, EValue, Estimate, Method, Test, TestMethod};
pub use example::{Example, ExampleColumn};
pub use facts::{
    ArmFacts, FileFacts, Held, Localised, Moved, MovedColumn, PolicyFacts, PredictionFacts, RowIrregularity,
    SuiteFacts,
};
pub use irregularity::{ArmIrregularity, Refusals};
pub use output::{OutputEvaluation, OutputKind, Range};
pub use population::{
    Composition, GroupRate, ImpactLine, Population, ResolvingGap, SelectionKind, SelectionTable,
};
pub use slice::{Discovery, Found, Registered, SliceEffect, SliceTerm};
pub use whole::{EVALUATION_FORMAT_VERSION, Evaluation};
