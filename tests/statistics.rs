//! The statistics against R, SciPy, statsmodels and defining equations, on random inputs.
//!
//! `golden/statistics` keeps 500 cases and the scripts that made them; a folder of more of them may be named in the environment.

use std::path::{Path, PathBuf};

use jumelles::stats::{
    Alpha, Betting, Bootstrap, Differences, EmpiricalBernstein, FlipRatePlan, Interval, MantelHaenszel,
    McNemar, MeanPlan, NetFlipPlan, PairedTable, Share, SignFlip, SignWealth, Transitions, TwoGroups,
    bca_interval, benjamini_hochberg, benjamini_yekutieli, holm, shapley,
};
use proptest::prelude::*;
use serde_json::Value;

/// A folder with `python.jsonl` and `r.jsonl`, as the scripts write them.
const FOLDER: &str = "JUMELLES_GOLDEN_STATISTICS";

/// Named results.
type Results = Vec<(String, f64)>;

/// The input of one case.
struct Given<'a>(&'a Value);

impl Given<'_> {
    fn number(&self, name: &str) -> f64 {
        self.0[name].as_f64().unwrap_or_else(|| panic!("`{name}` of {}", self.0))
    }

    fn count(&self, name: &str) -> u64 {
        self.number(name) as u64
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        let list = self.0[name].as_array().unwrap_or_else(|| panic!("`{name}` of {}", self.0));
        list.iter().map(|v| v.as_f64().expect("a number")).collect()
    }

    fn counts(&self, name: &str) -> Vec<u64> {
        self.numbers(name).into_iter().map(|v| v as u64).collect()
    }

    fn alpha(&self) -> Alpha {
        Alpha::one_sided(self.number("alpha")).expect("an error probability")
    }

    fn table(&self) -> PairedTable {
        let cells = self.counts("cells");
        PairedTable::new(cells[0], cells[1], cells[2], cells[3]).expect("a table")
    }

    fn differences(&self) -> Differences {
        Differences::new(self.numbers("d")).expect("numbers")
    }

    fn share(&self) -> Share {
        Share::new(self.count("count"), self.count("total")).expect("a share")
    }

    fn transitions(&self) -> Transitions {
        Transitions::new(self.count("levels") as usize, self.counts("counts")).expect("a square table")
    }
}

fn groups(counts: &[u64]) -> TwoGroups {
    TwoGroups::new(
        Share::new(counts[0], counts[1]).expect("a share"),
        Share::new(counts[2], counts[3]).expect("a share"),
    )
}

