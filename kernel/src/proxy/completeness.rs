//! Whether a cell is a whole one, for consoles that ask before they send it (`is_complete_request`).

use super::syntax;
use jupyter_protocol::IsCompleteReply;

/// The answer for a piece of code: complete, incomplete with the indentation of the next line, or
/// invalid because a bracket closes that was never opened.
pub fn answer(code: &str) -> IsCompleteReply {
    match syntax::fault(code) {
        None => IsCompleteReply::complete(),
        Some((syntax::Fault::Open(_), _)) => {
            IsCompleteReply::incomplete("    ".repeat(syntax::depth(code)))
        }
        Some((fault, _)) if fault.is_unfinished() => IsCompleteReply::incomplete(String::new()),
        Some(_) => IsCompleteReply::invalid(),
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
