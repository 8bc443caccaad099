//! The counts of the model, written by `benches/real-merges/fit.py`.

/// Merges whose edits leave unchanged lines between them: how many people committed as they come out, and how many there
/// are.
pub(super) const DISJOINT: (u32, u32) = (466, 468);

/// For each class of places, how many people settled the same way, the order of new lines aside, and how many there are.
pub(super) const CLASSES: &[(&str, (u32, u32))] = &[
    ("layout/any", (1, 1)),
    ("members/absorbed", (2, 3)),
    ("members/siblings", (4, 6)),
    ("members/together", (73, 77)),
    ("members/unlike/large", (3, 4)),
    ("members/unlike/medium", (1, 7)),
    ("members/unlike/small", (0, 3)),
    ("members/unlike/tiny", (2, 5)),
    ("together/entangled", (1, 1)),
    ("touching-lines/contained", (11, 12)),
    ("touching-lines/head-and-body", (5, 6)),
    ("touching-lines/same-expression/large", (6, 6)),
    ("touching-lines/same-expression/medium", (1, 1)),
    ("touching-lines/same-expression/small", (3, 3)),
    ("touching-lines/same-expression/tiny", (4, 6)),
    ("touching-lines/same-token", (2, 2)),
    ("touching-lines/siblings/large", (7, 10)),
    ("touching-lines/siblings/medium", (11, 16)),
    ("touching-lines/siblings/small", (17, 19)),
    ("touching-lines/siblings/tiny", (39, 40)),
    ("words/contained", (3, 4)),
    ("words/head-and-body", (1, 2)),
    ("words/same-expression", (12, 16)),
    ("words/same-token", (0, 0)),
    ("words/siblings", (9, 12)),
];
