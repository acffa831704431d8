//! The result of a job, small enough to be kept.

use serde::{Deserialize, Serialize};

use super::Job;
use super::job::Material;
use crate::dataset::Split;
use crate::figure::seven_digits;
use crate::training::{Baselines, History, Metric, Outcome, Scores, TrainingRun};
use crate::{Error, Result};

/// The version of the record's form.
const VERSION: u32 = 1;
/// At most this many points of a curve are kept, the first epoch and the last among them.
const POINTS: usize = 24;

/// The scores of an epoch that are kept for curves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// The epoch, counted from one.
    pub epoch: usize,
    /// Mean squared error on the training and on the validation items.
    pub squares: [f64; 2],
    /// Itakura-Saito on the training and on the validation items.
    pub itakura_saito: [f64; 2],
}

/// The result of a job. It holds nothing of where and when it ran, and every number has seven digits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobRecord {
    version: u32,
    /// The job.
    pub job: Job,
    /// How it ended.
    pub outcome: Outcome,
    /// The scores on the training items after the last epoch.
    pub training: Scores,
    /// The scores on the validation items after the last epoch.
    pub validation: Scores,
    /// The scores on items that no training saw.
    pub test: Scores,
    /// The best constant's scores on the training and the validation items, and on the unseen ones.
    pub constant: [Scores; 3],
    /// The roughness of the validation curve in squared error and in Itakura-Saito; none below 3 epochs.
    pub roughness: Option<[f64; 2]>,
    /// Some points of the curves.
    pub curve: Vec<CurvePoint>,
}

impl Job {
    /// Trains, and judges what comes out on items that no training saw.
    ///
    /// # Errors
    ///
    /// As [`train`](Self::train).
    pub fn run(&self) -> Result<JobRecord> {
        let Material { split, test } = self.material()?;
        let run = self.training()?.run(&split)?;
        JobRecord::new(self, &run, &Split { training: split.training, validation: test })
    }
}

impl JobRecord {
    /// `split` has the items that no training saw in place of its validation items.
    pub(super) fn new(job: &Job, run: &TrainingRun, split: &Split) -> Result<Self> {
        let history = &run.history;
        let constant = history.baselines.constant;
        let unseen = Baselines::of(split)?.constant.validation;
        let roughness = history
            .roughness(Metric::MeanSquaredError)
            .zip(history.roughness(Metric::ItakuraSaito));
        let record = Self {
            version: VERSION,
            job: job.clone(),
            outcome: history.outcome.clone(),
            training: history.last().training,
            validation: history.last().validation,
            test: run.scores(&split.validation)?,
            constant: [constant.training, constant.validation, unseen],
            roughness: roughness.map(|(squares, itakura_saito)| [squares, itakura_saito]),
            curve: thinned(history),
        };
        Ok(record.rounded())
    }

    /// As JSON, on one line.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("numbers and names have a JSON form")
    }

    /// From JSON.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] if the text is not a record of this version.
    pub fn from_json(text: &str) -> Result<Self> {
        let record: Self = serde_json::from_str(text).map_err(|error| Error::Record {
            what: format!("a result that is not the record of a job ({error})"),
            remedy: "`cargo study` computes it anew",
        })?;
        if record.version == VERSION {
            return Ok(record);
        }
        Err(Error::Record {
            what: format!("a result of version {}, not {VERSION}", record.version),
            remedy: "`cargo study` computes it anew",
        })
    }

    /// Every number to seven digits, which a level of vector instructions does not show after one epoch;
    /// after a hundred it may.
    fn rounded(mut self) -> Self {
        self.training = rounded(self.training);
        self.validation = rounded(self.validation);
        self.test = rounded(self.test);
        self.constant = self.constant.map(rounded);
        self.roughness = self.roughness.map(|pair| pair.map(seven_digits));
        for point in &mut self.curve {
            point.squares = point.squares.map(seven_digits);
            point.itakura_saito = point.itakura_saito.map(seven_digits);
        }
        self
    }
}

fn rounded(scores: Scores) -> Scores {
    Scores {
        mean_squared_error: seven_digits(scores.mean_squared_error),
        itakura_saito: seven_digits(scores.itakura_saito),
        reversed_itakura_saito: seven_digits(scores.reversed_itakura_saito),
        kullback_leibler: seven_digits(scores.kullback_leibler),
        squared_logarithm: seven_digits(scores.squared_logarithm),
        mean_relative_error: seven_digits(scores.mean_relative_error),
        median_relative_error: seven_digits(scores.median_relative_error),
        normalised_error: seven_digits(scores.normalised_error),
        within_factor_two: seven_digits(scores.within_factor_two),
    }
}

/// Epochs at equal distances, from the first to the last.
fn thinned(history: &History) -> Vec<CurvePoint> {
    let epochs = &history.epochs[1..];
    let points = epochs.len().min(POINTS);
    let place = |index: usize| match points {
        0 | 1 => 0,
        _ => index * (epochs.len() - 1) / (points - 1),
    };
    let point = |index| {
        let epoch = &epochs[place(index)];
        let of = |metric| [epoch.training.get(metric), epoch.validation.get(metric)];
        CurvePoint {
            epoch: epoch.number,
            squares: of(Metric::MeanSquaredError),
            itakura_saito: of(Metric::ItakuraSaito),
        }
    };
    (0..points).map(point).collect()
}
