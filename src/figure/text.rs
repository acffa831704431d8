//! Words in a figure: Unicode with `<sup>` and `<sub>`, for three kinds of reader.

/// The size of all text, in pixels.
pub(super) const FONT_SIZE: f64 = 14.0;
/// The distance from one line of text to the next, in pixels.
pub(super) const LINE_HEIGHT: f64 = 18.0;

/// The height of a character relative to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Normal,
    Super,
    Sub,
}

/// A character with its height: the unit in which texts are measured and broken.
type Glyph = (char, Script);

/// The tags that are markup; every other `<` is a less-than sign.
const TAGS: [(&str, Script); 4] = [
    ("<sup>", Script::Super),
    ("<sub>", Script::Sub),
    ("</sup>", Script::Normal),
    ("</sub>", Script::Normal),
];

/// One line of a text that has been broken into lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line(Vec<Glyph>);

fn glyphs(markup: &str) -> Vec<Glyph> {
    let (mut rest, mut script, mut glyphs) = (markup, Script::Normal, Vec::new());
    while let Some(character) = rest.chars().next() {
        if let Some((tag, next)) = TAGS.iter().find(|(tag, _)| rest.starts_with(tag)) {
            script = *next;
            rest = &rest[tag.len()..];
            continue;
        }
        // Control characters and noncharacters have no place in XML.
        let forbidden = character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}');
        glyphs.push((if forbidden { ' ' } else { character }, script));
        rest = &rest[character.len_utf8()..];
    }
    glyphs
}

/// The height of some lines of text, in pixels.
pub(super) fn height(lines: &[Line]) -> f64 {
    lines.len() as f64 * LINE_HEIGHT
}

/// Breaks a text into lines of at most `width` pixels, at spaces where there are any.
pub(super) fn wrap(markup: &str, width: f64) -> Vec<Line> {
    let (mut lines, mut line, mut space) = (Vec::new(), Vec::new(), None);
    for glyph in glyphs(markup) {
        if glyph.0 == ' ' {
            space = Some(line.len());
        }
        line.push(glyph);
        if line.len() > 1 && glyph.0 != ' ' && measure(&line) > width {
            let rest = line.split_off(space.unwrap_or(line.len() - 1));
            lines.push(Line(std::mem::take(&mut line)));
            line = rest.into_iter().skip_while(|(character, _)| *character == ' ').collect();
            space = None;
        }
    }
    lines.push(Line(line));
    lines
}

/// A text on one line.
pub(super) fn line(markup: &str) -> Line {
    Line(glyphs(markup))
}

/// The width of the widest line, in pixels.
pub(super) fn widest(lines: &[Line]) -> f64 {
    lines.iter().map(Line::width).fold(0.0, f64::max)
}

impl Line {
    /// The estimated width in pixels; a little too wide for most fonts, so that nothing is cut off.
    pub(super) fn width(&self) -> f64 {
        measure(&self.0)
    }

