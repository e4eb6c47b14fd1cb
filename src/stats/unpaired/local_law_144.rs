//! From records to the counts of New York City's Local Law 144: categories, intersections, scoring rates.

use super::super::check;
use crate::dist::BadParameter;

/// The category of each record; none where it is not known.
pub type Category = Option<usize>;

/// The crossing of two variables: the category `first × levels of second + second`; unknown where either is.
pub fn intersect(
    first: &[Category],
    second: &[Category],
    second_levels: usize,
) -> Result<Vec<Category>, BadParameter> {
    check::same_length("second", second.len(), first.len())?;
    for &level in second.iter().flatten() {
        check::require("second", level as f64, level < second_levels, "be below the number of levels")?;
    }
    let cross = |(a, b): (&Category, &Category)| Some((*a)? * second_levels + (*b)?);
    Ok(first.iter().zip(second).map(cross).collect())
}

/// The sample median: the middle score, or the mean of the two in the middle.
pub fn median(scores: &[f64]) -> Result<f64, BadParameter> {
    check::all_finite("score", scores)?;
    let mut sorted = scores.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    // Halved first, so that the sum cannot overflow.
    Ok(if sorted.len() % 2 == 1 { sorted[middle] } else { 0.5 * sorted[middle - 1] + 0.5 * sorted[middle] })
}

/// Per category: how many scored strictly above the median of *all* records, and how many there are; then how many records
/// are of unknown category. The scoring rate of 6 RCNY § 5-300.
///
/// The median is the full sample's, unknown categories included. With tied scores, fewer than half may be above it: with constant scores
/// nobody is.
pub fn scoring_counts(
    scores: &[f64],
    categories: &[Category],
    levels: usize,
) -> Result<(Vec<(u64, u64)>, u64), BadParameter> {
    check::same_length("category", categories.len(), scores.len())?;
    let median = median(scores)?;
    let mut counts = vec![(0, 0); levels];
    let mut unknown = 0;
    for (&score, &category) in scores.iter().zip(categories) {
        let Some(category) = category else {
            unknown += 1;
            continue;
        };
        check::require("category", category as f64, category < levels, "be below the number of levels")?;
        counts[category].0 += u64::from(score > median);
        counts[category].1 += 1;
    }
    Ok((counts, unknown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_itself_is_not_above_it() {
        let scores = [1.0, 2.0, 3.0, 4.0, 5.0];
        let categories = [Some(0), Some(1), Some(0), None, Some(1)];
        let (counts, unknown) = scoring_counts(&scores, &categories, 2).unwrap();
        assert_eq!((counts, unknown), (vec![(0, 2), (1, 2)], 1));
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]).unwrap(), 3.0);
    }

    #[test]
    fn constant_scores_put_nobody_above_the_median() {
        let (counts, _) = scoring_counts(&[0.5; 6], &[Some(0); 6], 1).unwrap();
        assert_eq!(counts, [(0, 6)]);
    }

    #[test]
    fn an_intersection_with_the_unknown_is_unknown() {
        let crossed = intersect(&[Some(1), None, Some(0)], &[Some(2), Some(0), None], 3).unwrap();
        assert_eq!(crossed, [Some(5), None, None]);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert!(median(&[]).is_err() && median(&[f64::NAN]).is_err());
        assert!(scoring_counts(&[1.0], &[Some(3)], 2).is_err());
        assert!(scoring_counts(&[1.0], &[], 2).is_err() && intersect(&[None], &[], 2).is_err());
        assert!(intersect(&[Some(0)], &[Some(2)], 2).is_err());
    }
}
