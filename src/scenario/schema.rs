//! The JSON Schema of the language, made from the keys that reading accepts.

use serde_json::{Map, Value, json};

use super::keys::{self, Key, Takes};
use crate::dist;

/// The JSON Schema (draft 2020-12) of a scenario, for editors that complete and check TOML.
pub fn schema() -> Value {
    schema_of(keys::SCENARIO, "A jumelles scenario")
}

/// The same of any document whose keys are known.
pub(crate) fn schema_of(document: &[Key], title: &str) -> Value {
    let mut schema = object(document);
    let root = schema.as_object_mut().expect("a schema is an object");
    root.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".into(), json!(title));
    root.insert("$defs".into(), json!({ "parameter": parameter() }));
    schema
}

fn object(keys: &[Key]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn property(key: &Key) -> Value {
    let mut value = match key.takes {
        Takes::Distribution => distribution(key.name),
        other => takes(other),
    };
    let fields = value.as_object_mut().expect("a schema is an object");
    fields.insert("description".into(), json!(key.about));
    value
}

fn takes(takes_what: Takes) -> Value {
    match takes_what {
        Takes::Text => json!({ "type": "string" }),
        Takes::Localised => json!({ "anyOf": [{ "type": "string" }, object(keys::LOCALISED)] }),
        Takes::Integer => json!({ "type": "integer" }),
        Takes::Number => json!({ "type": "number" }),
        Takes::Boolean => json!({ "type": "boolean" }),
        Takes::Texts => {
            json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
        }
        Takes::Choice(words) => json!({ "enum": words }),
        Takes::Parameter => json!({ "$ref": "#/$defs/parameter" }),
        Takes::Table(inner) => object(inner),
        Takes::Tables(inner) => json!({ "type": "array", "items": object(inner) }),
        Takes::Named(inner) => json!({ "type": "object", "additionalProperties": takes(*inner) }),
        Takes::Distribution => json!({ "type": "object" }),
        Takes::Any => json!({}),
    }
}

/// A table of exactly the parameters of one of the family's forms.
fn distribution(name: &str) -> Value {
    let family = dist::family(name).expect("keys that take a distribution are families");
    let forms: Vec<Value> = family
        .forms
        .iter()
        .map(|form| {
            let properties: Map<String, Value> =
                form.parameters.iter().map(|p| ((*p).to_owned(), takes(Takes::Parameter))).collect();
            json!({ "type": "object", "additionalProperties": false, "properties": properties, "required": form.parameters })
        })
        .collect();
    json!({ "anyOf": forms })
}

fn parameter() -> Value {
    let effects = json!({
        "type": "object",
        "description": "effects: a base, and what each parent adds",
        "properties": { "base": { "type": "number" } },
        "required": ["base"],
        "additionalProperties": {
            "anyOf": [{ "type": "number" }, { "type": "object", "additionalProperties": { "type": "number" } }]
        }
    });
    let plain = json!([{ "type": "number" }, { "type": "string", "description": "a formula" }, effects]);
    let link = |name: &str| {
        json!({
            "type": "object",
            "additionalProperties": false,
            "properties": { (name): { "anyOf": plain } },
            "required": [name]
        })
    };
    let mut all = plain.as_array().expect("a list").clone();
    all.push(link("logit"));
    all.push(link("log"));
    json!({ "description": "a number, a formula, an effects table, or one of these under a link", "anyOf": all })
}
