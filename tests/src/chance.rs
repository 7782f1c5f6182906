//! Seeded chance: SHA-256 of a seed and a counter.

use domain::random::{self, Random};
use sha2::{Digest, Sha256};
use std::cell::Cell;

#[derive(Debug)]
pub struct Chance {
    seed: u64,
    drawn: Cell<u64>,
}

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self { seed, drawn: Cell::new(0) }
    }
    /// A number below `bound`, which is not 0.
    pub fn below(&self, bound: usize) -> usize {
        random::below(self, u32::try_from(bound).unwrap()) as usize
    }
    /// True `percent` times in a hundred.
    pub fn happens(&self, percent: usize) -> bool {
        percent > 0 && self.below(100) < percent
    }
}

impl Random for Chance {
    fn fill(&self, out: &mut [u8]) {
        for chunk in out.chunks_mut(32) {
            self.drawn.set(self.drawn.get() + 1);
            let block =
                Sha256::new_with_prefix(self.seed.to_be_bytes()).chain_update(self.drawn.get().to_be_bytes());
            chunk.copy_from_slice(&block.finalize()[..chunk.len()]);
        }
    }
}
