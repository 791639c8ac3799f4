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
