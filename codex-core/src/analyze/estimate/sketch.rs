//! What an agent will write, piece by piece: its scope, the files that exist and the words of its instructions.

use std::collections::BTreeSet;

use codex_scope::{Access, Pattern};

use super::EstimatePart;
use super::instructions::Asked;
use super::scope::ScopeEstimator;
use super::typical::{Size, Typical};
use crate::analyze::facts::{AgentFacts, FileFacts, total_lines};
use crate::path::RepoPath;

/// How many names a reason lists.
const NAMES_SHOWN: usize = 4;

/// A pattern of the write scope.
struct Target<'a> {
    text: &'a str,
    is_file: bool,
    /// Existing files that are matched by no pattern before it.
    files: Vec<&'a FileFacts>,
    /// Whether something new was found for it.
    used: bool,
}

/// The parts of an estimate, in the making.
pub(super) struct Sketch<'a> {
    estimator: &'a ScopeEstimator,
    facts: &'a AgentFacts,
    asked: &'a Asked,
    typical: Typical<'a>,
    targets: Vec<Target<'a>>,
    /// The names of files that exist and of those that will, reduced to letters and digits.
    stems: BTreeSet<String>,
    parts: Vec<EstimatePart>,
}

impl<'a> Sketch<'a> {
    pub(super) fn new(estimator: &'a ScopeEstimator, facts: &'a AgentFacts, asked: &'a Asked) -> Sketch<'a> {
        let patterns = facts.scope.write().patterns();
        let target = |pattern: &'a Pattern| Target {
            text: pattern.as_str(),
            is_file: pattern.is_literal(),
            files: Vec::new(),
            used: false,
        };
        let mut targets: Vec<Target<'a>> = patterns.iter().map(target).collect();
        for file in &facts.writable {
            if let Some(at) = patterns.iter().position(|pattern| pattern.matches(file.path.as_bytes())) {
                targets[at].files.push(file);
            }
        }
        let existing = facts.writable.iter().chain(&facts.readable);
        let stems = existing.map(|file| stem(&String::from_utf8_lossy(file.path.file_name()))).collect();
        Sketch { estimator, facts, asked, typical: Typical::new(facts), targets, stems, parts: Vec::new() }
    }

    pub(super) fn parts(mut self) -> Vec<EstimatePart> {
        let rewrites = self.rewrite();
        self.single_files(rewrites);
        if !rewrites {
            self.named_files();
            self.named_types();
            self.empty_folders();
            self.small_things();
        }
        self.parts
    }

    /// What exists is written anew, if that is asked for and anything does.
    fn rewrite(&mut self) -> bool {
        let Some(word) = self.asked.rewrite else { return false };
        for target in self.targets.iter().filter(|target| !target.files.is_empty()) {
            let lines = total_lines(target.files.iter().copied());
            let share = self.estimator.rewritten_percent;
            let files = count(target.files.len(), "file");
            self.parts.push(EstimatePart {
                pattern: Some(target.text.to_owned()),
                lines: percent(lines, share),
                basis: format!("\"{word}\": {share} % of the {lines} lines of {files} in {}", target.text),
            });
        }
        !self.parts.is_empty()
    }

    /// Patterns that name one file.
    fn single_files(&mut self, rewrites: bool) {
        for at in 0..self.targets.len() {
            let target = &self.targets[at];
            let (text, file) = (target.text, target.files.first().copied());
            if !target.is_file {
                continue;
            }
            match file {
                None => {
                    let size = self.size_of_new(text);
                    self.stems.insert(stem(text.rsplit('/').next().unwrap_or(text)));
                    self.add(Some(text), size.lines, format!("new file {text}: {}", size.basis));
                }
                Some(_) if rewrites => {}
                Some(file) => {
                    let lines = file.lines.unwrap_or(self.estimator.file_lines);
                    let edit = percent(lines, self.estimator.edited_percent).max(self.estimator.least_edit_lines);
                    let share = self.estimator.edited_percent;
                    self.add(Some(text), edit, format!("edit of {text}: {share} % of its {lines} lines"));
                }
            }
        }
    }

    /// Files that the instructions name by their path, in the write scope, and that do not exist.
    fn named_files(&mut self) {
        let asked = self.asked;
        for name in &asked.paths {
            let Ok(path) = RepoPath::new(name.as_bytes()) else { continue };
            let exists = self.facts.writable.binary_search_by(|file| file.path.cmp(&path)).is_ok();
            let is_target = self.targets.iter().any(|target| target.is_file && target.text == name);
            if exists || is_target || !self.facts.scope.allows(path.as_bytes(), Access::Write) {
                continue;
            }
            let size = self.size_of_new(name);
            self.stems.insert(stem(&String::from_utf8_lossy(path.file_name())));
            let pattern = self.facts.scope.write().matching(path.as_bytes()).map(Pattern::as_str);
            for target in self.targets.iter_mut().filter(|target| Some(target.text) == pattern) {
                target.used = true;
            }
            self.add(pattern, size.lines, format!("new file {name}, which the instructions name: {}", size.basis));
        }
    }

