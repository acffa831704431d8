//! What was executed in this session, for `history_request`.

use jupyter_protocol::{HistoryEntry, HistoryReply, HistoryRequest};

/// The only session that a kernel remembers.
const SESSION: usize = 0;

/// The inputs of this session, oldest first, with their execution counts.
#[derive(Default)]
pub struct History {
    inputs: Vec<(usize, String)>,
}

impl History {
    pub fn push(&mut self, count: usize, code: &str) {
        self.inputs.push((count, code.to_owned()));
    }

    /// The answer to a request, as the protocol describes it: the last `n`, a range of this session, or
    /// the last `n` that match a pattern of `*` and `?`.
    pub fn answer(&self, request: &HistoryRequest) -> HistoryReply {
        let (mut found, with_output): (Vec<&(usize, String)>, bool) = match request {
            HistoryRequest::Tail { n, output, .. } => (last(self.inputs.iter(), *n), *output),
            HistoryRequest::Range { session, start, stop, output, .. } => {
                let this_session = session.is_none_or(|session| session == SESSION as i32);
                let inside = |count: usize| {
                    let count = count as i32;
                    this_session && count >= *start && (*stop <= 0 || count < *stop)
                };
                (self.inputs.iter().filter(|(count, _)| inside(*count)).collect(), *output)
            }
            HistoryRequest::Search { pattern, n, output, .. } => {
                let matching = self.inputs.iter().filter(|(_, code)| matches(pattern, code));
                (last(matching, *n), *output)
            }
        };
        if let HistoryRequest::Search { unique: true, .. } = request {
            let mut seen = std::collections::HashSet::new();
            found.retain(|(_, code)| seen.insert(code));
        }
        let entry = |(count, code): &(usize, String)| match with_output {
            true => HistoryEntry::InputOutput(SESSION, *count, (code.clone(), String::new())),
            false => HistoryEntry::Input(SESSION, *count, code.clone()),
        };
        HistoryReply::new(found.into_iter().map(entry).collect())
    }
}

fn last<'a, T>(items: impl Iterator<Item = &'a T>, count: i32) -> Vec<&'a T> {
    let mut items: Vec<&T> = items.collect();
    let keep = if count > 0 { count as usize } else { items.len() };
    items.split_off(items.len().saturating_sub(keep))
}

/// Whether `text` matches a pattern in which `*` stands for any characters and `?` for one. After a
/// mismatch only the last `*` takes one character more, so the time is at most that of a product.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut place) = (0, 0);
    let mut last_star = None;
    while place < text.len() {
        match pattern.get(at) {
            Some('*') => {
                last_star = Some((at, place));
                at += 1;
            }
            Some(&wanted) if wanted == '?' || wanted == text[place] => {
                at += 1;
                place += 1;
            }
            _ => {
                let Some((star, taken)) = last_star else { return false };
                last_star = Some((star, taken + 1));
                at = star + 1;
                place = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(|&rest| rest == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(reply: HistoryReply) -> Vec<(usize, String)> {
        reply
            .history
            .into_iter()
            .map(|entry| match entry {
                HistoryEntry::Input(_, count, code) => (count, code),
                HistoryEntry::InputOutput(_, count, (code, _)) => (count, code),
            })
            .collect()
    }

    #[test]
    fn tail_range_and_search_find_what_they_should() {
        let mut history = History::default();
        for (count, code) in ["let a = 1;", "let b = 2;", "a + b", "let a = 1;"].iter().enumerate()
        {
            history.push(count + 1, code);
        }
        let tail = HistoryRequest::Tail { n: 2, output: false, raw: true };
        assert_eq!(codes(history.answer(&tail)), [(3, "a + b".into()), (4, "let a = 1;".into())]);
        let range =
            HistoryRequest::Range { session: None, start: 1, stop: 3, output: true, raw: true };
        assert_eq!(codes(history.answer(&range)).len(), 2);
        let search = |unique| HistoryRequest::Search {
            pattern: "let ? = *".into(),
            unique,
            output: false,
            raw: true,
            n: 10,
        };
        assert_eq!(codes(history.answer(&search(false))).len(), 3);
        assert_eq!(codes(history.answer(&search(true))).len(), 2);
    }

    #[test]
    fn a_pattern_of_many_stars_takes_no_time() {
        let text = "a".repeat(2000);
        assert!(matches(&("*a".repeat(500) + "*"), &text));
        assert!(!matches(&("*a".repeat(500) + "*b"), &text));
        assert!(
            matches("", "") && matches("**", "") && !matches("?", "") && matches("a?c*", "abcd")
        );
    }
}
