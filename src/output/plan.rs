//! Decides what a commit changes, before it changes anything: a pure function from three lists to a [`Plan`].
//!
//! The lists are the files the site wants, the files that are ours from before, and what the folder really holds.
//! Where the wish meets something that is not ours, there is no plan but an error that names every such place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use anyhow::bail;

use super::manifest::FileEntry;
use super::path::{OutputPath, folders_above};
use crate::diagnostic::Message;
use crate::disk::EntryKind;
use crate::text::address::is_hidden;

/// The name of the list of files in the site.
pub(super) const MANIFEST: &str = "manifest.json";

/// How many obstacles an error names.
const MOST_NAMED: usize = 10;

/// A file that the site wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Staged {
    pub(super) entry: FileEntry,
    /// Whether its bytes wait in the staging area because the folder does not hold them.
    pub(super) is_changed: bool,
}

/// The changes that lead from the old site to the new one, in the order in which they are made.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Old files that stand where a new folder or file goes.
    pub(super) blockers: Vec<String>,
    /// Old folders that stand where a new file goes, inner ones first.
    pub(super) blocking_folders: Vec<String>,
    /// New files, and new folders that move as a whole.
    pub(super) moves: Vec<String>,
    /// Old files that the new site does not have. They go late, so that no page links to nothing meanwhile.
    pub(super) stale: Vec<String>,
    /// Folders to remove if nothing is left in them, inner ones first.
    pub(super) emptied: Vec<String>,
    /// Files that are not ours; they stay.
    pub(super) foreign: Vec<String>,
}

impl Plan {
    /// Tells whether the folder already is as it should be.
    pub(super) fn changes_nothing(&self) -> bool {
        self.blockers.is_empty()
            && self.blocking_folders.is_empty()
            && self.moves.is_empty()
            && self.stale.is_empty()
    }
}

/// The lists from which a plan is made.
pub(super) struct Situation<'a> {
    /// What the site wants. Invariant: no path is the folder of another.
    pub(super) wanted: &'a BTreeMap<OutputPath, Staged>,
    /// What is ours from before, whether or not it is still there.
    pub(super) owned: &'a BTreeSet<OutputPath>,
    /// What the folder holds; of hidden entries only the names.
    pub(super) present: &'a BTreeMap<String, EntryKind>,
}

