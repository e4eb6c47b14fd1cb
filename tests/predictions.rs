//! A model's answers are read in every format and order, and whatever is wrong with them is counted and told.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use arrow::array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use jumelles::predictions::{Absence, Fault, Kind, OutputDeclaration, Predictions};
use jumelles::scenario::Scenario;
use jumelles::suite::{Seed, Suite, Units, record_id, record_tag};
use jumelles::{Error, ErrorKind, Result};
use proptest::prelude::*;

const SCENARIO: &str = r#"
[scenario]
name = "answered"
version = "1.0.0"
language = "en"

[protected.gender]
levels = { female = 0.5, male = 0.5 }

[variables.age]
role = "background"
normal = { mean = 38, sd = 9 }
decimals = 0

[variables.pause]
role = "proxy"
normal = { mean = { base = 1, gender = { female = 2 } }, sd = 3 }

[variables.suitable]
role = "outcome"
bernoulli = { p = 0.5 }

[design]
kind = "twins"
"#;

const UNITS: u64 = 40;

/// A suite of 40 units in the arms `female` and `male`, made once.
fn suite() -> &'static Suite {
    static SUITE: OnceLock<(tempfile::TempDir, Suite)> = OnceLock::new();
    let made = SUITE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let model = Scenario::from_text("answered.toml", SCENARIO).unwrap().compile().unwrap();
        let suite = model.generate(Units(UNITS), Seed(7)).write_to(folder.path().join("suite")).unwrap();
        (folder, suite)
    });
    &made.1
}

fn arms() -> usize {
    suite().manifest.arms.len()
}

fn id(unit: u64, arm: usize) -> i64 {
    record_id(record_tag(&suite().manifest.suite_id).unwrap(), unit, arms(), arm)
}

