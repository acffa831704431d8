//! Writes `docs/claims.md` and `docs/claims.json` from the ledger, and the figure of the README:
//! `cargo run --example claims`.

use itakura_saito::claims;
use itakura_saito::gallery::figure_4_corrected;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let judgements = claims::ledger().judge_all();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("claims.md"), claims::to_markdown(&judgements))?;
    std::fs::write(folder.join("claims.json"), claims::to_json(&judgements))?;
    std::fs::write(folder.join("light_cone.svg"), figure_4_corrected()?.to_svg())?;
    Ok(())
}
