//! What contrasts, slices, statistics and limits are called.

use super::measure::Measure;
use super::phrase::Phrase;
use super::voice::Voice;
use crate::evaluate::evaluation::{ContrastId, CriterionFacts, Judged, SliceTerm};

/// "Direct", "Through “voice”", "Placebo of female".
pub(super) fn contrast(voice: &Voice, id: &ContrastId) -> Phrase {
    match (id.kind.as_str(), &id.group, &id.placebo_of) {
        ("placebo", _, Some(arm)) => voice.phrase("contrast.placebo_of", &[("arm", Phrase::free(arm))]),
        (_, Some(group), _) => voice.phrase("contrast.group", &[("group", Phrase::free(group))]),
        (kind, ..) => voice.words.word_or_free("contrast", kind),
    }
}

/// "female − male", with the strata and strengths at which it is made; empty for a placebo.
pub(super) fn comparison(voice: &Voice, id: &ContrastId) -> Phrase {
    let mut parts = Vec::new();
    if let (Some(target), Some(reference)) = (&id.target, &id.reference) {
        let ends = [("target", Phrase::free(target)), ("reference", Phrase::free(reference))];
        parts.push(voice.phrase("contrast.against", &ends));
    }
    for (name, level) in &id.stratum {
        parts.push(equals(voice, name, level));
    }
    if id.over_strata {
        parts.push(Phrase::word(voice.say("contrast.over_all_strata")));
    }
    for (group, strength) in &id.strengths {
        let value = Phrase::word(voice.numerals.number(*strength));
        parts.push(voice.phrase("contrast.strength", &[("group", Phrase::free(group)), ("value", value)]));
    }
    Phrase::joined(parts, ", ")
}

/// "Direct, female − male".
pub(super) fn contrast_in_full(voice: &Voice, id: &ContrastId) -> Phrase {
    let parts = [contrast(voice, id), comparison(voice, id)];
    Phrase::joined(parts.into_iter().filter(|p| !p.is_empty()), ", ")
}

/// "when only the shown gender changes from male to female".
pub(super) fn clause(voice: &Voice, id: &ContrastId) -> Phrase {
    let free = |text: &Option<String>| Phrase::free(text.as_deref().unwrap_or("—"));
    let parts = [
        ("target", free(&id.target)),
        ("reference", free(&id.reference)),
        ("variable", free(&id.variable)),
        ("group", free(&id.group)),
        ("kind", Phrase::free(&id.kind)),
    ];
    let key = match (id.kind.as_str(), &id.group) {
        (_, Some(_)) => "clause.group",
        ("total", _) => "clause.total",
        ("direct", _) => "clause.direct",
        ("proxy", _) => "clause.proxy",
        ("interaction", _) => "clause.interaction",
        ("placebo", _) => "clause.placebo",
        ("population", _) => "clause.population",
        _ => "clause.other",
    };
    let mut whole = voice.phrase(key, &parts);
    for (name, level) in &id.stratum {
        whole = whole.then(voice.phrase("reason.within", &[("slice", equals(voice, name, level))]));
    }
    whole
}

/// "age 18 to 25, city = Lyon"; empty for all units.
pub(super) fn slice(voice: &Voice, terms: &[SliceTerm]) -> Phrase {
    Phrase::joined(terms.iter().map(|t| term(voice, t)), ", ")
}

/// The same, with "all units" where there is no condition.
pub(super) fn slice_or_all(voice: &Voice, terms: &[SliceTerm]) -> Phrase {
    match terms.is_empty() {
        true => Phrase::word(voice.say("page.all_units")),
        false => slice(voice, terms),
    }
}

/// What a criterion asks: "direct · net flip".
pub(super) fn question(voice: &Voice, criterion: &CriterionFacts) -> Phrase {
    let name = match criterion.contrast.split_once(':') {
        Some((_, group)) => voice.phrase("contrast.group", &[("group", Phrase::free(group))]),
        None => voice.words.word_or_free("contrast", &criterion.contrast),
    };
    let statistic = voice.words.word_or_free("statistic", &criterion.statistic);
    let statistic = match criterion.excess {
        true => voice.phrase("statistic.beyond", &[("statistic", statistic)]),
        false => statistic,
    };
    Phrase::joined([name, statistic], " · ")
}

