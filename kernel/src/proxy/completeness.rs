//! Whether a cell is a whole one, for consoles that ask before they send it (`is_complete_request`).

use jupyter_protocol::IsCompleteReply;
use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, TokenKind, tokenize};

/// The answer for a piece of code: complete, incomplete with the indentation of the next line, or
/// invalid because a bracket closes that was never opened.
pub fn answer(code: &str) -> IsCompleteReply {
    if code.trim_start().starts_with(':') {
        return IsCompleteReply::complete();
    }
    let mut open: Vec<TokenKind> = Vec::new();
    for token in tokenize(code, FrontmatterAllowed::No) {
        match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenParen | TokenKind::OpenBracket => {
                open.push(token.kind)
            }
            TokenKind::CloseBrace | TokenKind::CloseParen | TokenKind::CloseBracket
                if open.pop().and_then(closing) != Some(token.kind) =>
            {
                return IsCompleteReply::invalid();
            }
            TokenKind::BlockComment { terminated: false, .. } => {
                return IsCompleteReply::incomplete(String::new());
            }
            TokenKind::Literal { kind, .. } if is_open(kind) => {
                return IsCompleteReply::incomplete(String::new());
            }
            _ => {}
        }
    }
    if open.is_empty() {
        IsCompleteReply::complete()
    } else {
        IsCompleteReply::incomplete("    ".repeat(open.len()))
    }
}

fn closing(opening: TokenKind) -> Option<TokenKind> {
    match opening {
        TokenKind::OpenBrace => Some(TokenKind::CloseBrace),
        TokenKind::OpenParen => Some(TokenKind::CloseParen),
        TokenKind::OpenBracket => Some(TokenKind::CloseBracket),
        _ => None,
    }
}

/// Whether a string literal still waits for its end.
fn is_open(kind: LiteralKind) -> bool {
    match kind {
        LiteralKind::Str { terminated } | LiteralKind::ByteStr { terminated } => !terminated,
        LiteralKind::RawStr { n_hashes } | LiteralKind::RawByteStr { n_hashes } => {
            n_hashes.is_none()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jupyter_protocol::IsCompleteReplyStatus::{Complete, Incomplete, Invalid};

    #[test]
    fn brackets_strings_and_comments_decide() {
        for (code, status) in [
            ("let a: f64 = 1.0;", Complete),
            (":dep ndarray = \"0.17\"", Complete),
            ("for i in 0..3 {", Incomplete),
            ("println!(\"{", Incomplete),
            ("println!(\"{\")", Complete),
            ("let s: &str = r#\"a\"", Incomplete),
            ("/* a comment", Incomplete),
            ("let a: char = '{';", Complete),
            ("}", Invalid),
            ("(1]", Invalid),
        ] {
            assert_eq!(answer(code).status, status, "{code}");
        }
        assert_eq!(answer("fn f() {\n    g(").indent, "        ");
    }
}
