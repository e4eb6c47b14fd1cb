//! What the design promises of every scenario, tried on random ones.

use jumelles::dist::{Distribution, family};
use jumelles::model::LevelRef;
use jumelles::sample::Sampler;
use jumelles::suite::{Format, Layout, Seed, Units};
use jumelles::value::Column;
use proptest::prelude::*;

use crate::worlds::{SEED, Sampled, UNITS, words, worlds};

/// So many random worlds, unless PROPTEST_CASES asks for another number; of costly laws one in so many of these.
fn cases(few: u32, one_in: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases =
        if std::env::var_os("PROPTEST_CASES").is_some() { (default.cases / one_in).max(1) } else { few };
    ProptestConfig { cases, failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(cases(24, 1))]

    #[test]
    fn a_unit_is_the_same_in_every_batch(world in worlds(), cut in 1..UNITS) {
        let whole = Sampled::new(&world.plain_text(), None);
        let sampler = Sampler::new(&whole.model, &whole.plan, SEED);
        // The later part first: no batch may depend on another.
        let late = sampler.batch(cut..UNITS).expect("the whole was drawn");
        let early = sampler.batch(0..cut).expect("the whole was drawn");
        for instance in 0..whole.plan.instances.len() {
            let parts = [words(&early, instance), words(&late, instance)].concat();
            prop_assert_eq!(&words(&whole.batch, instance), &parts);
        }
    }

    #[test]
    fn other_variables_and_their_order_change_no_column(
        (world, order, kept) in worlds().prop_flat_map(|world| {
            let order = Just((0..world.len()).collect::<Vec<_>>()).prop_shuffle();
            let kept = 1..=world.len();
            (Just(world), order, kept)
        }),
    ) {
        let small = Sampled::new(&world.beginning(kept).plain_text(), None);
        let large = Sampled::new(&world.text(&order), None);
        for (at, arm) in small.model.arms.iter().enumerate() {
            // A group alone is not alone any more where another group has come.
            let Some(same) = large.model.arms.iter().position(|a| a.name == arm.name) else { continue };
            let columns = large.columns(same);
            for (name, instance) in small.columns(at) {
                let (_, other) = columns.iter().find(|(n, _)| *n == name).expect("the larger world has the column");
                prop_assert_eq!(words(&small.batch, instance), words(&large.batch, *other), "{} in {}", name, arm.name);
            }
        }
        let outcomes = large.outcomes();
        for (name, instance) in small.outcomes() {
            let (_, other) = outcomes.iter().find(|(n, _)| *n == name).expect("the larger world has the outcome");
            prop_assert_eq!(words(&small.batch, instance), words(&large.batch, *other), "{}", name);
        }
    }

    #[test]
    fn what_is_no_proxy_is_one_column_in_all_arms(world in worlds()) {
        let sampled = Sampled::new(&world.without_placebos().plain_text(), None);
        let first = sampled.columns(0);
        for arm in 1..sampled.model.arms.len() {
            for ((name, here), (_, there)) in sampled.columns(arm).iter().zip(&first).skip(1) {
                if world.stays(name) {
                    prop_assert_eq!(here, there, "{}", name);
                }
            }
        }
    }

    #[test]
    fn proxies_without_strength_are_equal_in_all_arms(world in worlds()) {
        let sampled = Sampled::new(&world.without_strength().plain_text(), None);
        let base: Vec<usize> =
            (0..sampled.model.arms.len()).filter(|arm| sampled.model.arms[*arm].placebo_of.is_none()).collect();
        let first = sampled.columns(base[0]);
        for &arm in &base {
            for ((name, here), (_, there)) in sampled.columns(arm).iter().zip(&first).skip(1) {
                prop_assert_eq!(words(&sampled.batch, *here), words(&sampled.batch, *there), "{}", name);
            }
        }
    }

    #[test]
    fn an_arm_of_the_own_level_is_the_factual_record(world in worlds()) {
        let text = world.plain_text();
        let (sampled, factual) = (Sampled::new(&text, None), Sampled::new(&text, Some("factual")));
        let own = words(&factual.batch, factual.plan.truth[0]);
        let arm_of_facts = factual.arm("factual");
        let mut compared = 0;
        for (at, arm) in sampled.model.arms.iter().enumerate() {
            let LevelRef::Level(code) = arm.show[0] else { continue };
            if arm.placebo_of.is_some() || !arm.coherent() {
                continue;
            }
            let level = sampled.model.protected[0].levels.name(code);
            for ((name, shown), (_, fact)) in sampled.columns(at).iter().zip(factual.columns(arm_of_facts)) {
                let (shown, fact) = (words(&sampled.batch, *shown), words(&factual.batch, fact));
                for unit in (0..UNITS as usize).filter(|unit| own[*unit] == level) {
                    prop_assert_eq!(&shown[unit], &fact[unit], "{} of unit {}", name, unit);
                    compared += 1;
                }
            }
        }
        prop_assert!(compared >= UNITS, "every unit has an arm of its own level");
    }

    #[test]
    fn a_placebo_with_nothing_to_draw_again_is_its_base(world in worlds()) {
        let sampled = Sampled::new(&world.without_placebos().plain_text(), None);
        let mut placebos = 0;
        for (at, arm) in sampled.model.arms.iter().enumerate() {
            if let Some(base) = arm.placebo_of {
                prop_assert_eq!(&sampled.plan.arms[at], &sampled.plan.arms[base]);
                placebos += 1;
            }
        }
        prop_assert_eq!(placebos, 3, "one a level");
    }

    #[test]
    fn a_placebo_changes_only_what_must_not_matter_and_what_reads_it(world in worlds()) {
        let sampled = Sampled::new(&world.plain_text(), None);
        for (at, arm) in sampled.model.arms.iter().enumerate() {
            let Some(base) = arm.placebo_of else { continue };
            for ((name, here), (_, there)) in sampled.columns(at).iter().zip(sampled.columns(base)).skip(1) {
                let variable: usize = name[1..].parse().expect("names are a letter and a number");
                prop_assert_eq!(*here != there, world.touched_by_placebo(variable), "{}", name);
            }
        }
    }
}

