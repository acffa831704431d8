//! A loss behind a link.

use super::*;

proptest! {
    #[test]
    fn through_the_exponential_link_the_hessian_is_one_at_every_target(y in number(100.0)) {
        let loss = through_link(Divergence::ItakuraSaito, Link::Exponential, y, y).unwrap();
        prop_assert_eq!(loss.hessian, 1.0);
        prop_assert_eq!(loss.gradient, 0.0);
    }

    #[test]
    fn through_a_link_derivatives_are_those_of_the_composed_loss(
        divergence in any_divergence(), y in number(0.5), f in number(0.5),
        link in proptest::sample::select(Link::ALL.to_vec()),
    ) {
        let loss = through_link(divergence, link, y, f).unwrap();
        let (output, step) = (link.output(f), 1e-3 * f.get().min(1.0));
        let at = |multiple: f64| {
            let prediction = link.prediction(output + multiple * step).unwrap();
            through_link(divergence, link, y, prediction).unwrap()
        };
        let [a, b, c, d] = [-2.0, -1.0, 1.0, 2.0].map(at);
        let slope = (8.0 * (c.value - b.value) - (d.value - a.value)) / (12.0 * step);
        let bend = (8.0 * (c.gradient - b.gradient) - (d.gradient - a.gradient)) / (12.0 * step);
        let scale = 1e-3 / step;
        let size = loss.value + loss.gradient.abs() + loss.hessian.abs()
            + divergence.value(y, positive(0.5 * f.get()));
        prop_assert!((slope - loss.gradient).abs() < FINITE_DIFFERENCE * scale * size);
        prop_assert!((bend - loss.hessian).abs() < FINITE_DIFFERENCE * scale * scale * size);
    }

    #[test]
    fn a_loss_behind_a_link_is_the_loss_of_its_prediction(
        loss in any_loss(), y in number(0.5), f in number(0.5),
        link in proptest::sample::select(Link::ALL.to_vec()),
    ) {
        let (output, step) = (link.output(f), 1e-3 * f.get().min(1.0));
        let at = |multiple: f64| loss.behind(link, y, output + multiple * step).unwrap();
        let [term, a, b, c, d] = [0.0, -2.0, -1.0, 1.0, 2.0].map(at);
        let value = loss.value(y, link.prediction(output).unwrap());
        prop_assert!((term.value - value).abs() <= ROUNDING * (1.0 + value));
        let slope = (8.0 * (c.value - b.value) - (d.value - a.value)) / (12.0 * step);
        let bend = (8.0 * (c.derivative - b.derivative) - (d.derivative - a.derivative)) / (12.0 * step);
        let scale = 1e-3 / step;
        let size = 1.0 + term.value + term.derivative.abs() + term.second_derivative.abs()
            + loss.value(y, positive(0.5 * f.get()));
        prop_assert!((slope - term.derivative).abs() < FINITE_DIFFERENCE * scale * size);
        prop_assert!((bend - term.second_derivative).abs() < FINITE_DIFFERENCE * scale * scale * size);
    }

    #[test]
    fn a_loss_is_the_same_by_every_name(loss in any_loss(), y in number(2.0), f in number(2.0)) {
        prop_assert_eq!(loss.name().parse::<Loss>().unwrap(), loss);
        let stored = serde_json::to_string(&loss).unwrap();
        prop_assert_eq!(serde_json::from_str::<Loss>(&stored).unwrap(), loss);
        let arrays = [sample(&[y.get()]), sample(&[f.get()])];
        prop_assert_eq!(loss.mean(&arrays[0], &arrays[1]).unwrap(), loss.value(y, f));
        let twice = 2.0 * Divergence::SQUARED_ERROR.value(y, f);
        let squares = Loss::MeanSquaredError.value(y, f);
        prop_assert!((squares - twice).abs() <= ROUNDING * twice);
        for (exponent, named) in
            [(0.0, Divergence::ItakuraSaito), (-0.0, Divergence::ItakuraSaito), (1.0, Divergence::KULLBACK_LEIBLER)]
        {
            let member = Divergence::Beta(BetaDivergence::new(exponent).unwrap());
            prop_assert_eq!(member, named);
            prop_assert_eq!(member.to_string(), named.to_string());
            prop_assert_eq!(member.value(y, f).to_bits(), named.value(y, f).to_bits());
            prop_assert_eq!(member.derivative(y, f).to_bits(), named.derivative(y, f).to_bits());
            let second = [member, named].map(|it| it.second_derivative(y, f).to_bits());
            prop_assert_eq!(second[0], second[1]);
        }
    }

    #[test]
    fn a_link_is_inverted_by_its_output(
        f in number(15.0), link in proptest::sample::select(Link::ALL.to_vec()),
    ) {
        let back = link.prediction(link.output(f)).unwrap();
        // A logarithm has an absolute error of the size of its rounding.
        let rounding = 4.0 * f64::EPSILON * (1.0 + f.get().ln().abs());
        prop_assert!((back.get() / f.get() - 1.0).abs() < rounding);
    }
}
