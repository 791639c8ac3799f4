use crate::threads::Title;

crate::id_type! {
    /// An article, through all its versions.
    ArticleId
}
crate::id_type! {
    /// One version of an article.
    VersionId
}
crate::id_type! {
    /// One clinician's signature.
    SignatureId
}
crate::id_type! {
    /// One stop of a version.
    StopId
}
crate::id_type! {
    /// One card under a post.
    AttachmentId
}
crate::id_type! {
    /// One verified statement.
    StatementId
}

/// Where a list by title goes on: after this title, and among equal ones after this article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleCursor {
    pub title: String,
    pub id: ArticleId,
}

impl TitleCursor {
    /// The title in hexadecimal, because titles have letters that no address has.
    pub fn encode(&self) -> String {
        format!("{}{}", self.id, hex::encode(&self.title))
    }

    pub fn parse(text: &str) -> Option<Self> {
        let id = ArticleId::parse(text.get(..13)?)?;
        let title = String::from_utf8(hex::decode(text.get(13..)?).ok()?).ok()?;
        // Only what can be a title: a database would stumble over a NUL.
        let is_title = Title::new(&title).is_ok_and(|line| line.as_str() == title);
        is_title.then_some(Self { title, id })
    }
}

crate::text_enum! {
    /// Where a version stands. It never goes back: only `stopped` can become `verified` again, by two people.
    pub enum VersionState {
        Draft = "draft",
        /// One clinician has signed.
        InReview = "in_review",
        /// Two clinicians have signed; it can be attached.
        Verified = "verified",
        Stopped = "stopped",
        /// A newer version took its place.
        Superseded = "superseded",
    }
}

crate::text_enum! {
    /// What a card does for the post it stands under; said in its first line.
    pub enum Relation { Answers = "answers", Adds = "adds", Corrects = "corrects" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_by_title_goes_on_after_a_title_and_after_nothing_else() {
        let cursor = TitleCursor { title: "Après l’opération".to_owned(), id: ArticleId(77) };
        let text = cursor.encode();
        assert_eq!(TitleCursor::parse(&text), Some(cursor));
        let nul = format!("{}00", text.get(..13).unwrap());
        for wrong in ["", "x", text.get(..13).unwrap(), text.get(1..).unwrap(), &nul, &format!("{text}0")] {
            assert_eq!(TitleCursor::parse(wrong), None, "{wrong:?}");
        }
    }
}
