//! Values that occur often, counted once: decisions and whole scores have few distinct differences.

/// From here on, one draw of a count is cheaper than a draw for each unit.
const OFTEN: usize = 32;

/// The values of a sample, those that occur often apart.
pub(super) struct Ties {
    /// Values that occur seldom, each as often as it does, ascending.
    pub seldom: Vec<f64>,
    /// Values that occur often, and how often.
    pub often: Vec<(f64, u64)>,
}

impl Ties {
    /// `values` in any order; zeros of both signs are one value.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = values.collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let mut ties = Self { seldom: Vec::new(), often: Vec::new() };
        for run in sorted.chunk_by(|a, b| a == b) {
            if run.len() < OFTEN {
                ties.seldom.extend_from_slice(run);
            } else {
                ties.often.push((run[0], run.len() as u64));
            }
        }
        ties
    }
}

/// Where the random numbers of frequent values start, beyond any unit's.
pub(super) const OFTEN_ADDRESS: u64 = 1 << 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_one_place_as_often_as_before() {
        let mut values = vec![0.0; 20];
        values.extend([-0.0; 20]);
        values.extend([3.0, 1.0, 3.0]);
        let ties = Ties::of(values.into_iter());
        assert_eq!((ties.seldom, ties.often), (vec![1.0, 3.0, 3.0], vec![(0.0, 40)]));
    }
}
