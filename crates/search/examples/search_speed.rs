//! How long an index over many names takes to be made and asked, and what it takes of memory.
//!
//! `search_speed NAMES SEED` invents names as the Hub has them and prints a line a figure: what, a
//! number, and its unit. `cargo xtask bench search` runs it.
#![expect(clippy::disallowed_methods, reason = "an example is a binary, and knows the clock")]
#![expect(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::fmt::Write as _;
use std::time::Instant;

use search::Index;

const WHO: [&str; 24] = [
    "qwen",
    "meta-llama",
    "google",
    "mistralai",
    "deepseek-ai",
    "unsloth",
    "bartowski",
    "TheBloke",
    "mlx-community",
    "microsoft",
    "openai",
    "sentence-transformers",
    "mradermacher",
    "nvidia",
    "lmstudio-community",
    "facebook",
    "stabilityai",
    "tiiuae",
    "ibm-granite",
    "BAAI",
    "Helsinki-NLP",
    "RedHatAI",
    "huggingface",
    "allenai",
];
const WHAT: [&str; 24] = [
    "Qwen3",
    "Llama-3.1",
    "gemma-3",
    "Mistral",
    "DeepSeek-R1",
    "Phi-4",
    "bert-base",
    "whisper",
    "stable-diffusion",
    "t5",
    "gpt2",
    "roberta",
    "Qwen2.5-Coder",
    "SmolLM2",
    "granite",
    "opus-mt",
    "wav2vec2",
    "vit-base",
    "distilbert",
    "Falcon",
    "bge",
    "e5",
    "flux",
    "clip",
];
const SIZE: [&str; 10] = ["0.5B", "1.5B", "3B", "7B", "8B", "14B", "32B", "70B", "large", "small"];
const HOW: [&str; 16] = [
    "Instruct",
    "GGUF",
    "AWQ",
    "4bit",
    "lora",
    "dpo",
    "finetuned",
    "Chat",
    "bnb-4bit",
    "uncased",
    "v2",
    "abliterated",
    "distill",
    "GPTQ",
    "merged",
    "it",
];
/// What people type, letter by letter, and what they mistype.
const ASKED: [&str; 28] = [
    "qwen",
    "Qwen/Qwen3-8B",
    "llama 3.1 8b instruct",
    "gguf",
    "mistral 7b",
    "deepseek-r1",
    "8b",
    "bert-base-uncased",
    "whisper large",
    "gemma",
    "phi4",
    "stable diffusion",
    "unsloth qwen gguf",
    "lora",
    "mistarl",
    "depseek",
    "lama",
    "seek",
    "embedd",
    "quantized",
    "zzzzzzzz",
    "qewn 8b",
    "a",
    "t",
    "model",
    "finetuned 7b dpo merged",
    "instruct 4bit lora awq",
    "xqzv",
];
const ROUNDS: usize = 5;

fn main() {
    let mut words = std::env::args().skip(1);
    let mut number = |default: u64| words.next().and_then(|w| w.parse().ok()).unwrap_or(default);
    let (count, seed) = (number(3_000_000), number(7));
    let names = names(count, &mut Dice(seed));
    let bytes: usize = names.iter().map(String::len).sum();
    for threads in [1, 2] {
        let begun = Instant::now();
        let index = Index::new(&names, threads);
        println!("built-{threads} {} s", begun.elapsed().as_secs_f64());
        if threads == 2 {
            println!("names {bytes} bytes");
            println!("index {} bytes", index.bytes());
            ask(&index, &names);
        }
    }
}

/// Asks as people type: every beginning of every question.
fn ask(index: &Index, names: &[String]) {
    let beginnings = |asked: &'static str| {
        asked.char_indices().map(|(place, letter)| &asked[..place + letter.len_utf8()])
    };
    let mut questions: Vec<String> =
        ASKED.iter().flat_map(|asked| beginnings(asked)).map(str::to_owned).collect();
    // Names that are there, whole, and with their first letters turned round.
    for name in names.iter().step_by(names.len() / 40 + 1) {
        questions.push(name.clone());
        let mut letters: Vec<char> = name.chars().collect();
        letters.swap(1, 2);
        questions.push(letters.into_iter().collect());
    }
    // Of each question the quickest time: what else the machine does is not the question's.
    let mut taken: Vec<(f64, &str)> = Vec::new();
    let mut slowest = 0.0_f64;
    for question in &questions {
        let mut quickest = f64::INFINITY;
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            let hits = index.find(question, 20);
            let millis = begun.elapsed().as_secs_f64() * 1e3;
            assert!(hits.len() <= 20, "no more than were asked for");
            (quickest, slowest) = (quickest.min(millis), slowest.max(millis));
        }
        taken.push((quickest, question));
    }
    taken.sort_by(|a, b| a.0.total_cmp(&b.0));
    let quantile = |share: f64| taken[((taken.len() - 1) as f64 * share) as usize].0;
    println!("questions {} asked", taken.len());
    println!("p50 {} ms", quantile(0.5));
    println!("p99 {} ms", quantile(0.99));
    println!("worst {} ms", quantile(1.0));
    println!("slowest {slowest} ms");
    for (millis, question) in taken.iter().rev().take(6) {
        println!("slow {millis} ms: {question}");
    }
}

/// Names with the parts that the Hub's have, of owners of whom a few have many models and most one.
fn names(count: u64, dice: &mut Dice) -> Vec<String> {
    let name = |_| {
        let mut name = String::new();
        match dice.below(4) {
            0 => name.push_str(dice.one(&WHO)),
            _ => write!(name, "{}{}", dice.word(), dice.below(1_000)).expect("texts grow"),
        }
        write!(name, "/{}-{}", dice.one(&WHAT), dice.one(&SIZE)).expect("texts grow");
        for _ in 0..dice.below(4) {
            write!(name, "-{}", dice.one(&HOW)).expect("texts grow");
        }
        match dice.below(3) {
            0 => write!(name, "-{}", dice.word()).expect("texts grow"),
            1 => write!(name, "-{:06x}", dice.below(1 << 24)).expect("texts grow"),
            _ => {}
        }
        name
    };
    (0..count).map(name).collect()
}

/// The same names each time (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len() as u64) as usize]
    }

    /// Syllables that nobody has used before, mostly.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 20] = [
            "ka", "ri", "no", "shi", "mel", "dor", "an", "ti", "ra", "lu", "ven", "qo", "bis",
            "ha", "zen", "mi", "tor", "el", "su", "pa",
        ];
        let count = 2 + self.below(3);
        (0..count).map(|_| self.one(&SYLLABLES)).collect()
    }
}
