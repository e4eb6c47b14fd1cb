//! The languages that the program speaks.

/// The language of texts, names, messages and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Language {
    /// All languages.
    pub const ALL: [Language; 2] = [Language::En, Language::Fr];

    /// `en` or `fr`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fr => "fr",
        }
    }

    /// The language of a locale such as `fr_FR.UTF-8`; English for those that are not spoken.
    pub fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or("");
        if language.eq_ignore_ascii_case("fr") { Language::Fr } else { Language::En }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_of_french_speak_french() {
        for locale in ["fr", "fr_FR.UTF-8", "FR-ca", "fr@euro"] {
            assert_eq!(Language::of_locale(locale), Language::Fr, "{locale}");
        }
        for locale in ["", "C", "POSIX", "en_GB.UTF-8", "frr_DE", "de"] {
            assert_eq!(Language::of_locale(locale), Language::En, "{locale}");
        }
    }
}
