//! Parts that sum to a whole: a waterfall, a row a step.

use serde::Serialize;

use super::axis::{Axis, round};

/// One step.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct Step {
    /// Where the bar begins, and how wide it is.
    from: f64,
    width: f64,
    /// Where the next step begins: a thin line joins both.
    end: f64,
    zero: f64,
    /// A sum, which begins at nought again.
    is_sum: bool,
    falls: bool,
}

/// The steps of parts and sums, (size, whether it is a sum so far), and the axis that holds them.
pub(in crate::report) fn steps(parts: &[(f64, bool)]) -> (Axis, Vec<Step>) {
    let mut level = 0.0;
    let spans: Vec<(f64, f64, bool)> = parts
        .iter()
        .map(|&(size, is_sum)| {
            let start = if is_sum { 0.0 } else { level };
            level = start + size;
            (start, level, is_sum)
        })
        .collect();
    let axis = Axis::over(spans.iter().flat_map(|&(a, b, _)| [a, b]).chain([0.0]));
    let steps = spans
        .iter()
        .map(|&(start, end, is_sum)| {
            let (a, b) = (axis.at(start), axis.at(end));
            Step {
                from: a.min(b),
                width: round((a - b).abs()),
                end: b,
                zero: axis.at(0.0),
                is_sum,
                falls: end < start,
            }
        })
        .collect();
    (axis, steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_begins_where_the_last_one_ended() {
        let (axis, steps) = steps(&[(0.2, false), (0.3, false), (0.5, true), (-0.1, false), (0.4, true)]);
        assert_eq!(steps[0].end, axis.at(0.2));
        assert_eq!(steps[1].from, axis.at(0.2));
        assert_eq!((steps[2].from, steps[2].end), (axis.at(0.0), axis.at(0.5)));
        assert_eq!((steps[3].from, steps[3].end), (axis.at(0.4), axis.at(0.4)));
        assert!(steps[3].falls && !steps[4].falls);
    }
}
