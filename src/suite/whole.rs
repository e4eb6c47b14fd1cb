//! A whole suite: written in a folder beside its place, to which it moves by one rename.

use std::path::Path;

use super::combine::bare;
use super::describe::{to_json, with_files};
use super::documents::documents;
use super::folder::{MANIFEST, check_vacant, is_suite, write_file};
use super::generation::{Generation, files_of};
use super::journal::{Journal, Request};
use super::manifest::Manifest;
use super::opened::Suite;
use super::work::{Work, beside};
use crate::error::{Error, Result};

impl Generation<'_> {
    pub(super) fn write_whole(&self, place: &Path) -> Result<Manifest> {
        let path = beside(place)?;
        if !path.exists() {
            // Refused before anything is created.
            if let Some(manifest) = self.done(place)? {
                return Ok(manifest);
            }
            self.check_whole_place(place)?;
        }
        let work = Work::claim(self.disk, &path, place)?;
        let mut journal = None;
        match self.write_in(&work, place, &mut journal) {
            Ok(manifest) => work.finish().map(|()| manifest),
            Err(error) => Err(work.give_up(error, journal.as_ref())),
        }
    }

    fn write_in(&self, work: &Work, place: &Path, journal: &mut Option<Journal>) -> Result<Manifest> {
        let (suite, manifest) = (work.suite(), self.described());
        let request = Request::new(&manifest, self.parts, None);
        let listed = if self.resume { work.listed(&request)? } else { Vec::new() };
        if let Some(manifest) = self.done(place)? {
            return Ok(manifest);
        }
        self.check_whole_place(place)?;
        let journal = journal.insert(work.begin(&request, self.proven_parts(&[&suite], listed)?)?);
        self.write_files(&suite, &manifest, 0..self.parts, journal)?;
        let manifest = with_files(manifest, files_of(journal.finished()))?;
        for (name, bytes) in documents(self.model, &manifest, self.written.format)? {
            write_file(self.disk, &suite, &name, &bytes)?;
        }
        self.go_on()?;
        write_file(self.disk, &suite, MANIFEST, &to_json(&manifest)?)?;
        work.settle()?;
        Ok(manifest)
    }

    /// Nothing is there, or a suite that may be replaced and holds nothing of anybody else.
    fn check_whole_place(&self, place: &Path) -> Result<()> {
        check_vacant(place, self.overwrite)?;
        if !is_suite(place) {
            return Ok(());
        }
        let suite = Suite::open(place).map_err(|error| {
            Error::request_hint(
                format!(
                    "`{}` holds a suite whose own files cannot be told from others: {error}",
                    place.display()
                ),
                "remove it yourself, or name another folder",
            )
        })?;
        let strangers = suite.strangers()?;
        let Some(first) = strangers.first() else { return Ok(()) };
        Err(Error::request_hint(
            format!(
                "`{}` holds {} that {} no part of the suite: {}",
                place.display(),
                if strangers.len() == 1 { "a file".to_owned() } else { format!("{} files", strangers.len()) },
                if strangers.len() == 1 { "is" } else { "are" },
                first.display()
            ),
            "move what is yours to another folder; replacing the suite would remove it",
        ))
    }

    /// A run that goes on may find that it had ended after all: its suite is in place and proven.
    fn done(&self, place: &Path) -> Result<Option<Manifest>> {
        if !self.resume || !is_suite(place) {
            return Ok(None);
        }
        let found = Suite::open(place)?.manifest;
        let asked = self.described();
        let same =
            bare(&found) == bare(&asked) && found.files.len() == self.parts as usize * (asked.arms.len() + 1);
        if !same {
            return Ok(None);
        }
        match (self.proven(&[place], &found.files)?, self.overwrite) {
            (true, _) => Ok(Some(found)),
            (false, true) => Ok(None),
            (false, false) => Err(Error::unverified(format!(
                "`{}` is this suite, but a file does not have the bytes that were written; make it anew with --overwrite",
                place.display()
            ))),
        }
    }
}
