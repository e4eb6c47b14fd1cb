//! Several answers to the same record become one: the mean of numbers, the majority of labels.

use super::distinct::FIRST_CODE;
use super::fault::Absence;
use super::kind::Kind;
use super::output::Repeats;
use super::places::NOWHERE;
use super::store::{Cell, Store, absence_of_number, absent_number};

/// Which record and which repeat each row is of. It costs 16 bytes a row.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) places: Vec<u64>,
    pub(super) repeats: Vec<i64>,
}

/// What becomes of repeats.
pub(super) struct Aggregated {
    pub(super) store: Store,
    pub(super) repeats: Repeats,
    /// Places and repeats of rows that say again what another row of the same repeat says.
    pub(super) duplicates: Vec<(u64, i64)>,
    /// Places and repeats of which rows differ.
    pub(super) conflicts: Vec<(u64, i64)>,
}

/// The answer in a cell as a number; codes of values are counted from 0.
fn number(store: &Store, slot: usize) -> f64 {
    let of_code = |code: u32, absence: Option<Absence>| match absence {
        Some(absence) => absent_number(absence),
        None => f64::from(code - u32::from(FIRST_CODE)),
    };
    match store {
        Store::Numbers(cells) => cells[slot],
        Store::Codes(cells) => of_code(u32::from(cells[slot]), cells[slot].absence()),
        Store::Labels(cells) => of_code(cells[slot], cells[slot].absence()),
    }
}

/// Gathers the rows of each record. `first` is the place of the first of `records` cells.
pub(super) fn aggregate(rows: &Store, log: &Log, kind: &Kind, first: u64, records: u64) -> Aggregated {
    let mut order: Vec<usize> = (0..rows.len()).filter(|row| log.places[*row] != NOWHERE).collect();
    order.sort_by_key(|row| (log.places[*row], log.repeats[*row], *row));
    let by_label = *kind == Kind::Category;
    let mut store = if by_label { Store::labels(records) } else { Store::numbers(records) };
    let mut tally = Tally::default();
    let (mut duplicates, mut conflicts) = (Vec::new(), Vec::new());
    for record in order.chunk_by(|a, b| log.places[*a] == log.places[*b]) {
        let place = log.places[record[0]];
        let mut answers = Vec::new();
        for same in record.chunk_by(|a, b| log.repeats[*a] == log.repeats[*b]) {
            let (answer, repeat) = (number(rows, same[0]), log.repeats[same[0]]);
            match same.iter().all(|row| number(rows, *row).to_bits() == answer.to_bits()) {
                true => {
                    duplicates.extend(same[1..].iter().map(|_| (place, repeat)));
                    answers.push(answer);
                }
                false => {
                    conflicts.push((place, repeat));
                    answers.push(absent_number(Absence::Conflicting));
                }
            }
        }
        let slot = (place - first) as usize;
        match &mut store {
            Store::Labels(cells) => cells[slot] = tally.majority(&answers),
            Store::Numbers(cells) => cells[slot] = tally.mean(&answers),
            Store::Codes(_) => unreachable!("repeats make numbers or labels"),
        }
    }
    Aggregated { store, repeats: tally.finish(by_label), duplicates, conflicts }
}

/// What is counted over records.
#[derive(Default)]
struct Tally {
    least: Option<u64>,
    most: u64,
    repeated: u64,
    varying: u64,
    variances: f64,
    ties: u64,
}

impl Tally {
    /// The usable answers of a record; else why there is none: what its first repeat lacks.
    fn usable(&mut self, answers: &[f64]) -> Result<Vec<f64>, Absence> {
        let count = answers.len() as u64;
        self.least = Some(self.least.map_or(count, |least| least.min(count)));
        self.most = self.most.max(count);
        let usable: Vec<f64> = answers.iter().copied().filter(|answer| !answer.is_nan()).collect();
        if usable.is_empty() {
            return Err(absence_of_number(answers[0]).unwrap_or(Absence::Missing));
        }
        if usable.len() > 1 {
            self.repeated += 1;
            self.varying += u64::from(usable.iter().any(|answer| *answer != usable[0]));
        }
        Ok(usable)
    }

