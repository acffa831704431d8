//! Figures, and the lists that the paper prints.

use super::*;

#[test]
fn a_spectrum_and_a_density_can_be_drawn() {
    let known = Diagonal::isolated_top(2).unwrap();
    let spectrum = eigenvalues_at_the_ends(&known, &Ends::new(3, 2)).unwrap();
    let figure = spectrum.figure().unwrap();
    assert!(figure.to_svg().contains("certified") && figure.to_text().contains("products"));
    let density = SpectralDensity::estimate(&known, 5, 20, 1).unwrap();
    assert!(density.figure(0.05).unwrap().to_text().contains("below zero"));
    assert!(message(density.figure(0.0)).contains("width"));
}

// The printed lists.

#[test]
fn the_printed_rows_are_those_of_the_audit() {
    let printed = printed_spectra();
    let rows: Vec<Vec<(f64, usize)>> = printed.iter().map(PrintedSpectrum::rows).collect();
    assert_eq!(rows[0], [(1.08619, 4)]);
    assert_eq!(rows[1], [(1.53907, 3)]);
    assert_eq!(rows[2], [(48.833, 3)]);
    assert_eq!(rows[3], [(290.946, 4), (135.745, 2), (94.1933, 2)]);
    assert_eq!(rows[4], [(24.1978, 3), (9.58283, 2)]);
    assert_eq!(rows[5], [(57.4816, 4), (9.55035, 2)]);
    for spectrum in &printed {
        assert_eq!(spectrum.values.len(), 20);
        assert!(spectrum.values.is_sorted_by(|one, other| one >= other));
        assert!(spectrum.values[19] < 0.0);
    }
}

#[test]
fn the_printed_rows_are_as_long_as_the_forecast_says() {
    let printed = printed_spectra();
    for (place, expected) in [(0, 6.85), (1, 6.61), (3, 8.65), (5, 5.37)] {
        let steps = printed[place].forecast().unwrap().steps_per_copy;
        assert!((steps - expected).abs() < 0.01, "{}: {steps}", printed[place].name());
        let copies = printed[place].rows()[0].1 as f64;
        // At least the forecast, and at most as many as a product of still lower precision gives.
        assert!((copies - 20.0 / steps).abs() < 2.0, "{}", printed[place].name());
    }
}

#[test]
fn the_study_counts_what_single_runs_count() {
    let known = Diagonal::isolated_top(1).unwrap();
    let study = CopyStudy::run(&known, &ones(200), &[20, 40, 60]).unwrap();
    assert_eq!(study.copies_in_double(), [2, 4, 6]);
    for (place, steps) in [20, 40, 60].into_iter().enumerate() {
        let values = published(steps, Precision::Single).values();
        assert_eq!(study.copies_in_single()[place], copies(&values, 10.0, 1e-3));
    }
    let forecasts = [Precision::Single, Precision::Double]
        .map(|precision| CopyForecast::new(10.0, 0.8, -0.2, precision.epsilon()).unwrap());
    assert!(study.figure().unwrap().to_text().contains("once with"));
    assert!(study.count_figure(forecasts[0], forecasts[1]).unwrap().to_text().contains("9.9"));
    assert!(message(CopyStudy::run(&known, &ones(200), &[])).contains("at least 1"));
    assert!(message(CopyStudy::run(&known, &ones(200), &[5, 300])).contains("300"));
}
