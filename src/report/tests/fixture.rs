//! Evaluations made by hand: a rich one, an empty one, a crowded one.

use std::collections::BTreeMap;

use crate::evaluate::Evaluation;
use crate::evaluate::evaluation::*;
use crate::suite::SourceEntry;
use crate::verdict::Verdict;
use crate::verify::{Check, Outcome, Verification};

pub(super) fn localised(english: &str, french: &str) -> Localised {
    [("en", english), ("fr", french)].map(|(k, v)| (k.to_owned(), v.to_owned())).into()
}

pub(super) fn bounds(low: f64, high: f64, method: Method) -> Bounds {
    Bounds { low: Some(low), high: Some(high), level: 0.9, method }
}

fn estimate(estimate: f64, low: f64, high: f64, method: Method) -> Estimate {
    Estimate { estimate: Some(estimate), interval: bounds(low, high, method) }
}

pub(super) fn contrast(kind: &str) -> ContrastId {
    ContrastId {
        kind: kind.to_owned(),
        group: kind.strip_prefix("proxy:").map(str::to_owned),
        variable: Some("gender".to_owned()),
        target: Some("female".to_owned()),
        reference: Some("male".to_owned()),
        ..ContrastId::default()
    }
}

pub(super) fn placebo(arm: &str) -> ContrastId {
    ContrastId { kind: "placebo".to_owned(), placebo_of: Some(arm.to_owned()), ..ContrastId::default() }
}

fn pair(target: &str, reference: &str, weight: f64) -> ArmPair {
    ArmPair { target: target.to_owned(), reference: reference.to_owned(), weight }
}

/// An effect on a decision.
pub(super) fn effect(
    contrast: ContrastId,
    pairs: Vec<ArmPair>,
    net: f64,
    half: f64,
    up: u64,
    down: u64,
) -> Effect {
    let units = 4_000;
    let rate = (up + down) as f64 / units as f64;
    Effect {
        contrast,
        pairs,
        units,
        estimate: Some(net),
        sd: Some(rate.sqrt()),
        interval: Some(bounds(net - half, net + half, Method::Tango)),
        bootstrap: None,
        tests: vec![Test {
            method: TestMethod::McNemarMidP,
            two_sided: if net.abs() > half { 0.000_02 } else { 0.41 },
            greater: Some(0.9),
            less: Some(0.1),
        }],
        up,
        down,
        unmoved: units - up - down,
        hodges_lehmann: None,
        flips: Some(Flips {
            rate: estimate(rate, rate * 0.9, rate * 1.1, Method::ClopperPearson),
            to_target: Some(estimate(up as f64 / 4e3, 0.001, 0.02, Method::ClopperPearson)),
            to_reference: Some(estimate(down as f64 / 4e3, 0.02, 0.05, Method::ClopperPearson)),
            count_to_target: up,
            count_to_reference: down,
            odds: Some(estimate(0.2, 0.1, 0.4, Method::ExactOdds)),
            transitions: vec![],
        }),
        ratio: Some(TwinRatio {
            target_rate: 0.41,
            reference_rate: 0.452,
            ratio: estimate(0.907, 0.88, 0.93, Method::BonettPrice),
        }),
        worst_case: Some(WorstCase { missing_units: 31, lowest: net - 0.008, highest: net + 0.008 }),
        e_value: Some(EValue { log_e: 6.2 }),
    }
}

fn effects() -> Vec<Effect> {
    let direct = vec![pair("shown-female", "male", 0.5), pair("female", "follows-female", 0.5)];
    vec![
        effect(contrast("total"), vec![pair("female", "male", 1.0)], -0.0582, 0.0078, 21, 254),
        effect(contrast("direct"), direct, -0.0418, 0.0064, 18, 185),
        effect(contrast("proxy"), vec![pair("follows-female", "male", 1.0)], -0.0164, 0.0049, 30, 96),
        effect(contrast("proxy:career"), vec![pair("career-female", "male", 1.0)], -0.0121, 0.0041, 22, 70),
        effect(contrast("interaction"), vec![], 0.0012, 0.0052, 40, 35),
    ]
}

