//! The keys of the language, each written once: reading refuses the others, and the JSON Schema is made from them.

/// A key that a table may have.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it means, in one line.
    pub about: &'static str,
}

/// What a key takes.
#[derive(Debug, Clone, Copy)]
pub enum Takes {
    /// A string.
    Text,
    /// A string, or one a language.
    Localised,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A string or a list of strings.
    Texts,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A number, a formula, an effects table, or one of these under a link.
    Parameter,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A list of tables with these keys.
    Tables(&'static [Key]),
    /// A table from names that the author chooses to this.
    Named(&'static Takes),
    /// A table of parameters of one family of distributions.
    Distribution,
    /// Anything.
    Any,
}

/// A key, what it takes and what it means.
pub(crate) const fn key(name: &'static str, takes: Takes, about: &'static str) -> Key {
    Key { name, takes, about }
}

/// The top level of a scenario.
pub const SCENARIO: &[Key] = &[
    key("extends", Takes::Text, "a shipped scenario, or a file in the same folder, to start from"),
    key("scenario", Takes::Table(HEADER), "what the scenario is called and about"),
    key("protected", Takes::Named(&Takes::Table(PROTECTED)), "the variables that the suite intervenes on"),
    key(
        "shares",
        Takes::Any,
        "the joint table of several protected variables, where they are not independent",
    ),
    key("variables", Takes::Named(&Takes::Table(VARIABLE)), "the columns, in any order"),
    key("groups", Takes::Named(&Takes::Table(GROUP)), "settings of proxy groups"),
    key("design", Takes::Table(DESIGN), "which arms are made and compared"),
    key("correlations", Takes::Tables(CORRELATION), "background variables that go together"),
    key("claims", Takes::Tables(CLAIM), "statements about the population that `verify` checks"),
    key("sources", Takes::Tables(SOURCE), "where figures come from"),
];

/// `[scenario]`.
pub const HEADER: &[Key] = &[
    key("name", Takes::Text, "a short name: small letters, digits, hyphens"),
    key("version", Takes::Text, "the version of this scenario"),
    key("language", Takes::Choice(&["en", "fr"]), "the language of texts and names"),
    key("title", Takes::Localised, "a title"),
    key("about", Takes::Localised, "what it is about, and what question it answers"),
    key("units", Takes::Integer, "how many units are made unless the command says otherwise"),
    key("authors", Takes::Texts, "who wrote it"),
    key("licence", Takes::Text, "the licence of suites made from it (SPDX)"),
];

/// `{ en = …, fr = … }`.
pub const LOCALISED: &[Key] = &[key("en", Takes::Text, "in English"), key("fr", Takes::Text, "in French")];

/// `[protected.NAME]`.
pub const PROTECTED: &[Key] = &[
    key(
        "levels",
        Takes::Named(&Takes::Number),
        "the levels, each with its share among the units; the shares sum to 1",
    ),
    key("about", Takes::Localised, "what it is"),
    key("source", Takes::Texts, "ids of the sources of the shares, or \"assumed\""),
];

/// `[variables.NAME]`.
pub const VARIABLE: &[Key] = &[
    key(
        "role",
        Takes::Choice(&["proxy", "resolving", "background", "outcome"]),
        "what the variable is to the question asked",
    ),
    key("group", Takes::Text, "the proxies that move together with this one"),
    key("about", Takes::Localised, "what it is"),
    key("source", Takes::Texts, "ids of the sources of its figures, or \"assumed\""),
    key("ordered", Takes::Boolean, "whether the written order of the categories is an order of size"),
    key("min", Takes::Parameter, "the distribution is truncated below this"),
    key("max", Takes::Parameter, "the distribution is truncated above this"),
    key("decimals", Takes::Integer, "how many decimals are kept; negative for tens, hundreds, …"),
    key("zero", Takes::Parameter, "the share of exact zeros (a hurdle)"),
    key("missing", Takes::Parameter, "the share of missing cells"),
    key("coupling", Takes::Choice(&["rank", "gumbel"]), "how twins' draws are tied together"),
    key("placebo", Takes::Boolean, "whether placebo arms draw it again: it must not matter"),
    key(
        "incoherent",
        Takes::Choice(&["accepted"]),
        "accepts a resolving variable that contradicts proxies it reads",
    ),
    key("normal", Takes::Distribution, "a normal distribution"),
    key("lognormal", Takes::Distribution, "a log-normal distribution"),
    key("uniform", Takes::Distribution, "a uniform distribution"),
    key("beta", Takes::Distribution, "a beta distribution"),
    key("gamma", Takes::Distribution, "a gamma distribution"),
    key("exponential", Takes::Distribution, "an exponential distribution"),
    key("weibull", Takes::Distribution, "a Weibull distribution"),
    key("student_t", Takes::Distribution, "Student's t distribution, moved and scaled"),
    key("triangular", Takes::Distribution, "a triangular distribution"),
    key("logistic", Takes::Distribution, "a logistic distribution"),
    key("poisson", Takes::Distribution, "a Poisson count"),
    key("binomial", Takes::Distribution, "a binomial count"),
    key("negative_binomial", Takes::Distribution, "a negative binomial count"),
    key("geometric", Takes::Distribution, "a geometric count of failures"),
    key("bernoulli", Takes::Distribution, "true with a probability"),
    key("zipf", Takes::Distribution, "a rank from 1 to n, the smaller the likelier"),
    key("categorical", Takes::Named(&Takes::Parameter), "categories with their shares"),
    key("empirical", Takes::Table(EMPIRICAL), "the distribution of data at hand"),
    key("mixture", Takes::Any, "a list of distributions, each with a weight"),
    key("formula", Takes::Text, "a formula over other variables"),
    key("lookup", Takes::Table(LOOKUP), "a value from a table, by other variables"),
    key("constant", Takes::Any, "the same value for everyone"),
    key("date", Takes::Table(DATE), "a day, uniform between two others"),
    key("names", Takes::Table(NAMES), "a first name"),
    key("surnames", Takes::Any, "a surname: a list, or one a level"),
    key("text", Takes::Text, "a template over other variables"),
];

/// The place in [`VARIABLE`] from which on the keys are generators.
const FIRST_GENERATOR: &str = "normal";

/// Whether a key of a variable says how it is made.
pub fn is_generator(name: &str) -> bool {
    generators().any(|g| g == name)
}

/// The names of the generators, in the order of the reference.
pub fn generators() -> impl Iterator<Item = &'static str> + Clone {
    VARIABLE.iter().map(|k| k.name).skip_while(|name| *name != FIRST_GENERATOR)
}

/// `empirical = { … }`.
pub const EMPIRICAL: &[Key] = &[
    key("quantiles", Takes::Any, "pairs [probability, value], from 0 to 1, joined by straight lines"),
    key("file", Takes::Text, "a CSV or Parquet file in the scenario's folder"),
    key("column", Takes::Text, "the column of the file"),
];

/// `lookup = { … }`.
pub const LOOKUP: &[Key] = &[
    key("by", Takes::Texts, "the variables whose values are looked up"),
    key("table", Takes::Any, "a table by the levels of the first, within by those of the second, …"),
    key(
        "file",
        Takes::Text,
        "a CSV file in the scenario's folder with a column for each of `by` and one for the value",
    ),
    key("value", Takes::Text, "the column of the file that holds the value"),
    key("default", Takes::Any, "the value where the table has none"),
];

/// `date = { … }`.
pub const DATE: &[Key] = &[
    key("from", Takes::Any, "the first day: a date or a formula"),
    key("to", Takes::Any, "the last day: a date or a formula"),
];

/// `names = { … }`.
pub const NAMES: &[Key] = &[
    key("list", Takes::Any, "a shipped list, a CSV file, or one a level"),
    key("born", Takes::Parameter, "the year of birth"),
    key("by", Takes::Text, "the protected variable that says whose names"),
    key("sex", Takes::Any, "\"F\", \"M\" or \"epicene\", or one a level"),
    key(
        "epicene",
        Takes::Any,
        "\"exclude\", \"include\", or the largest share of the rarer sex that is kept",
    ),
];

/// `[groups.NAME]`.
pub const GROUP: &[Key] = &[
    key("strength", Takes::Number, "0: does not follow the arm at all; 1: as written"),
    key("about", Takes::Localised, "what the group is"),
];

/// `[design]`.
pub const DESIGN: &[Key] = &[
    key(
        "kind",
        Takes::Choice(&["twins", "paths", "each-proxy", "factorial", "factual", "arms"]),
        "the set of arms",
    ),
    key("move", Takes::Text, "the protected variable that moves"),
    key("cross", Takes::Texts, "the protected variables that are crossed"),
    key("placebo", Takes::Boolean, "whether each base arm has a placebo arm"),
    key("contrasts", Takes::Tables(CONTRAST), "the pairs of levels that are compared, where not all are"),
    key("arms", Takes::Tables(ARM), "the arms, for kind \"arms\""),
    key("sweep", Takes::Named(&Takes::Any), "strengths of groups at which every arm is made"),
];

/// `[[design.contrasts]]`.
pub const CONTRAST: &[Key] = &[
    key("target", Takes::Text, "the level that is compared"),
    key("reference", Takes::Text, "the level that it is compared with"),
    key("variable", Takes::Text, "the protected variable, where several are crossed"),
];

/// `[[design.arms]]`.
pub const ARM: &[Key] = &[
    key("name", Takes::Text, "the name of the arm"),
    key("show", Takes::Any, "the level shown: a level, \"own\", or one a protected variable"),
    key("follow", Takes::Any, "the level followed: a level, \"own\", or one a group"),
];

/// `[[correlations]]`.
pub const CORRELATION: &[Key] = &[
    key("between", Takes::Texts, "the variables"),
    key("rho", Takes::Number, "the correlation of their normal scores"),
];

/// `[[claims]]`.
pub const CLAIM: &[Key] = &[
    key("text", Takes::Localised, "the statement, in words"),
    key("share", Takes::Text, "a formula that is true or false: its share is claimed"),
    key("mean", Takes::Text, "a formula that is a number: its mean is claimed"),
    key("median", Takes::Text, "a formula that is a number: its median is claimed"),
    key("where", Takes::Text, "a formula: only these units"),
    key("by", Takes::Text, "a category: one claim a level"),
    key("expect", Takes::Any, "the value, or one a level"),
    key("within", Takes::Number, "how far off it may be, beyond sampling error"),
    key("source", Takes::Texts, "ids of the sources"),
];

/// `[[sources]]`.
pub const SOURCE: &[Key] = &[
    key("id", Takes::Text, "a short name"),
    key("title", Takes::Text, "the title of the publication"),
    key("publisher", Takes::Text, "who published it"),
    key("year", Takes::Integer, "when"),
    key("url", Takes::Text, "where"),
    key("licence", Takes::Text, "under which terms"),
    key("note", Takes::Text, "what was read there"),
];
