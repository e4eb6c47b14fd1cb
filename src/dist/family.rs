//! The table of families: names, forms, and how parameters become a law.

use super::{
    BadParameter, Law, bernoulli, beta, binomial, exponential, gamma, geometric, logistic, lognormal,
    negative_binomial, normal, poisson, student_t, triangular, uniform, weibull, zipf,
};

/// One way to write a family's parameters; a form is recognised by its set of names.
#[derive(Debug)]
pub struct Form {
    /// The names, in the order in which `make` wants the values.
    pub parameters: &'static [&'static str],
    /// Checks the values, as many as `parameters`, and gives the law.
    pub make: fn(&[f64]) -> Result<Law, BadParameter>,
}

/// A family of laws, as a scenario names it.
#[derive(Debug)]
pub struct Family {
    /// The name in scenarios.
    pub name: &'static str,
    /// Whether its values are whole numbers.
    pub discrete: bool,
    /// The ways to write its parameters.
    pub forms: &'static [Form],
    /// One line for the manual.
    pub about: &'static str,
}

impl Family {
    /// The form with exactly these parameter names, in any order.
    pub fn form(&self, names: &[&str]) -> Option<&'static Form> {
        self.forms.iter().find(|form| {
            form.parameters.len() == names.len()
                && form.parameters.iter().all(|wanted| names.contains(wanted))
        })
    }
}

static FAMILIES: [Family; 16] = [
    normal::FAMILY,
    lognormal::FAMILY,
    uniform::FAMILY,
    beta::FAMILY,
    gamma::FAMILY,
    exponential::FAMILY,
    weibull::FAMILY,
    student_t::FAMILY,
    triangular::FAMILY,
    logistic::FAMILY,
    poisson::FAMILY,
    binomial::FAMILY,
    negative_binomial::FAMILY,
    geometric::FAMILY,
    bernoulli::FAMILY,
    zipf::FAMILY,
];

/// All families, in the order of the manual.
pub fn families() -> &'static [Family] {
    &FAMILIES
}

/// The family of that name.
pub fn family(name: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_found_by_name_and_every_form_by_its_set_of_names() {
        for listed in families() {
            let found = family(listed.name).expect("listed families are found");
            for form in listed.forms {
                let mut names = form.parameters.to_vec();
                names.reverse();
                let same = found.form(&names).expect("a form is found by its names");
                assert_eq!(same.parameters, form.parameters);
            }
            assert!(found.form(&["colour"]).is_none());
        }
        assert!(family("gaussian").is_none());
    }

    #[test]
    fn every_form_refuses_nan_and_infinities_in_every_place() {
        for listed in families() {
            for form in listed.forms {
                for place in 0..form.parameters.len() {
                    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                        let mut values = vec![0.5; form.parameters.len()];
                        values[place] = value;
                        let bad = (form.make)(&values).expect_err(listed.name);
                        assert!(!bad.value.is_finite() || bad.name != form.parameters[place]);
                    }
                }
            }
        }
    }

    #[test]
    fn discrete_says_what_the_laws_say() {
        for (name, values) in super::super::proof::EXAMPLES {
            let listed = family(name).expect("an example names a family");
            let law = (listed.forms[0].make)(values).expect("examples are legal");
            assert_eq!(law.is_discrete(), listed.discrete, "{name}");
        }
    }
}