pub(super) fn criterion(name: &str, contrast: &str, statistic: &str, limit: f64) -> CriterionFacts {
    CriterionFacts {
        name: name.to_owned(),
        contrast: contrast.to_owned(),
        statistic: statistic.to_owned(),
        limit,
        of_range: false,
        excess: false,
        alpha: 0.05,
        minimum_units: 300,
        slices: vec![],
    }
}

pub(super) fn judged(
    kind: &str,
    verdict: Verdict,
    estimate: f64,
    half: f64,
    limits: (Option<f64>, Option<f64>),
) -> Judged {
    let reason = match verdict {
        Verdict::Pass => Reason::Inside,
        Verdict::Fail => Reason::Outside,
        Verdict::Inconclusive => Reason::Straddles,
        Verdict::NoData => Reason::TooFewUnits,
    };
    Judged {
        output: "invite".to_owned(),
        contrast: contrast(kind),
        slice: vec![],
        verdict,
        reason,
        estimate: Some(estimate),
        interval: Some(bounds(estimate - half, estimate + half, Method::Tango)),
        low_limit: limits.0,
        high_limit: limits.1,
        units: if verdict == Verdict::NoData { 120 } else { 4_000 },
        p_outside: Some(0.0004),
        p_outside_adjusted: Some(0.0012),
        beyond_placebos: false,
        units_needed: (verdict == Verdict::Inconclusive).then_some(23_800),
    }
}

pub(super) fn result(criterion: CriterionFacts, judged: Vec<Judged>) -> CriterionResult {
    let verdict = Verdict::overall(judged.iter().map(|j| j.verdict));
    let deciding = judged.iter().position(|j| j.verdict == verdict);
    let units_needed = judged.iter().filter_map(|j| j.units_needed).max();
    CriterionResult { criterion, verdict, judged, deciding, units_needed }
}

pub(super) fn range_term(column: &str, from: Option<f64>, to: Option<f64>) -> SliceTerm {
    SliceTerm { column: column.to_owned(), value: None, from, to }
}

pub(super) fn value_term(column: &str, value: &str) -> SliceTerm {
    SliceTerm { column: column.to_owned(), value: Some(value.to_owned()), from: None, to: None }
}

fn criteria() -> Vec<CriterionResult> {
    let point = (Some(-0.01), Some(0.01));
    let young = vec![range_term("age", Some(18.0), Some(29.0))];
    let old = vec![range_term("age", Some(30.0), Some(64.0))];
    let mut sliced = vec![judged("total", Verdict::Fail, -0.0582, 0.0078, (Some(-0.02), Some(0.02)))];
    sliced.push(Judged {
        slice: young,
        units: 1_204,
        ..judged("total", Verdict::Fail, -0.081, 0.013, (Some(-0.02), Some(0.02)))
    });
    sliced.push(Judged {
        slice: old,
        units: 2_796,
        ..judged("total", Verdict::Inconclusive, -0.024, 0.011, (Some(-0.02), Some(0.02)))
    });
    let mut placebo_judged = judged("total", Verdict::Pass, 0.0004, 0.0018, (None, Some(0.01)));
    placebo_judged.contrast = placebo("male");
    let mut ratio = judged("population", Verdict::Inconclusive, 0.823, 0.041, (Some(0.8), None));
    ratio.interval = Some(bounds(0.781, 0.866, Method::Katz));
    vec![
        result(
            criterion("direct effect", "direct", "net-flip", 0.01),
            vec![judged("direct", Verdict::Fail, -0.0418, 0.0064, point)],
        ),
        result(criterion("total effect", "total", "net-flip", 0.02), sliced),
        result(criterion("impact ratio", "population", "impact-ratio", 0.8), vec![ratio]),
        result(criterion("placebo flips", "placebo", "flip-rate", 0.01), vec![placebo_judged]),
    ]
}

