//! Writes `docs/claims.md` and `docs/claims.json` from the ledger: `cargo run --example claims`.

use itakura_saito::claims;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let judgements = claims::ledger().judge_all();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("claims.md"), claims::to_markdown(&judgements))?;
    std::fs::write(folder.join("claims.json"), claims::to_json(&judgements))
}
