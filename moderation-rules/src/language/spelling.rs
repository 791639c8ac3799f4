//! The bytes of one word, read eight at a time.

/// A word inside a longer buffer: what stands behind the word may be read, but never counts.
pub(crate) struct Spelling<'a> {
    /// From the first letter of the word to the end of the buffer.
    rest: &'a [u8],
    length: usize,
}

const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

impl<'a> Spelling<'a> {
    /// A word that stands alone.
    pub(crate) fn of(word: &'a [u8]) -> Self {
        Self { rest: word, length: word.len() }
    }

    /// The word `start..end` of a buffer.
    pub(crate) fn within(buffer: &'a [u8], start: usize, end: usize) -> Self {
        let rest = buffer.get(start..).unwrap_or_default();
        Self { rest, length: end.saturating_sub(start).min(rest.len()) }
    }

    pub(crate) fn length(&self) -> usize {
        self.length
    }

    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.rest.get(..self.length).unwrap_or_default()
    }

    /// The first eight bytes as one number, zero where the word is shorter.
    pub(crate) fn front(&self) -> u64 {
        let whole = match self.rest.first_chunk::<8>() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => padded(self.bytes()),
        };
        whole & self.mask()
    }

    /// Ones where the word has bytes among the first eight.
    pub(crate) fn mask(&self) -> u64 {
        match self.length {
            0 => 0,
            length @ 1..8 => u64::MAX >> (64 - 8 * length),
            _ => u64::MAX,
        }
    }

    /// Good enough to spread words over a table; words that meet are told apart by their letters.
    pub(crate) fn hash(&self) -> u64 {
        self.hash_from(self.front())
    }

    /// The same where the first bytes are at hand.
    pub(crate) fn hash_from(&self, front: u64) -> u64 {
        let mut hash = mixed(front ^ u64::try_from(self.length).unwrap_or_default().rotate_left(56));
        if self.length > 8 {
            for chunk in self.bytes().chunks(8).skip(1) {
                hash = mixed(hash ^ padded(chunk));
            }
        }
        hash
    }

    /// Whether it is a number in digits. More than one point makes a date or a version of it.
    pub(crate) fn is_number(&self) -> bool {
        let bytes = self.bytes();
        bytes.first().is_some_and(u8::is_ascii_digit)
            && bytes.iter().all(|b| b.is_ascii_digit() || *b == b'.')
            && bytes.iter().filter(|b| **b == b'.').count() < 2
    }
}

fn padded(bytes: &[u8]) -> u64 {
    let mut chunk = [0; 8];
    for (to, from) in chunk.iter_mut().zip(bytes) {
        *to = *from;
    }
    u64::from_le_bytes(chunk)
}

fn mixed(number: u64) -> u64 {
    let product = number.wrapping_mul(MIX);
    product ^ (product >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_word_does_not_count() {
        for word in ["a", "stopping", "stop taking it", "ﬁ"] {
            let buffer = format!("xx{word}yyyyyyyyyyyy");
            let (alone, inside) =
                (Spelling::of(word.as_bytes()), Spelling::within(buffer.as_bytes(), 2, 2 + word.len()));
            assert_eq!(
                (alone.hash(), alone.front(), alone.bytes()),
                (inside.hash(), inside.front(), inside.bytes())
            );
        }
    }

    #[test]
    fn numbers_are_told_by_their_digits() {
        let number = |word: &str| Spelling::of(word.as_bytes()).is_number();
        assert!(number("7") && number("38.5") && number("1000"));
        assert!(!number("3.2.1") && !number("") && !number("x2") && !number("٣"));
    }
}
