//! How fast texts are judged, step by step, beside a bare Aho-Corasick pass over the same words.
//!
//! `cargo run --release -p moderation-rules --example bench [-- FILE.jsonl[.gz]… [--pack DIR]]`
//!
//! Without a file it judges made-up posts of its own; from a file it takes every longer string of every row.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use aho_corasick::AhoCorasick;
use flate2::read::GzDecoder;
use moderation_rules::{Budget, RuleSet, Step};

type Failure = Box<dyn std::error::Error>;

/// Each figure is the best of so many passes: what else the machine does only ever makes them slower.
const PASSES: usize = 5;
/// A long post.
const LONG: usize = 4096;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let mut pack = None;
    let mut texts = Vec::new();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--pack" => pack = Some(args.next().ok_or("--pack needs a directory")?),
            file => texts.extend(read(Path::new(file))?),
        }
    }
    if texts.is_empty() {
        texts = posts();
    }
    let compile = || RuleSet::of(pack.as_deref().map(Path::new));
    let (first, rules) = timed(compile);
    let rules =
        rules.map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let again = best(|| drop(black_box(compile())));
    println!("{} rules compiled in {first:.1?} the first time, {again:.1?} again", rules.rules().len());
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} texts, {bytes} bytes", texts.len());
    steps(&rules, &texts, bytes);
    bare(&rules, &texts, bytes)?;
    long_posts(&rules, &texts);
    Ok(())
}

/// What each step costs, and the speed of all steps up to it.
fn steps(rules: &RuleSet, texts: &[String], bytes: usize) {
    let mut before = Duration::ZERO;
    for (name, step) in
        [("fold", Step::Fold), ("scan", Step::Scan), ("find", Step::Find), ("rules", Step::Rules)]
    {
        let time = best(|| {
            for text in texts {
                black_box(rules.run_to(text, step));
            }
        });
        let alone = time.saturating_sub(before);
        println!(
            "{name:6} {:8.1} MB/s alone, {:8.1} MB/s up to here",
            speed(bytes, alone),
            speed(bytes, time)
        );
        before = time;
    }
    let all = best(|| {
        for text in texts {
            black_box(rules.evaluate_within(text, Budget::new(Duration::from_secs(60))));
        }
    });
    println!("all    {:8.1} MB/s, verdict included", speed(bytes, all));
}

/// The least that looking for all those words could cost.
fn bare(rules: &RuleSet, texts: &[String], bytes: usize) -> Result<(), Failure> {
    let words: Vec<&str> = rules.vocabulary().collect();
    let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&words)?;
    let time = best(|| {
        for text in texts {
            black_box(automaton.find_overlapping_iter(text.as_str()).count());
        }
    });
    println!("bare   {:8.1} MB/s: Aho-Corasick over the {} words alone", speed(bytes, time), words.len());
    Ok(())
}

/// Single verdicts over posts of 4 KB cut from the texts.
fn long_posts(rules: &RuleSet, texts: &[String]) {
    let mut long = vec![String::new()];
    for text in texts {
        if long.last().is_some_and(|post| post.len() >= LONG) {
            long.push(String::new());
        }
        if let Some(post) = long.last_mut() {
            let room = LONG.saturating_sub(post.len());
            post.push_str(text.get(..text.floor_char_boundary(room)).unwrap_or_default());
            post.push_str("\n\n");
        }
    }
    let mut times: Vec<Duration> =
        long.iter().map(|post| timed(|| black_box(rules.evaluate(post))).0).collect();
    times.sort_unstable();
    let at = |percent: usize| times.get((times.len() - 1) * percent / 100).copied().unwrap_or_default();
    println!(
        "{} posts of 4 KB: p50 {:.0?}, p99 {:.0?}, slowest {:.0?}",
        times.len(),
        at(50),
        at(99),
        at(100)
    );
}

fn timed<T>(run: impl FnOnce() -> T) -> (Duration, T) {
    let started = Instant::now();
    let made = run();
    (started.elapsed(), made)
}

fn best(mut run: impl FnMut()) -> Duration {
    (0..PASSES).map(|_| timed(&mut run).0).min().unwrap_or_default()
}

fn speed(bytes: usize, time: Duration) -> f64 {
    u32::try_from(bytes).map_or(f64::NAN, f64::from) / time.as_secs_f64() / 1e6
}

