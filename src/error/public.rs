//! The error that every public function returns.

use std::path::{Path, PathBuf};

use super::ErrorKind;
use crate::diag::Diagnostics;

/// The result of every public function.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What failed. Its text is what a user reads; [`Error::kind`] says whose turn it is.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Mistakes in a scenario or a policy, each with its place.
    Scenario(Diagnostics),
    /// Something else in the request cannot be done.
    Request {
        /// What is wrong, with the value found.
        message: String,
        /// What to do.
        hint: Option<String>,
    },
    /// A suite that is not what it says it is.
    Unverified {
        /// What differs, and where.
        message: String,
    },
    /// The operating system refused.
    Io {
        /// What was being done: "write", "read", "create", …
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
}

impl Error {
    /// A wrong request, without a hint.
    pub fn request(message: impl Into<String>) -> Self {
        Error::Request { message: message.into(), hint: None }
    }

    /// A wrong request, with what to do instead.
    pub fn request_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Error::Request { message: message.into(), hint: Some(hint.into()) }
    }

    /// A suite that is not what it says it is.
    pub fn unverified(message: impl Into<String>) -> Self {
        Error::Unverified { message: message.into() }
    }

    /// A refusal of the operating system.
    pub fn io(action: &'static str, path: impl AsRef<Path>, source: std::io::Error) -> Self {
        Error::Io { action, path: path.as_ref().to_owned(), source }
    }

    /// Whose turn it is to act.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Error::Scenario(_) | Error::Request { .. } => ErrorKind::Request,
            Error::Unverified { .. } => ErrorKind::Unverified,
            Error::Io { .. } => ErrorKind::World,
        }
    }

    /// What to do, where there is something to say beyond the message.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Error::Request { hint, .. } => hint.as_deref(),
            Error::Io { source, .. } => io_hint(source.kind()),
            _ => None,
        }
    }
}

fn io_hint(kind: std::io::ErrorKind) -> Option<&'static str> {
    use std::io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    match kind {
        StorageFull | QuotaExceeded => Some("free some space there, or name a folder on another disk"),
        PermissionDenied | ReadOnlyFilesystem => Some("name a folder that you may write to"),
        _ => None,
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Scenario(diagnostics) => diagnostics.fmt(f),
            Error::Request { message, .. } | Error::Unverified { message } => f.write_str(message),
            Error::Io { action, path, source } => write!(f, "cannot {action} `{}`: {source}", path.display()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
