//! Whether the brackets, strings and comments of a cell close, and no expression is too long, before evcxr
//! sees it.
//!
//! evcxr wraps a cell in a function and runs the statements that it finds in there. A bracket that closes
//! too much ends that function, and an open comment swallows it: in both cases evcxr finds nothing to run
//! and answers "ok". So these cells are refused here. An expression of thousands of links would end evcxr, and
//! all variables with it. All other mistakes reach the compiler.

use jupyter_protocol::ErrorOutput;
use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, TokenKind, tokenize};
use std::ops::Range;

/// How deep brackets may be nested. evcxr's parser calls itself for each level, on a stack that ends.
const DEEPEST: usize = 200;
/// How many words and signs an expression may have between two commas or semicolons, those of the brackets
/// around it included: for evcxr's parser each may be one level more.
const LONGEST: usize = 1000;

/// What is wrong with the brackets, strings or comments of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// A bracket closes what was never opened, or opened by another one.
    Stray(char),
    /// A bracket is never closed.
    Open(char),
    /// A comment is never closed.
    Comment,
    /// The text of a string never ends.
    Text,
    /// Brackets are nested deeper than [`DEEPEST`].
    Deep,
    /// An expression is longer than [`LONGEST`].
    Long,
}

impl Fault {
    /// Whether more lines could make the cell whole.
    pub fn is_unfinished(&self) -> bool {
        matches!(self, Fault::Open(_) | Fault::Comment | Fault::Text)
    }

    fn describe(&self) -> String {
        match self {
            Fault::Stray(bracket) => {
                format!("this `{bracket}` closes nothing: remove it, or open what it should close")
            }
            Fault::Open(bracket) => format!("this `{bracket}` is never closed"),
            Fault::Comment => "this comment is never closed: end it with `*/`".to_owned(),
            Fault::Text => "this string is never closed: end it with its quotation mark".to_owned(),
            Fault::Deep => format!(
                "brackets are nested more than {DEEPEST} deep here: give the inner parts names"
            ),
            Fault::Long => format!(
                "this expression has more than {LONGEST} words and signs without a comma or a semicolon: \
                 give parts of it names"
            ),
        }
    }
}

/// The first fault of a cell, with the place where it shows.
pub fn fault(code: &str) -> Option<(Fault, usize)> {
    open_brackets(code).err()
}

/// Whether a cell says `extern` otherwise than before a function, or a list of them, in another language.
pub fn brings_a_crate(code: &str) -> bool {
    let text = &code[rust_of(code)];
    let mut start = 0;
    let mut after_extern = false;
    for token in tokenize(text, FrontmatterAllowed::No) {
        let word = &text[start..start + token.len as usize];
        start += token.len as usize;
        match token.kind {
            TokenKind::Whitespace
            | TokenKind::LineComment { .. }
            | TokenKind::BlockComment { .. } => {}
            kind => {
                let of_a_function = word == "fn"
                    || matches!(kind, TokenKind::Literal { .. } | TokenKind::OpenBrace);
                if after_extern && !of_a_function {
                    return true;
                }
                after_extern = kind == TokenKind::Ident && word == "extern";
            }
        }
    }
    after_extern
}

/// How many brackets of an unfinished cell are open at its end.
pub fn depth(code: &str) -> usize {
    let text = &code[rust_of(code)];
    let mut depth: usize = 0;
    for token in tokenize(text, FrontmatterAllowed::No) {
        if closing(token.kind).is_some() {
            depth += 1;
        } else if opening(token.kind).is_some() {
            depth = depth.saturating_sub(1);
        }
    }
    depth
}

