//! The static rendering: an SVG that needs no script, no font file and no network.
//!
//! Written here and not with a drawing library: the one at hand rounds to whole pixels, which makes
//! curves jagged, and moves points outside the range onto the border, which makes them lie.

mod labels;
mod marks;
mod writer;

use super::Figure;
use super::legend::SWATCH;
use super::measures::{COLOR_BAR_GAP, COLOR_BAR_WIDTH, TITLE_BASELINE, WIDTH};
use super::panel::Panel;
use super::scene::{Place, Scene, View};
use super::style;
use super::text::{self, FONT_SIZE, LINE_HEIGHT};
use super::ticks::Extent;
use writer::{Anchor, Writer, pixel};

impl Figure {
    /// The figure as SVG, 720 pixels wide, on a white page of its own.
    ///
    /// `<title>` and `<desc>` carry the title and the finding for those who do not see it. With a
    /// slider, the picture is that of its first position, and says so.
    ///
    /// ```
    /// # use itakura_saito::figure::{Axis, Figure, Panel, Series};
    /// let panel: Panel = Panel::new(Axis::linear("x"), Axis::linear("y"))
    ///     .series(Series::corrected("corrected", &[0.0, 1.0], &[0.0, 2.0]));
    /// let figure: Figure = Figure::builder("Title", "Finding.").panel(panel).build()?;
    /// assert!(figure.to_svg().contains("<desc"));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn to_svg(&self) -> String {
        let scene = Scene::of(self);
        let mut svg = Writer::new();
        open(&mut svg, &scene, &self.identifier());
        words(&mut svg, &scene);
        legend(&mut svg, &scene);
        for (index, (panel, place)) in
            self.panels(self.start()).into_iter().zip(&scene.places).enumerate()
        {
            let clip = format!("clip-{}-{index}", self.identifier());
            draw_panel(&mut svg, panel, place, &scene, &clip);
        }
        svg.close("svg");
        svg.finish()
    }

    /// What `<desc>` says: the finding, which frame is shown, where it is in the paper.
    fn description(&self) -> String {
        let mut sentences = vec![self.to_text()];
        if let Some(frame) = self.frame_sentence() {
            sentences
                .push(format!("{}; the interactive figure has a slider.", text::plain(&frame)));
        }
        if !self.source().is_empty() {
            sentences.push(format!("Source: {}.", text::plain(self.source())));
        }
        sentences.join(" ")
    }

    /// A short name for the ids in the SVG, which must differ between the figures of one page
    /// (the hash FNV-1a over everything that the figure says).
    fn identifier(&self) -> String {
        let words = format!("{:?}", self.content);
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        format!("{:08x}", words.bytes().fold(0xcbf2_9ce4_8422_2325, mix) as u32)
    }
}

