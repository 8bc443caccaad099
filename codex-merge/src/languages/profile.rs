//! The shape of what is known about merging a language.

/// What is known about merging one language.
#[derive(Debug)]
pub(crate) struct Profile {
    /// Kinds of comments.
    pub(crate) comments: &'static [&'static str],
    /// Kinds whose children stand in a list in their place.
    pub(crate) transparent: &'static [&'static str],
    /// Kinds that belong to the member before them, wherever they stand.
    pub(crate) attached: &'static [&'static str],
    /// Kinds that belong to the member after them.
    pub(crate) prefixes: &'static [&'static str],
    /// Lists whose members run one after the other.
    pub(crate) statements: &'static [&'static str],
    /// Further kinds whose children are members of a list.
    pub(crate) lists: &'static [&'static str],
    /// Lists whose order carries meaning.
    pub(crate) ordered: &'static [&'static str],
    /// Lists whose entries may stand in any order on one line.
    pub(crate) entries: &'static [&'static str],
    /// Lists that are no containers and whose members still have different names: list, member, and the way to the name.
    pub(crate) distinct: &'static [(&'static str, &'static str, Step)],
    /// Lists whose members are numbered by those before them.
    pub(crate) numbered: &'static [&'static str],
    /// Kinds that are the body of what they stand in.
    pub(crate) bodies: &'static [&'static str],
    /// Kinds that are one token to a reader although the grammar takes them apart.
    pub(crate) tokens: &'static [&'static str],
    /// Words that begin statements whose order carries meaning; `*` stands for any ending.
    pub(crate) order_words: &'static [&'static str],
    /// Words that, as statements of their own, say something of all that follows: `private`, `break`.
    pub(crate) barriers: &'static [&'static str],
    /// The lists.
    pub(crate) containers: &'static [Container],
    /// How members are named.
    pub(crate) names: &'static [NameRule],
    /// Kinds that are named by what they hold.
    pub(crate) wrappers: &'static [(&'static str, Step)],
    /// How calls are built.
    pub(crate) call: CallShape,
    /// Calls that are named by their first argument.
    pub(crate) calls: &'static [CallRule],
    /// How imports are built, where they are statements of their own.
    pub(crate) imports: Option<Imports>,
}

/// A kind of node that is a list of members.
#[derive(Debug)]
pub(crate) struct Container {
    pub(crate) kind: &'static str,
    pub(crate) frame: Frame,
    pub(crate) separator: Separator,
    /// Groups of members whose new members may stand in any order.
    pub(crate) free: &'static [&'static str],
    /// Further groups of members whose edits are independent even of their neighbours.
    pub(crate) keyed: &'static [&'static str],
    /// The rule its merges are reported as.
    pub(crate) merging: Merging,
}

/// How a merge of a list is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Merging {
    Members,
    Entries,
    Imports,
}

/// Where the members of a list stand in its node.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Frame {
    /// The list is the whole file.
    Whole,
    /// Between the first token and the last.
    Brackets,
    /// Between the tokens and fields at the beginning and the last token.
    Block(&'static [&'static str]),
}

/// What stands between two members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    /// Only line ends; further tokens belong to the member before them.
    None,
    /// A comma.
    Comma,
    /// On lines of their own like `None`; on one line the first of these.
    OnOneLine(&'static [u8]),
}

/// One step towards a node.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// The child in a field.
    Field(&'static str),
    /// The only child of a kind.
    Child(&'static str),
}

/// How members of one kind are named.
#[derive(Debug)]
pub(crate) struct NameRule {
    pub(crate) kind: &'static str,
    /// Members of one group and one name are the same member.
    pub(crate) group: &'static str,
    /// Said before the name.
    pub(crate) label: &'static str,
    /// The way to each part of the name; the first has to exist.
    pub(crate) parts: &'static [&'static [Step]],
    /// Kinds of children whose text belongs to the name.
    pub(crate) qualifiers: &'static [&'static str],
    /// Whether there is at most one of a name in a list.
    pub(crate) unique: bool,
    pub(crate) free: Free,
}

/// Which members of a kind may stand in any order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Free {
    Always,
    Never,
    /// Where there is no child of these kinds.
    Without(&'static [&'static str]),
    /// Where there is a child of one of these kinds.
    With(&'static [&'static str]),
    /// Where the node at the end of the way is missing, or of one of these kinds.
    Value(&'static [Step], &'static [&'static str]),
}

/// How calls are built.
#[derive(Debug)]
pub(crate) struct CallShape {
    pub(crate) kind: &'static str,
    /// The field up to whose end the called name goes.
    pub(crate) function: &'static str,
    pub(crate) arguments: &'static str,
}

/// A call that is named by its first argument.
#[derive(Debug)]
pub(crate) struct CallRule {
    pub(crate) function: &'static str,
    pub(crate) group: &'static str,
    pub(crate) unique: bool,
    pub(crate) free: bool,
}

/// How imports are built.
#[derive(Debug)]
pub(crate) struct Imports {
    pub(crate) statement: &'static str,
    pub(crate) list: &'static str,
    pub(crate) specifier: &'static str,
    /// The way from the statement to the list.
    pub(crate) way: &'static [Step],
}

impl Profile {
    /// The list rule of a kind.
    pub(crate) fn container(&self, kind: &str) -> Option<&'static Container> {
        self.containers.iter().find(|c| c.kind == kind)
    }

    #[cfg(test)]
    pub(crate) fn kinds(&self) -> Vec<&'static str> {
        let mut kinds = [
            self.comments,
            self.transparent,
            self.attached,
            self.prefixes,
            self.lists,
            self.ordered,
            self.numbered,
            self.entries,
            self.bodies,
            self.tokens,
        ]
        .concat();
        kinds.push(self.call.kind);
        kinds.extend(self.distinct.iter().flat_map(|(list, member, _)| [*list, *member]));
        kinds.extend(self.containers.iter().map(|c| c.kind));
        kinds.extend(self.wrappers.iter().map(|(kind, _)| *kind));
        for rule in self.names {
            kinds.push(rule.kind);
            kinds.extend(rule.qualifiers);
            if let Free::Without(of) | Free::Value(_, of) = rule.free {
                kinds.extend(of);
            }
        }
        if let Some(imports) = &self.imports {
            kinds.extend([imports.statement, imports.list, imports.specifier]);
        }
        kinds.extend(self.steps().iter().filter_map(|step| match step {
            Step::Child(kind) => Some(*kind),
            Step::Field(_) => None,
        }));
        kinds
    }

    #[cfg(test)]
    pub(crate) fn fields(&self) -> Vec<&'static str> {
        let mut fields = vec![self.call.function, self.call.arguments];
        for container in self.containers {
            if let Frame::Block(header) = container.frame {
                fields.extend(header);
            }
        }
        fields.extend(self.steps().iter().filter_map(|step| match step {
            Step::Field(field) => Some(*field),
            Step::Child(_) => None,
        }));
        fields
    }

    #[cfg(test)]
    fn steps(&self) -> Vec<Step> {
        let mut steps: Vec<Step> = self.wrappers.iter().map(|(_, step)| *step).collect();
        steps.extend(self.distinct.iter().map(|(.., step)| *step));
        for rule in self.names {
            steps.extend(rule.parts.iter().flat_map(|part| part.iter().copied()));
            if let Free::Value(way, _) = rule.free {
                steps.extend(way);
            }
        }
        steps.extend(self.imports.iter().flat_map(|imports| imports.way.iter().copied()));
        steps
    }
}