fn open_brackets(code: &str) -> Result<(), (Fault, usize)> {
    let rust = rust_of(code);
    let mut position = rust.start;
    let mut open: Vec<(TokenKind, usize)> = Vec::new();
    let mut length = Length::default();
    for token in tokenize(&code[rust], FrontmatterAllowed::No) {
        let start = position;
        position += token.len as usize;
        let bracket = || code[start..].chars().next().unwrap_or_default();
        if length.add(token.kind, &code[start..position]) > LONGEST {
            return Err((Fault::Long, start));
        }
        match token.kind {
            kind if closing(kind).is_some() => {
                open.push((kind, start));
                if open.len() > DEEPEST {
                    return Err((Fault::Deep, start));
                }
            }
            kind if opening(kind).is_some() => {
                let opened = open.pop().map(|(kind, _)| kind);
                if opened != opening(kind) {
                    return Err((Fault::Stray(bracket()), start));
                }
            }
            TokenKind::BlockComment { terminated: false, .. } => {
                return Err((Fault::Comment, start));
            }
            TokenKind::Literal { kind, .. } if is_open(kind) => return Err((Fault::Text, start)),
            _ => {}
        }
    }
    match open.pop() {
        None => Ok(()),
        Some((_, start)) => {
            Err((Fault::Open(code[start..].chars().next().unwrap_or_default()), start))
        }
    }
}

/// Counts the words and signs of the expression that is being read, at each depth of brackets.
struct Length {
    counts: Vec<usize>,
    /// Whether the last sign closed a block, after which a statement may begin.
    after_block: bool,
}

impl Default for Length {
    fn default() -> Length {
        Length { counts: vec![0], after_block: false }
    }
}

impl Length {
    /// The length with one more word or sign.
    fn add(&mut self, kind: TokenKind, text: &str) -> usize {
        let is_trivia = matches!(
            kind,
            TokenKind::Whitespace | TokenKind::LineComment { .. } | TokenKind::BlockComment { .. }
        );
        if is_trivia {
            return 0;
        }
        let begins_statement = match kind {
            TokenKind::Ident => !matches!(text, "else" | "as"),
            TokenKind::Lifetime { .. } | TokenKind::Pound => true,
            _ => false,
        };
        if opening(kind).is_some() && self.counts.len() > 1 {
            self.counts.pop();
        }
        let is_separator = matches!(kind, TokenKind::Comma | TokenKind::Semi);
        let starts_anew = is_separator || self.after_block && begins_statement;
        self.after_block = kind == TokenKind::CloseBrace;
        let last = self.counts.last_mut().expect("the outermost one stays");
        *last = if starts_anew { 0 } else { *last + 1 };
        if closing(kind).is_some() {
            self.counts.push(0);
        }
        self.counts.iter().sum()
    }
}

/// The part of a cell that is Rust: evcxr's commands and the shell's stand before it.
pub fn rust_of(code: &str) -> Range<usize> {
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        let is_command = line.trim_start_matches(' ').starts_with(':') || line.starts_with('!');
        if !is_command && !line.starts_with("//") && !line.trim().is_empty() {
            break;
        }
        start += line.len();
    }
    start..code.len()
}

fn closing(bracket: TokenKind) -> Option<TokenKind> {
    match bracket {
        TokenKind::OpenBrace => Some(TokenKind::CloseBrace),
        TokenKind::OpenParen => Some(TokenKind::CloseParen),
        TokenKind::OpenBracket => Some(TokenKind::CloseBracket),
        _ => None,
    }
}

fn opening(bracket: TokenKind) -> Option<TokenKind> {
    match bracket {
        TokenKind::CloseBrace => Some(TokenKind::OpenBrace),
        TokenKind::CloseParen => Some(TokenKind::OpenParen),
        TokenKind::CloseBracket => Some(TokenKind::OpenBracket),
        _ => None,
    }
}

/// Whether a text literal still waits for its end.
fn is_open(kind: LiteralKind) -> bool {
    match kind {
        LiteralKind::Str { terminated }
        | LiteralKind::ByteStr { terminated }
        | LiteralKind::CStr { terminated } => !terminated,
        LiteralKind::RawStr { n_hashes }
        | LiteralKind::RawByteStr { n_hashes }
        | LiteralKind::RawCStr { n_hashes } => n_hashes.is_none(),
        _ => false,
    }
}

