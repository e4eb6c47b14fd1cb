//! Wrong scenarios and what is said of them: `NAME.toml` beside `NAME.txt`. `UPDATE_REJECTS=1` writes the texts anew.

use std::path::Path;

use jumelles::scenario::Scenario;

#[test]
fn wrong_scenarios_are_refused_with_the_recorded_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rejects");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut seen = 0;
    for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).unwrap();
        let said = match Scenario::from_text(&name, &text).and_then(Scenario::compile) {
            Ok(model) => format!("{}\n", model.warnings()),
            Err(error) => format!("{error}\n"),
        };
        assert!(said.contains("[J"), "{name} is not refused");
        let recorded = path.with_extension("txt");
        if std::env::var_os("UPDATE_REJECTS").is_some() {
            std::fs::write(&recorded, &said).unwrap();
        }
        assert_eq!(said, std::fs::read_to_string(&recorded).unwrap_or_default(), "{name}");
        seen += 1;
    }
    assert!(seen >= 20, "only {seen} wrong scenarios");
}

#[test]
fn hostile_texts_are_refused_without_a_panic() {
    let nested = format!("a = {}{}", "[".repeat(10_000), "]".repeat(10_000));
    let dotted = format!("a{} = 1", ".a".repeat(10_000));
    let inline = format!("a = {}1{}", "{ a = ".repeat(10_000), " }".repeat(10_000));
    for text in [nested.as_str(), &dotted, &inline, "", "\0", "[scenario]\nname = \"x\"\nunits = inf"] {
        assert!(Scenario::from_text("x.toml", text).and_then(Scenario::compile).is_err());
    }
}
