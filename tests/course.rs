//! A course: copies for students give nothing away, and what a class hands in is graded as it should be,
//! by the project's own command and by nbgrader.

mod common;
#[path = "common/notebook.rs"]
mod notebook;

use common::{itakura, root, run, text};
use notebook::{Notebook, notebooks_in};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const SMALL: &str = "tests/fixture_course/small.ipynb";

fn path_of(path: &Path) -> &str {
    path.to_str().expect("a UTF-8 path")
}

/// Writes student's copies, and returns what was printed.
fn students_copies(notebooks: &str, folder: &Path, more: &[&str]) -> String {
    let arguments = [&["student", notebooks, "--output", path_of(folder)], more].concat();
    let output = run(&arguments);
    assert!(output.status.success(), "{}", text(&output));
    text(&output)
}

/// What must not stand in a copy: the lines of the solutions' code, and their sentences.
fn solutions(original: &Notebook) -> Vec<String> {
    let cells = original.cells().iter().filter(|cell| notebook::id(cell).ends_with("-solution"));
    let texts: Vec<String> = cells.map(notebook::source).collect();
    // A short line, such as `});`, may stand anywhere.
    let lines = texts.iter().flat_map(|text| text.lines()).map(|line| line.trim().to_owned());
    lines.filter(|line| line.len() > 12 && !line.starts_with("<details>")).collect()
}

/// The outputs that follow a prediction, up to the next text.
fn outcomes(notebook: &Notebook) -> usize {
    let mut predicted = false;
    let mut count = 0;
    for cell in notebook.cells() {
        match cell["cell_type"].as_str() {
            Some("markdown") => predicted = notebook::source(cell).contains("**Before you run it"),
            Some("code") if predicted => count += cell["outputs"].as_array().map_or(0, Vec::len),
            _ => {}
        }
    }
    count
}

#[test]
fn copies_for_students_hold_no_solution_and_no_outcome_and_all_else() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    students_copies("notebooks", folder.path(), &[]);
    students_copies(SMALL, folder.path(), &[]);
    let originals = notebooks_in(&root().join("notebooks"))
        .into_iter()
        .chain([root().join(SMALL)])
        .collect::<Vec<PathBuf>>();
    assert!(originals.len() > 15);
    for path in originals {
        let original = Notebook::read(&path);
        let copy = Notebook::read(&folder.path().join(path.file_name().expect("a name")));
        let (words, name) = (copy.text(), path.display());
        let given_away: Vec<String> = solutions(&original)
            .into_iter()
            // The words of the solution may stand in the text of the notebook itself.
            .filter(|line| original.text_without_solutions().matches(line.as_str()).count() == 0)
            .filter(|line| words.contains(line.as_str()))
            .collect();
        assert!(given_away.is_empty(), "{name}: {given_away:?}");
        assert!(outcomes(&original) > 0 && outcomes(&copy) == 0, "{name} shows an outcome");
        for cell in original.cells() {
            let id = notebook::id(cell);
            let copied = copy.find(id);
            if id.ends_with("-solution") {
                assert!(copied.is_none(), "{name}: {id} was copied");
            } else if notebook::has_tag(cell, "exercise") && cell["cell_type"] == "code" {
                let stub = notebook::source(copied.expect("the exercise is there"));
                assert!(stub.contains("= None;"), "{name}: {stub}");
            } else {
                let copied = copied.unwrap_or_else(|| panic!("{name}: {id} is missing"));
                assert_eq!(notebook::source(copied), notebook::source(cell), "{name}: {id}");
            }
        }
    }
    let small = Notebook::read(&folder.path().join("small.ipynb"));
    let tried = small.find("length-answer").expect("it is there");
    assert_eq!(
        notebook::source(tried),
        "// in full digits\nlet reach: Option<f64> = None;\ncheck_number(\"03-length\", reach);"
    );
    assert!(!small.text().contains("tried answer") && small.text().contains("shown to all"));
}

#[test]
fn nothing_is_overwritten_without_being_told_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    students_copies(SMALL, folder.path(), &[]);
    let path = folder.path().join("small.ipynb");
    std::fs::write(&path, "edited").expect("it can be written");
    let again = run(&["student", SMALL, "--output", path_of(folder.path())]);
    assert!(!again.status.success() && text(&again).contains("--overwrite"), "{}", text(&again));
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "edited");
    students_copies(SMALL, folder.path(), &["--overwrite"]);
    assert_eq!(Notebook::read(&path).cells().len(), 14);
}

