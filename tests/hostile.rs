//! Files that mean no good, or were broken on the way: each is refused with a clear error, none takes the program down.

use std::path::Path;

use jumelles::sample::Sampler;
use jumelles::scenario::{LARGEST_SCENARIO, Overrides, Scenario};
use jumelles::{Error, ErrorKind, Result};

const HEAD: &str =
    "[scenario]\nname = \"hostile\"\n\n[protected.gender]\nlevels = { female = 0.5, male = 0.5 }\n\n";

fn of_text(text: &str) -> Result<()> {
    Scenario::from_text_with("hostile.toml", text, &Overrides::none())?.compile().map(drop)
}

/// The same, and one unit drawn.
fn of_text_drawn(text: &str) -> Result<()> {
    let model = Scenario::from_text_with("hostile.toml", text, &Overrides::none())?.compile()?;
    let plan = model.plan();
    Sampler::new(&model, &plan, 1).batch(0..1).map(drop)
}

#[test]
fn a_value_that_is_no_number_is_refused_with_its_unit() {
    for formula in ["1 / (one - 1)", "log(one - 2)", "10 ^ (one * 400)"] {
        let text = format!("{HEAD}[variables.one]\nconstant = 1\n[variables.x]\nformula = \"{formula}\"\n");
        let said = refusal(of_text_drawn(&text));
        assert!(said.contains("J0211") && said.contains("unit 0"), "{said}");
    }
}

fn of_path(path: &Path) -> Result<()> {
    Scenario::from_path_with(path, &Overrides::none())?.compile().map(drop)
}

/// The message of an error that is the user's to mend.
fn refusal(refused: Result<()>) -> String {
    let error: Error = refused.expect_err("this must be refused");
    let said = error.to_string();
    assert_eq!(error.kind(), ErrorKind::Request, "{said}");
    assert!(!said.trim().is_empty());
    assert!(said.len() < 20_000, "a refusal is short, but this one has {} bytes", said.len());
    said
}

fn refused_with(code: &str, text: &str) -> String {
    let said = refusal(of_text(text));
    assert!(said.contains(code), "{code} is not in\n{said}");
    said
}

#[test]
fn ten_thousand_nested_lists_are_refused() {
    let deep = format!("{HEAD}[variables.x]\nconstant = {}1{}\n", "[".repeat(10_000), "]".repeat(10_000));
    refusal(of_text(&deep));
    refusal(of_text(&format!("{HEAD}[variables.x]\nconstant = {}", "[".repeat(10_000))));
}

#[test]
fn ten_thousand_nested_inline_tables_are_refused() {
    let deep =
        format!("{HEAD}[variables.x]\nconstant = {}1{}\n", "{ a = ".repeat(10_000), " }".repeat(10_000));
    refusal(of_text(&deep));
    refusal(of_text(&format!("{HEAD}[variables.x]\nconstant = {}", "{ a = ".repeat(10_000))));
}

#[test]
fn keys_of_ten_thousand_parts_are_refused() {
    let key = vec!["a"; 10_000].join(".");
    refused_with("J0103", &format!("{HEAD}{key} = 1\n"));
    refused_with("J0103", &format!("{HEAD}[{key}]\n"));
    refused_with("J0103", &format!("{HEAD}[[{key}]]\n"));
    // With blanks and quotes, which TOML allows between the parts.
    refusal(of_text(&format!("{HEAD}{} = 1\n", vec!["a"; 10_000].join(" . "))));
    refusal(of_text(&format!("{HEAD}{} = 1\n", vec!["\"b c\""; 10_000].join("."))));
}

#[test]
fn inline_tables_with_dotted_keys_are_refused_when_deep() {
    let half = vec!["a"; 50].join(".");
    let deep = format!(
        "{HEAD}[variables.x]\nconstant = {}1{}\n",
        format!("{{ {half} = ").repeat(200),
        " }".repeat(200)
    );
    refusal(of_text(&deep));
}

