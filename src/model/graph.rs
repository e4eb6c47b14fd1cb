//! The causal graph as text that draws: Mermaid or Graphviz.

use std::fmt::Write;

use super::compile::Model;
use super::variable::Parent;
use crate::scenario::Role;

/// A language that draws graphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphFormat {
    /// Mermaid, which hubs and editors draw in Markdown.
    Mermaid,
    /// Graphviz.
    Dot,
}

impl Model {
    /// The variables and their edges; shapes and colours tell roles, boxes tell groups.
    pub fn graph(&self, format: GraphFormat) -> String {
        match format {
            GraphFormat::Mermaid => self.mermaid(),
            GraphFormat::Dot => self.dot(),
        }
    }

    fn edges(&self) -> impl Iterator<Item = (&str, &str)> {
        self.variables.iter().flat_map(|variable| {
            variable.parents.iter().map(|parent| {
                let from = match parent {
                    Parent::Protected(p) => &self.protected[*p].name,
                    Parent::Variable(v) => &self.variables[*v].name,
                };
                (from.as_str(), variable.name.as_str())
            })
        })
    }

    fn mermaid(&self) -> String {
        let mut out = String::from("flowchart LR\n");
        for protected in &self.protected {
            let _ = writeln!(out, "  {0}{{{{\"{0}\"}}}}:::protected", protected.name);
        }
        for (at, group) in self.groups.iter().enumerate() {
            let _ = writeln!(out, "  subgraph group_{0} [\"{0}\"]", group.name);
            for variable in self.variables.iter().filter(|v| v.group == Some(at)) {
                let _ = writeln!(out, "    {0}[\"{0}\"]:::proxy", variable.name);
            }
            out.push_str("  end\n");
        }
        for variable in self.variables.iter().filter(|v| v.group.is_none()) {
            let (open, close) = if variable.role == Role::Outcome { ("([", "])") } else { ("[", "]") };
            let _ = writeln!(out, "  {0}{open}\"{0}\"{close}:::{1}", variable.name, variable.role.word());
        }
        for (from, to) in self.edges() {
            let _ = writeln!(out, "  {from} --> {to}");
        }
        out.push_str("  classDef protected fill:#fde2e4,stroke:#b5179e\n");
        out.push_str("  classDef proxy fill:#fff1c1,stroke:#b7791f\n");
        out.push_str("  classDef resolving fill:#d8f3dc,stroke:#2d6a4f\n");
        out.push_str("  classDef background fill:#edf2f4,stroke:#6c757d\n");
        out.push_str("  classDef outcome fill:#dbeafe,stroke:#1d4ed8\n");
        out
    }

    fn dot(&self) -> String {
        let mut out = String::from(
            "digraph scenario {\n  rankdir=LR;\n  node [shape=box, style=filled, fontname=\"sans-serif\"];\n",
        );
        for protected in &self.protected {
            let _ = writeln!(out, "  \"{}\" [shape=hexagon, fillcolor=\"#fde2e4\"];", protected.name);
        }
        for (at, group) in self.groups.iter().enumerate() {
            let _ = writeln!(out, "  subgraph \"cluster_{0}\" {{ label=\"{0}\";", group.name);
            for variable in self.variables.iter().filter(|v| v.group == Some(at)) {
                let _ = writeln!(out, "    \"{}\" [fillcolor=\"#fff1c1\"];", variable.name);
            }
            out.push_str("  }\n");
        }
        for variable in self.variables.iter().filter(|v| v.group.is_none()) {
            let (shape, colour) = match variable.role {
                Role::Outcome => ("ellipse", "#dbeafe"),
                Role::Resolving => ("box", "#d8f3dc"),
                _ => ("box", "#edf2f4"),
            };
            let _ = writeln!(out, "  \"{}\" [shape={shape}, fillcolor=\"{colour}\"];", variable.name);
        }
        for (from, to) in self.edges() {
            let _ = writeln!(out, "  \"{from}\" -> \"{to}\";");
        }
        out.push_str("}\n");
        out
    }
}
