//! The claims, their evidence, the cards and pages that show them, and what these lead to, in one program.

mod cards;
mod claims;
mod gallery;
mod links;
#[path = "../common/page.rs"]
mod page;
