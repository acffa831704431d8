//! The ledger against itself, the checker against rows that are wrong on purpose, and the teeth of both.

mod checker;

use itakura_saito::claims::*;
use itakura_saito::{Error, Result};
use std::path::PathBuf;

/// A row that has no fault.
const GOOD: Claim = Claim {
    id: "C01.1",
    place: "section 1",
    statement: "One is one.",
    verdict: Verdict::Holds,
    correct: "It is.",
    brief: "One is one",
    finding: "It is.",
    notebook: "00_start_here",
    cell: "cards",
    amendment: None,
    parts: &[HOLDS],
};
const HOLDS: Part =
    Part { about: "All of it.", verdict: Verdict::Holds, basis: Basis::Computed(one_is_one) };

fn one_is_one() -> Result<Vec<Evidence>> {
    Ok(vec![Evidence::new("one", 1.0, 1.0)])
}

// The good ledger.

#[test]
fn every_row_stands() {
    for judgement in ledger().judge_all() {
        let Judgement { claim, faults, .. } = judgement;
        assert!(faults.is_empty(), "{}: {faults:#?}", claim.id);
    }
}

#[test]
fn rows_stand_in_the_order_of_their_ids() {
    let key = |claim: &Claim| {
        let (section, number) = claim.id[1..].split_once('.').expect("a dot");
        (section.parse::<u32>().expect("digits"), number.parse::<u32>().expect("digits"))
    };
    let ledger = ledger();
    assert!(ledger.claims().is_sorted_by_key(key));
    let counted: usize = Verdict::ALL.into_iter().map(|verdict| ledger.count(verdict)).sum();
    assert_eq!(counted, ledger.claims().len());
}

#[test]
fn the_same_numbers_on_every_run() {
    let json = || to_json(&ledger().judge_all());
    assert_eq!(json(), json());
}

#[test]
fn what_does_not_hold_as_printed_has_a_hypothesis_that_fails_and_a_smallest_edit() {
    for claim in ledger().claims() {
        let holds = matches!(claim.headline(), Verdict::Holds | Verdict::Added);
        assert_eq!(claim.amendment.is_none(), holds, "{}", claim.id);
        let Some(Amendment { fails, edit }) = claim.amendment else { continue };
        assert!(!fails.ends_with('.') && fails.chars().count() <= 90, "{}: {fails}", claim.id);
        assert!(edit.ends_with('.') && edit.chars().count() <= 150, "{}: {edit}", claim.id);
    }
}

#[test]
fn rows_are_chosen_by_section_verdict_and_notebook_in_any_order() {
    let rows = ledger().rows();
    let ids = |rows: &Rows| rows.claims().iter().map(|claim| claim.id).collect::<Vec<_>>();
    let one_way = rows.section("6").unwrap().notebook("05").unwrap().verdict(Verdict::False);
    let other_way = rows.verdict(Verdict::False).notebook("05_spectrum").unwrap();
    let other_way = other_way.section("6").unwrap();
    assert_eq!(ids(&one_way), ["C06.5", "C06.8"]);
    assert_eq!(ids(&one_way), ids(&other_way));
    let all = |choices: Vec<Rows>| choices.iter().map(Rows::count).sum::<usize>();
    let sections = SECTIONS.map(|(_, name)| rows.section(name).unwrap()).to_vec();
    let notebooks = NOTEBOOKS.map(|name| rows.notebook(name).unwrap()).to_vec();
    assert_eq!(all(sections), rows.count());
    assert_eq!(all(notebooks), rows.count());
    assert_eq!(all(Verdict::ALL.map(|verdict| rows.verdict(verdict)).to_vec()), rows.count());
    for error in [rows.section("04").unwrap_err(), rows.notebook("4").unwrap_err()] {
        assert!(matches!(error, Error::UnknownName { .. }), "{error}");
    }
}

// Teeth: one change at a time, and every one is noticed.

/// The expected value moved by ten tolerances; an exact one by the smallest step there is.
fn moved(evidence: &Evidence, direction: f64) -> f64 {
    match evidence.allowance() {
        0.0 if direction > 0.0 => evidence.expected.next_up(),
        0.0 => evidence.expected.next_down(),
        allowance => evidence.expected + 10.0 * direction * allowance,
    }
}

/// All findings of the ledger with one piece of evidence changed, each with the place of the change.
fn mutations(change: fn(&Evidence) -> Vec<Evidence>) -> Vec<(Claim, Findings, usize, usize)> {
    let mut mutations = Vec::new();
    for claim in ledger().claims() {
        let findings = gather(claim);
        for (part, found) in findings.iter().enumerate() {
            let evidence = found.as_ref().expect("the evidence can be computed");
            for (index, original) in evidence.iter().enumerate() {
                for mutant in change(original) {
                    let mut findings = findings.clone();
                    findings[part].as_mut().expect("it was computed")[index] = mutant;
                    mutations.push((*claim, findings, part, index));
                }
            }
        }
    }
    mutations
}