/// What was compared: output, contrast, slice.
pub(super) fn judged(voice: &Voice, judged: &Judged) -> Phrase {
    let mut parts = vec![Phrase::free(&judged.output)];
    let comparison = comparison(voice, &judged.contrast);
    let named = [comparison, slice(voice, &judged.slice)];
    parts.extend(named.into_iter().filter(|p| !p.is_empty()));
    Phrase::joined(parts, ", ")
}

/// The limit that a comparison was held against: "±1 pts", "≥ 0.8".
pub(super) fn limit(voice: &Voice, measure: Measure, judged: &Judged) -> String {
    let numerals = voice.numerals;
    match (judged.low_limit, judged.high_limit) {
        (Some(low), Some(high)) if low == -high => format!("±{}", measure.size(high, numerals)),
        (Some(low), Some(high)) => {
            numerals.interval(&measure.with_unit(low, numerals), &measure.with_unit(high, numerals))
        }
        (None, Some(high)) => format!("≤\u{a0}{}", measure.size(high, numerals)),
        (Some(low), None) => format!("≥\u{a0}{}", measure.size(low, numerals)),
        (None, None) => "—".to_owned(),
    }
}

/// The limit in a sentence: "±1 point".
pub(super) fn limit_in_words(voice: &Voice, measure: Measure, judged: &Judged) -> Phrase {
    match (judged.low_limit, judged.high_limit) {
        (Some(low), Some(high)) if measure == Measure::Points && low == -high => {
            Phrase::word("±").then(voice.size(measure, high))
        }
        (None, Some(one)) | (Some(one), None) => voice.size(measure, one),
        _ => Phrase::word(limit(voice, measure, judged)),
    }
}

/// The limit as the policy has it, for a criterion that has no comparison.
pub(super) fn policy_limit(voice: &Voice, criterion: &CriterionFacts) -> String {
    let number = match (criterion.of_range, criterion.statistic.as_str()) {
        (true, _) => {
            let share = voice.numerals.percent(criterion.limit);
            return voice.phrase("criteria.of_range", &[("limit", Phrase::word(share))]).plain();
        }
        (_, "net-flip" | "flip-rate") => {
            Measure::of_statistic(&criterion.statistic, None).size(criterion.limit, voice.numerals)
        }
        _ => voice.numerals.number(criterion.limit),
    };
    match criterion.statistic.as_str() {
        "impact-ratio" => format!("≥\u{a0}{number}"),
        "flip-rate" | "mean-size" => format!("≤\u{a0}{number}"),
        _ => format!("±{number}"),
    }
}

/// "name = value".
pub(super) fn equals(voice: &Voice, name: &str, value: &str) -> Phrase {
    voice.phrase("contrast.equals", &[("name", Phrase::free(name)), ("value", Phrase::free(value))])
}

fn term(voice: &Voice, term: &SliceTerm) -> Phrase {
    let name = Phrase::free(&term.column);
    let number = |x: f64| Phrase::word(voice.numerals.number(x));
    match (&term.value, term.from, term.to) {
        (Some(value), ..) => equals(voice, &term.column, value),
        (None, Some(from), Some(to)) if from == to => {
            voice.phrase("contrast.equals", &[("name", name), ("value", number(from))])
        }
        (None, Some(from), Some(to)) => {
            voice.phrase("contrast.between", &[("name", name), ("from", number(from)), ("to", number(to))])
        }
        (None, Some(from), None) => {
            voice.phrase("contrast.at_least", &[("name", name), ("from", number(from))])
        }
        (None, None, Some(to)) => voice.phrase("contrast.at_most", &[("name", name), ("to", number(to))]),
        (None, None, None) => name,
    }
}
