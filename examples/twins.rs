//! The first person of a scenario, as her and as him: the rows with a star follow the gender, all others are equal.

use arrow::util::display::array_value_to_string;
use jumelles::sample::{ArrayForm, Sampler};
use jumelles::scenario::{Overrides, Scenario};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let model = Scenario::open("hiring", &Overrides::none())?.compile()?;
    let plan = model.plan();
    let batch = Sampler::new(&model, &plan, 7).batch(0..1)?;
    println!("  {:<20} {:<28} {}", "", model.arms[0].name, model.arms[1].name);
    for (at, variable) in model.shown().enumerate() {
        // The protected variables come first in an arm.
        let column = model.protected.len() + at;
        let form = ArrayForm::of(&variable.cell);
        let shown = |arm: usize| array_value_to_string(&form.array(batch.cells(plan.arms[arm][column])), 0);
        let (her, his) = (shown(0)?, shown(1)?);
        let star = if her == his { " " } else { "*" };
        println!("{star} {:<20} {her:<28} {his}", variable.name);
    }
    Ok(())
}
