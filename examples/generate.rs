//! One whole run: a scenario becomes a suite on disk, and the suite is verified.

use jumelles::scenario::{Overrides, Scenario};
use jumelles::suite::{Seed, Units};

fn main() -> jumelles::Result<()> {
    let dir = std::env::temp_dir().join("jumelles-example");
    let model = Scenario::open("hiring", &Overrides::none())?.compile()?;
    let suite = model.generate(Units(1_000), Seed(7)).overwrite(true).write_to(&dir)?;
    println!("{} units in {} arms: {}", suite.manifest.units, suite.manifest.arms.len(), dir.display());
    print!("{}", suite.verify(false, &|_| {})?);
    Ok(())
}
