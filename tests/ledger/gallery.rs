//! The gallery: ten figures, each in two forms, with where it comes from.

use crate::page::pages;
use itakura_saito::Error;
use itakura_saito::gallery::{EXHIBITS, exhibit, gallery_register};

#[test]
fn the_gallery_has_ten_figures_in_both_forms() {
    let numbers: Vec<usize> = EXHIBITS.iter().map(|exhibit| exhibit.number).collect();
    assert_eq!(numbers, (1..=10).collect::<Vec<usize>>());
    for exhibit in EXHIBITS {
        let figures = [exhibit.printed().unwrap(), exhibit.corrected().unwrap()];
        let texts = figures.each_ref().map(|figure| figure.to_text());
        assert_ne!(texts[0], texts[1], "Figure {}", exhibit.number);
        assert_ne!(figures[0].to_svg(), figures[1].to_svg(), "Figure {}", exhibit.number);
        assert!(!exhibit.provenance.is_empty() && !exhibit.change.is_empty());
        let source = figures[0].source();
        assert!(source.ends_with(&format!("Figure {}", exhibit.number)), "{source}");
        assert!(source.starts_with(exhibit.place), "{source} is not in {}", exhibit.place);
    }
    assert!(matches!(exhibit(11), Err(Error::UnknownName { .. })));
}

#[test]
fn notebook_15_shows_both_forms_of_each_and_says_where_they_are_discussed() {
    let notebooks = pages();
    let find = |name: &str| notebooks.iter().find(|one| one.name == name).expect("a notebook");
    for exhibit in EXHIBITS {
        let number = exhibit.number;
        let cell = find("15_claims").cell(&format!("figure-{number}")).expect("a cell");
        let figures = [exhibit.printed().unwrap(), exhibit.corrected().unwrap()];
        assert_eq!(cell.in_form("text/plain"), figures.map(|figure| figure.to_text()));
        assert_eq!(cell.in_form("image/svg+xml").len(), 2, "Figure {number}");
        let (notebook, printed, corrected) = exhibit.cells;
        for cell in [printed, corrected] {
            let found = find(notebook).cell(cell);
            let drawn = found.is_some_and(|found| !found.in_form("image/svg+xml").is_empty());
            assert!(drawn, "{notebook} has no figure in {cell}");
        }
    }
    let register = gallery_register();
    let register = register.get("text/markdown").unwrap().as_str().unwrap().to_owned();
    assert_eq!(register.lines().count(), 12, "{register}");
}

#[test]
fn the_figure_of_the_readme_is_the_gallerys() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let stored = std::fs::read_to_string(root.join("docs/light_cone.svg")).expect("the figure");
    let drawn = itakura_saito::gallery::figure_4_corrected().expect("a figure").to_svg();
    assert!(stored == drawn, "docs/light_cone.svg is out of date: cargo run --example claims");
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README");
    assert!(readme.contains("](docs/light_cone.svg)"), "the README does not show the figure");
}
