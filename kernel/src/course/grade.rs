//! `itakura grade`: runs what a class has handed in, and writes the scores.
//!
//! A class is a folder of folders, one a student, with the notebooks in them:
//!
//! ```text
//! class/ada/03_propagator.ipynb
//! class/emmy/03_propagator.ipynb
//! ```

use super::check_free;
use super::scores::{Graded, Score, write_csv, write_junit};
use super::submission::{self, Limits, Original};
use crate::output;
use crate::project::{KERNEL_NAME, Project};
use crate::runner::{positive_seconds, unless_interrupted};
use crate::setup;
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

#[derive(clap::Args)]
pub struct GradeOptions {
    /// The class: FOLDER/STUDENT/NOTEBOOK.ipynb
    #[arg(value_name = "FOLDER")]
    class: PathBuf,
    /// The folder of the original notebooks, by file name; by default notebooks/ of the project
    #[arg(long, value_name = "FOLDER")]
    originals: Option<PathBuf>,
    /// Seconds that a cell may take
    #[arg(long, default_value_t = 30.0, value_name = "SECONDS")]
    time_limit: f64,
    /// Seconds that all cells of a submission may take together
    #[arg(long, default_value_t = 600.0, value_name = "SECONDS")]
    total_limit: f64,
    /// Megabytes that the process of a submission's cells may use
    #[arg(long, default_value_t = 4000, value_name = "MEGABYTES")]
    memory_limit: u64,
    /// Where to write the scores; by default scores.csv in the class's folder
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Where to write them as JUnit XML; by default scores.xml in the class's folder
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Replace scores that are there already
    #[arg(long)]
    overwrite: bool,
}

/// Grades a class. Python is not needed.
pub fn grade(project: &Project, options: &GradeOptions) -> Result<()> {
    let csv = options.csv.clone().unwrap_or_else(|| options.class.join("scores.csv"));
    let junit = options.junit.clone().unwrap_or_else(|| options.class.join("scores.xml"));
    check_free(&[csv.clone(), junit.clone()], options.overwrite)?;
    output::check_file(&csv)?;
    output::check_file(&junit)?;
    if csv == junit {
        bail!("--csv and --junit name the same file, {}: name two", csv.display());
    }
    let limits = options.limits()?;
    let class = Class::read(&options.class)?;
    let folder = options.originals.clone().unwrap_or_else(|| project.notebooks());
    let originals = class.originals(&folder)?;
    let kernelspec = kernelspec_without_python(project)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // After each submission, so that nothing is lost if a run over night ends early.
    let write =
        |graded: &[Graded]| write_csv(graded, &csv).and_then(|()| write_junit(graded, &junit));
    let grading = grade_all(&class, &originals, &kernelspec, &limits, write);
    let not_run = runtime.block_on(unless_interrupted(grading))?;
    println!("\nthe scores are in {} and {}", csv.display(), junit.display());
    if not_run > 0 {
        bail!(
            "{not_run} submissions could not be run, and have no score: see the reasons there; is \
             --memory-limit {} too little?",
            options.memory_limit
        );
    }
    Ok(())
}

impl GradeOptions {
    fn limits(&self) -> Result<Limits> {
        Ok(Limits {
            cell: positive_seconds(self.time_limit, "--time-limit")?,
            all: positive_seconds(self.total_limit, "--total-limit")?,
            memory: self.memory_limit.saturating_mul(1_000_000),
        })
    }
}

/// Prepares the kernel and describes it apart from any Python environment.
fn kernelspec_without_python(project: &Project) -> Result<PathBuf> {
    let folder = project.state()?.join("grading");
    let environment = Some(folder.clone());
    setup::run(project, &setup::Options { environment, ..Default::default() })?;
    Ok(folder.join("share/jupyter/kernels").join(KERNEL_NAME).join("kernel.json"))
}

/// The students of a class, and what each has handed in.
struct Class {
    /// By the student's name, and then by the notebook's.
    submissions: BTreeMap<String, BTreeMap<String, PathBuf>>,
}

impl Class {
    fn read(folder: &Path) -> Result<Class> {
        let mut submissions = BTreeMap::new();
        for entry in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
            let notebooks = entries(&entry)?.into_iter().filter(|path| {
                path.is_file() && path.extension().is_some_and(|end| end == "ipynb")
            });
            let notebooks = notebooks.map(|path| (stem(&path), path)).collect();
            submissions.insert(stem_of_folder(&entry), notebooks);
        }
        let class = Class { submissions };
        if class.notebooks().is_empty() {
            bail!(
                "{} holds no submission: it should be laid out as FOLDER/STUDENT/NOTEBOOK.ipynb",
                folder.display()
            );
        }
        Ok(class)
    }

    /// The notebooks that anybody has handed in.
    fn notebooks(&self) -> BTreeSet<&String> {
        self.submissions.values().flat_map(BTreeMap::keys).collect()
    }

    /// Their originals. What has none is not graded, and said.
    fn originals(&self, folder: &Path) -> Result<BTreeMap<String, Original>> {
        let mut originals = BTreeMap::new();
        for name in self.notebooks() {
            let path = folder.join(format!("{name}.ipynb"));
            if path.is_file() {
                originals.insert(name.clone(), Original::read(&path)?);
            } else {
                println!("{name} is not graded: there is no original {}", path.display());
            }
        }
        if originals.is_empty() {
            bail!(
                "no submission has an original in {}: name their folder with --originals",
                folder.display()
            );
        }
        Ok(originals)
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn stem_of_folder(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What lies in a folder, but for hidden files.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs_err::read_dir(folder).context("the class cannot be read")?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    Ok(paths.into_iter().filter(|path| !stem_of_folder(path).starts_with('.')).collect())
}

/// Every student in every notebook; how many submissions could not be run, through no fault of their own.
async fn grade_all(
    class: &Class,
    originals: &BTreeMap<String, Original>,
    kernelspec: &Path,
    limits: &Limits,
    write: impl Fn(&[Graded]) -> Result<()>,
) -> Result<usize> {
    let mut all = Vec::new();
    let mut not_run = 0;
    for (student, handed_in) in &class.submissions {
        for (notebook, original) in originals {
            let start = Instant::now();
            let none = |reason: &str| -> Vec<Score> {
                original.exercises.iter().map(|one| Score::none(one, reason)).collect()
            };
            let scores = match handed_in.get(notebook) {
                Some(path) => match submission::grade(kernelspec, original, path, limits).await {
                    Ok(scores) => scores,
                    Err(error) => {
                        not_run += 1;
                        let reason = format!("it could not be run: {error:#}");
                        let without = |score| Score { earned: None, ..score };
                        none(&reason).into_iter().map(without).collect()
                    }
                },
                None => none("the notebook was not handed in"),
            };
            let graded = Graded { student: student.clone(), notebook: notebook.clone(), scores };
            let (earned, points) = graded.total();
            let seconds = start.elapsed().as_secs_f64();
            println!("{student} {notebook}: {earned} of {points} points in {seconds:.1} s");
            all.push(graded);
            write(&all)?;
        }
    }
    Ok(not_run)
}
