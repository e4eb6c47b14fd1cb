//! Files that a scenario names: own lists, tables, data. They stay in the scenario's folder.

use std::path::{Component, Path, PathBuf};

use crate::diag::{Code, code};

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
        let unreadable = |error: std::io::Error| Unusable {
            code: code::UNREADABLE_FILE,
            message: format!("cannot read `{name}`: {error}"),
            hint: Some("files are looked up in the folder of the scenario".to_owned()),
        };
        let meta = std::fs::metadata(&path).map_err(unreadable)?;
        if !meta.is_file() {
            return Err(Unusable {
                code: code::UNREADABLE_FILE,
                message: format!("`{name}` is {}, not a file", if meta.is_dir() { "a folder" } else { "a device" }),
                hint: Some("name a CSV or Parquet file in the folder of the scenario".to_owned()),
            });
        }
        if meta.len() > LARGEST {
            return Err(Unusable {
                code: code::TOO_LARGE,
                message: format!("`{name}` has {} bytes; at most {LARGEST} are read", meta.len()),
                hint: Some("a sample says what a distribution looks like; keep fewer rows or columns".to_owned()),
            });
        }
        let bytes = std::fs::read(&path).map_err(unreadable)?;
        Ok(Attached { name: name.to_owned(), bytes })
    }
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
