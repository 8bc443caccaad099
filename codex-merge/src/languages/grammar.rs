//! A grammar, with the names of its kinds and fields for as long as the program runs.

use tree_sitter::Language;

/// A grammar and its names.
#[derive(Debug)]
pub(crate) struct Grammar {
    language: Language,
    kinds: Vec<String>,
    fields: Vec<String>,
}

impl Grammar {
    pub(crate) fn new(language: Language) -> Self {
        let name = |name: Option<&str>| name.unwrap_or_default().to_owned();
        let kinds = (0..=u16::MAX).take(language.node_kind_count()).map(|id| name(language.node_kind_for_id(id)));
        let kinds = kinds.collect();
        // Field numbers begin at 1.
        let count = language.field_count().saturating_add(1);
        let fields = (0..=u16::MAX).take(count).map(|id| name(language.field_name_for_id(id))).collect();
        Self { language, kinds, fields }
    }

    pub(crate) fn language(&self) -> &Language {
        &self.language
    }

    pub(crate) fn kind(&self, id: u16) -> &str {
        self.kinds.get(usize::from(id)).map_or("ERROR", String::as_str)
    }

    pub(crate) fn field(&self, id: u16) -> Option<&str> {
        self.fields.get(usize::from(id)).map(String::as_str)
    }

    #[cfg(test)]
    pub(crate) fn has_kind(&self, kind: &str) -> bool {
        [true, false].iter().any(|named| self.language.id_for_node_kind(kind, *named) != 0)
    }

    #[cfg(test)]
    pub(crate) fn has_field(&self, field: &str) -> bool {
        self.language.field_id_for_name(field).is_some()
    }
}
