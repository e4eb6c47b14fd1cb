//! First names and surnames, compiled: which list and whose names, level by level.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::expression::{Expression, expression, unknown_level};
use super::files::Files;
use super::parents::{Names, Scope};
use super::words::MOST_ALIKE;
use crate::diag::{Diagnostic, Place, code};
use crate::names::{FirstNames, NamesError, Sex, Surnames, find, nearest};
use crate::scenario::{At, ListChoice, NamesShape, SexChoice};
use crate::value::{Kind, Levels};

/// Lists, one for everyone or one a level, over one dictionary.
#[derive(Debug)]
pub struct Lists<L> {
    /// The place among the parents of the variable that chooses, where there is more than one list.
    pub by: Option<usize>,
    /// The lists, by code of that variable, each with the place of its names in the dictionary.
    pub lists: Vec<(Arc<L>, Vec<u32>)>,
}

impl<L> Clone for Lists<L> {
    fn clone(&self) -> Self {
        Self { by: self.by, lists: self.lists.clone() }
    }
}

/// A first name.
#[derive(Debug, Clone)]
pub struct FirstNameDraw {
    /// The lists.
    pub lists: Lists<FirstNames>,
    /// The place among the parents of the variable that says whose names, unless they are the same for everyone.
    pub by: Option<usize>,
    /// Whose names, by code of that variable.
    pub sexes: Vec<Sex>,
    /// The year of birth.
    pub born: Expression,
}

/// A surname.
#[derive(Debug, Clone)]
pub struct SurnameDraw {
    /// The lists.
    pub lists: Lists<Surnames>,
}

/// Words for levels whose names are drawn from women's, men's or epicene names unless the scenario says otherwise.
const WORDS: &[(Sex, &[&str])] = &[
    (
        Sex::Female,
        &["female", "woman", "women", "f", "femme", "femmes", "feminin", "féminin", "fille", "girl"],
    ),
    (Sex::Male, &["male", "man", "men", "m", "homme", "hommes", "masculin", "garçon", "boy"]),
    (
        Sex::Epicene,
        &[
            "nonbinary",
            "non-binary",
            "non_binary",
            "non-binaire",
            "nonbinaire",
            "x",
            "other",
            "autre",
            "epicene",
        ],
    ),
];

fn sex_of_word(level: &str) -> Option<Sex> {
    let level = level.to_lowercase();
    WORDS.iter().find(|(_, words)| words.contains(&level.as_str())).map(|(sex, _)| *sex)
}

/// The protected variable that says whose names are drawn: as written, or the first whose levels are all known words.
pub(super) fn whose(shape: &NamesShape, names: &Names) -> Option<String> {
    if let Some(by) = &shape.by {
        return Some(by.value.clone());
    }
    if matches!(shape.sex, SexChoice::One(_)) {
        return None;
    }
    let mut candidates: Vec<(&super::Parent, &String)> = names
        .by_name
        .iter()
        .filter(|(_, known)| matches!(known.parent, super::Parent::Protected(_)))
        .filter(|(_, known)| match (&known.kind, &shape.sex) {
            (Some(Kind::Category(levels)), SexChoice::By(listed)) => {
                listed.iter().all(|(level, _)| levels.code(&level.value).is_some())
            }
            (Some(Kind::Category(levels)), _) => levels.names().iter().all(|l| sex_of_word(l).is_some()),
            _ => false,
        })
        .map(|(name, known)| (&known.parent, name))
        .collect();
    candidates.sort();
    candidates.first().map(|(_, name)| (*name).clone())
}

