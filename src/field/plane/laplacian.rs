//! Minus the Laplacian on the points of the square, by its five-point stencil.

use crate::divergence::Positive;
use crate::{Error, Result};

/// What holds on the rim of the square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Rim {
    /// No flux through it: the points are centres of cells.
    Free,
    /// The field has this value on it: the points lie inside, at distance `h` from it.
    Fixed(Positive),
}

/// Minus the five-point Laplacian with a free or a fixed rim.
#[derive(Debug, Clone)]
pub(super) struct Laplacian {
    pub rows: usize,
    pub columns: usize,
    rim: Rim,
    /// The distance between neighbours in a column, and in a row.
    pub spacing: (f64, f64),
}

impl Laplacian {
    pub fn new(rows: usize, columns: usize, rim: Rim) -> Result<Self> {
        for (name, count) in [("the number of rows", rows), ("the number of columns", columns)] {
            if count < 2 {
                let remedy = "a gradient needs two points along each axis";
                return Err(Error::TooFew { name, count, minimum: 2, remedy });
            }
        }
        let spacing = |count: usize| match rim {
            Rim::Free => 1.0 / count as f64,
            Rim::Fixed(_) => 1.0 / (count + 1) as f64,
        };
        Ok(Self { rows, columns, rim, spacing: (spacing(rows), spacing(columns)) })
    }

    pub fn is_free(&self) -> bool {
        self.rim == Rim::Free
    }

    pub fn cell_area(&self) -> f64 {
        self.spacing.0 * self.spacing.1
    }

    /// The largest entry of the diagonal.
    pub fn stiffest(&self) -> f64 {
        2.0 / self.spacing.0.powi(2) + 2.0 / self.spacing.1.powi(2)
    }

    pub fn coordinates(&self) -> (Vec<f64>, Vec<f64>) {
        let first = if self.is_free() { 0.5 } else { 1.0 };
        let along = |count: usize, spacing: f64| {
            (0..count).map(|index| (first + index as f64) * spacing).collect()
        };
        (along(self.rows, self.spacing.0), along(self.columns, self.spacing.1))
    }

    /// The image of a field that vanishes on a fixed rim: the linear map itself.
    pub fn apply(&self, field: &[f64], image: &mut [f64]) {
        self.apply_beside(field, 0.0, image);
    }

    /// The image of a field that has the rim's own value on a fixed rim.
    pub fn apply_with_rim(&self, field: &[f64], image: &mut [f64]) {
        self.apply_beside(field, self.rim_value(), image);
    }

    fn rim_value(&self) -> f64 {
        match self.rim {
            Rim::Free => 0.0,
            Rim::Fixed(value) => value.get(),
        }
    }

    fn apply_beside(&self, field: &[f64], outside: f64, image: &mut [f64]) {
        let (vertical, horizontal) = (self.spacing.0.powi(-2), self.spacing.1.powi(-2));
        let free = self.is_free();
        for row in 0..self.rows {
            let here = &field[row * self.columns..][..self.columns];
            let image = &mut image[row * self.columns..][..self.columns];
            for column in 0..self.columns {
                let value = here[column];
                // Beyond a free rim stands the value itself, so that nothing flows.
                let beyond = if free { value } else { outside };
                let left = if column > 0 { here[column - 1] } else { beyond };
                let right = if column + 1 < self.columns { here[column + 1] } else { beyond };
                let place = row * self.columns + column;
                let above = if row > 0 { field[place - self.columns] } else { beyond };
                let below = if row + 1 < self.rows { field[place + self.columns] } else { beyond };
                image[column] = horizontal * ((value - left) + (value - right))
                    + vertical * ((value - above) + (value - below));
            }
        }
    }

    /// $\int |\nabla f|^2$: the sum over all bonds, those to a fixed rim included.
    pub fn energy(&self, field: &[f64]) -> f64 {
        let (height, width) = self.spacing;
        let rows = field.chunks_exact(self.columns);
        let horizontal: f64 = rows.map(|row| self.chain_energy(row.iter().copied())).sum();
        let column = |column: usize| field.iter().skip(column).step_by(self.columns).copied();
        let vertical: f64 = (0..self.columns).map(|index| self.chain_energy(column(index))).sum();
        horizontal * height / width + vertical * width / height
    }

    /// The squared steps along a row or column.
    fn chain_energy(&self, values: impl Iterator<Item = f64>) -> f64 {
        let mut values = values;
        let first = values.next().expect("at least two points");
        let mut squares = if self.is_free() { 0.0 } else { (first - self.rim_value()).powi(2) };
        let mut last = first;
        for value in values {
            squares += (value - last).powi(2);
            last = value;
        }
        squares + if self.is_free() { 0.0 } else { (last - self.rim_value()).powi(2) }
    }
}