fn arm(name: &str, mean: f64) -> ArmSummary {
    ArmSummary {
        arm: name.to_owned(),
        units: 3_969,
        mean: Some(mean),
        sd: Some((mean * (1.0 - mean)).sqrt()),
        counts: vec![],
    }
}

fn slice(terms: Vec<SliceTerm>, units: u64, estimate: f64, half: f64) -> SliceEffect {
    SliceEffect {
        terms,
        units,
        estimate: Some(estimate),
        interval: Some(bounds(estimate - half, estimate + half, Method::Tango)),
        p: 0.001,
        p_adjusted: 0.004,
    }
}

fn registered() -> Vec<Registered> {
    vec![Registered {
        contrast: contrast("total"),
        columns: vec!["age".to_owned()],
        slices: vec![
            slice(vec![range_term("age", Some(18.0), Some(29.0))], 1_204, -0.081, 0.013),
            slice(vec![range_term("age", Some(30.0), Some(64.0))], 2_796, -0.024, 0.011),
        ],
        reversal: "none".to_owned(),
    }]
}

fn discovery() -> Vec<Discovery> {
    let found = |terms, estimate: f64, confirmed| Found {
        slice: slice(terms, 312, estimate, 0.027),
        outside: Some(-0.043),
        searched_estimate: estimate * 1.4,
        confirmed,
    };
    vec![Discovery {
        contrast: contrast("total"),
        looked_at: 118,
        tried: 2,
        search_units: 2_000,
        confirm_units: 2_000,
        found: vec![
            found(
                vec![value_term("diploma", "master"), range_term("experience", Some(0.0), Some(3.0))],
                -0.142,
                true,
            ),
            found(vec![value_term("city", "Lyon")], -0.071, false),
        ],
    }]
}

fn curves() -> (Vec<Curve>, Vec<ThresholdCurve>) {
    let sizes = [-0.004, -0.011, -0.028, -0.057, -0.094, -0.121, -0.103, -0.066, -0.029, -0.009];
    let points = sizes.iter().enumerate().map(|(i, &size)| CurvePoint {
        from: i as f64 * 0.1,
        to: i as f64 * 0.1 + 0.099,
        units: 400,
        estimate: Some(size),
        interval: Some(bounds(size - 0.022, size + 0.022, Method::Tango)),
    });
    let curve = Curve {
        contrast: contrast("total"),
        merit: MeritOf::Truth("skill".to_owned()),
        points: points.collect(),
    };
    let thresholds = [0.3, 0.4, 0.5, 0.6, 0.7].map(|threshold| ThresholdPoint {
        threshold,
        reference_rate: 1.0 - threshold,
        net_flip: estimate(-0.2 * threshold * (1.0 - threshold), -0.07, -0.03, Method::Tango),
        flip_rate: estimate(0.3 * threshold * (1.0 - threshold), 0.05, 0.08, Method::ClopperPearson),
    });
    (vec![curve], vec![ThresholdCurve { contrast: contrast("total"), points: thresholds.to_vec() }])
}

fn group(level: &str) -> BTreeMap<String, String> {
    [("gender".to_owned(), level.to_owned())].into()
}

