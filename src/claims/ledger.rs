//! The ledger: all rows, found by their ids.

use super::{Claim, Verdict};
use crate::{Error, Result};

/// A list of claims.
///
/// # Examples
///
/// ```
/// use itakura_saito::claims::{Verdict, ledger};
///
/// let judgement = ledger().judge("C03.1")?;
/// assert!(judgement.stands());
/// assert_eq!(judgement.claim.verdict, Verdict::Holds);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Ledger(Vec<Claim>);

impl Ledger {
    /// A ledger of these rows, right or wrong: [`judge`](Self::judge) tells.
    pub fn new(claims: Vec<Claim>) -> Self {
        Self(claims)
    }

    /// The rows, in order.
    pub fn claims(&self) -> &[Claim] {
        &self.0
    }

    /// The row with this id.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownClaim`], with the ids that come nearest, if there is none.
    pub fn find(&self, id: &str) -> Result<&Claim> {
        let unknown = || Error::UnknownClaim { id: id.to_owned(), nearest: self.nearest(id) };
        self.get(id).ok_or_else(unknown)
    }

    pub(super) fn get(&self, id: &str) -> Option<&Claim> {
        self.0.iter().find(|claim| claim.id == id)
    }

    /// How many rows have this verdict above them; see [`Claim::headline`].
    pub fn count(&self, verdict: Verdict) -> usize {
        self.0.iter().filter(|claim| claim.headline() == verdict).count()
    }

    /// The three known ids with the fewest letters to change; of equals, the earlier ones.
    fn nearest(&self, id: &str) -> Vec<String> {
        let wanted = id.trim().to_ascii_uppercase();
        let mut ids: Vec<&str> = self.0.iter().map(|claim| claim.id).collect();
        ids.sort_by_key(|known| edits(&wanted, known));
        ids.into_iter().take(3).map(str::to_owned).collect()
    }
}

/// How many characters must be inserted, removed or exchanged to turn one text into the other.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, character) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, &other) in to.iter().enumerate() {
            let exchanged = diagonal + usize::from(character != other);
            diagonal = row[column + 1];
            row[column + 1] = exchanged.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::edits;

    #[test]
    fn edits_are_counted_as_by_hand() {
        assert_eq!(edits("C05.4", "C05.4"), 0);
        assert_eq!(edits("5.4", "C05.4"), 2);
        assert_eq!(edits("", "C05.4"), 5);
        assert_eq!(edits("KITTEN", "SITTING"), 3);
    }
}