    /// Classes, components and tables that no file is named after yet: each a file, in turn in the folders of the
    /// scope.
    fn named_types(&mut self) {
        let asked = self.asked;
        let new: Vec<&String> = asked.types.iter().filter(|name| !self.stems.contains(&stem(name))).collect();
        if new.is_empty() {
            return;
        }
        let folders: Vec<usize> = (0..self.targets.len()).filter(|&at| !self.targets[at].is_file).collect();
        if folders.is_empty() {
            let each = self.estimator.member_lines;
            let basis = format!("{}, {each} lines each in the files above", named(&new));
            return self.add(None, each.saturating_mul(new.len() as u64), basis);
        }
        for (turn, &at) in folders.iter().enumerate() {
            let here: Vec<&String> = new.iter().skip(turn).step_by(folders.len()).copied().collect();
            if here.is_empty() {
                continue;
            }
            self.targets[at].used = true;
            let text = self.targets[at].text;
            let size = self.size_of_new(text);
            let basis = format!("{} in {text}, a new file each: {}", named(&here), size.basis);
            self.add(Some(text), size.lines.saturating_mul(here.len() as u64), basis);
        }
    }

    /// Folders and globs in which nothing is yet and for which nothing was found: something has to be made there.
    fn empty_folders(&mut self) {
        for at in 0..self.targets.len() {
            let target = &self.targets[at];
            if target.is_file || target.used || !target.files.is_empty() {
                continue;
            }
            let text = target.text;
            let size = self.size_of_new(text);
            self.add(Some(text), size.lines, format!("a new file in {text}, where there is none: {}", size.basis));
        }
    }

    /// What has no file of its own.
    fn small_things(&mut self) {
        let members: Vec<&String> = self.asked.members.iter().collect();
        if !members.is_empty() {
            let each = self.estimator.member_lines;
            let lines = each.saturating_mul(members.len() as u64);
            self.add(None, lines, format!("{}, {each} lines each", named(&members)));
        }
        let each = self.estimator.demand_lines;
        for (number, what) in [(self.asked.endpoints, "endpoint"), (self.asked.demands, "demand of the instructions")] {
            if number > 0 {
                let basis = format!("{}, {each} lines each", count(number as usize, what));
                self.add(None, each.saturating_mul(number), basis);
            }
        }
    }

    fn add(&mut self, pattern: Option<&str>, lines: u64, basis: String) {
        self.parts.push(EstimatePart { pattern: pattern.map(str::to_owned), lines, basis });
    }

    /// The size of a file that is to be made where a path or a pattern says.
    fn size_of_new(&self, text: &str) -> Size {
        let literal = text.split(['*', '?', '[', '{']).next().unwrap_or_default();
        let folder = literal.rfind('/').map_or("", |slash| &literal[..slash]);
        let name = text.rsplit('/').next().unwrap_or_default();
        let plain = |ending: &&str| ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let ending = name.rsplit_once('.').map(|(_, ending)| ending).filter(plain);
        self.typical.near(folder, ending).unwrap_or_else(|| {
            let lines = self.estimator.file_lines;
            Size { lines, basis: format!("taken for {lines} lines, as there are no files like it to go by") }
        })
    }
}

/// A name reduced to what is the same in `PaymentForm`, `payment_form.rb` and `payment-form.ts`.
fn stem(name: &str) -> String {
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or(name);
    stem.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn named(names: &[&String]) -> String {
    let shown: Vec<&str> = names.iter().take(NAMES_SHOWN).map(|name| name.as_str()).collect();
    let more = if names.len() > NAMES_SHOWN { ", ..." } else { "" };
    format!("{} ({}{more})", count(names.len(), "name"), shown.join(", "))
}

fn count(number: usize, what: &str) -> String {
    match (number, what.split_once(' ')) {
        (1, _) => format!("1 {what}"),
        (_, Some((first, rest))) => format!("{number} {first}s {rest}"),
        (_, None) => format!("{number} {what}s"),
    }
}

fn percent(value: u64, percent: u64) -> u64 {
    (u128::from(value) * u128::from(percent) / 100).try_into().unwrap_or(u64::MAX)
}
