//! The scenarios that come with the program.

/// A scenario that comes with the program.
#[derive(Debug, Clone, Copy)]
pub struct Shipped {
    /// The name it is called by.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// All of them, by name.
pub const SHIPPED: &[Shipped] = &[
    Shipped { name: "credit", text: include_str!("../../scenarios/credit.toml") },
    Shipped { name: "hiring", text: include_str!("../../scenarios/hiring.toml") },
    Shipped { name: "recrutement", text: include_str!("../../scenarios/recrutement.toml") },
];

impl Shipped {
    /// The scenario of that name.
    pub fn find(name: &str) -> Option<&'static Shipped> {
        SHIPPED.iter().find(|s| s.name == name)
    }
}
