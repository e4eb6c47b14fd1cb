//! What stands beside the data: the scenario with its files, the card, the description for data-set hubs.

use std::path::{Component, Path};

use super::card::card;
use super::croissant::croissant;
use super::describe::to_json;
use super::folder::MANIFEST;
use super::format::Format;
use super::manifest::Manifest;
use crate::error::{Error, Result};
use crate::model::Model;

/// A file's name within the suite, and its bytes.
pub(super) type Document = (String, Vec<u8>);

/// Everything beside the data except the manifest.
pub(super) fn documents(model: &Model, manifest: &Manifest, format: Format) -> Result<Vec<Document>> {
    let mut documents = scenario(model);
    documents.push(("README.md".to_owned(), card(model, manifest).into_bytes()));
    documents.push(("croissant.json".to_owned(), to_json(&croissant(model, manifest, format)?)?));
    Ok(documents)
}

/// The scenario and the files that it names.
pub(super) fn scenario(model: &Model) -> Vec<Document> {
    let text = ("scenario.toml".to_owned(), model.scenario.effective().as_bytes().to_vec());
    let attached = model.attached.iter().map(|file| (file.name.clone(), file.bytes.to_vec()));
    std::iter::once(text).chain(attached).collect()
}

/// Files of the scenario stand beside it in the suite, so they cannot have names of the suite's own files.
pub(super) fn check_attached(model: &Model) -> Result<()> {
    const OWN: [&str; 7] =
        ["data", "truth", "parts", "scenario.toml", "readme.md", "croissant.json", MANIFEST];
    for file in &model.attached {
        let mut parts = Path::new(&file.name).components().filter(|c| *c != Component::CurDir);
        let first = parts.next().map(|c| c.as_os_str().to_string_lossy().to_lowercase());
        if first.is_some_and(|first| OWN.contains(&first.as_str())) {
            return Err(Error::request_hint(
                format!("the scenario reads `{}`, which is a name of the suite's own", file.name),
                "rename the file",
            ));
        }
    }
    Ok(())
}