#[test]
fn a_reference_moved_by_ten_tolerances_is_noticed_in_every_place() {
    let both_ways = |evidence: &Evidence| {
        let with = |expected| Evidence { expected, ..evidence.clone() };
        [-1.0, 1.0].map(|direction| with(moved(evidence, direction))).to_vec()
    };
    let mutations = mutations(both_ways);
    assert!(mutations.len() > 300, "only {} mutations", mutations.len());
    let ledger = ledger();
    for (claim, findings, part, index) in mutations {
        let label = findings[part].as_ref().unwrap()[index].label.clone();
        let judgement = assess(&ledger, &claim, findings);
        let is_noticed = judgement.faults.iter().any(|fault| {
            matches!(fault, Fault::Disagrees { part: found, label: other, .. }
                if *found == part + 1 && *other == label)
        });
        assert!(is_noticed, "{}, {label}: {:?}", claim.id, judgement.faults);
        // The record in the notebook fails as well: the check of the number, and that of the verdict.
        let card = Card::new(judgement);
        let failed = failed_checks(&card);
        let check = format!("{}/{}.{}", claim.id, part + 1, index + 1);
        assert!(failed.contains(&check), "{check} passes: {failed:?}");
        assert!(failed.contains(&format!("{}/verdict", claim.id)));
        // What is wrong is seen without unfolding anything.
        let markdown = card.markdown();
        assert!(
            markdown.contains("NOT borne out") && !markdown.contains("<details>"),
            "{markdown}"
        );
        assert!(matches!(card.verify(), Err(Error::ClaimNotBorneOut { id, .. }) if id == claim.id));
    }
}

#[test]
fn a_printed_value_that_is_right_after_all_is_noticed() {
    let acquitted = |evidence: &Evidence| match evidence.kind {
        Kind::Agrees => Vec::new(),
        Kind::Contradicts { margin, .. } => [0.0, -0.999 * margin, 0.999 * margin]
            .map(|gap| evidence.clone().against_claim(evidence.observed + gap, margin))
            .to_vec(),
    };
    let mutations = mutations(acquitted);
    assert!(!mutations.is_empty());
    let ledger = ledger();
    for (claim, findings, part, index) in mutations {
        let judgement = assess(&ledger, &claim, findings);
        assert!(
            judgement.faults.iter().any(|fault| matches!(fault, Fault::NotContradicted { .. })),
            "{}: {:?}",
            claim.id,
            judgement.faults
        );
        let check = format!("{}/{}.{}/implied", claim.id, part + 1, index + 1);
        assert!(failed_checks(&Card::new(judgement)).contains(&check));
    }
}

#[test]
fn a_recorded_check_moved_by_ten_tolerances_would_fail() {
    for claim in ledger().claims() {
        for check in card(claim.id).unwrap().checks() {
            assert!(check.passed, "{check:?}");
            let (Some(observed), Some(expected)) =
                (check.observed.as_f64(), check.expected.as_f64())
            else {
                assert_eq!(check.observed, check.expected, "{check:?}");
                continue;
            };
            let agrees = |expected: f64| (observed - expected).abs() <= check.tolerance;
            // What is recorded is rounded, and agrees all the same.
            assert!(agrees(expected) || check.tolerance == 0.0, "{check:?}");
            let step = if check.tolerance == 0.0 { 1e-3 } else { 10.0 * check.tolerance };
            assert!(!agrees(expected + step) && !agrees(expected - step), "{check:?}");
        }
    }
}

#[test]
fn a_verdict_turned_over_is_noticed_in_every_part() {
    let ledger = ledger();
    let mut count = 0;
    for claim in ledger.claims() {
        for (index, part) in claim.parts.iter().enumerate() {
            let turned = match part.verdict {
                Verdict::False => Verdict::Holds,
                Verdict::NotTestable => Verdict::Holds,
                _ => Verdict::False,
            };
            // A correction may show what it corrects, and then "false" is a matter of words.
            let shows_both = gather(claim)[index]
                .as_ref()
                .unwrap()
                .iter()
                .any(|found| found.contradicts().is_some());
            if turned == Verdict::False && shows_both {
                continue;
            }
            let mut parts = claim.parts.to_vec();
            parts[index].verdict = turned;
            let claim = Claim { parts: parts.leak(), ..*claim };
            let judgement = assess(&ledger, &claim, gather(&claim));
            assert!(!judgement.stands(), "{} part {} could be {turned}", claim.id, index + 1);
            count += 1;
        }
    }
    assert!(count > 20, "only {count} verdicts were turned over");
}

// What readers see of a row.