/// Every longer string of every row.
fn read(path: &Path) -> Result<Vec<String>, Failure> {
    let file = File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let packed = path.extension().is_some_and(|end| end == "gz");
    let reader: Box<dyn Read> = if packed { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    let mut texts = Vec::new();
    for line in BufReader::new(reader).lines() {
        strings(serde_json::from_str(&line?)?, &mut texts);
    }
    Ok(texts)
}

fn strings(value: serde_json::Value, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) if text.len() > 40 => texts.push(text),
        serde_json::Value::Array(values) => values.into_iter().for_each(|value| strings(value, texts)),
        serde_json::Value::Object(fields) => fields.into_iter().for_each(|(_, value)| strings(value, texts)),
        _ => {}
    }
}

/// Posts put together from sentences that were made up for this, the same ones each time.
fn posts() -> Vec<String> {
    let sentences: Vec<&str> = SENTENCES.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut state = 1_usize;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut post = || {
        let count = 3 + next(12);
        let lines: Vec<&str> =
            (0..count).filter_map(|_| sentences.get(next(sentences.len())).copied()).collect();
        lines.join(if count.is_multiple_of(5) { "\n\n" } else { " " })
    };
    (0..4_000).map(|_| post()).collect()
}

const SENTENCES: &str = "
    I had my knee done on the fourth and the physio says I am ahead of where she hoped I would be.
    Does anyone else find the evenings are the worst part of the whole day?
    My husband drives me to every appointment and never complains, though I can see how tired he is.
    The scar itches but it doesn't hurt, so I leave it alone and wear soft cotton.
    They took the drain out on Tuesday – it was over before I knew it.
    I'm on 5 mg in the morning and another 2.5 at night, which seems to suit me.
    Has anybody had swelling in the ankle that only goes down after a night's sleep?
    We laughed about the hospital jelly for an hour, it was the best visit I have had.
    My temperature was 37.2 this morning and 36.9 at lunch, so I stopped worrying.
    I asked the nurse whether I could shower with the dressing on and she said yes, gently.
    No fever, no chills, no redness, just this dull ache when I climb the stairs.
    It's my third round of chemo and the anti-sickness tablets work better than last time.
    I cried in the car park afterwards, then bought myself a cake.
    The consultant explained that a little numbness around the wound can last for months.
    My mum keeps asking when I'll be back at work and I honestly don't know what to tell her.
    Thank you all for the kind words last week, they carried me through the scan.
    I walked to the letter box and back today, 240 steps, and felt like a champion.
    She told me “take it one day at a time” and for once it did not sound like a cliché.
    The new inhaler tastes horrible but I can get up the hill without stopping.
    Sleeping on my back is impossible; I built a nest of pillows instead.
    When should I call about a stitch that looks loose, is that urgent or can it wait until Monday?
    I used to run every weekend, now I am proud of a slow lap of the park.
    The pharmacy changed the colour of my tablets again and I panicked for nothing.
    My son made a chart so that I never forget the eye drops.
    I was scared of the results, but the margins are clear and I can breathe again.
    Some days I feel completely useless and other days I feel like I could fly.
    Does the tingling in the fingers ever stop after the last infusion?
    The ward was noisy, yet the night staff were so patient with all of us.
    I can't stop thinking about how lucky we were that the bed was free.
    We are allowed to fly again from week six, so we booked two nights in Lisbon.
    Please be kind to yourself, it took me a year to stop comparing scars.
    My blood pressure was 128/79 and the doctor was pleased.
    If you have a question about lifting, ask the physio team, they answered mine within a day.
    I dropped the crutches in week four and picked them up again in week five.
    The dog will not leave my side and I suspect he knows more than he lets on.
    He was diagnosed in March, had surgery in May and was gardening by August.
    I don't want to take anything stronger than paracetamol, it makes me so drowsy.
    Food tastes of metal, so I eat cold things with lemon and a plastic fork.
    Anyone from the north who would share a lift to the support group on Thursdays?
    I keep a small notebook of questions, because my mind goes blank when I sit down in that chair.
    The insurance form wants to know the date of the operation and the name of the surgeon.
    My sister sat with me through the night and we watched terrible films.
";
