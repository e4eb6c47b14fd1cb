//! A module imports only from floors below it.

use std::path::Path;

/// From the roof to the ground.
const FLOORS: &[&str] = &[
    "report",
    "evaluate",
    "predictions",
    "verify",
    "suite",
    "policy",
    "sample",
    "model",
    "scenario",
    "text",
    "names",
    "formula",
    "stats",
    "dist",
    "encode",
    "verdict",
    "value",
    "error",
    "diag",
    "noise",
];

fn scan(path: &Path, floor: usize, upward: &mut Vec<String>) {
    for entry in std::fs::read_dir(path).expect("a folder of src") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            scan(&path, floor, upward);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            // What a file's own tests read does not hold the house up.
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
            for (above, name) in FLOORS[..floor].iter().enumerate() {
                if code.contains(&format!("crate::{name}::")) {
                    upward.push(format!("{} reads {name}, {} floors up", path.display(), floor - above));
                }
            }
        }
    }
}

#[test]
fn modules_import_only_from_floors_below() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut upward = Vec::new();
    for (floor, name) in FLOORS.iter().enumerate() {
        scan(&src.join(name), floor, &mut upward);
    }
    upward.retain(|line| !line.contains("tests"));
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}