#[test]
fn the_headline_is_the_verdict_of_the_worst_part() {
    let part = |verdict| Part { verdict, ..HOLDS };
    let headline =
        |verdict, parts: Vec<Part>| Claim { verdict, parts: parts.leak(), ..GOOD }.headline();
    let all = Verdict::ALL.map(part);
    assert_eq!(headline(Verdict::Holds, all.to_vec()), Verdict::False);
    let without_false = all.into_iter().filter(|part| part.verdict != Verdict::False);
    assert_eq!(headline(Verdict::Holds, without_false.collect()), Verdict::HoldsAfterCorrection);
    assert_eq!(headline(Verdict::Added, all.to_vec()), Verdict::Added);
    // Sections that show an error no longer stand below "holds".
    let ledger = ledger();
    let of = |id: &str| ledger.find(id).unwrap().headline();
    assert_eq!(of("C19.6"), Verdict::HoldsAfterCorrection);
    assert_eq!(of("C19.9"), Verdict::False);
    for claim in ledger.claims().iter().filter(|claim| claim.headline() == Verdict::Holds) {
        let found: Vec<Evidence> = gather(claim).into_iter().flatten().flatten().collect();
        assert!(found.iter().all(|found| found.kind == Kind::Agrees), "{}", claim.id);
    }
}

#[test]
fn the_print_is_told_from_what_a_claim_implies() {
    let judged = ledger().judge_all();
    let kinds = |id: &str| -> Vec<&'static str> {
        let row = judged.iter().find(|judgement| judgement.claim.id == id).unwrap();
        let found = row.findings.iter().flatten().flatten();
        found
            .filter_map(|found| match found.kind {
                Kind::Contradicts { rival, .. } => Some(rival.title()),
                Kind::Agrees => None,
            })
            .collect()
    };
    // A formula of the paper gives the number.
    for id in ["C02.1", "C03.3", "C19.6"] {
        assert!(kinds(id).iter().all(|&title| title == "as printed"), "{id}");
    }
    // The paper prints no such number, and no formula for it.
    for id in ["C02.2", "C05.6", "C17.7", "C17.1", "C20.7"] {
        assert!(!kinds(id).is_empty(), "{id}");
        assert!(kinds(id).iter().all(|&title| title == "if the claim held"), "{id}");
    }
}

#[test]
fn markdown_has_no_raw_html_and_whole_tables() {
    let page = to_markdown(&ledger().judge_all());
    for line in page.lines() {
        let tags = line
            .char_indices()
            .filter(|&(place, sign)| sign == '<' && !line[..place].ends_with('\\'));
        assert_eq!(tags.count(), 0, "{line}");
    }
    // The lines of a table have as many columns as its first.
    let columns = |line: &str| line.replace("\\|", "").matches('|').count();
    let lines: Vec<&str> = page.lines().collect();
    let pairs = lines.windows(2).filter(|pair| pair.iter().all(|line| line.starts_with('|')));
    for pair in pairs {
        assert_eq!(columns(pair[0]), columns(pair[1]), "{pair:?}");
    }
}

#[test]
fn an_unknown_id_is_an_error_that_names_its_neighbours() {
    let Err(Error::UnknownClaim { id, nearest }) = card("C5.4") else { panic!("C5.4 is no row") };
    assert_eq!((id.as_str(), nearest[0].as_str(), nearest.len()), ("C5.4", "C05.4", 3));
    let message = card("c05.44").unwrap_err().to_string();
    assert!(
        message.starts_with("the ledger has no row `c05.44`: the nearest ids are C05.4, "),
        "{message}"
    );
    assert!(matches!(show_cards(&["C02.1", "nothing"]), Err(Error::UnknownClaim { .. })));
}

#[test]
fn a_row_without_numbers_still_records_a_check() {
    let reason = Part {
        verdict: Verdict::NotTestable,
        basis: Basis::Reason("It names no quantity."),
        ..HOLDS
    };
    let claim = Claim { verdict: Verdict::NotTestable, parts: vec![reason].leak(), ..GOOD };
    let ledger = Ledger::new(vec![claim]);
    let card = Card::new(ledger.judge("C01.1").unwrap());
    assert_eq!(card.checks().len(), 1);
    assert_eq!(card.line(), "C01.1 · not testable · One is one · nothing to compute");
}

fn failed_checks(card: &Card) -> Vec<String> {
    let failed = card.checks().into_iter().filter(|check| !check.passed);
    failed.map(|check| check.id).collect()
}

// The generated pages.

#[test]
fn the_generated_pages_are_current() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs");
    let judged = ledger().judge_all();
    let pages = [("claims.md", to_markdown(&judged)), ("claims.json", to_json(&judged))];
    for (name, content) in pages {
        let committed = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(
            committed == content,
            "docs/{name} is out of date: run `cargo run --example claims`"
        );
    }
}
