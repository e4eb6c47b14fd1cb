//! The policy that comes with the program.

use super::shape::Policy;

const TEXT: &str = include_str!("default.toml");

impl Policy {
    /// The text of the default policy, to start an own one from.
    pub fn default_text() -> &'static str {
        TEXT
    }
}

impl Default for Policy {
    fn default() -> Self {
        let read = Policy::from_text("default policy", TEXT).expect("the default policy is well-formed");
        Policy { is_default: true, ..read }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_policy_is_the_documented_one() {
        let policy = Policy::default();
        let limits: Vec<(&str, &str, f64, bool)> = policy
            .criteria
            .iter()
            .map(|c| (c.wanted.word(), c.statistic.word(), c.limit, c.of_range))
            .collect();
        assert_eq!(
            limits,
            [
                ("direct", "net-flip", 0.01, false),
                ("direct", "flip-rate", 0.01, false),
                ("total", "net-flip", 0.02, false),
                ("total", "impact-ratio", 0.80, false),
                ("direct", "mean", 0.02, true),
                ("total", "mean", 0.02, true),
            ]
        );
        assert!(policy.is_default && policy.criteria.iter().all(|c| c.alpha == 0.05));
    }
}
