//! Places on paper: widths in percent and heights in pixels, so that pictures fill telephones and paper alike and letters
//! keep their size. What is drawn there, the templates of the page say.

mod axis;
mod bars;
mod curve;
mod interval;
mod pair;
mod steps;

pub(super) use axis::Axis;
pub(super) use bars::bars;
pub(super) use curve::{Curve, Point};
pub(super) use interval::Interval;
pub(super) use pair::Pair;
pub(super) use steps::steps;
