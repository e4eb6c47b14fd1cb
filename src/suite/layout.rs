//! Which arms share a file.

/// How the arms of a part are laid out in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// A folder and a file for each arm: what every reader opens.
    #[default]
    Arms,
    /// One Parquet file for all arms: a row group an arm, whose footer entries point at the same bytes where arms share a
    /// column. Smaller and faster to write by the number of arms; a program that copies it row group by row group writes
    /// shared columns as often as they are pointed at.
    OneFile,
}

impl Layout {
    /// All layouts, the default first.
    pub const ALL: [Layout; 2] = [Layout::Arms, Layout::OneFile];

    /// The layout of a word.
    pub fn from_word(word: &str) -> Option<Layout> {
        Self::ALL.into_iter().find(|layout| layout.word() == word)
    }

    /// The word for it in commands and manifests.
    pub fn word(self) -> &'static str {
        match self {
            Layout::Arms => "arms",
            Layout::OneFile => "one-file",
        }
    }
}
