//! From a design to its arms.

use super::arms::{Arm, LevelRef};
use super::protected::Protected;
use super::variable::Group;
use crate::diag::{Diagnostic, Place, code, nearest};
use crate::scenario::{ArmLevels, ArmShape, At, Design, DesignKind, LevelWord, Scenario};

/// More arms than this are refused.
const MOST_ARMS: usize = 256;

/// What the arms are made from.
pub(super) struct Setting<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) design: &'a Design,
    pub(super) protected: &'a [Protected],
    pub(super) groups: &'a [Group],
    /// The protected variables that move.
    pub(super) moved: Vec<usize>,
}

/// The arms of a design, base arms first, placebo arms last.
pub(super) fn arms(setting: &Setting, reports: &mut Vec<Diagnostic>) -> Vec<Arm> {
    let place = &setting.design.kind.place;
    if let Some(count) = too_many(setting) {
        reports.push(refusal(count, place));
        return Vec::new();
    }
    let mut arms = match setting.design.kind.value {
        DesignKind::Twins => coherent(setting),
        DesignKind::Paths => paths(setting),
        DesignKind::EachProxy => each_proxy(setting),
        DesignKind::Factorial => factorial(setting),
        DesignKind::Factual => vec![factual(setting)],
        DesignKind::Arms => listed(setting, reports),
    };
    dedup(&mut arms);
    let mut arms = swept(arms, setting, reports);
    if setting.design.placebo {
        add_placebos(&mut arms);
    }
    if arms.len() > MOST_ARMS {
        reports.push(refusal(arms.len(), place));
    }
    refuse_same_names(&arms, setting, reports);
    arms
}

fn refusal(count: usize, place: &Place) -> Diagnostic {
    Diagnostic::error(
        code::TOO_MANY_ARMS,
        format!("this design has {count} arms or more; at most {MOST_ARMS} are made"),
    )
    .at(place)
    .hint("`each-proxy` needs four arms and two a group; or join proxies in fewer groups")
}

/// Counts before anything is listed, so that a hostile file cannot fill the memory.
fn too_many(setting: &Setting) -> Option<usize> {
    let levels: usize =
        setting.moved.iter().fold(1, |n, m| n.saturating_mul(setting.protected[*m].levels.len()));
    let deep = match setting.design.kind.value {
        DesignKind::Factorial => {
            let widest = setting.moved.iter().map(|m| setting.protected[*m].levels.len()).max().unwrap_or(1);
            widest.checked_pow(setting.groups.len() as u32 + 1).unwrap_or(usize::MAX)
        }
        _ => 1,
    };
    let sweeps = setting.design.sweep.iter().fold(1usize, |n, (_, s)| n.saturating_mul(s.len().max(1)));
    let least = levels.max(deep).saturating_mul(sweeps);
    (least > MOST_ARMS).then_some(least)
}

/// All combinations of the levels of the variables that move; those that do not stay at the unit's own.
fn combinations(setting: &Setting) -> Vec<Vec<LevelRef>> {
    let mut all = vec![vec![LevelRef::Own; setting.protected.len()]];
    for &which in &setting.moved {
        all = all
            .iter()
            .flat_map(|base| {
                (0..setting.protected[which].levels.len()).map(move |code| {
                    let mut levels = base.clone();
                    levels[which] = LevelRef::Level(code as u32);
                    levels
                })
            })
            .collect();
    }
    all
}

fn arm(setting: &Setting, show: &[LevelRef], follow: Vec<Vec<LevelRef>>) -> Arm {
    Arm {
        name: name(setting, show, &follow),
        show: show.to_vec(),
        follow,
        strengths: setting.groups.iter().map(|g| g.strength).collect(),
        placebo_of: None,
    }
}

fn all_follow(setting: &Setting, levels: &[LevelRef]) -> Vec<Vec<LevelRef>> {
    vec![levels.to_vec(); setting.groups.len()]
}

fn coherent(setting: &Setting) -> Vec<Arm> {
    combinations(setting).iter().map(|c| arm(setting, c, all_follow(setting, c))).collect()
}

