//! Adam, by dfdx's arithmetic, on the flat vector of parameters.

use dfdx::dtypes::{Dtype, NotMixedPrecision, Unit};
use dfdx::tensor::{Cpu, Storage, Tensor, TensorFromVec};
use dfdx::tensor_ops::{AdamConfig, WeightDecay};
use num_traits::{AsPrimitive, Float};
use serde::{Deserialize, Serialize};

use crate::divergence::Positive;
use crate::network::Precision;
use crate::{Error, Result};

/// The settings of Adam. [`Adam::default`] is section 17's.
///
/// $$ g \leftarrow g + \lambda\theta,\quad m \leftarrow \beta_1 m + (1-\beta_1) g,\quad
///    v \leftarrow \beta_2 v + (1-\beta_2) g^2,\quad
///    \theta \leftarrow \theta - \eta\\, \frac{m/(1-\beta_1^t)}{\sqrt{v/(1-\beta_2^t)} + \epsilon} $$
///
/// The decay $\lambda$ is added to the gradient (L2), as PyTorch's `Adam` does it, and is not part of the loss.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Adam {
    /// The length of a step, $\eta$.
    pub learning_rate: Positive,
    /// The decay $\lambda$, at least 0.
    pub weight_decay: f64,
    /// The memories $\beta_1$ and $\beta_2$, at least 0 and below 1.
    pub memories: [f64; 2],
    /// The constant $\epsilon$ of the denominator.
    pub denominator: Positive,
}

impl Default for Adam {
    fn default() -> Self {
        let positive = |value| Positive::new(value).expect("a positive constant");
        Self {
            learning_rate: positive(1e-3),
            weight_decay: 1e-4,
            memories: [0.9, 0.999],
            denominator: positive(1e-8),
        }
    }
}

impl Adam {
    /// Checks the settings that the types leave open.
    pub(super) fn check(&self) -> Result<()> {
        let outside = |name, value, upper| {
            let remedy = "section 17 uses a decay of 1e-4 and memories of 0.9 and 0.999";
            Err(Error::OutOfRange { name, value, lower: 0.0, upper, remedy })
        };
        if !(0.0..=f64::MAX).contains(&self.weight_decay) {
            return outside("the weight decay", self.weight_decay, f64::MAX);
        }
        match self.memories.into_iter().find(|memory| !(0.0..1.0).contains(memory)) {
            Some(memory) => outside("a memory of Adam", memory, 1.0),
            None => Ok(()),
        }
    }
}

/// Parameters with the moments of their gradients, in 32 or in 64 bits.
pub(super) enum Optimiser {
    Single(State<f32>),
    Double(State<f64>),
}

impl Optimiser {
    /// Starts from parameters, which it rounds to its precision.
    pub(super) fn new(settings: &Adam, precision: Precision, parameters: &mut [f64]) -> Self {
        match precision {
            Precision::Single => Self::Single(State::new(settings, parameters)),
            Precision::Double => Self::Double(State::new(settings, parameters)),
        }
    }

    /// One step against the gradient; the new parameters are written to `parameters`.
    pub(super) fn step(&mut self, gradient: &[f64], parameters: &mut [f64]) {
        match self {
            Self::Single(state) => state.step(gradient, parameters),
            Self::Double(state) => state.step(gradient, parameters),
        }
    }
}

/// What dfdx's arithmetic needs.
pub(super) struct State<R: Unit> {
    settings: AdamConfig,
    device: Cpu,
    parameters: Tensor<(usize,), R, Cpu>,
    first_moment: <Cpu as Storage<R>>::Vec,
    second_moment: <Cpu as Storage<R>>::Vec,
    steps: i32,
}