fn population() -> Vec<Population> {
    let line = |level: &str, records: u64, selected: u64, best: f64| {
        let rate = selected as f64 / records as f64;
        ImpactLine {
            group: group(level),
            records,
            selected,
            rate,
            impact_ratio: rate / best,
            passes_four_fifths: rate / best >= 0.8,
            is_small: records < 80,
        }
    };
    let best = 934.0 / 2_011.0;
    vec![Population {
        variables: vec!["gender".to_owned()],
        groups: [("female", 1_921, 0.383), ("male", 2_011, 0.4644), ("other", 68, 0.338)]
            .map(|(level, units, mean)| GroupRate {
                group: group(level),
                units,
                mean: Some(mean),
                sd: Some(0.49),
            })
            .to_vec(),
        gaps: vec![Composition {
            target: "female".to_owned(),
            reference: "male".to_owned(),
            observed: estimate(-0.0814, -0.107, -0.056, Method::Newcombe),
            test: Some(Test {
                method: TestMethod::Fisher,
                two_sided: 0.000_000_2,
                greater: None,
                less: None,
            }),
            ratio: Some(estimate(0.825, 0.781, 0.871, Method::Katz)),
            passes_four_fifths: Some(true),
            total: Some(-0.0582),
            direct: Some(-0.0418),
            proxy: Some(-0.0164),
            composition: Some(-0.0232),
            resolving: vec![
                ResolvingGap {
                    variable: "experience".to_owned(),
                    mean_difference: Some(-0.84),
                    shares: vec![],
                },
                ResolvingGap {
                    variable: "diploma".to_owned(),
                    mean_difference: None,
                    shares: vec![("bachelor".to_owned(), 0.41, 0.38), ("master".to_owned(), 0.59, 0.62)],
                },
            ],
        }],
        selection: Some(SelectionTable {
            kind: SelectionKind::Selection,
            median: None,
            lines: vec![
                line("female", 1_921, 736, best),
                line("male", 2_011, 934, best),
                line("other", 68, 23, best),
            ],
            unknown: 31,
        }),
    }]
}

fn example() -> Example {
    let column = |name: &str, role: &str, reference: &str, target: &str| ExampleColumn {
        name: name.to_owned(),
        role: role.to_owned(),
        target: Some(target.to_owned()),
        reference: Some(reference.to_owned()),
        differs: reference != target,
    };
    let mut gap = column("gap_months", "proxy", "0", "0");
    (gap.target, gap.differs) = (None, true);
    Example {
        contrast: contrast("total"),
        unit: 1_337,
        target_arm: "female".to_owned(),
        reference_arm: "male".to_owned(),
        columns: vec![
            column("first_name", "proxy", "Julien", "Juliette"),
            column("title", "protected", "M.", "Mme"),
            column("age", "background", "34", "34"),
            column("diploma", "resolving", "master", "master"),
            gap,
            column(
                "letter",
                "proxy",
                "Je suis un ingénieur passionné, reconnu pour ma rigueur.\nBien à vous, Julien Morel",
                "Je suis une ingénieure passionnée, reconnue pour ma rigueur.\nBien à vous, Juliette Morel",
            ),
        ],
        target_output: 0.0,
        reference_output: 1.0,
    }
}

fn irregularities() -> (Vec<ArmIrregularity>, Vec<Refusals>) {
    let arm = |name: &str, missing: u64, refused: u64| ArmIrregularity {
        arm: name.to_owned(),
        records: 4_000,
        usable: 4_000 - missing - refused,
        kinds: vec![
            ("missing".to_owned(), missing),
            ("refused".to_owned(), refused),
            ("out-of-range".to_owned(), 0),
        ],
    };
    let refusals = Refusals {
        target: "female".to_owned(),
        reference: "male".to_owned(),
        only_target: 27,
        only_reference: 3,
        both: 1,
        p_adjusted: 0.000_01,
        is_differential: true,
    };
    (
        vec![
            arm("male", 2, 2),
            arm("female", 2, 26),
            arm("shown-female", 1, 24),
            arm("follows-female", 1, 3),
        ],
        vec![refusals],
    )
}

