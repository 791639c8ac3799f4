//! From the text of packs to an engine: all of them or, if anything is wrong, a list of what.

use std::collections::{BTreeMap, HashMap};

use regex::{Regex, RegexBuilder};

use super::Engine;
use super::code::Code;
use super::index::Wanted;
use super::literals::{Needed, is_blind_to_signs, needed};
use super::rule::{Expression, Rule};
use super::sieve::Sieve;
use crate::language::{CueNodes, Lists, Pattern, Vocabulary, parse};
use crate::pack::{
    Context, PackError, PackFile, PackSource, Phrase, RuleFile, RuleInfo, RuleState, line_of, read, validate,
};
use crate::personal::Check;
use crate::{Need, RuleId};

/// A compiled regular expression may not take more memory than this: a bomb is refused, a pattern never is.
const REGEX_LIMIT: usize = 256 * 1024;

/// `state_of` says as what a rule counts, given what its pack says.
pub(crate) fn compile(
    sources: &[PackSource],
    state_of: impl Fn(&RuleId, RuleState) -> RuleState,
) -> Result<Engine, Vec<PackError>> {
    let mut errors = Vec::new();
    let mut packs = Vec::new();
    for source in sources {
        match read(source) {
            Ok(pack) => packs.push((source, pack)),
            Err(error) => errors.push(error),
        }
    }
    let lists = gather_lists(&packs, &mut errors);
    let mut vocabulary = Vocabulary::default();
    let cues = CueNodes::english(&mut vocabulary).map_err(|problem| vec![built_in(problem)])?;
    let mut builder = Builder {
        lists,
        vocabulary,
        numbers: HashMap::new(),
        patterns: Vec::new(),
        rules: Vec::new(),
        needs: Vec::new(),
        infos: Vec::new(),
        errors,
    };
    for (source, pack) in &packs {
        for rule in &pack.rules {
            builder.add(source, pack, rule);
        }
    }
    builder.infos.iter_mut().for_each(|info| info.state = state_of(&info.id, info.state));
    builder.finish(&cues)
}

fn built_in(problem: String) -> PackError {
    PackError {
        file: "languages/en.toml".into(),
        line: 1,
        rule: None,
        problem,
        remedy: "This file is part of the program: report it".into(),
    }
}

fn gather_lists(packs: &[(&PackSource, PackFile)], errors: &mut Vec<PackError>) -> Lists {
    let mut lists = Lists::default();
    let mut places = Vec::new();
    for (source, pack) in packs {
        for (name, entries) in &pack.lists {
            let line = line_of(&source.text, entries.span().start);
            places.push((name, &source.name, line));
            if !lists.add(name, entries.as_ref().clone()) {
                errors.push(PackError {
                    file: source.name.clone(),
                    line,
                    rule: None,
                    problem: format!("there are two lists `{name}`"),
                    remedy: "Rename one; lists are shared by all packs".into(),
                });
            }
        }
    }
    for (name, file, line) in places {
        if let Some(circle) = lists.circle(name) {
            errors.push(PackError {
                file: file.clone(),
                line,
                rule: None,
                problem: format!("list `{name}` names itself: {}", circle.join(" → ")),
                remedy: "Take the entry out that leads back".into(),
            });
        }
    }
    lists
}

struct Builder {
    lists: Lists,
    vocabulary: Vocabulary,
    numbers: HashMap<String, usize>,
    /// The phrases by number, until all words are known and their programs can be written.
    patterns: Vec<Pattern>,
    rules: Vec<Rule>,
    /// For each regular expression, what it cannot do without.
    needs: Vec<Option<Needed>>,
    infos: Vec<RuleInfo>,
    errors: Vec<PackError>,
}

/// Where a rule stands, for messages.
struct Spot<'a> {
    source: &'a PackSource,
    rule: &'a RuleFile,
}

impl Spot<'_> {
    fn error(&self, at: usize, problem: String, remedy: impl Into<String>) -> PackError {
        PackError {
            file: self.source.name.clone(),
            line: line_of(&self.source.text, at),
            rule: Some(self.rule.id.as_ref().clone()),
            problem,
            remedy: remedy.into(),
        }
    }
}