fn named<const N: usize>(results: [(&str, f64); N]) -> Results {
    results.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn decisions(f: &str, given: &Given) -> Option<Results> {
    let results = match f {
        "tango" => {
            let table = given.table();
            let interval = table.tango(given.alpha());
            let equivalence = table.tango_equivalence(given.number("margin")).expect("a margin");
            named([
                ("low", interval.low),
                ("high", interval.high),
                ("z0", table.tango_z(0.0)),
                ("p_above", equivalence.above_lower),
                ("p_below", equivalence.below_upper),
            ])
        }
        "newcombe" => {
            let interval = given.table().newcombe(given.alpha());
            named([("low", interval.low), ("high", interval.high)])
        }
        "bonett_price" => {
            let (ratio, difference) =
                (given.table().ratio_interval(given.alpha()), given.table().adjusted_wald(given.alpha()));
            named([
                ("low", ratio.low),
                ("high", ratio.high),
                ("difference_low", difference.low),
                ("difference_high", difference.high),
            ])
        }
        "mcnemar" | "r_mcnemar" => {
            let table = given.table();
            let p = |form| table.mcnemar(form).two_sided;
            named([
                ("p_mid", p(McNemar::MidP)),
                ("p_exact", p(McNemar::Exact)),
                ("p_plain", p(McNemar::Asymptotic)),
                ("p_corrected", p(McNemar::Corrected)),
                ("p_mid_greater", table.mcnemar(McNemar::MidP).greater),
                ("statistic", table.mcnemar_statistic(McNemar::Asymptotic)),
                ("corrected", table.mcnemar_statistic(McNemar::Corrected)),
            ])
        }
        "share" | "r_share" => {
            let (exact, score) =
                (given.share().clopper_pearson(given.alpha()), given.share().wilson(given.alpha()));
            named([
                ("low", exact.low),
                ("high", exact.high),
                ("wilson_low", score.low),
                ("wilson_high", score.high),
            ])
        }
        "r_odds" => {
            let interval = given.table().discordant_odds_interval(given.alpha());
            named([("low", interval.low), ("high", interval.high)])
        }
        "symmetry" | "r_bowker" => {
            let table = given.transitions();
            named([("statistic", table.bowker_statistic().0), ("p_bowker", table.bowker())])
        }
        _ => return None,
    };
    Some(results)
}

fn numbers(f: &str, given: &Given) -> Option<Results> {
    let results = match f {
        "t_paired" | "r_t" => {
            let d = given.differences();
            let (p, interval) = (d.t_test(0.0), d.t_interval(given.alpha()));
            let margin = given.0["margin"].as_f64().unwrap_or(1.0);
            let equivalence = d.t_equivalence(margin).expect("a margin");
            named([
                ("mean", d.mean()),
                ("sd", d.sd()),
                ("p", p.two_sided),
                ("p_greater", p.greater),
                ("p_less", p.less),
                ("low", interval.low),
                ("high", interval.high),
                ("p_above", equivalence.above_lower),
                ("p_below", equivalence.below_upper),
            ])
        }
        "wilcoxon" | "r_pratt" | "r_wilcoxon" => {
            let d = given.differences();
            let p = d.wilcoxon();
            let mut results = named([
                ("p", p.two_sided),
                ("p_greater", p.greater),
                ("p_less", p.less),
                ("p_sign", d.sign_test().two_sided),
                ("w", d.signed_rank_sum()),
            ]);
            if f == "r_wilcoxon" {
                results.extend(hodges_lehmann(given));
            }
            results
        }
        "hodges_lehmann" => hodges_lehmann(given),
        "sign_flip" => {
            let p = given.differences().sign_flip(&SignFlip::new(1, 0, "exact").expect("one replicate"));
            named([("p", p.two_sided), ("p_greater", p.greater), ("p_less", p.less)])
        }
        "bca" => {
            let (estimate, acceleration) = (given.number("estimate"), given.number("acceleration"));
            let interval = bca_interval(&given.numbers("replicates"), estimate, acceleration, given.alpha());
            named([("low", interval.low), ("high", interval.high)])
        }
        "shapley" => shapley(&given.numbers("v"))
            .expect("a factorial")
            .into_iter()
            .enumerate()
            .map(|(i, share)| (format!("share{i}"), share))
            .collect(),
        _ => return None,
    };
    Some(results)
}

fn hodges_lehmann(given: &Given) -> Results {
    let d = given.differences();
    let interval = d.hodges_lehmann_interval(given.alpha());
    named([("estimate", d.hodges_lehmann()), ("low", interval.low), ("high", interval.high)])
}

fn several(f: &str, given: &Given) -> Option<Results> {
    let results = match f {
        "groups" => {
            let groups = groups(&given.counts("groups"));
            let (p, katz) = (groups.fisher(), groups.katz(given.alpha()));
            let difference = groups.risk_difference_interval(given.alpha());
            named([
                ("difference_low", difference.low),
                ("difference_high", difference.high),
                ("p_greater", p.greater),
                ("p_less", p.less),
                ("ratio", groups.rate_ratio()),
                ("low", katz.low),
                ("high", katz.high),
            ])
        }
        "r_fisher" => {
            let p = groups(&given.counts("groups")).fisher();
            named([("p", p.two_sided), ("p_greater", p.greater), ("p_less", p.less)])
        }
        "r_adjust" => {
            let p = given.numbers("p");
            let methods =
                [("holm", holm(&p)), ("BH", benjamini_hochberg(&p)), ("BY", benjamini_yekutieli(&p))];
            let mut results = Results::new();
            for (name, adjusted) in methods {
                let adjusted = adjusted.expect("p-values").into_iter().enumerate();
                results.extend(adjusted.map(|(i, p)| (format!("p_{name}{i}"), p)));
            }
            results
        }
        "r_mantel_haenszel" => {
            let strata: Vec<TwoGroups> = given.counts("flat").chunks(4).map(groups).collect();
            let mh = MantelHaenszel::new(&strata);
            let interval = mh.odds_ratio_interval(given.alpha());
            named([
                ("odds", mh.odds_ratio()),
                ("low", interval.low),
                ("high", interval.high),
                ("p", mh.test().two_sided),
            ])
        }
        "risk_difference_strata" => {
            let strata = given.0["strata"].as_array().expect("strata");
            let counts = |row: &Value| -> Vec<u64> {
                row.as_array().expect("counts").iter().map(|v| v.as_u64().expect("a count")).collect()
            };
            let strata: Vec<TwoGroups> = strata.iter().map(|row| groups(&counts(row))).collect();
            let mh = MantelHaenszel::new(&strata);
            let interval = mh.risk_difference_interval(given.alpha());
            named([("difference", mh.risk_difference()), ("low", interval.low), ("high", interval.high)])
        }
        _ => return None,
    };
    Some(results)
}

fn sequences_and_sizes(f: &str, given: &Given) -> Option<Results> {
    let results = match f {
        "sign_wealth" => {
            let mut wealth = SignWealth::new();
            (0..given.count("above")).for_each(|_| wealth.observe(1.0));
            (0..given.count("below")).for_each(|_| wealth.observe(-1.0));
            named([
                ("e", wealth.ln_e().exp()),
                ("e_greater", wealth.ln_e_greater().exp()),
                ("e_less", wealth.ln_e_less().exp()),
            ])
        }
        "sequence" => {
            let mut closed = EmpiricalBernstein::new(-1.0, 1.0, given.alpha()).expect("a range");
            let mut betting = Betting::new(-1.0, 1.0, given.alpha()).expect("a range");
            for value in given.numbers("d") {
                closed.observe(value).expect("in the range");
                betting.observe(value).expect("in the range");
            }
            named([
                ("closed_low", closed.interval().low),
                ("closed_high", closed.interval().high),
                ("low", betting.interval().low),
                ("high", betting.interval().high),
                ("ln_e_above", betting.ln_e_above(-0.1)),
                ("ln_e_below", betting.ln_e_below(0.1)),
            ])
        }
        "flip_plan" => {
            let plan = FlipRatePlan::new(given.number("limit"), given.alpha()).expect("a limit");
            let rate = given.number("rate");
            let units = plan.units(given.number("power"), rate).expect("rates").expect("some units");
            let power = plan.power(given.count("at"), rate).expect("rates");
            named([("units", units as f64), ("p_pass", power)])
        }
        "net_plan" => {
            let plan = NetFlipPlan::new(given.number("margin"), given.alpha()).expect("a margin");
            let power = plan.power(given.count("units"), given.number("gain"), given.number("loss"));
            let exact = given.table().exact_equivalence(given.number("margin")).expect("a margin");
            named([("power", power.expect("rates")), ("p_exact", exact.below_upper)])
        }
        "mean_plan" => {
            let plan = MeanPlan::new(given.number("margin"), given.alpha()).expect("a margin");
            let power = plan.power(given.count("units"), given.number("mean"), given.number("sd"));
            named([("power", power.expect("a mean and a spread"))])
        }
        _ => return None,
    };
    Some(results)
}

/// Every expected result that is not met, in words.
fn misses(case: &Value) -> Vec<String> {
    let f = case["f"].as_str().expect("a name");
    let given = Given(&case["in"]);
    let found = decisions(f, &given)
        .or_else(|| numbers(f, &given))
        .or_else(|| several(f, &given))
        .or_else(|| sequences_and_sizes(f, &given))
        .unwrap_or_else(|| panic!("nothing here computes `{f}`"));
    let tolerance = case["tolerance"].as_f64().expect("a tolerance");
    let expected = case["out"].as_object().expect("results").iter().map(|(name, value)| {
        let value = match value.as_str() {
            Some("inf") => f64::INFINITY,
            Some(_) => f64::NEG_INFINITY,
            None => value.as_f64().expect("a number"),
        };
        (name, value)
    });
    let miss = |(name, expected): (&String, f64)| {
        let (_, found) = found.iter().find(|(found, _)| found == name).expect("a result of that name");
        // Small p-values keep their digits; a difference near 0 has lost some on paper.
        let absolute = if name.starts_with('p') { 1e-280 } else { 1e-3 * tolerance };
        let near = *found == expected || (found - expected).abs() <= absolute + tolerance * expected.abs();
        (!near).then(|| format!("{f} {name}: {found:e} instead of {expected:e}; {}", given.0))
    };
    expected.filter_map(miss).collect()
}

fn compare(folder: &Path) -> (usize, Vec<String>) {
    let mut cases = 0;
    let mut wrong = Vec::new();
    for file in ["python.jsonl", "r.jsonl"] {
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for line in text.lines() {
            cases += 1;
            wrong.extend(misses(&serde_json::from_str(line).expect("a case")));
        }
    }
    (cases, wrong)
}

#[test]
fn statistics_agree_with_independent_implementations() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/statistics");
    let folder = std::env::var_os(FOLDER).map_or(kept, PathBuf::from);
    let (cases, wrong) = compare(&folder);
    assert!(cases >= 500, "only {cases} cases in {}", folder.display());
    assert!(wrong.is_empty(), "{} results differ\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

fn sound(what: &str, interval: Interval, estimate: f64) -> Result<(), TestCaseError> {
    // A bound may be the estimate itself, but for the last digits.
    let slack = 1e-12 * (1.0 + estimate.abs());
    let holds = interval.low - slack <= estimate && estimate <= interval.high + slack;
    prop_assert!(holds || estimate.is_infinite(), "{what}: {interval:?} without {estimate}");
    prop_assert!(interval.low < interval.high, "{what}: {interval:?} has no width");
    Ok(())
}

fn sound_p(what: &str, p: [f64; 3]) -> Result<(), TestCaseError> {
    prop_assert!(p.iter().all(|p| (0.0..=1.0).contains(p)), "{what}: {p:?}");
    Ok(())
}

/// Counts where edges are: none, few, many.
fn count() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), Just(1), 2u64..20, Just(1000), Just(100_000_000)]
}

