//! One section an output of the model.

use minijinja::Value;

use super::pen::Pen;
use super::section::Section;
use super::{arms, effects, example, irregular, merit, paths, patterns, placebo, population, slices};
use crate::evaluate::Evaluation;
use crate::report::phrase::Phrase;

pub(super) fn sections(pen: &Pen, evaluation: &Evaluation) -> Vec<Value> {
    evaluation
        .outputs
        .iter()
        .enumerate()
        .map(|(place, output)| {
            let title = pen.phrase("page.output", &[("output", Phrase::free(&output.name))]);
            let mut section = Section::new(pen, format!("output-{}", place + 1), title.html());
            effects::write(&mut section, pen, evaluation, output);
            paths::write(&mut section, pen, output);
            arms::write(&mut section, pen, output);
            patterns::write(&mut section, pen, output);
            slices::write(&mut section, pen, evaluation, output);
            merit::write(&mut section, pen, output);
            example::write(&mut section, pen, output);
            irregular::write(&mut section, pen, evaluation, output);
            placebo::write(&mut section, pen, evaluation, output);
            population::write(&mut section, pen, output);
            section.finish()
        })
        .collect()
}
