//! Three hundred disguises of sentences that hold: almost all of them still have to.

use std::collections::BTreeMap;

use moderation_rules::{Action, Category, RuleSet};

/// A way to hide a word from a list of words, and one that does it.
type Disguise = (&'static str, fn(&str) -> String);

const DISGUISES: [Disguise; 12] = [
    ("zero-width characters inside", |word| between(word, '\u{200b}')),
    ("soft hyphens inside", |word| between(word, '\u{ad}')),
    ("letters set apart by dots", |word| between(word, '.')),
    ("letters set apart by spaces", |word| between(word, ' ')),
    ("letters set apart by underscores", |word| between(word, '_')),
    ("a star for the first vowel", starred),
    ("a stretched letter", stretched),
    ("accents on every letter", |word| word.chars().flat_map(|c| [c, '\u{301}']).collect()),
    ("digits and signs for letters", |word| {
        swapped(word, &[('a', '@'), ('e', '3'), ('i', '1'), ('o', '0'), ('s', '$')])
    }),
    ("Cyrillic letters that look the same", |word| {
        swapped(word, &[('a', 'а'), ('e', 'е'), ('o', 'о'), ('c', 'с'), ('p', 'р'), ('x', 'х')])
    }),
    ("full-width letters", |word| {
        let wide = |c: char| {
            char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_alphanumeric()).unwrap_or(c)
        };
        word.chars().map(wide).collect()
    }),
    ("mathematical letters", |word| {
        let letter = |c: char| char::from_u32(0x1d41a + u32::from(c) - u32::from('a'));
        word.chars().map(|c| if c.is_ascii_lowercase() { letter(c).unwrap_or(c) } else { c }).collect()
    }),
];

fn between(word: &str, mark: char) -> String {
    let letters: Vec<String> = word.chars().map(String::from).collect();
    letters.join(&mark.to_string())
}

fn stretched(word: &str) -> String {
    let middle = word.chars().count() / 2;
    let repeat = |(at, c): (usize, char)| String::from(c).repeat(if at == middle { 5 } else { 1 });
    word.chars().enumerate().map(repeat).collect()
}

fn starred(word: &str) -> String {
    let vowel = word.char_indices().skip(1).find(|(_, c)| "aeiou".contains(*c)).map(|(at, _)| at);
    word.char_indices().map(|(at, c)| if Some(at) == vowel { '*' } else { c }).collect()
}

fn swapped(word: &str, pairs: &[(char, char)]) -> String {
    let other = |c: char| pairs.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
    word.chars().map(other).collect()
}

/// Disguises the longest of the words that a rule marked, as somebody does who knows which word gives them away.
fn hide(text: &str, marked: std::ops::Range<usize>, disguise: fn(&str) -> String) -> Option<String> {
    let inside = text.get(marked.clone())?;
    let word = inside
        .split(|c: char| !c.is_alphabetic())
        .max_by_key(|word| word.len())
        .filter(|word| word.len() > 3)?;
    let start = marked.start + inside.find(word)?;
    let hidden = disguise(&word.to_lowercase());
    Some(format!("{}{hidden}{}", text.get(..start)?, text.get(start + word.len()..)?))
}

#[test]
fn of_three_hundred_disguised_sentences_that_hold_ninety_five_in_a_hundred_still_do() {
    let rules = RuleSet::shipped().unwrap();
    let mut sentences = Vec::new();
    for example in rules.labelled_examples() {
        // Numbers and addresses have no words to hide.
        let worded = example.category.is_some_and(|category| category != Category::Pii);
        let verdict = rules.evaluate(&example.text);
        let hit = verdict
            .hits
            .iter()
            .max_by_key(|hit| hit.severity)
            .filter(|_| worded && verdict.action == Action::Hold);
        sentences.extend(hit.map(|hit| (example.text.clone(), hit.start..hit.end)));
    }
    // Spread over all the packs.
    let step = sentences.len() / 25;
    let mut lost: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut tried = 0;
    for (name, disguise) in DISGUISES {
        let hidden = sentences
            .iter()
            .step_by(step.max(1))
            .filter_map(|(text, marked)| hide(text, marked.clone(), disguise));
        for text in hidden.take(25) {
            tried += 1;
            if rules.evaluate(&text).action < Action::Hold {
                lost.entry(name).or_default().push(text);
            }
        }
    }
    let count: usize = lost.values().map(Vec::len).sum();
    println!("{} of {tried} disguised sentences still hold", tried - count);
    assert!(tried >= 250, "only {tried}");
    assert!(count * 20 <= tried, "{count} of {tried} got through: {lost:#?}");
}
