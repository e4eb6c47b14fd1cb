//! From the paths to the gap: a waterfall for each comparison.

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::forest::{ForestRow, forest};
use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::evaluate::evaluation::{Composition, ContrastId, Effect, OutputEvaluation, OutputKind};
use crate::report::measure::Measure;
use crate::report::naming;
use crate::report::phrase::Phrase;
use crate::report::picture::steps;

/// The figures of one waterfall.
struct Paths {
    comparison: Phrase,
    direct: f64,
    proxy: f64,
    total: f64,
    /// Composition and the observed gap, where there are factual records.
    rest: Option<(f64, f64)>,
}

pub(super) fn write(section: &mut Section, pen: &Pen, output: &OutputEvaluation) {
    if output.kind == OutputKind::Category {
        return;
    }
    let mut all: Vec<Paths> = Vec::new();
    for effect in
        output.effects.iter().filter(|e| e.contrast.kind == "total" && e.contrast.strengths.is_empty())
    {
        all.extend(of_total(pen, output, effect));
    }
    if all.is_empty() && output.shapley.is_empty() {
        return;
    }
    section.heading(pen.say("paths.title"));
    section.paragraph(pen.say("paths.intro"));
    let measure = Measure::of_effect(output);
    for paths in &all {
        section.paragraph(sum(pen, measure, paths).html());
        section.table(waterfall(pen, measure, paths));
    }
    shapley(section, pen, output);
}

/// The parts of a total effect, if the suite has both.
fn of_total(pen: &Pen, output: &OutputEvaluation, total: &Effect) -> Option<Paths> {
    let of_kind = |kind: &str| {
        let wanted = ContrastId { kind: kind.to_owned(), group: None, ..total.contrast.clone() };
        output.effects.iter().find(|e| e.contrast == wanted).and_then(|e| e.estimate)
    };
    let gap = gap(output, &total.contrast);
    Some(Paths {
        comparison: naming::comparison(pen.voice, &total.contrast),
        direct: of_kind("direct")?,
        proxy: of_kind("proxy")?,
        total: total.estimate?,
        rest: gap.and_then(|g| Some((g.composition?, g.observed.estimate?))),
    })
}

/// The gap of the same levels on factual records; none within strata.
fn gap<'a>(output: &'a OutputEvaluation, id: &ContrastId) -> Option<&'a Composition> {
    if !id.stratum.is_empty() {
        return None;
    }
    let variable = id.variable.as_ref()?;
    let mut populations =
        output.population.iter().filter(|p| p.variables.len() == 1 && p.variables[0] == *variable);
    let same = |g: &&Composition| {
        Some(&g.target) == id.target.as_ref() && Some(&g.reference) == id.reference.as_ref()
    };
    populations.find_map(|p| p.gaps.iter().find(same))
}

fn sum(pen: &Pen, measure: Measure, paths: &Paths) -> Phrase {
    let numerals = pen.voice.numerals;
    let first = |x: f64| Phrase::word(measure.bare(x, numerals).trim_start_matches('+'));
    let next = |x: f64| Phrase::word(measure.bare(x.abs(), numerals).trim_start_matches('+'));
    let sign = |x: f64| Phrase::word(if x < 0.0 { "−" } else { "+" });
    let whole = |x: f64| Phrase::word(measure.with_unit(x, numerals).trim_start_matches('+'));
    let mut parts = vec![
        ("direct", first(paths.direct)),
        ("proxy_sign", sign(paths.proxy)),
        ("proxy", next(paths.proxy)),
        ("total", whole(paths.total)),
    ];
    match paths.rest {
        Some((composition, observed)) => {
            parts.extend([
                ("composition_sign", sign(composition)),
                ("composition", next(composition)),
                ("observed", whole(observed)),
            ]);
            pen.phrase("paths.sum", &parts)
        }
        None => pen.phrase("paths.sum_total", &parts),
    }
}

fn waterfall(pen: &Pen, measure: Measure, paths: &Paths) -> Table {
    let mut parts = vec![
        ("paths.direct", paths.direct, false),
        ("paths.proxy", paths.proxy, false),
        ("paths.total", paths.total, true),
    ];
    if let Some((composition, observed)) = paths.rest {
        parts.push(("paths.composition", composition, false));
        parts.push(("paths.observed", observed, true));
    }
    let sizes: Vec<(f64, bool)> = parts.iter().map(|&(_, size, is_sum)| (size, is_sum)).collect();
    let (axis, steps) = steps(&sizes);
    let caption = pen.phrase("paths.caption", &[("comparison", paths.comparison.clone())]);
    let mut table = Table::new(Fit::Chart, caption)
        .words(pen.say("paths.step"))
        .pictures(pen.say("effects.picture"), pen.axis(&axis, measure))
        .numbers(pen.say("paths.size"));
    for (place, ((key, size, is_sum), step)) in parts.iter().zip(&steps).enumerate() {
        let title = format!("{} {}", pen.voice.say(key), measure.with_unit(*size, pen.voice.numerals));
        let last = place + 1 == parts.len();
        let picture = pen.render("step.svg", context! { p => Value::from(Serde(step)), last, title });
        let class = if *is_sum { "sum" } else { "" };
        table.row_of(class, vec![pen.say(key), picture, pen.figure(measure, Some(*size))]);
    }
    table
}

fn shapley(section: &mut Section, pen: &Pen, output: &OutputEvaluation) {
    for shares in &output.shapley {
        section.subheading(pen.say("paths.shapley"));
        let rows = shares.shares.iter().map(|share| ForestRow {
            name: match &share.group {
                Some(group) => Phrase::free(group).html(),
                None => pen.say("paths.shown"),
            },
            estimate: Some(share.estimate),
            interval: Some(share.interval),
            limits: None,
            is_whole: false,
            more: vec![],
        });
        let comparison = naming::comparison(pen.voice, &shares.contrast);
        let caption = pen.phrase("paths.shapley_caption", &[("comparison", comparison)]);
        let titles = (pen.say("paths.step"), vec![]);
        section.table(forest(pen, caption, Measure::of_effect(output), titles, rows.collect()));
    }
}
