//! Set A: what PyTorch computed for three networks, in tests/fixtures.
#![allow(dead_code, reason = "each program uses its own part")]

use std::fs::File;
use std::path::{Path, PathBuf};

use itakura_saito::divergence::{Loss, PositiveArray};
use itakura_saito::network::{Architecture, Batch, ChannelStatistics, Normalization, Objective};
use ndarray::{Array2, ArrayD, Axis, Ix2, IxDyn};
use ndarray_npy::NpzReader;
use serde_json::Value;

/// One network of the set.
pub struct SetA {
    name: String,
    summary: Value,
    pub parameters: Vec<f64>,
    /// The unit vector along $\sin(0.37(i+1))$.
    pub direction: Vec<f64>,
}

/// The numbers of one network, mode and loss.
pub struct Case(Value);

impl Case {
    pub fn number(&self, key: &str) -> f64 {
        self.0[key].as_f64().unwrap_or_else(|| panic!("{key} is a number"))
    }

    pub fn numbers(&self, key: &str) -> Vec<f64> {
        let list = self.0[key].as_array().unwrap_or_else(|| panic!("{key} is a list"));
        list.iter().map(|value| value.as_f64().expect("a number")).collect()
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

impl SetA {
    /// `cnn`, `resnet` or `transformer`.
    pub fn read(name: &str) -> Self {
        let json = std::fs::read_to_string(fixture("setA.json")).expect("the summary");
        let mut all: Value = serde_json::from_str(&json).expect("JSON");
        let mut set = Self {
            name: name.into(),
            summary: all[name].take(),
            parameters: vec![],
            direction: vec![],
        };
        set.parameters = set.singles("theta").into_raw_vec_and_offset().0;
        let sine = |at: usize| (0.37 * (at as f64 + 1.0)).sin();
        let direction: Vec<f64> = (0..set.parameters.len()).map(sine).collect();
        let norm = direction.iter().map(|value| value * value).sum::<f64>().sqrt();
        set.direction = direction.into_iter().map(|value| value / norm).collect();
        set
    }

    fn reader(&self) -> NpzReader<File> {
        let path = fixture(&format!("setA_{}.npz", self.name));
        NpzReader::new(File::open(path).expect("the arrays")).expect("an npz file")
    }

    /// An array of 32-bit numbers.
    fn singles(&self, key: &str) -> ArrayD<f64> {
        let array: ArrayD<f32> =
            self.reader().by_name(key).unwrap_or_else(|error| panic!("{key}: {error}"));
        array.mapv(f64::from)
    }

    /// An array of 64-bit numbers, in row-major order.
    pub fn array(&self, key: &str) -> Vec<f64> {
        let array: ArrayD<f64> =
            self.reader().by_name(key).unwrap_or_else(|error| panic!("{key}: {error}"));
        array.iter().copied().collect()
    }

    pub fn predictions(&self, mode: &str) -> Vec<f64> {
        self.array(&format!("{mode}.pred"))
    }

    pub fn case(&self, mode: &str, loss: &str) -> Case {
        Case(self.summary["cases"][format!("{mode}.{loss}")].clone())
    }

    /// Names and shapes of the parameters, in their order.
    pub fn layout(&self) -> Vec<(String, Vec<usize>)> {
        let names = self.summary["param_order"].as_array().expect("a list of names");
        let shape = |name: &str| {
            let shape = self.summary["shapes"][name].as_array().expect("a shape");
            shape.iter().map(|axis| axis.as_u64().expect("a length") as usize).collect()
        };
        names
            .iter()
            .map(|name| name.as_str().expect("a name"))
            .map(|name| (name.into(), shape(name)))
            .collect()
    }

    pub fn architecture(&self) -> Architecture {
        match self.name.as_str() {
            "cnn" => Architecture::tiny_cnn(),
            "resnet" => Architecture::Resnet1d,
            "transformer" => Architecture::Transformer1d,
            name => panic!("set A has no network {name}"),
        }
    }

    fn sequences(&self, key: &str) -> Array2<f64> {
        self.singles(key).index_axis_move(Axis(1), 0).into_dimensionality::<Ix2>().expect("24 rows")
    }

    pub fn batch(&self) -> Batch {
        let targets = PositiveArray::new(self.sequences("y").into_dyn()).expect("positive");
        Batch::new(self.sequences("x"), targets).expect("a batch")
    }

    /// `eval` or `train`.
    pub fn normalization(&self, mode: &str) -> Normalization {
        if mode == "train" {
            return Normalization::Train;
        }
        if self.name != "resnet" {
            return Normalization::none();
        }
        let layers = ["b1.bn1", "b1.bn2", "b2.bn1", "b2.bn2", "b3.bn1", "b3.bn2"];
        let of = |layer: &str, what: &str| {
            self.singles(&format!("buffer.{layer}.running_{what}")).iter().copied().collect()
        };
        Normalization::Frozen(
            layers
                .iter()
                .map(|layer| ChannelStatistics {
                    mean: of(layer, "mean"),
                    variance: of(layer, "var"),
                })
                .collect(),
        )
    }

    pub fn objective(&self, loss: Loss, mode: &str, threads: usize) -> Objective {
        let normalization = self.normalization(mode);
        Objective::new(self.architecture(), loss, self.batch(), normalization, threads)
            .expect("an objective")
    }

    /// The positional table of the Transformer.
    pub fn positional_table(&self) -> ArrayD<f64> {
        let table = self.singles("buffer.pe");
        assert_eq!(table.raw_dim(), IxDyn(&[96, 32]));
        table
    }
}

/// The 2-norm of the difference over that of the expected vector.
pub fn relative_error(observed: &[f64], expected: &[f64]) -> f64 {
    assert_eq!(observed.len(), expected.len());
    let difference = observed.iter().zip(expected).map(|(one, other)| (one - other).powi(2));
    let norm: f64 = expected.iter().map(|value| value * value).sum();
    (difference.sum::<f64>() / norm).sqrt()
}
