//! The data of section 17, and data of our own on which the two losses can be compared.
//!
//! | what | where |
//! |---|---|
//! | the paper's 512 sequences, bit for bit | [`paper_dataset`] |
//! | fresh ones by the same recipe, and variants that can be learnt | [`Recipe`] |
//! | targets with multiplicative or additive noise over several decades | [`DecadeRecipe`] |
//!
//! A [`Dataset`] is checked once and then only cut: into training and validation, and into shuffled batches.
//!
//! ```
//! use itakura_saito::dataset::{Split, paper_split};
//!
//! let split: Split = paper_split();
//! assert_eq!((split.training.items(), split.validation.items()), (435, 77));
//! ```

mod decades;
mod paper;
mod recipe;
mod sequences;
mod shuffle;

pub use decades::{DecadeNoise, DecadeRecipe, DecadeSet};
pub use paper::{PAPER_TRAINING_ITEMS, paper_dataset, paper_split};
pub use recipe::{Recipe, Task};
pub use sequences::{Dataset, Split};
pub use shuffle::{epoch_batches, permutation};
