//! The gallery as a list: each figure of the paper in two forms, with where it stands and how it was made.

use super::*;
use crate::figure::Figure;
use crate::notebook::Bundle;
use crate::{Error, Result};

/// A figure of the paper.
///
/// # Examples
///
/// ```
/// use itakura_saito::gallery::{Exhibit, exhibit};
///
/// let cone: Exhibit = exhibit(4)?;
/// assert!(cone.printed()?.to_text().contains("triangle closes"));
/// assert!(cone.corrected()?.to_text().contains("both open"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Exhibit {
    /// Its number in the paper.
    pub number: usize,
    /// Where it stands there.
    pub place: &'static str,
    /// The notebook and the cells that discuss it: as printed, and corrected.
    pub cells: (&'static str, &'static str, &'static str),
    /// What is known of how the paper made it, and from where we know.
    pub provenance: &'static str,
    /// What the second form changes.
    pub change: &'static str,
    forms: [fn() -> Result<Figure>; 2],
}

impl Exhibit {
    /// The figure as the paper prints it.
    ///
    /// # Errors
    ///
    /// None that its fixed numbers lead to.
    pub fn printed(&self) -> Result<Figure> {
        self.forms[0]()
    }

    /// The figure as it should be; where it is right, what it leaves out.
    ///
    /// # Errors
    ///
    /// None that its fixed numbers lead to.
    pub fn corrected(&self) -> Result<Figure> {
        self.forms[1]()
    }
}

/// The figure of the paper with this number.
///
/// # Errors
///
/// [`Error::UnknownName`] if the paper has none.
pub fn exhibit(number: usize) -> Result<Exhibit> {
    EXHIBITS.into_iter().find(|exhibit| exhibit.number == number).ok_or_else(|| {
        let known = EXHIBITS.map(|exhibit| exhibit.number.to_string()).join(", ");
        Error::UnknownName { what: "figure", name: number.to_string(), known }
    })
}

/// The register of the gallery, to be shown: where each figure stands, which cells discuss it, and what is
/// known of its making.
pub fn gallery_register() -> Bundle {
    let mut text = String::from(
        "| figure | as printed | corrected | how it was made | what changes |\n|---|---|---|---|---|\n",
    );
    for Exhibit {
        number, place, cells: (notebook, printed, corrected), provenance, change, ..
    } in EXHIBITS
    {
        let link = |cell| format!("[{cell}]({notebook}.ipynb#cell-id={cell})");
        text += &format!(
            "| **{number}**, {place} | {} | {} | {provenance} | {change} |\n",
            link(printed),
            link(corrected)
        );
    }
    Bundle::new(
        "Ten figures, each as printed and corrected, with where it stands and how it was made.",
    )
    .with("text/markdown", text.into())
}

/// The ten figures, in their order.
pub const EXHIBITS: [Exhibit; 10] = [
    Exhibit {
        number: 1,
        place: "§4",
        cells: ("03_propagator", "figure-1", "figure-1-corrected"),
        provenance: "Formulas and ranges read off the drawing: 100 distances from 0.1 to 8, mass 0.7.",
        change: "The propagators of a line for those of space.",
        forms: [figure_1, figure_1_corrected],
    },
    Exhibit {
        number: 2,
        place: "§4",
        cells: ("03_propagator", "figure-2", "figure-2-corrected"),
        provenance: "Formulas and ranges read off the drawing: 400 distances from 0.1 to 10, mass 0.5.",
        change: "One, two and three dimensions side by side.",
        forms: [figure_2, figure_2_corrected],
    },
    Exhibit {
        number: 3,
        place: "§6",
        cells: ("05_spectrum", "figure-3", "mass"),
        provenance: "The caption's operator; size and mass read off the drawing: 40 points on a ring, 0.6.",
        change: "Nothing is wrong; the condition number is what it leaves out.",
        forms: [figure_3, figure_3_corrected],
    },
    Exhibit {
        number: 4,
        place: "§10",
        cells: ("08_light_cone", "figure-4", "figure-4-corrected"),
        provenance: "Dots and triangle read off the drawing.",
        change: "The triangle is turned over.",
        forms: [figure_4, figure_4_corrected],
    },
    Exhibit {
        number: 5,
        place: "§10",
        cells: ("10_exponential_tails", "figure-5", "figure-5-corrected"),
        provenance: "The sizes of the dots, which follow the formula of the bound with v = 1.2 and ξ = 1.5.",
        change: "Entries of a kernel's powers for the bound.",
        forms: [figure_5, figure_5_corrected],
    },
    Exhibit {
        number: 6,
        place: "§II bis",
        cells: ("11_renormalization", "printed-figure", "corrected"),
        provenance: "The points read off the drawing, to three decimals.",
        change: "Both directions of the flow, told apart.",
        forms: [figure_6, figure_6_corrected],
    },
    Exhibit {
        number: 7,
        place: "§17",
        cells: ("13_hessian_spectrum", "as-printed", "rows"),
        provenance: "The numbers that the published notebook prints: six lists of twenty (`data/published_figure7.json`).",
        change: "Copies and the other end of the spectrum are marked; notebook 13 has certified spectra.",
        forms: [figure_7_as_printed, figure_7_explained],
    },
    Exhibit {
        number: 8,
        place: "B.4",
        cells: ("05_spectrum", "figure-8", "figure-8-apart"),
        provenance: "Parameters recovered from the drawing (row C20.10): 300 points, four elasticities, 50 bins.",
        change: "The elastic part and what the targets add, apart.",
        forms: [figure_8, figure_8_corrected],
    },
    Exhibit {
        number: 9,
        place: "B.5",
        cells: ("05_spectrum", "figure-9", "figure-9-informative"),
        provenance: "As Figure 8, at the elasticity 0.005.",
        change: "Differences of eigenvalues for counts that coincide.",
        forms: [figure_9, figure_9_corrected],
    },
    Exhibit {
        number: 10,
        place: "B.5",
        cells: ("05_spectrum", "figure-10", "figure-8-apart"),
        provenance: "As Figure 8; steps of 1/300.",
        change: "Nothing is wrong; what the targets add is too small to be seen in it.",
        forms: [figure_10, figure_10_corrected],
    },
];
