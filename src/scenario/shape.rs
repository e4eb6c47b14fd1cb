//! A scenario as it was written: the shape only, every value with its place. What it means is found out in `model`.

use std::path::PathBuf;
use std::sync::Arc;

use super::reader::At;
use super::written::{FormulaText, TemplateText};
use crate::diag::Language;
use crate::dist::{Family, Form};
use crate::formula::Link;

/// A text in one language or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Localised {
    /// In English, or in the only language.
    pub en: Option<String>,
    /// In French, or in the only language.
    pub fr: Option<String>,
}

impl Localised {
    /// The text in a language, or else in the other.
    pub fn get(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::En => (&self.en, &self.fr),
            Language::Fr => (&self.fr, &self.en),
        };
        first.as_deref().or(second.as_deref()).unwrap_or("")
    }
}

/// `[scenario]`.
#[derive(Debug, Clone)]
pub struct Header {
    /// The short name.
    pub name: At<String>,
    /// The version.
    pub version: String,
    /// The language of texts and names.
    pub language: Language,
    /// The title.
    pub title: Localised,
    /// What it is about.
    pub about: Localised,
    /// Units, unless the command says otherwise.
    pub units: u64,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The licence of suites, where it is stated.
    pub licence: Option<String>,
}

/// `[protected.NAME]`.
#[derive(Debug, Clone)]
pub struct Protected {
    /// The name.
    pub name: At<String>,
    /// Levels and their shares, in written order.
    pub levels: Vec<(At<String>, At<f64>)>,
    /// What it is.
    pub about: Localised,
    /// Sources of the shares.
    pub sources: Vec<At<String>>,
}

/// The role of a variable (`words.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Descends from a protected variable and moves with the arm.
    Proxy,
    /// Descends from a protected variable and stays at the unit's own value.
    Resolving,
    /// Does not descend from a protected variable.
    Background,
    /// Ground truth, kept from the model under test.
    Outcome,
}

impl Role {
    /// The word in the language.
    pub fn word(self) -> &'static str {
        match self {
            Role::Proxy => "proxy",
            Role::Resolving => "resolving",
            Role::Background => "background",
            Role::Outcome => "outcome",
        }
    }
}

/// How twins' draws of one unit are tied together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coupling {
    /// They keep the rank.
    Rank,
    /// Gumbel-max with shared noise: a category changes only if its odds moved against it.
    Gumbel,
}

/// A parameter of a distribution or a modifier.
#[derive(Debug, Clone)]
pub enum Parameter {
    /// A number.
    Number(At<f64>),
    /// A formula, under a link.
    Formula(FormulaText, Link),
    /// An effects table.
    Effects(EffectsTable),
    /// One that could not be read, which has been reported.
    Unread(crate::diag::Place),
}

impl Parameter {
    /// Where it stands.
    pub fn place(&self) -> &crate::diag::Place {
        match self {
            Parameter::Number(n) => &n.place,
            Parameter::Formula(f, _) => &f.place,
            Parameter::Effects(e) => &e.place,
            Parameter::Unread(place) => place,
        }
    }
}

/// `{ base = …, numeric_parent = coefficient, categorical_parent = { level = effect } }`, perhaps under a link.
#[derive(Debug, Clone)]
pub struct EffectsTable {
    /// The value where every term is zero; not a number where it could not be read.
    pub base: f64,
    /// The terms, in written order.
    pub terms: Vec<(At<String>, EffectsTerm)>,
    /// The link whose inverse is applied to the sum.
    pub link: Link,
    /// Whether all of it could be read.
    pub whole: bool,
    /// Where it stands.
    pub place: crate::diag::Place,
}

/// What one parent adds.
#[derive(Debug, Clone)]
pub enum EffectsTerm {
    /// So much a unit of a number.
    Coefficient(At<f64>),
    /// So much for each level of a category; unlisted levels add 0.
    Levels(Vec<(At<String>, f64)>),
}

/// One distribution of a known family, its parameters in the order of its form.
#[derive(Debug, Clone)]
pub struct DistributionShape {
    /// The family.
    pub family: &'static Family,
    /// The set of parameters that was used.
    pub form: &'static Form,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// Where it stands.
    pub place: crate::diag::Place,
}

/// A constant of any type.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A string.
    Text(String),
    /// A day, in days since 1970-01-01.
    Date(i32),
}

