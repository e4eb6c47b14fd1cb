//! Random scenarios that are right: variables of random makes with random parents, roles, groups and strengths.

use std::fmt::Write;

use jumelles::model::{InstanceId, Model, Plan};
use jumelles::sample::{Batch, Sampler};
use jumelles::scenario::{Overrides, Scenario};
use jumelles::value::Column;
use proptest::prelude::*;

/// How a variable is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Make {
    Normal,
    LogNormal,
    Logistic,
    GammaWithZeros,
    Poisson,
    Bernoulli,
    Unordered,
    Ordered,
    Formula,
    Text,
    FirstName,
    Surname,
    Truncated,
    Mixture,
    Quantiles,
    LookUp,
    Date,
}

use Make::*;

const MAKES: &[Make] = &[
    Normal,
    LogNormal,
    Logistic,
    GammaWithZeros,
    Poisson,
    Bernoulli,
    Unordered,
    Ordered,
    Formula,
    Text,
    FirstName,
    Surname,
    Truncated,
    Mixture,
    Quantiles,
    LookUp,
    Date,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Background,
    Proxy,
    Resolving,
    Outcome,
}

/// A variable of a random world.
#[derive(Debug, Clone)]
pub struct Draft {
    make: Make,
    /// Earlier variables that it reads, each with a coefficient in tenths.
    parents: Vec<(usize, i32)>,
    reads_gender: bool,
    role: Role,
    /// A group shared with others, or one of its own.
    group: Option<usize>,
    missing: bool,
    placebo: bool,
}

/// A random world: variables read earlier ones only, so that any beginning of the list is a world as well.
#[derive(Debug, Clone)]
pub struct World {
    drafts: Vec<Draft>,
    strengths: [f64; 2],
}

fn strength() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1.0), 0.01..0.99]
}

/// The numbers that a draft is made from; what contradicts a rule of the language is mended.
type Raw = (Make, Vec<(prop::sample::Index, i32)>, bool, u8, Option<usize>, bool, bool);

fn raw() -> impl Strategy<Value = Raw> {
    (
        prop::sample::select(MAKES),
        prop::collection::vec((any::<prop::sample::Index>(), -5..=5), 0..3),
        any::<bool>(),
        0..6u8,
        prop::option::of(0..2usize),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    )
}

fn mended(raw: Vec<Raw>) -> Vec<Draft> {
    let mut descends: Vec<bool> = Vec::new();
    let mut drafts: Vec<Draft> = Vec::new();
    for (at, (make, wanted, gender, role, group, missing, placebo)) in raw.into_iter().enumerate() {
        let mut parents: Vec<(usize, i32)> = Vec::new();
        if at > 0 && !matches!(make, FirstName | Surname | Truncated | Quantiles | LookUp | Date) {
            for (index, coefficient) in wanted {
                let parent = index.index(at);
                // Only texts read words.
                let readable =
                    make == Text || !matches!(drafts[parent].make, Text | FirstName | Surname | Date);
                if readable && parents.iter().all(|(p, _)| *p != parent) {
                    parents.push((parent, coefficient));
                }
            }
        }
        let reads_gender = matches!(make, FirstName | LookUp)
            || (gender && !matches!(make, Surname | Text | Quantiles | Date));
        let heir = reads_gender || parents.iter().any(|(p, _)| descends[*p]);
        descends.push(heir);
        let role = match (heir, role) {
            (false, _) => Role::Background,
            (true, 0) => Role::Resolving,
            (true, 1) => Role::Outcome,
            (true, _) => Role::Proxy,
        };
        let drawn = !matches!(make, Formula | Text | LookUp);
        let placebo = placebo && drawn && matches!(role, Role::Background | Role::Proxy);
        drafts.push(Draft { make, parents, reads_gender, role, group, missing, placebo });
    }
    drafts
}

/// Worlds of a few variables.
pub fn worlds() -> impl Strategy<Value = World> {
    (prop::collection::vec(raw(), 1..9), strength(), strength())
        .prop_map(|(raw, a, b)| World { drafts: mended(raw), strengths: [a, b] })
}

fn name(at: usize) -> String {
    format!("v{at}")
}

impl World {
    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    /// The first variables alone.
    pub fn beginning(&self, count: usize) -> World {
        World { drafts: self.drafts[..count].to_vec(), ..self.clone() }
    }

    /// The same world in which no group follows its arm.
    pub fn without_strength(&self) -> World {
        World {
            strengths: [0.0; 2],
            drafts: self.drafts.iter().map(|d| Draft { group: d.group.or(Some(0)), ..d.clone() }).collect(),
        }
    }

