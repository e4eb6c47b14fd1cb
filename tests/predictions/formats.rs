//! The same answers in every format and order.

use super::*;
use arrow::ipc::CompressionType;
use arrow::ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

fn batch(order: &[(i64, u64, usize)]) -> RecordBatch {
    let column = |array: ArrayRef| array;
    RecordBatch::try_from_iter([
        (
            "hired",
            column(Arc::new(BooleanArray::from_iter(
                order.iter().map(|(_, u, a)| Some((u + *a as u64).is_multiple_of(3))),
            ))),
        ),
        ("record_id", column(Arc::new(Int64Array::from_iter_values(order.iter().map(|(id, ..)| *id))))),
        (
            "score",
            column(Arc::new(Float64Array::from_iter_values(order.iter().map(|(_, u, a)| score(*u, *a))))),
        ),
        (
            "band",
            column(Arc::new(StringArray::from_iter_values(
                order.iter().map(|(_, u, _)| ["low", "mid", "high"][*u as usize % 3]),
            ))),
        ),
    ])
    .unwrap()
}

fn parquet(batch: &RecordBatch, compression: Compression, rows_a_group: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_max_row_group_row_count(Some(rows_a_group))
        .build();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn ipc(batch: &RecordBatch, compression: Option<CompressionType>) -> Vec<u8> {
    let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
    let mut writer = FileWriter::try_new_with_options(Vec::new(), &batch.schema(), options).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

fn ipc_stream(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

fn csv(batch: &RecordBatch, delimiter: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    arrow::csv::WriterBuilder::new().with_delimiter(delimiter).build(&mut bytes).write(batch).unwrap();
    bytes
}

fn json(batch: &RecordBatch) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = arrow::json::LineDelimitedWriter::new(&mut bytes);
    writer.write(batch).unwrap();
    writer.finish().unwrap();
    bytes
}

/// The same answers in all formats: name and bytes.
fn all(batch: &RecordBatch) -> Vec<(&'static str, Vec<u8>)> {
    let mut spreadsheet = b"\xef\xbb\xbf".to_vec();
    spreadsheet.extend(String::from_utf8(csv(batch, b';')).unwrap().replace('.', ",").bytes());
    vec![
        ("a.parquet", parquet(batch, Compression::SNAPPY, 17)),
        ("b.parquet", parquet(batch, Compression::UNCOMPRESSED, 1000)),
        ("c.parquet", parquet(batch, Compression::LZ4_RAW, 1000)),
        ("d.parquet", parquet(batch, Compression::GZIP(Default::default()), 1000)),
        ("a.arrow", ipc(batch, None)),
        ("b.feather", ipc(batch, Some(CompressionType::LZ4_FRAME))),
        ("c.arrows", ipc_stream(batch)),
        ("a.csv", csv(batch, b',')),
        ("b.tsv", csv(batch, b'\t')),
        ("c.csv", spreadsheet),
        ("a.jsonl", json(batch)),
        ("no-name-for-it", json(batch)),
    ]
}

fn check(predictions: &Predictions, what: &str) {
    assert!(predictions.irregularities.is_empty(), "{what}: {:?}", predictions.irregularities);
    let (hired, band) = (predictions.output("hired").unwrap(), predictions.output("band").unwrap());
    assert_eq!(predictions.output("score").unwrap().kind, Kind::Score { low: 0.0, high: 1.0 }, "{what}");
    assert_eq!(band.labels(), ["high", "low", "mid"]);
    for (_, unit, arm) in records() {
        let is_hired = (unit + arm as u64).is_multiple_of(3);
        assert_eq!(hired.value(unit, arm), Some(f64::from(u8::from(is_hired))), "{what}");
        let found = predictions.output("score").unwrap().value(unit, arm).unwrap();
        assert_eq!(found, score(unit, arm), "{what}");
        let label = band.code(unit, arm).map(|code| band.labels()[code as usize].as_str());
        assert_eq!(label, Some(["low", "mid", "high"][unit as usize % 3]), "{what}");
    }
}

proptest! {
    #![proptest_config(cases(8))]
    #[test]
    fn answers_come_back_from_every_format_whatever_the_order_of_rows(order in Just(records()).prop_shuffle()) {
        let folder = Folder::new();
        for (name, bytes) in all(&batch(&order)) {
            let read = ok(read_as(&folder.write(name, bytes), &[]));
            check(&read, name);
            prop_assert_eq!(read.rows, order.len() as u64);
        }
    }
}

#[test]
fn parts_in_a_folder_are_one_file() {
    let folder = Folder::new();
    let records = records();
    for (i, part) in records.chunks(23).enumerate() {
        let formats = all(&batch(part));
        let (name, bytes) = &formats[i % formats.len()];
        folder.write(&format!("parts/{i}/{name}"), bytes);
    }
    folder.write("parts/_SUCCESS", "");
    folder.write("parts/.part.crc", "x");
    let read = ok(read_as(&folder.0.path().join("parts"), &[]));
    check(&read, "parts");
    assert_eq!(read.files.len(), 4);
    assert!(read.files.iter().all(|f| f.hash.len() == 64 && f.bytes > 0));
}

#[test]
fn a_file_cut_off_anywhere_is_refused_and_takes_nothing_down() {
    let folder = Folder::new();
    for (name, bytes) in all(&batch(&records())).into_iter().filter(|(name, _)| !name.contains("sv")) {
        let binary = name.contains("parquet") || name.contains("arrow") || name.contains("feather");
        for eighth in 0..8 {
            let cut = bytes.len() * eighth / 8;
            let read = read_as(&folder.write(name, &bytes[..cut]), &[]);
            match binary && !name.ends_with("arrows") {
                true => drop(refusal(read)),
                false => drop(read.map_err(|e| assert_eq!(e.kind(), ErrorKind::Request, "{e}"))),
            }
        }
    }
}

#[test]
fn flipped_bytes_take_nothing_down() {
    let folder = Folder::new();
    for (name, bytes) in all(&batch(&records())) {
        for step in 0..40 {
            let mut damaged = bytes.clone();
            let at = (step * 7919) % damaged.len();
            damaged[at] ^= 0x55;
            if let Err(error) = read_as(&folder.write(name, &damaged), &[]) {
                assert_eq!(error.kind(), ErrorKind::Request, "{name}, byte {at}: {error}");
            }
        }
    }
}