impl Builder {
    fn add(&mut self, source: &PackSource, pack: &PackFile, file: &RuleFile) {
        let spot = Spot { source, rule: file };
        let at = file.id.span().start;
        let faults = validate(pack, file);
        self.errors.extend(faults.into_iter().map(|(problem, remedy)| spot.error(at, problem, remedy)));
        let Some(id) = RuleId::parse(file.id.as_ref()) else { return };
        let info = info(&spot, pack, id, &self.lists);
        if let Some(other) = self.infos.iter().find(|other| other.id == info.id) {
            let problem = format!("the id is taken by {}:{}", other.file, other.line);
            let remedy = if other.version == info.version && other.fingerprint != info.fingerprint {
                "One version cannot have two contents: give this rule an id of its own, or keep one of the two with a new version"
            } else {
                "Ids are for ever: give this rule one of its own"
            };
            self.errors.push(spot.error(at, problem, remedy));
            return;
        }
        let rule = self.rule(&spot);
        self.rules.push(rule);
        self.infos.push(info);
    }

    fn rule(&mut self, spot: &Spot<'_>) -> Rule {
        let file = spot.rule;
        let mut context = Context::default();
        for condition in &file.context {
            if let Err(problem) = context.add(condition.as_ref()) {
                self.errors.push(spot.error(condition.span().start, problem, "Choose from this list"));
            }
        }
        let mut groups: Vec<Vec<usize>> =
            file.all.iter().map(|group| self.all_phrases(spot, group)).collect();
        if !file.any.is_empty() {
            groups.insert(0, self.all_phrases(spot, &file.any));
        }
        let at_least = file.at_least.as_ref().map(|a| (a.count, self.all_phrases(spot, &a.of)));
        Rule {
            context,
            scope: file.scope,
            groups,
            everywhere: Vec::new(),
            trigger: 0,
            telling: Vec::new(),
            at_least,
            unless: self.all_phrases(spot, &file.unless),
            unless_post: self.all_phrases(spot, &file.unless_post),
            regexes: file.regex.iter().filter_map(|r| self.regex(spot, r)).collect(),
            checks: file.check.iter().filter_map(|c| self.check(spot, c)).collect(),
            examples: file.examples.clone(),
        }
    }

    fn all_phrases(&mut self, spot: &Spot<'_>, phrases: &[Phrase]) -> Vec<usize> {
        phrases.iter().filter_map(|phrase| self.phrase(spot, phrase)).collect()
    }

    /// The number of a phrase; rules that write the same phrase share it.
    fn phrase(&mut self, spot: &Spot<'_>, phrase: &Phrase) -> Option<usize> {
        let text = phrase.as_ref();
        if let Some(number) = self.numbers.get(text) {
            return Some(*number);
        }
        match parse(text, &self.lists, &mut self.vocabulary) {
            Ok(pattern) => self.patterns.push(pattern),
            Err(problem) => {
                let problem = format!("phrase \"{text}\": {problem}");
                self.errors.push(spot.error(
                    phrase.span().start,
                    problem,
                    "How phrases are written stands in moderation-rules/README.md",
                ));
                return None;
            }
        }
        self.numbers.insert(text.clone(), self.patterns.len() - 1);
        Some(self.patterns.len() - 1)
    }

    fn regex(&mut self, spot: &Spot<'_>, regex: &Phrase) -> Option<Expression> {
        let built = RegexBuilder::new(regex.as_ref()).case_insensitive(true).size_limit(REGEX_LIMIT).build();
        let problem = match built {
            Ok(built) if built.is_match("") => "it matches nothing at all, anywhere".to_owned(),
            Ok(built) => {
                return Some(self.expression(regex.as_ref(), built));
            }
            Err(regex::Error::CompiledTooBig(_)) => "it is too large when compiled".to_owned(),
            Err(error) => error.to_string().lines().last().unwrap_or_default().trim().to_owned(),
        };
        let problem = format!("regular expression: {problem}");
        self.errors.push(spot.error(regex.span().start, problem, "Make it smaller, or write it as phrases"));
        None
    }

