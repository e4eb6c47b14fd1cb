//! The languages of a report.

use std::str::FromStr;

use crate::error::{Error, Result};

/// The language of a report: its words and its way to write numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

impl Language {
    /// Both languages.
    pub const ALL: [Language; 2] = [Language::English, Language::French];

    /// The code of the language: `en`, `fr`.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
        }
    }
}

impl FromStr for Language {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self> {
        Language::ALL.into_iter().find(|l| l.code() == code).ok_or_else(|| {
            Error::request_hint(format!("there is no report in the language `{code}`"), "write `en` or `fr`")
        })
    }
}
