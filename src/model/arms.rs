//! Arms: worlds in which every unit is rendered.

/// A level, or the unit's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LevelRef {
    /// That level, by its code.
    Level(u32),
    /// The unit's own.
    Own,
}

/// An arm: what is shown, and what each proxy group follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    /// The name; its folder is named after it.
    pub name: String,
    /// The level shown, one a protected variable.
    pub show: Vec<LevelRef>,
    /// The levels followed, one a group and protected variable.
    pub follow: Vec<Vec<LevelRef>>,
    /// How strongly each group follows.
    pub strengths: Vec<f64>,
    /// The base arm that this one is a placebo of.
    pub placebo_of: Option<usize>,
}

impl Arm {
    /// Whether every group follows what is shown: the record is of one piece.
    pub fn coherent(&self) -> bool {
        self.follow.iter().all(|f| *f == self.show)
    }
}
