//! The rows at a glance: how many of each section stand, stand corrected, fall, or are open.

use super::{Rows, SECTIONS, Verdict};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Role, Series};

/// What a reader may do with a statement, the verdicts that say so, and how it is drawn.
const STANDINGS: [(&str, &[Verdict], Role); 4] = [
    ("stands", &[Verdict::Holds], Role::Corrected),
    (
        "stands corrected",
        &[Verdict::HoldsUnderAssumptions, Verdict::HoldsAfterCorrection],
        Role::Bound,
    ),
    ("falls", &[Verdict::False], Role::AsPrinted),
    ("is open", &[Verdict::NotTestable], Role::Plain),
];

impl Rows {
    /// How many of the paper's statements stand, stand corrected, fall or are open, section by section. Added
    /// facts are none of its statements.
    ///
    /// # Errors
    ///
    /// None that the rows lead to.
    pub fn figure(&self) -> Result<Figure> {
        let names = SECTIONS.map(|(_, name)| name);
        let places: Vec<f64> = (0..names.len()).map(|place| place as f64).collect();
        let mut panel =
            Panel::new(Axis::categories("section", &names), Axis::counting("statements"));
        let mut counts = Vec::new();
        for (name, verdicts, role) in STANDINGS {
            let fits = |section: &str| {
                let claims = self.claims().iter().filter(|claim| claim.section() == section);
                claims.filter(|claim| verdicts.contains(&claim.headline())).count()
            };
            let of_sections: Vec<f64> = names.iter().map(|section| fits(section) as f64).collect();
            counts.push(of_sections.iter().sum::<f64>());
            panel = panel.series(Series::bars(name, &places, &of_sections).role(role));
        }
        let finding = format!(
            "Of the statements, {} stand as printed, {} stand corrected, {} fall, and {} are open.",
            counts[0], counts[1], counts[2], counts[3]
        );
        Figure::builder("How much of each section stands?", &finding)
            .source("the ledger")
            .panel(panel)
            .build()
    }
}