fn open(svg: &mut Writer, scene: &Scene, id: &str) {
    let height = scene.height;
    svg.raw(&format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" style="max-width:100%;height:auto" role="img" aria-labelledby="title-{id} desc-{id}" font-family="{}" font-size="{FONT_SIZE}" fill="{}">"#,
        style::FONT_FAMILY,
        style::TEXT
    ));
    svg.raw(&format!(
        r#"<rect class="page" width="{WIDTH}" height="{height}" fill="{}"/>"#,
        style::PAGE
    ));
    let title = text::escaped(&text::plain(&scene.figure.content.title));
    svg.raw(&format!(r#"<title id="title-{id}">{title}</title>"#));
    let description = text::escaped(&scene.figure.description());
    svg.raw(&format!(r#"<desc id="desc-{id}">{description}</desc>"#));
    svg.open("defs", "");
    for (index, place) in scene.places.iter().enumerate() {
        svg.open("clipPath", &format!(r#"id="clip-{id}-{index}""#));
        svg.rectangle(place.plot, "");
        svg.close("clipPath");
    }
    svg.close("defs");
}

/// The title above and the source below.
fn words(svg: &mut Writer, scene: &Scene) {
    svg.lines(
        &scene.title,
        (10.0, TITLE_BASELINE),
        Anchor::Start,
        r#"class="title" font-weight="bold""#,
    );
    let top = scene.height - LINE_HEIGHT * scene.footer.len() as f64 - 4.0;
    svg.lines(&scene.footer, (10.0, top + 13.0), Anchor::Start, r#"class="source""#);
}

fn legend(svg: &mut Writer, scene: &Scene) {
    // Names begin where the leftmost panel does.
    let left = scene.paper().left;
    let width =
        scene.legend.iter().map(|e| e.left + SWATCH + text::widest(&e.name)).fold(0.0, f64::max);
    let shift = left.min(WIDTH - 10.0 - width).max(10.0);
    svg.open("g", r#"class="legend""#);
    for entry in &scene.legend {
        marks::swatch(svg, entry.series, entry.style, (shift + entry.left, entry.middle));
        let start = (shift + entry.left + SWATCH, entry.middle + 5.0);
        svg.lines(&entry.name, start, Anchor::Start, "");
    }
    svg.close("g");
}

fn draw_panel(svg: &mut Writer, panel: &Panel, place: &Place, scene: &Scene, clip: &str) {
    svg.open("g", r#"class="panel""#);
    grid(svg, place);
    svg.open("g", &format!(r#"clip-path="url(#{clip})""#));
    if let (Some(heatmap), Some(color)) = (&panel.heatmap, &place.color) {
        marks::field(svg, heatmap, panel, place, color.extent);
    }
    panel.guides.iter().for_each(|guide| marks::guide(svg, guide, panel, place));
    for series in panel.in_drawing_order() {
        marks::series(svg, series, panel, place, scene.styles.get(series));
    }
    svg.close("g");
    axes(svg, place);
    place.labels(panel).iter().for_each(|label| labels::label(svg, label, place));
    let title =
        (place.plot.left, place.plot.top - 7.0 - LINE_HEIGHT * (place.title.len() as f64 - 1.0));
    svg.lines(&place.title, title, Anchor::Start, r#"class="panel-title""#);
    if let Some(color) = &place.color {
        color_bar(svg, place, color);
    }
    svg.close("g");
}

fn grid(svg: &mut Writer, place: &Place) {
    let plot = place.plot;
    let mut lines = String::new();
    for tick in &place.x.ticks {
        let x = pixel(place.pixel(tick.coordinate, 0.0).0);
        lines += &format!("M{x} {}V{}", pixel(plot.top), pixel(plot.bottom()));
    }
    for tick in &place.y.ticks {
        let y = pixel(place.pixel(0.0, tick.coordinate).1);
        lines += &format!("M{} {y}H{}", pixel(plot.left), pixel(plot.right()));
    }
    svg.path(&lines, r##"class="grid" fill="none" stroke="#808080" stroke-opacity="0.22""##);
}

/// Border, marks and titles of both axes.
fn axes(svg: &mut Writer, place: &Place) {
    let plot = place.plot;
    svg.rectangle(plot, &format!(r#"class="border" fill="none" stroke="{}""#, style::BORDER));
    let mut marks = String::new();
    svg.open("g", r#"class="x-ticks""#);
    for (tick, label) in place.x.ticks.iter().zip(&place.x.labels) {
        let x = place.pixel(tick.coordinate, 0.0).0;
        marks += &format!("M{} {}v4", pixel(x), pixel(plot.bottom()));
        svg.lines(label, (x, plot.bottom() + 18.0), Anchor::Middle, "");
    }
    svg.close("g");
    svg.open("g", r#"class="y-ticks""#);
    for (tick, label) in place.y.ticks.iter().zip(&place.y.labels) {
        let y = place.pixel(0.0, tick.coordinate).1;
        marks += &format!("M{} {}h-4", pixel(plot.left), pixel(y));
        let first = y + 5.0 - LINE_HEIGHT / 2.0 * (label.len() as f64 - 1.0);
        svg.lines(label, (plot.left - 6.0, first), Anchor::End, "");
    }
    svg.close("g");
    svg.path(&marks, &format!(r#"class="ticks" fill="none" stroke="{}""#, style::BORDER));
    let tick_lines = place.x.labels.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let below = plot.bottom() + 20.0 + LINE_HEIGHT * tick_lines;
    svg.lines(
        &place.x.title,
        (plot.left + plot.width / 2.0, below),
        Anchor::Middle,
        r#"class="x-title""#,
    );
    let widest = place.y.labels.iter().map(|label| text::widest(label)).fold(0.0, f64::max);
    let left = plot.left - 14.0 - widest - LINE_HEIGHT * (place.y.title.len() as f64 - 1.0);
    svg.turned(&place.y.title, (left, plot.top + plot.height / 2.0), r#"class="y-title""#);
}

fn color_bar(svg: &mut Writer, place: &Place, color: &View) {
    const STEPS: usize = 64;
    let (plot, left) = (place.plot, place.plot.right() + COLOR_BAR_GAP);
    let height = plot.height / STEPS as f64;
    svg.open("g", r#"class="color-bar" shape-rendering="crispEdges""#);
    for step in 0..STEPS {
        let fill = style::viridis(step as f64 / (STEPS - 1) as f64);
        let top = plot.bottom() - height * (step + 1) as f64;
        let path = format!(
            "M{} {}h{}v{}h-{}z",
            pixel(left),
            pixel(top),
            pixel(COLOR_BAR_WIDTH),
            pixel(height),
            pixel(COLOR_BAR_WIDTH)
        );
        svg.path(&path, &format!(r#"fill="{fill}""#));
    }
    svg.close("g");
    svg.open("g", r#"class="color-ticks""#);
    let right = left + COLOR_BAR_WIDTH;
    for (tick, label) in color.ticks.iter().zip(&color.labels) {
        let y = plot.bottom() - plot.height * Extent::fraction(&color.extent, tick.coordinate);
        svg.lines(label, (right + 5.0, y + 5.0), Anchor::Start, "");
    }
    svg.close("g");
    let widest = color.labels.iter().map(|label| text::widest(label)).fold(0.0, f64::max);
    svg.turned(
        &color.title,
        (right + 12.0 + widest + 8.0, plot.top + plot.height / 2.0),
        r#"class="color-title""#,
    );
}
