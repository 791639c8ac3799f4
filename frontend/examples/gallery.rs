//! Writes every sample page and all assets into a folder, to be looked at: `cargo run -p aftercare-frontend --example gallery -- out/`.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use aftercare_frontend::assets::{ASSETS, asset_url};
use aftercare_frontend::pages::samples;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::args().nth(1).ok_or("usage: gallery FOLDER")?);
    fs::create_dir_all(&out)?;
    for asset in ASSETS {
        fs::write(out.join(asset.name), asset.bytes)?;
    }
    let pages = samples::all();
    for page in &pages {
        let html = ASSETS
            .iter()
            .fold(page.html.clone(), |html, asset| html.replace(&asset_url(asset.name), asset.name));
        fs::write(out.join(format!("{}.html", page.name)), html)?;
    }
    println!("{} pages in {}", pages.len(), out.display());
    Ok(())
}
