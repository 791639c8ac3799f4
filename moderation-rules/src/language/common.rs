//! How common words are. A phrase is looked for by its rarest word, so this decides speed and nothing else.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Vocabulary;

/// How often the words of each list stand in a text for one time that a word of no list does, roughly.
const LISTS: [(u32, &str); 4] = [
    (600, "the i to and a of it my in is that for you was have with so me but on be"),
    (
        150,
        "not this at are as im do had they or if all just like what can from when an your we her he she get out up \
         about would been because know has there will now one some any them how no by were no think more really \
         time am want then go dont day going who after his their him even much feel ive also did back day only \
         people other could over than life too cant got being into make its these very our don take help",
    ),
    (
        40,
        "well good should said way things thing see need years still something someone anyone never first last \
         two three four before where which most work better being having doing done most may bad down through \
         always again find try trying going went same every while since friend friends love us than long getting \
         around lot little right new off why told say says does doesnt didnt wasnt isnt arent wont wouldnt \
         couldnt havent hasnt cannot pain doctor doctors hospital surgery week weeks month months year days \
         today home family mom mum dad help anything everything nothing anxiety depression feeling feels felt \
         thought thoughts made let look give came come able hope start started taking used use using ask asked \
         keep talk talking hard school job put hours night morning old bit enough without until best another \
         thank thanks please sure maybe actually best great many person each few next away point tell wanted \
         live living left care kind happy sorry must might both under own myself yourself themselves himself \
         herself nobody everyone such once ago least part mine yours youre theyre hes shes whats thats id ill",
    ),
    (
        10,
        "medication medications meds medicine pills tablets dose effects side normal blood body head heart chest \
         stomach back leg legs arm arms knee hip eye eyes skin weight test tests results scan treatment symptoms \
         infection cancer chemo diagnosed condition disease health medical patient patients nurse gp appointment \
         support advice question questions problem problems issue issues experience experiences anybody similar \
         dealing stop stopped stopping happen happened happens happening gave given taken house room bed sleep \
         sleeping eat eating food water drink walk walking sitting standing moved move car money pay paid bought \
         buy free call called text phone message number send sent email online website post posted read reading \
         write wrote book group mother father husband wife son daughter child children kids baby brother sister \
         parents partner boyfriend girlfriend man woman men women guy guys girl boy world place country god real \
         true reason reasons end ended die died dead death kill hurt hurts hurting hate suicide suicidal cut \
         alone sad scared afraid worried worry worse worst crying cry angry stress stressed panic mental \
         depressed anxious self mind brain hand hands face feet foot hair clothes fine ok okay yes yeah ever \
         soon late early minutes hour times second half whole full half high low big small huge able quite \
         pretty almost instead though although however since different open close closed turn turned far near \
         inside outside later tomorrow yesterday tonight evening weekend monday friday sunday saturday \
         relationship together married broke break broken lost lose losing found learn learned teach change \
         changed run running play playing watch show shows wait waiting stay stayed leave leaving play deal \
         sick ill tired weak strong swelling swollen red hot cold warm fever temperature bleeding wound scar \
         severe mild moderate chronic risk surgeon specialist therapist therapy counseling counselor session \
         vaccine vaccines covid virus government law president news media report cases deaths study research \
         yet plan plans planning ready trust believe understand remember forget forgot mean means matter sense \
         control power force safe danger dangerous important able due likely common fast slow easy simple",
    ),
];

/// About how many of these weights there are in so much text that each word of no list stands in it once.
const ALL: f64 = 60_000.0;

/// All words of the lists with their weights, in order.
static LISTED: LazyLock<Vec<(&str, f64)>> = LazyLock::new(|| {
    let words = |(weight, words): &(u32, &'static str)| {
        let weight = f64::from(*weight);
        words.split_ascii_whitespace().map(move |word| (word, weight)).collect::<Vec<_>>()
    };
    let mut listed: Vec<(&str, f64)> = LISTS.iter().flat_map(words).collect();
    listed.sort_by_key(|(word, _)| *word);
    listed
});

/// How large a share of all words begin like this, by the words of the lists alone; with a space behind it, are this.
pub(crate) fn share_of_words(beginning: &str) -> f64 {
    let word = beginning.trim_end();
    let from = LISTED.partition_point(|(listed, _)| *listed < word);
    let begun = LISTED.iter().skip(from).take_while(|(listed, _)| listed.starts_with(word));
    let meant = begun.filter(|(listed, _)| word == beginning || *listed == word);
    meant.map(|(_, weight)| weight).sum::<f64>() / ALL
}

/// The weight of each word and stem of a vocabulary, by its id.
pub(crate) fn weights(vocabulary: &Vocabulary) -> Vec<u32> {
    let mut common: HashMap<&str, u32> = HashMap::new();
    for (weight, words) in LISTS.iter().rev() {
        common.extend(words.split_ascii_whitespace().map(|word| (word, *weight)));
    }
    let weight = |spelling: &str, stem: bool| match stem {
        false => common.get(spelling).copied().unwrap_or(1),
        true => {
            let begun = common.iter().filter(|(word, _)| word.starts_with(spelling));
            let short = if spelling.len() < 4 { 40 } else { 2 };
            begun.map(|(_, weight)| *weight).sum::<u32>() + short
        }
    };
    let words = vocabulary.entries().map(|(_, entry)| weight(&entry.spelling, entry.stem));
    // Numbers stand in every third sentence.
    std::iter::once(200).chain(words).collect()
}
