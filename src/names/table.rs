//! Reading the embedded tables. `tables/derive.py` writes them and tells the format.
//!
//! The tables are part of the program and covered by tests, so a malformed one is a defect of
//! the build, not an error of a user: reading them panics instead of answering.

use super::counts::{Counts, Entry};
use super::shipped::ListKind;

const MAGIC: &[u8; 4] = b"JMNT";
const VERSION: u8 = 1;
const HEADER: usize = 12;
const SOUND: &str = "the embedded table is complete";

/// Unpacks a table of first names.
pub(super) fn first_names(table: &[u8]) -> Counts {
    let payload = payload(table, ListKind::FirstNames);
    let mut input = Input(&payload);
    let len = input.u32() as usize;
    let years = (i32::from(input.u16()), i32::from(input.u16()));
    let names = names(input.section(), len);
    let spans = input.section();
    let (mut low, mut escapes) = (input.section().iter(), Input(input.section()));

    let width = (years.1 - years.0 + 1) as usize;
    let [girls, boys] = [0, 1].map(|sex| &spans[2 * len * sex..2 * len * (sex + 1)]);
    let mut cells = [girls, boys].map(|spans| empty_cells(spans, width));
    for (series, span) in spans.chunks_exact(2).enumerate() {
        let (sex, code) = (series / len, (series % len) as u32);
        let first = usize::from(span[0]).saturating_sub(1);
        let mut count = 0_i64;
        for cell in &mut cells[sex][first..first + usize::from(span[1])] {
            let zigzag = match *low.next().expect(SOUND) {
                255 => 255 + i64::from(escapes.varint()),
                byte => i64::from(byte),
            };
            count += (zigzag >> 1) ^ -(zigzag & 1);
            if count > 0 {
                cell.push(Entry { code, count: count as u32 });
            }
        }
    }
    assert!(low.next().is_none() && escapes.0.is_empty(), "{SOUND}");
    Counts { names, years, cells }
}

/// A cell a year, each with room for the series that span it.
fn empty_cells(spans: &[u8], width: usize) -> Vec<Vec<Entry>> {
    let mut room = vec![0_usize; width];
    for span in spans.chunks_exact(2).filter(|span| span[0] > 0) {
        let first = usize::from(span[0]) - 1;
        room[first..first + usize::from(span[1])].iter_mut().for_each(|room| *room += 1);
    }
    room.into_iter().map(Vec::with_capacity).collect()
}

/// Unpacks a table of surnames: names in code point order, and the bearers of each.
pub(super) fn surnames(table: &[u8]) -> (Vec<String>, Vec<Entry>) {
    let payload = payload(table, ListKind::Surnames);
    let mut input = Input(&payload);
    let len = input.u32() as usize;
    let names = names(input.section(), len);
    let mut counts = Input(input.section());
    let entries = (0..len as u32).map(|code| Entry { code, count: counts.varint() }).collect();
    assert!(counts.0.is_empty(), "{SOUND}");
    (names, entries)
}

fn payload(table: &[u8], kind: ListKind) -> Vec<u8> {
    let (header, frame) = table.split_at(HEADER);
    assert_eq!(&header[..4], MAGIC, "an embedded table starts with its magic");
    assert_eq!(header[4], VERSION, "an embedded table has the format version of this program");
    assert_eq!(header[5], kind as u8, "an embedded table holds what its list says");
    let size = Input(&header[8..]).u32() as usize;
    let payload = zstd::bulk::decompress(frame, size).expect(SOUND);
    assert_eq!(payload.len(), size, "{SOUND}");
    payload
}

fn names(section: &[u8], len: usize) -> Vec<String> {
    let text = std::str::from_utf8(section).expect("the embedded names are UTF-8");
    let names: Vec<String> = text.split('\n').map(str::to_owned).collect();
    assert_eq!(names.len(), len, "{SOUND}");
    names
}

/// The bytes still to read.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, len: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(len);
        self.0 = rest;
        taken
    }

    fn u16(&mut self) -> u16 {
        u16::from_le_bytes(self.take(2).try_into().expect("two bytes"))
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.take(4).try_into().expect("four bytes"))
    }

    fn section(&mut self) -> &'a [u8] {
        let len = self.u32() as usize;
        self.take(len)
    }

    /// LEB128: seven bits a byte, the low ones first.
    fn varint(&mut self) -> u32 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.take(1)[0];
            value |= u32::from(byte & 127) << shift;
            if byte < 128 {
                return value;
            }
            shift += 7;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shipped::shipped;
    use super::*;

    #[test]
    fn the_tables_together_stay_under_two_megabytes() {
        let size: usize = shipped().iter().map(|list| list.table.len()).sum();
        assert!(size < 2_000_000, "{size} bytes");
    }

    #[test]
    fn every_table_keeps_the_invariants_of_counts() {
        for list in shipped().iter().filter(|list| list.kind == ListKind::FirstNames) {
            let counts = first_names(list.table);
            assert_eq!(Some(counts.years), list.years, "{}", list.id);
            assert!(counts.names.is_sorted_by(|a, b| a < b), "{}", list.id);
            for cell in counts.cells.iter().flatten() {
                assert!(cell.is_sorted_by(|a, b| a.code < b.code));
                assert!(cell.len() > 500 && cell.iter().all(|entry| entry.count >= 3));
            }
        }
    }

    #[test]
    fn no_name_has_odd_characters() {
        for list in shipped() {
            let names = match list.kind {
                ListKind::FirstNames => first_names(list.table).names,
                ListKind::Surnames => surnames(list.table).0,
            };
            for name in names {
                assert!(name.chars().count() >= 2, "{name}");
                assert!(name.chars().next().is_some_and(char::is_uppercase), "{name}");
                assert!(name.chars().all(|c| c.is_alphabetic() || "-' ".contains(c)), "{name}");
                assert!(name.ends_with(char::is_alphabetic), "{name}");
                assert!(name.chars().any(char::is_lowercase), "{name}");
            }
        }
    }
}
