//! A scenario with mistakes tells all of them at once, each with its place.

use jumelles::scenario::Scenario;

fn main() {
    let text = "[scenario]\nname = \"x\"\n[protected.gender]\nlevels = { female = 0.5, male = 0.6 }\n\
                [variables.pay]\nnormal = { mean = { base = 1, gender = { femal = 2 } }, sd = -1 }\n";
    if let Err(error) = Scenario::from_text("x.toml", text).and_then(Scenario::compile) {
        println!("{error}");
    }
}
