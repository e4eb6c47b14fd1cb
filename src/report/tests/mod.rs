//! Reports of evaluations made by hand.

mod colours;
mod fixture;
mod forms;
mod hostile;
mod page;
mod shapes;
