//! Lists of names in messages.

const SHOWN: usize = 12;

/// Mistakes of one kind in one table or formula that are told; a hostile file has more of them than anybody reads.
pub(super) const MOST_ALIKE: usize = 20;

/// "`a`, `b`, `c`", cut after a dozen.
pub(super) fn short_list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<String> = names.map(|n| format!("`{n}`")).collect();
    if all.len() > SHOWN {
        format!("{}, … ({} in all)", all[..SHOWN].join(", "), all.len())
    } else {
        all.join(", ")
    }
}
