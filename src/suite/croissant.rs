//! `croissant.json`: the suite in the words of MLCommons Croissant 1.1 (<https://docs.mlcommons.org/croissant/>).

use serde_json::{Value, json};

use super::card::title;
use super::format::Format;
use super::manifest::{ColumnEntry, Manifest};
use crate::error::{Error, Result};
use crate::model::Model;

/// The context of the standard, as it asks to be embedded.
const CONTEXT: &str = include_str!("croissant_context.json");

/// The description: one set of files and one set of records for each arm and for the truth.
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
    let title = title(model);
    let mut files = Vec::new();
    let mut records = Vec::new();
    for arm in &manifest.arms {
        let folder = format!("data/arm={}", arm.name);
        files.push(file_set(&arm.name, &folder, format));
        records.push(record_set(&arm.name, &manifest.columns, &format!("The records of arm {}.", arm.name)));
    }
    files.push(file_set("truth", "truth", format));
    records.push(record_set(
        "truth",
        &manifest.truth,
        "What the model under test must not see, one record a unit.",
    ));
    let mut description = json!({
        "@context": context,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": header.name.value,
        "description": about,
        "version": header.version,
        "url": format!("urn:jumelles:suite:{}", manifest.suite_id),
        "citeAs": format!("@misc{{{}, title = {{{title}}}, note = {{synthetic suite {}}}}}", header.name.value, manifest.suite_id),
        "inLanguage": header.language.tag(),
        "rai:dataCollection": "No data were collected: every record is computed from scenario.toml and a seed.",
        "rai:personalSensitiveInformation": "None: no record is of a real person.",
        "distribution": files,
        "recordSet": records,
    });
    if let Some(licence) = &header.licence {
        description["license"] = json!(licence);
    }
    if !header.authors.is_empty() {
        description["creator"] =
            header.authors.iter().map(|name| json!({"@type": "sc:Person", "name": name})).collect();
    }
    Ok(description)
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

fn record_set(name: &str, columns: &[ColumnEntry], about: &str) -> Value {
    let fields: Vec<Value> = columns
        .iter()
        .map(|column| {
            let id = format!("{name}/{}", column.name);
            json!({
                "@type": "cr:Field",
                "@id": id,
                "name": id,
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
