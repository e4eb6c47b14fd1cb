//! Reports of evaluations made by hand.

mod fixture;
mod forms;
mod hostile;
mod page;
mod shapes;
