//! From the name of one thing to the names that a table of many may have.

/// Words whose plural follows no rule. Sorted.
const IRREGULAR: &[(&str, &str)] = &[
    ("child", "children"),
    ("criterion", "criteria"),
    ("datum", "data"),
    ("foot", "feet"),
    ("goose", "geese"),
    ("leaf", "leaves"),
    ("life", "lives"),
    ("man", "men"),
    ("medium", "media"),
    ("mouse", "mice"),
    ("person", "people"),
    ("quiz", "quizzes"),
    ("shelf", "shelves"),
    ("tooth", "teeth"),
    ("woman", "women"),
];

/// The plurals that a name may have, the likeliest first; also the name itself, for words without a plural. The last word
/// counts: `line_item` gives `line_items`.
pub(super) fn plurals(name: &str) -> Vec<String> {
    let (start, last) = match name.rfind('_') {
        Some(at) => name.split_at(at + 1),
        None => ("", name),
    };
    let with = |ending: &str, cut: usize| format!("{start}{}{ending}", &last[..last.len() - cut]);
    let vowel = |c: u8| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u');
    let mut found = Vec::new();
    if let Ok(at) = IRREGULAR.binary_search_by(|(one, _)| (*one).cmp(last)) {
        found.push(format!("{start}{}", IRREGULAR[at].1));
    }
    match last.as_bytes() {
        [] => return found,
        [.., b's', b'i', b's'] => found.push(with("ses", 3)),
        [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h'] => found.push(with("es", 0)),
        [.., before, b'y'] if !vowel(*before) => found.push(with("ies", 1)),
        [.., b'f', b'e'] => found.extend([with("ves", 2), with("s", 0)]),
        [.., b'l' | b'r', b'f'] => found.extend([with("ves", 1), with("s", 0)]),
        [.., b'o'] => found.extend([with("s", 0), with("es", 0)]),
        _ => found.push(with("s", 0)),
    }
    found.push(name.to_owned());
    found
}

/// The names whose plural follows no rule and is this one.
pub(super) fn irregular(plural: &str) -> Option<String> {
    let (start, last) = match plural.rfind('_') {
        Some(at) => plural.split_at(at + 1),
        None => ("", plural),
    };
    IRREGULAR.iter().find(|(_, many)| *many == last).map(|(one, _)| format!("{start}{one}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(IRREGULAR.is_sorted());
    }

    #[test]
    fn the_usual_plurals_come_first() {
        for (one, many) in [
            ("order", "orders"),
            ("line_item", "line_items"),
            ("category", "categories"),
            ("day", "days"),
            ("address", "addresses"),
            ("box", "boxes"),
            ("batch", "batches"),
            ("status", "statuses"),
            ("analysis", "analyses"),
            ("person", "people"),
            ("sales_person", "sales_people"),
            ("half", "halves"),
            ("knife", "knives"),
            ("photo", "photos"),
            ("y", "ys"),
            ("café", "cafés"),
        ] {
            assert_eq!(plurals(one).first().map(String::as_str), Some(many), "{one}");
            assert_eq!(plurals(one).last().map(String::as_str), Some(one));
        }
        assert!(plurals("potato").contains(&"potatoes".to_owned()));
        assert!(plurals("").is_empty());
        assert!(plurals("a_").is_empty());
    }
}
