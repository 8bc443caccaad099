//! Nothing is defined more often than some version does.

use rustc_hash::FxHashMap;

use crate::engine::{Version, construct, follow, members, name_of};
use crate::languages::Profile;

/// How often a construct defines a name.
pub(super) type Counts = FxHashMap<(String, &'static str, Vec<u8>), usize>;

/// Whether something is defined more often than in every input. Members of the kind `except` are not counted.
pub(super) fn repeated<'v>(
    profile: &'static Profile,
    mut doubtful: Counts,
    inputs: impl Iterator<Item = &'v Version<'v>>,
    except: Option<&str>,
) -> bool {
    for input in inputs {
        let known = counts(profile, input, except);
        doubtful.retain(|key, count| known.get(key).copied().unwrap_or(0) < *count);
        if doubtful.is_empty() {
            return false;
        }
    }
    true
}

/// Names of these groups must not meet, although they are declared differently.
fn space(group: &'static str) -> &'static str {
    match group {
        "function" | "class" | "binding" => "value",
        "method" | "field" => "member",
        other => other,
    }
}

/// A key without what its spelling adds: `a`, `"a"`, `'a'`, `:a` and `a:` are one.
fn spelt(name: &[u8]) -> Vec<u8> {
    let name = name.strip_prefix(b":").unwrap_or(name);
    let name = name.strip_suffix(b":").unwrap_or(name);
    let quoted = |quote: u8| name.len() > 1 && name.first() == Some(&quote) && name.last() == Some(&quote);
    if quoted(b'"') || quoted(b'\'') { name[1..name.len() - 1].to_vec() } else { name.to_vec() }
}

/// What some list holds more than once, and how often.
pub(super) fn counts(profile: &'static Profile, version: &Version<'_>, except: Option<&str>) -> Counts {
    let mut counts = Counts::default();
    for node in version.tree.ids() {
        let kind = version.tree.node(node).kind;
        let mut own: FxHashMap<(&'static str, Vec<u8>), usize> = FxHashMap::default();
        if let Some(rule) = profile.container(kind) {
            let Some(found) = members(profile, &version.tree, node, rule) else { continue };
            let members = found.nodes.into_iter().filter(|member| except != Some(version.tree.node(*member).kind));
            for name in members.filter_map(|member| name_of(profile, version, member)).filter(|name| name.unique) {
                *own.entry((space(name.group), spelt(&name.name))).or_insert(0) += 1;
            }
        } else {
            let rules = profile.distinct.iter().filter(|(list, ..)| *list == kind);
            for (member, step) in rules.map(|(_, member, step)| (*member, *step)) {
                let children = version.tree.children(node).iter().copied();
                let of_kind = children.filter(|child| version.tree.node(*child).kind == member);
                for name in of_kind.filter_map(|child| follow(&version.tree, child, &[step])) {
                    *own.entry((member, spelt(version.text(name)))).or_insert(0) += 1;
                }
            }
        }
        // Two lists of one construct, such as two hashes in one method, may well say the same.
        own.retain(|_, count| *count > 1);
        if own.is_empty() {
            continue;
        }
        let path = construct(profile, version, node);
        for ((group, name), count) in own {
            let most = counts.entry((path.clone(), group, name)).or_insert(0);
            *most = count.max(*most);
        }
    }
    counts
}
