//! What evcxr is asked when the reader wants to know what a name is.
//!
//! evcxr looks at the end of the code that it is given, and knows the name there if it is whole. The
//! reader's cursor stands anywhere in it, or behind the bracket of a call.

use jupyter_protocol::InspectRequest;

/// The request with the code up to the end of the name at the cursor.
pub fn whole_name(request: &InspectRequest) -> InspectRequest {
    let characters: Vec<char> = request.code.chars().collect();
    let is_of_name = |index: usize| {
        characters
            .get(index)
            .is_some_and(|character| character.is_alphanumeric() || *character == '_')
    };
    let mut end = request.cursor_pos.min(characters.len());
    if !is_of_name(end) && end > 0 && characters[end - 1] == '(' {
        end -= 1;
    }
    while is_of_name(end) {
        end += 1;
    }
    let code: String = characters[..end].iter().collect();
    InspectRequest { cursor_pos: end, code, ..request.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_may_stand_anywhere_in_a_name_or_behind_its_bracket() {
        for (code, cursor, expected) in [
            ("p.get()", 2, "p.get"),
            ("p.get()", 4, "p.get"),
            ("p.get()", 5, "p.get"),
            ("p.get()", 6, "p.get"),
            ("f(é_1, 2)", 2, "f(é_1"),
            ("f(x", 99, "f(x"),
            ("", 0, ""),
        ] {
            let request =
                InspectRequest { code: code.to_owned(), cursor_pos: cursor, detail_level: None };
            let asked = whole_name(&request);
            assert_eq!(asked.code, expected, "{code} at {cursor}");
            assert_eq!(asked.cursor_pos, expected.chars().count());
        }
    }
}
