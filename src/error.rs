//! The one error type of the crate: each variant carries the offending value and names the remedy.

/// What can be wrong with the input of a function of this crate.
///
/// Values are validated where they enter, so most functions cannot fail at all.
#[derive(Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A quantity that is positive by definition was zero, negative, infinite or NaN.
    #[error("{name} must be positive and finite, but it is {value}: {remedy}")]
    NotPositive {
        /// What the value stands for, in words.
        name: &'static str,
        /// The value that was given.
        value: f64,
        /// What to do about it.
        remedy: &'static str,
    },
    /// An entry of an array of positive quantities was zero, negative, infinite or NaN.
    #[error("{name}{index:?} must be positive and finite, but it is {value}: {remedy}")]
    NotPositiveAt {
        /// What the array stands for, in words.
        name: &'static str,
        /// Where the entry stands, one index an axis.
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
    #[error("{name} must {}, but it is {value}: {remedy}", range(*lower, *upper))]
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
        /// Where the entry stands, one index an axis.
        index: Vec<usize>,
        /// The value that was given.
        value: f64,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A list did not have the length that another one, or a grid, asks for.
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
    /// A symmetric matrix was not.
    #[error(
        "the matrix must be symmetric, but its entry ({row}, {column}) is {entry} and ({column}, {row}) is \
         {mirrored}: symmetrise it, or find out which of the two is wrong"
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
        "the matrix is not positive definite, since the pivot of row {row} is {pivot}: a factorisation \
         without pivoting is safe for positive definite matrices only"
    )]
    NotPositiveDefinite {
        /// The row, counted from zero.
        row: usize,
        /// The pivot.
        pivot: f64,
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
        "value {index} of `{name}` is {value}, but the axis `{axis}` is logarithmic: leave the point out, \
         or make the axis linear"
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
        "the range of the axis `{axis}` goes from {low} to {high}: it must grow, by more than a millionth"
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
        "at index {index} of `{name}`, {first} does not come before {second}: limits enclose their value, \
         and the cells of a heat map have increasing places"
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
    /// An exercise that is not there.
    #[error("there is no exercise `{id}`: there are {known}")]
    UnknownExercise {
        /// The id that was asked for.
        id: String,
        /// The exercises that are there.
        known: String,
    },
    /// An answer of another kind than the exercise asks for.
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

/// The words for a range, which may have no upper end.
fn range(lower: f64, upper: f64) -> String {
    if upper == f64::MAX {
        return format!("be at least {lower}, and finite");
    }
    format!("lie between {lower} and {upper}")
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