fn output() -> OutputEvaluation {
    let (irregularities, refusals) = irregularities();
    let (curves, thresholds) = curves();
    let pattern = |pattern: &str, units| PatternCount { pattern: pattern.to_owned(), units };
    OutputEvaluation {
        name: "invite".to_owned(),
        kind: OutputKind::Decision,
        guessed: true,
        favourable: Some("yes".to_owned()),
        higher_is_better: None,
        range: None,
        categories: vec![],
        irregularities,
        refusals,
        units: 4_000,
        complete_units: 3_969,
        arms: vec![
            arm("male", 0.452),
            arm("female", 0.394),
            arm("shown-female", 0.41),
            arm("follows-female", 0.4356),
        ],
        effects: effects(),
        placebos: vec![
            effect(placebo("male"), vec![pair("male-placebo", "male", 1.0)], 0.0004, 0.0018, 14, 12),
            effect(placebo("female"), vec![pair("female-placebo", "female", 1.0)], 0.0031, 0.0019, 22, 9),
        ],
        faulty_placebos: vec![1],
        excesses: vec![Excess {
            contrast: contrast("total"),
            statistic: ExcessStatistic::FlipRate,
            units: 3_969,
            raw: Some(0.0688),
            placebo: Some(0.0072),
            estimate: Some(0.0616),
            interval: Some(bounds(0.055, 0.068, Method::Tango)),
        }],
        patterns: vec![Patterns {
            contrast: contrast("total"),
            units: 3_969,
            counts: vec![
                pattern("unmoved", 3_640),
                pattern("direct-only", 171),
                pattern("proxy-only", 64),
                pattern("either", 21),
                pattern("both-needed", 58),
                pattern("cancelling", 15),
            ],
        }],
        shapley: vec![Shapley {
            contrast: contrast("total"),
            units: 3_969,
            shares: vec![
                ShapleyShare {
                    group: None,
                    estimate: -0.0424,
                    interval: bounds(-0.049, -0.036, Method::PairedT),
                },
                ShapleyShare {
                    group: Some("career".to_owned()),
                    estimate: -0.0158,
                    interval: bounds(-0.021, -0.011, Method::PairedT),
                },
            ],
        }],
        population: population(),
        registered: registered(),
        discovery: discovery(),
        curves,
        thresholds,
        examples: vec![example()],
    }
}

fn suite() -> SuiteFacts {
    let column = |name: &str, kind: &str, about: Localised| MovedColumn {
        name: name.to_owned(),
        kind: kind.to_owned(),
        about,
    };
    let held = |name: &str, role: &str, about: Localised| Held {
        name: name.to_owned(),
        role: role.to_owned(),
        about,
    };
    let arm = |name: &str, shown: &str, followed: &str, placebo_of: Option<&str>| ArmFacts {
        name: name.to_owned(),
        show: group(shown),
        follow: [("voice".to_owned(), group(followed)), ("career".to_owned(), group(followed))].into(),
        placebo_of: placebo_of.map(str::to_owned),
    };
    SuiteFacts {
        id: "recrutement-7-4000-a91f".to_owned(),
        content_hash: "5f0c6a1b93de4b7c0f7d1d0a6c53e9f14a0b2c8d7e6f5a4b3c2d1e0f9a8b7c6d".to_owned(),
        seed: 7,
        scenario: "recrutement".to_owned(),
        scenario_version: "1.2".to_owned(),
        scenario_hash: "0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a".to_owned(),
        overridden: false,
        language: "fr".to_owned(),
        title: localised(
            "Hiring of engineers by a ranking model",
            "Recrutement d'ingénieures et d'ingénieurs par un modèle",
        ),
        about: localised(
            "Applications for a post of engineer in a French company.\nSkill is the truth, and is never shown.",
            "Candidatures à un poste d'ingénieur dans une entreprise française.\nLa compétence est la vérité, jamais montrée.",
        ),
        authors: vec!["Aïcha Benali".to_owned(), "Jean Dupont".to_owned()],
        units: 4_000,
        design: "paths".to_owned(),
        protected: vec![("gender".to_owned(), vec!["female".to_owned(), "male".to_owned()])],
        arms: vec![
            arm("male", "male", "male", None),
            arm("female", "female", "female", None),
            arm("shown-female", "female", "male", None),
            arm("follows-female", "male", "female", None),
            arm("male-placebo", "male", "male", Some("male")),
            arm("female-placebo", "female", "female", Some("female")),
        ],
        moved: vec![
            Moved {
                group: None,
                about: localised(
                    "First name, title and agreement show the gender",
                    "Le prénom, la civilité et les accords montrent le genre",
                ),
                columns: vec![
                    column(
                        "first_name",
                        "text",
                        localised("first name drawn at the same rank", "prénom tiré au même rang"),
                    ),
                    column("title", "category", localised("title", "civilité")),
                ],
            },
            Moved {
                group: Some("career".to_owned()),
                about: localised(
                    "What a career break leaves behind",
                    "Ce que laisse une interruption de carrière",
                ),
                columns: vec![column(
                    "gap_months",
                    "integer",
                    localised("months without work", "mois sans emploi"),
                )],
            },
        ],
        held: vec![
            held("experience", "resolving", localised("years of work", "années de travail")),
            held("diploma", "resolving", localised("highest diploma", "diplôme le plus élevé")),
            held("age", "background", localised("age in years", "âge en années")),
        ],
        sources: vec![SourceEntry {
            id: "insee".to_owned(),
            title: "Fichier des prénoms".to_owned(),
            publisher: Some("Insee".to_owned()),
            year: Some(2024),
            url: Some("https://www.insee.fr/fr/statistiques/8205621".to_owned()),
            licence: Some("Licence Ouverte 2.0".to_owned()),
        }],
        has_placebo: true,
    }
}