#[test]
fn a_copy_takes_the_place_of_no_original_and_of_no_other_copy() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let originals = ["one", "other"].map(|name| folder.path().join(name).join("small.ipynb"));
    for original in &originals {
        std::fs::create_dir_all(original.parent().expect("a folder")).expect("it can be made");
        std::fs::copy(root().join(SMALL), original).expect("it can be copied");
    }
    let (one, other) = (path_of(&originals[0]), path_of(&originals[1]));
    let own_folder = path_of(originals[0].parent().expect("a folder"));
    for (arguments, words) in [
        (vec!["student", one, "--output", own_folder, "--overwrite"], "is an original"),
        (
            vec!["student", one, other, "--output", path_of(folder.path())],
            "give them different names",
        ),
    ] {
        let output = run(&arguments);
        assert!(!output.status.success() && text(&output).contains(words), "{}", text(&output));
    }
    assert_eq!(
        std::fs::read(one).expect("it is there"),
        std::fs::read(root().join(SMALL)).expect("it is there")
    );
}

#[test]
fn what_could_not_be_run_has_no_score_and_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let class = folder.path().join("class");
    students_copies(SMALL, &class.join("ada"), &[]);
    let class = path_of(&class);
    let output =
        run(&["grade", class, "--originals", "tests/fixture_course", "--memory-limit", "1"]);
    assert!(!output.status.success(), "{}", text(&output));
    assert!(text(&output).contains("is --memory-limit 1 too little?"), "{}", text(&output));
    let csv = std::fs::read_to_string(Path::new(class).join("scores.csv")).expect("it was written");
    assert!(csv.contains("ada,small,03-amplitude,,2,\"it could not be run"), "{csv}");
    for (file, words) in [("nowhere/scores.csv", "there is no folder"), (".", "it is a folder")] {
        let output = run(&["grade", class, "--csv", file, "--overwrite"]);
        assert!(!output.status.success() && text(&output).contains(words), "{}", text(&output));
    }
}

/// A class: for each student, what is done to the copy.
type Edit = fn(&mut Notebook);

const RIGHT_AREA: &str = "let area: Option<fn(&[f64]) -> f64> =\n    Some(|flank| 0.5 * (2.0 * flank.iter().sum::<f64>() - flank[0]));\ncheck_functional(\"03-area\", area);";

const CLASS: &[(&str, Edit)] = &[
    ("cheating", |copy| {
        let shadow = "fn check_number(id: &str, _answer: Option<f64>) -> bool { check_true(id, \"right\", true); true }";
        copy.insert_after("load", "own", shadow);
        copy.insert_after("load", "writing", "std::fs::write(\"left.txt\", \"0.29394\")?;");
        copy.set(
            "amplitude-answer",
            "let amplitude: Option<f64> = Some(7.0);\ncheck_true(\"03-amplitude\", \"right\", true);",
        );
        copy.set(
            "length-answer",
            "let reach: Option<f64> = Some(7.0);\ncheck_true(\"03-length\", \"right\", true);\ncheck_number(\"03-length\", reach);",
        );
        copy.set(
            "area-answer",
            "let area: Option<fn(&[f64]) -> f64> = Some(|_| {\n    check_true(\"03-area\", \"right\", true);\n    7.0\n});\ncheck_functional(\"03-area\", area);",
        );
    }),
    ("ending", |copy| {
        copy.set("amplitude-answer", "let amplitude: Option<f64> = None;\nloop {}");
        copy.set(
            "length-answer",
            "let hog: Vec<u8> = vec![1; 9_000_000_000];\nlet reach: Option<f64> = Some(hog.len() as f64);\ncheck_number(\"03-length\", reach);",
        );
        // As in the fixture dead_kernel: the kernel's own process is ended.
        let kill = "let directory: String = std::env::var(\"ITAKURA_BUILD_DIRECTORY\").expect(\"the kernel sets it\");\n\
                    let kernel: String = directory.rsplit('/').next().and_then(|name| name.split('-').next()).expect(\"a process\").to_owned();\n\
                    std::process::Command::new(\"kill\").args([\"-KILL\", &kernel]).status()?;\n\
                    std::thread::sleep(std::time::Duration::from_secs(20));";
        copy.insert_after("length-answer", "killing", kill);
        // `stiffness` is of an earlier cell, which the next kernel has to run again.
        copy.set(
            "area-answer",
            &RIGHT_AREA.replace("let area", "assert!(stiffness == 3.0);\nlet area"),
        );
    }),
    ("failing", |copy| {
        copy.set("amplitude-answer", "let amplitude: Option<f64> = Some(1.0 / 18.0);\npanic!(\"no idea\");\ncheck_number(\"03-amplitude\", amplitude);");
        // The file of another submission.
        copy.set("length-answer", "let words: String = std::fs::read_to_string(\"left.txt\")?;\nlet reach: Option<f64> = Some(words.parse::<f64>()?);\ncheck_number(\"03-length\", reach);");
        copy.set("area-answer", RIGHT_AREA);
    }),
    ("impostor", |copy| {
        let crate_of_its_own = "extern crate self as itakura_saito;\n\
            pub mod prelude { pub fn check_number(_: &str, _: Option<f64>) -> bool { true } }";
        copy.insert_after("load", "crate", crate_of_its_own);
        copy.set(
            "amplitude-answer",
            "let amplitude: Option<f64> = Some(7.0);\ncheck_number(\"03-amplitude\", amplitude);",
        );
    }),
    ("missing", |copy| {
        copy.remove("amplitude-answer");
        copy.set("area-answer", "let area: Option<fn(&[f64]) -> f64> = Some(|_| loop {\n    println!(\"{:1000}\", 7)\n});\ncheck_functional(\"03-area\", area);");
        copy.set("sentence-answer", "=1+1");
    }),
    ("right", |copy| {
        copy.set("amplitude-answer", "let amplitude: Option<f64> = Some(1.0 / (6.0 * stiffness));\ncheck_number(\"03-amplitude\", amplitude);");
        // The checking line is gone, and another crate was tried.
        copy.set("length-answer", "let reach: Option<f64> = Some(0.06_f64.sqrt() * 1.2);");
        copy.insert_after("load", "another", ":dep itakura-saito = { path = \"evil\" }");
        copy.set("area-answer", RIGHT_AREA);
    }),
];