pub(super) fn first_names(
    shape: &NamesShape,
    scope: &mut Scope,
    files: &mut Files,
) -> Option<(FirstNameDraw, Arc<Levels>)> {
    let load = |name: &At<String>, scope: &mut Scope, files: &mut Files| {
        let loaded = match find(&name.value) {
            Some(_) => FirstNames::shipped(&name.value, shape.epicene),
            None => FirstNames::from_csv(&own_list(name, scope, files)?, shape.epicene),
        };
        loaded.map_err(|error| report(error, name, scope)).ok()
    };
    let found = lists(&shape.list, load, |list| list.names(), scope, files);
    let written = shape.born.as_ref().map(|born| expression(born, scope));
    let whose = sexes(shape, scope);
    let (lists, levels) = found?;
    let born = match written {
        Some(born) => born,
        None => {
            let years = lists.lists[0].0.years();
            let one = lists.lists.iter().all(|(list, _)| list.years().0 == list.years().1);
            if !one {
                scope.report(
                    Diagnostic::error(
                        code::MISSING_KEY,
                        "these names go by year of birth: `names` needs a key `born`",
                    )
                    .at(&shape.place)
                    .hint("for instance born = \"2026 - age\""),
                );
            }
            one.then(|| Expression::number(f64::from(years.0)))
        }
    };
    let (by, sexes) = whose?;
    if let Some(sex) = sexes.iter().find(|sex| lists.lists.iter().any(|(list, _)| !list.offers(**sex))) {
        scope.report(
            Diagnostic::error(code::WHOSE_NAMES, format!("the list has no names of the kind \"{sex}\""))
                .at(&shape.place)
                .hint(
                    "add them to the list, or map the level to another kind with `sex = { level = \"F\" }`",
                ),
        );
        return None;
    }
    let draw = FirstNameDraw { lists, by, sexes, born: born? };
    Some((draw, levels))
}

fn sexes(shape: &NamesShape, scope: &mut Scope) -> Option<(Option<usize>, Vec<Sex>)> {
    if let SexChoice::One(sex) = shape.sex {
        return Some((None, vec![sex]));
    }
    if matches!(shape.sex, SexChoice::Unread) {
        return None;
    }
    let Some(name) = whose(shape, scope.names) else {
        // The variable that was meant may be one that could not be read.
        if !scope.names.unread.is_empty() {
            return None;
        }
        scope.report(
            Diagnostic::error(code::WHOSE_NAMES, "it is not said whose names these are")
                .at(&shape.place)
                .hint(
                    "name the variable and its levels: by = \"gender\", sex = { woman = \"F\", man = \"M\" }",
                ),
        );
        return None;
    };
    let Some(Kind::Category(levels)) = scope.kind(&name) else {
        return None;
    };
    let listed = match &shape.sex {
        SexChoice::By(listed) => listed.as_slice(),
        _ => &[],
    };
    let mut whole = true;
    let unknown = listed.iter().filter(|(level, _)| levels.code(&level.value).is_none());
    for (level, _) in unknown.take(MOST_ALIKE) {
        whole = false;
        scope.report(unknown_level(level, &name, levels.names().iter().map(String::as_str)));
    }
    let mut sexes = Vec::with_capacity(levels.len());
    for level in levels.names() {
        let said = listed.iter().find(|(l, _)| l.value == *level).map(|(_, sex)| *sex);
        match said.or_else(|| sex_of_word(level)) {
            Some(sex) => sexes.push(sex),
            None => {
                whole = false;
                scope.report(
                    Diagnostic::error(code::WHOSE_NAMES, format!("it is not said whose names `{level}` has"))
                        .at(&shape.place)
                        .hint(format!("add sex = {{ {level} = \"F\" }}, \"M\" or \"epicene\"")),
                );
            }
        }
    }
    whole.then(|| (Some(scope.parent(&name)), sexes))
}

pub(super) fn surnames(
    choice: &ListChoice,
    _place: &Place,
    scope: &mut Scope,
    files: &mut Files,
) -> Option<(SurnameDraw, Arc<Levels>)> {
    let load = |name: &At<String>, scope: &mut Scope, files: &mut Files| {
        let loaded = match find(&name.value) {
            Some(_) => Surnames::shipped(&name.value),
            None => Surnames::from_csv(&own_list(name, scope, files)?),
        };
        loaded.map_err(|error| report(error, name, scope)).ok()
    };
    let (lists, levels) = lists(choice, load, |list| list.names(), scope, files)?;
    Some((SurnameDraw { lists }, levels))
}

