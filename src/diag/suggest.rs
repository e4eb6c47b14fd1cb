//! Names that were probably meant.

/// The candidate that `name` is most likely a slip of, if any is near enough.
///
/// Near is at most one edit (insertion, deletion, replacement, swap of neighbours) for every three characters, three at most;
/// case does not count. Of equally near ones, the first.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let wanted_length = wanted.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        let length = lower.chars().count();
        let allowed = (wanted_length.max(length) / 3).min(3);
        if wanted_length.abs_diff(length) > allowed {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &lower);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The hint for a name that was probably meant.
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates).map(|near| format!("did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let known = ["age", "experience", "education", "gap"];
        assert_eq!(nearest("experiance", known), Some("experience"));
        assert_eq!(nearest("Education", known), Some("education"));
        assert_eq!(nearest("gpa", known), Some("gap"));
        assert_eq!(nearest("salary", known), None);
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(nearest("", known), None);
    }
}
