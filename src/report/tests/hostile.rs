//! Free text is shown as text, whatever is in it.

use serde_json::Value;

use super::fixture::*;
use super::page::{Read, read};
use crate::evaluate::Evaluation;
use crate::report::visible::{one_line, visible};
use crate::report::{Language, Report};
use crate::verify::{Check, Outcome, Verification};

/// Keys under which texts are words of ours.
const OURS: &[&str] = &[
    "kind",
    "statistic",
    "role",
    "pattern",
    "reversal",
    "verdict",
    "reason",
    "because",
    "method",
    "language",
    "contrast",
];

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "'><b onmouseover=alert(1)>x</b>",
    "</title><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "</textarea><!--",
    "--><!--x--!>",
    "<![CDATA[x]]>",
    "]]>",
    "<?xml version=\"1.0\"?>",
    "<!DOCTYPE html>",
    "&lt;b&gt; &amp; &#x3c;",
    "&notit; &amp",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "{% for x in y %}",
    "{{ evaluation.policy.text }}",
    "{# comment #}",
    "${7*7} #{7*7}",
    "{clause} {output}",
    "a | b | c",
    "| --- | --- |",
    "first\nsecond",
    "first\r\n\r\n# heading",
    "```\ncode\n```",
    "`tick` ``ticks``",
    "**bold** _it_ ~~gone~~",
    "[link](https://example.org) ![image](x)",
    "<https://example.org> www.example.org",
    "@everyone #1 !2",
    "- item\n- item",
    "1. item",
    "> quoted",
    "back\\slash \\| pipe",
    "=cmd|' /C calc'!A0",
    "\u{0}nul",
    "\u{1b}[31mred\u{1b}[0m \u{1b}]0;title\u{7}",
    "\u{9b}31mred",
    "bell\u{7} back\u{8}space \u{7f}",
    "\u{202e}gnp.exe",
    "\u{2066}isolate",
    "\u{feff}mark",
    "\u{fffe}\u{ffff}",
    "مرحبا بالعالم",
    "שלום <b>עולם</b>",
    "👩🏽‍💻 e\u{301} ﷽",
    "zero\u{200b}width\u{2028}line\u{85}next",
    "  leading and trailing  ",
    "'\"'\" OR 1=1 --",
];

/// Every free text of the evaluation as `change` has it, given a number of its own.
fn changed(evaluation: &Evaluation, change: &dyn Fn(usize) -> String) -> Evaluation {
    let mut tree = serde_json::to_value(evaluation).expect("an evaluation");
    let mut names: Vec<(String, usize)> = Vec::new();
    walk(&mut tree, "", &mut names, change);
    serde_json::from_value(tree).expect("an evaluation")
}

/// The same text gets the same number everywhere, so that arms, outputs and contrasts still find each other.
fn walk(value: &mut Value, key: &str, names: &mut Vec<(String, usize)>, change: &dyn Fn(usize) -> String) {
    match value {
        Value::String(text) if !OURS.contains(&key) => {
            let number =
                names.iter().find(|(known, _)| known == text).map(|(_, n)| *n).unwrap_or_else(|| {
                    names.push((text.clone(), names.len()));
                    names.len() - 1
                });
            *text = change(number);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, key, names, change)),
        Value::Object(fields) => {
            for (field, item) in fields.iter_mut() {
                let inner = if key == "merit" { "column" } else { field.as_str() };
                let is_ours = OURS.contains(&field.as_str()) && item.is_string();
                if !is_ours {
                    walk(item, inner, names, change);
                }
            }
        }
        _ => {}
    }
}

fn checks_saying(text: &str) -> Verification {
    let check = Check { details: vec![text.to_owned()], ..Check::new(text, Outcome::Failed, text) };
    Verification { checks: vec![check] }
}

