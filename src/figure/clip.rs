//! Cutting shapes far outside the picture.
//!
//! What lies a little outside a panel is written as it is, and hidden by the clip path. A point that is
//! millions of pixels away would exceed the precision of a viewer, so lines and areas are cut where they
//! leave a large box around the picture: geometrically, so that what is inside keeps its direction.

/// A point in pixels.
pub(super) type Point = (f64, f64);

/// Half the side of the box, in pixels.
const REACH: f64 = 5000.0;

pub(super) fn is_near(point: Point) -> bool {
    point.0.abs() <= REACH && point.1.abs() <= REACH
}

/// The parts of a line through `points` that lie in the box.
pub(super) fn line(points: &[Point]) -> Vec<Vec<Point>> {
    if let [only] = points {
        return if is_near(*only) { vec![vec![*only]] } else { Vec::new() };
    }
    let mut parts: Vec<Vec<Point>> = Vec::new();
    for pair in points.windows(2) {
        let Some((from, to)) = segment(pair[0], pair[1]) else {
            continue;
        };
        match parts.last_mut() {
            Some(part) if part.last() == Some(&from) => part.push(to),
            _ => parts.push(vec![from, to]),
        }
    }
    parts
}

/// The part of a segment in the box (after Liang and Barsky).
fn segment(from: Point, to: Point) -> Option<(Point, Point)> {
    if is_near(from) && is_near(to) {
        return Some((from, to));
    }
    let (across, down) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (step, start) in [(across, from.0), (-across, -from.0), (down, from.1), (-down, -from.1)] {
        // Moving by `step` from `start`, the segment must stay below the border at `REACH`.
        match step.partial_cmp(&0.0)? {
            std::cmp::Ordering::Greater => leave = leave.min((REACH - start) / step),
            std::cmp::Ordering::Less => enter = enter.max((REACH - start) / step),
            std::cmp::Ordering::Equal if start > REACH => return None,
            std::cmp::Ordering::Equal => {}
        }
    }
    let at = |t: f64| (from.0 + t * across, from.1 + t * down);
    (enter <= leave).then(|| (at(enter), at(leave)))
}

/// The part of an area in the box (after Sutherland and Hodgman); empty if there is none.
pub(super) fn area(outline: &[Point]) -> Vec<Point> {
    let below: [fn(Point) -> f64; 4] =
        [|p| p.0 - REACH, |p| -p.0 - REACH, |p| p.1 - REACH, |p| -p.1 - REACH];
    let mut outline = outline.to_vec();
    for excess in below {
        let mut kept = Vec::with_capacity(outline.len());
        for (index, &point) in outline.iter().enumerate() {
            let previous = outline[(index + outline.len() - 1) % outline.len()];
            let (before, now) = (excess(previous), excess(point));
            if (before > 0.0) != (now > 0.0) {
                let t = before / (before - now);
                kept.push((
                    previous.0 + t * (point.0 - previous.0),
                    previous.1 + t * (point.1 - previous.1),
                ));
            }
            if now <= 0.0 {
                kept.push(point);
            }
        }
        outline = kept;
    }
    outline
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_points_are_left_alone() {
        let points = [(0.0, 1.0), (700.0, -4000.0), (20.0, 30.0)];
        assert_eq!(line(&points), vec![points.to_vec()]);
        assert_eq!(area(&points), points.to_vec());
    }

    #[test]
    fn a_line_to_a_far_point_keeps_its_direction() {
        let parts = line(&[(10.0, 20.0), (1e11 + 10.0, 3e11 + 20.0), (50.0, 60.0)]);
        let (leaving, entering) = (&parts[0], &parts[1]);
        let slope = (leaving[1].1 - 20.0) / (leaving[1].0 - 10.0);
        assert!((slope - 3.0).abs() < 1e-9 && is_near(leaving[1]));
        assert_eq!(entering[1], (50.0, 60.0));
    }

    #[test]
    fn a_segment_beside_the_box_vanishes_and_one_across_it_stays() {
        assert!(line(&[(6000.0, 0.0), (7000.0, 10.0)]).is_empty());
        let across = line(&[(-1e9, 100.0), (1e9, 100.0)]);
        assert_eq!(across, vec![vec![(-REACH, 100.0), (REACH, 100.0)]]);
    }

    #[test]
    fn an_area_is_cut_at_the_border() {
        let cut = area(&[(0.0, 0.0), (1e9, 0.0), (1e9, 100.0), (0.0, 100.0)]);
        assert_eq!(cut.len(), 4);
        assert!(cut.contains(&(REACH, 0.0)) && cut.contains(&(REACH, 100.0)));
    }
}
