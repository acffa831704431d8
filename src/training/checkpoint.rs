//! The state of a network, to be stored and read again.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::divergence::Link;
use crate::network::{Architecture, Normalization};
use crate::{Error, Result};

/// What the first line of a stored checkpoint says.
const FORMAT: &str = "itakura-saito checkpoint";
/// The version that is written. Version 1, which is read too, called the link a head.
const VERSION: u64 = 2;

/// A network with its parameters, as JSON. Numbers are stored so that they are read back bit for bit.
///
/// # Examples
///
/// ```
/// use itakura_saito::divergence::Link;
/// use itakura_saito::network::Architecture;
/// use itakura_saito::training::Checkpoint;
///
/// let start = Checkpoint::initial(&Architecture::tiny_cnn(), Link::Identity, 1)?;
/// let read = Checkpoint::from_json(&start.to_json())?;
/// assert_eq!(read, start);
///
/// let other = start.to_json().replace("\"version\":2", "\"version\":7");
/// let refused = Checkpoint::from_json(&other).unwrap_err();
/// assert!(refused.to_string().contains("version 7"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    format: String,
    version: u64,
    /// Which network.
    pub architecture: Architecture,
    /// How predictions follow from its outputs.
    #[serde(alias = "head")]
    pub link: Link,
    /// The seed of its weights and batches.
    pub seed: u64,
    /// How many epochs it was trained; 0 before the first.
    pub epoch: usize,
    /// The flat vector of its parameters.
    pub parameters: Vec<f64>,
    /// The running statistics of its batch norms.
    pub normalization: Normalization,
}

impl Checkpoint {
    pub(super) fn new(
        (architecture, link): (&Architecture, Link),
        (seed, epoch): (u64, usize),
        parameters: Vec<f64>,
        normalization: Normalization,
    ) -> Self {
        let architecture = architecture.clone();
        let format = FORMAT.to_owned();
        Self {
            format,
            version: VERSION,
            architecture,
            link,
            seed,
            epoch,
            parameters,
            normalization,
        }
    }

    /// As JSON, on one line.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("numbers and names have a JSON form")
    }

    /// From JSON.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] if the text is not a checkpoint, has another version, or does not hold as many finite
    /// numbers as its network has parameters.
    pub fn from_json(text: &str) -> Result<Self> {
        let refused = |what: String, remedy| Error::Record { what, remedy };
        let value: Value = serde_json::from_str(text).map_err(|error| {
            refused(format!("a checkpoint that is no JSON ({error})"), "read the whole file")
        })?;
        if value["format"] != FORMAT {
            let what = format!("a file that does not say \"{FORMAT}\" as its format");
            return Err(refused(what, "give one that `to_json` wrote"));
        }
        if value["version"] != VERSION && value["version"] != 1 {
            let what = format!("a checkpoint of version {}, not 1 or {VERSION}", value["version"]);
            return Err(refused(what, "train again, or use the release that wrote it"));
        }
        let checkpoint: Self = serde_json::from_value(value).map_err(|error| {
            refused(format!("a checkpoint with a part missing ({error})"), "write it again")
        })?;
        checkpoint.check()?;
        Ok(Self { version: VERSION, ..checkpoint })
    }

    /// Writes it to a file.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] if the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        std::fs::write(path, self.to_json()).map_err(|error| Error::Record {
            what: format!("a checkpoint that cannot be written ({error})"),
            remedy: "choose a folder that exists and may be written to",
        })
    }

    /// Reads one from a file.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json), or if the file cannot be read.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|error| Error::Record {
            what: format!("a checkpoint that cannot be read ({error})"),
            remedy: "check the path",
        })?;
        Self::from_json(&text)
    }

    fn check(&self) -> Result<()> {
        self.architecture.validate()?;
        self.normalization.validate(&self.architecture)?;
        let (found, expected) = (self.parameters.len(), self.architecture.parameter_count());
        match found == expected {
            true => Ok(()),
            false => Err(Error::Lengths {
                name: "the parameters of a checkpoint",
                expected,
                found,
                remedy: "the checkpoint belongs to another network",
            }),
        }
    }
}
