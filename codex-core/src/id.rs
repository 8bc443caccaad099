//! Names of things: runs, agents, objects of a repository, points in time.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The content address of a blob, tree or commit: 20 or 32 bytes, shown in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId {
    len: u8,
    bytes: [u8; 32],
}

impl ObjectId {
    /// An id of 20 (SHA-1) or 32 (SHA-256) bytes.
    ///
    /// # Errors
    /// Any other length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadObjectId> {
        if bytes.len() != 20 && bytes.len() != 32 {
            return Err(BadObjectId);
        }
        let mut id = ObjectId { len: bytes.len() as u8, bytes: [0; 32] };
        id.bytes[..bytes.len()].copy_from_slice(bytes);
        Ok(id)
    }

    /// The bytes of the address.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// The first ten hexadecimal digits, for people.
    pub fn short(&self) -> String {
        let mut text = self.to_string();
        text.truncate(10);
        text
    }
}

/// The text or bytes given are no object id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an object id: 40 or 64 hexadecimal digits are needed")]
pub struct BadObjectId;

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.as_bytes() {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.short())
    }
}

impl FromStr for ObjectId {
    type Err = BadObjectId;

    fn from_str(text: &str) -> Result<Self, BadObjectId> {
        let digits = text.as_bytes();
        let mut bytes = [0u8; 32];
        if digits.len() != 40 && digits.len() != 64 {
            return Err(BadObjectId);
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let value = |digit: u8| (digit as char).to_digit(16).map(|v| v as u8);
            match (value(pair[0]), value(pair[1])) {
                (Some(high), Some(low)) => *byte = high << 4 | low,
                _ => return Err(BadObjectId),
            }
        }
        ObjectId::from_bytes(&bytes[..digits.len() / 2])
    }
}

impl Serialize for ObjectId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ObjectId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The name of one run: sortable by start, unique, safe in ref and file names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RunId(String);

impl TryFrom<String> for RunId {
    type Error = String;

    fn try_from(text: String) -> Result<RunId, String> {
        RunId::parse(&text).ok_or_else(|| format!("`{text}` is no run id"))
    }
}

impl From<RunId> for String {
    fn from(id: RunId) -> String {
        id.0
    }
}

impl RunId {
    /// A new id from the wall clock and 40 random bits.
    pub fn generate(now: Timestamp) -> RunId {
        let mut random = [0u8; 5];
        // Without randomness the time alone still orders runs; the store refuses a second run of one name.
        let _ = getrandom::fill(&mut random);
        let tail: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        RunId(format!("{}-{tail}", now.compact()))
    }

    /// A run id out of its text, or `None` when a character would be unsafe in a ref or file name.
    pub fn parse(text: &str) -> Option<RunId> {
        let safe = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (!text.is_empty() && text.len() <= 64 && text.chars().all(safe) && !text.starts_with('-'))
            .then(|| RunId(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A wall-clock time in milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// Whole seconds since 1970-01-01 UTC.
    pub fn seconds(self) -> u64 {
        self.0 / 1000
    }

    /// The time that has passed since `earlier`; zero if the clock was set back.
    pub fn since(self, earlier: Timestamp) -> std::time::Duration {
        std::time::Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// `YYYYMMDD-HHMMSS` in UTC.
    fn compact(self) -> String {
        let (year, month, day) = civil_date(self.seconds() / 86_400);
        let second = self.seconds() % 86_400;
        format!("{year:04}{month:02}{day:02}-{:02}{:02}{:02}", second / 3600, second / 60 % 60, second % 60)
    }
}

/// The proleptic Gregorian date of a day counted from 1970-01-01, by counting in eras of 400 years.
fn civil_date(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468; // days since 0000-03-01
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn object_ids_round_trip_through_text() {
        let text = "0123456789abcdef0123456789abcdef01234567";
        let id: ObjectId = text.parse().expect("forty digits");
        assert_eq!(id.to_string(), text);
        assert_eq!(id.short(), "0123456789");
        assert!("xyz".parse::<ObjectId>().is_err());
        assert!("é123456789abcdef0123456789abcdef0123456".parse::<ObjectId>().is_err());
    }

    #[test]
    fn run_ids_carry_the_date() {
        for (seconds, prefix) in
            [(0, "19700101-000000-"), (951_782_400, "20000229-000000-"), (1_795_344_896, "20261122-105456-")]
        {
            let id = RunId::generate(Timestamp(seconds * 1000));
            assert!(id.as_str().starts_with(prefix), "{id}");
            assert_eq!(RunId::parse(id.as_str()), Some(id));
        }
        assert_eq!(RunId::parse("../x"), None);
    }
}
