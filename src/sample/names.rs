//! First names and surnames at ranks.

use crate::model::{FirstNameDraw, SurnameDraw};
use crate::value::Column;

fn codes<'a>(by: Option<usize>, parents: &[&'a Column]) -> Option<&'a [u32]> {
    by.map(|at| match parents[at] {
        Column::Category { codes, .. } => codes.as_slice(),
        _ => unreachable!("the model refuses names chosen by anything but a category"),
    })
}

pub(super) fn first_names(draw: &FirstNameDraw, parents: &[&Column], u: &[f64]) -> Vec<u32> {
    let lists = codes(draw.lists.by, parents);
    let sexes = codes(draw.by, parents);
    let mut born = Vec::new();
    draw.born.eval(parents, u.len(), &mut born);
    u.iter()
        .enumerate()
        .map(|(row, u)| {
            let (list, dictionary) = &draw.lists.lists[lists.map_or(0, |codes| codes[row] as usize)];
            let sex = draw.sexes[sexes.map_or(0, |codes| codes[row] as usize)];
            // Years beyond the list's are read as its nearest; a year that is no number is its first.
            let year = libm::floor(born[row]) as i32;
            dictionary[list.quantile(sex, year, *u) as usize]
        })
        .collect()
}

pub(super) fn surnames(draw: &SurnameDraw, parents: &[&Column], u: &[f64]) -> Vec<u32> {
    let lists = codes(draw.lists.by, parents);
    u.iter()
        .enumerate()
        .map(|(row, u)| {
            let (list, dictionary) = &draw.lists.lists[lists.map_or(0, |codes| codes[row] as usize)];
            dictionary[list.quantile(*u) as usize]
        })
        .collect()
}
