//! Whose names are drawn.

use std::fmt;
use std::str::FromStr;

use super::NamesError;

/// The list a first name is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Names of girls, weighted by the girls who got them. Written `F`.
    Female,
    /// Names of boys, weighted by the boys who got them. Written `M`.
    Male,
    /// Names that both sexes bear, weighted by the mean of the two sexes' yearly shares: for a
    /// person whose name is to say nothing about gender. Written `epicene`.
    Epicene,
}

impl Sex {
    /// The place of this sex in an array of three.
    pub(super) fn index(self) -> usize {
        match self {
            Sex::Female => 0,
            Sex::Male => 1,
            Sex::Epicene => 2,
        }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Sex::Female => "F",
            Sex::Male => "M",
            Sex::Epicene => "epicene",
        })
    }
}

impl FromStr for Sex {
    type Err = NamesError;

    /// Reads `F`, `M` or `epicene`, as [`Display`](fmt::Display) writes them.
    fn from_str(text: &str) -> Result<Sex, NamesError> {
        match text {
            "F" => Ok(Sex::Female),
            "M" => Ok(Sex::Male),
            "epicene" => Ok(Sex::Epicene),
            _ => Err(NamesError::new(format!("`{text}` is not a sex of a list of first names"))
                .hint("write `F`, `M` or `epicene`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sex_is_read_as_it_is_written() {
        for sex in [Sex::Female, Sex::Male, Sex::Epicene] {
            assert_eq!(sex.to_string().parse(), Ok(sex));
        }
    }

    #[test]
    fn an_unknown_sex_is_refused_with_the_value() {
        let error = "female".parse::<Sex>().unwrap_err();
        assert!(error.message.contains("`female`"), "{error}");
    }
}
