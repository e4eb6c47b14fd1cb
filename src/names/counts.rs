//! How many children of each sex got each name in each year: what a list of first names says.

/// One name of one cell (a sex and a birth year), and its births.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) code: u32,
    pub(super) count: u32,
}

/// The births of a list of first names.
///
/// Always holds: the names are distinct and in code point order; a cell lists its names by
/// rising code with counts above 0; the counts of a cell sum to at most `u32::MAX`.
#[derive(Debug)]
pub(super) struct Counts {
    pub(super) names: Vec<String>,
    /// First and last birth year; (0, 0) for a list without years.
    pub(super) years: (i32, i32),
    /// Cells by sex (female, male) and by year from the first.
    pub(super) cells: [Vec<Vec<Entry>>; 2],
}

/// Births of a whole cell; fits by the invariant of [`Counts`].
pub(super) fn births(cell: &[Entry]) -> u32 {
    cell.iter().map(|entry| entry.count).sum()
}
