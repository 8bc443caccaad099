//! From the tables of the formats to JSON Schema.

use std::collections::BTreeSet;

use super::common::{Common, reference};
use super::json::{Json, Object};
use crate::format::{Key, Literal, MANY, Mapping, Phrase, Rule, Shape};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Makes one schema; every mapping that it meets becomes a definition.
pub(super) struct Builder {
    /// Whether `{{...}}` may stand for any value.
    templates: bool,
    common: BTreeSet<Common>,
    /// The mappings that are referred to, in the order in which they were met.
    met: Vec<&'static Mapping>,
}

impl Builder {
    pub(super) fn of_files() -> Self {
        Self { templates: false, common: BTreeSet::new(), met: Vec::new() }
    }

    pub(super) fn of_templates() -> Self {
        Self { templates: true, ..Self::of_files() }
    }

    /// The schema of a file that is one mapping.
    pub(super) fn document(mut self, title: &'static str, mapping: &'static Mapping) -> Json {
        // The outermost keys are those of the file itself; what is filled in stands below them.
        let templates = std::mem::take(&mut self.templates);
        let whole = head(title).and(self.mapping(mapping, true));
        self.templates = templates;
        self.finish(whole)
    }

    /// The schema of a file whose keys stand at the top level, or in a mapping that is named like
    /// the kind of file.
    pub(super) fn sections(mut self, title: &'static str, mapping: &'static Mapping) -> Json {
        let inner = mapping.id;
        let about =
            format!("The sections of the {inner}: each stands here or at the top level of the file, not in both.");
        let nested = Object::default().with("description", about).and(self.mapping_at(mapping));
        let properties = Object::default().with(inner, nested).and(self.properties(mapping));
        let names = mapping.keys.iter().map(|key| key.name);
        let once = names.fold(Object::default(), |once, name| once.with(name, not_inside(inner, name)));
        let needed = mapping.keys.iter().filter(|key| key.needed);
        let anywhere: Vec<Object> = needed.map(|key| anywhere(inner, key.name)).collect();
        let whole = head(title)
            .with("description", mapping.about)
            .with("type", "object")
            .with("properties", properties)
            .with("additionalProperties", false)
            .with("dependentSchemas", once)
            .with("allOf", anywhere);
        self.finish(whole)
    }

    /// Adds the definitions.
    fn finish(mut self, whole: Object) -> Json {
        let mut definitions = Object::default();
        let mut next = 0;
        while let Some(&mapping) = self.met.get(next) {
            next += 1;
            // What a workflow needs may stand outside of `workflow:`.
            let needed = mapping.id != "workflow";
            definitions = definitions.with(mapping.id, self.mapping(mapping, needed));
        }
        for common in &self.common {
            definitions = definitions.with(common.name(), common.schema());
        }
        whole.with("$defs", definitions).into()
    }

    /// A mapping; `needed` says whether keys that are needed have to stand in it.
    fn mapping(&mut self, mapping: &'static Mapping, needed: bool) -> Object {
        let further = match &mapping.further {
            None => Json::Bool(false),
            Some(shape) => self.shape(shape).into(),
        };
        let required: Vec<&'static str> =
            mapping.keys.iter().filter(|key| needed && key.needed).map(|key| key.name).collect();
        let mut schema = Object::default()
            .with("description", mapping.about)
            .with("type", "object")
            .with("properties", self.properties(mapping));
        if !required.is_empty() {
            schema = schema.with("required", required);
        }
        schema = schema.with("additionalProperties", further);
        for rule in mapping.rules {
            schema = schema.and(ruled(*rule));
        }
        schema
    }

    fn properties(&mut self, mapping: &'static Mapping) -> Object {
        mapping.keys.iter().fold(Object::default(), |properties, key| properties.with(key.name, self.key(key)))
    }

    fn key(&mut self, key: &'static Key) -> Object {
        let schema = Object::default().with("description", key.about).and(self.shape(&key.shape));
        match key.default {
            None => schema,
            Some(Literal::Flag(value)) => schema.with("default", value),
            Some(Literal::Whole(value)) => schema.with("default", value),
            Some(Literal::Number(value)) => schema.with("default", value),
            Some(Literal::Text(value)) => schema.with("default", value),
            Some(Literal::Nothing) => schema.with("default", Vec::<Json>::new()),
        }
    }

