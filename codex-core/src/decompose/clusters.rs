//! Files in groups by what they import, each test with what it tests.

use std::collections::BTreeMap;

use codex_scope::decompose::{Graph, GroupOptions, group, waves};

use super::companions::companions;
use super::error::DecomposeError;
use super::facts::Facts;
use super::survey::Survey;

/// Some files that stay together.
#[derive(Debug, Clone)]
pub(super) struct Cluster {
    /// By their places in the survey, sorted.
    pub(super) files: Vec<usize>,
    pub(super) oversized: bool,
    /// How many of its files are ready in each wave; what goes with another is ready when that is.
    pub(super) ready: Vec<usize>,
}

/// Groups these files. A file that goes with another of them goes where that goes, and counts for its size.
pub(super) fn clusters(
    survey: &Survey,
    facts: &[Facts],
    files: &[usize],
    options: &GroupOptions,
) -> Result<Vec<Cluster>, DecomposeError> {
    let mut among = vec![false; survey.files.len()];
    for file in files {
        among[*file] = true;
    }
    let mut leads = companions(survey);
    leads.retain(|file, lead| among[*file] && among[*lead]);
    let mut followers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (file, lead) in &leads {
        followers.entry(*lead).or_default().push(*file);
    }
    let path = |file: usize| survey.files[file].bytes();
    let nodes: Vec<usize> = files.iter().copied().filter(|file| !leads.contains_key(file)).collect();
    let stays = |file: usize| among[file] && !leads.contains_key(&file);
    let mut edges: Vec<(&[u8], &[u8])> = Vec::new();
    for fact in facts.iter().filter(|fact| stays(fact.file)) {
        let needed = fact.imports.iter().map(|import| import.to).filter(|to| stays(*to));
        edges.extend(needed.map(|to| (path(fact.file), path(to))));
    }
    let following = |file: usize| followers.get(&file).map_or(&[][..], Vec::as_slice);
    let graph = Graph::new(nodes.iter().map(|file| path(*file)), edges).weighted(|path| {
        let count = survey.find(path).map_or(0, |file| following(file).len());
        u32::try_from(count + 1).unwrap_or(u32::MAX)
    });
    let groups = group(&graph, options);
    let members: Vec<Vec<usize>> = groups.iter().map(|group| group.members.clone()).collect();
    let order = waves(&graph, &members)?;
    let mut wave_of = vec![0; graph.len()];
    for (wave, nodes) in order.iter().enumerate() {
        for node in nodes {
            wave_of[*node] = wave;
        }
    }
    let mut clusters = Vec::with_capacity(groups.len());
    for group in &groups {
        let mut cluster = Cluster { files: Vec::new(), oversized: group.oversized, ready: vec![0; order.len()] };
        for node in &group.members {
            let Some(file) = graph.paths().get(*node).and_then(|path| survey.find(path)) else { continue };
            cluster.ready[wave_of[*node]] += 1 + following(file).len();
            cluster.files.push(file);
            cluster.files.extend(following(file));
        }
        cluster.files.sort_unstable();
        clusters.push(cluster);
    }
    Ok(clusters)
}
