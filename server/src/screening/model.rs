use diesel::backend::Backend;
use moderation_rules::{Severity, Stage};

crate::id_type! {
    /// One thing that a person must look at.
    ItemId
}

crate::text_enum! {
    /// The stage of care that a board is about.
    pub enum CareStage {
        General = "general",
        AfterSurgery = "after_surgery",
        Chemotherapy = "chemotherapy",
        Pregnancy = "pregnancy",
        MentalHealth = "mental_health",
        EndOfLife = "end_of_life",
    }
}

impl From<CareStage> for Stage {
    fn from(stage: CareStage) -> Self {
        match stage {
            CareStage::General => Self::General,
            CareStage::AfterSurgery => Self::AfterSurgery,
            CareStage::Chemotherapy => Self::Chemotherapy,
            CareStage::Pregnancy => Self::Pregnancy,
            CareStage::MentalHealth => Self::MentalHealth,
            CareStage::EndOfLife => Self::EndOfLife,
        }
    }
}

crate::text_enum! {
    /// Why a person must look.
    pub enum Cause {
        /// Rules matched.
        Rules = "rules",
        /// The check itself failed, so nobody knows.
        CheckFailed = "check_failed",
        /// A new member's first posts, where the board asks for it, or links in them.
        Newcomer = "newcomer",
        /// The author changed a text that was waiting: what was held stays held until a person has looked.
        EditedWhileHeld = "edited_while_held",
    }
}

crate::text_enum! {
    /// Where an item stands.
    pub enum ItemState {
        Open = "open",
        Claimed = "claimed",
        WaitingAuthor = "waiting_author",
        Decided = "decided",
        Superseded = "superseded",
    }
}

/// For the order of the queue: 3 is crisis.
pub fn severity_rank(severity: Severity) -> i32 {
    match severity {
        Severity::Green => 0,
        Severity::Amber => 1,
        Severity::Red => 2,
        Severity::Crisis => 3,
    }
}

/// A severity as the database keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, diesel::AsExpression, diesel::FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Kept<T>(pub T);

macro_rules! kept {
    ($type:ty, [$($variant:expr),+]) => {
        impl<DB: Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for Kept<$type>
        where
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                self.0.as_str().to_sql(out)
            }
        }

        impl<DB: Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for Kept<$type>
        where
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let word = String::from_sql(bytes)?;
                [$($variant),+].into_iter().find(|v| v.as_str() == word).map(Self).ok_or_else(|| format!("{word:?} is not known").into())
            }
        }
    };
}

kept!(Severity, [Severity::Green, Severity::Amber, Severity::Red, Severity::Crisis]);
kept!(
    moderation_rules::Action,
    [
        moderation_rules::Action::Allow,
        moderation_rules::Action::Nudge,
        moderation_rules::Action::Flag,
        moderation_rules::Action::Hold
    ]
);
