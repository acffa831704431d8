//! The data of section 17 against the audit's numbers, and what the recipes promise.

use itakura_saito::dataset::*;
use itakura_saito::divergence::{Positive, PositiveArray};
use itakura_saito::{Error, seed};
use ndarray::{Array3, Axis, array};
use proptest::prelude::*;

fn assert_close(observed: f64, expected: f64, relative: f64) {
    let error = (observed - expected).abs();
    assert!(error <= relative * expected.abs(), "{observed} is not {expected}");
}

// ---- the paper's data

#[test]
fn the_papers_targets_have_the_audited_moments() {
    // A plain sum of 49152 numbers loses a few units of the last place per thousand.
    let data = paper_dataset();
    let targets = data.targets();
    assert_eq!((data.items(), data.channels(), data.length()), (512, 1, 96));
    assert_eq!(targets.minimum().get(), 0.1);
    assert_close(targets.maximum().get(), 1.5772979364246478, 1e-14);
    assert_close(targets.arithmetic_mean().get(), 0.6335528335489716, 1e-13);
    let squares: f64 = targets.iter().map(|y| y.get().powi(-2)).sum();
    assert_close(squares / targets.len() as f64, 16.49488506446797, 1e-13);
}

#[test]
fn single_entries_are_those_of_the_published_arrays() {
    let data = paper_dataset();
    // Read with numpy from the arrays that the author's recipe makes in single precision.
    let inputs = [0.282_432_38_f32, 0.395_469_37, 0.591_832_34];
    for (position, expected) in inputs.into_iter().enumerate() {
        assert_eq!(data.inputs()[[0, 0, position]], f64::from(expected));
    }
    assert_close(data.targets().view()[[0, 0]], 0.44137115, 1e-7);
    assert_close(data.targets().view()[[0, 2]], 0.4796769, 1e-7);
}

#[test]
fn the_papers_split_is_by_position_in_the_list() {
    let (data, split) = (paper_dataset(), paper_split());
    assert_eq!((split.training.items(), split.validation.items()), (435, 77));
    assert_eq!(
        split.validation.inputs().index_axis(Axis(0), 0),
        data.inputs().index_axis(Axis(0), 435)
    );
}

#[test]
fn sequences_are_the_inputs_of_the_only_channel() {
    let data = paper_dataset();
    assert_eq!(data.sequences().unwrap(), data.inputs().index_axis(Axis(1), 0));
    let two = Recipe { items: 3, task: Task::PositionGiven }.generate(1).unwrap();
    assert!(matches!(two.sequences(), Err(Error::OutOfRange { value: 2.0, .. })));
}

// ---- the recipe with a generator of our own

#[test]
fn fresh_items_have_the_distribution_of_the_papers() {
    let (fresh, printed) =
        (Recipe { items: 4000, task: Task::Paper }.generate(1).unwrap(), paper_dataset());
    let means = |data: &Dataset| data.targets().view().mean_axis(Axis(1)).unwrap();
    let spread = means(&printed).std(1.0) / (512f64).sqrt();
    let difference = means(&fresh).mean().unwrap() - means(&printed).mean().unwrap();
    assert!(difference.abs() < 4.0 * spread, "{difference} against a standard error of {spread}");
    let power = |data: &Dataset| data.inputs().mapv(|x| x * x).mean().unwrap();
    assert_close(power(&fresh), power(&printed), 0.05);
}

#[test]
fn the_tasks_share_draws_and_noise() {
    let of = |task| Recipe { items: 5, task }.generate(3).unwrap();
    let (paper, given, added, follows) =
        (of(Task::Paper), of(Task::PositionGiven), of(Task::PositionAdded), of(Task::FollowsInput));
    assert_eq!(given.inputs().index_axis(Axis(1), 0), paper.inputs().index_axis(Axis(1), 0));
    assert_eq!(given.inputs()[[4, 1, 0]], -1.0);
    assert_eq!(given.inputs()[[4, 1, 95]], 1.0);
    assert_close(added.inputs()[[2, 0, 95]] - paper.inputs()[[2, 0, 95]], 1.0, 1e-14);
    assert_eq!(paper.targets(), given.targets());
    assert_eq!(paper.inputs(), follows.inputs());
    assert_ne!(paper.targets(), follows.targets());
}

