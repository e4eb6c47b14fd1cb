//! `croissant.json`: the suite in the words of MLCommons Croissant 1.1 (<https://docs.mlcommons.org/croissant/>) and of its
//! vocabulary for responsible AI.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::card::{ALL, TRUTH, arm_label, title};
use super::describe::to_json;
use super::format::Format;
use super::manifest::{ColumnEntry, Manifest};
use crate::error::{Error, Result};
use crate::model::Model;

/// The context of the standard, as it asks to be embedded.
const CONTEXT: &str = include_str!("croissant_context.json");

/// The description: the documents with their SHA-256; one set of files and one set of records for each arm, for all arms
/// together and for the truth. Sets of files have no sum in Croissant: the manifest, whose sum is here, has one for each file.
pub(super) fn croissant(model: &Model, manifest: &Manifest, format: Format) -> Result<Value> {
    let context: Value = serde_json::from_str(CONTEXT)
        .map_err(|e| Error::request(format!("the context of Croissant cannot be read: {e}")))?;
    let header = &model.scenario.header;
    let about = match header.about.get(header.language) {
        "" => {
            "Synthetic twins: records that are equal except for a protected variable and what follows from it."
        }
        about => about,
    };
    let mut files = documents(model, manifest)?;
    let mut records = Vec::new();
    let mut add = |name: &str, folder: &str, columns: &[ColumnEntry], about: &str| {
        files.push(file_set(name, folder, format));
        records.push(record_set(name, columns, about));
    };
    if manifest.arms_share_files() {
        add(ALL, "data", &manifest.columns, "The records of all arms.");
    } else {
        add(ALL, "data/*", &manifest.columns, "The records of all arms.");
        for arm in &manifest.arms {
            let about = format!("The records of arm {}, one a unit.", arm.name);
            add(&arm_label(&arm.name), &format!("data/arm={}", arm.name), &manifest.columns, &about);
        }
    }
    add(TRUTH, "truth", &manifest.truth, "What the model under test must not see, one record a unit.");
    let mut description = json!({
        "@context": context,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": header.name.value,
        "description": about,
        "version": header.version,
        "datePublished": today().to_string(),
        "license": header.licence.as_deref().unwrap_or("Not stated by the scenario; its sources have their own terms."),
        "url": format!("urn:jumelles:suite:{}", manifest.suite_id),
        "citeAs": format!(
            "@misc{{{}, title = {{{}}}, note = {{synthetic suite {}}}}}",
            header.name.value, title(model), manifest.suite_id
        ),
        "inLanguage": header.language.tag(),
        "keywords": ["synthetic", "fairness", "counterfactual"],
    });
    if !header.authors.is_empty() {
        description["creator"] =
            header.authors.iter().map(|name| json!({"@type": "sc:Person", "name": name})).collect();
    }
    for (word, text) in responsible(manifest) {
        description[format!("rai:{word}")] = text;
    }
    description["distribution"] = files.into();
    description["recordSet"] = records.into();
    Ok(description)
}

