//! The data card and the Croissant description.

use std::fmt::Write;

use serde_json::json;

use super::manifest::{ColumnEntry, Manifest};
use crate::model::Model;

/// The card: front matter that data-set hubs read, then what the suite is, for people.
pub(super) fn card(model: &Model, manifest: &Manifest) -> String {
    let header = &model.scenario.header;
    let language = header.language;
    let ending = &manifest.file_format;
    let mut out = String::from("---\n");
    let _ = writeln!(out, "language: [{}]", language.tag());
    let _ = writeln!(out, "tags: [synthetic, counterfactual, fairness]\nconfigs:");
    let mut config = |name: &str, files: &str| {
        let _ = writeln!(out, "- config_name: {}\n  data_files: {}", quoted(name), quoted(files));
    };
    config("all", &format!("data/*/*.{ending}"));
    for arm in &manifest.arms {
        config(&arm.name, &format!("data/arm={}/*.{ending}", arm.name));
    }
    config("truth", &format!("truth/*.{ending}"));
    let _ = writeln!(
        out,
        "---\n\n# {}\n\n{}\n",
        plain(header.title.get(language)),
        plain(header.about.get(language))
    );
    let _ = writeln!(
        out,
        "Synthetic: no record is of a real person. {} units in {} arms, seed {}, design `{}`, scenario `{}` {}.\n",
        manifest.units,
        manifest.arms.len(),
        manifest.seed,
        manifest.design,
        manifest.scenario.name,
        manifest.scenario.version
    );
    out.push_str("Causal statements hold relative to the declared scenario (`scenario.toml`). `truth/` is not for the model under test.\n");
    out.push_str("\n| column | role | group | kind | varies |\n|---|---|---|---|---|\n");
    for c in &manifest.columns {
        let group = c.group.as_deref().unwrap_or("");
        let _ = writeln!(
            out,
            "| {} | {} | {group} | {} | {} |",
            c.name,
            c.role,
            c.kind,
            if c.varies { "yes" } else { "" }
        );
    }
    if !manifest.sources.is_empty() {
        out.push_str("\n## Sources\n\n");
    }
    for source in &manifest.sources {
        let extra = [&source.publisher, &source.licence, &source.url];
        let extra: Vec<String> = extra.into_iter().flatten().map(|t| plain(t)).collect();
        let _ = writeln!(out, "- {}: {}. {}", plain(&source.id), plain(&source.title), extra.join(", "));
    }
    for list in crate::names::shipped().iter().filter(|l| model.scenario.effective().contains(l.id)) {
        let _ = writeln!(
            out,
            "- Names `{}`: {}, {}, {}. {}",
            list.id, list.title, list.publisher, list.licence, list.url
        );
    }
    out
}

/// One line, without what Markdown or HTML would act on.
fn plain(text: &str) -> String {
    let safe = text.replace('&', "&amp;").replace('<', "&lt;").replace('|', "\\|");
    safe.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A string as YAML takes it: JSON strings are YAML strings.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// MLCommons Croissant: the files and their fields.
pub(super) fn croissant(manifest: &Manifest) -> String {
    let ending = &manifest.file_format;
    let set = |id: &str, includes: &str| json!({ "@type": "cr:FileSet", "@id": id, "name": id, "encodingFormat": encoding(ending), "containedIn": { "@id": "folder" }, "includes": includes });
    let field = |record: &str, set: &str, c: &ColumnEntry| {
        json!({
            "@type": "cr:Field", "@id": format!("{record}/{}", c.name), "name": c.name, "description": c.about.clone().unwrap_or_default(),
            "dataType": data_type(&c.kind), "source": { "fileSet": { "@id": set }, "extract": { "column": c.name } }
        })
    };
    let records = |id: &str, set: &str, columns: &[ColumnEntry]| json!({ "@type": "cr:RecordSet", "@id": id, "name": id, "field": columns.iter().map(|c| field(id, set, c)).collect::<Vec<_>>() });
    let value = json!({
        "@context": {
            "@language": "en", "@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/",
            "sc": "https://schema.org/", "rai": "http://mlcommons.org/croissant/RAI/", "conformsTo": "dct:conformsTo",
            "column": "cr:column", "containedIn": "cr:containedIn", "dataType": { "@id": "cr:dataType", "@type": "@vocab" },
            "extract": "cr:extract", "field": "cr:field", "fileSet": "cr:fileSet", "includes": "cr:includes",
            "recordSet": "cr:recordSet", "source": "cr:source"
        },
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": manifest.scenario.name,
        "version": manifest.scenario.version,
        "description": format!("Paired counterfactual test data, {} units in {} arms.", manifest.units, manifest.arms.len()),
        "url": "",
        "rai:dataSocialImpact": "Synthetic twins for testing models; causal statements hold relative to the declared scenario.",
        "distribution": [
            { "@type": "cr:FileObject", "@id": "folder", "name": "folder", "contentUrl": ".", "encodingFormat": "inode/directory", "sha256": "" },
            set("arms", &format!("data/*/*.{ending}")),
            set("truth-files", &format!("truth/*.{ending}"))
        ],
        "recordSet": [records("records", "arms", &manifest.columns), records("truth", "truth-files", &manifest.truth)]
    });
    format!("{value:#}\n")
}

fn encoding(ending: &str) -> &'static str {
    match ending {
        "csv" => "text/csv",
        "jsonl" => "application/jsonlines",
        "arrow" => "application/vnd.apache.arrow.file",
        _ => "application/x-parquet",
    }
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
