//! What the command line lays over a scenario.

use crate::error::{Error, Result};

/// Values that the command lays over a scenario; they become part of the effective scenario.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--set variables.certifications.poisson.mean=2`.
    pub set: Vec<String>,
    /// `--strength career=0.5`, or `career=0:1:0.25` for a dose-response suite.
    pub strength: Vec<String>,
    /// `--design paths`.
    pub design: Option<String>,
}

/// An override as a TOML document, under the flag that it came from.
pub(super) struct Overlay {
    pub(super) flag: &'static str,
    pub(super) text: String,
}

/// More arms than this cannot be made anyway.
const MOST_STRENGTHS: usize = 256;

impl Overrides {
    /// No override at all.
    pub fn none() -> Self {
        Self::default()
    }

    /// Whether values of the population are changed, so that claims about it need not hold. A design changes none.
    pub(super) fn population(&self) -> bool {
        !self.set.is_empty() || !self.strength.is_empty()
    }

    pub(super) fn overlays(&self) -> Result<Vec<Overlay>> {
        let mut overlays = Vec::new();
        for text in &self.set {
            overlays.push(Overlay { flag: "--set", text: quoted_if_bare(text)? });
        }
        for text in &self.strength {
            overlays.push(Overlay { flag: "--strength", text: strength(text)? });
        }
        if let Some(kind) = &self.design {
            overlays.push(Overlay { flag: "--design", text: format!("design.kind={}", toml_string(kind)) });
        }
        Ok(overlays)
    }
}

fn toml_string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// `key=value`, where a value that is no TOML is taken for a string, so that shells need no quotes in quotes.
fn quoted_if_bare(text: &str) -> Result<String> {
    let Some((key, value)) = text.split_once('=') else {
        return Err(Error::request_hint(
            format!("`--set {text}` has no `=`"),
            "for instance --set variables.certifications.poisson.mean=2",
        ));
    };
    if toml::de::DeValue::parse(value.trim()).is_ok() {
        return Ok(text.to_owned());
    }
    Ok(format!("{key}={}", toml_string(value.trim())))
}

fn strength(text: &str) -> Result<String> {
    let wrong = |what: String| {
        Error::request_hint(
            format!("`--strength {text}`: {what}"),
            "for instance --strength career=0.5, or --strength career=0:1:0.25 for several",
        )
    };
    let (group, value) = text.split_once('=').ok_or_else(|| wrong("there is no `=`".to_owned()))?;
    let good = !group.is_empty() && group.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !good {
        return Err(wrong(format!("`{group}` is not the name of a group")));
    }
    let numbers: Result<Vec<f64>, _> = value.split(':').map(str::parse::<f64>).collect();
    let numbers = numbers.map_err(|_| wrong(format!("`{value}` is not a number")))?;
    match numbers.as_slice() {
        [one] => Ok(format!("groups.{group}.strength={one:?}")),
        [from, to, step] if step.is_finite() && *step > 0.0 && from <= to => {
            let steps = ((to - from) / step + 1e-9).floor();
            if steps.is_nan() || steps >= MOST_STRENGTHS as f64 {
                return Err(wrong(format!("more than {MOST_STRENGTHS} strengths")));
            }
            let list: Vec<String> =
                (0..=steps as usize).map(|i| format!("{:?}", from + i as f64 * step)).collect();
            Ok(format!("design.sweep.{group}=[{}]", list.join(", ")))
        }
        _ => Err(wrong("write one strength, or from:to:step".to_owned())),
    }
}
