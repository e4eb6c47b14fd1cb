//! The effect across the whole range of merit, and at several thresholds.

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::evaluate::evaluation::{Curve, MeritOf, OutputEvaluation, ThresholdCurve};
use crate::report::measure::Measure;
use crate::report::naming;
use crate::report::phrase::Phrase;
use crate::report::picture;
use crate::report::picture::Point;

pub(super) fn write(section: &mut Section, pen: &Pen, output: &OutputEvaluation) {
    let curves: Vec<&Curve> = output.curves.iter().filter(|c| !c.points.is_empty()).collect();
    let thresholds: Vec<&ThresholdCurve> =
        output.thresholds.iter().filter(|c| !c.points.is_empty()).collect();
    if curves.is_empty() && thresholds.is_empty() {
        return;
    }
    section.heading(pen.say("merit.title"));
    section.paragraph(pen.say("merit.intro"));
    for curve in curves {
        merit(section, pen, output, curve);
    }
    for curve in thresholds {
        threshold(section, pen, curve);
    }
}

fn merit(section: &mut Section, pen: &Pen, output: &OutputEvaluation, curve: &Curve) {
    let measure = Measure::of_effect(output);
    let (key, column) = match &curve.merit {
        MeritOf::Truth(column) => ("merit.truth", column),
        MeritOf::Score(column) => ("merit.score", column),
    };
    let merit = pen.phrase(key, &[("column", Phrase::free(column))]);
    let contrast = naming::contrast_in_full(pen.voice, &curve.contrast);
    let caption = pen.phrase("merit.caption", &[("contrast", contrast), ("merit", merit)]);
    let points: Vec<Point> = curve
        .points
        .iter()
        .map(|p| Point {
            estimate: p.estimate,
            low: p.interval.and_then(|b| b.low),
            high: p.interval.and_then(|b| b.high),
        })
        .collect();
    let numerals = pen.voice.numerals;
    let range = |from: f64, to: f64| match from == to {
        true => numerals.number(from),
        false => format!("{} – {}", numerals.number(from), numerals.number(to)),
    };
    let names: Vec<String> =
        curve.points.iter().map(|p| numerals.short(f64::midpoint(p.from, p.to))).collect();
    drawn(section, pen, measure, &caption, &points, &names);
    let mut table = Table::new(Fit::Scroll, caption)
        .words(pen.say("merit.range"))
        .numbers(pen.say("criteria.estimate"))
        .numbers(pen.say("criteria.interval"))
        .numbers(pen.say("criteria.units"));
    for point in &curve.points {
        table.row(vec![
            Value::from(range(point.from, point.to)),
            pen.figure(measure, point.estimate),
            Value::from(measure.interval(point.interval.as_ref(), numerals)),
            pen.count(point.units),
        ]);
    }
    section.folded(pen.say("page.behind"), table);
}

fn threshold(section: &mut Section, pen: &Pen, curve: &ThresholdCurve) {
    let contrast = naming::contrast_in_full(pen.voice, &curve.contrast);
    let caption = pen.phrase("merit.caption_thresholds", &[("contrast", contrast)]);
    let points: Vec<Point> = curve
        .points
        .iter()
        .map(|p| Point {
            estimate: p.net_flip.estimate,
            low: p.net_flip.interval.low,
            high: p.net_flip.interval.high,
        })
        .collect();
    let numerals = pen.voice.numerals;
    let names: Vec<String> = curve.points.iter().map(|p| numerals.number(p.threshold)).collect();
    drawn(section, pen, Measure::Points, &caption, &points, &names);
    let mut table = Table::new(Fit::Scroll, caption)
        .words(pen.say("merit.threshold"))
        .numbers(pen.say("merit.reference_rate"))
        .numbers(pen.say("merit.net_flip"))
        .numbers(pen.say("criteria.interval"))
        .numbers(pen.say("merit.flip_rate"))
        .numbers(pen.say("criteria.interval"));
    for (point, name) in curve.points.iter().zip(names) {
        table.row(vec![
            Value::from(name),
            pen.figure(Measure::Share, Some(point.reference_rate)),
            pen.figure(Measure::Points, point.net_flip.estimate),
            Value::from(Measure::Points.interval(Some(&point.net_flip.interval), numerals)),
            pen.figure(Measure::Share, point.flip_rate.estimate),
            Value::from(Measure::Share.interval(Some(&point.flip_rate.interval), numerals)),
        ]);
    }
    section.folded(pen.say("page.behind"), table);
}

fn drawn(
    section: &mut Section,
    pen: &Pen,
    measure: Measure,
    caption: &Phrase,
    points: &[Point],
    names: &[String],
) {
    let curve = picture::Curve::new(points);
    let numerals = pen.voice.numerals;
    let ticks: Vec<Value> = curve
        .tick_values()
        .enumerate()
        .map(|(place, (at, value))| {
            // The unit stands once, at the top.
            let is_top = place + 1 == curve.tick_values().count();
            let label =
                if is_top { measure.with_unit(value, numerals) } else { measure.bare(value, numerals) };
            context! { at, label }
        })
        .collect();
    let labels: Vec<Value> = curve
        .places()
        .zip(names)
        .enumerate()
        .filter(|(place, _)| is_labelled(*place, names.len()))
        .map(|(_, (at, text))| context! { at, text })
        .collect();
    let values = context! {
        p => Value::from(Serde(&curve)), ticks, labels,
        title => caption.plain(), description => description(pen, measure, points, names),
    };
    let picture = pen.render("curve.svg", values);
    section.figure(picture, caption.html());
}

/// As many letters as a telephone has room for.
fn is_labelled(place: usize, points: usize) -> bool {
    points <= 5 || place == 0 || place + 1 == points || place == points / 2
}

fn description(pen: &Pen, measure: Measure, points: &[Point], names: &[String]) -> String {
    let estimates = points.iter().filter_map(|p| p.estimate);
    let (least, most) = estimates.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, m), e| (l.min(e), m.max(e)));
    let (Some(first), Some(last), true) = (names.first(), names.last(), least <= most) else {
        return pen.voice.say("merit.describe_none").to_owned();
    };
    let figure = |x: f64| Phrase::word(measure.with_unit(x, pen.voice.numerals));
    let parts = [
        ("count", pen.voice.count(points.len() as u64)),
        ("low", Phrase::word(first)),
        ("high", Phrase::word(last)),
        ("least", figure(least)),
        ("most", figure(most)),
    ];
    pen.phrase("merit.describe", &parts).plain()
}
