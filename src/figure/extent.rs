//! The part of each axis that is shown, the same in every frame.

use super::axis::Axis;
use super::panel::{Guide, Panel};
use super::series::{Heatmap, Series, SeriesKind};
use super::seven_digits;
use super::ticks::Extent;

/// The share of the length that is left free beyond the outermost points.
const MARGIN: f64 = 0.04;

/// Width and offset from its abscissa of each set of bars of a panel; sets stand side by side.
pub(super) struct BarSlots {
    pub(super) width: f64,
    sets: usize,
}

impl BarSlots {
    pub(super) fn of(panel: &Panel) -> Self {
        let bars = || panel.series.iter().filter(|series| series.kind == SeriesKind::Bars);
        let mut places: Vec<f64> = bars().flat_map(|series| series.x.iter().copied()).collect();
        places.sort_by(f64::total_cmp);
        places.dedup();
        let gaps = places.windows(2).map(|pair| pair[1] - pair[0]);
        let spacing = gaps.min_by(f64::total_cmp).unwrap_or(1.0).min(f64::MAX);
        let sets = bars().count().max(1);
        Self { width: seven_digits(0.8 * spacing / sets as f64), sets }
    }

    /// From the abscissa to the left edge of a bar of the set number `index`.
    pub(super) fn offset(&self, index: usize) -> f64 {
        seven_digits(self.width * (index as f64 - self.sets as f64 / 2.0))
    }

    /// From the abscissa to the outer edge of the outermost bar.
    fn reach(&self) -> f64 {
        self.width * self.sets as f64 / 2.0
    }
}

/// The extent of the horizontal axis; `frames` are the states of one panel.
pub(super) fn horizontal(frames: &[&Panel]) -> Extent {
    let axis = &frames[0].x;
    let mut hull = Hull::default();
    for panel in frames {
        let reach = BarSlots::of(panel).reach();
        for series in &panel.series {
            hull.include(&series.x, axis);
            if series.kind == SeriesKind::Bars {
                let edges = series.x.iter().flat_map(|x| [x - reach, x + reach]);
                hull.include(&edges.collect::<Vec<f64>>(), axis);
            }
        }
        for guide in &panel.guides {
            match *guide {
                Guide::Vertical { x, .. } => hull.include(&[x], axis),
                Guide::Slope { from, to_x, .. } => hull.include(&[from.0, to_x], axis),
                Guide::Horizontal { .. } => {}
            }
        }
        panel.notes.iter().for_each(|note| hull.include(&[note.x], axis));
    }
    finish(hull, axis, frames, |heatmap| &heatmap.x)
}

/// The extent of the vertical axis; `frames` are the states of one panel.
pub(super) fn vertical(frames: &[&Panel]) -> Extent {
    let axis = &frames[0].y;
    let mut hull = Hull::default();
    for panel in frames {
        for series in &panel.series {
            include_ordinates(&mut hull, series, axis);
        }
        for guide in &panel.guides {
            match *guide {
                Guide::Horizontal { y, .. } => hull.include(&[y], axis),
                Guide::Slope { exponent, from, to_x, .. } => {
                    hull.include(&[from.1, Guide::end_of_slope(exponent, from, to_x)], axis);
                }
                Guide::Vertical { .. } => {}
            }
        }
        panel.notes.iter().for_each(|note| hull.include(&[note.y], axis));
    }
    let has_bars = frames[0].series.iter().any(|series| series.kind == SeriesKind::Bars);
    let stands_on_zero = has_bars && !axis.is_logarithmic() && axis.range.is_none();
    let mut extent = finish(hull, axis, frames, |heatmap| &heatmap.y);
    // Bars begin at zero, and no gap is left below them.
    if stands_on_zero && hull.low == 0.0 {
        extent.low = 0.0;
    } else if stands_on_zero && hull.high == 0.0 {
        extent.high = 0.0;
    }
    extent
}