/// Text as a person sees it: runs of blanks are one.
fn seen(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names of the elements, but for the marks, of which there are as many as there are words that differ.
fn shape(page: &Read) -> Vec<&str> {
    page.elements.iter().map(|(name, _)| name.as_str()).filter(|name| *name != "mark").collect()
}

#[test]
fn hostile_texts_are_shown_as_text_on_the_page() {
    let rich = rich();
    let plain = changed(&rich, &|n| format!("mark{n}mark"));
    let plain_page = read(&Report::of(&plain).html());
    let shown: Vec<usize> = (0..200).filter(|n| plain_page.text.contains(&format!("mark{n}mark"))).collect();
    assert!(shown.len() > 60, "{} texts are shown", shown.len());
    let shape = shape(&plain_page);
    for hostile in HOSTILE {
        let evaluation = changed(&rich, &|n| format!("{n}({hostile}){n}"));
        let html = Report::of(&evaluation).html();
        let page = read(&html);
        assert!(page.errors.is_empty(), "{hostile:?}: {:?}", page.errors);
        assert!(self::shape(&page) == shape, "{hostile:?} changes the elements of the page");
        for (name, attributes) in &page.elements {
            let acts = attributes
                .iter()
                .any(|(a, v)| a.starts_with("on") || a == "style" || a == "href" && !v.starts_with('#'));
            assert!(!acts, "{hostile:?} acts in <{name}>");
        }
        let text = seen(&page.text);
        for n in &shown {
            let expected = seen(&visible(&format!("{n}({hostile}){n}")));
            assert!(text.contains(&expected), "{hostile:?} as text {n} is not shown");
        }
    }
}

#[test]
fn hostile_checks_are_shown_as_text_on_the_page() {
    let rich = rich();
    for hostile in HOSTILE {
        let checks = checks_saying(hostile);
        let page = read(&Report::of(&rich).with_verification(&checks).html());
        assert!(page.errors.is_empty(), "{hostile:?}: {:?}", page.errors);
        assert!(seen(&page.text).contains(&seen(&visible(hostile))), "{hostile:?}");
    }
}

#[test]
fn junit_is_well_formed_whatever_texts_say() {
    let rich = rich();
    for hostile in HOSTILE {
        let evaluation = changed(&rich, &|n| format!("{n}({hostile}){n}"));
        let xml = Report::of(&evaluation).with_verification(&checks_saying(hostile)).junit();
        let document = roxmltree::Document::parse(&xml).unwrap_or_else(|e| panic!("{hostile:?}: {e}"));
        let suites: Vec<&str> = document
            .descendants()
            .filter(|n| n.has_tag_name("testsuite"))
            .filter_map(|n| n.attribute("name"))
            .collect();
        let expected = one_line(&evaluation.criteria[0].criterion.name);
        assert_eq!(suites[0], expected, "{hostile:?}");
        let names: Vec<&str> = document
            .descendants()
            .filter(|n| n.has_tag_name("testcase"))
            .filter_map(|n| n.attribute("name"))
            .collect();
        assert_eq!(names.len(), 8, "{hostile:?}");
        assert!(names[0].contains(&one_line(&evaluation.outputs[0].name)), "{hostile:?}: {}", names[0]);
    }
}

#[test]
fn markdown_keeps_its_table_and_shows_texts_as_they_are() {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let rich = rich();
    for hostile in HOSTILE {
        let evaluation = changed(&rich, &|n| format!("{n}({hostile}){n}"));
        let markdown = Report::of(&evaluation).with_verification(&checks_saying(hostile)).markdown();
        let (mut rows, mut cells, mut cell) = (0, Vec::new(), String::new());
        for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::TableRow) => rows += 1,
                Event::Start(Tag::TableCell) => cell.clear(),
                Event::End(TagEnd::TableCell) => cells.push(cell.clone()),
                Event::Text(text) => cell.push_str(&text),
                Event::Start(
                    Tag::Link { .. }
                    | Tag::Image { .. }
                    | Tag::Emphasis
                    | Tag::Strikethrough
                    | Tag::CodeBlock(_),
                )
                | Event::Html(_)
                | Event::InlineHtml(_)
                | Event::Code(_) => panic!("{hostile:?} acts in\n{markdown}"),
                _ => {}
            }
        }
        assert_eq!((rows, cells.len()), (4, 7 * 5), "{hostile:?} breaks the table\n{markdown}");
        let expected = one_line(&evaluation.criteria[0].criterion.name);
        assert!(cells.contains(&expected), "{expected:?} is not among {cells:?}");
    }
}

#[test]
fn terminals_are_not_written_on() {
    let rich = rich();
    for hostile in HOSTILE {
        let evaluation = changed(&rich, &|n| format!("{n}({hostile}){n}"));
        let text = Report::of(&evaluation).in_language(Language::Fr).terminal(false);
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{hostile:?}");
        assert!(text.lines().count() <= 25, "{hostile:?}");
    }
}
