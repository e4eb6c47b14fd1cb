//! Smallest and largest values, of pages and of the whole chunk: statistics and the column index.

use std::cmp::Ordering;

use parquet::basic::{BoundaryOrder, Type};
use parquet::data_type::{AsBytes, ByteArray};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnIndexBuilder, LevelHistogram};
use parquet::file::page_index::column_index::ColumnIndexMetaData;
use parquet::file::statistics::{Statistics, ValueStatistics};

use super::cut::Cut;
use super::truncate;

/// A value that statistics compare.
pub(super) trait Bound: Clone + Sized {
    /// How Parquet stores it.
    const PHYSICAL: Type;
    /// Its order in statistics.
    fn order(&self, other: &Self) -> Ordering;
    /// Its bytes as a lower and as an upper bound of the column index.
    fn edge(&self, upper: bool) -> Vec<u8>;
    /// Statistics of this type.
    fn statistics(bounds: Option<(Self, Self)>, nulls: u64) -> Statistics;
}

fn statistics<T>(bounds: Option<(T, T)>, nulls: u64) -> ValueStatistics<T> {
    let (min, max) = bounds.unzip();
    ValueStatistics::new(min, max, None, Some(nulls), false).with_backwards_compatible_min_max(true)
}

macro_rules! whole_bound {
    ($type:ty, $physical:ident) => {
        impl Bound for $type {
            const PHYSICAL: Type = Type::$physical;

            fn order(&self, other: &Self) -> Ordering {
                self.cmp(other)
            }

            fn edge(&self, _: bool) -> Vec<u8> {
                self.as_bytes().to_vec()
            }

            fn statistics(bounds: Option<(Self, Self)>, nulls: u64) -> Statistics {
                statistics(bounds, nulls).into()
            }
        }
    };
}

whole_bound!(bool, BOOLEAN);
whole_bound!(i32, INT32);
whole_bound!(i64, INT64);

/// No NaN comes here: columns with NaN are encoded by the library.
impl Bound for f64 {
    const PHYSICAL: Type = Type::DOUBLE;

    fn order(&self, other: &Self) -> Ordering {
        self.total_cmp(other)
    }

    fn edge(&self, _: bool) -> Vec<u8> {
        self.as_bytes().to_vec()
    }

    fn statistics(bounds: Option<(Self, Self)>, nulls: u64) -> Statistics {
        let nans = bounds.map(|_| 0);
        statistics(bounds, nulls).with_nan_count(nans).into()
    }
}

/// A text, which is compared by its bytes and may be long.
impl Bound for ByteArray {
    const PHYSICAL: Type = Type::BYTE_ARRAY;

    fn order(&self, other: &Self) -> Ordering {
        self.data().cmp(other.data())
    }

    fn edge(&self, upper: bool) -> Vec<u8> {
        if upper { truncate::up(self.data()).0 } else { truncate::down(self.data()).0 }
    }

    fn statistics(bounds: Option<(Self, Self)>, nulls: u64) -> Statistics {
        let (min, max) =
            bounds.map(|(min, max)| (truncate::down(min.data()), truncate::up(max.data()))).unzip();
        let exact = |bound: &Option<(Vec<u8>, bool)>| bound.as_ref().is_none_or(|(_, exact)| *exact);
        let (min_is_exact, max_is_exact) = (exact(&min), exact(&max));
        let whole = |bound: Option<(Vec<u8>, bool)>| bound.map(|(bytes, _)| ByteArray::from(bytes));
        ValueStatistics::new(whole(min), whole(max), None, Some(nulls), false)
            .with_min_is_exact(min_is_exact)
            .with_max_is_exact(max_is_exact)
            .into()
    }
}

/// What is known of the pages so far.
pub(super) struct Summary<B> {
    index: ColumnIndexBuilder,
    /// Levels 0 and 1, of an optional column.
    levels: Option<LevelHistogram>,
    whole: Option<(B, B)>,
    last: Option<(B, B)>,
    ascending: bool,
    descending: bool,
    nulls: u64,
}

/// A finished summary.
pub(super) struct Summed {
    pub statistics: Statistics,
    pub index: ColumnIndexMetaData,
    pub levels: Option<LevelHistogram>,
}

impl<B: Bound> Summary<B> {
    pub fn new(optional: bool) -> Self {
        Self {
            index: ColumnIndexBuilder::new(B::PHYSICAL),
            levels: if optional { LevelHistogram::try_new(1) } else { None },
            whole: None,
            last: None,
            ascending: true,
            descending: true,
            nulls: 0,
        }
    }

    /// The next page; it has no bounds where all its values are missing.
    pub fn push(&mut self, cut: &Cut, bounds: Option<(B, B)>) {
        let nulls = cut.nulls() as i64;
        let nans = (B::PHYSICAL == Type::DOUBLE).then_some(0);
        let (min, max) = bounds.as_ref().map(|(min, max)| (min.edge(false), max.edge(true))).unzip();
        self.index.append(bounds.is_none(), min.unwrap_or_default(), max.unwrap_or_default(), nulls, nans);
        self.nulls += nulls as u64;
        if let Some(all) = &mut self.levels {
            let mut page = LevelHistogram::try_new(1).expect("two levels have a histogram");
            page.increment_by(0, nulls);
            page.increment_by(1, cut.values.len() as i64);
            all.add(&page);
            self.index.append_histograms(&None, &Some(page));
        }
        if let Some(bounds) = bounds {
            self.widen(&bounds);
            self.last = Some(bounds);
        }
    }

    fn widen(&mut self, (min, max): &(B, B)) {
        if let Some((before_min, before_max)) = &self.last {
            let (low, high) = (before_min.order(min), before_max.order(max));
            self.ascending &= low != Ordering::Greater && high != Ordering::Greater;
            self.descending &= low != Ordering::Less && high != Ordering::Less;
        }
        match &mut self.whole {
            None => self.whole = Some((min.clone(), max.clone())),
            Some((whole_min, whole_max)) => {
                if min.order(whole_min) == Ordering::Less {
                    *whole_min = min.clone();
                }
                if max.order(whole_max) == Ordering::Greater {
                    *whole_max = max.clone();
                }
            }
        }
    }

    pub fn finish(mut self) -> Result<Summed, ParquetError> {
        self.index.set_boundary_order(match (self.ascending, self.descending) {
            (true, _) => BoundaryOrder::ASCENDING,
            (false, true) => BoundaryOrder::DESCENDING,
            (false, false) => BoundaryOrder::UNORDERED,
        });
        Ok(Summed {
            statistics: B::statistics(self.whole, self.nulls),
            index: self.index.build()?,
            levels: self.levels,
        })
    }
}
