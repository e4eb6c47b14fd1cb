//! Arms and contrasts, as they were written.

use super::super::reader::At;

/// The kind of a design.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DesignKind {
    /// One arm a level.
    Twins,
    /// All pairs of shown and followed level.
    Paths,
    /// `paths`, and each group alone.
    EachProxy,
    /// Every combination of shown level and groups.
    Factorial,
    /// One arm, own levels.
    Factual,
    /// Listed arms.
    Arms,
}

impl DesignKind {
    /// The words of the language.
    pub const WORDS: &'static [(&'static str, DesignKind)] = &[
        ("twins", DesignKind::Twins),
        ("paths", DesignKind::Paths),
        ("each-proxy", DesignKind::EachProxy),
        ("factorial", DesignKind::Factorial),
        ("factual", DesignKind::Factual),
        ("arms", DesignKind::Arms),
    ];

    /// The word in the language.
    pub fn word(self) -> &'static str {
        let named = Self::WORDS.iter().find(|(_, kind)| *kind == self);
        named.expect("every kind has a word").0
    }
}

/// A level, or the unit's own.
#[derive(Debug, Clone, PartialEq)]
pub enum LevelWord {
    /// That level.
    Level(At<String>),
    /// The unit's own.
    Own,
}

/// What a listed arm shows or follows.
#[derive(Debug, Clone)]
pub enum ArmLevels {
    /// One level for all.
    One(LevelWord),
    /// By protected variable (show) or by group (follow).
    By(Vec<(At<String>, LevelWord)>),
}

/// `[[design.arms]]`.
#[derive(Debug, Clone)]
pub struct ArmShape {
    /// The name.
    pub name: At<String>,
    /// What is shown.
    pub show: ArmLevels,
    /// What groups follow; what is shown, where not said.
    pub follow: Option<ArmLevels>,
    /// Where it stands.
    pub place: crate::diag::Place,
}

/// `[[design.contrasts]]`.
#[derive(Debug, Clone)]
pub struct ContrastShape {
    /// The level compared.
    pub target: At<String>,
    /// The level it is compared with.
    pub reference: At<String>,
    /// The protected variable, where several are crossed.
    pub variable: Option<At<String>>,
}

/// `[design]`.
#[derive(Debug, Clone)]
pub struct Design {
    /// The kind.
    pub kind: At<DesignKind>,
    /// The protected variable that moves.
    pub moved: Option<At<String>>,
    /// The protected variables that are crossed.
    pub cross: Vec<At<String>>,
    /// Whether there are placebo arms.
    pub placebo: bool,
    /// The contrasts, where not all.
    pub contrasts: Option<Vec<ContrastShape>>,
    /// Listed arms.
    pub arms: Vec<ArmShape>,
    /// Strengths at which every arm is made, by group.
    pub sweep: Vec<(At<String>, Vec<At<f64>>)>,
    /// Whether a kind or an arm stands there but could not be read.
    pub unread: bool,
}
