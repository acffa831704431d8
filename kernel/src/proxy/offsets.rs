//! Places in a cell: Jupyter counts Unicode's code points, evcxr what a reader takes for a character.

use jupyter_protocol::CompleteReply;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

/// How many characters stand before a number of code points.
pub fn to_characters(code: &str, points: usize) -> usize {
    let byte = code.char_indices().nth(points).map_or(code.len(), |(byte, _)| byte);
    code.grapheme_indices(true).take_while(|(start, _)| *start < byte).count()
}

/// How many code points stand before a number of characters.
pub fn to_points(code: &str, characters: usize) -> usize {
    code.graphemes(true).take(characters).map(|character| character.chars().count()).sum()
}

/// evcxr's answer with the places that Jupyter expects.
pub fn complete_reply(mut reply: CompleteReply, code: &str) -> CompleteReply {
    reply.cursor_start = to_points(code, reply.cursor_start);
    reply.cursor_end = to_points(code, reply.cursor_end);
    let types = reply.metadata.get_mut("_jupyter_types_experimental");
    for entry in types.and_then(Value::as_array_mut).into_iter().flatten() {
        entry["start"] = reply.cursor_start.into();
        entry["end"] = reply.cursor_end.into();
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_whatever_stands_before_them() {
        for before in ["", "a", "é", "e\u{301}", "👩‍👩‍👧", "🇩🇪🇫🇷", "\r\n", "日本", "e\u{301}\r\n👩‍👩‍👧"]
        {
            let code = format!("{before}x.y");
            let points = before.chars().count();
            let characters = before.graphemes(true).count();
            for more in 0..=3 {
                assert_eq!(to_characters(&code, points + more), characters + more, "{code:?}");
                assert_eq!(to_points(&code, characters + more), points + more, "{code:?}");
            }
        }
        assert_eq!(to_characters("a", 9), 1);
        assert_eq!(to_points("a", 9), 1);
    }
}
