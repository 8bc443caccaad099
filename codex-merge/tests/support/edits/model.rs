//! What a module is made of.

/// What a module is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Ruby,
    TypeScript,
    Tsx,
}

impl Dialect {
    pub(crate) const ALL: [Self; 3] = [Self::Ruby, Self::TypeScript, Self::Tsx];

    pub(crate) fn path(self) -> &'static [u8] {
        match self {
            Self::Ruby => b"order.rb",
            Self::TypeScript => b"order.ts",
            Self::Tsx => b"order.tsx",
        }
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    /// A module, or a namespace.
    Namespace,
    Class,
    /// A `describe` block.
    Examples,
    Function,
    /// A method of a class itself; outside of one, a function given to a constant.
    Static,
    /// An `it` block.
    Example,
    /// An `if` or a loop.
    Branch,
    /// A `case`, or a `switch`.
    Switch,
    /// One branch of a switch.
    Arm,
    /// An import, or a `require`.
    Import,
    /// A hash, or an object.
    Table,
    /// An array.
    List,
    /// A `%w` list; an enum, or a union of strings.
    Words,
    /// A struct, or an interface.
    Record,
    /// A function that returns an element.
    Component,
    Element,
    Constant,
    /// A declaration of one line: `has_many`, a field.
    Macro,
    /// `private`.
    Barrier,
    Call,
    Assign,
    /// A `return` under a condition.
    Guard,
    /// A text of several lines.
    Text,
    /// A name that is imported.
    Name,
    Entry,
    Item,
    Word,
    Field,
}

impl Kind {
    pub(crate) fn holds_members(self) -> bool {
        matches!(self, Self::File | Self::Namespace | Self::Class | Self::Examples)
    }

    pub(crate) fn holds_statements(self) -> bool {
        matches!(self, Self::Function | Self::Static | Self::Example | Self::Branch | Self::Arm)
    }

    /// What may stand in a node of this kind, of which there are `depth` around it.
    pub(crate) fn inside(self, dialect: Dialect, depth: usize) -> &'static [Self] {
        use Kind::*;
        const SIMPLE: &[Kind] = &[Call, Assign, Call, Guard];
        const STATEMENTS: &[Kind] = &[Call, Assign, Call, Guard, Branch, Switch, Text, Table, List];
        match (self, dialect) {
            (File, Dialect::Ruby) => {
                &[Class, Import, Function, Class, Constant, Import, Table, List, Words, Record, Namespace, Examples]
            }
            (File, Dialect::TypeScript) => {
                &[Function, Import, Class, Import, Constant, Table, List, Words, Record, Static, Class, Examples]
            }
            (File, Dialect::Tsx) => {
                &[Component, Import, Function, Import, Constant, Table, Words, Record, Static, Class, Component]
            }
            (Namespace, _) => &[Function, Class, Constant, Words],
            (Class, Dialect::Ruby) => {
                &[Function, Macro, Function, Macro, Function, Constant, Table, Words, Static, Barrier]
            }
            (Class, _) => &[Function, Macro, Function, Static],
            (Examples, _) if depth <= 2 => &[Example, Macro, Example, Examples],
            (Examples, _) => &[Example],
            (Function | Static | Example | Branch | Arm, _) if depth <= 3 => STATEMENTS,
            (Function | Static | Example | Branch | Arm, _) => SIMPLE,
            (Switch, _) => &[Arm],
            (Import, Dialect::TypeScript | Dialect::Tsx) => &[Name],
            (Table, _) => &[Entry],
            (List, _) => &[Item],
            (Words, _) => &[Word],
            (Record, _) => &[Field],
            (Component, _) => &[Element],
            (Element, _) if depth <= 3 => &[Element],
            _ => &[],
        }
    }

    /// The least and the most that stands in a new node of this kind.
    pub(crate) fn count(self) -> (usize, usize) {
        match self {
            Self::Class => (0, 6),
            Self::Switch => (1, 3),
            Self::Branch | Self::Component | Self::Element => (0, 3),
            Self::Arm => (0, 2),
            Self::Namespace | Self::Examples | Self::Import | Self::Record => (0, 4),
            _ => (0, 5),
        }
    }

    /// The order in which members are usually written.
    pub(crate) fn rank(self) -> usize {
        match self {
            Self::Import => 0,
            Self::Constant | Self::Table | Self::List | Self::Words => 1,
            Self::Macro => 2,
            Self::Record => 3,
            Self::Examples => 5,
            _ => 4,
        }
    }
}

/// A part of a module.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) id: usize,
    pub(crate) kind: Kind,
    /// Words with `_` between them.
    pub(crate) name: String,
    /// Which of four forms it has, and a number.
    pub(crate) value: u8,
    /// Which comment stands above it; 0 for none.
    pub(crate) comment: u8,
    /// Whether a blank line stands above it that need not.
    pub(crate) apart: bool,
    /// Whether each of its entries has a line of its own.
    pub(crate) tall: bool,
    /// Whether a comma follows the last of these.
    pub(crate) comma: bool,
    /// Whether its inside is indented twice as far.
    pub(crate) deep: bool,
    pub(crate) children: Vec<Node>,
}

impl Node {
    pub(crate) fn form(&self) -> u8 {
        self.value % 4
    }

    pub(crate) fn number(&self) -> u8 {
        self.value / 4
    }

    pub(crate) fn at(&self, path: &[usize]) -> &Self {
        path.iter().fold(self, |node, place| &node.children[*place])
    }

    pub(crate) fn at_mut(&mut self, path: &[usize]) -> &mut Self {
        let mut node = self;
        for place in path {
            node = &mut node.children[*place];
        }
        node
    }

    /// The ways to all that it holds, each before what is below it.
    pub(crate) fn paths(&self) -> Vec<Vec<usize>> {
        let mut paths = Vec::new();
        for (place, child) in self.children.iter().enumerate() {
            paths.push(vec![place]);
            paths.extend(child.paths().into_iter().map(|below| [&[place][..], below.as_slice()].concat()));
        }
        paths
    }
}

/// A module.
#[derive(Clone, Debug)]
pub(crate) struct Module {
    pub(crate) dialect: Dialect,
    pub(crate) root: Node,
    /// Whether lines end as on Windows.
    pub(crate) crlf: bool,
    /// Whether it begins with a byte order mark.
    pub(crate) marked: bool,
    /// Whether the last line has a line end.
    pub(crate) ends: bool,
    /// The id of the next node.
    pub(crate) next: usize,
}