/// How a variable is made.
#[derive(Debug, Clone)]
pub enum Generator {
    /// A draw from one distribution.
    Distribution(DistributionShape),
    /// A draw from a mixture: weights and distributions.
    Mixture(Vec<(Parameter, DistributionShape)>),
    /// A draw among categories with weights.
    Categorical(Vec<(At<String>, Parameter)>),
    /// A draw from given quantiles: probability and value, both rising.
    Quantiles(Vec<(f64, f64)>),
    /// A draw from the values of a column of a file.
    EmpiricalFile {
        /// The file.
        file: At<String>,
        /// The column.
        column: At<String>,
    },
    /// A formula.
    Formula(FormulaText),
    /// A value looked up.
    Lookup(LookupShape),
    /// The same value for everyone.
    Constant(At<Literal>),
    /// A day between two others.
    Date {
        /// The first day.
        from: DateBound,
        /// The last day.
        to: DateBound,
    },
    /// A first name.
    Names(NamesShape),
    /// A surname.
    Surnames(ListChoice),
    /// A text made from a template.
    Text(TemplateText),
    /// One that could not be read, which has been reported: what of it could, so that its other mistakes are told too.
    Unread {
        /// Its parameters.
        parameters: Vec<Parameter>,
        /// Its distributions.
        laws: Vec<DistributionShape>,
        /// Variables that it names.
        names: Vec<At<String>>,
    },
}

impl Generator {
    /// One of which nothing could be read.
    pub(super) fn unread() -> Self {
        Generator::Unread { parameters: Vec::new(), laws: Vec::new(), names: Vec::new() }
    }
}

/// An end of a range of days.
#[derive(Debug, Clone)]
pub enum DateBound {
    /// A day, in days since 1970-01-01.
    Day(At<i32>),
    /// A formula.
    Formula(FormulaText),
    /// One that could not be read, which has been reported.
    Unread,
}

/// `lookup = { … }`.
#[derive(Debug, Clone)]
pub struct LookupShape {
    /// The variables looked up by.
    pub by: Vec<At<String>>,
    /// Where the values are.
    pub table: LookupTable,
    /// The value where the table has none.
    pub default: Option<At<Literal>>,
    /// Whether all of it could be read.
    pub whole: bool,
    /// Where it stands.
    pub place: crate::diag::Place,
}

/// Where the values of a lookup are.
#[derive(Debug, Clone)]
pub enum LookupTable {
    /// Written in the scenario: keys, one a variable, and the value.
    Inline(Vec<(Vec<At<String>>, At<Literal>)>),
    /// In a CSV file: the file and the column of the value.
    File {
        /// The file.
        file: At<String>,
        /// The column that holds the value.
        value: At<String>,
    },
}

/// One list, or one for each level of a variable.
#[derive(Debug, Clone)]
pub enum ListChoice {
    /// The same list for everyone.
    One(At<String>),
    /// A list a level.
    By {
        /// The variable.
        variable: At<String>,
        /// Level and list.
        lists: Vec<(At<String>, At<String>)>,
    },
    /// One that could not be read, which has been reported.
    Unread,
}

/// `names = { … }`.
#[derive(Debug, Clone)]
pub struct NamesShape {
    /// The list or lists.
    pub list: ListChoice,
    /// The year of birth.
    pub born: Option<Parameter>,
    /// The protected variable that says whose names; found from its levels where not said.
    pub by: Option<At<String>>,
    /// The pseudo-sex of each level; found from well-known words where not said.
    pub sex: SexChoice,
    /// What is done with epicene names.
    pub epicene: crate::names::Epicene,
    /// Where it stands.
    pub place: crate::diag::Place,
}

/// Whose names are drawn.
#[derive(Debug, Clone)]
pub enum SexChoice {
    /// By the words of the levels.
    FromLevels,
    /// The same for everyone.
    One(crate::names::Sex),
    /// As listed by level.
    By(Vec<(At<String>, crate::names::Sex)>),
    /// Something that could not be read, which has been reported.
    Unread,
}

