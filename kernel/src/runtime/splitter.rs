//! Tells apart what a cell prints: text, requests of the crate, and evcxr's content blocks.
//!
//! All else, evcxr's control words included, is text, and every byte of it is shown.

use crate::frame::{MARKER, Prompt};

const BEGIN_CONTENT: &[u8] = b"EVCXR_BEGIN_CONTENT ";
const END_CONTENT: &[u8] = b"\nEVCXR_END_CONTENT\n";
const ASK: &[u8] = b"EVCXR_INPUT_REQUEST";
const ASK_SECRETLY: &[u8] = b"EVCXR_INPUT_REQUEST_PASSWORD";

/// Up to this size a content block may wait for its end.
const LARGEST_BLOCK: usize = 1 << 28;
/// After so many pauses a block without an end is text.
const PAUSES_IN_A_BLOCK: usize = 10;

/// A piece of the runtime's standard output.
#[derive(Debug, PartialEq)]
pub enum Piece {
    /// What the cell printed.
    Text(String),
    /// A request of the crate: kind and JSON.
    Marker(String, String),
    /// A content block of evcxr's: MIME type and text.
    Content(String, String),
}

/// Cuts the output into pieces, however the reads fall.
pub struct Splitter {
    marker: Vec<u8>,
    /// What has come and is not decided yet, and how much of it need not be looked at again.
    held: Vec<u8>,
    looked_at: usize,
    at_line_start: bool,
    /// For how many pauses nothing has come.
    pauses: usize,
}

/// What the bytes at some place are the beginning of.
enum Found {
    Piece(Piece, usize),
    /// More bytes have to come.
    Undecided,
    Nothing,
}

impl Splitter {
    pub fn new(secret: &str) -> Splitter {
        let marker = format!("{MARKER}{secret}:").into_bytes();
        Splitter { marker, held: Vec::new(), looked_at: 0, at_line_start: true, pauses: 0 }
    }

    /// The pieces that are whole once these bytes have come.
    pub fn split(&mut self, bytes: &[u8]) -> Vec<Piece> {
        self.held.extend_from_slice(bytes);
        self.pauses = 0;
        let mut pieces = Vec::new();
        let mut start = 0;
        let mut position = 0;
        while let Some(offset) = self.next_candidate(position) {
            position = offset;
            match self.find(position) {
                Found::Nothing => position += 1,
                Found::Undecided => break,
                Found::Piece(piece, length) => {
                    push_text(&self.held[start..position], &mut pieces);
                    pieces.push(piece);
                    position += length;
                    start = position;
                    self.at_line_start = true;
                    self.looked_at = 0;
                }
            }
        }
        let end = self.next_candidate(position).unwrap_or(self.held.len());
        let end = start + whole_characters(&self.held[start..end]);
        self.take_text(start, end, &mut pieces);
        pieces
    }

    /// No bytes have come for a while: what only looks like the beginning of a block is text.
    pub fn pause(&mut self) -> Vec<Piece> {
        let may_be_marker = self.held.first() == self.marker.first();
        if may_be_marker || self.held.is_empty() || self.prompt().is_some() {
            return Vec::new();
        }
        self.pauses += 1;
        let patience = if self.held.starts_with(BEGIN_CONTENT) { PAUSES_IN_A_BLOCK } else { 2 };
        if self.pauses < patience { Vec::new() } else { self.rest() }
    }

    /// What is left when the cell has ended.
    pub fn rest(&mut self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        push_text(&std::mem::take(&mut self.held), &mut pieces);
        self.looked_at = 0;
        self.at_line_start = true;
        pieces
    }

    /// The words with which the cell asks for input, if they are the last that it printed.
    pub fn take_prompt(&mut self) -> Option<Prompt> {
        let prompt = self.prompt()?;
        self.held.clear();
        Some(prompt)
    }

    fn prompt(&self) -> Option<Prompt> {
        let line = self.held.strip_suffix(b"\n")?;
        if !self.at_line_start || !line.starts_with(ASK) || line.contains(&b'\n') {
            return None;
        }
        let text =
            line.iter().position(|&byte| byte == b':').map_or(&b""[..], |at| &line[at + 1..]);
        let text = String::from_utf8_lossy(text).into_owned();
        Some(Prompt { text, is_password: line.starts_with(ASK_SECRETLY) })
    }

    /// Where something other than text may begin.
    fn next_candidate(&self, from: usize) -> Option<usize> {
        let first = self.marker[0];
        let offset = self.held[from..].iter().position(|&byte| byte == first || byte == b'E')?;
        Some(from + offset)
    }

