//! `new`: a file to start from.

use std::path::PathBuf;
use std::process::ExitCode;

use jumelles::diag::nearest;
use jumelles::scenario::{SHIPPED, Shipped};
use jumelles::{Error, Result};

use super::run::print;

const STARTER: &str = include_str!("starter.toml");

pub(super) fn new(name: &str, from: Option<&str>, output: Option<PathBuf>) -> Result<ExitCode> {
    let path = output.unwrap_or_else(|| PathBuf::from(format!("{name}.toml")));
    let text = match from {
        None => STARTER.to_owned(),
        Some(base) => Shipped::find(base).map(|s| s.text.to_owned()).ok_or_else(|| {
            let hint = match nearest(base, SHIPPED.iter().map(|s| s.name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`jumelles scenarios` lists the shipped ones".to_owned(),
            };
            Error::request_hint(format!("no scenario is called `{base}`"), hint)
        })?,
    };
    let good = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !good {
        return Err(Error::request_hint(
            format!("a scenario cannot be called `{name}`"),
            "small letters, digits and hyphens, a letter first",
        ));
    }
    let named = text
        .lines()
        .map(|line| match line.split_once('=') {
            Some((key, _)) if key.trim() == "name" => format!("{key}= \"{name}\""),
            _ => line.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n");
    let mut file = std::fs::File::create_new(&path).map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => Error::request_hint(
            format!("`{}` is there already", path.display()),
            "choose another name with -o",
        ),
        _ => Error::io("create", &path, source),
    })?;
    std::io::Write::write_all(&mut file, format!("{named}\n").as_bytes())
        .map_err(|e| Error::io("write", &path, e))?;
    let shown = path.display();
    print(&format!("wrote {shown}\nnext: jumelles check {shown} · jumelles preview {shown}\n"))?;
    Ok(ExitCode::SUCCESS)
}