/// `[variables.NAME]`.
#[derive(Debug, Clone)]
pub struct Variable {
    /// The name.
    pub name: At<String>,
    /// The role, where it is stated.
    pub role: Option<At<Role>>,
    /// The proxy group, where it is stated.
    pub group: Option<At<String>>,
    /// What it is.
    pub about: Localised,
    /// Sources of its figures.
    pub sources: Vec<At<String>>,
    /// How it is made.
    pub generator: At<Generator>,
    /// Whether the order of categories means something.
    pub ordered: Option<At<bool>>,
    /// Truncation from below.
    pub min: Option<Parameter>,
    /// Truncation from above.
    pub max: Option<Parameter>,
    /// Decimals kept.
    pub decimals: Option<At<i32>>,
    /// Share of exact zeros.
    pub zero: Option<Parameter>,
    /// Share of missing cells.
    pub missing: Option<Parameter>,
    /// How twins' draws are tied, where it is stated.
    pub coupling: Option<At<Coupling>>,
    /// Whether placebo arms draw it again.
    pub placebo: Option<At<bool>>,
    /// Whether a contradiction with proxies is accepted.
    pub incoherent: bool,
    /// Whether a role or a group stands there but could not be read.
    pub unread_role: bool,
}

impl Variable {
    /// Whether the order of categories means something.
    pub fn is_ordered(&self) -> bool {
        self.ordered.as_ref().is_some_and(|ordered| ordered.value)
    }
}

/// Combinations of levels, one a protected variable in written order, each with its joint share.
pub type JointShares = Vec<(Vec<String>, f64)>;

/// `[groups.NAME]`.
#[derive(Debug, Clone)]
pub struct Group {
    /// The name.
    pub name: At<String>,
    /// The strength.
    pub strength: Option<At<f64>>,
    /// What it is.
    pub about: Localised,
}

/// The kind of a design.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DesignKind {
    /// One arm a level.
    Twins,
    /// All pairs of shown and followed level.
    Paths,
    /// `paths`, and each group alone.
    EachProxy,
    /// Every combination of shown level and groups.
    Factorial,
    /// One arm, own levels.
    Factual,
    /// Listed arms.
    Arms,
}

impl DesignKind {
    /// The words of the language.
    pub const WORDS: &'static [(&'static str, DesignKind)] = &[
        ("twins", DesignKind::Twins),
        ("paths", DesignKind::Paths),
        ("each-proxy", DesignKind::EachProxy),
        ("factorial", DesignKind::Factorial),
        ("factual", DesignKind::Factual),
        ("arms", DesignKind::Arms),
    ];

    /// The word in the language.
    pub fn word(self) -> &'static str {
        let named = Self::WORDS.iter().find(|(_, kind)| *kind == self);
        named.expect("every kind has a word").0
    }
}

/// A level, or the unit's own.
#[derive(Debug, Clone, PartialEq)]
pub enum LevelWord {
    /// That level.
    Level(At<String>),
    /// The unit's own.
    Own,
}

/// What a listed arm shows or follows.
#[derive(Debug, Clone)]
pub enum ArmLevels {
    /// One level for all.
    One(LevelWord),
    /// By protected variable (show) or by group (follow).
    By(Vec<(At<String>, LevelWord)>),
}

/// `[[design.arms]]`.
#[derive(Debug, Clone)]
pub struct ArmShape {
    /// The name.
    pub name: At<String>,
    /// What is shown.
    pub show: ArmLevels,
    /// What groups follow; what is shown, where not said.
    pub follow: Option<ArmLevels>,
    /// Where it stands.
    pub place: crate::diag::Place,
}

/// `[[design.contrasts]]`.
#[derive(Debug, Clone)]
pub struct ContrastShape {
    /// The level compared.
    pub target: At<String>,
    /// The level it is compared with.
    pub reference: At<String>,
    /// The protected variable, where several are crossed.
    pub variable: Option<At<String>>,
}

/// `[design]`.
#[derive(Debug, Clone)]
pub struct Design {
    /// The kind.
    pub kind: At<DesignKind>,
    /// The protected variable that moves.
    pub moved: Option<At<String>>,
    /// The protected variables that are crossed.
    pub cross: Vec<At<String>>,
    /// Whether there are placebo arms.
    pub placebo: bool,
    /// The contrasts, where not all.
    pub contrasts: Option<Vec<ContrastShape>>,
    /// Listed arms.
    pub arms: Vec<ArmShape>,
    /// Strengths at which every arm is made, by group.
    pub sweep: Vec<(At<String>, Vec<At<f64>>)>,
    /// Whether a kind or an arm stands there but could not be read.
    pub unread: bool,
}

