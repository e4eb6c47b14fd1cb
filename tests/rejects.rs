//! Wrong scenarios and what is said of them: `NAME.toml` beside `NAME.txt`. `UPDATE_REJECTS=1` writes the texts anew.

use std::path::Path;

use jumelles::diag::CODES;
use jumelles::sample::Sampler;
use jumelles::scenario::Scenario;

/// Files beside the scenarios that they name are called `NAME.csv`; the paths in messages begin at the folder.
const FOLDER: &str = "tests/rejects/";

#[test]
fn wrong_scenarios_are_refused_with_the_recorded_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut seen = 0;
    for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let said = format!("{}\n", said_of(&format!("{FOLDER}{name}")).replace(FOLDER, ""));
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

/// What is said of a scenario when it is read, compiled and, if nothing was wrong so far, drawn.
fn said_of(path: &str) -> String {
    let model = match Scenario::from_path(path).and_then(Scenario::compile) {
        Ok(model) if model.warnings().is_empty() => model,
        Ok(model) => return model.warnings().to_string(),
        Err(error) => return error.to_string(),
    };
    let plan = model.plan();
    match Sampler::new(&model, &plan, 1).batch(0..8) {
        Ok(_) => "nothing".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_code_has_a_wrong_scenario_and_every_refusal_a_hint() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let texts: Vec<(String, String)> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    for code in CODES.iter().filter(|code| !code.id.starts_with("J07")) {
        let marked = format!("[{}]", code.id);
        assert!(texts.iter().any(|(_, text)| text.contains(&marked)), "no wrong scenario shows {}", code.id);
    }
    for (path, text) in &texts {
        for block in text.split("\n\n") {
            assert!(block.contains("= hint: ") && block.contains("--> "), "{path}:\n{block}");
        }
    }
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