    fn shape(&mut self, shape: &'static Shape) -> Object {
        let schema = match *shape {
            // What may be any text may be one with `{{...}}` in it, and a word of a phrase may not.
            Shape::Any => return Object::default(),
            Shape::Text => return self.common(Common::Text),
            Shape::Said => return self.common(Common::Said),
            Shape::Texts => return self.common(Common::Texts),
            Shape::SomeTexts => return self.common(Common::SomeTexts),
            Shape::Commands => return self.common(Common::Commands),
            Shape::Variables if self.templates => return self.common(Common::Texts),
            Shape::Variables => return self.common(Common::Variables),
            Shape::Name => return self.named(Common::Name),
            Shape::Id => return self.named(Common::Id),
            Shape::Ids => return self.named(Common::Ids),
            Shape::Flag => Object::default().with("type", "boolean"),
            Shape::Whole { least, most } => {
                let whole = Object::default().with("type", "integer").with("minimum", least);
                if most < u64::MAX { whole.with("maximum", most) } else { whole }
            }
            Shape::Integer => Object::default().with("type", "integer"),
            Shape::Number { least, most } => {
                let number = Object::default().with("type", "number").with("minimum", least);
                if most < f64::MAX { number.with("maximum", most) } else { number }
            }
            Shape::Duration => self.common(Common::Duration),
            Shape::Pointer => self.common(Common::Pointer),
            Shape::Version => {
                let versions: Vec<Json> = vec!["1.0".into(), "1".into(), 1_u64.into()];
                Object::default().with("enum", versions)
            }
            Shape::Words(words) => {
                let words: Vec<Object> = words.iter().map(|&(word, about)| one_word(word, about)).collect();
                Object::default().with("type", "string").with("oneOf", words)
            }
            Shape::Keys(mapping) => self.mapping_at(mapping),
            Shape::Items { of, least, most } => {
                let mut list = Object::default().with("type", "array").with("items", self.shape(of));
                if least > 0 {
                    list = list.with("minItems", least);
                }
                if most < MANY { list.with("maxItems", most) } else { list }
            }
            Shape::Forms(forms) => {
                let forms: Vec<Object> = forms.iter().map(|form| self.shape(form)).collect();
                Object::default().with("anyOf", forms)
            }
            Shape::Phrase(phrases) => {
                let forms: Vec<Object> = phrases.iter().flat_map(|phrase| self.phrase(phrase)).collect();
                return Object::default().with("anyOf", forms);
            }
            Shape::Optional(shape) => {
                let nothing = Object::default().with("type", "null");
                Object::default().with("anyOf", vec![self.shape(shape), nothing])
            }
        };
        if self.templates {
            let expression = self.common(Common::Expression);
            Object::default().with("anyOf", vec![schema, expression])
        } else {
            schema
        }
    }

    /// The forms of a phrase: a text, and a mapping of one key.
    fn phrase(&mut self, phrase: &'static Phrase) -> Vec<Object> {
        let Phrase { word, about, argument } = phrase;
        let Some(argument) = argument else {
            return vec![one_word(word, about)];
        };
        let text = Object::default()
            .with("description", *about)
            .with("type", "string")
            .with("pattern", format!(r"^\s*{word}\s*: \s*\S"));
        let mapping = Object::default()
            .with("description", *about)
            .with("type", "object")
            .with("properties", Object::default().with(*word, self.shape(argument)))
            .with("required", vec![*word])
            .with("additionalProperties", false);
        vec![text, mapping]
    }

    /// A name, or in a template a text that becomes one.
    fn named(&mut self, name: Common) -> Object {
        let name = self.common(name);
        if self.templates {
            let templated = self.common(Common::Templated);
            Object::default().with("anyOf", vec![name, templated])
        } else {
            name
        }
    }

    fn common(&mut self, common: Common) -> Object {
        self.common.insert(common);
        self.common.extend(common.part());
        common.reference()
    }

    fn mapping_at(&mut self, mapping: &'static Mapping) -> Object {
        if !self.met.iter().any(|met| met.id == mapping.id) {
            self.met.push(mapping);
        }
        reference(mapping.id)
    }
}

fn head(title: &'static str) -> Object {
    Object::default().with("$schema", DIALECT).with("title", title)
}

fn one_word(word: &'static str, about: &'static str) -> Object {
    Object::default().with("const", word).with("description", about.trim())
}

/// That a key does not stand in the mapping behind `inner`.
fn not_inside(inner: &'static str, key: &'static str) -> Object {
    let inside = Object::default().with("properties", Object::default().with(key, false));
    Object::default().with("properties", Object::default().with(inner, inside))
}

/// That a key stands here or in the mapping behind `inner`.
fn anywhere(inner: &'static str, key: &'static str) -> Object {
    let here = Object::default().with("required", vec![key]);
    let inside =
        Object::default().with("required", vec![inner]).with("properties", Object::default().with(inner, here.clone()));
    Object::default().with("anyOf", vec![here, inside])
}

fn ruled(rule: Rule) -> Object {
    match rule {
        Rule::Once { keys, inside } => {
            let once = keys.iter().fold(Object::default(), |once, &key| once.with(key, not_inside(inside, key)));
            Object::default().with("dependentSchemas", once)
        }
        Rule::With { key, word, needs } => {
            let holds = Object::default()
                .with("required", vec![key])
                .with("properties", Object::default().with(key, Object::default().with("const", word)));
            let then = Object::default().with("required", vec![needs]);
            Object::default().with("if", holds).with("then", then)
        }
    }
}