#[test]
fn formulas_and_templates_are_refused_when_deep_or_long() {
    for formula in [
        format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000)),
        format!("{}1", "-".repeat(10_000)),
        format!("{}true", "not ".repeat(10_000)),
        vec!["1"; 50_000].join(" + "),
        vec!["2"; 10_000].join(" ^ "),
        format!("{}1{}", "if true then ".repeat(10_000), " else 0".repeat(10_000)),
        format!("{}1{}", "max(1, ".repeat(10_000), ")".repeat(10_000)),
    ] {
        refusal(of_text(&format!("{HEAD}[variables.x]\nformula = \"{formula}\"\n")));
    }
    for template in [
        format!("{}x{}", "{% if true %}".repeat(10_000), "{% endif %}".repeat(10_000)),
        format!("{{{{ {}1{} }}}}", "(".repeat(10_000), ")".repeat(10_000)),
        "{% for i in range(1000000000) %}x{% endfor %}".to_owned(),
    ] {
        refusal(of_text(&format!("{HEAD}[variables.x]\ntext = '{template}'\n")));
    }
}

#[test]
fn templates_that_read_files_or_run_on_make_no_text() {
    let many = "{% for a in \"0123456789\" %}".repeat(12) + "x" + &"{% endfor %}".repeat(12);
    for template in [
        "{% include \"/etc/passwd\" %}",
        "{% extends \"/etc/passwd\" %}",
        "{% import \"/etc/passwd\" as x %}",
        "{% from \"/etc/passwd\" import x %}",
        "{% macro x() %}{{ x() }}{% endmacro %}{{ x() }}",
        &many,
    ] {
        // Some are refused as read, the others at the first unit.
        let made = of_text_drawn(&format!("{HEAD}[variables.x]\ntext = '{template}'\n"));
        let said = refusal(made);
        assert!(said.contains("J0212") || said.contains("J0302"), "{template}\n{said}");
    }
}

#[test]
fn a_text_of_more_than_a_megabyte_is_refused_unread() {
    let folder = tempfile::tempdir().expect("a folder for a test");
    let path = folder.path().join("large.toml");
    let text = format!("{HEAD}[variables.x]\nconstant = 1\n# {}\n", "x".repeat(LARGEST_SCENARIO));
    std::fs::write(&path, text).expect("the folder can be written");
    let said = refusal(of_path(&path));
    assert!(said.contains(&LARGEST_SCENARIO.to_string()), "{said}");
}

#[test]
fn paths_that_lead_out_are_refused() {
    let folder = tempfile::tempdir().expect("a folder for a test");
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).expect("the folder can be written");
    std::fs::write(folder.path().join("base.toml"), format!("{HEAD}[variables.x]\nconstant = 1\n"))
        .expect("written");
    std::fs::write(folder.path().join("data.csv"), "value\n1\n2\n").expect("written");
    let path = inner.join("scenario.toml");
    let absolute = folder.path().join("data.csv").display().to_string();
    for text in [
        "extends = \"../base.toml\"\n".to_owned(),
        format!("{HEAD}[variables.x]\nempirical = {{ file = \"../data.csv\", column = \"value\" }}\n"),
        format!("{HEAD}[variables.x]\nempirical = {{ file = \"./../data.csv\", column = \"value\" }}\n"),
        format!("{HEAD}[variables.x]\nempirical = {{ file = '{absolute}', column = \"value\" }}\n"),
        format!("{HEAD}[variables.x]\nsurnames = \"../data.csv\"\n"),
        format!(
            "{HEAD}[variables.x]\nrole = \"proxy\"\nlookup = {{ by = \"gender\", file = \"../data.csv\", value = \"value\" }}\n"
        ),
    ] {
        std::fs::write(&path, &text).expect("the folder can be written");
        let said = refusal(of_path(&path));
        assert!(said.contains("J0112"), "{text}\n{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_refused() {
    let folder = tempfile::tempdir().expect("a folder for a test");
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).expect("the folder can be written");
    std::fs::write(folder.path().join("data.csv"), "value\n1\n2\n").expect("written");
    std::os::unix::fs::symlink("../data.csv", inner.join("data.csv")).expect("links can be made");
    let path = inner.join("scenario.toml");
    let text = format!("{HEAD}[variables.x]\nempirical = {{ file = \"data.csv\", column = \"value\" }}\n");
    std::fs::write(&path, text).expect("the folder can be written");
    assert!(refusal(of_path(&path)).contains("J0112"));
}

