//! A choice of rows: what a reader asks the ledger for.

use super::{Card, Claim, Judgement, Ledger, NOTEBOOKS, SECTIONS, Verdict, table};
use crate::notebook::{Bundle, Show};
use crate::{Error, Result};

/// Some rows of the ledger, to be narrowed down and shown as a table.
///
/// Nothing is computed before they are shown or judged, and then only for the rows that are left.
///
/// # Examples
///
/// ```
/// use itakura_saito::claims::{Rows, Verdict, ledger};
/// use itakura_saito::notebook::show;
///
/// let refuted: Rows = ledger().rows().section("4")?.verdict(Verdict::False);
/// assert_eq!(refuted.count(), 4);
/// show(&refuted.notebook("03")?);
///
/// let unknown = ledger().rows().section("21").unwrap_err();
/// assert!(unknown.to_string().contains("II bis"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Rows {
    ledger: Ledger,
    chosen: Vec<Claim>,
}

impl Ledger {
    /// All rows, to be narrowed down and shown.
    pub fn rows(&self) -> Rows {
        Rows { ledger: self.clone(), chosen: self.claims().to_vec() }
    }
}

impl Rows {
    /// Those of a section, by its name in the paper: 1 to 14, II bis, 16, 17, A or B. The abstract is with
    /// section 1, and section 15 with 16.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownName`] if the paper has no such section, or none of its statements is in the ledger.
    pub fn section(&self, name: &str) -> Result<Self> {
        let names = SECTIONS.map(|(_, name)| name);
        if !names.contains(&name) {
            return Err(unknown("section", name, &names));
        }
        Ok(self.only(|claim| claim.section() == name))
    }

    /// Those with this verdict above them; see [`Claim::headline`].
    pub fn verdict(&self, verdict: Verdict) -> Self {
        self.only(|claim| claim.headline() == verdict)
    }

    /// Those that a notebook shows, by its number, such as 03, or the name of its file.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownName`] if there is no such notebook.
    pub fn notebook(&self, name: &str) -> Result<Self> {
        let known = NOTEBOOKS
            .into_iter()
            .find(|known| *known == name || known.split('_').next() == Some(name));
        let known = known.ok_or_else(|| unknown("notebook", name, &NOTEBOOKS))?;
        Ok(self.only(|claim| claim.notebook == known))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.chosen.len()
    }

    /// The rows.
    pub fn claims(&self) -> &[Claim] {
        &self.chosen
    }

    /// The rows with their evidence, computed now.
    pub fn judge(&self) -> Vec<Judgement> {
        let judge = |claim: &Claim| self.ledger.judge(claim.id).expect("a row of this ledger");
        self.chosen.iter().map(judge).collect()
    }

    fn only(&self, keep: impl Fn(&Claim) -> bool) -> Self {
        let chosen = self.chosen.iter().filter(|claim| keep(claim)).copied().collect();
        Self { ledger: self.ledger.clone(), chosen }
    }
}

fn unknown(what: &'static str, name: &str, known: &[&str]) -> Error {
    Error::UnknownName { what, name: name.to_owned(), known: known.join(", ") }
}

/// A table that a browser filters, also where it runs no scripts, and a line of text for each row.
impl Show for Rows {
    fn bundle(&self) -> Bundle {
        let cards: Vec<Card> = self.judge().into_iter().map(Card::new).collect();
        let lines: Vec<String> = cards.iter().map(Card::line).collect();
        let text = match lines.is_empty() {
            true => "No row of the ledger is like that.".to_owned(),
            false => lines.join("\n"),
        };
        Bundle::new(&text).with("text/html", table::page(&cards).into())
    }
}
