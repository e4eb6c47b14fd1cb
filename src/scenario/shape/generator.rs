//! How values are made.

use super::super::reader::At;
use super::super::written::{FormulaText, TemplateText};
use super::parameter::{Literal, Parameter};
use crate::dist::{Family, Form};

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
    pub(in crate::scenario) fn unread() -> Self {
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
