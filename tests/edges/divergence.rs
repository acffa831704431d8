//! Losses behind a link where the target lies far below the prediction.

use super::assert_close;
use itakura_saito::divergence::{Divergence, FDivergence, Link, Positive, through_link};

/// A divergence behind a link, target and prediction, and the second derivative in the output.
type Row = (Divergence, Link, f64, f64, f64);

fn beta(exponent: f64) -> Divergence {
    Divergence::beta(exponent).expect("an exponent in the range")
}

#[test]
fn the_curvature_behind_a_link_keeps_its_digits_far_below_the_prediction() {
    // diff(d(y, f(z)), z, 2) at 80 digits.
    let rows: Vec<Row> = vec![
        (Divergence::ItakuraSaito, Link::Exponential, 1e-12, 1.0, 9.9999999999999998e-13),
        (Divergence::ItakuraSaito, Link::Exponential, 1e-20, 0.01, 9.9999999999999992e-19),
        (Divergence::ItakuraSaito, Link::Exponential, 1e-09, 30.0, 3.3333333333333335e-11),
        (Divergence::ItakuraSaito, Link::Softplus, 1e-12, 1.0, -0.16703224295833181),
        (Divergence::ItakuraSaito, Link::Softplus, 1e-20, 0.01, -0.0049420399506755938),
        (Divergence::ItakuraSaito, Link::Softplus, 1e-09, 30.0, -0.0011111111110337099),
        (Divergence::ReversedItakuraSaito, Link::Exponential, 1e-12, 1.0, 1000000000000.0),
        (Divergence::ReversedItakuraSaito, Link::Exponential, 1e-20, 0.01, 1.0000000000000001e+18),
        (Divergence::ReversedItakuraSaito, Link::Exponential, 1e-09, 30.0, 29999999999.999998),
        (Divergence::ReversedItakuraSaito, Link::Softplus, 1e-12, 1.0, 232544157934.99667),
        (Divergence::ReversedItakuraSaito, Link::Softplus, 1e-20, 0.01, 9.8511604424127521e+17),
        (Divergence::ReversedItakuraSaito, Link::Softplus, 1e-09, 30.0, 0.0012046873407961769),
        (Divergence::KULLBACK_LEIBLER, Link::Exponential, 1e-12, 1.0, 1.0),
        (Divergence::KULLBACK_LEIBLER, Link::Exponential, 1e-20, 0.01, 0.01),
        (Divergence::KULLBACK_LEIBLER, Link::Exponential, 1e-09, 30.0, 30.0),
        (Divergence::KULLBACK_LEIBLER, Link::Softplus, 1e-12, 1.0, 0.23254415793499666),
        (Divergence::KULLBACK_LEIBLER, Link::Softplus, 1e-20, 0.01, 0.0098511604424127516),
        (Divergence::KULLBACK_LEIBLER, Link::Softplus, 1e-09, 30.0, 1.204687340796177e-12),
        (Divergence::SQUARED_ERROR, Link::Exponential, 1e-12, 1.0, 1.999999999999),
        (Divergence::SQUARED_ERROR, Link::Exponential, 1e-20, 0.01, 0.00020000000000000001),
        (Divergence::SQUARED_ERROR, Link::Exponential, 1e-09, 30.0, 1799.99999997),
        (Divergence::SQUARED_ERROR, Link::Softplus, 1e-12, 1.0, 0.63212055882832513),
        (Divergence::SQUARED_ERROR, Link::Softplus, 1e-20, 0.01, 0.00019751741284332259),
        (Divergence::SQUARED_ERROR, Link::Softplus, 1e-09, 30.0, 1.0000000000026201),
        (beta(0.5), Link::Exponential, 1e-12, 1.0, 0.5000000000005),
        (beta(0.5), Link::Exponential, 1e-20, 0.01, 0.050000000000000001),
        (beta(0.5), Link::Exponential, 1e-09, 30.0, 2.7386127876171177),
        (beta(0.5), Link::Softplus, 1e-12, 1.0, 0.032755957488332426),
        (beta(0.5), Link::Softplus, 1e-20, 0.01, 0.049008700214529978),
        (beta(0.5), Link::Softplus, 1e-09, 30.0, -0.0030429030969289785),
        (beta(-1.5), Link::Exponential, 1e-12, 1.0, -1.4999999999975),
        (beta(-1.5), Link::Exponential, 1e-20, 0.01, -1500.0),
        (beta(-1.5), Link::Exponential, 1e-09, 30.0, -0.009128709291245618),
        (beta(-1.5), Link::Softplus, 1e-12, 1.0, -0.76639684429832452),
        (beta(-1.5), Link::Softplus, 1e-20, 0.01, -1490.0291662386016),
        (beta(-1.5), Link::Softplus, 1e-09, 30.0, -1.6905017206138524e-5),
        (Divergence::Weighted(FDivergence::Hellinger), Link::Exponential, 1e-12, 1.0, 1.999999),
        (
            Divergence::Weighted(FDivergence::Hellinger),
            Link::Exponential,
            1e-20,
            0.01,
            0.01999999999,
        ),
        (
            Divergence::Weighted(FDivergence::Hellinger),
            Link::Exponential,
            1e-09,
            30.0,
            59.999826794919243,
        ),
        (
            Divergence::Weighted(FDivergence::Hellinger),
            Link::Softplus,
            1e-12,
            1.0,
            0.46508825035774428,
        ),
        (
            Divergence::Weighted(FDivergence::Hellinger),
            Link::Softplus,
            1e-20,
            0.01,
            0.019702320875023763,
        ),
        (
            Divergence::Weighted(FDivergence::Hellinger),
            Link::Softplus,
            1e-09,
            30.0,
            1.9245027688121809e-7,
        ),
        (Divergence::Weighted(FDivergence::PearsonChiSquared), Link::Exponential, 1e-12, 1.0, 1.0),
        (
            Divergence::Weighted(FDivergence::PearsonChiSquared),
            Link::Exponential,
            1e-20,
            0.01,
            0.01,
        ),
        (
            Divergence::Weighted(FDivergence::PearsonChiSquared),
            Link::Exponential,
            1e-09,
            30.0,
            30.0,
        ),
        (
            Divergence::Weighted(FDivergence::PearsonChiSquared),
            Link::Softplus,
            1e-12,
            1.0,
            0.23254415793482963,
        ),
        (
            Divergence::Weighted(FDivergence::PearsonChiSquared),
            Link::Softplus,
            1e-20,
            0.01,
            0.0098511604424127516,
        ),
        (
            Divergence::Weighted(FDivergence::PearsonChiSquared),
            Link::Softplus,
            1e-09,
            30.0,
            9.3576229762467064e-14,
        ),
    ];
    for (divergence, link, target, prediction, expected) in rows {
        let [target, prediction] = [target, prediction].map(|it| Positive::new(it).unwrap());
        let loss = through_link(divergence, link, target, prediction).expect("in the range");
        assert_close(loss.hessian, expected, 2e-14);
    }
}
