//! Lanczos that is restarted until the wanted eigenpairs have converged.

use ndarray::{Array2, Axis, s};

use super::basis::{Basis, norm};
use super::krylov::{larger, product, random_start};
use super::ritz::rounding_floor;
use crate::operator::{Operator, Symmetric};
use crate::{Error, Result, seed};

/// What to look for: so many of the largest and of the smallest eigenvalues, orthogonal to what is known.
pub(super) struct Search<'a> {
    pub(super) operator: &'a dyn Operator,
    pub(super) known: &'a Basis,
    pub(super) top: usize,
    pub(super) bottom: usize,
    /// In units of the largest eigenvalue.
    pub(super) tolerance: f64,
    pub(super) seed: u64,
}

/// A Ritz value with its vector, and the residual that the recursion says.
pub(super) struct Found {
    pub(super) value: f64,
    pub(super) vector: Vec<f64>,
    pub(super) residual: f64,
}

/// What a search found.
pub(super) struct Outcome {
    /// The top pairs, from the largest down.
    pub(super) top: Vec<Found>,
    /// The bottom pairs, from the smallest up.
    pub(super) bottom: Vec<Found>,
    /// How many products it took.
    pub(super) products: usize,
    /// Whether the products were not enough.
    pub(super) is_cut_short: bool,
    /// The size of the largest Ritz value, wanted or not: the unit of the tolerance.
    pub(super) size: f64,
}

/// How many more vectors than wanted pairs the space holds before a restart, at least.
const ROOM: usize = 30;

/// How many Ritz vectors beyond the wanted ones survive a restart at each end: neighbours of the wanted
/// ones, which would otherwise have to be found again.
const SPARE: usize = 5;

/// How far a mirrored coefficient may be off, in units of the largest image.
const ASYMMETRY: f64 = 1e-7;

/// The space in which the search takes place.
struct Space {
    basis: Basis,
    /// The projection of the operator to the basis.
    projected: Array2<f64>,
    /// The next basis vector times `coupling`.
    image: Vec<f64>,
    coupling: f64,
    /// The largest image of a unit vector so far.
    scale: f64,
    products: usize,
    /// How many random vectors were needed: the first, and one after each invariant subspace.
    starts: u64,
}

