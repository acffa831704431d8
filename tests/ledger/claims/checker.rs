//! The checker, on rows that are wrong on purpose.

use super::*;

const REFUTED: Part =
    Part { about: "The print.", verdict: Verdict::False, basis: Basis::Computed(one_is_not_two) };
const FALSE: Claim = Claim { id: "C01.2", verdict: Verdict::False, parts: &[REFUTED], ..GOOD };

fn one_is_not_two() -> Result<Vec<Evidence>> {
    Ok(vec![Evidence::new("one", 1.0, 1.0).against_claim(2.0, 0.5)])
}

/// The faults of the first of these rows.
fn faults(claims: &[Claim]) -> Vec<Fault> {
    let ledger = Ledger::new(claims.to_vec());
    assess(&ledger, &claims[0], gather(&claims[0])).faults
}

/// The faults of a row with one part, next to a false row.
fn faults_of_part(verdict: Verdict, basis: Basis) -> Vec<Fault> {
    let parts = vec![Part { verdict, basis, ..HOLDS }].leak();
    faults(&[Claim { verdict, parts, ..GOOD }, FALSE])
}

fn faults_of_evidence(verdict: Verdict, evidence: fn() -> Result<Vec<Evidence>>) -> Vec<Fault> {
    faults_of_part(verdict, Basis::Computed(evidence))
}

#[test]
fn good_rows_have_no_fault() {
    assert_eq!(faults(&[GOOD]), []);
    assert_eq!(faults(&[FALSE]), []);
    let reason = Basis::Reason("nobody knows what it means");
    assert_eq!(faults_of_part(Verdict::NotTestable, reason), []);
    assert_eq!(faults_of_part(Verdict::False, Basis::RestsOn(&["C01.2"])), []);
    assert_eq!(faults(&[Claim { verdict: Verdict::Added, ..GOOD }]), []);
    assert_eq!(faults_of_evidence(Verdict::HoldsAfterCorrection, one_is_not_two), []);
}

#[test]
fn a_row_without_parts_evidence_reason_or_references_fails() {
    let headline = Verdict::Holds;
    let without = Fault::HeadlineWithoutPart { headline };
    assert_eq!(faults(&[Claim { parts: &[], ..GOOD }]), [without]);
    let headline = Verdict::Added;
    let without = Fault::HeadlineWithoutPart { headline };
    assert_eq!(faults(&[Claim { parts: &[], verdict: headline, ..GOOD }]), [without]);

    let nothing = [Fault::NoBasis { part: 1 }];
    assert_eq!(faults_of_evidence(Verdict::Holds, || Ok(Vec::new())), nothing);
    assert_eq!(faults_of_part(Verdict::NotTestable, Basis::Reason(" ")), nothing);
    assert_eq!(faults_of_part(Verdict::Holds, Basis::RestsOn(&[])), nothing);
    let lost = assess(&Ledger::new(vec![GOOD]), &GOOD, Vec::new());
    assert_eq!(lost.faults, nothing);
}

#[test]
fn a_reason_is_no_evidence_and_what_is_tested_is_testable() {
    let reason = Basis::Reason("it seems so");
    let verdict = Verdict::Holds;
    let instead = Fault::ReasonInsteadOfEvidence { part: 1, verdict };
    assert_eq!(faults_of_part(verdict, reason), [instead]);
    let tested = [Fault::TestedAnyway { part: 1 }];
    assert_eq!(faults_of_evidence(Verdict::NotTestable, one_is_one), tested);
}

#[test]
fn evidence_that_contradicts_its_verdict_fails() {
    let off = || Ok(vec![Evidence::new("one", 1.001, 1.0)]);
    let disagrees =
        |verdict| matches!(&faults_of_evidence(verdict, off)[0], Fault::Disagrees { .. });
    assert!(
        Verdict::ALL.into_iter().filter(|&verdict| verdict != Verdict::NotTestable).all(disagrees)
    );

    let unknown = || Ok(vec![Evidence::new("one", f64::NAN, 1.0)]);
    let found = faults_of_evidence(Verdict::Holds, unknown);
    assert!(matches!(&found[..], [Fault::Disagrees { observed, .. }] if observed.is_nan()));

    let acquitted = [Fault::NoContradiction { part: 1 }];
    assert_eq!(faults_of_evidence(Verdict::False, one_is_one), acquitted);

    for verdict in [Verdict::Holds, Verdict::Added] {
        let label = "one".to_owned();
        let contradicted = Fault::ContradictedVerdict { part: 1, verdict, label };
        assert_eq!(faults_of_evidence(verdict, one_is_not_two), [contradicted]);
    }
}

