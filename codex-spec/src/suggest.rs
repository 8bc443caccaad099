//! "Did you mean": the nearest of some words.

/// Longer words are not compared: they are no typing errors, and comparing is quadratic.
const LONGEST: usize = 48;

/// More candidates are not looked at, so that a thousand wrong names cost little.
const MAX_CANDIDATES: usize = 200;

/// The candidate nearest to `word`, if it is near enough to have been meant.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let plain = normal(word);
    let allowed = (plain.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .take(MAX_CANDIDATES)
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (normal(candidate), candidate))
        .filter(|(other, _)| least_distance(&plain, other) <= allowed)
        .map(|(other, candidate)| (strsim::osa_distance(&plain, &other), candidate))
        .filter(|&(distance, candidate)| distance <= allowed && distance < candidate.len())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// What two words are apart at the least, whatever the order of their letters; linear, so that only words that are near
/// are compared in full. An edit makes one byte of a kind less and one of another kind more, or one of the two.
fn least_distance(word: &str, other: &str) -> usize {
    let mut counts = [0_i32; 256];
    word.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    other.bytes().for_each(|byte| counts[usize::from(byte)] -= 1);
    let missing = counts.iter().filter(|count| **count > 0).sum::<i32>().unsigned_abs();
    let extra = counts.iter().filter(|count| **count < 0).sum::<i32>().unsigned_abs();
    let most_bytes = if word.is_ascii() && other.is_ascii() { 1 } else { 4 };
    usize::try_from(missing.max(extra)).unwrap_or(usize::MAX).div_ceil(most_bytes)
}

/// A whole sentence with the nearest candidate.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|found| format!("did you mean `{found}`?"))
}

/// `dependsOn`, `depends-on` and `depends_on` are the same word to a person.
fn normal(word: &str) -> String {
    word.chars().filter(|character| !matches!(character, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn only_near_words_are_suggested() {
        let words = ["depends_on", "instructions", "scope", "name"];
        for (word, expected) in [
            ("dependsOn", Some("depends_on")),
            ("depend_on", Some("depends_on")),
            ("instruction", Some("instructions")),
            ("scpoe", Some("scope")),
            ("banana", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, words), expected, "{word}");
        }
    }
}
