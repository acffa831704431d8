//! Minima and their certificates.

use super::*;

#[test]
fn minima_over_eight_decades_of_elasticity_have_their_reference_values() {
    let solve = |elasticity| minimum(two_waves(200), elasticity);
    for (elasticity, action, index, field) in [
        (1e-4, 0.003910794348125, 0, 1.431018243089),
        (1e-3, 0.02641552992467, 75, 0.5794613804876),
        (1e-2, 0.07798013786881, 0, 1.459943436289),
        (1e4, 0.1053604609265, 0, 1.250000681428),
    ] {
        let minimum = solve(elasticity);
        close(minimum.action, action, 1e-12);
        close(minimum.field.as_slice()[index], field, 1e-11);
    }
    close(solve(1e-2).field.as_slice()[75], 1.060871308756, 1e-11);
    close(solve(1.0).action, 0.1048221275254, 1e-12);
    close(solve(1e4).field.arithmetic_mean().get(), 1.25, 1e-6);
}

#[test]
fn from_two_starts_there_are_two_strict_minima() {
    let action = Action::neumann(gap(400), 0.02).unwrap();
    let near = action.minimise().unwrap();
    let far = action.minimise_from(&constant(400, 1.0)).unwrap();
    for (minimum, value, middle, lowest) in [
        (&near, 0.308026747997, 0.0208097529905, 2.235110461),
        (&far, 0.276916591026, 0.667668561618, 1.197338877),
    ] {
        close(minimum.action, value, 5e-12);
        close(minimum.field.as_slice()[200], middle, 5e-12);
        close(minimum.certificate.smallest_eigenvalue, lowest, 1e-9);
    }
    let ratio = far.field.as_slice()[200] / 0.02;
    assert!(ratio > 2.0, "the second minimum is where the divergence is concave");
}

#[test]
fn the_two_minima_are_no_effect_of_the_grid() {
    let action = Action::neumann(gap(1600), 0.02).unwrap();
    close(action.minimise().unwrap().action, 0.308149223136, 2e-12);
    close(action.minimise_from(&constant(1600, 1.0)).unwrap().action, 0.276919724995, 2e-12);
}

#[test]
fn on_a_long_chain_the_certificate_agrees_with_all_eigenvalues() {
    for action in [
        Action::neumann(half_wave(8200), 1e-4).unwrap(),
        Action::dirichlet(two_waves(8193), 1e-2, 5.0).unwrap(),
    ] {
        let minimum = action.minimise().unwrap();
        let certificate = minimum.certificate;
        let eigenvalues = action.hessian(&minimum.field).unwrap().eigenvalues();
        let largest = eigenvalues[eigenvalues.len() - 1];
        let gap = certificate.smallest_eigenvalue - eigenvalues[0];
        // The iteration for all of them rounds relative to the largest.
        assert!(gap.abs() <= certificate.eigenvalue_error + 40.0 * f64::EPSILON * largest, "{gap}");
        assert!(certificate.eigenvalue_error < 1e-6 * eigenvalues[0], "{certificate:?}");
    }
}

#[test]
fn the_certificate_agrees_with_a_dense_eigenvalue() {
    for action in [
        Action::neumann(half_wave(40), 0.01).unwrap(),
        Action::dirichlet(half_wave(40), 0.01, 0.3).unwrap(),
        Action::neumann(half_wave(40), 0.0).unwrap(),
        Action::dirichlet(two_waves(40), 1e4, 5.0).unwrap(),
    ] {
        let minimum = action.minimise().unwrap();
        let certificate = minimum.certificate;
        let hessian = action.hessian(&minimum.field).unwrap();
        let identity = |column: usize| {
            let mut unit = vec![0.0; 40];
            unit[column] = 1.0;
            hessian.applied(&unit)
        };
        let columns: Vec<Vec<f64>> = (0..40).map(identity).collect();
        let dense =
            Symmetric::new(Array2::from_shape_fn((40, 40), |(i, j)| columns[j][i])).unwrap();
        let eigenvalues = dense.eigenvalues();
        // LAPACK-like accuracy: rounding of the largest eigenvalue.
        let rounding = 40.0 * f64::EPSILON * eigenvalues[39];
        let gap = certificate.smallest_eigenvalue - eigenvalues[0];
        assert!(gap.abs() <= certificate.eigenvalue_error + rounding, "{gap} {certificate:?}");
        assert!(certificate.eigenvalue_error < 1e-6 * eigenvalues[0], "{certificate:?}");
        assert!(certificate.gradient <= certificate.rounding_floor && certificate.step <= 1e-12);
    }
}

#[test]
fn fine_grids_are_solved_as_well_as_coarse_ones() {
    let coarse = minimum(two_waves(1000), 0.01);
    let fine = minimum(two_waves(1_000_000), 0.01);
    close(fine.action, coarse.action, 1e-4);
    assert!(fine.certificate.iterations <= coarse.certificate.iterations + 2);
    assert!(fine.certificate.eigenvalue_error < 1e-6, "{:?}", fine.certificate);
}
