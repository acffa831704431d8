//! The claims, their evidence, and the cards that show them, in one program.

mod cards;
mod claims;
