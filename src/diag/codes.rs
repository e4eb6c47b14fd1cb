//! The registry of codes: stable over releases, each with a title and an explanation that `jumelles explain` prints.

use super::Language;
use super::french::FRENCH;

/// A kind of mistake.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable code, such as `J0301`.
    pub id: &'static str,
    /// The mistake in a few words.
    pub title: &'static str,
    /// What it means, why it is one, and how it is mended.
    pub explanation: &'static str,
}

impl Code {
    /// The title in a language.
    pub fn title_in(&self, language: Language) -> &'static str {
        self.french(language).map_or(self.title, |(_, title, _)| title)
    }

    /// The explanation in a language.
    pub fn explanation_in(&self, language: Language) -> &'static str {
        self.french(language).map_or(self.explanation, |(.., explanation)| explanation)
    }

    fn french(&self, language: Language) -> Option<&'static (&'static str, &'static str, &'static str)> {
        FRENCH.iter().filter(|_| language == Language::Fr).find(|(id, ..)| *id == self.id)
    }

    /// The code of that id.
    pub fn find(id: &str) -> Option<&'static Code> {
        CODES.iter().copied().find(|code| code.id.eq_ignore_ascii_case(id))
    }
}

macro_rules! codes {
    ($($name:ident = $id:literal, $title:literal, $explanation:literal;)*) => {
        /// Every code, under the name that the program uses.
        pub(super) mod by_name {
            use super::Code;
            $(
                #[doc = concat!($id, ": ", $title)]
                pub static $name: &Code = &Code { id: $id, title: $title, explanation: $explanation };
            )*
        }

        /// All codes, in order.
        pub static CODES: &[&Code] = &[$(by_name::$name),*];
    };
}

