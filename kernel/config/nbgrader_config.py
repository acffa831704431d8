# nbgrader's configuration for notebooks in Rust, beside the folder `source`.
c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "itakura-saito"

# The stub stands above the marks; what is between them goes.
c.ClearSolutions.begin_solution_delimeter = "// BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "// END SOLUTION"
c.ClearSolutions.code_stub = {"rust": "// Replace `None` by `Some(your answer)`."}
c.ClearSolutions.text_stub = "*Your sentence: double-click here.*"
c.ClearHiddenTests.begin_test_delimeter = "// BEGIN HIDDEN TESTS"
c.ClearHiddenTests.end_test_delimeter = "// END HIDDEN TESTS"

# A kernel may have to compile the crate first.
c.Execute.timeout = 60
c.Execute.startup_timeout = 600
