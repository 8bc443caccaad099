//! References, by the kinds of nodes that refer.

use super::reader::field_in;
use super::reference::{Reference, ReferenceKind};
use super::walk::{Place, Walk};
use crate::languages::symbols::MemberRule;

impl<'t> Walk<'t> {
    pub(super) fn name(&mut self, at: &Place<'t>, kind: ReferenceKind) {
        let rules = self.reader.rules;
        let bound = match kind {
            ReferenceKind::Read => rules.binds_variables(at.parent, at.field),
            _ => rules.binds(at.parent, at.field),
        };
        if bound {
            return;
        }
        let name = self.reader.name(at.node);
        let section = rules.visibility(&name.text).filter(|_| rules.bodies.contains(&at.parent) && !self.in_callable());
        match section {
            Some(section) => self.begin_section(section),
            None => self.refer(self.mention(kind, name)),
        }
    }

    pub(super) fn member(&mut self, at: &Place<'t>, rule: &MemberRule) {
        let children = self.reader.children(at.node);
        let bound = rule.kind == ReferenceKind::Constant && self.reader.rules.binds(at.parent, at.field);
        if let Some(property) = field_in(&children, rule.property).filter(|_| !bound) {
            let receiver = match field_in(&children, rule.object) {
                Some(object) => self.reader.receiver(object),
                None if rule.absolute => rule.joint.to_owned(),
                None => String::new(),
            };
            let name = self.reader.name(property);
            self.refer(Reference { receiver: Some(receiver), ..self.mention(rule.kind, name) });
        }
        let others = children.into_iter().filter(|child| child.field != rule.property);
        self.go_on(others.map(|child| at.child(child)));
    }

    pub(super) fn element(&mut self, at: &Place<'t>, field: &str) {
        let children = self.reader.children(at.node);
        let own = field_in(&children, field).filter(|name| {
            let text = self.reader.text(*name);
            name.child_count() == 0 && (text.contains('-') || text.starts_with(|c: char| c.is_ascii_lowercase()))
        });
        let others = children.into_iter().filter(|child| Some(child.node) != own);
        self.go_on(others.map(|child| at.child(child)));
    }

    /// Literals that name methods.
    pub(super) fn methods(&mut self, at: &Place<'t>) {
        let mut others = Vec::new();
        for child in self.reader.children(at.node) {
            match self.reader.literal(child.node) {
                Some(name) => self.refer(self.mention(ReferenceKind::Call, name)),
                None => others.push(child),
            }
        }
        self.go_on(others.into_iter().map(|child| at.child(child)));
    }

    pub(super) fn shorthand(&mut self, at: &Place<'t>, key: &str, value: &str, of: &str) {
        let named = at.node.child_by_field_name(key).filter(|key| key.kind() == of);
        match named.filter(|_| at.node.child_by_field_name(value).is_none()) {
            Some(key) => self.refer(self.mention(ReferenceKind::Read, self.reader.name(key))),
            None => self.descend(at),
        }
    }
}