codes! {
    // J01xx: the file
    TOML_SYNTAX = "J0101", "the file is not TOML",
        "The text breaks a rule of TOML (https://toml.io), so nothing in it can be read. Common causes: a string without its closing quote, a key written twice, an inline table that runs over several lines without a comma.";
    TOO_LARGE = "J0102", "something is larger than is read",
        "Files, templates, formulas and lists have bounds, so that a hostile or broken file is refused at once and not followed. The message says the bound. A real scenario is far below it; large tables belong in a CSV file beside the scenario.";
    TOO_DEEP = "J0103", "tables or keys are nested too deeply",
        "Tables within tables, or keys such as a.b.c, go deeper than any scenario needs. This is refused before it is followed.";
    UNKNOWN_KEY = "J0104", "a key that the language does not have",
        "Every key is checked, because a misspelt key that is silently ignored changes what is tested. `jumelles schema` prints the JSON Schema, with which an editor completes and checks keys.";
    MISSING_KEY = "J0105", "a key that must be there is not",
        "The table cannot be understood without this key.";
    WRONG_TYPE = "J0106", "a value of the wrong type",
        "The key takes another type of value: a number is written without quotes, a text with them, a table in braces.";
    UNKNOWN_CHOICE = "J0107", "a word that is not among the choices",
        "The key takes one of a few words; the hint lists them.";
    OUT_OF_RANGE = "J0108", "a value outside its range",
        "The value is of the right type but cannot be meant; the message says the range.";
    BAD_NAME = "J0109", "a name that cannot be used",
        "Names of variables become columns, words in formulas and parts of folders, so they are small letters, digits and underscores, a letter first. A few words are reserved.";
    SAME_NAME = "J0110", "a name that is used twice",
        "Protected variables, variables and sources each need a name of their own.";
    BAD_EXTENDS = "J0111", "the scenario that this one extends cannot be used",
        "`extends` takes the name of a shipped scenario, or of a file ending in .toml in the same folder. Scenarios may extend each other a few deep, not in a circle.";
    PATH_OUTSIDE = "J0112", "a path that leads out of the scenario's folder",
        "A scenario may name files in its own folder and below, so that it can be handed to somebody else whole and cannot read what it should not. Absolute paths, `..` and links that lead outside are refused.";
    UNREADABLE_FILE = "J0113", "a file that cannot be read",
        "The scenario names a file that is not there or may not be read. Files are looked up in the folder of the scenario.";
    BAD_TABLE = "J0114", "a table that cannot be used",
        "A CSV or Parquet file, or a lookup, lacks a column or a combination, or holds values of several types.";
    BAD_DATE = "J0115", "a day that the calendar does not have",
        "Dates are written 2026-01-31, with or without quotes.";

    // J02xx: variables and distributions
    NO_GENERATOR = "J0201", "a variable that does not say how it is made",
        "Every variable has exactly one generator: a distribution, categories, a formula, a lookup, a constant, a date, names, surnames or a text.";
    TWO_GENERATORS = "J0202", "a variable that is made twice",
        "Every variable has exactly one generator. To join two distributions use `mixture`; for a share of exact zeros use `zero`.";
    WRONG_PARAMETERS = "J0203", "parameters that do not make this distribution",
        "A distribution is given by one of its sets of parameters; the hint lists them.";
    BAD_PARAMETER = "J0204", "a parameter that the distribution cannot have",
        "The parameter lies outside the range in which the distribution exists, or the truncation leaves almost nothing of it. Where a parameter is computed, the message names the unit at which it first happened; look at what that unit's parents make of the formula or effects table.";
    SHARES_SUM = "J0205", "shares that do not sum to 1",
        "Shares written as numbers must sum to 1. Shares of categories that are formulas or effects tables are weights and are divided by their sum.";
    UNKNOWN_LEVEL = "J0206", "a level that the variable does not have",
        "A formula, an effects table, a lookup or a design names a level that is not among the variable's levels. Levels are compared letter by letter.";
    EFFECT_TYPE = "J0207", "an effect that does not fit its parent",
        "In an effects table, a number takes one coefficient and a category takes an effect a level; unlisted levels add 0.";
    BAD_LINK = "J0208", "a link with something beside it",
        "A link stands alone around a parameter: { logit = { base = -2, age = 0.1 } } means that the logit of the parameter is the sum.";
    MISFIT = "J0209", "a modifier that means nothing here",
        "`min`, `max` and `zero` belong to distributions, `decimals` to numbers, `ordered` and `coupling` to categories, `placebo` to what is drawn and must not matter.";
    EMPTY_RANGE = "J0210", "a range with nothing in it",
        "The end lies before the beginning.";
    NOT_FINITE = "J0211", "a value that is not a finite number",
        "A formula gave infinity or no number at all for a unit, for instance by a division by zero or the logarithm of a negative number. Formulas may pass through infinity, but what they end with must be a number. Guard it with `if … then … else …`, `max` or `clamp`.";
    BAD_TEMPLATE = "J0212", "a template that cannot be rendered",
        "Templates use {{ variable }}, filters such as `| lower`, `| ascii`, `| slug`, and {% if … %}. Undefined variables are mistakes; there are no files, includes or clocks.";

    // J03xx: formulas and the graph
    FORMULA_SYNTAX = "J0301", "a formula that cannot be read",
        "Formulas have numbers, strings in quotes, variables, + - * / % ^, comparisons, and, or, not, if … then … else …, x in [\"a\", \"b\"] and functions.";
    UNKNOWN_VARIABLE = "J0302", "a variable that does not exist",
        "The name is not among the protected variables and variables of the scenario.";
    UNKNOWN_FUNCTION = "J0303", "a function that does not exist",
        "The hint suggests a near one. The reference lists them all.";
    WRONG_ARGUMENTS = "J0304", "a function with the wrong arguments",
        "The function takes another number of arguments.";
    FORMULA_TYPE = "J0305", "types that do not fit",
        "A formula joins values of types that cannot be joined, or is of another type than its place wants: a number where a truth value is wanted, a category compared by size without being ordered.";
    CYCLE = "J0306", "variables that depend on each other in a circle",
        "A scenario describes causes and effects, so its graph has no circle: a person is drawn from causes to effects. Break the circle where the influence is weakest, or give both a common parent.";

    // J04xx: roles
    ROLE_FORCED = "J0401", "a variable that descends from a protected one and does not say what that means",
        "The variable depends on a protected variable, directly or through others. Whether its influence is accepted as a reason to treat people differently is a choice that only the author can make: `proxy` says no, so that it changes between twins and its effect is measured; `resolving` says yes, so that it stays at the unit's own value in all twins (Kilbertus et al. 2017); `outcome` says that it is the truth which the model under test must not see. It cannot be `background`: background variables do not descend from protected ones.";
    PROXY_WITHOUT_PATH = "J0402", "a proxy that depends on no protected variable",
        "It will be equal in all twins, so calling it a proxy measures nothing.";
    INCOHERENT = "J0403", "a resolving variable that contradicts what twins show",
        "The variable is computed from a proxy but stays at the unit's own value, so that a twin may show, for instance, a career gap that its years of experience ignore. Make it a proxy of the same group, or accept it with incoherent = \"accepted\", which reports print.";
    GROUP_OF_NO_PROXY = "J0404", "a group on a variable that is no proxy",
        "Groups say which proxies move together. Other roles do not move.";
    UNKNOWN_GROUP = "J0405", "a group that no proxy belongs to",
        "The group is named in [groups], in a design or on the command line, but no proxy has it. A proxy without `group` is a group of its own name.";
    BAD_CORRELATION = "J0406", "correlations that cannot be",
        "Correlations join background variables that are drawn by rank, each pair once, and the matrix of all of them must be positive definite: if a goes with b and b with c, then a cannot go against c.";

    // J05xx: names
    UNKNOWN_LIST = "J0501", "a list of names that cannot be used",
        "The shipped lists are fr/first-names, us/first-names, fr/surnames and us/surnames. Own lists are CSV files in the scenario's folder: name, sex (F or M), birth_year (where it matters) and count for first names; name and count for surnames.";
    WHOSE_NAMES = "J0502", "it is not said whose names are drawn",
        "First names go by sex. Levels called female, male, femme, homme, non-binary and the like are understood; others need `sex = { level = \"F\" }`, \"M\" or \"epicene\".";

    // J06xx: designs, claims, sources
    BAD_MOVE = "J0601", "it is not clear which protected variable moves",
        "With several protected variables, `move` says which one the suite intervenes on, or `cross` lists those that are crossed.";
    BAD_ARM = "J0602", "an arm that cannot be made",
        "An arm says what is shown, and what proxy groups follow. Arms have names of their own, also where capitals do not count, because folders are named after them.";
    TOO_MANY_ARMS = "J0603", "too many arms",
        "`factorial` doubles with each proxy group. `each-proxy` needs two arms a group and answers which proxy matters; or join proxies in fewer groups.";
    BAD_CONTRAST = "J0604", "a contrast that cannot be made",
        "A contrast compares two different levels of one protected variable.";
    NO_PROXY = "J0605", "a design that asks about proxies where there are none",
        "Without proxies, what is shown is all that moves: \"twins\" gives the same answer with fewer records.";
    BAD_CLAIM = "J0606", "a claim that cannot be checked",
        "A claim is a share, a mean or a median of a formula, for everyone or for each level of a category, and the value that is expected.";
    UNKNOWN_SOURCE = "J0607", "a source that is not described",
        "`source` names an entry of [[sources]], or says \"assumed\" where a figure has none.";

    // J07xx: policies
    UNKNOWN_CONTRAST = "J0701", "a contrast that no suite has",
        "Contrasts are `total`, `direct`, `proxy`, `proxy:GROUP`, `interaction`, `placebo`, and `population` for factual records.";
    BAD_LIMIT = "J0702", "a limit that does not fit its statistic",
        "Rates and shares of a range lie between 0 and 1, an impact ratio is above 0 and at most 1, and a mean has a positive limit. A limit of 0 could never be shown to hold, however many units there are.";
    BAD_ALPHA = "J0703", "an error probability that is none",
        "`alpha` is the probability that one bound is wrong, above 0 and below 0.5. 0.05 is usual; smaller asks for more units.";
    NO_CRITERION = "J0704", "a policy without a criterion",
        "Without a criterion there is nothing to judge, and nothing that is not judged passes.";
    BAD_STATISTIC = "J0705", "a statistic that its contrast does not have",
        "Flips are of twins, so factual records and interactions have none; an impact ratio is of two groups or arms; an excess is beyond placebos, so that placebos themselves have none.";
    SAME_CRITERION = "J0706", "two criteria of one name",
        "Criteria are told apart by their names, in reports and in JUnit files.";
    BAD_SLICE = "J0707", "a slice that cannot be cut",
        "A slice is a column, or a list of at most three columns, all of whose values (quarters, for numbers) are looked at.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_told_in_french() {
        let ids: Vec<&str> = FRENCH.iter().map(|(id, ..)| *id).collect();
        assert_eq!(ids, CODES.iter().map(|code| code.id).collect::<Vec<_>>());
        assert!(FRENCH.iter().all(|(_, title, explanation)| !title.is_empty() && explanation.ends_with('.')));
    }

    #[test]
    fn codes_are_unique_and_in_order() {
        assert!(CODES.windows(2).all(|pair| pair[0].id < pair[1].id));
        assert!(CODES.iter().all(|code| !code.explanation.is_empty() && !code.title.is_empty()));
    }
}