#[test]
fn the_learnable_targets_follow_from_five_positions_of_the_input() {
    let data = Recipe { items: 200, task: Task::FollowsInput }.generate(5).unwrap();
    let inputs = data.inputs().index_axis(Axis(1), 0).to_owned();
    let mut squared_error = 0.0;
    for item in 0..200 {
        for position in 2..94 {
            let window: f64 =
                (position - 2..=position + 2).map(|near| inputs[[item, near]].powi(2)).sum();
            squared_error += (0.1 + window / 5.0 - data.targets().view()[[item, position]]).powi(2);
        }
    }
    // What is left is the noise on the inputs: 2 x 0.05 / sqrt 5 times |x| of about 0.5, and its square.
    let left = (squared_error / (200.0 * 92.0)).sqrt();
    assert!((0.01..0.04).contains(&left), "{left}");
}

// ---- noise over decades

#[test]
fn noise_keeps_the_mean_and_has_the_stated_variance() {
    let noise = DecadeNoise::Multiplicative { shape: Positive::ONE };
    let recipe = DecadeRecipe { lowest: Positive::new(0.01).unwrap(), decades: 4.0, noise };
    let set = recipe.generate(2000, 2).unwrap();
    let ratios = set.data.targets().view().to_owned() / set.means.view();
    assert!((ratios.mean().unwrap() - 1.0).abs() < 4.0 / 200.0);
    assert_close(ratios.std(1.0), 1.0, 0.05);
    let noise = DecadeNoise::Additive { relative_half_width: 0.9 };
    let set = DecadeRecipe { noise, ..recipe }.generate(2000, 2).unwrap();
    let errors = set.data.targets().view().to_owned() - set.means.view();
    assert_close(errors.std(1.0), 0.009 / 3f64.sqrt(), 0.02);
    assert!(set.data.targets().minimum().get() > 0.0);
}

#[test]
fn noise_of_one_deviation_may_be_wider_than_the_smallest_mean() {
    let deviation = Positive::new(0.25).unwrap();
    let noise = DecadeNoise::Homoscedastic { deviation };
    let recipe = DecadeRecipe { lowest: Positive::new(0.1).unwrap(), decades: 1.2, noise };
    let set = recipe.generate(5000, 3).unwrap();
    assert!(set.data.targets().minimum().get() > 0.0);
    let pairs = || set.data.targets().as_slice().iter().zip(set.means.as_slice());
    // Where the mean is small and where it is large: the errors have the mean zero and one deviation.
    for part in [0.0..0.2, 1.0..2.0] {
        let errors: Vec<f64> =
            pairs().filter(|(_, mean)| part.contains(*mean)).map(|(y, mean)| y - mean).collect();
        let count = errors.len() as f64;
        let mean = errors.iter().sum::<f64>() / count;
        let variance = errors.iter().map(|error| (error - mean).powi(2)).sum::<f64>() / count;
        assert!(count > 1e4 && mean.abs() < 4.0 * 0.25 / count.sqrt(), "{part:?}: {mean}");
        assert_close(variance.sqrt(), 0.25, 0.05);
    }
}

#[test]
fn clipping_raises_the_mean_of_small_targets_and_leaves_the_large_ones() {
    let (deviation, floor) = (Positive::new(0.25).unwrap(), Positive::new(0.01).unwrap());
    let noise = DecadeNoise::Clipped { deviation, floor };
    let recipe = DecadeRecipe { lowest: Positive::new(0.1).unwrap(), decades: 1.2, noise };
    let set = recipe.generate(5000, 3).unwrap();
    assert_eq!(set.data.targets().minimum().get(), 0.01);
    let bias = |part: std::ops::Range<f64>| {
        let pairs = set.data.targets().as_slice().iter().zip(set.means.as_slice());
        let errors: Vec<f64> =
            pairs.filter(|(_, mean)| part.contains(*mean)).map(|(y, mean)| y - mean).collect();
        errors.iter().sum::<f64>() / errors.len() as f64
    };
    // By hand, at the mean 0.1: 0.25 (φ(0.36) - 0.36 (1 - Φ(0.36))).
    assert_close(bias(0.1..0.101), 0.0611, 0.1);
    assert!(bias(1.2..2.0).abs() < 0.01, "{}", bias(1.2..2.0));
}

