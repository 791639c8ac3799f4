//! Assets compressed once, when the first browser asks.

use std::collections::HashMap;
use std::sync::LazyLock;

use aftercare_frontend::assets::{ASSETS, Asset};

static SMALL: LazyLock<HashMap<&'static str, Vec<u8>>> = LazyLock::new(|| {
    let small =
        |asset: &Asset| crate::platform::http::gzip(asset.bytes).ok().map(|bytes| (asset.name, bytes));
    ASSETS.iter().filter_map(small).collect()
});

/// The asset in gzip.
pub(crate) fn gzip_of(asset: &Asset) -> Option<&'static [u8]> {
    SMALL.get(asset.name).map(Vec::as_slice)
}
