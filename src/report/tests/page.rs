//! The page, read back by an HTML parser.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use sha2::{Digest, Sha256};

use super::fixture::*;
use crate::report::html::STYLE;
use crate::report::{Language, Report};

/// An element: its name and its attributes.
pub(super) type Element = (String, Vec<(String, String)>);

/// What a browser makes of a page.
pub(super) struct Read {
    pub(super) elements: Vec<Element>,
    /// All text outside the style.
    pub(super) text: String,
    pub(super) errors: Vec<String>,
}

pub(super) fn read(html: &str) -> Read {
    let mut options = ParseOpts::default();
    options.tokenizer.exact_errors = false;
    let dom: RcDom = parse_document(RcDom::default(), options).one(html);
    let errors = dom.errors.borrow().iter().map(|e| e.to_string()).collect();
    let mut read = Read { elements: Vec::new(), text: String::new(), errors };
    let mut nodes: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = nodes.pop() {
        match &node.data {
            NodeData::Element { name, attrs, .. } => {
                let attributes = attrs.borrow();
                let attributes =
                    attributes.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                read.elements.push((name.local.to_string(), attributes));
                if &*name.local == "style" {
                    continue;
                }
            }
            NodeData::Text { contents } => read.text.push_str(&contents.borrow()),
            _ => {}
        }
        nodes.extend(node.children.borrow().iter().rev().cloned());
    }
    read
}

#[test]
fn the_page_is_well_formed_html() {
    for evaluation in [rich(), empty(), crowded(), score(), category()] {
        let read = read(&Report::of(&evaluation).html());
        assert!(read.errors.is_empty(), "{:?}", &read.errors[..read.errors.len().min(5)]);
    }
}

#[test]
fn the_page_leads_nowhere_and_runs_nothing() {
    let html = Report::of(&rich()).html();
    for (name, attributes) in read(&html).elements {
        let forbidden = [
            "script",
            "iframe",
            "object",
            "embed",
            "link",
            "img",
            "form",
            "base",
            "audio",
            "video",
            "foreignobject",
        ];
        assert!(!forbidden.contains(&name.to_lowercase().as_str()), "<{name}>");
        for (attribute, value) in attributes {
            assert!(
                !attribute.starts_with("on") && attribute != "style" && attribute != "src",
                "{name} {attribute}"
            );
            assert!(attribute != "href" || value.starts_with('#'), "{value}");
        }
    }
}

#[test]
fn the_page_can_be_read_aloud() {
    for language in Language::ALL {
        let read = read(&Report::of(&rich()).in_language(language).html());
        let of = |name: &str| read.elements.iter().filter(|(n, _)| n == name).count();
        assert_eq!((of("main"), of("h1"), of("nav"), of("footer")), (1, 1, 1, 1));
        assert_eq!(of("table"), of("caption"));
        let (_, attributes) = read.elements.iter().find(|(n, _)| n == "html").expect("a page");
        assert_eq!(attributes[0], ("lang".to_owned(), language.tag().to_owned()));
        let ids: Vec<&String> =
            read.elements.iter().flat_map(|(_, a)| a).filter(|(n, _)| n == "id").map(|(_, v)| v).collect();
        let mut once = ids.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "an id stands once");
    }
}

#[test]
fn headings_go_down_by_one_level_at_most() {
    let levels: Vec<u32> = read(&Report::of(&rich()).html())
        .elements
        .iter()
        .filter_map(|(name, _)| name.strip_prefix('h').and_then(|l| l.parse().ok()))
        .collect();
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "{levels:?}");
    }
}

#[test]
fn a_browser_applies_our_style_and_no_other() {
    let digest = Sha256::digest(STYLE.as_bytes());
    let expected = format!("sha256-{}", base64(&digest));
    let html = Report::of(&rich()).html();
    assert!(html.contains(&format!("style-src '{expected}'")), "templates/style.sha256 must hold {expected}");
    assert!(html.contains(&format!("<style>{STYLE}</style>")));
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let three = [chunk[0], *chunk.get(1).unwrap_or(&0), *chunk.get(2).unwrap_or(&0)];
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[test]
fn what_statistics_demand_is_said() {
    let evaluation = rich();
    let text = read(&Report::of(&evaluation).with_verification(&checks()).html()).text;
    for said in [
        "First name, title and agreement show the gender",
        "Aïcha Benali",
        "Effects are relative to the declared model",
        "no differential treatment found by this suite",
        "its influence is accepted as a reason",
        "< 2 % of all",
        "Total (resolving held)",
        "defaults to be justified by the user, not law",
        "Tango's score interval",
        "118 slices were looked at",
        &evaluation.suite.content_hash,
    ] {
        assert!(text.contains(said), "{said}");
    }
    for word in ["compliant", "certified"] {
        assert!(!text.to_lowercase().contains(word), "{word}");
    }
}

/// `REPORT_PAGES=DIR cargo test pages_to_look_at` writes pages for a browser, which `tests/browser/` opens.
#[test]
fn pages_to_look_at_are_written_on_demand() {
    let Ok(folder) = std::env::var("REPORT_PAGES") else { return };
    std::fs::create_dir_all(&folder).expect("a folder for pages");
    let checks = checks();
    let shapes = [
        ("rich", rich()),
        ("empty", empty()),
        ("crowded", crowded()),
        ("score", score()),
        ("category", category()),
    ];
    for (name, evaluation) in shapes {
        for language in Language::ALL {
            let path = format!("{folder}/{name}-{}.html", language.tag());
            let report = Report::of(&evaluation).with_verification(&checks).in_language(language);
            report.write_html(path).expect("a page");
        }
    }
}