/// Student, exercise, points, and words of the reason.
const SCORES: &[(&str, &str, &str, &str)] = &[
    ("absent", "03-amplitude", "0", "was not handed in"),
    ("absent", "sentence-answer", "", "was not handed in"),
    ("broken", "03-area", "0", "cannot be read"),
    ("cheating", "03-amplitude", "0", "not right; its checking line had been changed"),
    (
        "cheating",
        "03-length",
        "0",
        "not right; the answer recorded a result by itself, which does not",
    ),
    ("cheating", "03-area", "0", "a result of its own while it was judged"),
    ("ending", "03-amplitude", "0", "still running after 10 s"),
    ("ending", "03-length", "0", "more than the 3000 MB"),
    ("ending", "03-area", "1", ""),
    ("failing", "03-amplitude", "0", "panic: no idea"),
    ("failing", "03-length", "0", "error: No such file"),
    ("failing", "03-area", "1", ""),
    (
        "impostor",
        "03-amplitude",
        "0",
        "not right; before it the cell crate had failed: the cell names a crate",
    ),
    ("missing", "03-amplitude", "0", "its cell amplitude-answer is not in the notebook"),
    ("missing", "03-length", "0", "there is no answer"),
    ("missing", "03-area", "0", "it showed more than 100 MB"),
    ("missing", "sentence-answer", "", "to be read"),
    ("right", "03-amplitude", "2", ""),
    ("right", "03-length", "1", ""),
    ("right", "03-area", "1", ""),
];

