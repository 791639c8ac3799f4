//! Styles, scripts and pictures, compiled into the binary and named by their content, so that browsers may keep them for ever.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// One file that pages link to.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    pub name: &'static str,
    pub content_type: &'static str,
    pub bytes: &'static [u8],
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Written as several small files and served as one, in the order of their cascade layers.
const SITE_CSS: &str = concat!(
    include_str!("../assets/css/tokens.css"),
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/frame.css"),
    include_str!("../assets/css/forms.css"),
    include_str!("../assets/css/threads.css"),
    include_str!("../assets/css/guidance.css"),
    include_str!("../assets/css/care.css"),
    include_str!("../assets/css/print.css"),
);

/// Every file there is. The server answers `/assets/{hash}/{name}` from this list and from nowhere else.
pub const ASSETS: &[Asset] = &[
    Asset { name: "site.css", content_type: CSS, bytes: SITE_CSS.as_bytes() },
    Asset { name: "desk.css", content_type: CSS, bytes: include_bytes!("../assets/css/desk.css") },
    Asset { name: "site.js", content_type: JS, bytes: include_bytes!("../assets/js/site.js") },
    Asset { name: "compose.js", content_type: JS, bytes: include_bytes!("../assets/js/compose.js") },
    Asset { name: "search.js", content_type: JS, bytes: include_bytes!("../assets/js/search.js") },
    Asset { name: "desk.js", content_type: JS, bytes: include_bytes!("../assets/js/desk.js") },
    Asset { name: "mark.svg", content_type: SVG, bytes: include_bytes!("../assets/img/mark.svg") },
    Asset { name: "plain.svg", content_type: SVG, bytes: include_bytes!("../assets/img/plain.svg") },
];

static HASHES: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let hash = |asset: &Asset| hex::encode(Sha256::digest(asset.bytes)).chars().take(8).collect();
    ASSETS.iter().map(|asset| (asset.name, hash(asset))).collect()
});

/// Where a page finds `name`: `/assets/{first 8 hex digits of its SHA-256}/{name}`.
///
/// A name that is not in [`ASSETS`] gives a path that answers 404; the test over all pages fails on it.
pub fn asset_url(name: &str) -> String {
    let known = HASHES.iter().find(|(known, _)| *known == name);
    let hash = known.map_or("missing", |(_, hash)| hash.as_str());
    format!("/assets/{hash}/{name}")
}

/// The asset behind a path that [`asset_url`] made; another hash is another file, which we do not have.
pub fn find(hash: &str, name: &str) -> Option<&'static Asset> {
    HASHES.iter().any(|known| known.0 == name && known.1 == hash).then_some(())?;
    ASSETS.iter().find(|asset| asset.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_is_found_at_its_own_address_only() {
        for asset in ASSETS {
            let url = asset_url(asset.name);
            let (hash, name) = url.strip_prefix("/assets/").unwrap().split_once('/').unwrap();
            assert_eq!(hash.len(), 8);
            assert_eq!(find(hash, name).unwrap().bytes, asset.bytes);
            assert!(find("00000000", name).is_none());
        }
        assert!(find("missing", "no.css").is_none());
    }

    #[test]
    fn nothing_is_fetched_from_elsewhere() {
        // `form.action` is the button of that name, not the address, in every form that has such buttons.
        for asset in ASSETS {
            let text = std::str::from_utf8(asset.bytes).unwrap();
            let text = text.replace("http://www.w3.org/2000/svg", "");
            for sign in ["http://", "https://", "url(", "@import", "eval(", "innerHTML", "form.action"] {
                assert!(!text.contains(sign), "{}: {sign}", asset.name);
            }
        }
    }

    #[test]
    fn a_first_visit_is_small() {
        let bytes: usize = ASSETS.iter().map(|asset| asset.bytes.len()).sum();
        assert!(bytes < 72 * 1024, "{bytes} bytes of assets, before compression");
    }
}
