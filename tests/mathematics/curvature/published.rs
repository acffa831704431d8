//! The known matrix of the audit, under the published algorithm and under ours.

use super::*;

#[test]
fn the_published_algorithm_shows_copies_of_an_eigenvalue_that_stands_once() {
    for (steps, expected) in [(20, 2), (40, 4), (60, 6)] {
        let values = published(steps, Precision::Double).values();
        assert_eq!(copies(&values, 10.0, 1e-3), expected, "{steps} steps");
    }
    for (steps, at_least) in [(20, 2), (40, 5), (60, 8)] {
        let values = published(steps, Precision::Single).values();
        assert!(copies(&values, 10.0, 1e-3) >= at_least, "{steps} steps");
    }
}

#[test]
fn reorthogonalised_there_is_one_copy_in_either_precision() {
    let known = Diagonal::isolated_top(1).unwrap();
    for steps in [1, 5, 10, 20, 40, 60, 100, 200] {
        let run = Lanczos::run(&known, &ones(200), steps).unwrap();
        let expected = usize::from(steps > 4);
        assert_eq!(copies(&run.values(), 10.0, 1e-3), expected, "{steps} steps");
        assert!(run.loss_of_orthogonality() < 1e-14);
    }
    for precision in [Precision::Single, Precision::Double] {
        for steps in [20, 40, 60] {
            let run = PublishedRun::run_repaired(&known, &ones(200), steps, precision).unwrap();
            assert_eq!(copies(&run.values(), 10.0, 1e-3), 1);
            assert!(run.loss_of_orthogonality() < 4.0 * precision.epsilon());
            assert!(run.ritz().iter().all(|ritz| ritz.status != Status::Ghost));
        }
    }
}

#[test]
fn ritz_values_are_the_zeros_of_an_orthogonal_polynomial() {
    // From equal components the Ritz values of k steps are the zeros of the polynomial of degree k that is
    // orthogonal to all of lower degree over the eigenvalues. One of them is the isolated 10; so the others
    // are the zeros for the rest of the eigenvalues, each with the weight (λ - 10)².
    let known = Diagonal::isolated_top(1).unwrap();
    let values = Lanczos::run(&known, &ones(200), 20).unwrap().values();
    assert!((values[0] - 10.0).abs() < 1e-13);
    let (zeros, bulk) = (&values[1..], &known.sorted()[1..]);
    for left_out in 0..zeros.len() {
        let (mut sum, mut sum_of_sizes) = (0.0, 0.0);
        for eigenvalue in bulk {
            let of_the_others: f64 = (0..zeros.len())
                .filter(|&place| place != left_out)
                .map(|place| eigenvalue - zeros[place])
                .product();
            let weighted = ((eigenvalue - 10.0) * of_the_others).powi(2);
            sum += weighted * (eigenvalue - zeros[left_out]);
            sum_of_sizes += weighted * (eigenvalue - zeros[left_out]).abs();
        }
        assert!(sum.abs() < 1e-11 * sum_of_sizes, "{left_out}: {sum:e} {sum_of_sizes:e}");
    }
}

#[test]
fn every_surplus_copy_is_marked_and_nothing_else() {
    for precision in [Precision::Single, Precision::Double] {
        for steps in [10, 20, 30, 40, 50, 60] {
            let run = published(steps, precision);
            let kept = |ritz: &&RitzValue| ritz.status != Status::Ghost;
            let above = run.ritz().iter().filter(kept).filter(|ritz| ritz.value > 0.81).count();
            assert_eq!(above, 1, "{precision}, {steps} steps");
            let bulk = run.ritz().iter().filter(|ritz| ritz.value < 0.81);
            assert!(bulk.clone().all(|ritz| ritz.status != Status::Ghost), "{precision} {steps}");
        }
    }
}

#[test]
fn a_copy_on_its_way_is_found_by_the_smaller_matrix() {
    let run = published(20, Precision::Single);
    let epsilon = run.precision().epsilon();
    let shared = cullum_willoughby(run.tridiagonal(), &run.values(), epsilon).unwrap();
    let between = |value: f64| (1.0..9.9).contains(&value);
    let on_its_way: Vec<usize> = (0..20).filter(|&i| between(run.values()[i])).collect();
    assert_eq!(on_its_way.len(), 1, "{:?}", run.values());
    assert!(shared[on_its_way[0]]);
}

#[test]
fn orthogonality_is_lost_entirely_or_not_at_all() {
    assert!(published(20, Precision::Single).loss_of_orthogonality() > 0.5);
    assert!(published(20, Precision::Double).loss_of_orthogonality() > 0.5);
    // Before the first pair converges nothing has happened yet.
    assert!(published(5, Precision::Double).loss_of_orthogonality() < 1e-8);
}

#[test]
fn the_forecast_counts_the_copies() {
    let forecast = CopyForecast::new(10.0, 0.8, -0.2, f64::EPSILON).unwrap();
    assert!((forecast.growth - 38.774209661299736).abs() < 1e-12);
    assert!((forecast.steps_per_copy - 9.8540).abs() < 5e-5);
    let single = CopyForecast::new(10.0, 0.8, -0.2, f64::from(f32::EPSILON)).unwrap();
    assert!((single.steps_per_copy - 4.3585).abs() < 5e-5);
    for steps in [20, 40, 60, 80] {
        let found = copies(&published(steps, Precision::Double).values(), 10.0, 1e-3) as f64;
        assert!((found - steps as f64 / forecast.steps_per_copy).abs() <= 1.0, "{steps} steps");
    }
}

#[test]
fn one_start_vector_sees_a_multiple_eigenvalue_once_and_the_audit_all_of_it() {
    let known = Diagonal::isolated_top(3).unwrap();
    let run = Lanczos::run(&known, &ones(200), 60).unwrap();
    assert_eq!(copies(&run.values(), 10.0, 1e-3), 1);
    let spectrum = eigenvalues_at_the_ends(&known, &Ends::new(5, 2)).unwrap();
    assert_eq!(copies(&spectrum.top_values(), 10.0, 1e-9), 3);
    assert!((spectrum.top[3].value - 0.8).abs() < 1e-12);
    assert!(spectrum.is_converged());
}

#[test]
fn twenty_ritz_values_are_not_the_twenty_largest_eigenvalues() {
    let known = Diagonal::isolated_top(1).unwrap();
    let exact = known.sorted();
    let ritz = Lanczos::run(&known, &ones(200), 20).unwrap().values();
    let hits = ritz.iter().filter(|value| copies(&exact, **value, 1e-6) > 0).count();
    assert_eq!(hits, 1);
    let top = eigenvalues_at_the_ends(&known, &Ends::new(20, 0)).unwrap();
    for (found, expected) in top.top_values().iter().zip(&exact) {
        assert!((found - expected).abs() < 1e-11);
    }
    assert!((top.top[19].value - 0.709_090_909_1).abs() < 1e-10);
    // Nothing is missing above the last one, and this is a proof.
    let dense = Symmetric::new(Array2::from_diag(&Array1::from(exact))).unwrap();
    let last = &top.top[19];
    assert_eq!(inertia(&dense, last.value - 1e-9).unwrap().above, 20);
}