fn finished(mut evaluation: Evaluation) -> Evaluation {
    evaluation.verdict = Verdict::overall(evaluation.criteria.iter().map(|c| c.verdict));
    let criteria = evaluation.criteria.iter().enumerate();
    evaluation.decided_by =
        criteria.filter(|(_, c)| c.verdict == evaluation.verdict).map(|(i, _)| i).collect();
    evaluation
}

/// Everything that an evaluation can have.
pub(super) fn rich() -> Evaluation {
    finished(Evaluation {
        format_version: EVALUATION_FORMAT_VERSION,
        tool: "jumelles 0.1.0".to_owned(),
        suite: suite(),
        predictions: PredictionFacts {
            files: vec![FileFacts { path: "scores.parquet".to_owned(), hash: "c0ffee".repeat(10), bytes: 482_113 }],
            rows: 24_000,
            repeats: 1,
            irregular_rows: vec![RowIrregularity {
                kind: "unknown-id".to_owned(),
                arm: None,
                count: 3,
                examples: vec!["scores.parquet, row 17: r-99".to_owned()],
            }],
            ignored_columns: vec!["comment".to_owned()],
        },
        policy: PolicyFacts {
            name: "default".to_owned(),
            title: localised("Default policy", "Politique par défaut"),
            hash: "beef".repeat(16),
            alpha: 0.05,
            text: "alpha = 0.05\n\n[[criteria]]\nname = \"direct effect\"\ncontrast = \"direct\"\nlimit = 0.01\n".to_owned(),
            is_default: true,
        },
        outputs: vec![output()],
        criteria: criteria(),
        not_asked: vec![NotAsked {
            criterion: criterion("score difference", "direct", "mean", 0.02),
            because: NotAskedBecause::NoOutput,
        }],
        verdict: Verdict::NoData,
        decided_by: vec![],
    })
}

/// The rich one with these criteria only.
pub(super) fn judged_as(criteria: Vec<CriterionResult>) -> Evaluation {
    finished(Evaluation { criteria, ..rich() })
}

/// Nothing but what every evaluation must have.
pub(super) fn empty() -> Evaluation {
    let mut evaluation = rich();
    let suite = &mut evaluation.suite;
    suite.title.clear();
    suite.about.clear();
    suite.authors.clear();
    suite.protected.clear();
    suite.arms.truncate(1);
    suite.moved.clear();
    suite.held.clear();
    suite.sources.clear();
    suite.has_placebo = false;
    evaluation.policy.title.clear();
    evaluation.policy.is_default = false;
    evaluation.predictions = PredictionFacts { repeats: 1, ..PredictionFacts::default() };
    evaluation.criteria.clear();
    evaluation.not_asked.clear();
    let output = &mut evaluation.outputs[0];
    *output = OutputEvaluation {
        guessed: false,
        arms: output.arms[..1].to_vec(),
        irregularities: vec![],
        refusals: vec![],
        effects: vec![],
        placebos: vec![],
        faulty_placebos: vec![],
        excesses: vec![],
        patterns: vec![],
        shapley: vec![],
        population: vec![],
        registered: vec![],
        discovery: vec![],
        curves: vec![],
        thresholds: vec![],
        examples: vec![],
        ..output.clone()
    };
    finished(evaluation)
}

