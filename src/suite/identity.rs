//! Hashes that name a scenario and a suite, and the record ids derived from them.

use super::counts::Seed;
use super::manifest::VALUES_VERSION;
use crate::error::{Error, Result};
use crate::scenario::Attached;

/// Bits of a record id below its tag: unit · arms + arm.
const PLACE_BITS: u32 = 41;

/// BLAKE3 of the canonical text of the effective scenario and the files that it names, in hex: a comment changes nothing. Every text is preceded by its length (64 bits,
/// little-endian), and files come in the order of their names, so that nothing can move from one text to the next.
pub fn scenario_hash(canonical: &str, attached: &[Attached]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(canonical.as_bytes());
    let mut files: Vec<&Attached> = attached.iter().collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    for file in files {
        add(file.name.as_bytes());
        add(&file.bytes);
    }
    hasher.finalize().to_hex().to_string()
}

/// The suite id: the first 128 bits, in hex, of BLAKE3 of scenario hash, seed and values version. The number of units is
/// no part of it: a longer suite of the same scenario and seed begins with the same records.
pub fn suite_id(scenario_hash: &str, seed: Seed) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"jumelles suite 1\0");
    hasher.update(scenario_hash.as_bytes());
    hasher.update(&seed.0.to_le_bytes());
    hasher.update(&VALUES_VERSION.to_le_bytes());
    hasher.finalize().to_hex()[..32].to_owned()
}

/// The tag of a suite's record ids: the first 12 bits of its id.
///
/// # Errors
/// The id does not begin with three hexadecimal digits.
pub fn record_tag(suite_id: &str) -> Result<i64> {
    let digits = suite_id.get(..3).and_then(|d| i64::from_str_radix(d, 16).ok());
    digits.ok_or_else(|| {
        Error::unverified(format!("`{suite_id}` is no suite id: it does not begin with hexadecimal digits"))
    })
}

/// The id of a record: tag · 2^41 + unit · arms + arm, below 2^53, so that JSON and floating-point columns keep it.
pub fn record_id(tag: i64, unit: u64, arms: usize, arm: usize) -> i64 {
    (tag << PLACE_BITS) | (unit * arms as u64 + arm as u64) as i64
}

/// Refuses numbers of units whose record ids would not fit.
///
/// # Errors
/// No unit, or more than 2^41 records.
pub fn check_units(units: u64, arms: usize) -> Result<()> {
    if units == 0 {
        return Err(Error::request_hint("a suite of 0 units has no record", "ask for 1 unit or more"));
    }
    let most = ((1u64 << PLACE_BITS) - 1) / arms.max(1) as u64;
    if units > most {
        return Err(Error::request_hint(
            format!("{units} units in {arms} arms are too many for record ids below 2^53"),
            format!("ask for at most {most} units, or make several suites with different seeds"),
        ));
    }
    Ok(())
}