    /// The same world in which placebo arms have nothing to draw again.
    pub fn without_placebos(&self) -> World {
        let plain = |draft: &Draft| Draft {
            make: if matches!(draft.make, FirstName | Surname) { Normal } else { draft.make },
            placebo: false,
            ..draft.clone()
        };
        World { drafts: self.drafts.iter().map(plain).collect(), ..self.clone() }
    }

    /// Whether a variable is equal in all arms by its role.
    pub fn stays(&self, variable: &str) -> bool {
        let at: usize = variable[1..].parse().expect("names are a letter and a number");
        self.drafts[at].role != Role::Proxy
    }

    /// Whether a variable is a proxy or a background variable that placebo arms draw again, or reads one.
    pub fn touched_by_placebo(&self, at: usize) -> bool {
        let draft = &self.drafts[at];
        let held = matches!(draft.role, Role::Resolving | Role::Outcome);
        !held
            && (draft.placebo
                || matches!(draft.make, FirstName | Surname)
                || draft.parents.iter().any(|(parent, _)| self.touched_by_placebo(*parent)))
    }

    /// The scenario, its variables written in this order.
    pub fn text(&self, order: &[usize]) -> String {
        let mut text = "[scenario]\nname = \"random\"\n\n[protected.gender]\n\
            levels = { female = 0.5, male = 0.3, non-binary = 0.2 }\n\n[design]\nkind = \"each-proxy\"\nplacebo = true\n\n"
            .to_owned();
        for at in order {
            self.write_variable(*at, &mut text);
        }
        for group in 0..2 {
            if self.drafts.iter().any(|d| d.role == Role::Proxy && d.group == Some(group)) {
                writeln!(text, "[groups.g{group}]\nstrength = {:?}\n", self.strengths[group])
                    .expect("a string grows");
            }
        }
        text
    }

    /// The scenario, its variables in the order in which they were drawn.
    pub fn plain_text(&self) -> String {
        self.text(&(0..self.len()).collect::<Vec<_>>())
    }

    fn write_variable(&self, at: usize, text: &mut String) {
        let draft = &self.drafts[at];
        let role = match draft.role {
            Role::Background => "background",
            Role::Proxy => "proxy",
            Role::Resolving => "resolving",
            Role::Outcome => "outcome",
        };
        let mut line = |line: String| text.push_str(&(line + "\n"));
        line(format!("[variables.{}]\nrole = \"{role}\"", name(at)));
        if let (Some(group), Role::Proxy) = (draft.group, draft.role) {
            line(format!("group = \"g{group}\""));
        }
        if draft.missing {
            line("missing = 0.2".to_owned());
        }
        if draft.placebo {
            line("placebo = true".to_owned());
        }
        line(self.made(draft));
        line(String::new());
    }

    fn made(&self, draft: &Draft) -> String {
        let (effects, gentle) = (self.effects(draft, 0.1), self.effects(draft, 0.001));
        match draft.make {
            Normal => format!("normal = {{ mean = {effects}, sd = 1.5 }}\ndecimals = 3"),
            LogNormal => format!("lognormal = {{ median = {{ log = {gentle} }}, sigma = 0.3 }}"),
            Logistic => format!("logistic = {{ location = {effects}, scale = 2 }}"),
            GammaWithZeros => {
                format!("gamma = {{ shape = 2, mean = {{ log = {gentle} }} }}\nzero = {{ logit = {gentle} }}")
            }
            Poisson => format!("poisson = {{ mean = {{ log = {gentle} }} }}"),
            Bernoulli => format!("bernoulli = {{ p = {{ logit = {effects} }} }}"),
            Unordered => format!("categorical = {{ a = 0.8, b = {{ log = {gentle} }}, c = 0.5 }}"),
            Ordered => {
                format!("categorical = {{ a = 0.8, b = {{ log = {gentle} }}, c = 0.5 }}\nordered = true")
            }
            Formula => format!("formula = '{}'", self.formula(draft)),
            Text => {
                let words = draft.parents.iter().map(|(p, _)| format!("{{{{ {} }}}}", name(*p)));
                format!("text = \"It says {}.\"", words.collect::<Vec<_>>().join(" and "))
            }
            FirstName => "names = { list = \"us/first-names\", born = 1980 }".to_owned(),
            Surname => "surnames = \"us/surnames\"".to_owned(),
            Truncated => format!("normal = {{ mean = {effects}, sd = 1.5 }}\nmin = -4\nmax = 4"),
            Mixture => format!(
                "mixture = [{{ weight = 0.3, normal = {{ mean = {effects}, sd = 1 }} }}, \
                 {{ weight = 0.7, gamma = {{ shape = 2, scale = 3 }} }}]"
            ),
            Quantiles => "empirical = { quantiles = [[0, -1], [0.5, 0], [1, 4]] }".to_owned(),
            LookUp => {
                "lookup = { by = [\"gender\"], table = { female = 1, male = 2, non-binary = 3 } }".to_owned()
            }
            Date => "date = { from = 2000-02-29, to = 2020-12-31 }".to_owned(),
        }
    }

