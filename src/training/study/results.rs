//! All results of a study, and what they say about two losses.

use super::{JobRecord, Protocol};
use crate::divergence::Loss;
use crate::training::{Metric, Outcome, PairedEffect, Scores, SignTest};
use crate::{Error, Result};

/// Which items a score is taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitPart {
    /// Those that were trained on.
    Training,
    /// Those that section 17 validates on.
    Validation,
    /// Those by which nothing was chosen.
    Test,
}

/// The results of a study.
///
/// # Examples
///
/// ```
/// use itakura_saito::training::Metric;
/// use itakura_saito::training::study::{SplitPart, Protocol, Study};
///
/// let study: Study = Study::stored(Protocol::Paired)?;
/// let effect = study.effect_on_gain("TinyCNN", SplitPart::Test, Metric::MeanSquaredError)?;
/// println!("IS instead of MSE changes the gain by {:+.4} ± {:.4}", effect.mean, effect.half_width);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// Which one.
    pub protocol: Protocol,
    /// One record for each job, in the order of the jobs.
    pub records: Vec<JobRecord>,
}

impl Study {
    /// The results that are stored with the crate, in `data/study/`.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] if they are incomplete.
    pub fn stored(protocol: Protocol) -> Result<Self> {
        let text = match protocol {
            Protocol::Printed => include_str!("../../../data/study/printed.jsonl"),
            Protocol::Paired => include_str!("../../../data/study/paired.jsonl"),
            Protocol::Learnable => include_str!("../../../data/study/learnable.jsonl"),
            Protocol::Decades => include_str!("../../../data/study/decades.jsonl"),
            Protocol::Heads => include_str!("../../../data/study/heads.jsonl"),
            Protocol::NoiseSizes => include_str!("../../../data/study/noise_sizes.jsonl"),
            Protocol::Resplits => include_str!("../../../data/study/resplits.jsonl"),
            Protocol::Trial => include_str!("../../../data/study/trial.jsonl"),
        };
        Self::from_lines(protocol, text)
    }

    /// From the records of all its jobs, one a line.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] for a line that is not a record, or if they are not those of the jobs.
    pub fn from_lines(protocol: Protocol, text: &str) -> Result<Self> {
        let records = text.lines().map(JobRecord::from_json).collect::<Result<Vec<JobRecord>>>()?;
        let jobs = protocol.jobs();
        if records.iter().map(|record| &record.job).eq(&jobs) {
            return Ok(Self { protocol, records });
        }
        Err(Error::Record {
            what: format!("{} records for the {} jobs of the study", records.len(), jobs.len()),
            remedy: "run `cargo study` to compute what is missing",
        })
    }

    /// One record a line, as it is stored.
    pub fn to_lines(&self) -> String {
        self.records.iter().map(|record| record.to_json() + "\n").collect()
    }

    /// The records of a subject and a loss, in the order of the seeds.
    pub fn of(&self, subject: &str, loss: Loss) -> Vec<&JobRecord> {
        let wanted = |record: &&JobRecord| {
            record.job.subject == subject
                && record.job.loss == loss
                && record.outcome == Outcome::Completed
        };
        self.records.iter().filter(wanted).collect()
    }

    /// A number of each pair of runs, the one trained on `first` minus the one trained on `second`, over
    /// the seeds on which both were completed.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] for a subject or a loss that the study has not; as [`PairedEffect::of`].
    pub fn effect(
        &self,
        subject: &str,
        losses: (Loss, Loss),
        number: impl Fn(&JobRecord) -> f64,
    ) -> Result<PairedEffect> {
        PairedEffect::of(&self.differences(subject, losses, number)?)
    }

    /// In how many pairs the number of the run trained on `first` is the larger one.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] for a subject or a loss that the study has not; as [`SignTest::of`].
    pub fn signs(
        &self,
        subject: &str,
        losses: (Loss, Loss),
        number: impl Fn(&JobRecord) -> f64,
    ) -> Result<SignTest> {
        SignTest::of(&self.differences(subject, losses, number)?)
    }

    /// A number of each pair of runs, the one trained on the first loss minus the other.
    fn differences(
        &self,
        subject: &str,
        (first, second): (Loss, Loss),
        number: impl Fn(&JobRecord) -> f64,
    ) -> Result<Vec<f64>> {
        self.check(subject, first)?;
        self.check(subject, second)?;
        let others = self.of(subject, second);
        let pair = |record: &&JobRecord| {
            let other = others.iter().find(|other| other.job.seed == record.job.seed)?;
            Some(number(record) - number(other))
        };
        Ok(self.of(subject, first).iter().filter_map(pair).collect())
    }

    /// Refuses a subject that the study does not have, and a loss that it does not compare.
    fn check(&self, subject: &str, loss: Loss) -> Result<()> {
        let protocol = self.protocol;
        protocol.check_subject(subject)?;
        if protocol.losses().contains(&loss) {
            return Ok(());
        }
        Err(Error::Record {
            what: format!(
                "the loss `{loss}`, which the study `{}` does not compare,",
                protocol.name()
            ),
            remedy: "take one of those that `Protocol::losses` lists",
        })
    }

    /// What training on IS instead of MSE does to the gain over a constant on the same items.
    ///
    /// # Errors
    ///
    /// As [`PairedEffect::of`].
    pub fn effect_on_gain(
        &self,
        subject: &str,
        part: SplitPart,
        metric: Metric,
    ) -> Result<PairedEffect> {
        self.effect(subject, IS_MINUS_MSE, |record| record.gain(part, metric))
    }

    /// The mean of a number over the seeds, with its 95 % interval.
    ///
    /// # Errors
    ///
    /// As [`PairedEffect::of`].
    pub fn mean(
        &self,
        subject: &str,
        loss: Loss,
        number: impl Fn(&JobRecord) -> f64,
    ) -> Result<PairedEffect> {
        self.check(subject, loss)?;
        let numbers: Vec<f64> = self.of(subject, loss).into_iter().map(number).collect();
        PairedEffect::of(&numbers)
    }
}

/// Effects are IS-trained minus MSE-trained.
pub const IS_MINUS_MSE: (Loss, Loss) = (Loss::ITAKURA_SAITO, Loss::MeanSquaredError);

impl JobRecord {
    /// The scores on a part.
    pub fn scores(&self, part: SplitPart) -> &Scores {
        match part {
            SplitPart::Training => &self.training,
            SplitPart::Validation => &self.validation,
            SplitPart::Test => &self.test,
        }
    }

    /// By what fraction a score lies below the best constant's on the same items.
    pub fn gain(&self, part: SplitPart, metric: Metric) -> f64 {
        let [training, validation, test] = &self.constant;
        let constant = match part {
            SplitPart::Training => training,
            SplitPart::Validation => validation,
            SplitPart::Test => test,
        };
        1.0 - self.scores(part).get(metric) / constant.get(metric)
    }

    /// By how much the gain on the validation items falls short of that on the training items: what a
    /// constant shows as well is taken out.
    pub fn gap(&self, metric: Metric) -> f64 {
        self.gain(SplitPart::Training, metric) - self.gain(SplitPart::Validation, metric)
    }
}