/// What the vocabulary for responsible AI asks: <https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html>.
fn responsible(manifest: &Manifest) -> [(&'static str, Value); 7] {
    let of_role = |role: &str| -> String {
        let names: Vec<&str> =
            manifest.columns.iter().filter(|c| c.role == role).map(|c| c.name.as_str()).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let (protected, proxies) = (of_role("protected"), of_role("proxy"));
    [
        (
            "dataCollection",
            json!("No data were collected: every record is computed from scenario.toml and a seed."),
        ),
        (
            "dataBiases",
            json!(format!(
                "On purpose and as scenario.toml declares: columns that follow a protected variable ({protected}), and differ \
                 between twins: {proxies}."
            )),
        ),
        (
            "dataUseCases",
            json!([
                "Testing whether a model, a service or a person answers twins differently.",
                "Not for training: shares are those of the scenario's design, not of a population."
            ]),
        ),
        (
            "dataLimitations",
            json!([
                "Causal statements hold relative to the declared scenario.",
                "Where no difference is found, none was found by this suite; that says nothing about other people."
            ]),
        ),
        (
            "dataSocialImpact",
            json!(
                "Made to find out where people would be treated differently for who they are, without data on any person."
            ),
        ),
        (
            "personalSensitiveInformation",
            json!(format!("None of a real person. Synthetic people have: {protected}.")),
        ),
        (
            "dataReleaseMaintenancePlan",
            json!(
                "A suite does not change: the same scenario, seed and values version give the same records; any other gives \
                 another suite id."
            ),
        ),
    ]
}

/// The files beside the data that are known to the byte before they are written.
fn documents(model: &Model, manifest: &Manifest) -> Result<Vec<Value>> {
    let scenario = model.scenario.effective().as_bytes();
    let mut documents = vec![
        file_object(
            "suite.json",
            "application/json",
            "The manifest: every data file with its hash.",
            &to_json(manifest)?,
        ),
        file_object("scenario.toml", "application/toml", "The scenario, exactly as run.", scenario),
    ];
    for file in &model.attached {
        let media_type = match file.name.rsplit_once('.') {
            Some((_, "csv")) => "text/csv",
            Some((_, "toml")) => "application/toml",
            _ => "application/octet-stream",
        };
        documents.push(file_object(&file.name, media_type, "A file that the scenario reads.", &file.bytes));
    }
    Ok(documents)
}

fn file_object(name: &str, media_type: &str, about: &str, bytes: &[u8]) -> Value {
    json!({
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": about,
        "contentUrl": name,
        "contentSize": format!("{} B", bytes.len()),
        "encodingFormat": media_type,
        "sha256": sha256(bytes),
    })
}

/// SHA-256 (FIPS 180-4) in hex: the sum that Croissant takes.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The day on which the suite is made, which Croissant wants to know; `SOURCE_DATE_EPOCH`, in seconds, says another
/// (<https://reproducible-builds.org/specs/source-date-epoch/>). No file of data depends on it.
fn today() -> jiff::civil::Date {
    let said = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let said = said.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    jiff::tz::TimeZone::UTC.to_datetime(said.unwrap_or_else(jiff::Timestamp::now)).date()
}

fn files_id(name: &str) -> String {
    format!("files/{name}")
}

fn file_set(name: &str, folder: &str, format: Format) -> Value {
    json!({
        "@type": "cr:FileSet",
        "@id": files_id(name),
        "name": files_id(name),
        "description": format!("The files of {name}."),
        "encodingFormat": format.media_type(),
        "includes": format!("{folder}/*.{}", format.extension()),
    })
}

/// The first column of each table is its key.
fn record_set(name: &str, columns: &[ColumnEntry], about: &str) -> Value {
    let id = |column: &ColumnEntry| format!("{name}/{}", column.name);
    let fields: Vec<Value> = columns
        .iter()
        .map(|column| {
            json!({
                "@type": "cr:Field",
                "@id": id(column),
                "name": id(column),
                "description": column.about.as_deref().unwrap_or(&column.role),
                "dataType": data_type(&column.kind),
                "source": {"fileSet": {"@id": files_id(name)}, "extract": {"column": column.name}},
            })
        })
        .collect();
    json!({
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": about,
        "key": columns.first().map(|column| json!({"@id": id(column)})),
        "field": fields,
    })
}

fn data_type(kind: &str) -> &'static str {
    match kind {
        "integer" => "sc:Integer",
        "number" => "sc:Float",
        "boolean" => "sc:Boolean",
        "date" => "sc:Date",
        _ => "sc:Text",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::scenario::{Overrides, Scenario};
    use crate::suite::{Seed, Units};

    fn described(dir: &Path) -> Value {
        let model = Scenario::open("hiring", &Overrides::none()).unwrap().compile().unwrap();
        model.generate(Units(5), Seed(1)).write_to(dir).unwrap();
        serde_json::from_slice(&std::fs::read(dir.join("croissant.json")).unwrap()).unwrap()
    }

    #[test]
    fn the_sum_of_abc_is_that_of_the_standard() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), expected);
    }

    #[test]
    fn documents_have_the_sums_and_sizes_of_the_files_on_disk() {
        let dir = tempfile::tempdir().unwrap();
        let suite = dir.path().join("suite");
        let description = described(&suite);
        let files = description["distribution"].as_array().unwrap();
        let documents: Vec<&Value> = files.iter().filter(|f| f["@type"] == "cr:FileObject").collect();
        assert_eq!(documents.len(), 2);
        for document in documents {
            let bytes = std::fs::read(suite.join(document["contentUrl"].as_str().unwrap())).unwrap();
            assert_eq!(document["sha256"], sha256(&bytes));
            assert_eq!(document["contentSize"], format!("{} B", bytes.len()));
        }
    }

    #[test]
    fn every_field_reads_files_that_are_there_and_truth_is_apart() {
        let dir = tempfile::tempdir().unwrap();
        let suite = dir.path().join("suite");
        let description = described(&suite);
        let sets = description["recordSet"].as_array().unwrap();
        let names: Vec<&str> = sets.iter().map(|set| set["name"].as_str().unwrap()).collect();
        assert_eq!((names[0], names[1], names[names.len() - 1]), ("all", "female", "truth"));
        for set in sets {
            for field in set["field"].as_array().unwrap() {
                let from = &field["source"]["fileSet"]["@id"];
                assert_eq!(*from, files_id(set["name"].as_str().unwrap()));
                assert_eq!(from == "files/truth", set["name"] == "truth");
                let files = description["distribution"].as_array().unwrap().iter();
                let included = files.filter(|f| f["@id"] == *from).map(|f| f["includes"].as_str().unwrap());
                let folder = included.collect::<String>().replace("/*.parquet", "").replace("data/*", "data");
                assert!(suite.join(&folder).is_dir(), "{folder}");
            }
        }
    }
}