fn factual(setting: &Setting) -> Arm {
    let own = vec![LevelRef::Own; setting.protected.len()];
    Arm { name: "factual".to_owned(), ..arm(setting, &own, all_follow(setting, &own)) }
}

/// All pairs of shown and followed levels that differ in one protected variable at most: the pairs that a contrast of one
/// variable, within levels of the others, needs.
fn paths(setting: &Setting) -> Vec<Arm> {
    let all = combinations(setting);
    let mut arms = coherent(setting);
    for show in &all {
        for follow in all.iter().filter(|f| differing(show, f) == 1) {
            arms.push(arm(setting, show, all_follow(setting, follow)));
        }
    }
    arms
}

fn differing(a: &[LevelRef], b: &[LevelRef]) -> usize {
    a.iter().zip(b).filter(|(x, y)| x != y).count()
}

/// `paths`, and per group both mirrors: only that group follows the other level.
fn each_proxy(setting: &Setting) -> Vec<Arm> {
    let all = combinations(setting);
    let mut arms = paths(setting);
    for group in 0..setting.groups.len() {
        for show in &all {
            for other in all.iter().filter(|f| differing(show, f) == 1) {
                let mut follow = all_follow(setting, show);
                follow[group].clone_from(other);
                arms.push(arm(setting, show, follow));
            }
        }
    }
    arms
}

/// Every assignment of the levels of one moved variable to the shown level and to the groups, at each level of the others.
fn factorial(setting: &Setting) -> Vec<Arm> {
    let mut arms = coherent(setting);
    for show in combinations(setting) {
        for &which in &setting.moved {
            let mut follows = vec![Vec::new()];
            for _ in 0..setting.groups.len() {
                follows = follows
                    .iter()
                    .flat_map(|done: &Vec<Vec<LevelRef>>| {
                        (0..setting.protected[which].levels.len()).map(|code| {
                            let mut levels = show.clone();
                            levels[which] = LevelRef::Level(code as u32);
                            [done.as_slice(), &[levels]].concat()
                        })
                    })
                    .collect();
            }
            arms.extend(follows.into_iter().map(|follow| arm(setting, &show, follow)));
        }
    }
    arms
}

fn dedup(arms: &mut Vec<Arm>) {
    let mut kept: Vec<Arm> = Vec::with_capacity(arms.len());
    for arm in arms.drain(..) {
        if kept.iter().all(|k| k.show != arm.show || k.follow != arm.follow || k.name != arm.name) {
            kept.push(arm);
        }
    }
    *arms = kept;
}

/// "female", "female-as-male" (all proxies as male), "female-but-career-as-male" (only that group).
fn name(setting: &Setting, show: &[LevelRef], follow: &[Vec<LevelRef>]) -> String {
    let shown = label(setting, show, show);
    let mut name = shown;
    let mut others: Vec<&Vec<LevelRef>> = Vec::new();
    for levels in follow.iter().filter(|f| *f != show) {
        if !others.contains(&levels) {
            others.push(levels);
        }
    }
    for other in others {
        let which: Vec<&str> = follow
            .iter()
            .zip(setting.groups)
            .filter(|(f, _)| *f == other)
            .map(|(_, group)| group.name.as_str())
            .collect();
        if which.len() < follow.len() {
            name.push_str("-but-");
            name.push_str(&which.join("-"));
        }
        name.push_str("-as-");
        name.push_str(&label(setting, other, show));
    }
    name
}

/// The levels of the variables that move, joined; of a followed combination only those that differ from what is shown.
fn label(setting: &Setting, levels: &[LevelRef], shown: &[LevelRef]) -> String {
    let same = levels == shown;
    let words: Vec<&str> = setting
        .moved
        .iter()
        .filter(|m| same || levels[**m] != shown[**m])
        .map(|m| match levels[*m] {
            LevelRef::Level(code) => setting.protected[*m].levels.name(code),
            LevelRef::Own => "own",
        })
        .collect();
    if words.is_empty() { "own".to_owned() } else { words.join("-") }
}