impl<R> State<R>
where
    R: Dtype + Float + NotMixedPrecision + AsPrimitive<f64>,
    f64: AsPrimitive<R>,
{
    fn new(settings: &Adam, parameters: &mut [f64]) -> Self {
        let device = Cpu::default();
        let count = parameters.len();
        let zeros = || device.try_alloc_len(count).expect("memory for one vector");
        let (first_moment, second_moment) = (zeros(), zeros());
        let rounded = parameters.iter().map(|parameter| parameter.as_()).collect();
        let state = Self {
            settings: AdamConfig {
                lr: settings.learning_rate.get(),
                betas: settings.memories,
                eps: settings.denominator.get(),
                weight_decay: Some(WeightDecay::L2(settings.weight_decay)),
            },
            parameters: device.tensor_from_vec(rounded, (count,)),
            first_moment,
            second_moment,
            steps: 0,
            device,
        };
        state.write(parameters);
        state
    }

    fn step(&mut self, gradient: &[f64], parameters: &mut [f64]) {
        let mut copy: <Cpu as Storage<R>>::Vec =
            self.device.try_alloc_len(gradient.len()).expect("memory for one vector");
        copy.iter_mut().zip(gradient).for_each(|(place, slope)| *place = slope.as_());
        self.steps += 1;
        let moments = (&mut self.first_moment, &mut self.second_moment);
        self.settings
            .try_update(self.steps, &mut self.parameters, moments.0, moments.1, &copy)
            .expect("the arithmetic of one device cannot fail");
        self.write(parameters);
    }

    fn write(&self, parameters: &mut [f64]) {
        let mut copy = vec![R::zero(); parameters.len()];
        self.parameters.copy_into(&mut copy);
        parameters.iter_mut().zip(copy).for_each(|(place, parameter)| *place = parameter.as_());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The update written out, as PyTorch documents it.
    fn by_hand(settings: &Adam, start: f64, gradients: &[f64]) -> f64 {
        let (mut theta, mut m, mut v) = (start, 0.0, 0.0);
        let [first, second] = settings.memories;
        for (index, gradient) in gradients.iter().enumerate() {
            let g = gradient + settings.weight_decay * theta;
            let t = index as i32 + 1;
            m = first * m + (1.0 - first) * g;
            v = second * v + (1.0 - second) * g * g;
            let (mean, square) = (m / (1.0 - first.powi(t)), v / (1.0 - second.powi(t)));
            theta -= settings.learning_rate.get() * mean / (square.sqrt() + 1e-8);
        }
        theta
    }

    #[test]
    fn steps_are_those_of_the_formula() {
        let settings = Adam::default();
        let gradients = [[0.3, -2.0], [0.1, 1e-9], [-0.7, 4.0], [0.0, 0.0]];
        let mut parameters = vec![1.5, -0.2];
        let mut optimiser = Optimiser::new(&settings, Precision::Double, &mut parameters);
        for gradient in gradients {
            optimiser.step(&gradient, &mut parameters);
        }
        for (index, start) in [1.5, -0.2].into_iter().enumerate() {
            let expected = by_hand(&settings, start, &gradients.map(|gradient| gradient[index]));
            assert!((parameters[index] - expected).abs() < 1e-15, "{parameters:?}");
        }
    }

    #[test]
    fn the_first_step_has_the_length_of_the_learning_rate() {
        let settings = Adam { weight_decay: 0.0, ..Adam::default() };
        let mut parameters = vec![0.0];
        let mut optimiser = Optimiser::new(&settings, Precision::Double, &mut parameters);
        optimiser.step(&[123.0], &mut parameters);
        assert!((parameters[0] + 1e-3).abs() < 1e-12);
    }

    #[test]
    fn parameters_of_32_bits_stay_so_and_near_those_of_64() {
        let settings = Adam::default();
        let (mut single, mut double) = (vec![0.1, -1.0 / 3.0], vec![0.1, -1.0 / 3.0]);
        let mut optimisers = [
            Optimiser::new(&settings, Precision::Single, &mut single),
            Optimiser::new(&settings, Precision::Double, &mut double),
        ];
        assert_eq!(single, [f64::from(0.1_f32), f64::from(-1.0_f32 / 3.0)]);
        for step in 1..20 {
            let gradient = [(step as f64).sin(), 0.01];
            optimisers[0].step(&gradient, &mut single);
            optimisers[1].step(&gradient, &mut double);
        }
        for (one, other) in single.iter().zip(&double) {
            assert_eq!(f64::from(*one as f32), *one);
            assert!(one != other && (one - other).abs() < 1e-6, "{one} {other}");
        }
    }

    #[test]
    fn settings_outside_their_range_are_refused() {
        for weight_decay in [-1e-4, f64::NAN, f64::INFINITY] {
            assert!(Adam { weight_decay, ..Adam::default() }.check().is_err());
        }
        assert!(Adam { memories: [0.9, 1.0], ..Adam::default() }.check().is_err());
        assert!(Adam::default().check().is_ok());
    }
}