    fn mean(&mut self, answers: &[f64]) -> f64 {
        let usable = match self.usable(answers) {
            Ok(usable) => usable,
            Err(absence) => return absent_number(absence),
        };
        let count = usable.len() as f64;
        // Scaled first, so that large numbers do not overflow; answers that are all the same are their own mean, exactly.
        let mean = match usable.iter().all(|answer| *answer == usable[0]) {
            true => usable[0],
            false => usable.iter().map(|answer| answer / count).sum::<f64>(),
        };
        if usable.len() > 1 {
            self.variances +=
                usable.iter().map(|answer| (answer - mean).powi(2)).sum::<f64>() / (count - 1.0);
        }
        mean
    }

    fn majority(&mut self, answers: &[f64]) -> u32 {
        let mut usable = match self.usable(answers) {
            Ok(usable) => usable,
            Err(absence) => return absence as u32,
        };
        usable.sort_by(f64::total_cmp);
        let groups: Vec<&[f64]> = usable.chunk_by(|a, b| a == b).collect();
        let most = groups.iter().map(|group| group.len()).max().unwrap_or(0);
        let mut frequent = groups.iter().filter(|group| group.len() == most);
        let label = frequent.next().map_or(0.0, |group| group[0]);
        self.ties += u64::from(frequent.next().is_some());
        label as u32 + u32::from(FIRST_CODE)
    }

    fn finish(self, by_label: bool) -> Repeats {
        Repeats {
            least: self.least.unwrap_or(0),
            most: self.most,
            repeated: self.repeated,
            varying: self.varying,
            variance: (!by_label && self.repeated > 0).then(|| self.variances / self.repeated as f64),
            ties: self.ties,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_averaged_and_labels_vote() {
        let log = Log { places: vec![1, 0, 1, 1, 0, 2], repeats: vec![0, 0, 1, 2, 0, 5] };
        let rows = Store::Codes(vec![16, 17, 17, 17, 17, 1]);
        let decision = Kind::Decision { favourable: "1".to_owned(), other: Some("0".to_owned()) };
        let of_decision = aggregate(&rows, &log, &decision, 0, 4);
        let Store::Numbers(shares) = &of_decision.store else { panic!() };
        assert_eq!(shares[..2], [1.0, 2.0 / 3.0]);
        assert_eq!(absence_of_number(shares[2]), Some(Absence::Refused));
        assert_eq!(absence_of_number(shares[3]), Some(Absence::Missing));
        assert_eq!(of_decision.duplicates, [(0, 0)]);
        let Repeats { least, most, repeated, varying, variance, .. } = of_decision.repeats;
        assert_eq!((least, most, repeated, varying), (1, 3, 1, 1));
        assert!((variance.unwrap() - 1.0 / 3.0).abs() < 1e-15);

        let of_category = aggregate(&rows, &log, &Kind::Category, 0, 4);
        let Store::Labels(labels) = &of_category.store else { panic!() };
        assert_eq!(labels[..], [17, 17, Absence::Refused as u32, Absence::Missing as u32]);
        assert_eq!(of_category.repeats.variance, None);
    }

    #[test]
    fn a_tie_is_counted_and_the_first_label_taken() {
        let log = Log { places: vec![0; 4], repeats: vec![0, 1, 2, 3] };
        let tied = aggregate(&Store::Codes(vec![18, 16, 18, 16]), &log, &Kind::Category, 0, 1);
        assert_eq!(tied.repeats.ties, 1);
        assert!(matches!(&tied.store, Store::Labels(labels) if labels == &[16]));
    }

    #[test]
    fn rows_of_one_repeat_that_differ_are_a_conflict() {
        let log = Log { places: vec![0; 3], repeats: vec![0, 0, 1] };
        let found = aggregate(&Store::Numbers(vec![0.1, 0.2, 0.4]), &log, &Kind::Number, 0, 1);
        assert_eq!(found.conflicts, [(0, 0)]);
        assert!(matches!(&found.store, Store::Numbers(numbers) if numbers == &[0.4]));
    }
}
