//! Made-up posts and made-up queries for them: the same ones in every run, of the sizes and word frequencies that real ones have.

use aftercare_search::{Audience, Document, Kind};

const WORDS: u32 = 60_000;
const BOARDS: u32 = 40;
const AUTHORS: u32 = 50_000;
const FIVE_YEARS: i64 = 5 * 365 * 86_400 * 1_000_000;
/// Words of a community like ours; they stand among the most frequent ones.
const OURS: &str = "pain knee surgery shoulder hip swelling sleep walking scar physio exercise doctor weeks ankle brace stitches \
    stoma bag crutches bandage wound healing stairs nerve tablets ibuprofen gabapentin antibiotics infection nausea tired fever \
    anaesthetic discharge blood thinner compression stockings catheter scan appointment nurse hospital ward recovery rehab chair \
    shower dressing itching bruise numbness tingling muscle tendon cartilage replacement operation follow-up worried afraid";
const STOP: &str = "the and i to my a it is of in for was with on that have but me had after not be so this at as are they do or \
    if you can from just when what an has been about would any there how am she he we all no will out now very up were by did more \
    get one some could which who into them than then";
const SYLLABLES: &str = "ba ren tol mi car du vel sa no pir lan gost eth um bri ka fen or dal wi sho mer ti lus pra go han el cu by";

/// Chance that is the same in every run: a number for every two numbers.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(what: u64, which: u64) -> Self {
        Self(what.wrapping_mul(0xD6E8_FEB8_6659_FD93) ^ which.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end.max(1))).unwrap_or_default()
    }

    /// From 0 to below 1.
    pub(crate) fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap_or_default()) / 4_294_967_296.0
    }
}

/// The vocabulary, the most frequent word first.
pub(crate) struct Community {
    words: Vec<String>,
    /// How often one of the words up to this one is met.
    up_to: Vec<f64>,
}

impl Community {
    pub(crate) fn new() -> Self {
        let mut frequent: Vec<String> = Vec::new();
        let mut stop = STOP.split_whitespace();
        for ours in OURS.split_whitespace() {
            frequent.extend(stop.next().map(str::to_owned));
            frequent.push(ours.to_owned());
        }
        let syllables: Vec<&str> = SYLLABLES.split_whitespace().collect();
        let mut seen: std::collections::HashSet<String> = frequent.iter().cloned().collect();
        let mut dice = Dice::new(1, 1);
        let mut words = frequent;
        while words.len() < usize::try_from(WORDS).unwrap_or_default() {
            let parts = 2 + dice.below(3);
            let mut one = || *syllables.get(index(dice.below(30))).unwrap_or(&"a");
            let word: String = (0..parts).map(|_| one()).collect();
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        // Zipf's law: the word at place n is met half as often as the one at place n / 2.
        let mut sum = 0.0;
        let up_to = (1..=WORDS).map(|place| {
            sum += 1.0 / (f64::from(place) + 3.0);
            sum
        });
        Self { up_to: up_to.collect(), words }
    }

    /// A word as often as it is met in texts.
    pub(crate) fn word(&self, dice: &mut Dice) -> &str {
        let at = dice.share() * self.up_to.last().copied().unwrap_or_default();
        self.at(self.up_to.partition_point(|up_to| *up_to < at))
    }

    /// One of the words at these places in the order of frequency.
    pub(crate) fn between(&self, dice: &mut Dice, from: u32, to: u32) -> &str {
        self.at(index(from + dice.below(to - from)))
    }

    /// One of the frequent words that are no stop words.
    pub(crate) fn ours(&self, dice: &mut Dice) -> &str {
        self.at(index(dice.below(50) * 2 + 1))
    }

    fn at(&self, place: usize) -> &str {
        self.words.get(place).map(String::as_str).unwrap_or("pain")
    }

    pub(crate) fn text(&self, dice: &mut Dice, words: u32) -> String {
        let mut text = String::new();
        for at in 0..words {
            text.push_str(if at == 0 {
                ""
            } else if at % 12 == 0 {
                ". "
            } else {
                " "
            });
            let word = self.word(dice);
            // People mistype: most words of a large index stand in one text only.
            if dice.below(150) == 0 { text.push_str(&misspelt(word, dice)) } else { text.push_str(word) }
        }
        text
    }

    /// A question with three or four answers under it, or one of those answers.
    pub(crate) fn post(&self, number: u32) -> Document {
        let mut dice = Dice::new(2, u64::from(number));
        // Two questions for every nine posts.
        let opens = matches!(number % 9, 0 | 5);
        let thread = if number % 9 < 5 { number - number % 9 } else { number - number % 9 + 5 };
        let board = board(Dice::new(3, u64::from(thread)).below(BOARDS));
        let words = 7 + dice.below(5);
        let title = if opens { self.text(&mut dice, words) } else { String::new() };
        let length = 20 + dice.below(70) + dice.below(70);
        Document {
            id: format!("{}:{number:08}", if opens { "thread" } else { "post" }),
            kind: if opens { Kind::Thread } else { Kind::Post },
            audience: match Dice::new(4, u64::from(thread)).below(20) {
                0 => Audience::Members,
                1 => Audience::Unlisted,
                2 => Audience::Invited(board.clone()),
                _ => Audience::Public,
            },
            board: Some(board),
            thread: Some(format!("{thread:08}")),
            author: Some(author(&mut dice)),
            title,
            aliases: Vec::new(),
            body: self.text(&mut dice, length),
            verified: dice.below(50) == 0,
            has_guidance: dice.below(40) == 0,
            helpful: if opens { dice.below(30) } else { 0 },
            published_at: moment(dice.share()),
            version: 1,
        }
    }
}

/// Somebody; a few write much.
pub(crate) fn author(dice: &mut Dice) -> String {
    let most = dice.below(AUTHORS) + 1;
    format!("author-{}", dice.below(most))
}

pub(crate) fn board(number: u32) -> String {
    format!("board-{number:02}")
}

/// The moment at this share of five years, in microseconds.
pub(crate) fn moment(share: f64) -> i64 {
    let thousandths = (0..1_000_u32).rev().find(|at| f64::from(*at) / 1_000.0 <= share).unwrap_or_default();
    1_600_000_000_000_000 + FIVE_YEARS / 1_000 * i64::from(thousandths)
}

/// The word with one wrong letter.
pub(crate) fn misspelt(word: &str, dice: &mut Dice) -> String {
    let wrong = index(dice.below(u32::try_from(word.len()).unwrap_or(1)));
    let letter = char::from(b'a' + u8::try_from(dice.below(26)).unwrap_or_default());
    word.char_indices().map(|(at, c)| if at == wrong { letter } else { c }).collect()
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or_default()
}
