//! What turns the decision of a unit.

use minijinja::value::Serde;
use minijinja::{Value, context};

use super::pen::Pen;
use super::section::Section;
use super::table::{Fit, Table};
use crate::evaluate::evaluation::{OutputEvaluation, Patterns};
use crate::report::naming;
use crate::report::picture::bars;

pub(super) fn write(section: &mut Section, pen: &Pen, output: &OutputEvaluation) {
    let with_units: Vec<&Patterns> =
        output.patterns.iter().filter(|p| p.counts.iter().any(|c| c.units > 0)).collect();
    if with_units.is_empty() {
        return;
    }
    section.heading(pen.say("patterns.title"));
    section.paragraph(pen.say("patterns.intro"));
    for patterns in with_units {
        one(section, pen, patterns);
    }
}

fn one(section: &mut Section, pen: &Pen, patterns: &Patterns) {
    let whole: u64 = patterns.counts.iter().map(|c| c.units).sum();
    let share = |units: u64| pen.voice.numerals.percent(units as f64 / whole as f64);
    let name = |pattern: &str| pen.voice.words.word_or_free("patterns", pattern);
    let comparison = naming::comparison(pen.voice, &patterns.contrast);
    let description: Vec<String> =
        patterns.counts.iter().map(|c| format!("{} {}", name(&c.pattern).plain(), share(c.units))).collect();
    let counts: Vec<u64> = patterns.counts.iter().map(|c| c.units).collect();
    let title = pen.phrase("patterns.picture", &[("comparison", comparison.clone())]);
    let picture = pen.render(
        "bars.svg",
        context! {
            bars => Value::from(Serde(bars(&counts))), title => title.plain(), description => description.join(", "),
        },
    );
    section.figure(picture, title.html());
    let mut table = Table::new(Fit::Scroll, pen.phrase("patterns.caption", &[("comparison", comparison)]))
        .words(pen.say("patterns.pattern"))
        .numbers(pen.say("criteria.units"))
        .numbers(pen.say("patterns.share"));
    for (place, count) in patterns.counts.iter().enumerate() {
        let swatch = pen.render("swatch.svg", context! { place });
        let named = Value::from_safe_string(format!("{swatch}{}", name(&count.pattern).html()));
        table.row(vec![named, pen.count(count.units), Value::from(share(count.units))]);
    }
    section.table(table);
}