#[test]
fn a_class_is_graded_each_kind_of_submission_as_it_should_be() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (class, copies) = (folder.path().join("class"), folder.path().join("copies"));
    students_copies(SMALL, &copies, &[]);
    for (student, edit) in CLASS {
        let mut copy = Notebook::read(&copies.join("small.ipynb"));
        edit(&mut copy);
        copy.write(&class.join(student).join("small.ipynb"));
    }
    for (student, file, words) in [("absent", "notes.txt", "ill"), ("broken", "small.ipynb", "{")] {
        std::fs::create_dir_all(class.join(student)).expect("it can be made");
        std::fs::write(class.join(student).join(file), words).expect("it can be written");
    }
    let class_path = path_of(&class);
    // Python is not asked for anything. The limit is wide enough for a busy machine.
    let output = Command::new(itakura())
        .args(["grade", class_path, "--originals", "tests/fixture_course"])
        .args(["--time-limit", "10", "--memory-limit", "3000"])
        .current_dir(root())
        .env("PYTHON", "no-python")
        .output()
        .expect("itakura starts");
    let printed = text(&output);
    assert!(output.status.success(), "{printed}");
    assert!(printed.contains("right small: 4 of 4 points"), "{printed}");

    let csv = std::fs::read_to_string(class.join("scores.csv")).expect("scores were written");
    for (student, exercise, points, reason) in SCORES {
        let begin = format!("{student},small,{exercise},{points},");
        let row = csv.lines().find(|line| line.starts_with(&begin));
        let row = row.unwrap_or_else(|| panic!("no row begins with {begin}\n{csv}"));
        assert!(row.contains(reason), "{reason:?} is not told:\n{row}");
    }
    assert!(csv.contains("Right. The sum rule fixes the amplitude"), "no feedback:\n{csv}");
    assert!(csv.contains("'=1+1"), "a spreadsheet would take it for a formula:\n{csv}");
    junit_agrees(&class);
    let again = run(&["grade", class_path, "--originals", "tests/fixture_course"]);
    assert!(!again.status.success() && text(&again).contains("--overwrite"), "{}", text(&again));
}

/// The JUnit report tells the same as the CSV.
fn junit_agrees(class: &Path) {
    let xml = std::fs::read_to_string(class.join("scores.xml")).expect("the report was written");
    let document = roxmltree::Document::parse(&xml).expect("the report is XML");
    let suites = document.descendants().filter(|node| node.has_tag_name("testsuite"));
    assert_eq!(suites.count(), CLASS.len() + 2);
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    let cases: Vec<roxmltree::Node> = cases.collect();
    for (student, exercise, points, reason) in SCORES {
        let is_it = |case: &&roxmltree::Node| {
            case.attribute("classname") == Some(&format!("{student}/small"))
                && case.attribute("name") == Some(exercise)
        };
        let case = cases.iter().find(is_it).expect("there is a case");
        let child = |name: &str| case.children().find(|child| child.has_tag_name(name));
        let wanted = match *points {
            "" => Some("skipped"),
            "0" => Some("failure"),
            _ => None,
        };
        for name in ["skipped", "failure"] {
            assert_eq!(child(name).is_some(), wanted == Some(name), "{student} {exercise}: {name}");
        }
        if let Some(told) = wanted.and_then(child) {
            let message = told.attribute("message").unwrap_or_default();
            assert!(message.contains(reason), "{student} {exercise}: {message}");
        }
    }
}

#[test]
fn nbgrader_releases_notebook_03_and_grades_it() {
    let nbgrader = Nbgrader::install();
    let folder = tempfile::tempdir_in(root().join("target")).expect("a folder in target");
    students_copies("notebooks/03_propagator.ipynb", folder.path(), &["--nbgrader"]);
    nbgrader.run(folder.path(), &["generate_assignment", "03_propagator", "--create"]);
    let released = folder.path().join("release/03_propagator/03_propagator.ipynb");
    let original = Notebook::read(&root().join("notebooks/03_propagator.ipynb"));
    let words = Notebook::read(&released).text();
    for line in solutions(&original) {
        assert!(!words.contains(&line), "{line} was released");
    }
    for (student, answers) in ANSWERS {
        let mut submission = Notebook::read(&released);
        for (id, answer) in answers {
            submission.set(id, answer);
        }
        let handed_in = folder.path().join("submitted").join(student).join("03_propagator");
        submission.write(&handed_in.join("03_propagator.ipynb"));
    }
    nbgrader.run(folder.path(), &["autograde", "03_propagator"]);
    nbgrader.run(folder.path(), &["export", "--to", "grades.csv"]);
    let csv = std::fs::read_to_string(folder.path().join("grades.csv")).expect("grades");
    for (student, score) in
        [("ada", "0.0"), ("bernhard", "0.0"), ("carl", "0.0"), ("dorothea", "3.0"), ("emmy", "3.0")]
    {
        assert_eq!(
            grade_of(&csv, student),
            (score.to_owned(), "3.0".to_owned()),
            "{student}:\n{csv}"
        );
    }
}