#[test]
fn a_contradiction_within_its_margin_or_with_a_margin_within_the_tolerance_fails() {
    fn near() -> Result<Vec<Evidence>> {
        Ok(vec![Evidence::new("one", 1.0, 1.0).against_claim(1.4, 0.5)])
    }
    fn blunt() -> Result<Vec<Evidence>> {
        let tolerance = Tolerance::absolute(1.0, "too large");
        Ok(vec![Evidence::new("one", 1.0, 1.0).within(tolerance).against_claim(2.0, 0.5)])
    }
    fn unknown() -> Result<Vec<Evidence>> {
        Ok(vec![Evidence::new("one", 1.0, 1.0).against_print(f64::NAN, 0.5)])
    }
    for evidence in [near, blunt, unknown] {
        let found = faults_of_evidence(Verdict::False, evidence);
        assert!(matches!(&found[..], [Fault::NotContradicted { .. }]), "{found:?}");
    }
}

#[test]
fn evidence_that_cannot_be_computed_or_told_apart_fails() {
    let error = Error::Empty { name: "a sample", remedy: "give one" };
    let failing = || Err(Error::Empty { name: "a sample", remedy: "give one" });
    let not_computed = Fault::NotComputed { part: 1, error };
    assert_eq!(faults_of_evidence(Verdict::Holds, failing), [not_computed]);

    let label = "one".to_owned();
    let twice = faults(&[Claim { parts: &[HOLDS, HOLDS], ..GOOD }]);
    assert_eq!(twice, [Fault::AmbiguousLabel { part: 2, label }]);
    let nameless = || Ok(vec![Evidence::new("", 1.0, 1.0)]);
    let found = faults_of_evidence(Verdict::Holds, nameless);
    assert!(matches!(&found[..], [Fault::AmbiguousLabel { part: 1, .. }]));
}

#[test]
fn a_headline_that_no_part_has_fails() {
    let headline = Verdict::False;
    let without = Fault::HeadlineWithoutPart { headline };
    assert_eq!(faults(&[Claim { verdict: headline, ..GOOD }]), [without]);
}

#[test]
fn ids_are_well_formed_and_unique() {
    assert_eq!(faults(&[GOOD, GOOD]), [Fault::DuplicateId]);
    for id in [
        "", "C1.1", "c01.1", "C01", "C01.", "C01.01", "C001.1", "C01.1b", "01.1", "C0a.1", "C01.1 ",
    ] {
        assert_eq!(faults(&[Claim { id, ..GOOD }]), [Fault::MalformedId], "{id}");
    }
    assert_eq!(faults(&[Claim { id: "C17.0", ..GOOD }]), []);
}

#[test]
fn missing_texts_and_unknown_notebooks_fail() {
    let rows = [
        Claim { place: "", ..GOOD },
        Claim { statement: " ", ..GOOD },
        Claim { correct: "", ..GOOD },
        Claim { brief: "", ..GOOD },
        Claim { finding: " ", ..GOOD },
        Claim { cell: "", ..GOOD },
        Claim { amendment: Some(Amendment { fails: "", edit: "Add it." }), ..GOOD },
        Claim { amendment: Some(Amendment { fails: "that it is", edit: " " }), ..GOOD },
        Claim { parts: &[Part { about: "", ..HOLDS }], ..GOOD },
    ];
    for row in rows {
        assert!(matches!(&faults(&[row])[..], [Fault::Unwritten { .. }]), "{row:?}");
    }
    let brief = "One is one, and so is every other number that is neither more nor less";
    let length = brief.len();
    assert_eq!(faults(&[Claim { brief, ..GOOD }]), [Fault::LongBrief { length }]);
    let notebook = "99_nowhere";
    assert_eq!(faults(&[Claim { notebook, ..GOOD }]), [Fault::UnknownNotebook { notebook }]);
}

#[test]
fn references_to_other_rows_exist_fit_and_lead_to_evidence() {
    let unknown = faults_of_part(Verdict::False, Basis::RestsOn(&["C01.2", "C01.3"]));
    assert_eq!(unknown, [Fault::RestsOnUnknown { part: 1, id: "C01.3" }]);

    let itself = faults_of_part(Verdict::HoldsAfterCorrection, Basis::RestsOn(&["C01.1"]));
    assert_eq!(itself, [Fault::RestsOnItself { part: 1 }]);

    const BACK: Part = Part { basis: Basis::RestsOn(&["C01.1"]), ..REFUTED };
    const FORTH: Part = Part { basis: Basis::RestsOn(&["C01.2"]), ..REFUTED };
    let first = Claim { verdict: Verdict::False, parts: &[FORTH], ..GOOD };
    let second = Claim { parts: &[BACK], ..FALSE };
    assert_eq!(faults(&[first, second]), [Fault::RestsOnItself { part: 1 }]);
    // A ring that the row only leads into ends, and is the fault of its members.
    let third = Claim { id: "C01.3", parts: &[BACK], ..first };
    assert_eq!(faults(&[third, first, second]), []);

    let verdict = Verdict::Holds;
    let opposite = Fault::RestsOnOpposite { part: 1, verdict };
    assert_eq!(faults_of_part(verdict, Basis::RestsOn(&["C01.2"])), [opposite]);
    let first = Claim { parts: &[BACK], id: "C01.2", verdict: Verdict::False, ..GOOD };
    let opposite = Fault::RestsOnOpposite { part: 1, verdict: Verdict::False };
    assert_eq!(faults(&[first, GOOD]), [opposite]);
}
