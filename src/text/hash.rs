//! [`struct@Hash`]: a 64-bit hash that is the same on every machine and in every release; for keys, not for secrets.

/// Grows by text and numbers; the order matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hash(pub u64);

/// The hash of one text.
pub fn of(text: &str) -> u64 {
    let mut hash = Hash::default();
    hash.text(text);
    hash.0
}

impl Hash {
    pub fn text(&mut self, text: &str) {
        let mut chunks = text.as_bytes().chunks_exact(8);
        for chunk in &mut chunks {
            self.number(chunk.iter().fold(0, |word, &b| word << 8 | u64::from(b)));
        }
        self.number(chunks.remainder().iter().fold(0, |word, &b| word << 8 | u64::from(b)));
        self.number(text.len() as u64);
    }

    pub fn number(&mut self, number: u64) {
        self.0 = (self.0 ^ number ^ 0x5851_F42D_4C95_7F2D).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_anywhere_differ() {
        let texts = ["", "a", "b", "预算法", "预算法\n", "预算法实施条例", "\0", "\0\0"];
        for (i, one) in texts.iter().enumerate() {
            assert!(texts[i + 1..].iter().all(|other| of(one) != of(other)), "{one}");
        }
        assert_eq!(of("预算法"), of("预算法"));
    }
}
