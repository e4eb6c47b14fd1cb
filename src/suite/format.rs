//! File formats of a suite.

/// The format of data files. Parquet is the suite; the others hold the same records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Apache Parquet, compressed with zstd.
    #[default]
    Parquet,
    /// Comma-separated values with a header.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// The Arrow IPC file format.
    Arrow,
}

impl Format {
    /// All formats, the default first.
    pub const ALL: [Format; 4] = [Format::Parquet, Format::Csv, Format::Jsonl, Format::Arrow];

    /// The format of a word.
    pub fn from_word(word: &str) -> Option<Format> {
        Self::ALL.into_iter().find(|f| f.word() == word)
    }

    /// The word for it in commands and manifests.
    pub fn word(self) -> &'static str {
        match self {
            Format::Parquet => "parquet",
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::Arrow => "arrow",
        }
    }

    /// How names of such files end, without the dot.
    pub fn extension(self) -> &'static str {
        self.word()
    }

    /// The media type that Croissant names.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Format::Parquet => "application/x-parquet",
            Format::Csv => "text/csv",
            Format::Jsonl => "application/jsonlines",
            Format::Arrow => "application/vnd.apache.arrow.file",
        }
    }
}
