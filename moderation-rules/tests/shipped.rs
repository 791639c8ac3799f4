//! The packs we ship, judged by sentences written for them.

use moderation_rules::{Action, Category, Need, RuleSet, RuleState, Severity};

fn shipped() -> RuleSet {
    match RuleSet::shipped() {
        Ok(rules) => rules,
        Err(errors) => panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[test]
fn every_rule_matches_and_passes_its_own_examples() {
    let failures: Vec<String> = shipped().check().iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn all_eight_categories_have_live_rules() {
    let rules = shipped();
    for category in Category::ALL {
        let live = rules.rules().iter().filter(|r| r.category == category && r.state == RuleState::Live);
        assert!(live.count() >= 12, "{category}");
    }
    let live = rules.rules().iter().filter(|r| r.state == RuleState::Live);
    assert!(live.count() >= 300);
}

#[test]
fn what_people_may_say_is_neither_held_nor_paged() {
    let rules = shipped();
    let wrong: Vec<String> = lines(include_str!("data/must_not_hold.txt"))
        .filter_map(|line| {
            let verdict = rules.evaluate(line);
            let held = verdict.action == Action::Hold || verdict.severity >= Severity::Red;
            held.then(|| {
                format!("{line}\n    {:?}", verdict.hits.iter().map(|h| h.rule.as_str()).collect::<Vec<_>>())
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn who_needs_something_is_shown_it() {
    let rules = shipped();
    let missed: Vec<&str> = lines(include_str!("data/must_reach_need.txt"))
        .filter(|line| {
            let Some((need, sentence)) = line.split_once('|') else { return true };
            !rules.evaluate(sentence.trim()).needs.contains(&Need::from(need.trim().to_owned()))
        })
        .collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn dangerous_things_are_held() {
    let rules = shipped();
    for (category, text) in [
        (Category::Crisis, "I am going to kill myself tonight."),
        (Category::Emergency, "He collapsed and is not breathing."),
        (Category::MedicationRisk, "Just stop taking your blood thinners."),
        (Category::Selling, "Oxycodone for sale, no prescription, message me for prices."),
        (Category::Pii, "Ring me on 07700 900123."),
        (Category::Misinformation, "Apricot kernels cured my sister's cancer."),
        (Category::Harassment, "I know where you live and I will break your legs."),
        (Category::Spam, "Congratulations, you have won a £1000 gift card, claim your prize now."),
    ] {
        let verdict = rules.evaluate(text);
        assert_eq!(verdict.action, Action::Hold, "{text}");
        assert!(verdict.categories.contains(&category), "{text}: {:?}", verdict.categories);
    }
}

/// An amber nudge is what makes the site ask its author before a text goes up.
#[test]
fn blame_by_name_is_asked_about_and_praise_is_not() {
    let rules = shipped();
    let asks = |text: &str| {
        let verdict = rules.evaluate(text);
        verdict.action == Action::Nudge && verdict.severity > Severity::Green
    };
    for text in [
        "Dr Hargreave was rude to me and missed my fracture.",
        "Nurse Tolliver laughed at my stoma and would not help.",
        "i was ignored all night by Sister Brennan",
        "My neighbour Brian Clegg has the same cancer.",
        "A patient called Derek Hume is on my ward too.",
        "Here is a photo of my discharge letter.",
    ] {
        assert!(asks(text), "{text}: {:?}", rules.evaluate(text));
    }
    for text in [
        "Nurse Adeyemi was kind to me all night.",
        "Dr Hargreave found it when others had dismissed me.",
        "Thank you Mr Okafor for my new hip.",
        "Sister Brennan is never rude.",
        "My consultant is called Dr Patel.",
        "The doctor was rude and the ward lost my notes.",
        "Call the Macmillan nurses, they never refused me.",
    ] {
        assert!(!asks(text), "{text}: {:?}", rules.evaluate(text));
    }
}

/// Each way of writing a phrase so that a simple list would miss it.
const DISGUISES: [fn(&str) -> String; 10] = [
    |t| t.to_uppercase(),
    |t| {
        t.split(' ')
            .map(|w| w.chars().map(String::from).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
            .join("  ")
    },
    |t| {
        t.split(' ')
            .map(|w| w.chars().map(String::from).collect::<Vec<_>>().join("."))
            .collect::<Vec<_>>()
            .join(" ")
    },
    |t| t.chars().map(|c| format!("{c}\u{200b}")).collect(),
    |t| t.chars().map(|c| if c.is_alphabetic() { format!("{c}\u{301}") } else { c.to_string() }).collect(),
    |t| t.chars().map(|c| if c.is_ascii_alphabetic() { full_width(c) } else { c }).collect(),
    |t| t.replace('e', "3").replace('o', "0"),
    |t| t.replace('i', "1").replace('a', "@"),
    |t| t.replace('e', "е").replace('o', "о"),
    |t| {
        t.split(' ')
            .map(|w| w.chars().last().map_or(w.to_owned(), |c| format!("{w}{c}{c}{c}")))
            .collect::<Vec<_>>()
            .join(" ")
    },
];

fn full_width(c: char) -> char {
    char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)
}

#[test]
fn disguised_phrases_are_still_held() {
    let rules = shipped();
    let phrases = [
        "kill yourself please",
        "stop taking your insulin",
        "i want to die",
        "i am going to kill myself",
        "all refugees should be shot",
        "selling oxycodone without prescription",
        "turmeric cures cancer",
        "his lips are blue",
        "i know where you live",
        "chemo is poison",
    ];
    let mut missed = Vec::new();
    for phrase in phrases {
        assert_eq!(rules.evaluate(phrase).action, Action::Hold, "{phrase}");
        for (number, disguise) in DISGUISES.iter().enumerate() {
            let text = disguise(phrase);
            if rules.evaluate(&text).action != Action::Hold {
                missed.push(format!("{number}: {text}"));
            }
        }
    }
    // One in twenty may slip through: a run of single letters can be cut into words in more than one way.
    assert!(missed.len() * 20 <= phrases.len() * DISGUISES.len(), "{}", missed.join("\n"));
}
