//! The data card: what a person reads first, with the front matter that data-set hubs read.

use std::fmt::Write;

use super::manifest::{ColumnEntry, Manifest};
use crate::model::Model;

/// What hubs call the records of all arms together.
pub(super) const ALL: &str = "all";
/// What hubs call the truth.
pub(super) const TRUTH: &str = "truth";

/// What hubs call the records of an arm: its name, unless that is the name of something else.
pub(super) fn arm_label(arm: &str) -> String {
    if arm == ALL || arm == TRUTH { format!("arm-{arm}") } else { arm.to_owned() }
}

/// `README.md`.
pub(super) fn card(model: &Model, manifest: &Manifest) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = front_matter(&mut text, model, manifest).and_then(|()| body(&mut text, model, manifest));
    text
}

/// The title, or else the name.
pub(super) fn title(model: &Model) -> String {
    let header = &model.scenario.header;
    match header.title.get(header.language) {
        "" => header.name.value.clone(),
        title => title.to_owned(),
    }
}

fn front_matter(text: &mut String, model: &Model, manifest: &Manifest) -> std::fmt::Result {
    let header = &model.scenario.header;
    let ending = &manifest.file_format;
    writeln!(text, "---")?;
    writeln!(text, "pretty_name: {}", quoted(&title(model)))?;
    writeln!(text, "language:\n- {}", header.language.tag())?;
    if let Some(licence) = &header.licence {
        writeln!(text, "license: {}", quoted(licence))?;
    }
    writeln!(text, "tags:\n- synthetic\n- fairness\n- counterfactual")?;
    writeln!(text, "configs:")?;
    // The first is the default, and hubs show it: records without the truth.
    let mut config = |name: &str, files: String, default: &str| {
        writeln!(text, "- config_name: {}{default}\n  data_files: {}", quoted(name), quoted(&files))
    };
    if manifest.arms_share_files() {
        config(ALL, format!("data/*.{ending}"), "\n  default: true")?;
    } else {
        config(ALL, format!("data/*/*.{ending}"), "\n  default: true")?;
        for arm in &manifest.arms {
            config(&arm_label(&arm.name), format!("data/arm={}/*.{ending}", arm.name), "")?;
        }
    }
    config(TRUTH, format!("truth/*.{ending}"), "")?;
    writeln!(text, "---")
}

fn body(text: &mut String, model: &Model, manifest: &Manifest) -> std::fmt::Result {
    let header = &model.scenario.header;
    writeln!(text, "\n# {}\n", plain(&title(model)))?;
    let about = header.about.get(header.language);
    if !about.is_empty() {
        writeln!(text, "{}\n", plain(about))?;
    }
    writeln!(
        text,
        "Every record is synthetic; none is of a real person. {} units are rendered in {} arms (design `{}`): the records of \
         one unit are twins, equal in every column except those that follow the arm.\n",
        manifest.units,
        manifest.arms.len(),
        manifest.design,
    )?;
    writeln!(text, "- suite `{}`, seed {}", manifest.suite_id, manifest.seed)?;
    writeln!(text, "- scenario {} {}, `scenario.toml`", manifest.scenario.name, manifest.scenario.version)?;
    writeln!(text, "- made by {}; content hash `{}`\n", manifest.tool, manifest.content_hash)?;
    writeln!(text, "## Arms\n\n| arm | shown |\n|---|---|")?;
    for arm in &manifest.arms {
        let shown: Vec<String> =
            arm.show.iter().map(|(variable, level)| format!("{variable} = {level}")).collect();
        writeln!(text, "| {} | {} |", plain(&arm.name), plain(&shown.join(", ")))?;
    }
    writeln!(text, "\n## Columns of `data/`\n")?;
    columns(text, &manifest.columns)?;
    writeln!(text, "\n## Columns of `truth/`\n\nThe model under test must not see these.\n")?;
    columns(text, &manifest.truth)?;
    sources(text, model, manifest)
}

/// Where figures come from, and names, whose publishers ask to be mentioned.
fn sources(text: &mut String, model: &Model, manifest: &Manifest) -> std::fmt::Result {
    let scenario = model.scenario.effective();
    let names: Vec<_> = crate::names::shipped().iter().filter(|list| scenario.contains(list.id)).collect();
    if !manifest.sources.is_empty() || !names.is_empty() {
        writeln!(text, "\n## Sources\n")?;
    }
    for source in &manifest.sources {
        let year = source.year.map(|year| year.to_string());
        let parts = [
            Some(source.title.clone()),
            source.publisher.clone(),
            year,
            source.licence.clone(),
            source.url.clone(),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        writeln!(text, "- {}: {}", plain(&source.id), plain(&parts.join(", ")))?;
    }
    for list in names {
        let parts = [list.title, list.publisher, list.edition, list.licence, list.url];
        writeln!(text, "- names `{}`: {}", list.id, parts.join(", "))?;
    }
    Ok(())
}

fn columns(text: &mut String, columns: &[ColumnEntry]) -> std::fmt::Result {
    writeln!(text, "| column | role | type | differs between arms | about |\n|---|---|---|---|---|")?;
    for column in columns {
        let varies = if column.varies { "yes" } else { "no" };
        let about = plain(column.about.as_deref().unwrap_or(""));
        writeln!(
            text,
            "| {} | {} | {} | {varies} | {about} |",
            plain(&column.name),
            column.role,
            column.kind
        )?;
    }
    Ok(())
}

/// A text on one line, without what Markdown or HTML would act on, also in a cell of a table.
fn plain(text: &str) -> String {
    let safe = text.replace('&', "&amp;").replace('<', "&lt;").replace('|', "\\|");
    safe.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as YAML: JSON's quoted strings are YAML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arm_called_like_the_truth_is_not_taken_for_it() {
        assert_eq!(
            [arm_label("truth"), arm_label("all"), arm_label("female")],
            ["arm-truth", "arm-all", "female"]
        );
    }
}
