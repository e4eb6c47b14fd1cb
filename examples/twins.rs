//! Two twins of the first unit, column by column.

use jumelles::sample::Sampler;
use jumelles::scenario::{Overrides, Scenario};

fn main() -> jumelles::Result<()> {
    let model = Scenario::open("hiring", &Overrides::none())?.compile()?;
    let plan = model.plan();
    let batch = Sampler::new(&model, &plan, 7).batch(0..1)?;
    for (at, variable) in model.shown().enumerate() {
        // Protected variables come first in an arm.
        let at = at + model.protected.len();
        let [first, second] = [0, 1].map(|arm| format!("{:?}", batch.cells(plan.arms[arm][at]).column));
        println!("{:<20} {}", variable.name, if first == second { "same" } else { "differs" });
    }
    Ok(())
}
