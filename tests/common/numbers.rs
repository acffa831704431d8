//! The numbers that stand in a text: decimal numbers, fractions, per cents, and small ones in words.

/// A number, and where it stands.
#[derive(Debug, Clone)]
pub struct Found {
    pub value: f64,
    /// Written as a plain integer or in a word, without a decimal point.
    pub is_integer: bool,
    /// It stands where results stand: behind `=`, `≈`, "is", "are" and the like.
    pub is_result: bool,
    /// The words around it.
    pub place: String,
}

/// Small numbers in words.
const WORDS: [(&str, f64); 15] = [
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("half", 0.5),
    ("twenty", 20.0),
];

/// What stands before a result.
const BEFORE_RESULTS: [&str; 13] = [
    "=",
    "≈",
    "approx",
    "is",
    "are",
    "gives",
    "give",
    "observed",
    "expected",
    "shows",
    "factor of",
    "becomes",
    "about",
];

/// All numbers of a text.
pub fn numbers(text: &str) -> Vec<Found> {
    let text = text.replace('−', "-").replace("tfrac", "frac").replace("dfrac", "frac");
    let characters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let character = characters[at];
        let starts_word = at == 0 || !is_part_of_word(characters[at - 1]);
        if character.is_ascii_digit() && starts_word {
            let (value, end) = decimal(&characters, at);
            let mut push = |value: f64, is_integer: bool| {
                found.push(describe(&characters, at, end, value, is_integer));
            };
            let is_integer = characters[at..end].iter().all(char::is_ascii_digit);
            push(value, is_integer);
            if let Some(divisor) = divisor(&characters, end) {
                push(value / divisor, false);
            }
            if characters[end..].iter().find(|c| !c.is_whitespace()) == Some(&'%') {
                push(value / 100.0, false);
            }
            at = end;
        } else if character.is_alphabetic() && starts_word {
            let length = characters[at..].iter().take_while(|c| is_part_of_word(**c)).count();
            let word: String = characters[at..at + length].iter().collect();
            let known = WORDS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
            if let Some((_, value)) = known {
                found.push(describe(&characters, at, at + length, *value, true));
            }
            if word == "frac"
                && let Some((above, below)) = fraction(&characters, at + length)
            {
                found.push(describe(
                    &characters,
                    at.saturating_sub(1),
                    at + length,
                    above / below,
                    false,
                ));
            }
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

fn is_part_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '.'
}

/// A decimal number from a place on, and where it ends.
fn decimal(characters: &[char], start: usize) -> (f64, usize) {
    let digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let mut end = start;
    while digit(end) || (characters.get(end) == Some(&'_') && digit(end + 1)) {
        end += 1;
    }
    if characters.get(end) == Some(&'.') && digit(end + 1) {
        end += 1;
        while digit(end) || (characters.get(end) == Some(&'_') && digit(end + 1)) {
            end += 1;
        }
    }
    if matches!(characters.get(end), Some('e' | 'E')) {
        let sign = usize::from(matches!(characters.get(end + 1), Some('-' | '+')));
        if digit(end + 1 + sign) {
            end += 1 + sign;
            while digit(end) {
                end += 1;
            }
        }
    }
    let text: String = characters[start..end].iter().filter(|c| **c != '_').collect();
    let negative = start > 0
        && characters[start - 1] == '-'
        && (start == 1
            || !(characters[start - 2].is_alphanumeric() || characters[start - 2] == ')'));
    let value: f64 = text.parse().expect("digits, a point, an exponent");
    (if negative { -value } else { value }, end)
}

/// The number behind a slash.
fn divisor(characters: &[char], end: usize) -> Option<f64> {
    let rest = &characters[end..];
    let blanks = rest.iter().take_while(|c| **c == ' ').count();
    if rest.get(blanks) != Some(&'/') {
        return None;
    }
    let behind = blanks + 1 + rest[blanks + 1..].iter().take_while(|c| **c == ' ').count();
    if !rest.get(behind)?.is_ascii_digit() {
        return None;
    }
    let (value, _) = decimal(characters, end + behind);
    (value != 0.0).then_some(value)
}

/// The two numbers of a fraction in TeX: `\frac{23}{3}` or `\frac12`.
fn fraction(characters: &[char], at: usize) -> Option<(f64, f64)> {
    let part = |at: usize| -> Option<(f64, usize)> {
        if characters.get(at) == Some(&'{') {
            let (value, end) =
                characters.get(at + 1)?.is_ascii_digit().then(|| decimal(characters, at + 1))?;
            return (characters.get(end) == Some(&'}')).then_some((value, end + 1));
        }
        let digit = characters.get(at)?.to_digit(10)?;
        Some((f64::from(digit), at + 1))
    };
    let (above, end) = part(at)?;
    let (below, _) = part(end)?;
    (below != 0.0).then_some((above, below))
}

fn describe(characters: &[char], start: usize, end: usize, value: f64, is_integer: bool) -> Found {
    let before: String = characters[start.saturating_sub(30)..start].iter().collect();
    let behind: String = characters[end..(end + 20).min(characters.len())].iter().collect();
    let near = before.trim_end_matches([' ', '$', '*', '\\', '-', '{', '\n']);
    let is_result = BEFORE_RESULTS.iter().any(|word| {
        near.strip_suffix(word).is_some_and(|rest| {
            !word.starts_with(char::is_alphabetic) || !rest.ends_with(char::is_alphabetic)
        })
    });
    let number: String = characters[start..end].iter().collect();
    Found {
        value,
        is_integer,
        is_result,
        place: format!("{before}[{number}]{behind}").replace('\n', " "),
    }
}
