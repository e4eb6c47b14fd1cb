//! Formulas: small typed expressions over the variables of a unit, such as `max(0, age - 22 - gap / 12)`.
//!
//! A text becomes a [`Parsed`] tree (shape only, with spans), which is checked against the types of its variables and becomes
//! a [`Formula`], which turns columns into a column.
//!
//! # The language
//!
//! | | |
//! |---|---|
//! | numbers | `42_000`, `1.5e3`; `_` between digits only |
//! | strings | `"MSc"` or `'MSc'`, without escapes |
//! | truth | `true`, `false` |
//! | variables | `[a-z][a-z0-9_]*` |
//! | choice | `if c then a else b`; `else` reaches as far right as it can |
//! | logic, loosest first | `or`, `and`, `not` |
//! | comparisons | `==` `!=` `<` `<=` `>` `>=`, `x in ["a", "b"]`, `x not in [1, 2]`; never chained |
//! | arithmetic | `+` `-`, then `*` `/` `%`, then unary `-`, then `^` (from the right: `2^3^2` is `2^9`, `-2^2` is `-4`) |
//! | functions | [`FUNCTIONS`] |
//!
//! # Types
//!
//! - **Truth values count as 0 and 1** wherever a number is expected. The reverse does not hold: a condition is never a number.
//! - **Categories** compare by name with strings and with each other; a string that is not among the levels is an error.
//!   `<` needs levels declared as ordered, and a string or a category of the same levels on the other side.
//! - **Strings chosen by `if` make a category**: its levels are the strings in order of first appearance; mixed with a category,
//!   the union in that order (an ordered category stays what it is when the strings are among its levels).
//! - **Texts** only know `==`, `!=` and `in`, and mixed with a category they make a text.
//! - **Dates**: `date - date` is a number of days; `date + number` and `date - number` are dates (floored to the day);
//!   dates compare with dates.
//!
//! # Values
//!
//! Everything is total. Numbers are IEEE 754 doubles: `1 / 0` is infinite and `log(-1)` is not a number; comparisons with the
//! latter are false (`!=` is true), and functions, `min` and `max` included, pass it on (only `x ^ 0` and `1 ^ x` are 1 whatever
//! x is). Whoever asked for the value refuses the ones that are not finite. `x % y` has the sign of `y` (floored division), so that `-1 % 7` is `6`. `if` computes both branches and selects.
//! A date that is not a day of the years -9999 to 9999 becomes [`NO_DATE`].
//!
//! The same inputs give the same bits on every platform: functions that IEEE 754 does not define exactly come from `libm`.

mod brackets;
mod build;
mod calendar;
mod call;
mod check;
mod compare;
mod compiled;
mod compute;
mod effects;
mod functions;
mod lane;
mod parse;
mod problem;
mod program;
mod syntax;
#[cfg(test)]
mod tests;
mod token;
mod unify;

pub use calendar::NO_DATE;
pub use compiled::Formula;
pub use effects::{Effects, Link, Term};
pub use functions::{Arity, FUNCTIONS, Function};
pub use problem::{Problem, ProblemKind};
pub use syntax::Parsed;
