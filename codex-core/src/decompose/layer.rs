//! By layer: the folders that Rails applications and TypeScript packages put their layers in.

use std::collections::{BTreeMap, BTreeSet};

use codex_scope::decompose::{Graph, GroupOptions};

use super::clusters::clusters;
use super::division::{Division, Part, only_direct, part_of, ties};
use super::error::DecomposeError;
use super::facts::Facts;
use super::interfaces::interfaces;
use super::layers::TESTS;
use super::naming::{Names, names_of};
use super::request::DecomposeRequest;
use super::roots::{Roots, Seat, WHOLE_LEVEL, layer};
use super::survey::{Survey, split};

/// The most layers and packages that are told apart.
const MAX_PARTS: usize = 1_000;

const WHOLE_TASK: &str = "Work on this package. What other packages import from it is its contract.";

/// Some layers, or a part of one, on their way to an agent.
struct Sketch {
    seats: BTreeSet<Seat>,
    files: Vec<usize>,
    /// Which of the parts of a layer that was divided, and what lies in it.
    piece: Option<String>,
    oversized: bool,
}

pub(super) fn divide(survey: &Survey, facts: &[Facts], request: &DecomposeRequest) -> Result<Division, DecomposeError> {
    let roots = Roots::of(survey);
    let interfaces = interfaces(survey, &request.interfaces)?;
    // Nobody writes the contract while all work against it.
    let contract: BTreeSet<&[u8]> = interfaces.iter().map(String::as_bytes).collect();
    let mut layers: BTreeMap<Seat, Vec<usize>> = BTreeMap::new();
    for (at, file) in survey.files.iter().enumerate().filter(|(_, file)| !contract.contains(file.bytes())) {
        if let Some(place) = roots.place(file.bytes(), file.language) {
            layers.entry(place.seat).or_default().push(at);
        }
    }
    if layers.len() < 2 || layers.len() > MAX_PARTS {
        return Err(nothing_fits(survey, &roots, &layers, request));
    }
    let shared = shared_folders(survey, &roots, &layers);
    let sketches = divided(survey, facts, in_order(survey, facts, layers), request)?;
    let sketches = joined(sketches, request);
    let mut division = Division { interfaces, shared, ..Division::default() };
    let mut names = Names::default();
    for sketch in &sketches {
        division.parts.push(part(survey, &roots, sketch, &mut names));
    }
    division.ties = ties(survey, facts, &part_of(survey, &division.parts));
    let needs = needs(&roots, &sketches, &division);
    let waits_for = only_direct(&needs);
    for (part, (needs, waits_for)) in division.parts.iter_mut().zip(needs.into_iter().zip(waits_for)) {
        part.reads = needs;
        // A contract that all know stands in for what the others are yet to write.
        part.waits_for = if division.interfaces.is_empty() { waits_for } else { Vec::new() };
    }
    Ok(division)
}

fn nothing_fits(
    survey: &Survey,
    roots: &Roots,
    layers: &BTreeMap<Seat, Vec<usize>>,
    request: &DecomposeRequest,
) -> DecomposeError {
    let mut tops: Vec<String> = survey.files.iter().map(|file| top(file.bytes())).collect();
    tops.dedup();
    tops.truncate(12);
    let found = match layers.len() {
        0 => format!("found none of them among {} files in {}", survey.files.len(), tops.join(", ")),
        1 => {
            let only = layers.keys().next().map(|seat| id(roots, *seat, false)).unwrap_or_default();
            format!("found only `{only}`; name other paths, or divide by module")
        }
        many => format!("found {many} layers and packages, and {MAX_PARTS} are the most: name the folders to divide"),
    };
    DecomposeError::NothingFits {
        by: request.by.name(),
        looked_for: "at least two layers of a Rails application (app/models, app/controllers, app/services, db/migrate, ...) \
                     or of a TypeScript or JavaScript package (components, hooks, api, server, pages, lib, ..., also below \
                     src), or several packages (package.json, *.gemspec)"
            .to_owned(),
        found,
    }
}