/// Loads the lists of a choice and joins their names to one dictionary, sorted, so that codes mean the same in every arm.
fn lists<L>(
    choice: &ListChoice,
    load: impl Fn(&At<String>, &mut Scope, &mut Files) -> Option<Arc<L>>,
    names_of: impl Fn(&L) -> &[String],
    scope: &mut Scope,
    files: &mut Files,
) -> Option<(Lists<L>, Arc<Levels>)> {
    let (by, loaded) = match choice {
        ListChoice::One(name) => (None, vec![load(name, scope, files)?]),
        ListChoice::Unread => return None,
        ListChoice::By { variable, lists } => {
            let Some(Kind::Category(levels)) = scope.kind(&variable.value) else {
                if scope.kind(&variable.value).is_some() {
                    scope.report(
                        Diagnostic::error(
                            code::EFFECT_TYPE,
                            format!("`{}` has no levels to choose a list by", variable.value),
                        )
                        .at(&variable.place)
                        .hint("name a category, such as a protected variable, or one list for everyone"),
                    );
                }
                return None;
            };
            let unknown = lists.iter().filter(|(level, _)| levels.code(&level.value).is_none());
            for (level, _) in unknown.take(MOST_ALIKE) {
                scope.report(unknown_level(
                    level,
                    &variable.value,
                    levels.names().iter().map(String::as_str),
                ));
            }
            // A level that is misspelt may be the one that lacks a list.
            let misspelt = lists.iter().any(|(level, _)| levels.code(&level.value).is_none());
            let mut loaded = Vec::with_capacity(levels.len());
            for level in levels.names() {
                match lists.iter().find(|(l, _)| l.value == *level) {
                    Some((_, name)) => loaded.push(load(name, scope, files)),
                    None if misspelt => loaded.push(None),
                    None => {
                        loaded.push(None);
                        scope.report(
                            Diagnostic::error(code::MISSING_KEY, format!("there is no list for `{level}`"))
                                .at(&variable.place)
                                .hint(format!("add {level} = \"…\", or name one list for everyone")),
                        );
                    }
                }
            }
            let loaded = loaded.into_iter().collect::<Option<Vec<_>>>()?;
            (Some(scope.parent(&variable.value)), loaded)
        }
    };
    let mut dictionary: BTreeMap<&str, u32> =
        loaded.iter().flat_map(|l| names_of(l)).map(|n| (n.as_str(), 0)).collect();
    for (code, slot) in dictionary.values_mut().enumerate() {
        *slot = code as u32;
    }
    let maps: Vec<Vec<u32>> =
        loaded.iter().map(|l| names_of(l).iter().map(|n| dictionary[n.as_str()]).collect()).collect();
    let levels = Arc::new(Levels::new(dictionary.keys().map(|n| (*n).to_owned()).collect(), false));
    let lists = loaded.iter().cloned().zip(maps).collect();
    Some((Lists { by, lists }, levels))
}

fn own_list(name: &At<String>, scope: &mut Scope, files: &mut Files) -> Option<String> {
    if !name.value.ends_with(".csv") {
        let hint = match nearest(&name.value) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the shipped lists are fr/first-names, us/first-names, fr/surnames and us/surnames; own lists end in .csv".to_owned(),
        };
        scope.report(
            Diagnostic::error(code::UNKNOWN_LIST, format!("no list is called `{}`", name.value))
                .at(&name.place)
                .hint(hint),
        );
        return None;
    }
    files.text(name, scope)
}

fn report(error: NamesError, name: &At<String>, scope: &mut Scope) {
    let quoted = format!("`{}`", name.value);
    let message = match error.line {
        Some(line) => format!("{quoted}, line {line}: {}", error.message),
        None if error.message.contains(&quoted) => error.message,
        None => format!("{quoted}: {}", error.message),
    };
    let mut diagnostic = Diagnostic::error(code::UNKNOWN_LIST, message).at(&name.place);
    diagnostic.hint = error.hint;
    scope.report(diagnostic);
}
