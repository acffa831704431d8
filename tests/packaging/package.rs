//! What the package holds, and what its documentation shows.

use super::*;

/// What the package may hold besides what cargo adds by itself.
const PACKAGED: &[&str] = &["src/", "examples/", "data/"];
/// And the files beside these folders.
const PACKAGED_FILES: &[&str] = &[
    ".cargo_vcs_info.json",
    "CHANGELOG.md",
    "CITATION.cff",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
];

/// The cells of a table's row in Markdown.
fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn every_bench_has_its_table_and_the_ratios_are_those_of_the_times() {
    let text = read("docs/performance.md");
    let manifest = read("Cargo.toml");
    let benches = manifest.split("[[bench]]\nname = \"").skip(1);
    for name in benches.map(|bench| bench.split('"').next().expect("a name")) {
        let section = |side: &str| text.find(&format!("<!-- {side} {name} -->"));
        let (Some(begin), Some(end)) = (section("begin"), section("end")) else {
            panic!("docs/performance.md has no section for the bench {name}");
        };
        let section = &text[begin..end];
        assert!(section.contains("\nMeasured on 20"), "{name}: when, and on what?");
        let mut rows = section.lines().filter(|line| line.starts_with('|')).map(cells);
        let columns = rows.next().unwrap_or_else(|| panic!("the bench {name} has no table"));
        let measured: Vec<Vec<&str>> = rows.skip(1).collect();
        assert!(!measured.is_empty(), "the table of {name} is empty");
        for row in measured {
            let number = |at: usize| row[at].parse::<f64>().ok();
            let mut peer = None;
            for (at, &column) in columns.iter().enumerate() {
                match column {
                    "SciPy" | "PyTorch" | "JAX" => peer = number(at),
                    "ratio" => {
                        let Some(theirs) = peer else { continue };
                        let ours = columns.iter().position(|&column| column == "ours");
                        let ours = ours.and_then(number).expect("our time");
                        let ratio = number(at).expect("a ratio beside two times");
                        // The times are rounded to microseconds.
                        let slack = 0.006 + ratio * (5e-4 / ours + 5e-4 / theirs);
                        assert!((theirs / ours - ratio).abs() < slack, "{name}: {row:?}");
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn the_package_holds_the_crate_and_what_it_embeds_and_nothing_else() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let listed = printed(&cargo, &["package", "--list", "--allow-dirty", "--offline"]);
    let listed: BTreeSet<&str> = listed.lines().collect();
    for file in &listed {
        let belongs =
            PACKAGED_FILES.contains(file) || PACKAGED.iter().any(|folder| file.starts_with(folder));
        assert!(belongs, "{file} does not belong into the package: see `include` in Cargo.toml");
        assert!(
            !file.starts_with("src/bin"),
            "{file} is a program of the project, not the crate's"
        );
    }
    for file in PACKAGED_FILES.iter().filter(|file| !file.starts_with(".cargo")) {
        assert!(listed.contains(file), "the package lacks {file}");
    }
    let source = root().join("src");
    for file in rust_files(&source) {
        let name = file.strip_prefix(root()).expect("a file of the project");
        let name = name.to_str().expect("UTF-8");
        assert!(name.starts_with("src/bin") || listed.contains(name), "the package lacks {name}");
        for embedded in embedded_files(&file) {
            assert!(
                listed.contains(embedded.as_str()),
                "{name} embeds {embedded}, which is left out"
            );
        }
    }
}

/// The files that a source file takes in as text or bytes, from the project's folder on.
fn embedded_files(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("UTF-8");
    let calls = ["include_str!(\"", "include_bytes!(\""];
    let paths = calls.iter().flat_map(|call| text.split(call).skip(1));
    let folder = file.parent().expect("a folder");
    let whole = paths.map(|rest| {
        let path = rest.split('"').next().expect("a path");
        let path = folder.join(path).canonicalize();
        let path = path.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let root = root().canonicalize().expect("the project's folder");
        path.strip_prefix(root).expect("a file of the project").display().to_string()
    });
    whole.collect()
}

/// The first formula of a documentation that Markdown spoils. It takes the backslash from a backslash and a
/// sign, so that a thin space `\,` would become a comma: formulas write `\\,` and the like. An underscore after a
/// sign may begin an emphasis: formulas write `\_` there. And a line that begins with `+` or `-` begins a list.
fn spoiled_formula(text: &str) -> Option<String> {
    let mut is_formula = false;
    for line in text.lines() {
        let line = line.trim_start();
        let comment = ["///", "//!"].iter().find_map(|mark| line.strip_prefix(mark));
        let Some(comment) = comment.filter(|comment| !comment.trim().is_empty()) else {
            is_formula = false;
            continue;
        };
        // Every second part between backquotes is code, and has no formulas.
        for prose in comment.split('`').step_by(2) {
            for (at, part) in prose.replace("$$", "$").split('$').enumerate() {
                is_formula ^= at > 0;
                let without_pairs = part.replace("\\\\", "");
                let mut signs =
                    without_pairs.split('\\').skip(1).filter_map(|rest| rest.chars().next());
                let loses_a_sign = signs.any(|sign| ",;:!|{}#%&".contains(sign));
                let mut before = without_pairs.split('_').rev().skip(1);
                let is_emphasis =
                    before.any(|text| text.ends_with([')', '}', ']', '\'', '|', '>']));
                let is_list = at == 0
                    && ["+ ", "- ", "* "].iter().any(|mark| part.trim_start().starts_with(mark));
                if is_formula && (loses_a_sign || is_emphasis || is_list) {
                    return Some(line.to_owned());
                }
            }
        }
    }
    None
}

#[test]
fn formulas_of_the_documentation_survive_markdown() {
    for file in rust_files(&root().join("src")) {
        let spoiled = spoiled_formula(&fs::read_to_string(&file).expect("UTF-8"));
        assert_eq!(spoiled, None, "{}: see spoiled_formula", file.display());
    }
    assert!(spoiled_formula("/// The sum $a\\,b$.").is_some());
    assert!(spoiled_formula("/// $$ a\n/// \\; b $$").is_some());
    assert!(spoiled_formula("/// $(a)_b$").is_some());
    assert!(spoiled_formula("/// $$ a\n/// + b $$").is_some());
    assert_eq!(spoiled_formula("/// The sum $a\\\\,b$, of `$a\\,b$`, with $c\\_d$."), None);
}

// ---- examples of the documentation

/// The public items of a file that are documented, and how many of them have an example. The compiler asks
/// for documentation of all that can be reached from outside (`missing_docs`); what has none is not for readers.
fn documented_items(text: &str) -> (usize, usize) {
    let (mut items, mut with_example) = (0, 0);
    let mut documentation = String::new();
    for line in text.lines().map(str::trim_start).filter(|line| !line.starts_with("#[")) {
        match line.strip_prefix("///") {
            Some(comment) => documentation += comment,
            None => {
                if public_name(line).is_some() && !documentation.is_empty() {
                    items += 1;
                    with_example += usize::from(documentation.contains("```"));
                }
                documentation.clear();
            }
        }
    }
    (items, with_example)
}

#[test]
fn three_of_ten_public_items_have_an_example() {
    let (mut items, mut with_example) = (0, 0);
    for file in rust_files(&root().join("src")) {
        let (here, of_these) = documented_items(&fs::read_to_string(&file).expect("UTF-8"));
        items += here;
        with_example += of_these;
    }
    assert!(items > 500, "only {items} items were found: is src/ still where it was?");
    assert!(
        10 * with_example >= 3 * items,
        "{with_example} of {items} public items have an example: write one for what a reader looks up"
    );
    let shown = "/// A.\n/// ```\n/// a();\n/// ```\n#[must_use]\npub fn a() {}\n";
    assert_eq!(documented_items(&format!("{shown}    /// B.\n    pub fn b() {{}}")), (2, 1));
    assert_eq!(documented_items(&format!("{shown}pub fn c() {{}}\nfn d() {{}}")), (1, 1));
}
