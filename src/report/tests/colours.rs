//! Letters can be read on what they stand on, in both colour schemes (WCAG 2.2: 4.5 to 1; 3 to 1 for marks).

use std::collections::BTreeMap;

use crate::report::html::STYLE;

/// The colours of one scheme by name.
type Scheme = BTreeMap<String, [u8; 3]>;

/// The light scheme, and the dark one.
fn schemes() -> [Scheme; 2] {
    let blocks: Vec<&str> =
        STYLE.split(":root {").skip(1).map(|block| block.split('}').next().unwrap_or("")).collect();
    [blocks[0], blocks[1]].map(|block| {
        let colours = block.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
        colours.map(|(name, code)| (name.to_owned(), rgb(code))).collect()
    })
}

fn rgb(code: &str) -> [u8; 3] {
    [0, 2, 4].map(|at| u8::from_str_radix(&code[at..at + 2], 16).expect("a colour of six digits"))
}

/// Relative luminance, as WCAG defines it.
fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn black_on_white_has_the_contrast_that_the_definition_gives() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast(rgb("767676"), [255; 3]) - 4.54).abs() < 0.01);
}

#[test]
fn letters_can_be_read_in_both_schemes() {
    let verdicts = ["pass", "fail", "inconclusive", "no-data"];
    for scheme in schemes() {
        let check = |letters: &str, ground: &str, least: f64| {
            let found = contrast(scheme[letters], scheme[ground]);
            assert!(found >= least, "{letters} on {ground}: {found:.2}");
        };
        for letters in ["ink", "soft", "link"].iter().chain(&verdicts) {
            check(letters, "paper", 4.5);
            check(letters, "raised", 4.5);
        }
        for verdict in verdicts {
            let wash = format!("{verdict}-wash");
            for letters in ["ink", "soft", verdict] {
                check(letters, &wash, 4.5);
            }
        }
        check("mark-ink", "mark", 4.5);
        for mark in ["part1", "part2", "part3", "soft", "ink"] {
            check(mark, "paper", 3.0);
        }
    }
}