    fn find(&mut self, position: usize) -> Found {
        let tail = &self.held[position..];
        if begins_like(tail, &self.marker) {
            return self.find_marker(position);
        }
        if begins_like(tail, BEGIN_CONTENT) {
            return self.find_block(position);
        }
        let starts_line = match position {
            0 => self.at_line_start,
            _ => self.held[position - 1] == b'\n',
        };
        // A request for input is one only if nothing follows it.
        let line_end = tail.iter().position(|&byte| byte == b'\n');
        if starts_line && begins_like(tail, ASK) && line_end.is_none_or(|end| end + 1 == tail.len())
        {
            return Found::Undecided;
        }
        Found::Nothing
    }

    fn find_marker(&mut self, position: usize) -> Found {
        let from = (position + self.marker.len()).max(self.looked_at);
        if from > self.held.len() {
            return Found::Undecided;
        }
        let Some(end) = self.held[from..].iter().position(|&byte| byte == b'\n') else {
            self.looked_at = self.held.len();
            return Found::Undecided;
        };
        let content = &self.held[position + self.marker.len()..from + end];
        let content = String::from_utf8_lossy(content);
        let (kind, json) = content.split_once(' ').unwrap_or((&content, "null"));
        Found::Piece(Piece::Marker(kind.to_owned(), json.to_owned()), from + end + 1 - position)
    }

    fn find_block(&mut self, position: usize) -> Found {
        let tail = &self.held[position..];
        if tail.len() > LARGEST_BLOCK {
            return Found::Nothing;
        }
        let Some(head) = tail.iter().position(|&byte| byte == b'\n') else {
            // A MIME type is short and has no spaces in it.
            let is_open = tail.len() < 300 && tail.get(BEGIN_CONTENT.len()..).is_none_or(is_type);
            return if is_open { Found::Undecided } else { Found::Nothing };
        };
        let Some(mime_type) = tail
            .get(BEGIN_CONTENT.len()..head)
            .filter(|name| is_type(name) && name.contains(&b'/'))
        else {
            return Found::Nothing;
        };
        let mime_type = String::from_utf8_lossy(mime_type).into_owned();
        let from = self.looked_at.saturating_sub(position + END_CONTENT.len()).max(head);
        let end = tail[from..].windows(END_CONTENT.len()).position(|window| window == END_CONTENT);
        let Some(end) = end.map(|end| from + end) else {
            self.looked_at = self.held.len();
            return Found::Undecided;
        };
        let text = String::from_utf8_lossy(&tail[(head + 1).min(end)..end]).into_owned();
        Found::Piece(Piece::Content(mime_type, text), end + END_CONTENT.len())
    }

    fn take_text(&mut self, start: usize, end: usize, pieces: &mut Vec<Piece>) {
        push_text(&self.held[start..end], pieces);
        if end > start {
            self.at_line_start = self.held[end - 1] == b'\n';
        }
        if end > 0 {
            self.held.drain(..end);
            self.looked_at = self.looked_at.saturating_sub(end);
        }
    }
}

/// Whether one of the two is the beginning of the other.
fn begins_like(tail: &[u8], token: &[u8]) -> bool {
    let count = token.len().min(tail.len());
    tail[..count] == token[..count]
}

fn is_type(name: &[u8]) -> bool {
    name.iter().all(|byte| byte.is_ascii_graphic())
}

/// How many bytes are whole characters; the first bytes of one wait for its last.
pub fn whole_characters(bytes: &[u8]) -> usize {
    let recent = bytes.len().saturating_sub(3);
    for start in (recent..bytes.len()).rev() {
        let length = match bytes[start] {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            0x80..=0xbf => continue,
            _ => return bytes.len(),
        };
        return if start + length > bytes.len() { start } else { bytes.len() };
    }
    bytes.len()
}