/// Folders around those of layers: `app` around `app/models`. They are no layer's, even if only one lies in them today.
fn shared_folders(survey: &Survey, roots: &Roots, layers: &BTreeMap<Seat, Vec<usize>>) -> Vec<Vec<u8>> {
    let mut shared = BTreeSet::new();
    for (seat, files) in layers {
        for file in files.iter().map(|at| &survey.files[*at]) {
            let (folder, name) = split(file.bytes());
            let at = |folder: &[u8]| roots.place(&[folder, b"/", name].concat(), file.language);
            // As far up as a file of this name would be in the same layer.
            let mut around = split(folder).0;
            while !around.is_empty() && at(around).is_some_and(|place| place.seat == *seat && !place.exact) {
                around = split(around).0;
            }
            let is_a_layers = || at(around).is_some_and(|place| !place.exact && layers.contains_key(&place.seat));
            if !around.is_empty() && !is_a_layers() {
                shared.insert(around.to_vec());
            }
        }
    }
    shared.into_iter().collect()
}

fn top(path: &[u8]) -> String {
    let end = path.iter().position(|byte| *byte == b'/').map_or(path.len(), |slash| slash + 1);
    crate::path::quote(&path[..end])
}

/// The layers in the order in which they build on each other; whole packages by what they import.
fn in_order(survey: &Survey, facts: &[Facts], layers: BTreeMap<Seat, Vec<usize>>) -> Vec<Sketch> {
    let whole: Vec<&Vec<usize>> =
        layers.iter().filter(|(seat, _)| seat.level == WHOLE_LEVEL).map(|(_, files)| files).collect();
    let mut package_of = vec![None; survey.files.len()];
    for (at, files) in whole.iter().enumerate() {
        for file in *files {
            package_of[*file] = Some(at);
        }
    }
    // Nodes are sorted by name: with all names of one length, by number.
    let name = |at: usize| format!("{at:08}");
    let mut edges = Vec::new();
    for fact in facts {
        for import in &fact.imports {
            if let (Some(from), Some(to)) = (package_of[fact.file], package_of[import.to]) {
                edges.push((name(from), name(to)));
            }
        }
    }
    let graph = Graph::new((0..whole.len()).map(name), edges);
    let mut place = vec![0; whole.len()];
    for (at, package) in graph.components().into_iter().flatten().enumerate() {
        place[package] = at;
    }
    let mut sketches: Vec<(usize, Sketch)> = Vec::with_capacity(layers.len());
    for (at, (seat, files)) in layers.into_iter().enumerate() {
        // Whole packages have the lowest level, so they come first and in the order of `place`.
        let order = place.get(at).copied().unwrap_or(at);
        sketches.push((order, Sketch { seats: BTreeSet::from([seat]), files, piece: None, oversized: false }));
    }
    sketches.sort_by_key(|(order, _)| *order);
    sketches.into_iter().map(|(_, sketch)| sketch).collect()
}

/// Layers with too many files in several pieces.
fn divided(
    survey: &Survey,
    facts: &[Facts],
    sketches: Vec<Sketch>,
    request: &DecomposeRequest,
) -> Result<Vec<Sketch>, DecomposeError> {
    let Some(most) = request.max_files else { return Ok(sketches) };
    let options = GroupOptions { max_files: Some(most), max_groups: None };
    let mut pieces = Vec::new();
    for sketch in sketches {
        if sketch.files.len() <= most {
            pieces.push(sketch);
            continue;
        }
        let mut names = Names::default();
        for cluster in clusters(survey, facts, &sketch.files, &options)? {
            let paths: Vec<&[u8]> = cluster.files.iter().map(|file| survey.files[*file].bytes()).collect();
            let piece = names.take(&names_of(&paths));
            let (seats, oversized) = (sketch.seats.clone(), cluster.oversized);
            pieces.push(Sketch { seats, files: cluster.files, piece: Some(piece), oversized });
        }
    }
    Ok(pieces)
}

/// Neighbours in one until there are no more than wanted: the smallest first, and those of one root before others.
/// Neighbours build on each other, or on the same, so no circle comes of it.
fn joined(mut sketches: Vec<Sketch>, request: &DecomposeRequest) -> Vec<Sketch> {
    let wanted = request.agents.unwrap_or(usize::MAX).max(1);
    let most = request.max_files.unwrap_or(usize::MAX);
    while sketches.len() > wanted {
        let roots = |sketch: &Sketch| sketch.seats.iter().map(|seat| seat.root).collect::<BTreeSet<usize>>();
        let pairs = sketches.windows(2).enumerate().filter_map(|(at, pair)| match pair {
            [first, second] if first.files.len() + second.files.len() <= most => {
                Some((roots(first) != roots(second), first.files.len() + second.files.len(), at))
            }
            _ => None,
        });
        let Some((_, _, at)) = pairs.min() else { break };
        let second = sketches.remove(at + 1);
        let first = &mut sketches[at];
        let piece = if first.seats == second.seats { first.piece.take().zip(second.piece) } else { None };
        first.piece = piece.map(|(first, second)| format!("{first}-{second}"));
        first.seats.extend(second.seats);
        first.files.extend(second.files);
        first.files.sort_unstable();
        first.oversized |= second.oversized;
    }
    sketches
}

