//! Where somebody goes on after signing in: a page of ours, never another site.

/// A path on this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LocalPath(String);

impl LocalPath {
    /// Takes a path with its query; `//host`, backslashes and whatever else could lead a browser elsewhere is no local path.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_?=&#%".contains(&byte);
        let local =
            text.starts_with('/') && !text.starts_with("//") && text.len() <= 500 && text.bytes().all(plain);
        local.then(|| Self(text.to_owned()))
    }

    /// Where to go, or home.
    pub(super) fn or_home(path: Option<Self>) -> String {
        path.map_or_else(|| "/".to_owned(), |path| path.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_ours_comes_next() {
        for path in ["/", "/threads/0HSWOLLENLEG1", "/boards/hips/ask", "/search?q=stairs&board=hips#results"]
        {
            assert_eq!(LocalPath::parse(path).map(|path| path.0).as_deref(), Some(path));
        }
        for wrong in [
            "",
            "threads",
            "//evil.example",
            "//evil",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nSet-Cookie: x",
            "/\t/evil.example",
            "/é",
        ] {
            assert_eq!(LocalPath::parse(wrong), None, "{wrong:?}");
        }
    }
}
