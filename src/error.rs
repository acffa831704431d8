//! The one error type of the crate: each variant carries the offending value and names the remedy.

use std::cmp::Ordering;

/// What can be wrong with the input of a function of this crate.
///
/// Values are validated where they enter, so most functions cannot fail at all.
#[derive(Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A quantity that is positive by definition was zero, negative, infinite or NaN.
    #[error("{name} must be positive and finite, but it is {}: {remedy}", number(*value))]
    NotPositive {
        /// What the value stands for, in words.
        name: &'static str,
        /// The value that was given.
        value: f64,
        /// What to do about it.
        remedy: &'static str,
    },
    /// An entry of an array of positive quantities was zero, negative, infinite or NaN.
    #[error("{name}{index:?} must be positive and finite, but it is {}: {remedy}", number(*value))]
    NotPositiveAt {
        /// What the array stands for, in words.
        name: &'static str,
        /// Where the entry stands, one index per axis.
        index: Vec<usize>,
        /// The value that was given.
        value: f64,
        /// What to do about it.
        remedy: &'static str,
    },
    /// An array that must have entries had none.
    #[error("{name} is empty: {remedy}")]
    Empty {
        /// What the array stands for, in words.
        name: &'static str,
        /// What to do about it.
        remedy: &'static str,
    },
    /// Two arrays that are compared entry by entry had different shapes.
    #[error(
        "the target has shape {target:?}, but the prediction has shape {prediction:?}: {remedy}"
    )]
    ShapeMismatch {
        /// The shape of the target.
        target: Vec<usize>,
        /// The shape of the prediction.
        prediction: Vec<usize>,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A number lay outside the range in which it has a meaning, or was NaN.
    #[error("{name} must {}, but it is {}: {remedy}", range(*value, *lower, *upper), number(*value))]
    OutOfRange {
        /// What the value stands for, in words.
        name: &'static str,
        /// The value that was given.
        value: f64,
        /// The lower end of the range.
        lower: f64,
        /// The upper end of the range; [`f64::MAX`] where there is none.
        upper: f64,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A number lay where something has no meaning, such as a pole.
    #[error(
        "{name} must {}: {remedy}", outside(*low, *high, *value)
    )]
    InsideOf {
        /// What the value stands for, in words.
        name: &'static str,
        /// The value that was given.
        value: f64,
        /// The lower end of what is excluded.
        low: f64,
        /// The upper end.
        high: f64,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A number was infinite or NaN: given so, or too large for an `f64`.
    #[error("{name} must be finite, but it is {value}: {remedy}")]
    NotFinite {
        /// What the value stands for, in words.
        name: &'static str,
        /// The value that was found.
        value: f64,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A count was too small for the computation to mean anything.
    #[error("{name} must be at least {minimum}, but it is {count}: {remedy}")]
    TooFew {
        /// What is counted, in words.
        name: &'static str,
        /// The count that was given.
        count: usize,
        /// The smallest count that works.
        minimum: usize,
        /// What to do about it.
        remedy: &'static str,
    },
    /// An entry of an array was infinite or NaN.
    #[error("{name}{index:?} must be finite, but it is {value}: {remedy}")]
    NotFiniteAt {
        /// What the array stands for, in words.
        name: &'static str,
        /// Where the entry stands, one index per axis.
        index: Vec<usize>,
        /// The value that was given.
        value: f64,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A list did not have the length that another list, or a grid, requires.
    #[error("{name} must have {expected} values, but has {found}: {remedy}")]
    Lengths {
        /// What the list stands for, in words.
        name: &'static str,
        /// How many values it should have.
        expected: usize,
        /// How many it has.
        found: usize,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A matrix that maps a space to itself was not square.
    #[error(
        "the matrix has {rows} rows and {columns} columns, but must be square: check its shape"
    )]
    NotSquare {
        /// The number of rows.
        rows: usize,
        /// The number of columns.
        columns: usize,
    },
    /// A matrix that must be symmetric was not.
    #[error(
        "the matrix must be symmetric, but its entry ({row}, {column}) is {} and ({column}, {row}) is {}: \
         symmetrise it, or find out which of the two is wrong", number(*entry), number(*mirrored)
    )]
    NotSymmetric {
        /// The row of the entry that differs most from its mirror image.
        row: usize,
        /// Its column.
        column: usize,
        /// The entry.
        entry: f64,
        /// The one on the other side of the diagonal.
        mirrored: f64,
    },
    /// A matrix that must be positive definite had a pivot that is not positive.
    #[error(
        "the matrix is not positive definite, since the pivot of row {row} is {}: make its diagonal larger, or \
         what stands beside it smaller", number(*pivot)
    )]
    NotPositiveDefinite {
        /// The row, counted from zero.
        row: usize,
        /// The pivot.
        pivot: f64,
    },
    /// A matrix that has no inverse, to rounding.
    #[error(
        "the matrix is singular, since a pivot is {}: a combination of its columns vanishes; drop one of \
         them, or add a positive number to the diagonal", number(*pivot)
    )]
    Singular {
        /// The pivot that is zero to rounding.
        pivot: f64,
    },
    /// A function that should change its sign between two places, and does not.
    #[error(
        "{name} has the same sign at {} and {}, where it is {} and {}: {remedy}",
        number(*low), number(*high), number(*at_low), number(*at_high)
    )]
    SameSign {
        /// The function, in words.
        name: &'static str,
        /// The first place.
        low: f64,
        /// The second place.
        high: f64,
        /// The value at the first place.
        at_low: f64,
        /// The value at the second place.
        at_high: f64,
        /// What to do about it.
        remedy: &'static str,
    },
    /// An action that has one minimum where two are compared.
    #[error(
        "at λ = {} both starts lead to the same minimum, so that no other can take its place: choose \
         elasticities at which `RivalMinima::of` finds two", number(*elasticity)
    )]
    OneMinimum {
        /// The elasticity at which it is so.
        elasticity: f64,
    },
    /// A graph in which some nodes have no path to others, so that their distance is infinite.
    #[error(
        "the graph is disconnected, since no path leads from node {from} to node {to}: add an edge, or take \
         its parts one by one"
    )]
    Disconnected {
        /// A node.
        from: usize,
        /// The first node that cannot be reached from it.
        to: usize,
    },
    /// A grid whose ends are not those of the problem.
    #[error("the ends of the grid must be {expected}, but they are {found}: {remedy}")]
    Ends {
        /// The ends of the problem.
        expected: String,
        /// Those of the grid.
        found: String,
        /// What to do about it.
        remedy: &'static str,
    },
    /// An array did not have as many axes as the space has dimensions.
    #[error("{name} must have {expected} axes, but has {found}: {remedy}")]
    Axes {
        /// What the array stands for, in words.
        name: &'static str,
        /// The number of axes it should have.
        expected: usize,
        /// The number it has.
        found: usize,
        /// What to do about it.
        remedy: &'static str,
    },
    /// An iteration ended without a solution, so that there is none to return.
    #[error(
        "{name} was not found: after {iterations} iterations the residual is {residual:e}, and at most \
         {allowed:e} counts as solved: {remedy}"
    )]
    NotConverged {
        /// What was looked for, in words.
        name: &'static str,
        /// The number of iterations that were made.
        iterations: usize,
        /// The residual after them.
        residual: f64,
        /// The largest residual of a solution.
        allowed: f64,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A random graph that did not come out of so many drawings.
    #[error(
        "none of {drawings} drawings of {nodes} nodes with {degree} neighbours each is simple and connected: \
         {remedy}"
    )]
    NotDrawn {
        /// How often it was tried.
        drawings: usize,
        /// The number of nodes.
        nodes: usize,
        /// The number of neighbours of each.
        degree: usize,
        /// What to do about it.
        remedy: &'static str,
    },
    /// The reader has interrupted the cell; see [`interrupt`](crate::interrupt).
    #[error("the computation was interrupted before its end: run the cell again for its result")]
    Interrupted,
    /// A stored record, such as a checkpoint, that cannot be used.
    #[error("{what} cannot be used: {remedy}")]
    Record {
        /// What was found.
        what: String,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A number of a figure was infinite or NaN.
    #[error(
        "value {index} of `{name}` is {value}, which cannot be drawn: leave the point out, or find out \
         where it comes from"
    )]
    FigureNotFinite {
        /// The name of the series, axis or label.
        name: String,
        /// The position of the value in its list, counted from zero.
        index: usize,
        /// The value that was given.
        value: f64,
    },
    /// A number on a logarithmic axis of a figure was zero or negative.
    #[error(
        "value {index} of `{name}` is {}, but the axis `{axis}` is logarithmic: leave the point out, or make \
         the axis linear", number(*value)
    )]
    FigureNotPositive {
        /// The name of the series, axis or label.
        name: String,
        /// The title of the logarithmic axis.
        axis: String,
        /// The position of the value in its list, counted from zero.
        index: usize,
        /// The value that was given.
        value: f64,
    },
    /// Lists of a figure that belong together had different lengths.
    #[error(
        "`{name}` needs {expected} values, one for each place, but has {found}: give as many as there are places"
    )]
    FigureLengths {
        /// The name of the series or heat map.
        name: String,
        /// The number of places.
        expected: usize,
        /// The number of values.
        found: usize,
    },
    /// A figure, or a part of it, had nothing to show.
    #[error("nothing can be drawn, because {what}: add it before `build`")]
    FigureEmpty {
        /// What is missing, and where.
        what: String,
    },
    /// A figure had more of something than a reader or a notebook can take.
    #[error(
        "{place} has {count} {what}, but at most {limit} stay readable: show fewer, or use several figures"
    )]
    FigureTooMany {
        /// What is counted: lines, panels or frames.
        what: &'static str,
        /// The part of the figure that has them.
        place: String,
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A text of a figure was empty, or in LaTeX.
    #[error("{what} cannot be `{text}`: {remedy}")]
    FigureText {
        /// The text in question.
        what: &'static str,
        /// What was given.
        text: String,
        /// What to do about it.
        remedy: &'static str,
    },
    /// The range of an axis of a figure was empty, reversed or narrower than six digits can tell.
    #[error(
        "the range of the axis `{axis}` goes from {} to {}: it must grow, by more than a millionth",
        number(*low), number(*high)
    )]
    FigureRange {
        /// The title of the axis.
        axis: String,
        /// The low end.
        low: f64,
        /// The high end.
        high: f64,
    },
    /// Numbers of a figure stood in the wrong order: limits around a value, or centres of cells.
    #[error(
        "at index {index} of `{name}`, {} does not come before {}: limits enclose their value, and the cells of \
         a heat map have increasing places", number(*first), number(*second)
    )]
    FigureOrder {
        /// The name of the series or heat map.
        name: String,
        /// The position in the list, counted from zero.
        index: usize,
        /// The number that should be the smaller one.
        first: f64,
        /// The number that should be the larger one.
        second: f64,
    },
    /// Something was drawn on a scale on which it has no meaning.
    #[error("{what}: {remedy}")]
    FigureScale {
        /// What stands where.
        what: String,
        /// What to do about it.
        remedy: &'static str,
    },
    /// The frames of a slider differed in more than their values.
    #[error(
        "frame `{frame}` {difference}: give every frame the same panels, axes, names and kinds"
    )]
    FigureFrames {
        /// The label of the frame.
        frame: String,
        /// How it differs.
        difference: String,
    },
    /// The frame that a slider begins with is not the one that its figure speaks of.
    #[error(
        "the slider over `{slider}` begins with the frame `{label}`, which the finding of the figure does not \
         name: begin with the frame that it describes (`Slider::start_at`), and name it"
    )]
    FigureFrameUnnamed {
        /// The name of the slider.
        slider: String,
        /// The label of the frame that is shown first.
        label: String,
    },
    /// An id that no row of the ledger of claims has.
    #[error("the ledger has no row `{id}`: the nearest ids are {}", .nearest.join(", "))]
    UnknownClaim {
        /// The id that was asked for.
        id: String,
        /// The known ids that come nearest to it.
        nearest: Vec<String>,
    },
    /// A row of the ledger of claims whose evidence does not bear out its verdict.
    #[error("the evidence of {id} does not bear out its verdict: {faults}")]
    ClaimNotBorneOut {
        /// The id of the row.
        id: String,
        /// What is wrong with it.
        faults: String,
    },
    /// A part of the paper or of this project that is not there, by a name that a cell asks for.
    #[error("there is no {what} `{name}`: there are {known}")]
    UnknownName {
        /// What was asked for: a section, a notebook, a figure.
        what: &'static str,
        /// The name that was given.
        name: String,
        /// The names that are there.
        known: String,
    },
    /// An exercise that is not there.
    #[error("there is no exercise `{id}`: there are {known}")]
    UnknownExercise {
        /// The id that was asked for.
        id: String,
        /// The exercises that are there.
        known: String,
    },
    /// An answer of a different kind from what the exercise asks for.
    #[error("the exercise `{id}` asks for a {asked}, not for a {given}: call check_{asked}")]
    AnswerOfAnotherKind {
        /// The exercise.
        id: String,
        /// The kind that was given.
        given: &'static str,
        /// The kind that it asks for.
        asked: &'static str,
    },
}

