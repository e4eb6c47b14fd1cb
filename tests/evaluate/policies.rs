//! Policies as people write them.

use jumelles::diag::CODES;
use jumelles::policy::Policy;
use jumelles::scenario::Scenario;

use super::ward::SCENARIO;

#[test]
fn wrong_policies_are_told_all_their_mistakes_in_kept_words() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut all = String::new();
    for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).unwrap();
        let said = match Policy::from_text(&name, &text) {
            Ok(_) => panic!("{name} is not refused"),
            Err(error) => format!("{error}\n"),
        };
        let recorded = path.with_extension("txt");
        if std::env::var_os("UPDATE_REJECTS").is_some() {
            std::fs::write(&recorded, &said).unwrap();
        }
        assert_eq!(said, std::fs::read_to_string(&recorded).unwrap_or_default(), "{name}");
        all += &said;
    }
    for code in CODES.iter().filter(|code| code.id.starts_with("J07")) {
        assert!(all.contains(&format!("[{}]", code.id)), "no wrong policy shows {}", code.id);
    }
    for block in all.trim().split("\n\n") {
        assert!(block.contains("= hint: ") && block.contains("--> "), "{block}");
    }
}

#[test]
fn hostile_policies_are_refused_without_a_panic() {
    let nested = format!("a = {}{}", "[".repeat(10_000), "]".repeat(10_000));
    for text in
        ["", "\0", "[policy]", "criteria = 1", "policy = []", nested.as_str(), "[[criteria]]\nlimit = nan"]
    {
        assert!(Policy::from_text("p.toml", text).is_err(), "{text}");
    }
}

#[test]
fn the_units_that_a_policy_needs_are_known_before_anything_runs() {
    let model = Scenario::from_text("ward.toml", SCENARIO).unwrap().compile().unwrap();
    let needed = Policy::default().units_needed(&model).unwrap();
    let of = |name: &str| needed.iter().find(|n| n.criterion == name).unwrap();
    assert_eq!(of("direct-flip-rate").for_a_blind_model, Some(299));
    assert!(of("direct-flip-rate").asked);
    assert_eq!(of("direct-net-flip").for_a_blind_model, Some(299));
    assert!(of("direct-net-flip").for_a_fair_model.unwrap() > 299);
    assert_eq!(of("total-impact-ratio").for_a_blind_model, None);
}