    fn levels(&self, at: usize) -> bool {
        matches!(self.drafts[at].make, Unordered | Ordered)
    }

    /// An effects table over what the draft reads.
    fn effects(&self, draft: &Draft, scale: f64) -> String {
        let mut terms = vec!["base = 0.4".to_owned()];
        if draft.reads_gender {
            terms.push(format!("gender = {{ female = {:?}, non-binary = {:?} }}", 8.0 * scale, -3.0 * scale));
        }
        for (parent, coefficient) in &draft.parents {
            let effect = f64::from(*coefficient) * scale;
            if self.levels(*parent) {
                terms.push(format!("{} = {{ b = {effect:?} }}", name(*parent)));
            } else {
                terms.push(format!("{} = {effect:?}", name(*parent)));
            }
        }
        format!("{{ {} }}", terms.join(", "))
    }

    fn formula(&self, draft: &Draft) -> String {
        let mut sum = "1.5".to_owned();
        if draft.reads_gender {
            sum += " + (if gender == \"female\" then 2 else 0)";
        }
        for (parent, coefficient) in &draft.parents {
            let parent_name = name(*parent);
            if self.levels(*parent) {
                sum += &format!(" + (if {parent_name} == \"b\" then {coefficient} else 0)");
            } else if self.drafts[*parent].make == Bernoulli {
                sum += &format!(" + (if {parent_name} then {coefficient} else 0)");
            } else {
                sum += &format!(" + {:?} * {parent_name}", f64::from(*coefficient) / 10.0);
            }
        }
        sum
    }
}

/// A scenario with its model, its plan and a first run of units.
pub struct Sampled {
    pub model: Model,
    pub plan: Plan,
    pub batch: Batch,
}

pub const UNITS: u64 = 60;
pub const SEED: u64 = 7;

/// The model of a text that must have one.
pub fn model(text: &str, design: Option<&str>) -> Model {
    let overrides = Overrides { design: design.map(str::to_owned), ..Overrides::none() };
    let compiled = Scenario::from_text_with("random.toml", text, &overrides).and_then(Scenario::compile);
    compiled.unwrap_or_else(|error| panic!("{error}\nin\n{text}"))
}

impl Sampled {
    pub fn new(text: &str, design: Option<&str>) -> Self {
        let model = model(text, design);
        let plan = model.plan();
        let batch = Sampler::new(&model, &plan, SEED).batch(0..UNITS);
        let batch = batch.unwrap_or_else(|error| panic!("{error}\nin\n{text}"));
        Self { model, plan, batch }
    }

    /// The columns of an arm under their names, the protected variable first.
    pub fn columns(&self, arm: usize) -> Vec<(String, InstanceId)> {
        let protected = self.model.protected.iter().map(|p| p.name.clone());
        let names = protected.chain(self.model.shown().map(|v| v.name.clone()));
        names.zip(self.plan.arms[arm].iter().copied()).collect()
    }

    /// The outcomes under their names.
    pub fn outcomes(&self) -> Vec<(String, InstanceId)> {
        let protected = self.model.protected.iter().map(|p| p.name.clone());
        let names = protected.chain(self.model.outcomes().map(|v| v.name.clone()));
        names.zip(self.plan.truth.iter().copied()).collect()
    }

    pub fn arm(&self, name: &str) -> usize {
        let found = self.model.arms.iter().position(|arm| arm.name == name);
        found.unwrap_or_else(|| panic!("there is no arm {name}"))
    }
}

/// Every cell of a column to the last bit, as one word a unit.
pub fn words(batch: &Batch, instance: InstanceId) -> Vec<String> {
    let cells = batch.cells(instance);
    let word = |row: usize| match &cells.column {
        Column::Number(values) => format!("{:?} {:x}", values[row], values[row].to_bits()),
        Column::Boolean(values) => values[row].to_string(),
        Column::Category { codes, levels } => levels.name(codes[row]).to_owned(),
        Column::Text(values) => values.value(row).to_owned(),
        Column::Date(values) => values[row].to_string(),
    };
    let missing = |row: usize| cells.missing.as_ref().is_some_and(|missing| missing[row]);
    (0..cells.column.len())
        .map(|row| format!("{}{}", word(row), if missing(row) { " (missing)" } else { "" }))
        .collect()
}