#[test]
fn the_kinds_of_noise_share_their_inputs() {
    let with = |noise| {
        let recipe = DecadeRecipe { lowest: Positive::ONE, decades: 2.0, noise };
        recipe.generate(10, 7).unwrap().means
    };
    let gamma = with(DecadeNoise::Multiplicative { shape: Positive::ONE });
    assert_eq!(gamma, with(DecadeNoise::Additive { relative_half_width: 0.5 }));
    assert_eq!(gamma, with(DecadeNoise::Homoscedastic { deviation: Positive::ONE }));
}

// ---- splits, batches, seeds

proptest! {
    #[test]
    fn an_epoch_visits_every_item_once(items in 1usize..200, size in 1usize..200, seed: u64, epoch in 0usize..50) {
        prop_assume!(size <= items);
        let batches = epoch_batches(items, size, seed, epoch).unwrap();
        let mut visited: Vec<usize> = batches.concat();
        visited.sort_unstable();
        prop_assert_eq!(visited, (0..items).collect::<Vec<usize>>());
        prop_assert!(batches.iter().rev().skip(1).all(|batch| batch.len() == size));
    }

    #[test]
    fn a_shuffled_split_loses_nothing(count in 1usize..19, seed: u64) {
        let data = Recipe { items: 20, task: Task::Paper }.generate(1).unwrap();
        let split = data.split_shuffled(count, seed).unwrap();
        let sum = |data: &Dataset| data.targets().view().sum();
        prop_assert_eq!(split.training.items(), count);
        prop_assert!((sum(&split.training) + sum(&split.validation) - sum(&data)).abs() < 1e-10);
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_and_another_one_other_numbers() {
    let of = |seed| Recipe { items: 3, task: Task::Paper }.generate(seed).unwrap();
    assert_eq!(of(4), of(4));
    assert_ne!(of(4), of(5));
    assert_ne!(epoch_batches(100, 10, 1, 0).unwrap(), epoch_batches(100, 10, 1, 1).unwrap());
    assert_ne!(permutation(50, seed::stream(1, 0)), permutation(50, seed::stream(1, 1)));
}

// ---- what is refused

#[test]
fn bad_data_are_refused_with_the_value_and_the_remedy() {
    let targets = PositiveArray::try_from(array![[1.0, 2.0]]).unwrap();
    let mut inputs = Array3::zeros((1, 1, 2));
    assert!(Dataset::new(inputs.clone(), targets.clone()).is_ok());
    inputs[[0, 0, 1]] = f64::NAN;
    let refused = Dataset::new(inputs, targets.clone()).unwrap_err();
    assert!(refused.to_string().contains("[0, 0, 1] must be finite"), "{refused}");
    let shapes = Dataset::new(Array3::zeros((2, 1, 2)), targets.clone()).unwrap_err();
    assert!(matches!(shapes, Error::ShapeMismatch { .. }));
    assert!(matches!(Dataset::new(Array3::zeros((1, 0, 2)), targets), Err(Error::Empty { .. })));
    assert!(PositiveArray::try_from(array![[1.0, -2.0]]).is_err());
}

#[test]
fn impossible_parts_are_refused() {
    let data = Recipe { items: 4, task: Task::Paper }.generate(1).unwrap();
    for count in [0, 4, 9] {
        assert!(matches!(data.split_at(count), Err(Error::OutOfRange { .. })), "{count}");
    }
    for size in [0, 5] {
        let refused = epoch_batches(4, size, 1, 0).unwrap_err();
        assert!(refused.to_string().contains("the size of a batch"), "{refused}");
    }
    assert!(data.select(&[]).is_err() && data.select(&[4]).is_err());
    assert!(Recipe { items: 0, task: Task::Paper }.generate(1).is_err());
    let noise = DecadeNoise::Additive { relative_half_width: 1.0 };
    let recipe = DecadeRecipe { lowest: Positive::ONE, decades: 4.0, noise };
    assert!(matches!(recipe.generate(5, 1), Err(Error::OutOfRange { .. })));
    assert!(DecadeRecipe { decades: f64::NAN, ..recipe }.generate(5, 1).is_err());
}
