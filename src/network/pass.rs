//! One shard of a batch through the network: forward only, or forward and back through the tape.

use dfdx::prelude::{Backward, Cpu};
use dfdx::tensor::OwnedTape;

use super::kernels::Real;
use super::plan::Plan;
use super::planes::{Planes, Rows};
use super::tape::{Field, Parameters, paired};
use crate::Result;

/// A number of whole sequences of a batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shard<'a> {
    pub(super) plan: &'a Plan,
    pub(super) inputs: &'a [f64],
    pub(super) sequences: usize,
    pub(super) length: usize,
}

/// Makes what is pulled back from the predictions of a shard, both by parts.
type ShardCotangent<'a, const P: usize> = &'a dyn Fn(&[Vec<f64>; P]) -> Result<[Vec<f64>; P]>;

impl Shard<'_> {
    fn rows<R: Real>(&self) -> Rows {
        Rows::new((self.sequences, 1, self.length), self.plan.margin(), R::WIDEST)
    }

    fn input<R: Real, const P: usize>(&self, device: &Cpu) -> Field<R, P> {
        let values = std::array::from_fn(|part| if part == 0 { self.inputs } else { &[] });
        Field::new(device, planes::<R, P>(self.rows::<R>(), values))
    }

    /// The predictions, with their derivatives along the directions of the parameters.
    pub(super) fn predict<R: Real, const P: usize>(
        &self,
        parameters: &Parameters<R, P>,
    ) -> [Vec<f64>; P] {
        let input = self.input::<R, P>(parameters.tensor.device());
        entries(&self.plan.run(&mut None, input, parameters).planes)
    }

    /// $J^{\mathsf T} c$, part after part, where `cotangent` makes $c$ from the predictions.
    pub(super) fn pull_back<R: Real, const P: usize>(
        &self,
        parameters: &Parameters<R, P>,
        cotangent: ShardCotangent<'_, P>,
    ) -> Result<Vec<f64>> {
        let input = self.input::<R, P>(parameters.tensor.device());
        let mut record = Some(OwnedTape::default());
        let prediction = self.plan.run(&mut record, input, parameters);
        let cotangent = cotangent(&entries(&prediction.planes))?;
        let cotangent = cotangent.each_ref().map(Vec::as_slice);
        let cotangent = planes::<R, P>(self.rows::<R>(), cotangent);
        let tape = record.expect("layers leave it in its place");
        let mut gradients = paired(tape, prediction, cotangent).backward();
        let gradient = gradients.get_or_alloc_mut(&parameters.tensor);
        let gradient = gradient.expect("dfdx asks the system's allocator only");
        Ok(R::doubles(std::mem::take(&mut **gradient)))
    }
}

/// One channel, from its entries by parts; a part without entries is zero.
fn planes<R: Real, const P: usize>(rows: Rows, entries: [&[f64]; P]) -> Planes<R, P> {
    let mut planes = Planes::zeros(rows);
    for (part, entries) in entries.into_iter().enumerate() {
        let places = planes.part_mut(part).chunks_exact_mut(rows.stride());
        for (row, entries) in places.zip(entries.chunks_exact(rows.length)) {
            let row = &mut row[rows.margin..rows.margin + rows.length];
            row.iter_mut().zip(entries).for_each(|(place, &entry)| *place = R::of(entry));
        }
    }
    planes.find_active();
    planes
}

/// The entries of one channel, by parts.
fn entries<R: Real, const P: usize>(planes: &Planes<R, P>) -> [Vec<f64>; P] {
    std::array::from_fn(|part| {
        let rows = (0..planes.rows.sequences).flat_map(|sequence| planes.row(part, sequence, 0));
        rows.map(|value| value.double()).collect()
    })
}