fn swept(mut arms: Vec<Arm>, setting: &Setting, reports: &mut Vec<Diagnostic>) -> Vec<Arm> {
    for (name, strengths) in &setting.design.sweep {
        let Some(group) = setting.groups.iter().position(|g| g.name == name.value) else {
            if !hides_group(setting.scenario, &name.value) {
                reports.push(unknown_group(name, setting.groups));
            }
            continue;
        };
        arms = strengths
            .iter()
            .flat_map(|strength| {
                arms.iter().map(move |arm| {
                    let mut arm = arm.clone();
                    arm.strengths[group] = strength.value;
                    arm.name = format!("{}-at-{}-{}", arm.name, name.value, strength.value);
                    arm
                })
            })
            .collect();
    }
    arms
}

/// Whether a group that no proxy belongs to is no mistake of its own: a variable names it whose role has been refused, or a
/// role or a group could not be read.
pub(super) fn hides_group(scenario: &Scenario, name: &str) -> bool {
    let named = |group: &Option<At<String>>| group.as_ref().is_some_and(|group| group.value == name);
    !scenario.unread().is_empty() || scenario.variables.iter().any(|v| v.unread_role || named(&v.group))
}

pub(super) fn unknown_group(name: &At<String>, groups: &[Group]) -> Diagnostic {
    let names = groups.iter().map(|g| g.name.as_str());
    let mut diagnostic =
        Diagnostic::error(code::UNKNOWN_GROUP, format!("no proxy belongs to a group `{}`", name.value))
            .at(&name.place);
    diagnostic.hint = Some(match nearest(&name.value, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if groups.is_empty() => {
            "this scenario has no proxies: leave it out, or give a variable role = \"proxy\"".to_owned()
        }
        None => format!("the groups are {}", super::words::short_list(names)),
    });
    diagnostic
}

fn add_placebos(arms: &mut Vec<Arm>) {
    let placebos: Vec<Arm> = arms
        .iter()
        .enumerate()
        .filter(|(_, arm)| arm.coherent())
        .map(|(at, arm)| Arm { name: format!("{}-placebo", arm.name), placebo_of: Some(at), ..arm.clone() })
        .collect();
    arms.extend(placebos);
}

fn refuse_same_names(arms: &[Arm], setting: &Setting, reports: &mut Vec<Diagnostic>) {
    for (at, arm) in arms.iter().enumerate() {
        // Folders are named after arms, and some file systems do not tell capitals apart.
        if arms[..at].iter().any(|a| a.name.to_lowercase() == arm.name.to_lowercase()) {
            reports.push(same_name(arm, setting));
        }
    }
}

fn same_name(arm: &Arm, setting: &Setting) -> Diagnostic {
    let same = |shape: &&ArmShape| shape.name.value.to_lowercase() == arm.name.to_lowercase();
    let listed: Vec<&ArmShape> = setting.design.arms.iter().filter(same).collect();
    let [first, .., last] = listed.as_slice() else {
        let message = format!("two arms of this design would be called `{}`", arm.name);
        return Diagnostic::error(code::BAD_ARM, message)
            .at(&setting.design.kind.place)
            .hint("names of arms are made of levels and groups: rename a level or a group, or list the arms yourself");
    };
    let (a, b) = (&first.name.value, &last.name.value);
    let (message, hint) = if a == b {
        (format!("two arms are called `{a}`"), "give each arm a name of its own")
    } else {
        (
            format!("the arms `{a}` and `{b}` differ in capitals only"),
            "their folders are named after them, and some file systems do not tell capitals apart",
        )
    };
    Diagnostic::error(code::BAD_ARM, message)
        .at(&last.name.place)
        .related(&first.name.place, "first here")
        .hint(hint)
}

