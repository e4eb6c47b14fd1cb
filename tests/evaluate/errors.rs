//! How often verdicts are wrong: null models must fail, and models on the limit must pass or fail, in at most α of all suites.
//!
//! Models are laws from which answers are drawn anew for each run. 200 runs unless `JUMELLES_SIMULATIONS` says otherwise; with
//! `JUMELLES_RECORD` set, the table is written to docs/verdict-error-rates.md.

use std::fmt::Write;

use jumelles::evaluate::Verdicts;
use jumelles::policy::Policy;
use jumelles::suite::Suite;
use jumelles::verdict::Verdict;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::law::{Arms, LAWS, Law, Wrong};
use super::ward::{SCENARIO, Ward, policy};

/// The page before the table.
const HEAD: &str = include_str!("errors.md");
const ALPHA: f64 = 0.05;
/// A simulated rate may exceed α by chance; more than this by chance in one of a million tables of thirty rows.
const BY_CHANCE: f64 = 1e-6 / 30.0;

/// "net direct 0.05" as a policy.
fn asked(criterion: &str) -> Policy {
    let parts: Vec<&str> = criterion.split(' ').collect();
    let (statistic, more) = match parts[0] {
        "net" => ("net-flip", ""),
        "flips" => ("flip-rate", ""),
        "excess" => ("flip-rate", "excess = true\n"),
        "ratio" => ("impact-ratio", ""),
        "mean" => ("mean", ""),
        "slices" => ("net-flip", "slices = \"region\"\n"),
        other => panic!("{other}"),
    };
    policy(&format!(
        "[policy]\nname = \"p\"\n[[criteria]]\nname = \"c\"\ncontrast = \"{}\"\nstatistic = \"{statistic}\"\nvariable = \"gender\"\nlimit = {}\n{more}",
        parts[1], parts[2]
    ))
}

/// The share of runs with each verdict: pass, fail, inconclusive.
fn simulate(law: &Law, suite: &Suite, arms: &Arms, runs: u64) -> [u64; 3] {
    let policy = asked(law.criterion);
    let verdicts = Verdicts::of(suite, &policy).unwrap();
    let mut counts = [0; 3];
    for run in 0..runs {
        let mut rng = StdRng::seed_from_u64(run.wrapping_mul(0x9e37_79b9) ^ 77);
        let answers = (law.draw)(&mut rng, arms);
        match verdicts.judge(&[answers]).unwrap().verdict {
            Verdict::Pass => counts[0] += 1,
            Verdict::Fail => counts[1] += 1,
            _ => counts[2] += 1,
        }
    }
    counts
}

/// The least k that Binomial(runs, α) exceeds with probability below [`BY_CHANCE`].
fn most_by_chance(runs: u64) -> u64 {
    let mut probability = (runs as f64 * (1.0 - ALPHA).ln()).exp();
    let (mut k, mut below) = (0, probability);
    while 1.0 - below > BY_CHANCE {
        k += 1;
        probability *= (runs - k + 1) as f64 / k as f64 * ALPHA / (1.0 - ALPHA);
        below += probability;
    }
    k
}

#[test]
fn verdicts_are_wrong_in_at_most_five_suites_of_a_hundred() {
    let runs: u64 = std::env::var("JUMELLES_SIMULATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let crossed = SCENARIO
        .replace(
            "[variables.merit]",
            "[protected.age]\nlevels = { young = 0.3, middle = 0.4, old = 0.3 }\n\n[variables.merit]",
        )
        .replace("kind = \"paths\"", "kind = \"twins\"\ncross = [\"gender\", \"age\"]");
    let wards = [Ward::new("paths", 800), Ward::of(&crossed, "twins", 800)];
    let arms = wards.each_ref().map(Arms::of);
    let allowed = most_by_chance(runs);
    let mut table = String::new();
    let mut exceeded = Vec::new();
    for law in LAWS {
        let which = law.suite as usize;
        let [pass, fail, open] = simulate(law, &wards[which].suite, &arms[which], runs);
        let (word, wrong) = match law.wrong {
            Wrong::Fail => ("fail", fail),
            Wrong::Pass => ("pass", pass),
        };
        let share = |n: u64| 100.0 * n as f64 / runs as f64;
        writeln!(
            table,
            "| {} | {} | {word} | {:.1} % | {:.1} % | {:.1} % | {:.1} % |",
            law.what,
            law.criterion,
            share(wrong),
            share(pass),
            share(fail),
            share(open)
        )
        .unwrap();
        if wrong > allowed {
            exceeded.push(format!("{} ({}): {wrong} of {runs} {word}", law.what, law.criterion));
        }
    }
    println!("{table}");
    if std::env::var_os("JUMELLES_RECORD").is_some() {
        std::fs::write(
            "docs/verdict-error-rates.md",
            format!("{}{table}", HEAD.replace("{runs}", &runs.to_string())),
        )
        .unwrap();
    }
    assert!(exceeded.is_empty(), "more than {allowed}: {exceeded:#?}");
}