/// Differences where edges are: zeros, ties, constants, extremes.
fn values() -> impl Strategy<Value = Vec<f64>> {
    let value = prop_oneof![4 => Just(0.0), 2 => Just(1.0), 1 => Just(-1.0), 2 => -1.0..1.0, 1 => Just(1e12), 1 => Just(1e-12)];
    prop_oneof![prop::collection::vec(value, 1..40), (-1.0..1.0, 1usize..40).prop_map(|(v, n)| vec![v; n])]
}

proptest! {
    #[test]
    fn no_paired_table_gives_nan_or_an_interval_without_width(
        cells in [count(), count(), count(), count()], alpha in 1e-6..0.499,
    ) {
        prop_assume!(cells.iter().sum::<u64>() > 0);
        let table = PairedTable::new(cells[0], cells[1], cells[2], cells[3]).expect("a table");
        let alpha = Alpha::one_sided(alpha).expect("an error probability");
        sound("tango", table.tango(alpha), table.net_flip())?;
        sound("newcombe", table.newcombe(alpha), table.net_flip())?;
        sound("ratio", table.ratio_interval(alpha), table.rate_ratio())?;
        sound("odds", table.discordant_odds_interval(alpha), table.discordant_odds())?;
        sound("clopper_pearson", table.flip_rate_interval(alpha), table.flip_rate().estimate())?;
        sound("wilson", table.flip_rate().wilson(alpha), table.flip_rate().estimate())?;
        let wald = table.adjusted_wald(alpha);
        prop_assert!(wald.low < wald.high);
        for form in [McNemar::MidP, McNemar::Exact, McNemar::Asymptotic, McNemar::Corrected] {
            let p = table.mcnemar(form);
            sound_p("mcnemar", [p.greater, p.less, p.two_sided])?;
        }
        let p = table.tango_equivalence(0.01).expect("a margin");
        sound_p("tango", [p.above_lower, p.below_upper, p.p()])?;
    }

    #[test]
    fn no_two_groups_give_nan_or_an_interval_without_width(
        counts in [count(), count(), count(), count()], alpha in 1e-6..0.499,
    ) {
        // Fisher lists its tables: a hundred million of them are not a test.
        let [k1, m1, k2, m2] = counts.map(|k| k.min(100_000));
        prop_assume!(k1 + m1 > 0 && k2 + m2 > 0);
        let groups = groups(&[k1, k1 + m1, k2, k2 + m2]);
        let alpha = Alpha::one_sided(alpha).expect("an error probability");
        sound("difference", groups.risk_difference_interval(alpha), groups.risk_difference())?;
        sound("katz", groups.katz(alpha), groups.rate_ratio())?;
        let p = groups.fisher();
        sound_p("fisher", [p.greater, p.less, p.two_sided])?;
        let mh = MantelHaenszel::new(&[groups, groups]);
        sound("odds", mh.odds_ratio_interval(alpha), mh.odds_ratio())?;
        sound("difference", mh.risk_difference_interval(alpha), mh.risk_difference())?;
        let p = mh.test();
        sound_p("mantel_haenszel", [p.greater, p.less, p.two_sided])?;
    }

    #[test]
    fn no_differences_give_nan_or_an_interval_without_width(values in values(), alpha in 1e-3..0.4) {
        let differences = Differences::new(values).expect("numbers");
        let alpha = Alpha::one_sided(alpha).expect("an error probability");
        sound("t", differences.t_interval(alpha), differences.mean())?;
        let bca = differences.bca_interval(&Bootstrap::new(100, 1, "edges").expect("replicates"), alpha);
        prop_assert!(bca.low <= bca.high);
        let middle = differences.hodges_lehmann_interval(alpha);
        prop_assert!(middle.low <= differences.hodges_lehmann() && differences.hodges_lehmann() <= middle.high);
        let flips = SignFlip::new(20, 1, "edges").expect("replicates");
        for p in [differences.t_test(0.0), differences.wilcoxon(), differences.sign_test(), differences.sign_flip(&flips)] {
            sound_p("differences", [p.greater, p.less, p.two_sided])?;
        }
        sound_p("equivalence", [differences.t_equivalence(0.1).expect("a margin").p(); 3])?;
    }
}
