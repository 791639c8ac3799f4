//! Ids and secrets: chance as an argument.
//!
//! An id is a TSID: 42 bits of milliseconds since 2025-01-01 and 22 bits of chance, so that neither counts nor gaps
//! betray posts that are held. In URLs and the API it is 13 characters of Crockford's base 32; any other spelling of
//! the same number is refused, so that one object has one address.

use std::collections::HashSet;
use std::sync::Arc;

use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::clock::UtcTime;

const EPOCH_MILLIS: i64 = 1_735_689_600_000;
const CHANCE_BITS: u32 = 22;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 13;
/// Half of the chance there is: far more than one moment asks for, and drawing stays quick.
const MOST_OF_A_MILLISECOND: usize = 1 << (CHANCE_BITS - 1);

/// Makes ids and secrets. Cheap to clone.
#[derive(Clone)]
pub struct Ids(Arc<Mutex<Source>>);

struct Source {
    rng: StdRng,
    /// The millisecond that ids were last made in, and the chance bits given out in it: one transaction may make
    /// thousands of ids at one moment, and two of them must not meet.
    millis: i64,
    given: HashSet<u32>,
}

impl Ids {
    /// Seeded from the operating system.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for chance")]
    pub fn from_os() -> Self {
        Self::from_rng(rand::make_rng())
    }

    /// The same ids and secrets on every run: for tests only.
    pub fn seeded(seed: u64) -> Self {
        Self::from_rng(StdRng::seed_from_u64(seed))
    }

    fn from_rng(rng: StdRng) -> Self {
        Self(Arc::new(Mutex::new(Source { rng, millis: 0, given: HashSet::new() })))
    }

    /// A fresh id for something that comes to be at `now`.
    pub fn tsid(&self, now: UtcTime) -> i64 {
        let millis = (now.micros() / 1000).saturating_sub(EPOCH_MILLIS).max(0);
        let mut source = self.0.lock();
        if source.millis != millis || source.given.len() >= MOST_OF_A_MILLISECOND {
            source.millis = millis;
            source.given.clear();
        }
        loop {
            let chance = source.rng.next_u32() >> (32 - CHANCE_BITS);
            if source.given.insert(chance) {
                return (millis << CHANCE_BITS) | i64::from(chance);
            }
        }
    }

    /// 32 random bytes as 64 hex characters, for session tokens, form nonces and keys.
    pub fn secret(&self) -> String {
        let mut bytes = [0u8; 32];
        self.0.lock().rng.fill_bytes(&mut bytes);
        hex::encode(bytes)
    }
}

/// Writes an id as 13 Crockford characters.
pub fn encode(id: i64) -> String {
    let mut rest = id.cast_unsigned();
    let mut text = [b'0'; LENGTH];
    for slot in text.iter_mut().rev() {
        let digit = usize::try_from(rest & 31).unwrap_or_default();
        *slot = ALPHABET.get(digit).copied().unwrap_or(b'0');
        rest >>= 5;
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Reads exactly what [`encode`] writes; every other spelling is `None`.
pub fn decode(text: &str) -> Option<i64> {
    if text.len() != LENGTH {
        return None;
    }
    let mut value: u64 = 0;
    for byte in text.bytes() {
        let digit = ALPHABET.iter().position(|letter| *letter == byte)?;
        value = value.checked_mul(32)?.checked_add(u64::try_from(digit).ok()?)?;
    }
    Some(value.cast_signed())
}

/// A newtype around an id: one type for each kind of thing, so that a thread's id cannot stand for a post's.
#[macro_export]
macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, diesel::AsExpression, diesel::FromSqlRow)]
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        pub struct $name(pub i64);

        impl $name {
            /// A fresh id.
            pub fn new(ids: &$crate::platform::ids::Ids, now: $crate::platform::clock::UtcTime) -> Self {
                Self(ids.tsid(now))
            }

            /// Reads the one spelling that is valid in a URL.
            pub fn parse(text: &str) -> Option<Self> {
                $crate::platform::ids::decode(text).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::platform::ids::encode(self.0))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self)
            }
        }

        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::BigInt, DB> for $name
        where
            i64: diesel::serialize::ToSql<diesel::sql_types::BigInt, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB> for $name
        where
            i64: diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                i64::from_sql(bytes).map(Self)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_exactly_one_spelling() {
        let id = Ids::seeded(1).tsid(UtcTime::from_micros(1_800_000_000_000_000).unwrap());
        let text = encode(id);
        assert_eq!(text.len(), 13);
        assert_eq!(decode(&text), Some(id));
        assert_eq!(decode(&text.to_lowercase()), None);
        assert_eq!(decode(&format!("0{text}")), None);
        assert_eq!(decode("ZZZZZZZZZZZZZ"), None, "more than 64 bits");
        assert_eq!(decode(&encode(i64::MIN)), Some(i64::MIN));
        assert_eq!(decode(&encode(-1)), Some(-1));
    }

    #[test]
    fn a_moment_gives_no_id_twice() {
        let (ids, now) = (Ids::seeded(1), UtcTime::from_micros(1_800_000_000_000_000).unwrap());
        let made: HashSet<i64> = (0..20_000).map(|_| ids.tsid(now)).collect();
        assert_eq!(made.len(), 20_000);
    }
}
