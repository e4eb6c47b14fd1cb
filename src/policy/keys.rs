//! The keys of a policy, each written once.

use crate::scenario::{Key, Takes, key};

/// The top level.
pub(super) const POLICY: &[Key] = &[
    key("policy", Takes::Table(HEADER), "what the policy is called, and what holds for all its criteria"),
    key("criteria", Takes::Tables(CRITERION), "the limits, each judged by itself"),
];

/// `[policy]`.
pub(super) const HEADER: &[Key] = &[
    key("name", Takes::Text, "a short name"),
    key("title", Takes::Localised, "a title"),
    key("about", Takes::Localised, "what it is for, and why its limits are what they are"),
    key("alpha", Takes::Number, "the probability that one bound is wrong; 0.05 unless said"),
    key("minimum_units", Takes::Integer, "units below which there is no verdict; 1 unless said"),
    key("outputs", Takes::Texts, "outputs of the model, as --output takes them; --output overrides them"),
    key(
        "slices",
        Takes::Any,
        "columns within whose values effects are shown: \"a\" or [\"a\", [\"b\", \"c\"]]",
    ),
];

/// `[[criteria]]`.
pub(super) const CRITERION: &[Key] = &[
    key("name", Takes::Text, "a name of its own"),
    key(
        "contrast",
        Takes::Text,
        "total, direct, proxy, proxy:GROUP, interaction, placebo, or population for factual records",
    ),
    key(
        "statistic",
        Takes::Choice(&["net-flip", "flip-rate", "mean", "mean-size", "impact-ratio"]),
        "what is held against the limit",
    ),
    key(
        "limit",
        Takes::Number,
        "the effect must lie within ± this; a flip rate below it, an impact ratio above",
    ),
    key(
        "of",
        Takes::Choice(&["output", "range"]),
        "whether the limit is on the output's scale or a share of its range",
    ),
    key(
        "excess",
        Takes::Boolean,
        "judge what there is beyond placebos, where placebos show that the model is noisy",
    ),
    key("variable", Takes::Text, "only contrasts of this protected variable"),
    key("outputs", Takes::Texts, "only these outputs"),
    key("alpha", Takes::Number, "the probability that one bound is wrong"),
    key("minimum_units", Takes::Integer, "units below which there is no verdict"),
    key("slices", Takes::Any, "columns within whose values the limit must hold too"),
];
