//! `cargo study`: runs the studies of section 17 and stores their results.
//!
//! Every job is one training and one small file; what is there already is not run again, so an
//! interrupted study continues where it stopped. A file that is not a result of its job is reported and replaced.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use itakura_saito::training::study::{Job, JobRecord, Protocol, Study};
use serde_json::json;

const HELP: &str = "\
cargo study                        runs what is missing of all studies, and stores them in data/study
cargo study run STUDY...           only these: printed, paired, learnable, decades, heads,
                                   noise_sizes, resplits, trial
cargo study list STUDY...          prints the names of their jobs
cargo study job NAME               runs one job, if its result is missing

    --folder PATH    where the results of jobs lie (target/study)
    --store PATH     where complete studies are stored (data/study)
    --workers N      how many jobs run at a time (one for each core)";

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    match Request::parse(std::env::args().skip(1)).and_then(|request| request.fulfil()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What is asked for.
struct Request {
    verb: String,
    names: Vec<String>,
    folder: PathBuf,
    store: PathBuf,
    workers: usize,
}

/// What became of a job.
enum Work {
    Done,
    Found,
}

impl Request {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut request = Self {
            verb: words.next().unwrap_or_else(|| "run".to_owned()),
            names: Vec::new(),
            folder: root.join("target/study"),
            store: root.join("data/study"),
            workers: std::thread::available_parallelism().map_or(1, usize::from),
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("{word} needs a value\n\n{HELP}"));
            match word.as_str() {
                "--folder" => request.folder = value()?.into(),
                "--store" => request.store = value()?.into(),
                "--workers" => request.workers = value()?.parse::<usize>()?.max(1),
                option if option.starts_with('-') => {
                    return Err(format!("{option}?\n\n{HELP}").into());
                }
                _ => request.names.push(word),
            }
        }
        Ok(request)
    }

    fn fulfil(&self) -> Result<(), Failure> {
        match self.verb.as_str() {
            "run" => self.protocols()?.into_iter().try_for_each(|protocol| self.run(protocol)),
            "list" => {
                let jobs = self.protocols()?.into_iter().flat_map(Protocol::jobs);
                jobs.for_each(|job| println!("{}", job.name()));
                Ok(())
            }
            "job" => {
                std::fs::create_dir_all(&self.folder)?;
                let jobs = self.names.iter().map(|name| Protocol::job(name));
                for job in jobs.collect::<Result<Vec<Job>, _>>()? {
                    self.work(&job)?;
                }
                Ok(())
            }
            _ => Err(HELP.into()),
        }
    }

    fn protocols(&self) -> Result<Vec<Protocol>, Failure> {
        match self.names.is_empty() {
            true => Ok(Protocol::ALL.to_vec()),
            false => Ok(self.names.iter().map(|name| name.parse()).collect::<Result<_, _>>()?),
        }
    }

    /// Runs what is missing of a study, then stores it.
    fn run(&self, protocol: Protocol) -> Result<(), Failure> {
        std::fs::create_dir_all(&self.folder)?;
        std::fs::create_dir_all(&self.store)?;
        let jobs = protocol.jobs();
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let failure: Mutex<Option<Failure>> = Mutex::new(None);
        std::thread::scope(|scope| {
            for _ in 0..self.workers.min(jobs.len()) {
                scope.spawn(|| {
                    while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let remark = match self.work(job) {
                            Ok(Work::Done) => "",
                            Ok(Work::Found) => " was there",
                            Err(error) => {
                                // The first one is reported; the other jobs go on.
                                failure.lock().expect("no worker panics").get_or_insert(error);
                                " failed"
                            }
                        };
                        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                        eprintln!("{done} of {}: {}{remark}", jobs.len(), job.name());
                    }
                });
            }
        });
        match failure.into_inner().expect("no worker panics") {
            Some(error) => Err(error),
            None => self.store(protocol, &jobs),
        }
    }

    /// Runs a job, unless its result is there.
    fn work(&self, job: &Job) -> Result<Work, Failure> {
        match self.result(job) {
            Ok(Some(_)) => return Ok(Work::Found),
            Ok(None) => {}
            Err(reason) => eprintln!("{} is run again: {reason}", job.name()),
        }
        let start = Instant::now();
        let record = job.run()?;
        let provenance = json!({
            "job": job.name(),
            "command": format!("cargo study job {}", job.name()),
            "seconds": start.elapsed().as_secs_f64(),
            "machine": machine(),
        });
        write(&self.file(job, "provenance.json"), &format!("{provenance:#}\n"))?;
        write(&self.file(job, "json"), &(record.to_json() + "\n"))?;
        Ok(Work::Done)
    }

    fn file(&self, job: &Job, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", job.name()))
    }

    /// The result of a job, if there is a file of it; an error says why that cannot be used.
    fn result(&self, job: &Job) -> Result<Option<JobRecord>, Failure> {
        let text = match std::fs::read_to_string(self.file(job, "json")) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        let record = JobRecord::from_json(&text)?;
        match record.job == *job {
            true => Ok(Some(record)),
            false => Err(format!("its file holds the result of {:?}", record.job).into()),
        }
    }

    /// All results of a study in one file, and where they come from in another.
    fn store(&self, protocol: Protocol, jobs: &[Job]) -> Result<(), Failure> {
        let records = jobs.iter().filter_map(|job| self.result(job).transpose());
        let study = Study { protocol, records: records.collect::<Result<_, _>>()? };
        let lines = study.to_lines();
        Study::from_lines(protocol, &lines)?;
        let subjects = protocol.subjects();
        let subject = |(name, seeds, epochs): (&str, usize, usize)| json!({ "subject": name, "seeds": seeds, "epochs": epochs });
        let provenance = json!({
            "study": protocol.name(),
            "command": format!("cargo study run {}", protocol.name()),
            "jobs": jobs.len(),
            "subjects": subjects.into_iter().map(subject).collect::<Vec<_>>(),
            "machine": machine(),
            "seconds_of_all_jobs": self.seconds(jobs).round(),
        });
        let name = protocol.name();
        write(&self.store.join(format!("{name}.provenance.json")), &format!("{provenance:#}\n"))?;
        write(&self.store.join(format!("{name}.jsonl")), &lines)
    }

    /// How long the jobs took together, as their sibling files say.
    fn seconds(&self, jobs: &[Job]) -> f64 {
        let of = |job: &Job| {
            let text = std::fs::read_to_string(self.file(job, "provenance.json")).ok()?;
            serde_json::from_str::<serde_json::Value>(&text).ok()?["seconds"].as_f64()
        };
        jobs.iter().filter_map(of).sum()
    }
}

/// What the last digits of a result may depend on.
fn machine() -> serde_json::Value {
    json!({
        "crate": env!("CARGO_PKG_VERSION"),
        "rust": env!("CARGO_PKG_RUST_VERSION"),
        "system": std::env::consts::OS,
        "processor": std::env::consts::ARCH,
        "vector_instructions": vector_instructions(),
    })
}

#[cfg(target_arch = "x86_64")]
fn vector_instructions() -> &'static str {
    match (is_x86_feature_detected!("avx512f"), is_x86_feature_detected!("fma")) {
        (true, _) => "AVX-512",
        (false, true) => "AVX2 with FMA",
        (false, false) => "SSE2",
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn vector_instructions() -> &'static str {
    "those of the platform"
}

/// Writes a file whole or not at all: a job that is killed leaves no half-written result.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let part = path.with_extension(format!("part-{}", std::process::id()));
    std::fs::write(&part, text)?;
    Ok(std::fs::rename(&part, path)?)
}
