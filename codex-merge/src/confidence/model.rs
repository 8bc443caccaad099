//! The counts of the model, written by `codex-merge/fit/fit.py`.

/// Merges whose edits leave unchanged lines between them: how many people committed as they come out, and how many there
/// are.
pub(super) const DISJOINT: (u32, u32) = (466, 468);

/// For each class of places, how many people settled the same way, the order of new lines aside, and how many there are.
pub(super) const CLASSES: &[(&str, (u32, u32))] = &[
    ("entries/inline", (4, 4)),
    ("insertions/apart", (20, 23)),
    ("insertions/alike", (41, 45)),
    ("insertions/similar", (2, 8)),
    ("insertions/entangled", (2, 6)),
    ("layout/any", (28, 30)),
    ("members/absorbed", (14, 19)),
    ("members/siblings", (6, 8)),
    ("members/together", (40, 44)),
    ("members/unlike/large", (2, 9)),
    ("members/unlike/medium", (1, 7)),
    ("members/unlike/small", (4, 5)),
    ("touching-lines/contained", (8, 9)),
    ("touching-lines/siblings/small", (32, 36)),
    ("touching-lines/siblings/medium", (11, 19)),
    ("touching-lines/siblings/large", (6, 10)),
    ("touching-lines/head-and-body", (6, 10)),
    ("touching-lines/same-expression/small", (4, 6)),
    ("touching-lines/same-expression/medium", (0, 5)),
    ("touching-lines/same-expression/large", (2, 3)),
    ("touching-lines/same-token", (3, 3)),
    ("words/contained", (19, 22)),
    ("words/siblings", (8, 11)),
    ("words/same-expression", (11, 19)),
    ("words/head-and-body", (2, 4)),
    ("words/same-token", (3, 5)),
];