/// A number that has not overflowed on its way, and is not NaN.
pub(crate) fn finite(name: &'static str, value: f64, remedy: &'static str) -> Result<f64> {
    if value.is_finite() { Ok(value) } else { Err(Error::NotFinite { name, value, remedy }) }
}

/// The same for each number of a list, of which the first that fails is told with its place.
pub(crate) fn all_finite<'numbers>(
    name: &'static str,
    numbers: impl IntoIterator<Item = &'numbers f64>,
    remedy: &'static str,
) -> Result<()> {
    match numbers.into_iter().enumerate().find(|(_, number)| !number.is_finite()) {
        None => Ok(()),
        Some((index, &value)) => {
            Err(Error::NotFiniteAt { name, index: vec![index], value, remedy })
        }
    }
}

/// The error for one number that is excluded.
pub(crate) fn excluded(name: &'static str, value: f64, remedy: &'static str) -> Error {
    Error::InsideOf { name, value, low: value, high: value, remedy }
}

/// The words for a range that a value is not in. It may have no upper end, and may hold one number or none; an
/// end that was refused is not part of it.
fn range(value: f64, lower: f64, upper: f64) -> String {
    let (low, high) = (number(lower), number(upper));
    if upper == f64::MAX {
        return match value {
            _ if value == lower => format!("be above {low}, and finite"),
            _ if value == upper => format!("be at least {low}, and below {high}"),
            _ => format!("be at least {low}, and finite"),
        };
    }
    match lower.partial_cmp(&upper) {
        Some(Ordering::Less) if value == lower => {
            format!("lie between {low} and {high}, the lower end excluded")
        }
        Some(Ordering::Less) if value == upper => {
            format!("lie between {low} and {high}, the upper end excluded")
        }
        Some(Ordering::Equal) => format!("be {low}"),
        Some(Ordering::Greater) => {
            format!("be at least {low} and at most {high}, which nothing is")
        }
        _ => format!("lie between {low} and {high}"),
    }
}

fn outside(low: f64, high: f64, value: f64) -> String {
    if low == high {
        return format!("not be {}", number(value));
    }
    let [low, high, value] = [low, high, value].map(number);
    format!("lie outside of {low} to {high}, but it is {value}")
}

/// A number as a reader wants it: with a power of ten where it would fill a line.
fn number(value: f64) -> String {
    let is_long = value.is_finite() && value != 0.0 && !(1e-6..1e16).contains(&value.abs());
    if is_long { format!("{value:e}") } else { value.to_string() }
}

/// The message itself: `expect` and `unwrap`, by which notebook cells fail, print this form, and a
/// reader wants the sentence rather than the fields.
impl std::fmt::Debug for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{self}")
    }
}

/// A result with the crate's [`enum@Error`].
pub type Result<T> = std::result::Result<T, Error>;