fn push_text(bytes: &[u8], pieces: &mut Vec<Piece>) {
    if !bytes.is_empty() {
        pieces.push(Piece::Text(String::from_utf8_lossy(bytes).into_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "s3cret";

    fn all(output: &[u8], step: usize) -> Vec<Piece> {
        let mut splitter = Splitter::new(SECRET);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut found: Vec<Piece> =
            output.chunks(step).flat_map(|bytes| splitter.split(bytes)).collect();
        found.extend(splitter.rest());
        for piece in found {
            match (pieces.last_mut(), piece) {
                (Some(Piece::Text(text)), Piece::Text(more)) => text.push_str(&more),
                (_, piece) => pieces.push(piece),
            }
        }
        pieces
    }

    #[test]
    fn the_pieces_do_not_depend_on_where_the_reads_fall() {
        let output = "é\u{1}itakura:s3cret:display {\"a\": 1}\nhalfEVCXR_BEGIN_CONTENT text/html\n\
                      <b>\nEVCXR_END_CONTENT\nEVCXR_BEGIN_CONTENT text/plain\n\nEVCXR_END_CONTENT\n\
                      日本 EVE\n";
        let expected = [
            Piece::Text("é".to_owned()),
            Piece::Marker("display".to_owned(), "{\"a\": 1}".to_owned()),
            Piece::Text("half".to_owned()),
            Piece::Content("text/html".to_owned(), "<b>".to_owned()),
            Piece::Content("text/plain".to_owned(), String::new()),
            Piece::Text("日本 EVE\n".to_owned()),
        ];
        for step in 1..output.len() {
            assert_eq!(all(output.as_bytes(), step), expected, "reads of {step} bytes");
        }
    }

    #[test]
    fn words_of_control_are_text_wherever_they_stand() {
        for output in [
            "EVCXR_PANIC_NOTIFICATION\n",
            "a EVCXR_EXECUTION_COMPLETE\n",
            "EVCXR_ERROR_OCCURRED",
            "EVCXR_VARIABLE_CHANGED_TYPE:a\n",
            "EVCXR_END_CONTENT\n",
            "EVCXR_BEGIN_CONTENT text/html\n<b>x</b>EVCXR_END_CONTENT\n",
            "EVCXR_BEGIN_CONTENT of a talk\nEVCXR_END_CONTENT\n",
            "EVCXR_INPUT_REQUEST:name?\nand more\n",
            "EVCXR_INPUT_REQUEST:name?\n",
            "\u{1}itakura:display {}\n",
            "\u{1}itakura:wrong:display {}\n",
            "\u{1}itakura:s3cret:display",
            "\u{1}",
        ] {
            for step in [1, 7, output.len()] {
                assert_eq!(all(output.as_bytes(), step), [Piece::Text(output.to_owned())]);
            }
        }
    }

    #[test]
    fn progress_without_a_newline_does_not_wait() {
        let mut splitter = Splitter::new(SECRET);
        assert_eq!(splitter.split(b"\r10 %"), [Piece::Text("\r10 %".to_owned())]);
        assert_eq!(splitter.split(b"\rTHE"), [Piece::Text("\rTH".to_owned())]);
        assert_eq!(splitter.pause(), []);
        assert_eq!(splitter.pause(), [Piece::Text("E".to_owned())]);
        assert_eq!(splitter.pause(), []);
    }

    #[test]
    fn a_request_for_input_is_one_if_nothing_follows_it() {
        let mut splitter = Splitter::new(SECRET);
        assert_eq!(splitter.split(b"EVCXR_INPUT_REQUEST_PASSWORD:word?\n"), []);
        assert_eq!(splitter.pause(), []);
        let prompt = Prompt { text: "word?".to_owned(), is_password: true };
        assert_eq!(splitter.take_prompt(), Some(prompt));
        assert_eq!(splitter.rest(), []);
        assert_eq!(splitter.split(b"EVCXR_INPUT_REQUEST:a\n"), []);
        let text = "EVCXR_INPUT_REQUEST:a\nb\n".to_owned();
        assert_eq!(splitter.split(b"b\n"), [Piece::Text(text)]);
    }

    #[test]
    fn a_block_that_does_not_end_is_released_once_nothing_comes() {
        let mut splitter = Splitter::new(SECRET);
        let block = "EVCXR_BEGIN_CONTENT text/html\nopen";
        assert_eq!(splitter.split(block.as_bytes()), []);
        for _ in 1..PAUSES_IN_A_BLOCK {
            assert_eq!(splitter.pause(), []);
        }
        assert_eq!(splitter.pause(), [Piece::Text(block.to_owned())]);
    }

    #[test]
    fn a_character_that_is_cut_waits_and_one_that_is_broken_does_not() {
        let text = "a€";
        assert_eq!(whole_characters(&text.as_bytes()[..3]), 1);
        assert_eq!(whole_characters(text.as_bytes()), 4);
        assert_eq!(whole_characters(b"a\xff"), 2);
        assert_eq!(whole_characters(b"\x80\x80\x80"), 3);
    }

    #[test]
    fn a_large_block_takes_linear_time() {
        let mut output = b"EVCXR_BEGIN_CONTENT text/plain\n".to_vec();
        output.resize(output.len() + 20_000_000, b'x');
        output.extend_from_slice(END_CONTENT);
        let pieces = all(&output, 1 << 16);
        assert!(matches!(&pieces[..], [Piece::Content(_, text)] if text.len() == 20_000_000));
    }
}