fn listed(setting: &Setting, reports: &mut Vec<Diagnostic>) -> Vec<Arm> {
    if setting.design.arms.is_empty() && !setting.design.unread {
        reports.push(
            Diagnostic::error(code::BAD_ARM, "the kind is \"arms\", but no arm is listed")
                .at(&setting.design.kind.place)
                .hint("for instance [[design.arms]] with name = \"shown-female\", show = \"female\""),
        );
    }
    setting.design.arms.iter().filter_map(|shape| listed_arm(shape, setting, reports)).collect()
}

fn listed_arm(shape: &ArmShape, setting: &Setting, reports: &mut Vec<Diagnostic>) -> Option<Arm> {
    let mut whole = true;
    let mut show = vec![LevelRef::Own; setting.protected.len()];
    match &shape.show {
        ArmLevels::One(word) => {
            let which = one_moved(setting, &shape.place, reports);
            let shown = which.and_then(|_| level(word, None, setting, reports));
            match which.zip(shown) {
                Some((which, shown)) => show[which] = shown,
                None => whole = false,
            }
        }
        ArmLevels::By(list) => {
            for (name, word) in list {
                let which = setting.protected.iter().position(|p| p.name == name.value);
                if which.is_none() && !setting.scenario.unread().contains(&name.value) {
                    reports.push(not_protected(name, setting));
                }
                let shown = which.and_then(|which| level(word, Some(which), setting, reports));
                match which.zip(shown) {
                    Some((which, shown)) => show[which] = shown,
                    None => whole = false,
                }
            }
        }
    }
    let mut follow = all_follow(setting, &show);
    if let Some(followed) = &shape.follow {
        // Several that move have been refused above, where a bare level is shown.
        let silent = matches!(shape.show, ArmLevels::One(_));
        let mut unread = Vec::new();
        let which = one_moved(setting, &shape.place, if silent { &mut unread } else { reports })?;
        match followed {
            ArmLevels::One(word) => {
                let followed = level(word, None, setting, reports)?;
                follow.iter_mut().for_each(|levels| levels[which] = followed);
            }
            ArmLevels::By(list) => {
                for (name, word) in list {
                    let followed = level(word, None, setting, reports);
                    let Some(group) = setting.groups.iter().position(|g| g.name == name.value) else {
                        if !hides_group(setting.scenario, &name.value) {
                            reports.push(unknown_group(name, setting.groups));
                        }
                        whole = false;
                        continue;
                    };
                    match followed {
                        Some(followed) => follow[group][which] = followed,
                        None => whole = false,
                    }
                }
            }
        }
    }
    let mut arm = arm(setting, &show, follow);
    arm.name.clone_from(&shape.name.value);
    whole.then_some(arm)
}

fn not_protected(name: &At<String>, setting: &Setting) -> Diagnostic {
    let known = setting.protected.iter().map(|p| p.name.as_str());
    let hint = match nearest(&name.value, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the protected variables are {}", super::words::short_list(known)),
    };
    let message = format!("`{}` is not a protected variable", name.value);
    Diagnostic::error(code::BAD_ARM, message).at(&name.place).hint(hint)
}

/// The only protected variable that moves: a bare level says nothing where there are several.
fn one_moved(setting: &Setting, place: &Place, reports: &mut Vec<Diagnostic>) -> Option<usize> {
    let [only] = setting.moved.as_slice() else {
        reports.push(
            Diagnostic::error(code::BAD_ARM, "several protected variables move: say which has this level")
                .at(place)
                .hint("for instance show = { gender = \"female\" }; set `move` where arms name what groups follow"),
        );
        return None;
    };
    Some(*only)
}

fn level(
    word: &LevelWord,
    which: Option<usize>,
    setting: &Setting,
    reports: &mut Vec<Diagnostic>,
) -> Option<LevelRef> {
    let LevelWord::Level(name) = word else {
        return Some(LevelRef::Own);
    };
    let protected = &setting.protected[which.or_else(|| setting.moved.first().copied())?];
    let code = protected.levels.code(&name.value);
    if code.is_none() {
        let known = protected.levels.names().iter().map(String::as_str);
        reports.push(super::expression::unknown_level(name, &protected.name, known));
    }
    code.map(LevelRef::Level)
}