/// The error of a cell that has a fault, with the line and a mark below it.
pub fn refusal(code: &str) -> Option<ErrorOutput> {
    let (fault, position) = fault(code)?;
    let before = &code[..position];
    let number = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    let line: String = code.lines().nth(number - 1).unwrap_or_default().chars().take(200).collect();
    let message = fault.describe();
    let mut traceback = vec![
        format!("\u{1b}[31mcompile error\u{1b}[0m: {message}"),
        format!("  in line {number} of this cell: {}", line.trim()),
    ];
    if column < 200 && !line.contains('\t') {
        traceback.extend([format!("  {line}"), format!("  {}^", " ".repeat(column))]);
    }
    traceback.push("nothing of this cell was run".to_owned());
    Some(ErrorOutput { ename: "compile error".to_owned(), evalue: message, traceback })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_which_evcxr_would_run_nothing_is_refused_with_its_line() {
        for (code, expected, line) in [
            ("}", Fault::Stray('}'), 1),
            ("} assert!(false);", Fault::Stray('}'), 1),
            ("let a: i32 = 1;\n} fn g() {", Fault::Stray('}'), 2),
            ("\nf(1];\n", Fault::Stray(']'), 2),
            ("let a: i32 = 1;\n/* open", Fault::Comment, 2),
            ("/* /* nested */\nassert!(false);", Fault::Comment, 1),
            ("f(\n  1,\n", Fault::Open('('), 1),
            ("let s: &str = \"open\n;", Fault::Text, 1),
            ("let s: &str = r#\"open\";", Fault::Text, 1),
        ] {
            let (found, position) = fault(code).expect(code);
            assert_eq!(found, expected, "{code}");
            assert_eq!(code[..position].matches('\n').count() + 1, line, "{code}");
            let words = refusal(code).unwrap().traceback.join("\n");
            assert!(words.contains(&format!("in line {line} of this cell")), "{words}");
        }
    }

    #[test]
    fn whole_cells_pass_whatever_their_texts_and_commands_hold() {
        for code in [
            "",
            "println!(\"}}}\");",
            "let a: char = '{'; // }",
            "/* } */ let b: &'static str = r##\"}\"#\"##;",
            ":dep a = { path = \"b\" }\nlet c: [u8; 2] = [b'{', b'}'];",
            "!echo \"}\n// a remark: }\n1 + 1",
            "#![allow(unused)]\n'outer: loop { break 'outer; }",
        ] {
            assert_eq!(fault(code), None, "{code}");
        }
    }

    #[test]
    fn an_expression_of_thousands_of_links_is_refused_and_long_data_are_not() {
        for link in ["1 + ", "!", "if n == 1 { } else ", "|| ", "return ", "-"] {
            let linked = |count: usize| format!("let x: i32 = {}1;", link.repeat(count));
            assert_eq!(fault(&linked(2000)).map(|(fault, _)| fault), Some(Fault::Long), "{link}");
            assert_eq!(fault(&linked(100)), None, "{link}");
        }
        for tail in [".abs()", "?", " as f64", "[0]"] {
            let code = format!("let x: f64 = 1.0{};", tail.repeat(2000));
            assert_eq!(fault(&code).map(|(fault, _)| fault), Some(Fault::Long), "{tail}");
        }
        let nested = format!("{}f({}1", "f(- - - - - - - - ".repeat(150), "-".repeat(10));
        assert_eq!(fault(&nested).map(|(fault, _)| fault), Some(Fault::Long));
        for code in [
            format!("let v: Vec<f64> = vec![{}];", "1.0, ".repeat(100_000)),
            "let x: f64 = 1.0;\n".repeat(3000),
            "fn f() -> f64 { 1.0 }\n".repeat(3000),
            "if a == b { f(); }\n".repeat(3000),
            "#[derive(Debug)] struct S { a: f64 }\n".repeat(3000),
            format!("match n {{ {} }}", "1 => { f() }\n".repeat(3000).replace("1 =>", "n =>")),
        ] {
            assert_eq!(fault(&code), None, "{}", &code[..60]);
        }
    }

    #[test]
    fn a_cell_of_a_hundred_thousand_brackets_is_one_refusal() {
        let code = format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000));
        assert_eq!(fault(&code), Some((Fault::Deep, DEEPEST)));
        assert!(refusal(&code).unwrap().traceback.iter().all(|line| line.len() < 500));
    }
}
