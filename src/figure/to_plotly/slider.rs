//! The slider below an interactive figure.

use plotly::common::{Anchor, Pad};
use plotly::layout::{
    Animation, AnimationMode, AnimationOptions, FrameSettings, Slider, SliderCurrentValue,
    SliderMethod, SliderStep, SliderTransition, TransitionSettings,
};

use super::font::font;
use crate::figure::builder;
use crate::figure::scene::Rect;
use crate::figure::{seven_digits, style, text};

/// What a slider adds to the height of the interactive figure, in pixels.
pub(super) const HEIGHT: f64 = 84.0;

/// Frames are named by number: two frames may carry the same label.
pub(super) fn frame_name(frame: usize) -> String {
    format!("frame {frame}")
}

pub(super) fn control(content: &builder::Slider, paper: Rect, height: f64) -> Slider {
    let steps = content.frames.iter().enumerate().map(|(index, frame)| {
        let jump = AnimationOptions::new()
            .mode(AnimationMode::Immediate)
            .frame(FrameSettings::new().duration(0).redraw(true))
            .transition(TransitionSettings::new().duration(0));
        SliderStep::new()
            .label(text::line(&frame.label).plotly())
            .method(SliderMethod::Animate)
            .args(super::to_json(&Animation::frames(vec![frame_name(index)]).options(jump)))
    });
    let current = SliderCurrentValue::new()
        .prefix(format!("{} = ", text::line(&content.name).plotly()))
        .visible(true)
        .font(font());
    Slider::new()
        .active(content.start as i32)
        .steps(steps.collect())
        .current_value(current)
        .x(0.0)
        .x_anchor(Anchor::Left)
        .length(1.0)
        .y(seven_digits((paper.bottom() - (height - HEIGHT)) / paper.height))
        .y_anchor(Anchor::Top)
        .pad(Pad::new(0, 0, 0))
        .transition(SliderTransition::new().duration(0))
        .background_color(style::GRID)
        .active_background_color(style::BORDER)
        .border_color(style::BORDER)
        .tick_color(style::BORDER)
        .font(font())
}
