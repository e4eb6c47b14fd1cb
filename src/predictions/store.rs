//! Dense cells: a byte a cell while values are few, else four or eight.

use super::fault::Absence;

/// The bits of a NaN that stands for an [`Absence`]: its code is added. No answer is NaN, so that none can be mistaken for one.
const ABSENT: u64 = 0x7ff8_0000_0000_0000;

/// Cells by place, or by row where rows are repeats.
#[derive(Debug, Clone)]
pub(super) enum Store {
    /// Codes of values from 16, of absences below.
    Codes(Vec<u8>),
    /// Codes of labels from 16, of absences below.
    Labels(Vec<u32>),
    /// Numbers; NaNs are absences.
    Numbers(Vec<f64>),
}

/// What a row did to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Put {
    First,
    /// The same answer was there.
    Same,
    /// Another answer was there.
    Conflict,
    /// The cell was in conflict already.
    StillConflict,
}

/// The number that stands for an absence.
pub(super) fn absent_number(absence: Absence) -> f64 {
    f64::from_bits(ABSENT | absence as u64)
}

/// The absence that a NaN stands for.
pub(super) fn absence_of_number(number: f64) -> Option<Absence> {
    number.is_nan().then(|| Absence::of_code(number.to_bits() & 0xf))
}

/// A cell that knows how it says that it has no value.
pub(super) trait Cell: Copy {
    fn absent(absence: Absence) -> Self;
    fn absence(self) -> Option<Absence>;
    fn same(self, other: Self) -> bool;
}

impl Cell for u8 {
    fn absent(absence: Absence) -> Self {
        absence as u8
    }
    fn absence(self) -> Option<Absence> {
        (self < super::distinct::FIRST_CODE).then(|| Absence::of_code(u64::from(self)))
    }
    fn same(self, other: Self) -> bool {
        self == other
    }
}

impl Cell for u32 {
    fn absent(absence: Absence) -> Self {
        absence as u32
    }
    fn absence(self) -> Option<Absence> {
        (self < u32::from(super::distinct::FIRST_CODE)).then(|| Absence::of_code(u64::from(self)))
    }
    fn same(self, other: Self) -> bool {
        self == other
    }
}

impl Cell for f64 {
    fn absent(absence: Absence) -> Self {
        absent_number(absence)
    }
    fn absence(self) -> Option<Absence> {
        absence_of_number(self)
    }
    fn same(self, other: Self) -> bool {
        self.to_bits() == other.to_bits()
    }
}

/// Puts an answer into a cell; one that is there already stays or, if it differs, becomes a conflict.
#[inline]
pub(super) fn put<T: Cell>(cells: &mut [T], slot: u64, new: T) -> Put {
    let cell = &mut cells[slot as usize];
    match cell.absence() {
        Some(Absence::Missing) => {
            *cell = new;
            Put::First
        }
        Some(Absence::Conflicting) => Put::StillConflict,
        _ if cell.same(new) => Put::Same,
        _ => {
            *cell = T::absent(Absence::Conflicting);
            Put::Conflict
        }
    }
}

impl Store {
    pub(super) fn codes(slots: u64) -> Self {
        Store::Codes(vec![Absence::Missing as u8; slots as usize])
    }

    pub(super) fn labels(slots: u64) -> Self {
        Store::Labels(vec![Absence::Missing as u32; slots as usize])
    }

    pub(super) fn numbers(slots: u64) -> Self {
        Store::Numbers(vec![absent_number(Absence::Missing); slots as usize])
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Store::Codes(cells) => cells.len(),
            Store::Labels(cells) => cells.len(),
            Store::Numbers(cells) => cells.len(),
        }
    }

    /// Makes room for more rows.
    pub(super) fn grow(&mut self, slots: u64) {
        match self {
            Store::Codes(cells) => cells.resize(slots as usize, u8::absent(Absence::Missing)),
            Store::Labels(cells) => cells.resize(slots as usize, u32::absent(Absence::Missing)),
            Store::Numbers(cells) => cells.resize(slots as usize, f64::absent(Absence::Missing)),
        }
    }

    #[inline]
    pub(super) fn absence(&self, slot: usize) -> Option<Absence> {
        match self {
            Store::Codes(cells) => cells[slot].absence(),
            Store::Labels(cells) => cells[slot].absence(),
            Store::Numbers(cells) => cells[slot].absence(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_value_remembers_why() {
        for absence in Absence::ALL {
            assert_eq!(absence_of_number(absent_number(absence)), Some(absence));
        }
        assert_eq!(absence_of_number(0.0), None);
        assert_eq!(absence_of_number(f64::MIN), None);
    }

    #[test]
    fn a_second_answer_is_the_same_or_a_conflict() {
        let mut cells = vec![f64::absent(Absence::Missing)];
        let mut again = |number| put(&mut cells, 0, number);
        assert_eq!(
            [again(0.5), again(0.5), again(0.6), again(0.5)],
            [Put::First, Put::Same, Put::Conflict, Put::StillConflict]
        );
        let mut cells = vec![0u8];
        assert_eq!([put(&mut cells, 0, 17), put(&mut cells, 0, 1)], [Put::First, Put::Conflict]);
    }
}
