//! What an output is taken for, and what that makes of its values.

use super::*;

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
