//! Whose turn it is to act; one to one with the exit codes of the program.

/// What kind of failure an [`Error`](super::Error) is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The suite is not what it says it is: a hash, a count or a value differs.
    Unverified,
    /// The request is wrong: arguments, scenario, policy, a file that cannot be used. Nothing was written.
    Request,
    /// The world failed: disk, permission, network.
    World,
    /// A run was asked to stop.
    Interrupted,
}

impl ErrorKind {
    /// The exit code of the program.
    pub fn exit_code(self) -> u8 {
        match self {
            ErrorKind::Unverified => 1,
            ErrorKind::Request => 2,
            ErrorKind::World => 4,
            // What shells say of a program that ended by SIGINT.
            ErrorKind::Interrupted => 130,
        }
    }
}
