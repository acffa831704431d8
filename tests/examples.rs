//! The programs of `examples/`, each run, with what it prints.

use std::cell::RefCell;

thread_local! {
    static PRINTED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// In the place of the standard library's, for the modules below: what an example prints is kept.
macro_rules! println {
    ($($argument:tt)*) => {{
        let line = format!($($argument)*);
        $crate::PRINTED.with_borrow_mut(|text| *text = format!("{text}{line}\n"))
    }};
}

#[path = "../examples/dfdx_tensors.rs"]
mod dfdx_tensors;
#[path = "../examples/field.rs"]
mod field;
#[path = "../examples/figure.rs"]
mod figure;
#[path = "../examples/network_spectrum.rs"]
mod network_spectrum;
#[path = "../examples/own_operator.rs"]
mod own_operator;
#[path = "../examples/training_loop.rs"]
mod training_loop;

/// What an example prints.
fn printed(main: fn() -> itakura_saito::Result<()>) -> String {
    PRINTED.take();
    main().expect("the example ends well");
    PRINTED.take()
}

/// The numbers of a line, in their order.
fn numbers(line: &str) -> Vec<f64> {
    let words = line.split(|letter: char| letter.is_whitespace() || "[](),".contains(letter));
    words.filter_map(|word| word.trim_end_matches(':').parse().ok()).collect()
}

#[test]
fn the_largest_eigenvalues_of_the_ring_are_one_and_a_pair() {
    let text = printed(own_operator::main);
    let values: Vec<f64> = text.lines().map(|line| numbers(line)[0]).collect();
    // 2 - 2 cos(2 pi k / n) for k = n/2 and both its neighbours.
    let pair = 2.0 + 2.0 * (std::f64::consts::TAU / 100.0).cos();
    for (value, exact) in values.iter().zip([4.0, pair, pair]) {
        assert!((value - exact).abs() < 2e-12, "{value} is not {exact}:\n{text}");
    }
    assert_eq!(text.matches("Converged").count(), 3, "{text}");
}

#[test]
fn the_spectrum_of_the_network_agrees_with_its_dense_hessian() {
    use itakura_saito::divergence::{Loss, PositiveArray};
    use itakura_saito::network::*;

    let text = printed(network_spectrum::main);
    let lines: Vec<Vec<f64>> = text.lines().map(numbers).collect();
    let network =
        Architecture::Mlp { window: 5, hidden: vec![6], nonlinearity: Nonlinearity::Gelu };
    let inputs =
        ndarray::Array2::from_shape_fn((4, 32), |at| (0.3 * (at.0 * 32 + at.1) as f64).sin());
    let targets = PositiveArray::new(inputs.mapv(f64::exp).into_dyn()).expect("positive");
    let batch = Batch::new(inputs, targets).expect("a batch");
    let parameters = network.initial_parameters(1);
    let objective = Objective::new(network, Loss::ITAKURA_SAITO, batch, Normalization::none(), 1);
    let hessian = objective.expect("fits").dense_hessian(&parameters).expect("a Hessian");
    let exact = hessian.eigenvalues();
    assert_eq!(lines[0][0], exact.len() as f64);
    let last = exact.len() - 1;
    for (value, exact) in
        [(lines[1][0], exact[last]), (lines[1][1], exact[last - 1]), (lines[2][0], exact[0])]
    {
        assert!((value - exact).abs() < 1e-6, "{value} is not {exact}:\n{text}");
    }
}

#[test]
fn the_training_loop_finds_the_exponential() {
    let text = printed(training_loop::main);
    let losses: Vec<f64> = text.lines().map(|line| numbers(line)[1]).collect();
    assert!(losses.windows(2).all(|pair| pair[1] <= pair[0]), "{text}");
    let [.., a, b] = numbers(text.lines().last().expect("a line"))[..] else {
        panic!("two numbers: {text}")
    };
    assert!((a - 0.1).abs() < 0.01 && (b - 3.0).abs() < 0.1, "{text}");
}

#[test]
fn the_loop_on_tensors_of_dfdx_finds_the_exponential() {
    let text = printed(dfdx_tensors::main);
    let [_, loss, rate, at_zero] = numbers(text.lines().last().expect("a line"))[..] else {
        panic!("four numbers: {text}")
    };
    // The targets double at each step, from a half on.
    assert!((rate - 2f64.ln()).abs() < 1e-3 && (at_zero - 0.5f64.ln()).abs() < 2e-3, "{text}");
    assert!(loss < 1e-5, "{text}");
}

#[test]
fn the_field_that_is_found_is_a_minimum_below_its_target() {
    let text = printed(field::main);
    let [found, of_target] = numbers(text.lines().next().expect("a line"))[..] else {
        panic!("two numbers: {text}")
    };
    assert!(0.0 < found && found < 0.5 * of_target, "{text}");
    let eigenvalue = numbers(text.lines().last().expect("a line"))[0];
    assert!(eigenvalue > 0.0, "{text}");
}

#[test]
fn the_figure_has_its_three_forms() {
    let text = printed(figure::main);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(numbers(lines[0]), [2.0], "{text}");
    assert!(numbers(lines[1])[0] > 1000.0, "{text}");
    assert!(lines[2].contains("rises without limit"), "{text}");
}
