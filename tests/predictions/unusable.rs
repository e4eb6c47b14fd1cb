//! Files that cannot be used at all.

use super::*;

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
