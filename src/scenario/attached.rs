//! Files that a scenario names: own lists, tables, data. They stay in the scenario's folder.

use std::path::{Component, Path, PathBuf};

use crate::diag::{Code, code, did_you_mean};

/// The largest file that is read.
const LARGEST: u64 = 256 * 1024 * 1024;

/// A file that a scenario names, read.
#[derive(Debug, Clone)]
pub struct Attached {
    /// The name in the scenario, relative to its folder.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Why a file cannot be used.
#[derive(Debug)]
pub(crate) struct Unusable {
    pub(crate) code: &'static Code,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl Attached {
    /// Reads a file of a scenario's folder. Absolute paths, `..` and links that lead out of the folder are refused.
    pub(crate) fn read(folder: Option<&Path>, name: &str) -> Result<Attached, Unusable> {
        let path = inside(folder, name)?;
        let unreadable = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => Unusable {
                code: code::UNREADABLE_FILE,
                message: format!("there is no file `{name}` in the folder of the scenario"),
                hint: Some(
                    beside(&path)
                        .unwrap_or_else(|| "files are looked up in the folder of the scenario".to_owned()),
                ),
            },
            _ => Unusable {
                code: code::UNREADABLE_FILE,
                message: format!("cannot read `{name}`: {error}"),
                hint: Some("see who may read the file".to_owned()),
            },
        };
        let meta = std::fs::metadata(&path).map_err(unreadable)?;
        if !meta.is_file() {
            return Err(Unusable {
                code: code::UNREADABLE_FILE,
                message: format!(
                    "`{name}` is {}, not a file",
                    if meta.is_dir() { "a folder" } else { "a device" }
                ),
                hint: Some("name a CSV or Parquet file in the folder of the scenario".to_owned()),
            });
        }
        if meta.len() > LARGEST {
            return Err(Unusable {
                code: code::TOO_LARGE,
                message: format!("`{name}` has {} bytes; at most {LARGEST} are read", meta.len()),
                hint: Some(
                    "a sample says what a distribution looks like; keep fewer rows or columns".to_owned(),
                ),
            });
        }
        let bytes = std::fs::read(&path).map_err(unreadable)?;
        Ok(Attached { name: name.to_owned(), bytes })
    }
}

/// The file beside a missing one that was probably meant.
fn beside(missing: &Path) -> Option<String> {
    const MOST: usize = 1000;
    let wanted = missing.file_name()?.to_str()?;
    let entries = std::fs::read_dir(missing.parent()?).ok()?.take(MOST).filter_map(Result::ok);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    // Folders list their files in no order of their own.
    names.sort();
    did_you_mean(wanted, names.iter().map(String::as_str))
}

/// The path of a file that stays in its folder.
pub(super) fn inside(folder: Option<&Path>, name: &str) -> Result<PathBuf, Unusable> {
    let outside = |message: String| Unusable {
        code: code::PATH_OUTSIDE,
        message,
        hint: Some("copy the file beside the scenario and name it without `..`".to_owned()),
    };
    let Some(folder) = folder else {
        return Err(Unusable {
            hint: Some("save the scenario as a file and put that one beside it".to_owned()),
            ..outside(format!("`{name}` cannot be read: this scenario has no folder of its own"))
        });
    };
    let plain = !name.is_empty()
        && !name.contains(['\\', '\0'])
        && Path::new(name).components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
    if !plain {
        return Err(outside(format!("`{name}` leads out of the scenario's folder")));
    }
    let path = folder.join(name);
    if let (Ok(real), Ok(home)) = (path.canonicalize(), folder.canonicalize())
        && !real.starts_with(home)
    {
        return Err(outside(format!("`{name}` is a link that leads out of the scenario's folder")));
    }
    Ok(path)
}