/// All records: id, unit, arm.
fn records() -> Vec<(i64, u64, usize)> {
    (0..UNITS).flat_map(|unit| (0..arms()).map(move |arm| (id(unit, arm), unit, arm))).collect()
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

fn declared(texts: &[&str]) -> Vec<OutputDeclaration> {
    texts.iter().map(|text| text.parse().unwrap_or_else(|e: Error| panic!("{e}"))).collect()
}

fn read_as(path: &Path, declarations: &[&str]) -> Result<Predictions> {
    Predictions::read(&[path.to_owned()], suite(), &declared(declarations), &|_| ())
}

/// What is read of a CSV file with a header and these rows.
fn of_rows(header: &str, rows: &[String], declarations: &[&str]) -> Result<Predictions> {
    let text = format!("{header}\n{}\n", rows.join("\n"));
    read_as(&Folder::new().write("answers.csv", text), declarations)
}

/// CSV rows of all records, with an answer each.
fn rows(answer: impl Fn(u64, usize) -> String) -> Vec<String> {
    records().iter().map(|(id, unit, arm)| format!("{id},{}", answer(*unit, *arm))).collect()
}

fn ok(read: Result<Predictions>) -> Predictions {
    read.unwrap_or_else(|e| panic!("{e} ({:?})", e.hint()))
}

/// Message and hint of a file that cannot be used.
fn refusal(read: Result<Predictions>) -> String {
    let error = match read {
        Err(error) => error,
        Ok(predictions) => panic!("this must be refused, but was read: {:?}", predictions.irregularities),
    };
    assert_eq!(error.kind(), ErrorKind::Request, "{error}");
    let hint = error.hint().unwrap_or_else(|| panic!("no hint: {error}"));
    format!("{error}\n{hint}")
}

fn score(unit: u64, arm: usize) -> f64 {
    (unit as f64 * 7.0 + arm as f64) % 97.0 / 97.0
}

mod formats {
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
                    order.iter().map(|(_, u, a)| Some((u + *a as u64) % 3 == 0)),
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
        #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]
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
}

#[test]
fn the_suites_own_rows_with_a_column_added_have_one_output() {
    let suite = suite();
    let mut text = String::from("record_id,unit_id,arm,gender,age,pause,suitable\n");
    for (id, unit, arm) in records() {
        let arm = &suite.manifest.arms[arm].name;
        text += &format!("{id},{unit},{arm},{arm},{},0.5,{}\n", 20 + unit, unit % 2);
    }
    let read = ok(read_as(&Folder::new().write("answers.csv", text), &[]));
    // An outcome is not shown to the model, so a column of its name is an answer.
    assert_eq!(read.outputs.iter().map(|o| o.name.as_str()).collect::<Vec<_>>(), ["suitable"]);
    assert_eq!(
        read.ignored.iter().map(|i| i.column.as_str()).collect::<Vec<_>>(),
        ["gender", "age", "pause"]
    );
    assert_eq!(read.outputs[0].guessed.as_deref(), Some("two different values, 0 and 1, so a decision"));
    assert_eq!(read.outputs[0].value(3, 1), Some(1.0));
}

#[test]
fn units_and_arms_are_ids_as_well_and_so_is_the_folder_of_an_arm() {
    let folder = Folder::new();
    for (place, arm) in suite().manifest.arms.iter().enumerate() {
        let rows: Vec<String> = (0..UNITS).map(|unit| format!("{unit},{}", score(unit, place))).collect();
        folder
            .write(&format!("out/arm={}/part.csv", arm.name), format!("unit_id,score\n{}", rows.join("\n")));
    }
    let by_folder = ok(read_as(&folder.0.path().join("out"), &[]));
    let rows = records().into_iter().rev();
    let named = |arm: usize| suite().manifest.arms[arm].name.clone();
    let rows: Vec<String> =
        rows.map(|(_, unit, arm)| format!("{unit},{},{}", named(arm), score(unit, arm))).collect();
    let by_column = ok(of_rows("unit_id,arm,score", &rows, &[]));
    for (_, unit, arm) in records() {
        for read in [&by_folder, &by_column] {
            assert_eq!(read.outputs[0].value(unit, arm), Some(score(unit, arm)));
        }
    }
    let unknown = ok(of_rows(
        "unit_id,arm,score",
        &[rows, vec!["3,neutral,0.5".into(), "40,male,0.5".into()]].concat(),
        &[],
    ));
    assert_eq!(unknown.count(Fault::UnknownId, None, None), 2);
    let said: Vec<String> = unknown.irregularities.iter().map(ToString::to_string).collect();
    assert_eq!(
        said[0],
        "1 row has an id that the suite does not have; for example answers.csv, row 81: id unit 3, arm neutral"
    );
    assert!(
        said[1].starts_with("in arm `male`: 1 row has an id that the suite does not have"),
        "{}",
        said[1]
    );
}

#[test]
fn every_irregularity_is_counted_by_arm_and_shown() {
    let mut rows = rows(|unit, arm| match (unit, arm) {
        (1, 0) => String::new(),
        (2, 0) => "high".to_owned(),
        (3, 1) => "NaN".to_owned(),
        (4, 1) => "inf".to_owned(),
        (5, 0) => "1.5".to_owned(),
        (6, 0) => "-0.1".to_owned(),
        (7, 1) => "NA".to_owned(),
        _ => score(unit, arm).to_string(),
    });
    rows.remove(0);
    rows.push(format!("{},{}", id(8, 0), score(8, 0)));
    rows.push(format!("{},0.123", id(9, 1)));
    rows.push(format!("{},0.5", id(UNITS, 0)));
    rows.push("12,0.5".to_owned());
    rows.push("twelve,0.5".to_owned());
    rows.push("1,2,3".to_owned());
    let read = ok(of_rows("record_id,score", &rows, &["score:score"]));
    let count = |fault, arm| read.count(fault, Some("score"), Some(arm));
    let absent = |absence, arm| count(Fault::Absent(absence), arm);
    assert_eq!([absent(Absence::Missing, 0), absent(Absence::Missing, 1)], [1, 0]);
    assert_eq!([absent(Absence::Refused, 0), absent(Absence::Refused, 1)], [1, 1]);
    assert_eq!([absent(Absence::NotANumber, 0), absent(Absence::NotANumber, 1)], [1, 0]);
    assert_eq!([absent(Absence::Nan, 1), absent(Absence::Infinite, 1)], [1, 1]);
    assert_eq!([absent(Absence::OutOfRange, 0), absent(Absence::OutOfRange, 1)], [2, 0]);
    assert_eq!([count(Fault::Duplicate, 0), count(Fault::Duplicate, 1)], [1, 0]);
    assert_eq!([absent(Absence::Conflicting, 0), absent(Absence::Conflicting, 1)], [0, 1]);
    assert_eq!(read.count(Fault::UnknownId, None, None), 2);
    assert_eq!(read.count(Fault::OtherSuite, None, None), 1);
    assert_eq!(read.count(Fault::Unreadable, None, None), 1);
    let output = &read.outputs[0];
    assert_eq!(output.absence(9, 1), Some(Absence::Conflicting));
    assert_eq!((output.value(9, 1), output.value(8, 0)), (None, Some(score(8, 0))));
    assert_eq!((output.present(0), output.present(1)), (UNITS - 5, UNITS - 4));
    assert!(!output.is_complete(1) && output.is_complete(8));
    let tag = record_tag(&suite().manifest.suite_id).unwrap();
    let said: Vec<String> = read.irregularities.iter().map(ToString::to_string).collect();
    let said = said.join("\n").replace(&(tag << 41 >> 20).to_string(), "");
    for (unit, arm, fragment) in [
        (0, 0, "`score` in arm `female`: 1 record is missing: no row has its id; for example id {id}"),
        (2, 0, "has a text where a number belongs; for example answers.csv, row 4: id {id}, value `high`"),
        (3, 1, "has NaN for an answer; for example answers.csv, row 7: id {id}, value `NaN`"),
        (
            5,
            0,
            "2 records have answers outside the range; for example answers.csv, row 10: id {id}, value `1.5`; ",
        ),
        (
            8,
            0,
            "1 row repeats an earlier one (add a `repeat` column if this is meant); for example answers.csv, row 80: id {id}",
        ),
        (9, 1, "has several rows with different answers"),
    ] {
        let fragment = fragment.replace("{id}", &id(unit, arm).to_string());
        assert!(said.contains(&fragment), "{fragment}\nis not in\n{said}");
    }
    for fragment in ["id twelve", "1 row has an id of another suite", "3 cells where the header has 2"] {
        assert!(said.contains(fragment), "{fragment}\nis not in\n{said}");
    }
}

#[test]
fn all_answers_of_a_guessed_number_are_seen_before_it_is_called_a_score() {
    let late = |unit: u64, arm: usize| {
        if (unit, arm) == (UNITS - 1, 1) { "7".to_owned() } else { (unit % 2).to_string() }
    };
    let read = ok(of_rows("record_id,x", &rows(late), &[]));
    assert_eq!(read.outputs[0].kind, Kind::Number);
    assert!(read.outputs[0].guessed.as_deref().unwrap().starts_with("numbers from 0 to 7"));
}

#[test]
fn decisions_in_words_know_their_favourable_value_or_ask_for_it() {
    let of = |yes: &'static str, no: &'static str, declarations: &[&str]| {
        let answers = rows(move |unit, arm| (if unit == 0 && arm == 1 { yes } else { no }).to_owned());
        of_rows("record_id,answer", &answers, declarations)
    };
    for (yes, no) in [
        ("oui", "non"),
        ("Hired", "Rejected"),
        ("retenue", "écartée"),
        ("TRUE", "FALSE"),
        ("pass", "unknown"),
    ] {
        let read = ok(of(yes, no, &[]));
        assert_eq!(
            (read.outputs[0].value(0, 1), read.outputs[0].value(0, 0)),
            (Some(1.0), Some(0.0)),
            "{yes}"
        );
        assert_eq!(read.outputs[0].labels(), [no, yes]);
    }
    let asked = refusal(of("blue", "amber", &[]));
    assert!(
        asked.contains("two values, `amber` and `blue`")
            && asked.contains("answer:decision:favourable=amber"),
        "{asked}"
    );
    assert!(refusal(of("blue", "amber", &["answer:decision"])).contains("`amber` and `blue`"));
    let told = ok(of("blue", "amber", &["answer:decision:favourable=blue"]));
    assert_eq!((told.outputs[0].value(0, 1), told.outputs[0].guessed.as_deref()), (Some(1.0), None));
    assert_eq!(ok(of("blue", "amber", &["answer:category"])).outputs[0].kind, Kind::Category);
    let never = ok(of("no", "no", &["answer:decision:favourable=yes"]));
    assert_eq!(never.outputs[0].value(0, 1), Some(0.0));
}

#[test]
fn a_decision_with_a_stray_word_counts_it_and_one_with_many_is_refused() {
    let stray = rows(|unit, arm| {
        (if (unit, arm) == (5, 1) {
            "perhaps"
        } else if unit % 2 == 0 {
            "yes"
        } else {
            "no"
        })
        .to_owned()
    });
    let read = ok(of_rows("record_id,answer", &stray, &["answer:decision:favourable=yes"]));
    assert_eq!(read.outputs[0].absence(5, 1), Some(Absence::UnknownValue));
    let said = read.irregularities[0].to_string();
    assert!(
        said.contains("in arm `male`: 1 record has neither value of the decision")
            && said.contains("`perhaps`"),
        "{said}"
    );
    let many = rows(|unit, _| ["yes", "no", "perhaps"][unit as usize % 3].to_owned());
    assert!(
        refusal(of_rows("record_id,answer", &many, &["answer:decision:favourable=yes"]))
            .contains("more than two values")
    );
    let very_many = rows(|unit, arm| if unit < 2 { format!("word{unit}{arm}") } else { "yes".to_owned() });
    assert_eq!(
        ok(of_rows("record_id,answer", &very_many, &["answer:decision"])).count(
            Fault::Absent(Absence::UnknownValue),
            None,
            None
        ),
        3
    );
}

#[test]
fn columns_that_say_refused_are_believed_for_every_output() {
    let answers = rows(|unit, arm| {
        let status = match (unit, arm) {
            (1, 0) => "timeout",
            (2, 0) => "odd",
            _ => "ok",
        };
        format!("{},{},{status}", score(unit, arm), (unit, arm) == (3, 1))
    });
    let read = ok(of_rows("record_id,score,refused,status", &answers, &[]));
    assert_eq!(read.outputs.len(), 1);
    assert_eq!(read.outputs[0].absence(1, 0), Some(Absence::Refused));
    assert_eq!(read.outputs[0].absence(3, 1), Some(Absence::Refused));
    assert_eq!(read.outputs[0].value(2, 0), Some(score(2, 0)));
    assert_eq!(read.count(Fault::UnknownStatus, None, Some(0)), 1);
    // Where there is no other answer, the status is the answer.
    let answers = rows(|unit, _| ["accepted", "rejected"][unit as usize % 2].to_owned());
    assert_eq!(ok(of_rows("record_id,status", &answers, &[])).outputs[0].value(0, 0), Some(1.0));
}

#[test]
fn repeats_are_gathered_at_the_record() {
    let mut answers = Vec::new();
    for repeat in (0..3).rev() {
        for (id, unit, _) in records() {
            let decision = u64::from(repeat == 0 || unit % 2 == 0);
            let label = ["low", "high", "mid"][if unit == 4 { repeat } else { 1 }];
            answers.push(format!("{id},{repeat},{decision},{},{label}", repeat as f64 * 0.25));
        }
    }
    answers.push(answers[0].clone());
    answers[1] = format!("{},2,,0.5,high", id(0, 1));
    let read = ok(of_rows("record_id,repeat,hired,score,band", &answers, &[]));
    let [hired, score, band] = read.outputs.as_slice() else { panic!("{:?}", read.outputs) };
    assert!(matches!(hired.kind, Kind::Decision { .. }));
    assert_eq!((hired.value(2, 0), hired.value(1, 0)), (Some(1.0), Some(1.0 / 3.0)));
    assert_eq!((score.value(2, 0), hired.value(0, 1)), (Some(0.25), Some(1.0)));
    let repeats = score.repeats.as_ref().unwrap();
    assert_eq!(
        (repeats.least, repeats.most, repeats.varying, repeats.variance),
        (3, 3, 2 * UNITS, Some(0.0625))
    );
    assert_eq!(band.repeats.as_ref().unwrap().ties, 2);
    assert_eq!(band.code(3, 0).map(|c| band.labels()[c as usize].as_str()), Some("high"));
    assert_eq!(band.code(4, 0).map(|c| band.labels()[c as usize].as_str()), Some("high"));
    assert_eq!(read.count(Fault::Absent(Absence::Refused), Some("hired"), Some(1)), 1);
    assert_eq!(hired.absent(1, Absence::Refused), 0);
    assert_eq!(read.count(Fault::Duplicate, Some("score"), Some(0)), 1);
}

#[test]
fn texts_yield_answers_through_extractors() {
    let folder = Folder::new();
    let mut text = String::new();
    for (id, unit, arm) in records() {
        let answer = match (unit, arm) {
            (1, 0) => "I’m sorry, but I can’t assist with that.".to_owned(),
            (2, 0) => "Well…".to_owned(),
            (3, 1) => String::new(),
            _ => format!("{{\"verdict\": \"{}\", \"mark\": {unit}}}", ["hire", "reject"][arm]),
        };
        text += &format!("{}\n", serde_json::json!({"record_id": id, "answer": answer}));
    }
    let path = folder.write("answers.jsonl", text);
    let read = ok(read_as(
        &path,
        &[
            "answer:decision:favourable=hire:from=json:verdict",
            "mark=answer:score[0..50]:from=regex:\"mark\": (\\d+)",
            "answer:text",
        ],
    ));
    let names: Vec<&str> = read.outputs.iter().map(|o| o.name.as_str()).collect();
    assert_eq!(names, ["answer.decision", "mark", "answer"]);
    let [verdict, mark, answer] = read.outputs.as_slice() else { panic!() };
    assert_eq!(
        (verdict.value(5, 0), verdict.value(5, 1), mark.value(5, 1)),
        (Some(1.0), Some(0.0), Some(5.0))
    );
    for output in [verdict, mark] {
        assert_eq!(output.absence(1, 0), Some(Absence::Refused));
        assert_eq!(output.absence(2, 0), Some(Absence::NothingFound));
        assert_eq!(output.absence(3, 1), Some(Absence::Refused));
    }
    assert_eq!(answer.value(2, 0), Some(5.0));
    assert_eq!(answer.absent(0, Absence::Refused), 1);
    // Without a declaration it is a text, with its length for a value.
    assert_eq!(ok(read_as(&path, &[])).outputs[0].kind, Kind::Text);
}

#[test]
fn ranks_stand_in_lists() {
    let answers = rows(|unit, arm| match (unit, arm) {
        (0, 0) => "0,a".to_owned(),
        (0, 1) => "1.5,a".to_owned(),
        _ => format!("{},offer {}", unit + 1, unit % 4),
    });
    let read = ok(of_rows("record_id,position,offer", &answers, &["position:rank:list=offer"]));
    let rank = &read.outputs[0];
    assert_eq!(
        (rank.value(5, 1), rank.absence(0, 0), rank.absence(0, 1)),
        (Some(6.0), Some(Absence::NotARank), Some(Absence::NotARank))
    );
    let lists = read.lists_of(rank).unwrap();
    assert_eq!(lists.code(5, 1).map(|c| lists.labels()[c as usize].as_str()), Some("offer 1"));
}

#[test]
fn ranges_of_units_give_what_the_whole_gives() {
    let folder = Folder::new();
    let path = folder.write(
        "answers.csv",
        format!("record_id,score\n{}", rows(|u, a| score(u, a).to_string()).join("\n")),
    );
    let declarations = declared(&["score:score"]);
    let part = Predictions::read_units(std::slice::from_ref(&path), suite(), &declarations, 10..25, &|_| ())
        .unwrap();
    let output = &part.outputs[0];
    assert_eq!((output.units(), output.value(9, 0), output.value(25, 0)), (10..25, None, None));
    assert!((10..25).all(|unit| output.value(unit, 1) == Some(score(unit, 1))));
    assert!(part.irregularities.is_empty());
    let refused = |declarations: &[&str], units| {
        refusal(Predictions::read_units(
            std::slice::from_ref(&path),
            suite(),
            &declared(declarations),
            units,
            &|_| (),
        ))
    };
    assert!(refused(&[], 0..5).contains("declared"));
    assert!(refused(&["score"], 0..5).contains("declared"));
    assert!(refused(&["score:score"], 30..41).contains("units 30..41"));
}

#[test]
fn more_values_than_a_byte_counts_are_mended_on_the_way() {
    let model = Scenario::from_text("answered.toml", SCENARIO).unwrap().compile().unwrap();
    let folder = Folder::new();
    let suite = model.generate(Units(400), Seed(8)).write_to(folder.0.path().join("suite")).unwrap();
    let tag = record_tag(&suite.manifest.suite_id).unwrap();
    let mut text = String::from("record_id,number,label,text,proba_x\n");
    for unit in 0..400u64 {
        for arm in 0..2usize {
            let number = if unit == 100 { "bad".to_owned() } else { (unit as f64 * 1.5).to_string() };
            let x = if unit == 300 { 1.25 } else { unit as f64 / 400.0 };
            text +=
                &format!("{},{number},level {unit},word {unit} {arm},{x}\n", record_id(tag, unit, 2, arm));
        }
    }
    let path = folder.write("answers.csv", text);
    let declarations = declared(&["number", "label:category", "text", "proba_x"]);
    let read = Predictions::read(&[path], &suite, &declarations, &|_| ()).unwrap();
    let [number, label, text, proba] = read.outputs.as_slice() else { panic!() };
    assert_eq!(
        (number.kind.clone(), number.value(399, 1), number.value(0, 0)),
        (Kind::Number, Some(598.5), Some(0.0))
    );
    assert_eq!(
        (number.absence(100, 0), read.count(Fault::Absent(Absence::NotANumber), Some("number"), None)),
        (Some(Absence::NotANumber), 2)
    );
    assert_eq!(
        (label.labels().len(), label.code(10, 0).map(|c| label.labels()[c as usize].clone())),
        (400, Some("level 10".to_owned()))
    );
    assert_eq!(
        (text.kind.clone(), text.value(0, 0), text.value(399, 0)),
        (Kind::Text, Some(8.0), Some(10.0))
    );
    assert_eq!((proba.kind.word(), proba.absence(300, 1)), ("score", Some(Absence::OutOfRange)));
    let said: Vec<String> = read.irregularities.iter().map(ToString::to_string).collect();
    assert!(
        said.iter().any(|s| s.contains("value `bad`")) && said.iter().any(|s| s.contains("value `1.25`")),
        "{said:?}"
    );
}

#[test]
fn files_that_cannot_be_used_are_refused_with_what_to_do() {
    let folder = Folder::new();
    let first = id(0, 0);
    let other = (first ^ (1 << 41)).to_string();
    let others: Vec<String> = (0..30).map(|i| format!("{},0.5", (first ^ (1 << 41)) + i)).collect();
    let others = format!("record_id,score\n{}\n", others.join("\n"));
    let wide: Vec<String> = (0..30).map(|i| format!("c{i}")).collect();
    let table: Vec<(&str, Vec<u8>, &[&str], &str)> = vec![
        ("empty.csv", b"".to_vec(), &[], "is empty"),
        ("empty.parquet", b"".to_vec(), &[], "is empty"),
        ("blank.jsonl", b"\n\n \n".to_vec(), &[], "is empty"),
        ("header.csv", b"record_id,score\n".to_vec(), &[], "no row"),
        ("no_id.csv", b"id,score\n1,0.5\n".to_vec(), &[], "has no column `record_id`: it has `id`, `score`"),
        ("near_id.csv", b"record_Id,score\n1,0.5\n".to_vec(), &[], "did you mean `record_Id`?"),
        ("wide.csv", format!("{}\n", wide.join(",")).into_bytes(), &[], "and 18 more"),
        ("no_arm.csv", b"unit_id,score\n1,0.5\n".to_vec(), &[], "has `unit_id` but no `arm`"),
        (
            "no_output.csv",
            format!("record_id,age\n{first},3\n").into_bytes(),
            &[],
            "has no column with answers",
        ),
        ("only_ids.csv", format!("record_id\n{first}\n").into_bytes(), &[], "has no column with answers"),
        ("twice.csv", format!("record_id,x,x\n{first},1,2\n").into_bytes(), &[], "two columns called `x`"),
        ("positions.csv", b"record_id,score\n0,0.5\n1,0.7\n".to_vec(), &[], "row numbers are no ids"),
        ("other.csv", others.into_bytes(), &[], &other),
        ("rounded.csv", b"record_id,score\n1.5E+15x,0.5\n".to_vec(), &[], "not rounded by a spreadsheet"),
        (
            "ragged.csv",
            format!("record_id,score\n{first},1,2,3\n{first}\n").into_bytes(),
            &[],
            "can be read: 4 cells",
        ),
        ("nothing.csv", format!("record_id,score\n{first},\n").into_bytes(), &[], "1 refused"),
        ("words.csv", format!("record_id,score\n{first},high\n").into_bytes(), &["score:score"], "1 invalid"),
        ("array.json", format!("[{{\"record_id\":{first},\"score\":1}}]").into_bytes(), &[], "lines=True"),
        ("text.json", b"{oh no".to_vec(), &[], "is not JSON lines: row 1 is not a JSON object"),
        ("text.jsonl", b"oh no\n".to_vec(), &[], "not the jsonl file that its name says"),
        ("text.parquet", b"oh no\n".to_vec(), &[], "not the parquet file that its name says"),
        ("magic.parquet", b"PAR1".to_vec(), &[], "cannot be read as parquet"),
        ("tail.parquet", b"PAR1\xff\xff\xff\x7fPAR1".to_vec(), &[], "cannot be read as parquet"),
        ("magic.arrow", b"ARROW1\0\0".to_vec(), &[], "cannot be read as arrow"),
        ("tail.arrow", b"ARROW1\0\0\xff\xff\xff\x7fARROW1".to_vec(), &[], "cannot be read as arrow"),
        ("stream.arrow", b"\xff\xff\xff\xff\xff\xff\xff\x7f".to_vec(), &[], "cannot be read as arrow"),
        ("a.csv.gz", b"\x1f\x8b\x08\0".to_vec(), &[], "compressed"),
        ("a.xlsx", b"PK\x03\x04".to_vec(), &[], "CSV"),
        ("utf16.csv", b"\xff\xfer\0e\0c\0".to_vec(), &[], "UTF-8"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0".to_vec(), &[], "no known format"),
        ("prose.txt", b"Dear all,\nthe scores follow.\n".to_vec(), &[], "has no column `record_id`"),
        (
            "undeclared.csv",
            format!("record_id,score\n{first},1\n").into_bytes(),
            &["scores"],
            "did you mean `score`?",
        ),
        (
            "suites.csv",
            format!("record_id,age\n{first},1\n").into_bytes(),
            &["age"],
            "is a column of the suite",
        ),
        (
            "list.csv",
            format!("record_id,r\n{first},1\n").into_bytes(),
            &["r:rank:list=offer"],
            "no column `offer`",
        ),
        (
            "same.csv",
            format!("record_id,r\n{first},1\n").into_bytes(),
            &["r", "r:number"],
            "two outputs are called `r`",
        ),
    ];
    for (name, bytes, declarations, said) in table {
        let message = refusal(read_as(&folder.write(name, bytes), declarations));
        assert!(message.contains(said), "{name}: `{said}` is not in\n{message}");
        assert!(message.len() < 1000, "{name}: {message}");
    }
}

#[test]
fn places_without_predictions_are_refused_with_what_to_do() {
    let folder = Folder::new();
    let file = folder.write("a.csv", format!("record_id,score\n{},0.5\n", id(0, 0)));
    let repeat = folder.write("b.csv", format!("record_id,repeat,score\n{},1,0.5\n", id(0, 0)));
    let other = folder.write("c.csv", format!("record_id,mark\n{},0.5\n", id(0, 0)));
    folder.write("none/notes.md", "hello");
    let read = |paths: &[&Path]| {
        let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
        refusal(Predictions::read(&paths, suite(), &[], &|_| ()))
    };
    assert!(read(&[]).contains("no predictions file"));
    assert!(read(&[&folder.0.path().join("gone.csv")]).contains("is not there"));
    assert!(read(&[&folder.0.path().join("none")]).contains("holds no predictions"));
    assert!(read(&[&suite().dir]).contains("is the suite itself"));
    assert!(read(&[&file, &file]).contains("is named twice"));
    assert!(read(&[&file, &repeat]).contains("only some files have a `repeat` column"));
    assert!(read(&[&file, &other]).contains("has no column `score`"));
}

#[test]
fn the_suites_own_files_are_no_predictions() {
    let file = suite().dir.join(&suite().manifest.files[0].path);
    assert!(refusal(read_as(&file, &[])).contains("has no column with answers"));
    let truth = suite().manifest.files.iter().find(|f| f.arm.is_none()).unwrap();
    assert!(refusal(read_as(&suite().dir.join(&truth.path), &[])).contains("which twin a row answers"));
}