/// What each student answers: two panics, an error, right ones, and right ones that need a variable of an
/// earlier cell.
const ANSWERS: &[(&str, [(&str, &str); 3])] = &[
    (
        "ada",
        [
            (
                "amplitude-answer",
                "let amplitude: Option<f64> = Some(1.0 / 18.0);\npanic!(\"no idea\");",
            ),
            ("length-answer", "let reach: Option<f64> = Some(1.0);\nassert_eq!(reach, None);"),
            ("area-answer", "panic!(\"no idea\");"),
        ],
    ),
    (
        "bernhard",
        [
            ("amplitude-answer", "let amplitude: Option<f64> = Some([1.0, 2.0][\"abc\".len()]);"),
            ("length-answer", "let reach: Option<f64> = Some(\"one\".parse::<f64>().unwrap());"),
            ("area-answer", "let area: Option<fn(&[f64]) -> f64> = Some(|flank| flank[99]);"),
        ],
    ),
    (
        "carl",
        [
            ("amplitude-answer", "let amplitude: Option<f64> = Some(\"one\".parse::<f64>()?);"),
            ("length-answer", "let reach: Option<f64> = Some(itakura_saito(1.0, -3.0)?);"),
            (
                "area-answer",
                "let area: Option<fn(&[f64]) -> f64> = None;\nlet wrong: f64 = \"one\".parse()?;",
            ),
        ],
    ),
    (
        "dorothea",
        [
            ("amplitude-answer", "let amplitude: Option<f64> = Some(1.0 / 18.0);"),
            ("length-answer", "let reach: Option<f64> = Some(0.06_f64.sqrt() * 1.2);"),
            (
                "area-answer",
                "let area: Option<fn(&[f64]) -> f64> =\n    Some(|flank| 0.5 * (2.0 * flank.iter().sum::<f64>() - flank[0]));",
            ),
        ],
    ),
    (
        "emmy",
        [
            ("amplitude-answer", "let amplitude: Option<f64> = Some(lambda / 9.0);"),
            ("length-answer", "let reach: Option<f64> = Some(0.06_f64.sqrt() * 0.6 * target);"),
            (
                "area-answer",
                "assert!(target == 2.0);\nlet area: Option<fn(&[f64]) -> f64> =\n    Some(|flank| 0.5 * (2.0 * flank.iter().sum::<f64>() - flank[0]));",
            ),
        ],
    ),
];

/// Score and largest score of a student, from nbgrader's list.
fn grade_of(csv: &str, student: &str) -> (String, String) {
    let mut rows = csv.lines().map(|line| line.split(',').collect::<Vec<&str>>());
    let names = rows.next().expect("a first line");
    let by_name = |row: Vec<&str>| -> BTreeMap<String, String> {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .zip(row.into_iter().map(str::to_owned))
            .collect()
    };
    let row = rows.map(by_name).find(|row| row["student_id"] == student);
    let row = row.unwrap_or_else(|| panic!("{student} has no grade:\n{csv}"));
    (row["score"].clone(), row["max_score"].clone())
}

/// nbgrader in an environment of its own, which only this test uses.
struct Nbgrader {
    environment: PathBuf,
}

impl Nbgrader {
    /// Installs what `kernel/requirements-nbgrader.txt` lists, unless it is there.
    fn install() -> Nbgrader {
        let environment = root().join("target/nbgrader");
        let (kernel, stamp) = (root().join("kernel"), environment.join("itakura.stamp"));
        let lists = ["requirements-nbgrader.txt", "requirements.txt"]
            .map(|list| std::fs::read_to_string(kernel.join(list)).expect("the list is there"));
        let wanted = lists.concat();
        if std::fs::read_to_string(&stamp).unwrap_or_default() != wanted {
            eprintln!("installing nbgrader into target/nbgrader: about half a minute, once");
            let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
            succeed(Command::new(python).args(["-m", "venv", "--clear"]).arg(&environment));
            succeed(
                Command::new(environment.join("bin/python"))
                    .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
                    .arg("--requirement")
                    .arg(kernel.join("requirements-nbgrader.txt"))
                    .arg("--constraint")
                    .arg(kernel.join("requirements.txt")),
            );
            std::fs::write(&stamp, wanted).expect("the stamp can be written");
        }
        Nbgrader { environment }
    }

    fn run(&self, course: &Path, arguments: &[&str]) {
        itakura();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders =
            std::iter::once(self.environment.join("bin")).chain(std::env::split_paths(&path));
        succeed(
            Command::new(self.environment.join("bin/nbgrader"))
                .args(arguments)
                .current_dir(course)
                .env("PATH", std::env::join_paths(folders).expect("a path without a colon"))
                // The kernel is described in the project's environment.
                .env("JUPYTER_PATH", root().join(".venv/share/jupyter")),
        );
    }
}

fn succeed(command: &mut Command) {
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{command:?} failed:\n{}", text(&output));
}