#[test]
fn a_file_that_is_missing_is_named_with_its_code() {
    let folder = tempfile::tempdir().expect("a folder for a test");
    let path = folder.path().join("scenario.toml");
    let text = format!("{HEAD}[variables.x]\nempirical = {{ file = \"nowhere.csv\", column = \"value\" }}\n");
    std::fs::write(&path, text).expect("the folder can be written");
    let said = refusal(of_path(&path));
    assert!(said.contains("J0113") && said.contains("nowhere.csv"), "{said}");
}

#[test]
fn a_folder_in_the_place_of_a_file_is_refused() {
    let folder = tempfile::tempdir().expect("a folder for a test");
    assert!(refusal(of_path(folder.path())).contains("folder"));
    std::fs::create_dir(folder.path().join("data.csv")).expect("the folder can be written");
    std::fs::create_dir(folder.path().join("base.toml")).expect("the folder can be written");
    let path = folder.path().join("scenario.toml");
    for text in [
        format!("{HEAD}[variables.x]\nempirical = {{ file = \"data.csv\", column = \"value\" }}\n"),
        "extends = \"base.toml\"\n".to_owned(),
        // The scenario itself: a circle.
        "extends = \"scenario.toml\"\n".to_owned(),
    ] {
        std::fs::write(&path, &text).expect("the folder can be written");
        refusal(of_path(&path));
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    let folder = tempfile::tempdir().expect("a folder for a test");
    let path = folder.path().join("latin.toml");
    std::fs::write(&path, b"[scenario]\nname = \"caf\xe9\"\n").expect("the folder can be written");
    let said = refusal(of_path(&path));
    assert!(said.contains("UTF-8") && said.contains("22"), "{said}");
    std::fs::write(folder.path().join("data.csv"), b"value\n\xff\xfe\n").expect("the folder can be written");
    let text = format!("{HEAD}[variables.x]\nempirical = {{ file = \"data.csv\", column = \"value\" }}\n");
    std::fs::write(&path, text).expect("the folder can be written");
    assert!(refusal(of_path(&path)).contains("UTF-8"));
    for text in ["\0", "a = \"\0\"", "\u{feff}\u{feff}", "\r", "[[[", "= 1", "a = 1\n\"", "\u{202e}"] {
        refusal(of_text(text));
    }
}

#[test]
fn numbers_that_are_none_are_refused_wherever_a_number_stands() {
    for number in ["nan", "-nan", "inf", "-inf", "1e999", "99999999999999999999999"] {
        for place in [
            "[variables.x]\nconstant = N",
            "[variables.x]\nnormal = { mean = N, sd = 1 }",
            "[variables.x]\nnormal = { mean = 1, sd = N }",
            "[variables.x]\nnormal = { mean = 1, sd = 1 }\nmin = N",
            "[variables.x]\nnormal = { mean = 1, sd = 1 }\nmax = N",
            "[variables.x]\nnormal = { mean = 1, sd = 1 }\nzero = N",
            "[variables.x]\nnormal = { mean = 1, sd = 1 }\nmissing = N",
            "[variables.x]\nnormal = { mean = 1, sd = 1 }\ndecimals = N",
            "[variables.x]\nrole = \"proxy\"\nnormal = { mean = { base = N, gender = { female = 1 } }, sd = 1 }",
            "[variables.x]\nrole = \"proxy\"\nnormal = { mean = { base = 1, gender = { female = N } }, sd = 1 }",
            "[variables.y]\nconstant = 1\n[variables.x]\nnormal = { mean = { base = 1, y = N }, sd = 1 }",
            "[variables.x]\ncategorical = { a = N, b = 0.5 }",
            "[variables.x]\ncategorical = { a = N, b = \"1\" }",
            "[variables.x]\nmixture = [{ weight = N, normal = { mean = 1, sd = 1 } }, { weight = 1, normal = { mean = 1, sd = 1 } }]",
            "[variables.x]\nempirical = { quantiles = [[0, 1], [N, 2], [1, 3]] }",
            "[variables.x]\nempirical = { quantiles = [[0, N], [1, 3]] }",
            "[variables.x]\nrole = \"proxy\"\nlookup = { by = \"gender\", table = { female = N, male = 1 } }",
            "[protected.other]\nlevels = { a = N, b = 0.5 }\n[design]\nmove = \"gender\"",
            "[variables.x]\nrole = \"proxy\"\npoisson = { mean = { base = 1, gender = { female = 1 } } }\n[groups.x]\nstrength = N",
            "[variables.x]\nrole = \"proxy\"\npoisson = { mean = { base = 1, gender = { female = 1 } } }\n[design.sweep]\nx = [N]",
            "[variables.x]\nconstant = 1\n[[claims]]\ntext = \"one\"\nmean = \"x\"\nexpect = N",
            "[variables.x]\nconstant = 1\n[[claims]]\ntext = \"one\"\nmean = \"x\"\nexpect = 1\nwithin = N",
        ] {
            let text = format!("{HEAD}{}\n", place.replace('N', number));
            assert!(of_text(&text).is_err(), "accepted:\n{text}");
            refusal(of_text(&text));
        }
    }
}

#[test]
fn an_empty_file_says_what_a_scenario_needs() {
    for empty in ["", "\n\n", "# nothing but words\n", "\u{feff}"] {
        let said = refusal(of_text(empty));
        assert!(said.contains("scenario") && said.contains("protected"), "{said}");
    }
    let folder = tempfile::tempdir().expect("a folder for a test");
    let path = folder.path().join("empty.toml");
    std::fs::write(&path, "").expect("the folder can be written");
    refusal(of_path(&path));
    assert!(refusal(of_path(&folder.path().join("nowhere.toml"))).contains("nowhere.toml"));
}

#[test]
fn a_file_without_an_end_is_read_no_further_than_a_scenario_may_be() {
    #[cfg(unix)]
    assert!(refusal(of_path(Path::new("/dev/zero"))).contains(&LARGEST_SCENARIO.to_string()));
}

#[test]
fn a_program_in_the_place_of_a_scenario_is_called_no_text() {
    let folder = tempfile::tempdir().expect("a folder for a test");
    let path = folder.path().join("program.toml");
    std::fs::write(&path, b"\x7fELF\x02\x01\x01\0\0\0\xff\xfe").expect("the folder can be written");
    assert!(refusal(of_path(&path)).contains("is not text"));
}

#[test]
fn carriage_returns_and_byte_order_marks_move_no_caret() {
    let plain = format!("{HEAD}[variables.x]\nnormal = {{ mean = 0, sd = -1 }}\n");
    let said = refused_with("J0204", &plain);
    assert_eq!(refused_with("J0204", &plain.replace('\n', "\r\n")), said);
    assert_eq!(refused_with("J0204", &format!("\u{feff}{plain}")), said);
}

#[test]
fn a_key_that_is_written_twice_hides_nothing_else() {
    let said = refused_with(
        "J0101",
        &format!("{HEAD}[variables.x]\nnormal = {{ mean = 0, sd = -1 }}\ndecimals = 1\ndecimals = 2\n"),
    );
    assert!(said.contains("`decimals` is written twice") && said.contains("first here"), "{said}");
    assert!(said.contains("J0204"), "{said}");
}

#[test]
fn a_row_of_dots_is_no_key() {
    of_text(&format!("{HEAD}# {}\n[variables.x]\nconstant = 1\n", ".".repeat(200))).expect("a comment");
}

#[test]
fn files_of_nothing_but_mistakes_are_refused_soon_and_briefly() {
    let long = |prefix: &str, n: usize, value: &str| {
        (0..n).map(|i| format!("{prefix}{i} = {value}")).collect::<Vec<_>>().join(", ")
    };
    let words = |n: usize| (0..n).map(|i| format!("w{i}")).collect::<Vec<_>>().join("+");
    let many_formulas: String =
        (0..400).map(|i| format!("[variables.v{i}]\nformula = \"{}\"\n", words(100))).collect();
    for text in [
        "=\n".repeat(200_000),
        format!("{HEAD}[variables.x]\n{}", "constant = 1\n".repeat(50_000)),
        format!("{HEAD}[variables.x]\n{}", long("key", 20_000, "1").replace(", ", "\n")),
        format!(
            "{HEAD}[variables.x]\ncategorical = {{ {} }}\n[variables.y]\nnormal = {{ mean = {{ base = 0, x = {{ {} }} }}, sd = 1 }}\n",
            long("level_of_x_", 1000, "0.001"),
            long("level_of_y_", 20_000, "1")
        ),
        format!("{HEAD}{many_formulas}"),
        format!(
            "{HEAD}{}[[correlations]]\nbetween = [{}]\nrho = -0.5\n",
            (0..400)
                .map(|i| format!("[variables.v{i}]\nnormal = {{ mean = 0, sd = 1 }}\n"))
                .collect::<String>(),
            (0..400).map(|i| format!("\"v{i}\"")).collect::<Vec<_>>().join(", ")
        ),
    ] {
        let begun = std::time::Instant::now();
        let said = of_text(&text).expect_err("this must be refused").to_string();
        assert!(said.len() < 60_000, "{} bytes are said", said.len());
        // Generous: a machine that is busy with other tests is slow, but not for ever.
        assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
    }
}

#[test]
fn what_the_command_lays_over_is_refused_in_its_own_place() {
    let of = |set: &[&str]| {
        let set = set.iter().map(|s| (*s).to_owned()).collect();
        let overrides = Overrides { set, ..Overrides::none() };
        refusal(Scenario::open("hiring", &overrides).and_then(Scenario::compile).map(drop))
    };
    for (set, said) in [
        ("no_value", "has no `=`"),
        ("=1", "--set:1:1"),
        ("a b = 1", "--set:1:"),
        ("nothing = 1", "has no key `nothing`"),
        ("extends = \"credit\"", "`extends` cannot be set"),
        ("variables.x = 1", "must be a table"),
        ("scenario.units = many", "must be a whole number"),
        ("scenario.units = -1", "between 1 and 2^40"),
    ] {
        let found = of(&[set]);
        assert!(found.contains(said), "{set}\n{found}");
    }
    let both = of(&["scenario.units = -1", "variables.x = 1"]);
    assert!(both.contains("units") && both.contains("must be a table"), "{both}");
}

#[test]
fn an_extending_scenario_replaces_the_source_of_the_same_id() {
    let folder = tempfile::tempdir().expect("a folder for a test");
    let source = |title: &str| format!("[[sources]]\nid = \"census\"\ntitle = \"{title}\"\n");
    let base = format!("{HEAD}[variables.x]\nconstant = 1\nsource = \"census\"\n{}", source("old"));
    std::fs::write(folder.path().join("base.toml"), base).expect("written");
    let path = folder.path().join("scenario.toml");
    std::fs::write(&path, format!("extends = \"base.toml\"\n{}", source("new"))).expect("written");
    let scenario = Scenario::from_path(&path).expect("a good scenario");
    let titles: Vec<&str> = scenario.sources.iter().map(|s| s.title.as_str()).collect();
    assert_eq!(titles, ["new"]);
    scenario.compile().expect("a good scenario");
    // Twice in one file stays a mistake.
    let twice = format!("extends = \"base.toml\"\n{}{}", source("new"), source("newer"));
    std::fs::write(&path, twice).expect("written");
    assert!(refusal(of_path(&path)).contains("J0110"));
}

#[test]
fn comments_and_spelling_do_not_change_what_a_scenario_is() {
    let canonical = |text: &str| {
        Scenario::from_text("x.toml", text).expect("a readable scenario").canonical_text().to_owned()
    };
    let text = format!("{HEAD}[variables.x]\nnormal = {{ mean = 1000, sd = 2 }}\n");
    let other =
        format!("# a note\n{HEAD}\n[variables]\nx.normal.mean = 1_000 # a thousand\nx.normal.sd = 0x2\n");
    assert_eq!(canonical(&text), canonical(&other));
    assert_ne!(canonical(&text), canonical(&text.replace("1000", "1001")));
    // What was canonical stays it: the text that a suite keeps can be read back.
    assert_eq!(canonical(&canonical(&text)), canonical(&text));
}