    /// SVG: text with `tspan` for what stands higher or lower.
    pub(super) fn svg(&self) -> String {
        let (mut out, mut script) = (String::new(), Script::Normal);
        for run in self.0.chunk_by(|a, b| a.1 == b.1) {
            let text: String = run.iter().map(|(character, _)| escape(*character)).collect();
            let rise = rise(run[0].1) - rise(script);
            script = run[0].1;
            out += &match (rise == 0.0, script) {
                (true, _) => text,
                (false, Script::Normal) => format!(r#"<tspan dy="{rise}">{text}</tspan>"#),
                (false, _) => format!(r#"<tspan dy="{rise}" font-size="10">{text}</tspan>"#),
            };
        }
        out
    }

    /// Plotly: its own small subset of HTML.
    pub(super) fn plotly(&self) -> String {
        let mut out = String::new();
        for run in self.0.chunk_by(|a, b| a.1 == b.1) {
            let text: String = run.iter().map(|(character, _)| escape(*character)).collect();
            out += &match run[0].1 {
                Script::Normal => text,
                Script::Super => format!("<sup>{text}</sup>"),
                Script::Sub => format!("<sub>{text}</sub>"),
            };
        }
        out
    }
}

/// Several lines as Plotly writes them.
pub(super) fn plotly(lines: &[Line]) -> String {
    let lines: Vec<String> = lines.iter().map(Line::plotly).collect();
    lines.join("<br>")
}

/// The text without markup, as it is read aloud: Unicode where it has the character, else `^` and `_`.
pub(super) fn plain(markup: &str) -> String {
    let mut out = String::new();
    for run in glyphs(markup).chunk_by(|a, b| a.1 == b.1) {
        let text: String = run.iter().map(|(character, _)| *character).collect();
        let raised: Option<String> =
            run.iter().map(|(character, _)| superscript(*character)).collect();
        out += &match (run[0].1, raised) {
            (Script::Normal, _) => text,
            (Script::Super, Some(raised)) => raised,
            (Script::Super, None) => format!("^{text}"),
            (Script::Sub, _) => format!("_{text}"),
        };
    }
    out
}

/// A power of ten, as markup: the raised digits of Unicode do not match in all typefaces.
pub(crate) fn power_of_ten(exponent: i32) -> String {
    format!("10<sup>{exponent}</sup>").replace('-', "−")
}

fn superscript(character: char) -> Option<char> {
    let plain = "0123456789-−+n";
    let raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺ⁿ";
    plain.chars().zip(raised.chars()).find(|(from, _)| *from == character).map(|(_, to)| to)
}

/// How far below the line a script stands, in pixels.
fn rise(script: Script) -> f64 {
    match script {
        Script::Normal => 0.0,
        Script::Super => -5.0,
        Script::Sub => 3.0,
    }
}

fn measure(glyphs: &[Glyph]) -> f64 {
    let width = |(character, script): &Glyph| {
        let size = if *script == Script::Normal { FONT_SIZE } else { 10.0 };
        size * relative_width(*character)
    };
    glyphs.iter().map(width).sum()
}

/// Widths in units of the font's size. They are those of DejaVu Sans, rounded up: of the fonts that browsers
/// take where the wanted one is missing it is the widest.
fn relative_width(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'I' | '·' => 0.34,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' => 0.41,
        'm' | 'M' | 'W' | '@' | '%' => 0.98,
        'w' | '+' | '−' | '=' | '<' | '>' | '×' | '≈' | '≤' | '≥' | '~' => 0.84,
        _ if character.is_ascii_uppercase() => 0.75,
        _ if character.is_ascii_digit() => 0.64,
        _ if (character as u32) < 0x2e80 => 0.61,
        _ => 1.0,
    }
}

/// One character, safe in XML and in the HTML subset of Plotly.
fn escape(character: char) -> String {
    match character {
        '&' => "&amp;".to_string(),
        '<' => "&lt;".to_string(),
        '>' => "&gt;".to_string(),
        _ => character.to_string(),
    }
}

/// Plain text, safe in XML.
pub(super) fn escaped(plain: &str) -> String {
    plain.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_become_tspans_that_return_to_the_line() {
        let svg = line("y<sub>0</sub>x<sup>2</sup> < 3").svg();
        let expected = "y<tspan dy=\"3\" font-size=\"10\">0</tspan><tspan dy=\"-3\">x</tspan>\
                        <tspan dy=\"-5\" font-size=\"10\">2</tspan><tspan dy=\"5\"> &lt; 3</tspan>";
        assert_eq!(svg, expected);
    }

    #[test]
    fn plotly_keeps_scripts_and_escapes_other_angle_brackets() {
        assert_eq!(
            line("x<sup>2</sup> < 3 & y > 2").plotly(),
            "x<sup>2</sup> &lt; 3 &amp; y &gt; 2"
        );
    }

    #[test]
    fn spoken_text_has_no_markup() {
        assert_eq!(plain("N<sup>−2</sup> at y<sub>0</sub>, e<sup>x</sup>"), "N⁻² at y_0, e^x");
        assert_eq!(plain(&power_of_ten(-307)), "10⁻³⁰⁷");
    }

    #[test]
    fn wrapped_lines_keep_every_word_and_stay_within_the_width() {
        let title = "A long title that says in one sentence what is found wraps at its spaces";
        let lines = wrap(title, 160.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| line.width() <= 160.0));
        assert_eq!(plotly(&lines).replace("<br>", " "), title);
        assert!(wrap(&"x".repeat(300), 160.0).iter().all(|line| line.width() <= 160.0));
    }
}
