//! One part of a suite, written in a hidden folder within its place, to which its files move.

use std::fs;
use std::path::Path;

use super::combine::{PartRecord, bare, part_name};
use super::describe::{to_json, with_files};
use super::documents::scenario;
use super::folder::{
    MANIFEST, check_vacant, create_lasting_folders, move_files, remove_all, sync_parent, write_atomically,
    write_file,
};
use super::generation::{Generation, files_of};
use super::journal::{Journal, Request};
use super::manifest::Manifest;
use super::work::{Work, within};
use crate::error::{Error, Result};

impl Generation<'_> {
    pub(super) fn write_part(&self, place: &Path, part: u32) -> Result<Manifest> {
        self.check_place(place)?;
        if let Some(manifest) = self.part_done(place, part)? {
            return Ok(manifest);
        }
        let created = !place.exists();
        create_lasting_folders(self.disk, place)?;
        let made = self.write_part_within(place, part);
        if made.is_err() && created {
            // Only goes if empty: another part may have come in the meantime.
            let _ = self.disk.remove_folder(place);
        }
        made
    }

    fn write_part_within(&self, place: &Path, part: u32) -> Result<Manifest> {
        let work = Work::claim(self.disk, &within(place, part), place)?;
        let mut journal = None;
        match self.write_part_in(&work, place, part, &mut journal) {
            Ok(manifest) => work.finish().map(|()| manifest),
            Err(error) => Err(work.give_up(error, journal.as_ref())),
        }
    }

    fn write_part_in(
        &self,
        work: &Work,
        place: &Path,
        part: u32,
        journal: &mut Option<Journal>,
    ) -> Result<Manifest> {
        let (suite, manifest) = (work.suite(), self.described());
        let request = Request::new(&manifest, self.parts, Some(part));
        let listed = if self.resume { work.listed(&request)? } else { Vec::new() };
        // Asked again now that no other run can be making this part.
        if let Some(manifest) = self.part_done(place, part)? {
            return Ok(manifest);
        }
        let proven = self.proven_parts(&[&suite, place], listed)?;
        let journal = journal.insert(work.begin(&request, proven)?);
        self.write_files(&suite, &manifest, part..part + 1, journal)?;
        let manifest = with_files(manifest, files_of(journal.finished()))?;
        let documents = scenario(self.model);
        for (name, bytes) in &documents {
            write_file(self.disk, &suite, name, bytes)?;
        }
        self.go_on()?;
        let record = place.join(part_name(part));
        if record.exists() {
            // It speaks of files that are about to be replaced.
            remove_all(self.disk, &record)?;
            sync_parent(self.disk, &record)?;
        }
        let names: Vec<String> = documents.into_iter().map(|(name, _)| name).collect();
        move_files(self.disk, &suite, place, &names)?;
        let names: Vec<String> = manifest.files.iter().map(|f| f.path.clone()).collect();
        move_files(self.disk, &suite, place, &names)?;
        let record = PartRecord { part, parts: self.parts, manifest: manifest.clone() };
        write_atomically(self.disk, place, &part_name(part), &to_json(&record)?)?;
        Ok(manifest)
    }

    /// A part goes to a new folder, or beside other parts of the same suite.
    fn check_place(&self, place: &Path) -> Result<()> {
        let shown = place.display();
        if place.join(MANIFEST).exists() {
            return Err(Error::request_hint(
                format!("`{shown}` is a whole suite already"),
                "name another folder for the parts",
            ));
        }
        let scenario = place.join("scenario.toml");
        match fs::read(&scenario) {
            Ok(text) if text == self.model.scenario.effective().as_bytes() => Ok(()),
            Ok(_) => Err(Error::request_hint(
                format!("`{shown}` holds parts of another scenario"),
                "name another folder for these parts",
            )),
            // Another part that is being made leaves only names that begin with a dot.
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => match only_hidden(place)? {
                true => Ok(()),
                false => check_vacant(place, false),
            },
            Err(e) => Err(Error::io("read", &scenario, e)),
        }
    }

    /// The manifest of a part that is there already, if a run that goes on finds its files proven.
    fn part_done(&self, place: &Path, part: u32) -> Result<Option<Manifest>> {
        let path = place.join(part_name(part));
        let text = match self.disk.read(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(Error::io("read", &path, e)),
        };
        if self.resume
            && let Ok(record) = serde_json::from_slice::<PartRecord>(&text)
            && record.parts == self.parts
            && bare(&record.manifest) == bare(&self.described())
        {
            let proven = self.proven(&[place], &record.manifest.files)?;
            return Ok(proven.then_some(record.manifest));
        }
        if self.overwrite {
            return Ok(None);
        }
        let message = format!("part {part} is in `{}` already", place.display());
        Err(Error::request_hint(message, "replace it with --overwrite"))
    }
}

/// Whether nothing is in a folder but names that begin with a dot.
fn only_hidden(place: &Path) -> Result<bool> {
    if !place.is_dir() {
        return Ok(false);
    }
    for entry in fs::read_dir(place).map_err(|e| Error::io("read", place, e))? {
        let name = entry.map_err(|e| Error::io("read", place, e))?.file_name();
        if !name.to_string_lossy().starts_with(".partial-") {
            return Ok(false);
        }
    }
    Ok(true)
}