    fn expression(&mut self, pattern: &str, regex: Regex) -> Expression {
        let hir = regex_syntax::ParserBuilder::new().case_insensitive(true).build().parse(pattern).ok();
        self.needs.push(hir.as_ref().and_then(needed));
        let blind = hir.as_ref().is_some_and(is_blind_to_signs);
        Expression { number: self.needs.len() - 1, regex, blind }
    }

    fn check(&mut self, spot: &Spot<'_>, name: &Phrase) -> Option<Check> {
        let check = Check::named(name.as_ref()).inspect(|check| check.prepare());
        if check.is_none() {
            let problem = format!("there is no check `{}`", name.as_ref());
            self.errors.push(spot.error(
                name.span().start,
                problem,
                format!("Take one of {}", Check::names()),
            ));
        }
        check
    }

    fn finish(mut self, cues: &CueNodes) -> Result<Engine, Vec<PackError>> {
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        let sieve = Sieve::new(self.needs).map_err(|problem| vec![built_in(problem.to_string())])?;
        let states: Vec<RuleState> = self.infos.iter().map(|info| info.state).collect();
        let code = Code::write(&self.vocabulary, cues, self.patterns, &mut self.rules, &states);
        let raw = self.rules.iter().enumerate().filter(|(_, rule)| rule.is_raw());
        let raw_rules = raw.map(|(number, _)| number).collect();
        let counts_as = states.into_iter().map(Wanted::of).collect();
        Ok(Engine { infos: self.infos, counts_as, rules: self.rules, raw_rules, code, sieve })
    }
}

fn info(spot: &Spot<'_>, pack: &PackFile, id: RuleId, lists: &Lists) -> RuleInfo {
    let file = spot.rule;
    let or_pack = |own: &Option<String>, packs: &str| own.clone().unwrap_or_else(|| packs.to_owned());
    let needs: BTreeMap<Need, ()> = file.needs.iter().map(|need| (Need::from(need.clone()), ())).collect();
    RuleInfo {
        id,
        version: file.version,
        title: file.title.clone(),
        why: file.why.clone(),
        category: file.category,
        severity: file.severity,
        action: file.action,
        needs: needs.into_keys().collect(),
        redact: file.redact,
        source: or_pack(&file.source, &pack.source),
        owner: or_pack(&file.owner, &pack.owner),
        review: or_pack(&file.review, &pack.review),
        languages: file.languages.clone().unwrap_or_else(|| pack.languages.clone()),
        stages: file.stages.clone(),
        state: file.state,
        file: spot.source.name.clone(),
        line: line_of(&spot.source.text, file.id.span().start),
        fingerprint: fingerprint(file, lists),
    }
}

/// FNV-1a over what the rule does, with the words of the lists that it names. State, owner and dates may change within a
/// version; what it matches may not.
fn fingerprint(file: &RuleFile, lists: &Lists) -> u64 {
    let words =
        |phrases: &[Phrase]| phrases.iter().map(|p| p.as_ref().as_str()).collect::<Vec<_>>().join("\n");
    let groups: Vec<String> = file.all.iter().map(|group| words(group)).collect();
    let at_least =
        file.at_least.as_ref().map(|a| format!("{} {}", a.count, words(&a.of))).unwrap_or_default();
    let at_least_of = file.at_least.iter().flat_map(|a| &a.of);
    let phrases = file.all.iter().flatten().chain(at_least_of);
    let phrases = phrases.chain(&file.any).chain(&file.unless).chain(&file.unless_post);
    let behind = lists.behind(phrases.map(|phrase| phrase.as_ref().as_str()));
    let named: Vec<String> =
        behind.into_iter().map(|(name, words)| format!("{name}\n{}", words.join("\n"))).collect();
    let content = [
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {}",
            file.category, file.severity, file.action, file.needs, file.scope, file.stages, file.redact
        ),
        words(&file.context),
        words(&file.any),
        groups.join("\n\n"),
        at_least,
        words(&file.unless),
        words(&file.unless_post),
        words(&file.regex),
        words(&file.check),
        named.join("\n\n"),
    ];
    let bytes = content.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