fn include_ordinates(hull: &mut Hull, series: &Series, axis: &Axis) {
    hull.include(&series.y, axis);
    if let Some(interval) = &series.interval {
        hull.include(&interval.lower, axis);
        hull.include(&interval.upper, axis);
    }
    if series.kind == SeriesKind::Bars && !axis.is_logarithmic() {
        hull.include(&[0.0], axis);
    }
}

/// The colours of a heat map span the values of all frames.
pub(super) fn colors(frames: &[&Panel]) -> Option<Extent> {
    let mut hull = Hull::default();
    let values = Axis::linear("colour");
    for heatmap in frames.iter().filter_map(|panel| panel.heatmap.as_ref()) {
        heatmap.rows.iter().for_each(|row| hull.include(row, &values));
    }
    (hull.low <= hull.high).then(|| hull.widened(0.0, false))
}

/// The borders of the cells around these centres, in coordinates: halfway between neighbours.
pub(super) fn cell_borders(centres: &[f64], axis: &Axis) -> Vec<f64> {
    let centres: Vec<f64> = centres.iter().map(|centre| axis.coordinate(*centre)).collect();
    let half_alone = if axis.is_logarithmic() { 2.0_f64.log10() } else { 0.5 };
    let first_half = centres.get(1).map_or(half_alone, |second| second * 0.5 - centres[0] * 0.5);
    let count = centres.len();
    let last_half =
        if count > 1 { centres[count - 1] * 0.5 - centres[count - 2] * 0.5 } else { half_alone };
    let mut borders = vec![centres[0] - first_half];
    borders.extend(centres.windows(2).map(|pair| pair[0] * 0.5 + pair[1] * 0.5));
    borders.push(centres[count - 1] + last_half);
    borders.into_iter().map(|border| border.clamp(-f64::MAX, f64::MAX)).collect()
}

fn finish(
    mut hull: Hull,
    axis: &Axis,
    frames: &[&Panel],
    centres: fn(&Heatmap) -> &Vec<f64>,
) -> Extent {
    if let Some((low, high)) = axis.range {
        let (low, high) = (axis.coordinate(low), axis.coordinate(high));
        return Extent { low: seven_digits(low), high: seven_digits(high) };
    }
    let fields: Vec<&Heatmap> = frames.iter().filter_map(|panel| panel.heatmap.as_ref()).collect();
    for heatmap in &fields {
        hull.include_coordinates(&cell_borders(centres(heatmap), axis));
    }
    // A field fills its panel.
    let margin = if fields.is_empty() { MARGIN } else { 0.0 };
    hull.widened(margin, axis.is_logarithmic())
}

/// The smallest interval of coordinates with everything that was included.
#[derive(Clone, Copy)]
struct Hull {
    low: f64,
    high: f64,
}

impl Default for Hull {
    fn default() -> Self {
        Self { low: f64::INFINITY, high: f64::NEG_INFINITY }
    }
}

impl Hull {
    fn include(&mut self, values: &[f64], axis: &Axis) {
        let coordinates: Vec<f64> = values.iter().map(|value| axis.coordinate(*value)).collect();
        self.include_coordinates(&coordinates);
    }

    fn include_coordinates(&mut self, coordinates: &[f64]) {
        for coordinate in coordinates {
            self.low = self.low.min(*coordinate);
            self.high = self.high.max(*coordinate);
        }
    }

    /// The hull with a free share at both ends. Around a single value that is half the value, or a decade.
    fn widened(&self, margin: f64, is_logarithmic: bool) -> Extent {
        let largest = self.low.abs().max(self.high.abs());
        let half = self.high * 0.5 - self.low * 0.5;
        // The numbers have seven digits: what is closer than that is one value.
        let free = if half > 1e-6 * largest && half > 1e-290 {
            half * 2.0 * margin
        } else if largest > 1e-280 && !is_logarithmic {
            0.5 * largest
        } else {
            1.0
        };
        let (low, high) = (self.low - free, self.high + free);
        Extent { low: seven_digits(low.max(-f64::MAX)), high: seven_digits(high.min(f64::MAX)) }
    }
}
