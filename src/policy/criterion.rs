//! One criterion.

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A contrast of twins, by its kind: `total`, `direct`, `proxy`, `proxy:GROUP`, `interaction` or `placebo`.
    Contrast(String),
    /// Factual records of different units.
    Population,
}

impl Wanted {
    /// As a policy writes it.
    pub fn word(&self) -> &str {
        match self {
            Wanted::Contrast(kind) => kind,
            Wanted::Population => "population",
        }
    }
}

/// What is held against the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// Decisions: the share that gains minus the share that loses.
    NetFlip,
    /// Decisions and categories: the share of twins that get different answers.
    FlipRate,
    /// Numbers: the mean difference.
    Mean,
    /// Numbers: the mean size of the difference beyond that over nothing.
    MeanSize,
    /// Decisions: the ratio of both rates.
    ImpactRatio,
}

impl Statistic {
    /// The words, with what they mean.
    pub const WORDS: [(&'static str, Statistic); 5] = [
        ("net-flip", Statistic::NetFlip),
        ("flip-rate", Statistic::FlipRate),
        ("mean", Statistic::Mean),
        ("mean-size", Statistic::MeanSize),
        ("impact-ratio", Statistic::ImpactRatio),
    ];

    /// As a policy writes it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, s)| *s == self).map_or("", |(word, _)| word)
    }

    /// Whether the contrast has it.
    pub(super) fn is_of(self, wanted: &Wanted) -> bool {
        match (self, wanted) {
            (Statistic::NetFlip | Statistic::Mean, _) => true,
            (Statistic::ImpactRatio, Wanted::Population) => true,
            (_, Wanted::Population) => false,
            (_, Wanted::Contrast(kind)) if kind == "interaction" => false,
            (Statistic::MeanSize, Wanted::Contrast(kind)) => kind != "placebo",
            _ => true,
        }
    }
}

/// One limit on one statistic of one kind of contrast.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// The name.
    pub name: String,
    /// What is compared.
    pub wanted: Wanted,
    /// What is held against the limit.
    pub statistic: Statistic,
    /// The limit: within ± it for signed statistics, below it for rates and sizes, between it and its inverse for ratios.
    pub limit: f64,
    /// Whether the limit is a share of the output's range.
    pub of_range: bool,
    /// Whether a flip rate is judged beyond that of placebos, where these show that the model is noisy.
    pub excess: bool,
    /// The protected variable; any unless said.
    pub variable: Option<String>,
    /// The outputs; all unless said.
    pub outputs: Vec<String>,
    /// The probability that one bound is wrong.
    pub alpha: f64,
    /// Units below which there is no verdict.
    pub minimum_units: u64,
    /// Slices within which it must hold too, each a list of columns.
    pub slices: Vec<Vec<String>>,
}