fn part(survey: &Survey, roots: &Roots, sketch: &Sketch, names: &mut Names) -> Part {
    let join = |full: bool| sketch.seats.iter().map(|seat| id(roots, *seat, full)).collect::<Vec<String>>().join("-");
    let with_piece = |name: String| match &sketch.piece {
        Some(piece) if *piece != name => format!("{name}-{piece}"),
        _ => name,
    };
    let mut titles: Vec<&str> = Vec::new();
    let mut tasks: Vec<&str> = Vec::new();
    for seat in &sketch.seats {
        let (title, task) = layer(seat.level).map_or(("Package", WHOLE_TASK), |layer| (layer.title, layer.task));
        if !titles.contains(&title) {
            titles.push(title);
            tasks.push(task);
        }
    }
    let name = names.take(&[with_piece(join(false)), with_piece(join(true))]);
    let mut title = titles.join(", ");
    if sketch.piece.is_some() || name != super::naming::slug(&join(false)) || titles == ["Package"] {
        title = format!("{title}: {name}");
    }
    let is_exact = |file: &usize| {
        let file = &survey.files[*file];
        roots.place(file.bytes(), file.language).is_some_and(|place| place.exact)
    };
    Part {
        exact: sketch.files.iter().copied().filter(is_exact).collect(),
        name,
        title,
        task: tasks.join("\n"),
        files: sketch.files.clone(),
        oversized: sketch.oversized,
        ..Part::default()
    }
}

/// The id of a layer; with the folder of its root where that has to be said.
fn id(roots: &Roots, seat: Seat, full: bool) -> String {
    let folder = roots.roots.get(seat.root).map_or(&b""[..], |root| root.folder.as_slice());
    let name = folder.rsplit(|byte| *byte == b'/').next().unwrap_or(folder);
    let name = String::from_utf8_lossy(if full { folder } else { name }).into_owned();
    match layer(seat.level) {
        None => name,
        Some(layer) if full && !name.is_empty() => format!("{name}-{}", layer.id),
        Some(layer) => layer.id.to_owned(),
    }
}

/// For each part those above it that it builds on: by the tables, and by what its files import.
fn needs(roots: &Roots, sketches: &[Sketch], division: &Division) -> Vec<Vec<usize>> {
    let mut needs: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); sketches.len()];
    for (at, sketch) in sketches.iter().enumerate() {
        for (above, other) in sketches[..at].iter().enumerate() {
            if sketch.seats != other.seats && builds_on(roots, sketch, other) {
                needs[at].insert(above);
            }
        }
    }
    for tie in &division.ties {
        // Pieces of one layer need each other in no order, and what leads downwards goes against the layers.
        if tie.to < tie.from && sketches[tie.from].seats != sketches[tie.to].seats {
            needs[tie.from].insert(tie.to);
        }
    }
    needs.into_iter().map(|list| list.into_iter().collect()).collect()
}

fn builds_on(roots: &Roots, sketch: &Sketch, other: &Sketch) -> bool {
    let folder = |seat: &Seat| roots.roots.get(seat.root).map_or(&b""[..], |root| root.folder.as_slice());
    let holds =
        |outer: &[u8], inner: &[u8]| outer.is_empty() || outer == inner || inner.starts_with(&[outer, b"/"].concat());
    sketch.seats.iter().any(|seat| {
        let own = layer(seat.level);
        let after = own.map_or(&[][..], |layer| layer.after);
        // Both tables end with the tests of the whole, which is all that stands above them.
        let of_the_whole = own.is_some_and(|layer| layer.id == TESTS);
        other.seats.iter().any(|above| {
            let named = layer(above.level).is_some_and(|layer| of_the_whole || after.contains(&layer.id));
            named && holds(folder(above), folder(seat))
        })
    })
}
