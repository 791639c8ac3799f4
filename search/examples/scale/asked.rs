//! What is asked: a fixed mix of everything that readers do.

use aftercare_search::{Filters, Kind, Query, SearchEngine, SearchError, Sort, SuggestQuery, ViewerScope};

use crate::made::{Community, Dice, author, board, misspelt, moment};

pub(crate) enum Asked {
    Search(Query),
    Suggest(SuggestQuery),
}

/// Kinds of questions; one of each, then again.
pub(crate) const KINDS: [&str; 16] = [
    "one common word",
    "one rarer word",
    "two common words",
    "two mixed words",
    "four words",
    "beginning of a word",
    "common, rare, typo",
    "phrase",
    "board and kind",
    "author",
    "last quarter of the time",
    "newest",
    "most helpful",
    "without a word",
    "title while typing",
    "suggest for a post",
];

/// The question with this number, for an index of so many posts, and its place among the kinds.
pub(crate) fn asked(community: &Community, number: u64, posts: u32) -> (usize, Asked) {
    let kind = usize::try_from(number).unwrap_or_default() % KINDS.len();
    let mut dice = Dice::new(5, number);
    let dice = &mut dice;
    let common = community.ours(dice).to_owned();
    let another = community.ours(dice).to_owned();
    let middle = community.between(dice, 120, 3_000).to_owned();
    let rare = community.between(dice, 3_000, 40_000).to_owned();
    let post = community.post(dice.below(posts));
    let mut query = Query { limit: 20, ..Query::default() };
    if dice.below(2) == 0 {
        query.viewer = ViewerScope::Member { invited_boards: vec![board(dice.below(40))] };
    }
    query.text = match kind {
        0 => format!("{common} "),
        1 => format!("{middle} "),
        2 => format!("{common} {another}"),
        3 => format!("{common} {middle}"),
        4 => format!("{common} {another} {middle} {rare} "),
        5 => format!("{common} {}", beginning(&middle, 3)),
        6 => format!("{common} {} ", misspelt(&rare, dice)),
        7 => format!("\"{}\"", words_of(&post.body, dice.below(15), 2)),
        13 => format!("{common} {another} -{middle}"),
        14 => beginning(&words_of(&community.post(dice.below(posts / 9) * 9).title, 0, 3), usize::MAX - 1),
        _ => format!("{common} {middle}"),
    };
    match kind {
        8 => {
            query.filters = Filters {
                boards: vec![board(dice.below(40))],
                kinds: vec![Kind::Thread],
                ..Filters::default()
            };
        }
        9 => query.filters.author = Some(author(dice)),
        10 => query.filters.published_from = Some(moment(0.75)),
        11 => query.sort = Sort::Newest,
        12 => query.sort = Sort::MostHelpful,
        14 => {
            query.filters.kinds = vec![Kind::Thread, Kind::Guidance];
            query.limit = 12;
        }
        15 => {
            let text = community.post(dice.below(posts)).body;
            return (
                kind,
                Asked::Suggest(SuggestQuery {
                    text,
                    viewer: query.viewer,
                    kinds: vec![Kind::Thread],
                    top: 5,
                }),
            );
        }
        _ => {}
    }
    (kind, Asked::Search(query))
}

impl Asked {
    pub(crate) async fn ask(self, engine: &dyn SearchEngine) -> Result<usize, SearchError> {
        Ok(match self {
            Self::Search(query) => engine.search(query).await?.hits.len(),
            Self::Suggest(query) => engine.suggest(query).await?.hits.len(),
        })
    }
}

/// All but the last letters, or the first few.
fn beginning(text: &str, letters: usize) -> String {
    let whole = text.chars().count();
    text.chars().take(letters.min(whole.saturating_sub(2))).collect()
}

fn words_of(text: &str, from: u32, count: usize) -> String {
    let from = usize::try_from(from).unwrap_or_default();
    text.split_whitespace().skip(from).take(count).collect::<Vec<_>>().join(" ")
}
