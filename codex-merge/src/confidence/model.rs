//! The counts of the model, written by `benches/real-merges/fit.py`.

/// Merges whose edits leave unchanged lines between them: how many people committed as they come out, and how many there
/// are.
pub(super) const DISJOINT: (u32, u32) = (466, 468);

/// For each class of places, how many people settled the same way, the order of new lines aside, and how many there are.
pub(super) const CLASSES: &[(&str, (u32, u32))] = &[
    ("layout/any", (1, 1)),
    ("members/absorbed", (2, 3)),
    ("members/siblings", (5, 7)),
    ("members/together/large", (27, 28)),
    ("members/together/medium", (10, 12)),
    ("members/together/small", (4, 4)),
    ("members/together/tiny", (31, 31)),
    ("members/unlike/large", (3, 3)),
    ("members/unlike/medium", (1, 4)),
    ("members/unlike/small", (0, 3)),
    ("members/unlike/tiny", (2, 5)),
    ("together/entangled", (1, 1)),
    ("touching-lines/contained", (11, 12)),
    ("touching-lines/head-and-body", (4, 4)),
    ("touching-lines/same-expression/large", (6, 6)),
    ("touching-lines/same-expression/medium", (1, 1)),
    ("touching-lines/same-expression/small", (3, 3)),
    ("touching-lines/same-expression/tiny", (4, 6)),
    ("touching-lines/same-token", (2, 2)),
    ("touching-lines/siblings/large", (7, 10)),
    ("touching-lines/siblings/medium", (10, 15)),
    ("touching-lines/siblings/small", (17, 19)),
    ("touching-lines/siblings/tiny", (39, 40)),
    ("touching-lines/signature-and-body", (1, 3)),
    ("words/contained", (3, 4)),
    ("words/head-and-body", (0, 1)),
    ("words/same-expression", (10, 14)),
    ("words/same-token", (0, 0)),
    ("words/siblings", (8, 11)),
    ("words/signature-and-body", (1, 1)),
];
