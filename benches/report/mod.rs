//! A table of what was measured: a line in the terminal as soon as it is known, and in the end, if the
//! environment says `WRITE=1`, the topic's section of `docs/performance.md`.

use std::path::Path;
use std::process::Command;

/// The libraries that the peers' programs may use, by the names of their packages.
const LIBRARIES: [&str; 4] = ["numpy", "scipy", "torch", "jax"];

pub struct Report {
    topic: &'static str,
    widths: Vec<usize>,
    lines: Vec<String>,
}

impl Report {
    /// Begins a table in Markdown: the first column holds words, the others numbers.
    pub fn new(topic: &'static str, columns: &[&str]) -> Self {
        let widths = columns.iter().map(|name| name.chars().count().max(8)).collect();
        let mut report = Self { topic, widths, lines: Vec::new() };
        report.row(&columns.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
        let rule = |(at, &width): (usize, &usize)| match at {
            0 => "-".repeat(width),
            _ => "-".repeat(width - 1) + ":",
        };
        let rules: Vec<String> = report.widths.iter().enumerate().map(rule).collect();
        report.row(&rules);
        report
    }

    /// Adds a row and shows it.
    pub fn row(&mut self, cells: &[String]) {
        assert_eq!(cells.len(), self.widths.len(), "a row has a cell for each column: {cells:?}");
        let padded = |(at, (cell, &width)): (usize, (&String, &usize))| match at {
            0 => format!(" {cell:<width$} |"),
            _ => format!(" {cell:>width$} |"),
        };
        let cells: String = cells.iter().zip(&self.widths).enumerate().map(padded).collect();
        self.line(format!("|{cells}"));
    }

    /// Adds a sentence below the table and shows it.
    pub fn note(&mut self, sentence: &str) {
        if self.lines.last().is_some_and(|line| line.starts_with('|')) {
            self.line(String::new());
        }
        self.line(sentence.to_owned());
    }

    fn line(&mut self, line: String) {
        println!("{line}");
        self.lines.push(line);
    }

    /// Keeps the table in `docs/performance.md` if that is asked for.
    pub fn finish(self, peer: Option<&str>) {
        if std::env::var_os("WRITE").is_none() {
            return;
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
        let text = std::fs::read_to_string(&path).expect("docs/performance.md is there");
        let [begin, end] =
            ["begin", "end"].map(|side| format!("<!-- {side} {topic} -->", topic = self.topic));
        let (before, rest) = text.split_once(&begin).expect("the section begins with its comment");
        let (_, after) = rest.split_once(&end).expect("the section ends with its comment");
        let conditions = conditions(peer);
        let table = self.lines.join("\n");
        let text = format!("{before}{begin}\n\n{conditions}\n\n{table}\n\n{end}{after}");
        std::fs::write(&path, text).expect("docs/performance.md can be written");
        println!("written to {}", path.display());
    }
}

/// When and on what it was measured.
fn conditions(peer: Option<&str>) -> String {
    let date = said_by("date", &["+%F"]);
    let processors = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let model = model.map_or("an unknown processor", |(_, name)| name.trim());
    let compiler = said_by("rustc", &["--version"]);
    // Without the hash and the date.
    let compiler: Vec<&str> = compiler.split_whitespace().take(2).collect();
    let mut versions = vec![compiler.join(" ")];
    if let Some(python) = peer {
        versions.push(said_by(python, &["--version"]));
        versions.extend(LIBRARIES.iter().filter_map(|library| version(python, library)));
    }
    format!("Measured on {date}: {model}, one thread; {}.", versions.join(", "))
}

/// Name and version of a Python package, if it is installed.
fn version(python: &str, package: &str) -> Option<String> {
    let program = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))";
    let version = said_by(python, &["-c", program, package]);
    (!version.is_empty()).then(|| format!("{package} {version}"))
}

/// What a command prints; nothing if it fails.
fn said_by(command: &str, arguments: &[&str]) -> String {
    let output = Command::new(command).args(arguments).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    text.unwrap_or_default().trim().to_owned()
}