impl Search<'_> {
    /// The pairs at both ends. They may be open, or fewer than wanted, if `most_products`, at least one, was not
    /// enough.
    pub(super) fn run(&self, most_products: usize) -> Result<Outcome> {
        let free = self.operator.dim() - self.known.len();
        let (top, bottom) = (self.top.min(free), self.bottom.min(free - self.top.min(free)));
        let size = free.min(2 * (top + bottom) + ROOM);
        let mut space = Space {
            basis: Basis::new(self.operator.dim(), size),
            projected: Array2::zeros((size, size)),
            image: Vec::new(),
            coupling: 0.0,
            scale: 0.0,
            products: 0,
            starts: 0,
        };
        self.begin(&mut space);
        loop {
            // The vector that is added last takes a product too.
            while space.basis.len() < size && space.products + 1 < most_products {
                self.extend(&mut space)?;
            }
            self.multiply(&mut space)?;
            let (values, vectors) = eigenpairs(&space)?;
            let count = values.len();
            let residual = |place: usize| space.coupling * vectors[(count - 1, place)].abs();
            let highest = (0..top.min(count)).map(|place| count - 1 - place);
            let lowest = 0..bottom.min(count - top.min(count));
            let size = values[0].abs().max(values[count - 1].abs());
            let goal = self.tolerance * size;
            let is_open = |place: usize| residual(place) > goal;
            let wanted = highest.clone().chain(lowest.clone());
            let is_open = count < top + bottom || wanted.into_iter().any(is_open);
            if !is_open || count == free || space.products >= most_products {
                let found = |place: usize| Found {
                    value: values[place],
                    vector: space.basis.combination(vectors.column(place).iter().copied()),
                    residual: residual(place),
                };
                let (top, bottom) = (highest.map(found).collect(), lowest.map(found).collect());
                let is_cut_short = is_open && count < free;
                let products = space.products;
                return Ok(Outcome { top, bottom, products, is_cut_short, size });
            }
            self.restart(&mut space, &values, &vectors, top, bottom)?;
        }
    }

    /// Adds a random vector, orthogonal to all others.
    fn begin(&self, space: &mut Space) {
        loop {
            let seed = seed::stream(self.seed, space.starts);
            let mut vector = random_start(self.operator.dim(), seed);
            space.starts += 1;
            let before = norm(&vector);
            self.known.project_out(&mut vector);
            space.basis.project_out(&mut vector);
            let length = norm(&vector);
            // In a space that is nearly exhausted a random vector may lose its digits: try another.
            if length > 1e-6 * before {
                vector.iter_mut().for_each(|entry| *entry /= length);
                self.known.project_out(&mut vector);
                space.basis.project_out(&mut vector);
                let length = norm(&vector);
                space.basis.push_scaled(&vector, length);
                return;
            }
        }
    }

    /// One step: the image of the last vector becomes the next one.
    fn extend(&self, space: &mut Space) -> Result<()> {
        self.multiply(space)?;
        if space.is_invariant() {
            let last = space.basis.len() - 1;
            space.projected[(last + 1, last)] = 0.0;
            self.begin(space);
        } else {
            space.basis.push_scaled(&space.image, space.coupling);
        }
        Ok(())
    }

    /// The image of the last vector: its coefficients, and what is left.
    fn multiply(&self, space: &mut Space) -> Result<()> {
        let last = space.basis.len() - 1;
        space.image.resize(self.operator.dim(), 0.0);
        product(self.operator, space.basis.vector(last), &mut space.image)?;
        space.products += 1;
        space.scale = larger(space.scale, norm(&space.image))?;
        self.known.project_out(&mut space.image);
        let coefficients = space.basis.project_out(&mut space.image);
        self.known.project_out(&mut space.image);
        for (row, &entry) in coefficients[..last].iter().enumerate() {
            let mirrored = space.projected[(last, row)];
            if (entry - mirrored).abs() > ASYMMETRY * space.scale {
                return Err(Error::NotSymmetric { row, column: last, entry, mirrored });
            }
            space.projected[(row, last)] = mirrored;
        }
        space.projected[(last, last)] = coefficients[last];
        space.coupling = norm(&space.image);
        if last + 1 < space.projected.nrows() {
            space.projected[(last + 1, last)] = space.coupling;
        }
        Ok(())
    }

    /// Keeps the Ritz vectors near the wanted ones, and the direction in which the search was going.
    fn restart(
        &self,
        space: &mut Space,
        values: &[f64],
        vectors: &Array2<f64>,
        top: usize,
        bottom: usize,
    ) -> Result<()> {
        let count = values.len();
        let spare = |wanted: usize| if wanted == 0 { 0 } else { wanted + SPARE };
        let (low, high) = (spare(bottom), count - spare(top).min(count - spare(bottom)));
        let kept: Vec<usize> = (0..low).chain(high..count).collect();
        let mut basis = Basis::new(self.operator.dim(), space.projected.nrows());
        let mut projected = Array2::zeros(space.projected.dim());
        for (row, &place) in kept.iter().enumerate() {
            basis.push(&space.basis.combination(vectors.column(place).iter().copied()));
            projected[(row, row)] = values[place];
            projected[(kept.len(), row)] = space.coupling * vectors[(count - 1, place)];
        }
        space.basis = basis;
        space.projected = projected;
        if space.is_invariant() {
            space.projected.index_axis_mut(Axis(0), kept.len()).fill(0.0);
            self.begin(space);
        } else {
            space.basis.push_scaled(&space.image, space.coupling);
        }
        Ok(())
    }
}

impl Space {
    /// Whether the operator does not lead out of it, up to rounding.
    fn is_invariant(&self) -> bool {
        self.coupling <= rounding_floor(self.image.len(), self.scale, f64::EPSILON)
    }
}

/// The eigenpairs of the projected operator, in increasing order.
fn eigenpairs(space: &Space) -> Result<(Vec<f64>, Array2<f64>)> {
    let count = space.basis.len();
    let mut matrix = space.projected.slice(s![..count, ..count]).to_owned();
    for row in 0..count {
        for column in 0..row {
            matrix[(column, row)] = matrix[(row, column)];
        }
    }
    Ok(Symmetric::new(matrix)?.eigenpairs())
}
