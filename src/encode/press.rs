//! Compression that is kept only where it pays.

use std::io;

/// The level: higher ones save a few per cent at twice the time.
const LEVEL: i32 = 1;

/// A compressor with the buffers that pages are made in.
pub(super) struct Press {
    compressor: zstd::bulk::Compressor<'static>,
    /// What was compressed last.
    squeezed: Vec<u8>,
    /// The page that is being made.
    pub body: Vec<u8>,
}

impl Press {
    pub fn new() -> io::Result<Self> {
        let compressor = zstd::bulk::Compressor::new(LEVEL)?;
        Ok(Self { compressor, squeezed: Vec::new(), body: Vec::new() })
    }

    /// Compresses the body from `start` on in place.
    pub fn squeeze(&mut self, start: usize) -> io::Result<()> {
        self.compressed(start)?;
        self.replace(start);
        Ok(())
    }

    /// Compresses the body from `start` on if that saves a tenth of it; says whether it did.
    pub fn squeeze_if_worthwhile(&mut self, start: usize) -> io::Result<bool> {
        self.compressed(start)?;
        let worthwhile = self.squeezed.len() * 10 <= (self.body.len() - start) * 9;
        if worthwhile {
            self.replace(start);
        }
        Ok(worthwhile)
    }

    fn compressed(&mut self, start: usize) -> io::Result<()> {
        let raw = &self.body[start..];
        self.squeezed.clear();
        self.squeezed.reserve(zstd::zstd_safe::compress_bound(raw.len()));
        self.compressor.compress_to_buffer(raw, &mut self.squeezed)?;
        Ok(())
    }

    fn replace(&mut self, start: usize) {
        self.body.truncate(start);
        self.body.extend_from_slice(&self.squeezed);
    }
}