/// `[[correlations]]`.
#[derive(Debug, Clone)]
pub struct Correlation {
    /// The variables.
    pub between: Vec<At<String>>,
    /// The correlation of their normal scores; not a number where it could not be read.
    pub rho: At<f64>,
    /// Where it stands.
    pub place: crate::diag::Place,
}

/// What a claim is about.
#[derive(Debug, Clone)]
pub enum ClaimOf {
    /// The share of units for which a formula is true.
    Share(FormulaText),
    /// The mean of a formula.
    Mean(FormulaText),
    /// The median of a formula.
    Median(FormulaText),
}

/// `[[claims]]`.
#[derive(Debug, Clone)]
pub struct Claim {
    /// In words.
    pub text: Localised,
    /// What is claimed; none where it could not be read.
    pub of: Option<ClaimOf>,
    /// Only these units.
    pub condition: Option<FormulaText>,
    /// One value a level of this variable.
    pub by: Option<At<String>>,
    /// Levels (empty text where there is no `by`) and values.
    pub expect: Vec<(At<String>, f64)>,
    /// How far off it may be beyond sampling error.
    pub within: f64,
    /// Sources.
    pub sources: Vec<At<String>>,
    /// Where it stands.
    pub place: crate::diag::Place,
}

/// `[[sources]]`.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The short name.
    pub id: At<String>,
    /// The title.
    pub title: String,
    /// The publisher.
    pub publisher: Option<String>,
    /// The year.
    pub year: Option<i64>,
    /// The address.
    pub url: Option<String>,
    /// The terms.
    pub licence: Option<String>,
    /// What was read there.
    pub note: Option<String>,
}

/// A scenario as it was written.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub(super) texts: Arc<crate::diag::Sources>,
    pub(super) effective: String,
    pub(super) overridden: bool,
    pub(super) folder: Option<PathBuf>,
    pub(super) mistakes: Vec<crate::diag::Diagnostic>,
    pub(super) unread: Vec<String>,
    pub(super) unread_sources: bool,
    pub(super) canonical: String,
    /// `[scenario]`.
    pub header: Header,
    /// `[protected.*]`, in written order.
    pub protected: Vec<Protected>,
    /// `[shares]`: levels, one a protected variable in written order, and their joint share.
    pub shares: Option<At<JointShares>>,
    /// `[variables.*]`, in written order.
    pub variables: Vec<Variable>,
    /// `[groups.*]`.
    pub groups: Vec<Group>,
    /// `[design]`.
    pub design: Design,
    /// `[[correlations]]`.
    pub correlations: Vec<Correlation>,
    /// `[[claims]]`.
    pub claims: Vec<Claim>,
    /// `[[sources]]`.
    pub sources: Vec<Citation>,
}

impl Scenario {
    /// The texts that places point into.
    pub fn texts(&self) -> &Arc<crate::diag::Sources> {
        &self.texts
    }

    /// The scenario as TOML, exactly as it is run: with what it extends and what the command overrode.
    pub fn effective(&self) -> &str {
        &self.effective
    }

    /// The scenario's content in one form: what it extends and what the command overrode laid over each other, keys in
    /// written order, one spelling of every value, no comments. Two texts of the same canonical text make the same suite.
    pub fn canonical_text(&self) -> &str {
        &self.canonical
    }

    /// Whether the command overrode values, so that claims about the population need not hold.
    pub fn overridden(&self) -> bool {
        self.overridden
    }

    /// The mistakes found while reading. A scenario with mistakes does not compile; they are kept until then so that all
    /// mistakes, those of shape and those of meaning, are told at once.
    pub fn mistakes(&self) -> &[crate::diag::Diagnostic] {
        &self.mistakes
    }

    /// Variables that are there but of which nothing could be read.
    pub(crate) fn unread(&self) -> &[String] {
        &self.unread
    }

    /// Whether a source is there whose id could not be read.
    pub(crate) fn unread_sources(&self) -> bool {
        self.unread_sources
    }

    /// The folder that files are looked up in; none for a text without a file.
    pub fn folder(&self) -> Option<&std::path::Path> {
        self.folder.as_deref()
    }
}
