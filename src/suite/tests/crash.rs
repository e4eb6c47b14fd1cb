//! What a disk may hold after a crash: whatever was handed to it, and any of the rest.
//!
//! A name (created, removed, renamed) is certain when its folder was synced afterwards, in the case of a rename the folder
//! that it leads to; otherwise it may be lost, and later changes need not be. The bytes of a file are certain up to its last
//! sync; of the rest there is a beginning, followed by zeros in the place of what was lost.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use super::recording::Operation;

/// How much of what is not certain survives.
#[derive(Debug, Clone, Copy)]
pub(super) enum Luck {
    /// All: the process was killed and the machine runs on.
    All,
    /// Nothing.
    None,
    /// Some, by a seed.
    Some(u64),
}

impl Luck {
    /// A number below a bound.
    fn draw(&mut self, bound: usize) -> usize {
        match self {
            Luck::All => bound - 1,
            Luck::None => 0,
            Luck::Some(state) => {
                *state =
                    state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                ((*state >> 33) as usize) % bound
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Node {
    File(usize),
    Folder(usize),
}

/// A change of names, in terms of folders and not of paths, which change themselves.
#[derive(Debug, Clone)]
enum Change {
    Link { folder: usize, name: OsString, node: Node },
    Unlink { folder: usize, name: OsString, node: Node },
    Move { from: usize, name: OsString, folder: usize, to: OsString, node: Node },
}

#[derive(Debug, Clone)]
enum Bytes {
    Empty,
    Append(Vec<u8>),
    Sync,
}

/// Folders by number, the root first.
#[derive(Default)]
struct Names(Vec<BTreeMap<OsString, Node>>);

impl Names {
    fn folder(&self, path: &Path) -> usize {
        path.iter().fold(0, |at, name| match self.0[at].get(name) {
            Some(Node::Folder(folder)) => *folder,
            other => panic!("{} leads to {other:?}", path.display()),
        })
    }

    fn place(&self, path: &Path) -> (usize, OsString) {
        let name = path.file_name().expect("a name").to_owned();
        (self.folder(path.parent().expect("a parent")), name)
    }

    fn apply(&mut self, change: Change) {
        match change {
            Change::Link { folder, name, node } => {
                self.0[folder].insert(name, node);
            }
            Change::Unlink { folder, name, node } => {
                if self.0[folder].get(&name) == Some(&node) {
                    self.0[folder].remove(&name);
                }
            }
            Change::Move { from, name, folder, to, node } => {
                if self.0[from].get(&name) == Some(&node) {
                    self.0[from].remove(&name);
                }
                self.0[folder].insert(to, node);
            }
        }
    }
}

/// What happened, in terms of files and folders: changes of names with their places in the log, syncs of folders, bytes.
#[derive(Default)]
struct History {
    changes: Vec<(usize, Change)>,
    syncs: Vec<(usize, usize)>,
    bytes: BTreeMap<usize, Vec<(usize, Bytes)>>,
    folders: usize,
}

impl History {
    fn of(log: &[Operation]) -> Self {
        let (mut history, mut names) = (History::default(), Names(vec![BTreeMap::new()]));
        // An old file that is emptied keeps its number; the new number is another name for it.
        let mut same: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, operation) in log.iter().enumerate() {
            let change = match operation {
                Operation::Create(path, number) => {
                    let (folder, name) = names.place(path);
                    let old = match names.0[folder].get(&name) {
                        Some(Node::File(old)) => Some(*old),
                        _ => None,
                    };
                    same.insert(*number, old.unwrap_or(*number));
                    history.bytes.entry(same[number]).or_default().push((at, Bytes::Empty));
                    let node = Node::File(*number);
                    old.is_none().then_some(Change::Link { folder, name, node })
                }
                Operation::Write(number, bytes) => {
                    let bytes = Bytes::Append(bytes.clone());
                    history.bytes.entry(same[number]).or_default().push((at, bytes));
                    None
                }
                Operation::Sync(number) => {
                    history.bytes.entry(same[number]).or_default().push((at, Bytes::Sync));
                    None
                }
                Operation::CreateFolder(path) => {
                    let (folder, name) = names.place(path);
                    names.0.push(BTreeMap::new());
                    Some(Change::Link { folder, name, node: Node::Folder(names.0.len() - 1) })
                }
                Operation::Rename(from, to) => {
                    let ((from, name), (folder, to)) = (names.place(from), names.place(to));
                    let node = names.0[from][&name];
                    Some(Change::Move { from, name, folder, to, node })
                }
                Operation::RemoveFile(path) | Operation::RemoveFolder(path) => {
                    let (folder, name) = names.place(path);
                    let node = names.0[folder][&name];
                    Some(Change::Unlink { folder, name, node })
                }
                Operation::SyncFolder(path) => {
                    history.syncs.push((at, names.folder(path)));
                    None
                }
            };
            if let Some(change) = change {
                names.apply(change.clone());
                history.changes.push((at, change));
            }
        }
        history.folders = names.0.len();
        history
    }

    fn is_certain(&self, at: usize, change: &Change) -> bool {
        let (Change::Link { folder, .. } | Change::Unlink { folder, .. } | Change::Move { folder, .. }) =
            change;
        self.syncs.iter().any(|(sync, synced)| *sync > at && synced == folder)
    }

    fn file(&self, number: usize, before: usize, luck: &mut Luck) -> Vec<u8> {
        let all = self.bytes.get(&number).map_or(&[][..], Vec::as_slice);
        let certain = all
            .iter()
            .rposition(|(at, bytes)| *at < before || matches!(bytes, Bytes::Sync))
            .map_or(0, |last| last + 1);
        let applied = certain + luck.draw(all.len() - certain + 1);
        let mut content = Vec::new();
        for (_, bytes) in &all[..applied] {
            match bytes {
                Bytes::Empty => content.clear(),
                Bytes::Append(more) => content.extend_from_slice(more),
                Bytes::Sync => {}
            }
        }
        if let Some((_, Bytes::Append(more))) = all.get(applied) {
            let begun = luck.draw(more.len() + 1);
            content.extend_from_slice(&more[..begun]);
            if luck.draw(2) == 1 {
                content.resize(content.len() + more.len() - begun, 0);
            }
        }
        content
    }
}

/// Writes below `root` what a crash after the operations of a log leaves; those before `before` are long on the disk.
pub(super) fn crash(log: &[Operation], before: usize, mut luck: Luck, root: &Path) {
    let history = History::of(log);
    let mut names = Names(vec![BTreeMap::new(); history.folders]);
    for (at, change) in &history.changes {
        if *at < before || history.is_certain(*at, change) || luck.draw(2) == 1 {
            names.apply(change.clone());
        }
    }
    write(&history, &names, 0, before, &mut luck, root);
}

fn write(history: &History, names: &Names, folder: usize, before: usize, luck: &mut Luck, path: &Path) {
    std::fs::create_dir_all(path).unwrap();
    for (name, node) in &names.0[folder] {
        let path = path.join(name);
        match node {
            Node::Folder(folder) => write(history, names, *folder, before, luck, &path),
            Node::File(number) => std::fs::write(path, history.file(*number, before, luck)).unwrap(),
        }
    }
}
