//! Single rows that are wrong.

use super::*;

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
    let said: Vec<String> = read.irregularities.iter().map(ToString::to_string).collect();
    let said = said.join("\n");
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

/// Cells that answers are made of, good and bad.
const CELLS: [&str; 24] = [
    "0",
    "1",
    "0.5",
    "1.0",
    "-1",
    "2",
    "1e300",
    "-0",
    "NaN",
    "inf",
    "-Infinity",
    "NA",
    "",
    "yes",
    "no",
    "oui",
    "perhaps",
    "true",
    "FALSE",
    "I'm sorry, but I can't help with that",
    "\"a, b\"",
    "é",
    "01",
    "9007199254740993",
];

/// Rows of records, known and unknown, with cells that mean no good.
fn hostile_rows() -> impl Strategy<Value = Vec<String>> {
    let id =
        prop_oneof![20 => (0..UNITS, 0..2usize).prop_map(|(unit, arm)| id(unit, arm)), 1 => any::<i64>()];
    let cells = proptest::collection::vec(proptest::sample::select(&CELLS[..]), 1..6);
    cells.prop_flat_map(move |cells| {
        let row = (id.clone(), proptest::sample::select(cells)).prop_map(|(id, cell)| format!("{id},{cell}"));
        proptest::collection::vec(row, 1..120)
    })
}

/// What a file comes to, without examples; or that it is refused.
fn outcome(rows: &[String], declaration: &str) -> Option<Vec<String>> {
    let header = "record_id,x";
    let read = match of_rows(header, rows, &[declaration]) {
        Ok(read) => read,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Request, "{error}");
            assert!(error.hint().is_some(), "{error}");
            return None;
        }
    };
    let output = &read.outputs[0];
    assert_eq!(read.rows, rows.len() as u64);
    let absences = |arm| Absence::ALL.iter().map(|a| output.absent(arm, *a)).sum::<u64>();
    let mut lines = vec![output.kind.to_string(), format!("{:?}", output.labels())];
    for arm in 0..arms() {
        assert_eq!(output.present(arm) + absences(arm), UNITS);
        let answered = (0..UNITS).filter(|unit| output.absence(*unit, arm).is_none()).count() as u64;
        assert_eq!(answered, output.present(arm));
        let cell = |unit| {
            format!(
                "{:?} {:?} {:?}",
                output.value(unit, arm),
                output.code(unit, arm),
                output.absence(unit, arm)
            )
        };
        lines.extend((0..UNITS).map(cell));
    }
    for irregularity in read.irregularities.iter().filter(|i| i.fault != Fault::Duplicate) {
        assert!(!irregularity.examples.is_empty() && irregularity.examples.len() <= 3, "{irregularity}");
        assert!(
            irregularity.examples.len() as u64 <= irregularity.count || irregularity.count == 0,
            "{irregularity}"
        );
        lines.push(format!("{:?} {:?} {}", irregularity.fault, irregularity.arm, irregularity.count));
    }
    Some(lines)
}

proptest! {
    #![proptest_config(cases(64))]
    #[test]
    fn whatever_the_rows_every_record_is_accounted_for_and_their_order_does_not_matter(
        (rows, shuffled) in hostile_rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        kind in proptest::sample::select(&["x", "x:score", "x:number", "x:category", "x:text", "x:decision:favourable=1", "x:rank"][..]),
    ) {
        prop_assert_eq!(outcome(&rows, kind), outcome(&shuffled, kind));
    }
}