/// A parameter with the lowest and the highest value that is tried.
type Range = (&'static str, f64, f64);

/// Continuous families, each with the range of each parameter.
const CONTINUOUS: &[(&str, &[Range])] = &[
    ("normal", &[("mean", -5.0, 5.0), ("sd", 0.1, 5.0)]),
    ("lognormal", &[("median", 0.1, 9.0), ("sigma", 0.1, 1.5)]),
    ("uniform", &[("low", -5.0, 0.0), ("high", 1.0, 5.0)]),
    ("logistic", &[("location", -5.0, 5.0), ("scale", 0.1, 5.0)]),
    ("exponential", &[("mean", 0.1, 9.0)]),
    ("weibull", &[("shape", 0.6, 4.0), ("scale", 0.5, 5.0)]),
    ("gamma", &[("shape", 0.6, 9.0), ("mean", 0.5, 9.0)]),
    ("beta", &[("alpha", 0.6, 9.0), ("beta", 0.6, 9.0)]),
    ("student_t", &[("df", 2.0, 30.0), ("location", -2.0, 2.0), ("scale", 0.5, 2.0)]),
    ("triangular", &[("low", -3.0, -1.0), ("mode", -0.5, 0.5), ("high", 1.0, 3.0)]),
];

proptest! {
    #![proptest_config(cases(24, 1))]

    #[test]
    fn twins_keep_their_rank(
        which in 0..CONTINUOUS.len(),
        at in prop::collection::vec((0.0..1.0f64, 0.0..1.0f64), 3),
    ) {
        let (name, ranges) = CONTINUOUS[which];
        // Sums as an effects table makes them, so that the laws compared are those that were drawn from.
        let mut of_male = Vec::new();
        let mut of_female = Vec::new();
        let mut written = Vec::new();
        for ((parameter, low, high), (a, b)) in ranges.iter().zip(&at) {
            let (male, female) = (low + (high - low) * a, low + (high - low) * b);
            let effect = female - male;
            written.push(format!("{parameter} = {{ base = {male:?}, gender = {{ female = {effect:?} }} }}"));
            of_male.push(male);
            of_female.push(male + effect);
        }
        let text = format!(
            "[scenario]\nname = \"ranks\"\n[protected.gender]\nlevels = {{ female = 0.5, male = 0.5 }}\n\
             [variables.x]\nrole = \"proxy\"\n{name} = {{ {} }}\n",
            written.join(", ")
        );
        let sampled = Sampled::new(&text, None);
        let numbers = |arm: &str| match &sampled.batch.cells(sampled.columns(sampled.arm(arm))[1].1).column {
            Column::Number(values) => values.clone(),
            other => panic!("numbers are expected, not {other:?}"),
        };
        let names: Vec<&str> = ranges.iter().map(|(parameter, ..)| *parameter).collect();
        let form = family(name).expect("the family is there").form(&names).expect("the form is there");
        let place = |parameter: &&str| names.iter().position(|n| n == parameter).expect("the form has these names");
        let law = |values: &[f64]| {
            let ordered: Vec<f64> = form.parameters.iter().map(|p| values[place(p)]).collect();
            (form.make)(&ordered).expect("the ranges are legal")
        };
        let (female, male) = (law(&of_female), law(&of_male));
        for (a, b) in numbers("female").into_iter().zip(numbers("male")) {
            let (rank_a, rank_b) = (female.cdf(a), male.cdf(b));
            prop_assert!((rank_a - rank_b).abs() <= 1e-9, "{}: {} of {} and {} of {}", name, rank_a, a, rank_b, b);
        }
    }
}

/// How a suite may be written.
fn written() -> Vec<(Format, Layout)> {
    let apart = Format::ALL.into_iter().map(|format| (format, Layout::Arms));
    apart.chain([(Format::Parquet, Layout::OneFile)]).collect()
}

proptest! {
    #![proptest_config(cases(4, 20))]

    #[test]
    fn a_suite_is_the_same_for_any_threads_parts_format_and_layout_and_verifies(
        world in worlds(),
        threads in prop::sample::select(vec![2, 3, 8]),
        parts in prop::sample::select(vec![2, 7, 16]),
        (format, layout) in prop::sample::select(written()),
    ) {
        let model = crate::worlds::model(&world.plain_text(), None);
        let dir = tempfile::tempdir().expect("a temporary folder");
        let made = |name: &str, threads: usize, parts: u32, format: Format, layout: Layout| {
            let generation = model.generate(Units(9_000), Seed(SEED)).threads(threads).parts(parts);
            let written = generation.format(format).layout(layout).write_to(dir.path().join(name));
            written.unwrap_or_else(|e| panic!("{e}"))
        };
        let one = made("one", 1, 1, Format::Parquet, Layout::Arms);
        let other = made("other", threads, parts, format, layout);
        prop_assert_eq!(&one.manifest.content_hash, &other.manifest.content_hash);
        let checks = other.verify(true, &|_| {}).unwrap_or_else(|e| panic!("{e}"));
        prop_assert!(checks.passed(), "{}", checks);
    }
}
