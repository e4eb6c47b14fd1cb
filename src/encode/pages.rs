//! Pages, one after another, become a chunk: headers, offsets, sizes and the chunk's own description.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, EncodingMask, PageType, ZstdLevel};
use parquet::column::page::{CompressedPage, Page, PageWriteSpec, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, OffsetIndexBuilder, PageEncodingStats};
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

use super::bound::{Bound, Summary};
use super::chunk::Chunk;
use super::cut::Cut;
use super::press::Press;

/// Bytes of values below which a page is left as it is: it is no sample of the pages behind it, and a run of one value
/// has no more.
const SAMPLE: usize = 128;

/// A chunk in the making. `B` is the type that its statistics compare.
pub(super) struct Pages<'p, B> {
    column: ColumnDescPtr,
    press: &'p mut Press,
    sink: TrackedWrite<Vec<u8>>,
    summary: Summary<B>,
    offsets: OffsetIndexBuilder,
    /// How the data pages are encoded.
    encoding: Encoding,
    dictionary: bool,
    data_offset: Option<u64>,
    pages: i32,
    rows: usize,
    uncompressed: usize,
    /// Whether any page is compressed.
    compressed: bool,
    /// Whether pages are still worth the attempt: the first that is long enough is the sample.
    promising: bool,
}

impl<'p, B: Bound> Pages<'p, B> {
    /// `encoding` is that of all data pages.
    pub fn new(column: &ColumnDescPtr, encoding: Encoding, press: &'p mut Press) -> Self {
        Self {
            column: column.clone(),
            press,
            sink: TrackedWrite::new(Vec::new()),
            summary: Summary::new(column.max_def_level() > 0),
            offsets: OffsetIndexBuilder::new(),
            encoding,
            dictionary: false,
            data_offset: None,
            pages: 0,
            rows: 0,
            uncompressed: 0,
            compressed: false,
            promising: true,
        }
    }

    /// The dictionary page, before all others: `count` plain values that `fill` appends.
    pub fn dictionary(&mut self, count: usize, fill: impl FnOnce(&mut Vec<u8>)) -> Result<(), ParquetError> {
        self.press.body.clear();
        fill(&mut self.press.body);
        let size = self.press.body.len();
        // A dictionary page cannot say that it is not compressed; only data pages can.
        self.press.squeeze(0)?;
        self.compressed = true;
        self.dictionary = true;
        self.write(size, |buf| Page::DictionaryPage {
            buf,
            num_values: count as u32,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        })?;
        Ok(())
    }

    /// The next data page: the values that `fill` appends are those of the cut.
    pub fn page(
        &mut self,
        cut: &Cut,
        bounds: Option<(B, B)>,
        fill: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), ParquetError> {
        let body = &mut self.press.body;
        body.clear();
        if self.column.max_def_level() > 0 {
            cut.levels(body);
        }
        let levels = body.len();
        fill(body);
        let size = body.len();
        let tried = self.promising && size - levels >= SAMPLE;
        let is_compressed = tried && self.press.squeeze_if_worthwhile(levels)?;
        self.promising &= is_compressed || !tried;
        self.compressed |= is_compressed;
        let encoding = self.encoding;
        let spec = self.write(size, |buf| Page::DataPageV2 {
            buf,
            num_values: cut.rows.len() as u32,
            encoding,
            num_nulls: cut.nulls() as u32,
            num_rows: cut.rows.len() as u32,
            def_levels_byte_len: levels as u32,
            rep_levels_byte_len: 0,
            is_compressed,
            statistics: None,
        })?;
        self.data_offset.get_or_insert(spec.offset);
        self.offsets.append_row_count(cut.rows.len() as i64);
        self.offsets.append_offset_and_size(spec.offset as i64, spec.compressed_size as i32);
        self.summary.push(cut, bounds);
        self.pages += 1;
        self.rows += cut.rows.len();
        Ok(())
    }

    /// Writes the body as a page and takes the buffer back.
    fn write(
        &mut self,
        size: usize,
        page: impl FnOnce(Bytes) -> Page,
    ) -> Result<PageWriteSpec, ParquetError> {
        let buffer = Bytes::from(std::mem::take(&mut self.press.body));
        let page = CompressedPage::new(page(buffer.clone()), size);
        let spec = SerializedPageWriter::new(&mut self.sink).write_page(page)?;
        self.press.body = buffer.into();
        self.uncompressed += spec.uncompressed_size;
        Ok(spec)
    }

    /// The chunk.
    pub fn finish(self) -> Result<Chunk, ParquetError> {
        let bytes = self.sink.into_inner()?;
        let summed = self.summary.finish()?;
        let codec = if self.compressed {
            Compression::ZSTD(ZstdLevel::try_new(1)?)
        } else {
            Compression::UNCOMPRESSED
        };
        let mut encodings = vec![self.encoding];
        let mut counts = Vec::new();
        if self.column.max_def_level() > 0 {
            encodings.push(Encoding::RLE);
        }
        if self.dictionary {
            encodings.push(Encoding::PLAIN);
            let page_type = PageType::DICTIONARY_PAGE;
            counts.push(PageEncodingStats { page_type, encoding: Encoding::PLAIN, count: 1 });
        }
        let page_type = PageType::DATA_PAGE_V2;
        counts.push(PageEncodingStats { page_type, encoding: self.encoding, count: self.pages });
        let metadata = ColumnChunkMetaData::builder(self.column)
            .set_compression(codec)
            .set_encodings_mask(EncodingMask::new_from_encodings(encodings.iter()))
            .set_page_encoding_stats(counts)
            .set_total_compressed_size(bytes.len() as i64)
            .set_total_uncompressed_size(self.uncompressed as i64)
            .set_num_values(self.rows as i64)
            .set_data_page_offset(self.data_offset.unwrap_or(0) as i64)
            .set_dictionary_page_offset(self.dictionary.then_some(0))
            .set_statistics(summed.statistics)
            .set_definition_level_histogram(summed.levels)
            .build()?;
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: self.rows as u64,
            metadata,
            bloom_filter: None,
            column_index: Some(summed.index),
            offset_index: Some(self.offsets.build()),
        };
        Ok(Chunk { bytes: bytes.into(), close: Arc::new(close) })
    }
}
