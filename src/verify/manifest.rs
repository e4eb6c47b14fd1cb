//! The manifest against one made anew from the scenario in the suite, and against the bytes of the files that it lists.

use super::report::Check;
use crate::error::{Error, Result};
use crate::model::{Model, Plan};
use crate::suite::{ContentSum, Suite, describe_again};

/// Whether the manifest is that of its scenario, and its files together are the suite.
pub(super) fn fits(suite: &Suite, model: &Model, plan: &Plan) -> Check {
    let found = &suite.manifest;
    let mut expected = describe_again(model, plan, found);
    // The scenario in the suite is the one that was run: what the command laid over it is part of its text.
    expected.scenario.overridden = found.scenario.overridden;
    let parts = [
        ("suite id", found.suite_id == expected.suite_id),
        ("scenario", found.scenario == expected.scenario),
        ("arms", found.arms == expected.arms),
        ("contrasts", found.contrasts == expected.contrasts),
        ("columns", found.columns == expected.columns && found.truth == expected.truth),
        ("content hash", sum_of_files(suite).as_ref() == Some(&found.content_hash)),
        ("files", every_arm_is_whole(suite)),
    ];
    let wrong = parts.iter().filter(|(_, good)| !good);
    let problems =
        wrong.map(|(what, _)| format!("{what}: not what the scenario and the files make")).collect();
    let held =
        format!("{} arms and {} contrasts are the scenario's", found.arms.len(), found.contrasts.len());
    Check::of_problems("manifest", held, problems)
}

/// The content hash that the files' hashes sum to.
fn sum_of_files(suite: &Suite) -> Option<String> {
    let mut total = ContentSum::default();
    for file in &suite.manifest.files {
        total.add(ContentSum::from_hex(&file.content_hash)?);
    }
    Some(total.to_hex())
}

/// Whether the files of each arm, and of the truth, list every unit once and in order.
fn every_arm_is_whole(suite: &Suite) -> bool {
    let manifest = &suite.manifest;
    manifest.arms.iter().map(|a| Some(a.name.as_str())).chain([None]).all(|arm| {
        let mut files = manifest.files.iter().filter(|f| f.arm.as_deref() == arm);
        let end = files.try_fold(0, |next, file| (next == file.first_unit).then_some(next + file.rows));
        end == Some(manifest.units)
    })
}

/// Whether every file has the bytes that were written.
pub(super) fn file_hashes(suite: &Suite) -> Result<Check> {
    let mut problems = Vec::new();
    for file in suite.manifest.distinct_files() {
        match suite.hash_of(file) {
            Ok(hash) if hash == file.file_hash => {}
            Ok(_) => problems.push(format!("{}: the bytes are not those that were written", file.path)),
            Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                problems.push(format!("{}: the file is missing", file.path));
            }
            Err(error) => return Err(error),
        }
    }
    for stranger in suite.strangers()? {
        if stranger.starts_with("data") || stranger.starts_with("truth") {
            problems.push(format!("{}: the manifest does not list this file", stranger.display()));
        }
    }
    let held = format!("{} files have the bytes that were written", suite.manifest.distinct_files().count());
    Ok(Check::of_problems("file hashes", held, problems))
}
