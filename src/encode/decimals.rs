//! Floating-point numbers: rounded ones as codes on their grid where few differ, split by bytes otherwise.

use parquet::basic::Encoding;
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

use super::chunk::Chunk;
use super::codes::{self, Meaning, Used, min_max};
use super::cut::Cut;
use super::pages::Pages;
use super::press::Press;
use super::split;
use super::wholes::{few, narrow};

/// The most decimals, or zeros before the point: powers of ten up to 22 are exact floating-point numbers.
const MOST: u32 = 18;

/// Whole numbers below this are exact after rounding by [`Grid::step_of`].
const LARGEST: f64 = (1u64 << 51) as f64;

/// The multiples of a power of ten.
#[derive(Clone, Copy)]
struct Grid {
    power: f64,
    /// Whether the power stands below the fraction line: decimals, not zeros.
    divides: bool,
}

impl Grid {
    fn of(decimals: i32) -> Option<Self> {
        let power = (decimals.unsigned_abs() <= MOST).then(|| 10f64.powi(decimals.abs()))?;
        Some(Self { power, divides: decimals >= 0 })
    }

    /// The nearest step of the grid. Adding 1.5 · 2^52 leaves no bits for a fraction, so that the sum rounds.
    fn step_of(self, value: f64) -> f64 {
        const ROUNDS: f64 = (3u64 << 51) as f64;
        let exact = if self.divides { value * self.power } else { value / self.power };
        exact + ROUNDS - ROUNDS
    }

    fn value(self, step: f64) -> f64 {
        if self.divides { step / self.power } else { step * self.power }
    }

    /// The first and last step of values that all are, to the bit, values of the grid.
    fn ends(self, values: &[f64]) -> Option<(f64, f64)> {
        let (mut all, mut first, mut last) = (true, f64::INFINITY, f64::NEG_INFINITY);
        for value in values {
            let step = self.step_of(*value);
            all &= self.value(step).to_bits() == value.to_bits() && step.abs() < LARGEST;
            first = if step < first { step } else { first };
            last = if step > last { step } else { last };
        }
        (all && first <= last).then_some((first, last))
    }
}

/// Values of a grid, counted from the first.
struct Steps {
    grid: Grid,
    first: f64,
}

impl Meaning for Steps {
    type Value = f64;

    fn value(&self, code: u32) -> f64 {
        self.grid.value(self.first + f64::from(code))
    }

    fn extremes(&self, codes: &[u32]) -> Option<(u32, u32)> {
        min_max(codes)
    }
}

impl Steps {
    /// The code of a value. Adding 2^52 leaves the whole number in the lowest bits.
    fn code(&self, value: f64) -> u32 {
        const LOWEST: f64 = (1u64 << 52) as f64;
        (self.grid.step_of(value) - self.first + LOWEST).to_bits() as u32
    }
}

/// A chunk of numbers without NaN; `values` are those that are not missing.
pub(super) fn encode(
    column: &ColumnDescPtr,
    cuts: &[Cut],
    values: &[f64],
    decimals: Option<i32>,
    codes: &mut Vec<u32>,
    used: &mut Used,
    press: &mut Press,
) -> Result<Chunk, ParquetError> {
    let ends = decimals.and_then(Grid::of).and_then(|grid| Some((grid, grid.ends(values)?)));
    if let Some((grid, (first, last))) = ends
        && narrow((last - first) as u64, values.len())
    {
        let steps = Steps { grid, first };
        codes.clear();
        codes.extend(values.iter().map(|v| steps.code(*v)));
        let count = (last - first) as usize + 1;
        if few(used.look(codes, count), values.len()) {
            return codes::encode(column, cuts, codes, &steps, count, Some(used), press);
        }
    }
    let mut pages = Pages::new(column, Encoding::BYTE_STREAM_SPLIT, press);
    for cut in cuts {
        let values = &values[cut.values.clone()];
        pages.page(cut, total_min_max(values), |out| split::encode(values, out))?;
    }
    pages.finish()
}

/// The smallest and the largest number; −0 is below 0.
fn total_min_max(values: &[f64]) -> Option<(f64, f64)> {
    // Negative numbers grow with falling bits: all but the sign are turned round.
    let turn = |bits: i64| bits ^ ((bits >> 63) as u64 >> 1) as i64;
    let first = turn(values.first()?.to_bits() as i64);
    let keys = values.iter().map(|v| turn(v.to_bits() as i64));
    let (low, high) = keys.fold((first, first), |(low, high), key| (low.min(key), high.max(key)));
    Some((f64::from_bits(turn(low) as u64), f64::from_bits(turn(high) as u64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_takes_only_what_it_gives_back_to_the_bit() {
        let grid = Grid::of(2).unwrap();
        let rounded: Vec<f64> = (-300..300).map(|k| f64::from(k) / 100.0).collect();
        assert_eq!(grid.ends(&rounded), Some((-300.0, 299.0)));
        for other in [-0.0, f64::NAN, f64::INFINITY, 0.001, 0.1 + 0.2, 1e17 + 16.0] {
            assert_eq!(grid.ends(&[1.25, other]), None, "{other}");
        }
        assert_eq!(Grid::of(-3).unwrap().ends(&[2000.0, -5000.0]), Some((-5.0, 2.0)));
        assert!(Grid::of(19).is_none());
    }

    #[test]
    fn minus_zero_is_the_smaller_zero() {
        let (low, high) = total_min_max(&[0.0, -0.0]).unwrap();
        assert!(low.is_sign_negative() && high.is_sign_positive());
        assert_eq!(total_min_max(&[1.0, -3.0, -2.0]), Some((-3.0, 1.0)));
    }
}