impl Situation<'_> {
    /// Makes the plan; fails with all that is in its way.
    pub(super) fn plan(&self) -> anyhow::Result<Plan> {
        let mut plan = Plan { foreign: self.foreign(), ..Plan::default() };
        let mut obstacles = self.collisions();
        let mut blockers = BTreeSet::new();
        let mut folder = "";
        for (path, staged) in self.wanted {
            let path = path.as_str();
            let above = path.rsplit_once('/').map_or("", |(above, _)| above);
            if above != folder {
                folder = above; // Neighbors share the folders above them.
                self.clear_folders_above(path, &mut blockers, &mut obstacles);
            }
            self.clear_place(path, *staged, &mut blockers, &mut plan.blocking_folders, &mut obstacles);
        }
        self.find_stale(&mut blockers, &mut plan, &mut obstacles);
        if !obstacles.is_empty() {
            obstacles.sort_unstable();
            obstacles.dedup();
            let rest = obstacles.len().saturating_sub(MOST_NAMED);
            obstacles.truncate(MOST_NAMED);
            if rest > 0 {
                obstacles.push(Message::new(format!("and {rest} more"), format!("另有 {rest} 处")));
            }
            let obstacles = Message::join(&obstacles, ["\n", "\n"]);
            let [english, chinese] = obstacles.both();
            bail!(Message::new(
                format!("nothing was changed in the output folder:\n{english}"),
                format!("输出文件夹没有改动：\n{chinese}"),
            ));
        }
        plan.blockers = blockers.into_iter().map(str::to_owned).collect();
        plan.blocking_folders.sort_unstable_by(|a, b| b.cmp(a));
        plan.moves = self.moves(&plan);
        Ok(plan)
    }

    fn kind(&self, path: &str) -> Option<EntryKind> {
        self.present.get(path).copied()
    }

    /// Tells whether an old file of ours is at `path` that the new site does not have.
    fn is_stale(&self, path: &str) -> bool {
        self.kind(path) == Some(EntryKind::File)
            && self.owned.contains(path)
            && !self.wanted.contains_key(path)
    }

    fn foreign(&self) -> Vec<String> {
        self.present
            .iter()
            .filter(|&(path, kind)| {
                *kind != EntryKind::Folder
                    && path != MANIFEST
                    && !is_hidden(path)
                    && !self.owned.contains(path.as_str())
            })
            .map(|(path, _)| path.clone())
            .collect()
    }

    /// Lists wanted paths that are the same on systems that ignore letter case.
    fn collisions(&self) -> Vec<Message> {
        let mut obstacles = Vec::new();
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for path in self.wanted.keys().map(OutputPath::as_str) {
            if let Some(other) = seen.insert(path.to_ascii_lowercase(), path) {
                obstacles.push(Message::new(
                    format!("`{other}` and `{path}` are one file where letter case does not count"),
                    format!("在不区分大小写的系统上，`{other}` 和 `{path}` 是同一个文件"),
                ));
            }
        }
        obstacles
    }

    /// Makes room for the folders above a wanted path.
    fn clear_folders_above<'a>(
        &self,
        path: &'a str,
        blockers: &mut BTreeSet<&'a str>,
        obstacles: &mut Vec<Message>,
    ) {
        for folder in folders_above(path) {
            match self.kind(folder) {
                None | Some(EntryKind::Folder) => {}
                Some(EntryKind::File) if self.is_stale(folder) => {
                    blockers.insert(folder);
                }
                Some(EntryKind::File) => {
                    obstacles.push(Message::new(
                        format!("`{folder}`, needed as a folder, is a file that is not ours"),
                        format!("`{folder}` 应为文件夹，却是一个不是 gongkai 生成的文件"),
                    ));
                }
                Some(EntryKind::Other) => {
                    obstacles.push(Message::new(
                        format!("`{folder}` is a link or a device; `{path}` must not go through it"),
                        format!("`{folder}` 是链接或设备，`{path}` 不能经过它"),
                    ));
                }
            }
        }
    }

    /// Makes room for a wanted file at its path.
    fn clear_place<'a>(
        &'a self,
        path: &str,
        staged: Staged,
        blockers: &mut BTreeSet<&'a str>,
        blocking_folders: &mut Vec<String>,
        obstacles: &mut Vec<Message>,
    ) {
        match self.kind(path) {
            None if staged.is_changed => {}
            None => obstacles.push(Message::new(
                format!("`{path}` was removed while the site was built"),
                format!("生成网站时 `{path}` 被删除了"),
            )),
            Some(EntryKind::File) if self.owned.contains(path) => {}
            Some(EntryKind::File) => obstacles.push(Message::new(
                format!("`{path}` is already there and not ours; move it away"),
                format!("已有 `{path}`，但不是 gongkai 生成的；请移走它"),
            )),
            Some(EntryKind::Other) => obstacles.push(Message::new(
                format!("`{path}` is a link or a device, not a page; move it away"),
                format!("`{path}` 是链接或设备，不是页面；请移走它"),
            )),
            Some(EntryKind::Folder) => {
                blocking_folders.push(path.to_owned());
                for (below, kind) in self.below(path) {
                    if kind == EntryKind::Folder && !is_hidden(below) {
                        blocking_folders.push(below.to_owned());
                    } else if self.is_stale(below) {
                        blockers.insert(below);
                    } else {
                        obstacles.push(Message::new(
                            format!("`{path}`, needed as a file, is a folder that holds `{below}`"),
                            format!("`{path}` 应为文件，却是一个文件夹，其中有 `{below}`"),
                        ));
                    }
                }
            }
        }
    }

    /// Returns what the folder at `path` holds, at any depth.
    fn below<'a>(&'a self, path: &str) -> impl Iterator<Item = (&'a str, EntryKind)> {
        let prefix = format!("{path}/");
        let from = (Bound::Included(prefix.as_str()), Bound::Unbounded);
        let entries: Vec<_> = self
            .present
            .range::<str, _>(from)
            .take_while(|(below, _)| below.starts_with(&prefix))
            .map(|(below, kind)| (below.as_str(), *kind))
            .collect();
        entries.into_iter()
    }

    /// Sorts the old files that are not wanted into those in the way and those that can wait.
    fn find_stale<'a>(
        &'a self,
        blockers: &mut BTreeSet<&'a str>,
        plan: &mut Plan,
        obstacles: &mut Vec<Message>,
    ) {
        let mut emptied = BTreeSet::new();
        let mut wanted_in_lower_case = None;
        for path in self.owned.iter().map(OutputPath::as_str).filter(|path| !self.wanted.contains_key(*path))
        {
            let link =
                folders_above(path).chain([path]).find(|path| self.kind(path) == Some(EntryKind::Other));
            if let Some(link) = link {
                obstacles.push(Message::new(
                    format!("`{link}`, where our `{path}` was, is a link or a device; move it away"),
                    format!("`{path}` 原来所在的 `{link}` 现在是链接或设备；请移走它"),
                ));
                continue;
            }
            emptied.extend(folders_above(path).filter(|folder| self.kind(folder) == Some(EntryKind::Folder)));
            if !self.is_stale(path) || blockers.contains(path) {
                continue;
            }
            // Where letter case does not count, removing `A` late would remove the new `a`.
            let wanted = wanted_in_lower_case.get_or_insert_with(|| -> BTreeSet<String> {
                self.wanted.keys().map(|path| path.as_str().to_ascii_lowercase()).collect()
            });
            if wanted.contains(&path.to_ascii_lowercase()) {
                blockers.insert(path);
            } else {
                plan.stale.push(path.to_owned());
            }
        }
        let cleared: BTreeSet<&str> = plan.blocking_folders.iter().map(String::as_str).collect();
        emptied.retain(|folder| !cleared.contains(folder)); // By then a file stands there or above.
        plan.emptied = emptied.into_iter().rev().map(str::to_owned).collect();
    }

    /// Returns what to move in place: a folder as a whole where none stands, else file by file.
    fn moves(&self, plan: &Plan) -> Vec<String> {
        let cleared: BTreeSet<&str> = plan.blocking_folders.iter().map(String::as_str).collect();
        let is_folder = |path: &str| self.kind(path) == Some(EntryKind::Folder) && !cleared.contains(path);
        let mut moves: Vec<String> = Vec::new();
        let mut moved_folder: Option<String> = None;
        for path in self.wanted.iter().filter(|(_, staged)| staged.is_changed).map(|(path, _)| path.as_str())
        {
            if moved_folder.as_ref().is_some_and(|folder| path.starts_with(folder)) {
                continue;
            }
            if let Some(folder) = folders_above(path).find(|folder| !is_folder(folder)) {
                // Sorted paths of one folder follow each other.
                moved_folder = Some(format!("{folder}/"));
                moves.push(folder.to_owned());
            } else {
                moves.push(path.to_owned());
            }
        }
        moves
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plans for `wanted` (a `+` marks new bytes), `owned` and `present` (`/` folder, `@` link).
    fn plan(wanted: &str, owned: &str, present: &str) -> Result<Plan, String> {
        let path = |name: &str| OutputPath::new(name).unwrap();
        let staged = |name: &str| {
            let entry = FileEntry { size: 0, sha256: [0; 32] };
            (path(name.trim_end_matches('+')), Staged { entry, is_changed: name.ends_with('+') })
        };
        let entry = |name: &str| {
            let kind = match name.chars().last() {
                Some('/') => EntryKind::Folder,
                Some('@') => EntryKind::Other,
                _ => EntryKind::File,
            };
            (name.trim_end_matches(['/', '@']).to_owned(), kind)
        };
        let wanted = wanted.split_whitespace().map(staged).collect();
        let owned = owned.split_whitespace().map(path).collect();
        let present = present.split_whitespace().map(entry).collect();
        let plan = Situation { wanted: &wanted, owned: &owned, present: &present }.plan();
        plan.map_err(|error| error.to_string())
    }

    /// Checks the steps of a plan, in their order.
    #[track_caller]
    fn check(wanted: &str, owned: &str, present: &str, expected: &[&str]) {
        let plan = plan(wanted, owned, present).unwrap();
        let mark = |mark: &str, paths: &[String]| paths.iter().map(|path| format!("{mark}{path}")).collect();
        let steps: [Vec<String>; 5] = [
            mark("clear ", &plan.blockers),
            mark("clear folder ", &plan.blocking_folders),
            mark("move ", &plan.moves),
            mark("remove ", &plan.stale),
            mark("empty ", &plan.emptied),
        ];
        assert_eq!(steps.concat(), expected);
    }

    #[test]
    fn new_folders_move_as_a_whole() {
        check("a/b/1+ a/b/2+ a/3+ b+", "", "", &["move a", "move b"]);
        check("a/b/1+ a/b/2+ a/3+", "", "a/", &["move a/3", "move a/b"]);
        check("a/b/1+ a/b/2+", "a/b/2", "a/ a/b/ a/b/2", &["move a/b/1", "move a/b/2"]);
        check("a-b+ a/1+ a/2+ a.b+", "", "", &["move a-b", "move a.b", "move a"]);
    }

    #[test]
    fn stale_files_go_after_new_ones_came() {
        check(
            "b+",
            "a/1 a/c/2 b",
            "a/ a/1 a/c/ a/c/2 b",
            &["move b", "remove a/1", "remove a/c/2", "empty a/c", "empty a"],
        );
        check("b", "a/1 b", "a/ b", &["empty a"]);
        check("", "a", "", &[]);
    }

    #[test]
    fn what_is_in_the_way_goes_first() {
        check("a/1+", "a", "a", &["clear a", "move a"]);
        check(
            "a+",
            "a/b/1",
            "a/ a/b/ a/b/1",
            &["clear a/b/1", "clear folder a/b", "clear folder a", "move a"],
        );
        check("a+", "A", "A", &["clear A", "move a"]);
    }

    #[test]
    fn all_obstacles_are_named_once() {
        let error = plan("a+ b/1+ b/c/2+ b/3+ d/x+", "", "a b@ d").unwrap_err();
        assert_eq!(error.lines().count(), 5, "{error}");
        let many = (0..20).map(|n| format!("{n}+")).collect::<Vec<_>>().join(" ");
        let error = plan(&many, "", &many.replace('+', "")).unwrap_err();
        assert!(error.ends_with("and 10 more"), "{error}");
    }

    #[test]
    fn an_unchanged_site_needs_nothing() {
        assert!(plan("a b/c", "a b/c", "a b/ b/c x").unwrap().changes_nothing());
        assert_eq!(plan("a", "a", "a x y/ y/.z y/z").unwrap().foreign, ["x", "y/z"]);
        assert_eq!(plan("a", "a", "a .well-known/ .well-known/x .b/ .c").unwrap().foreign, [".well-known/x"]);
        assert!(plan("a", "a", "").unwrap_err().contains("removed while the site was built"));
    }
}
