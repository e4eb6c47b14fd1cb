//! The address of a random number: (seed, name, purpose, unit, block).

use super::philox::philox4x32;

/// What a random number is for. Two purposes of one variable never share a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// The value itself.
    Draw,
    /// Whether the cell is missing.
    Missing,
    /// Whether a unit's proxy group follows its arm (the number W of the unit).
    Strength,
    /// The level that a unit's proxy group shows where it does not follow its arm.
    Surrogate,
    /// The value itself in a placebo arm.
    Placebo,
    /// Which units a resampling draws, or which signs it turns: statistics only, never a generated value.
    Resample,
}

impl Purpose {
    /// The word that is hashed: part of every value ever generated, never to be changed.
    fn word(self) -> &'static str {
        match self {
            Purpose::Draw => "draw",
            Purpose::Missing => "missing",
            Purpose::Strength => "strength",
            Purpose::Surrogate => "surrogate",
            Purpose::Placebo => "placebo",
            Purpose::Resample => "resample",
        }
    }
}

/// The random numbers of one name and purpose under one seed: a function of (unit, block), without state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noise {
    key: [u32; 2],
}

impl Noise {
    /// The Philox key is the first 64 bits of BLAKE3(domain, seed, purpose, name); all lengths are fixed or closed by a zero
    /// byte, so that no two addresses hash the same bytes.
    pub fn of(seed: u64, name: &str, purpose: Purpose) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"jumelles noise 1\0");
        hasher.update(&seed.to_le_bytes());
        hasher.update(purpose.word().as_bytes());
        hasher.update(b"\0");
        hasher.update(name.as_bytes());
        let hash = hasher.finalize();
        let word = |at: usize| {
            u32::from_le_bytes([
                hash.as_bytes()[at],
                hash.as_bytes()[at + 1],
                hash.as_bytes()[at + 2],
                hash.as_bytes()[at + 3],
            ])
        };
        Self { key: [word(0), word(4)] }
    }

    /// The uniform number of a unit: (top 53 bits + ½) / 2^53, so 0 never comes; 1, to which the largest would round, is
    /// the number below it instead.
    #[inline]
    pub fn uniform(&self, unit: u64, block: u32) -> f64 {
        let bits = philox4x32(self.key, [unit as u32, (unit >> 32) as u32, block, 0]);
        let top53 = (u64::from(bits[1]) << 32 | u64::from(bits[0])) >> 11;
        const STEP: f64 = 1.0 / 9_007_199_254_740_992.0;
        ((top53 as f64 + 0.5) * STEP).min(1.0 - STEP)
    }

    /// All 128 random bits of an address, for what needs many small choices: signs, small counts.
    #[inline]
    pub fn bits(&self, unit: u64, block: u32) -> [u64; 2] {
        let bits = philox4x32(self.key, [unit as u32, (unit >> 32) as u32, block, 0]);
        [u64::from(bits[1]) << 32 | u64::from(bits[0]), u64::from(bits[3]) << 32 | u64::from(bits[2])]
    }

    /// The uniform numbers of `out.len()` consecutive units from `first` on.
    pub fn fill(&self, first: u64, block: u32, out: &mut [f64]) {
        for (unit, slot) in (first..).zip(out) {
            *slot = self.uniform(unit, block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_the_same_number_for_ever() {
        let noise = Noise::of(7, "age", Purpose::Draw);
        let seen = [noise.uniform(0, 0), noise.uniform(1, 0), noise.uniform(0, 1), noise.uniform(1 << 40, 0)]
            .map(f64::to_bits);
        insta::assert_debug_snapshot!(seen);
    }

    #[test]
    fn a_batch_is_its_units_one_by_one() {
        let noise = Noise::of(1, "x", Purpose::Missing);
        let mut batch = [0.0; 100];
        noise.fill(u64::from(u32::MAX) - 50, 3, &mut batch);
        for (i, value) in batch.iter().enumerate() {
            assert_eq!(*value, noise.uniform(u64::from(u32::MAX) - 50 + i as u64, 3));
        }
    }

    #[test]
    fn names_purposes_seeds_and_blocks_are_apart() {
        let base = Noise::of(1, "x", Purpose::Draw);
        assert_ne!(base, Noise::of(2, "x", Purpose::Draw));
        assert_ne!(base, Noise::of(1, "y", Purpose::Draw));
        assert_ne!(base, Noise::of(1, "x", Purpose::Placebo));
        assert_ne!(base.uniform(5, 0), base.uniform(5, 1));
    }

    /// Kolmogorov–Smirnov against the uniform law; the bound holds for all but 1 in 10^9 generators.
    #[test]
    fn the_numbers_are_uniform() {
        let noise = Noise::of(3, "ks", Purpose::Draw);
        let mut numbers = vec![0.0; 200_000];
        noise.fill(0, 0, &mut numbers);
        numbers.sort_by(f64::total_cmp);
        let n = numbers.len() as f64;
        let distance = numbers
            .iter()
            .enumerate()
            .map(|(i, u)| (u - i as f64 / n).abs().max(((i + 1) as f64 / n - u).abs()))
            .fold(0.0, f64::max);
        assert!(distance < (f64::ln(2.0 / 1e-9) / (2.0 * n)).sqrt());
    }
}
