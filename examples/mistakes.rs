//! A scenario with mistakes tells all of them at once, each with its place and, where there is one, a way out.

use jumelles::scenario::Scenario;

const THREE_MISTAKES: &str = r#"
[scenario]
name = "pay"

[protected.gender]
levels = { female = 0.5, male = 0.6 }

[variables.pay]
normal = { mean = { base = 1, gender = { femal = 2 } }, sd = 1 }
"#;

fn main() {
    match Scenario::from_text("pay.toml", THREE_MISTAKES).and_then(Scenario::compile) {
        Ok(_) => println!("no mistake"),
        Err(error) => println!("{error}"),
    }
}
