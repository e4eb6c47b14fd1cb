//! An effect along an order, with its intervals.

use serde::Serialize;

use super::axis::{Axis, round};

/// Pixels from the top to the least value, and to the largest.
const BOTTOM: f64 = 176.0;
const TOP: f64 = 14.0;
/// Percents of the width that the letters of the left axis take.
const LEFT: f64 = 13.0;
const RIGHT: f64 = 3.0;

/// A point to be drawn.
#[derive(Debug, Clone)]
pub(in crate::report) struct Point {
    pub(in crate::report) estimate: Option<f64>,
    pub(in crate::report) low: Option<f64>,
    pub(in crate::report) high: Option<f64>,
}

/// The picture.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct Curve {
    dots: Vec<Dot>,
    /// Lines between neighbours that both have an estimate.
    lines: Vec<Line>,
    ticks: Vec<(f64, f64)>,
    zero: Option<f64>,
    left: f64,
    right: f64,
    bottom: f64,
}

#[derive(Debug, Clone, Serialize)]
struct Dot {
    x: f64,
    y: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

#[derive(Debug, Clone, Serialize)]
struct Line {
    x1: f64,
    y1: f64,
    x2: f64,
    y2: f64,
}

impl Curve {
    /// The points from left to right, at equal distances.
    pub(in crate::report) fn new(points: &[Point]) -> Self {
        let values = points.iter().flat_map(|p| [p.estimate, p.low, p.high]).flatten();
        let axis = Axis::over(values.chain([0.0]));
        let y = |value: f64| height(&axis, value);
        let dots: Vec<Dot> = points
            .iter()
            .enumerate()
            .map(|(place, point)| Dot {
                x: round(LEFT + (place as f64 + 0.5) / points.len() as f64 * (100.0 - LEFT - RIGHT)),
                y: point.estimate.map(y),
                low: point.estimate.map(|_| point.low.map_or(BOTTOM, y)),
                high: point.estimate.map(|_| point.high.map_or(TOP, y)),
            })
            .collect();
        let lines = dots
            .windows(2)
            .filter_map(|pair| Some(Line { x1: pair[0].x, y1: pair[0].y?, x2: pair[1].x, y2: pair[1].y? }));
        Self {
            lines: lines.collect(),
            ticks: axis.ticks().iter().map(|t| (y(t.value), t.value)).collect(),
            zero: axis.has(0.0).then(|| y(0.0)),
            left: LEFT,
            right: 100.0 - RIGHT,
            bottom: BOTTOM,
            dots,
        }
    }

    /// The values of the ticks of the left axis.
    pub(in crate::report) fn tick_values(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.ticks.iter().copied()
    }

    /// The places of the points, in percent.
    pub(in crate::report) fn places(&self) -> impl Iterator<Item = f64> + '_ {
        self.dots.iter().map(|d| d.x)
    }
}

fn height(axis: &Axis, value: f64) -> f64 {
    let (first, last) = (axis.at(f64::NEG_INFINITY), axis.at(f64::INFINITY));
    round(BOTTOM - (axis.at(value) - first) / (last - first) * (BOTTOM - TOP))
}