/// Forty arms, two hundred criteria, long names, names from right to left, huge and tiny numbers.
pub(super) fn crowded() -> Evaluation {
    let mut evaluation = rich();
    let long = "une_variable_dont_le_nom_ne_finit_pas_".repeat(6);
    let names = [long.as_str(), "امرأة", "女性", "a b c", "x"];
    let output = &mut evaluation.outputs[0];
    for i in 0..40_u32 {
        let name = format!("{}-{i}", names[i as usize % names.len()]);
        let mean = f64::from(i) / 40.0;
        output.arms.push(arm(&name, mean));
        let id = ContrastId { target: Some(name.clone()), stratum: group(&name), ..contrast("total") };
        let size = [0.1, -0.2, 0.0, 1e-9, 0.5][i as usize % 5];
        output.effects.push(effect(id, vec![pair(&name, "male", 1.0)], size, 0.05, 10, 10));
        let show = group(&name);
        evaluation.suite.arms.push(ArmFacts { name, show, follow: BTreeMap::new(), placebo_of: None });
    }
    for i in 0..200_u32 {
        let verdict = [Verdict::Pass, Verdict::Inconclusive, Verdict::NoData][i as usize % 3];
        let name = format!("{} {i}", names[i as usize % names.len()]);
        let limits = (Some(-1e12), Some(1e12));
        evaluation.criteria.push(result(
            criterion(&name, "total", "mean", 1e12),
            vec![judged("total", verdict, 1e300 / f64::from(i + 1), 1e290, limits)],
        ));
    }
    finished(evaluation)
}

/// A score on a small range, with numbers only.
pub(super) fn score() -> Evaluation {
    let mut evaluation = rich();
    let output = &mut evaluation.outputs[0];
    output.kind = OutputKind::Score;
    output.range = Some(Range { low: 0.0, high: 1.0, declared: true });
    for effect in &mut output.effects {
        effect.flips = None;
        effect.ratio = None;
        effect.interval = effect.interval.map(|b| Bounds { method: Method::PairedT, ..b });
        effect.hodges_lehmann = Some(estimate(-0.04, -0.05, -0.03, Method::WalshRanks));
        effect.bootstrap = Some(bounds(-0.05, -0.03, Method::Bca));
    }
    output.patterns.clear();
    evaluation
}

/// Answers without an order.
pub(super) fn category() -> Evaluation {
    let mut evaluation = rich();
    let output = &mut evaluation.outputs[0];
    output.kind = OutputKind::Category;
    output.categories = ["invite", "wait", "refuse"].map(str::to_owned).to_vec();
    for effect in output.effects.iter_mut().chain(&mut output.placebos) {
        effect.estimate = None;
        effect.interval = None;
    }
    for arm in &mut output.arms {
        arm.mean = None;
        arm.counts = vec![10, 20, 30];
    }
    evaluation
}

/// Checks, one of each outcome.
pub(super) fn checks() -> Verification {
    Verification {
        checks: vec![
            Check::new("hashes of files", Outcome::Passed, "6 files"),
            Check::new("law of age in female", Outcome::Information, "KS distance 0.008 over 4000 units"),
            Check::new("replay", Outcome::NotChecked, "the scenario is not in the suite"),
        ],
    }
}

/// The same with one that failed.
pub(super) fn failed_checks() -> Verification {
    let mut checks = checks();
    checks.checks.push(Check::of_problems("shared columns", "equal", vec!["age of unit 12".to_owned()]));
    checks
}
