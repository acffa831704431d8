"""The protocol tests of the Jupyter project, on the project's kernel."""

import unittest

import jupyter_kernel_test

DISPLAY = 'use itakura_saito::notebook::{Bundle, show};\nshow(&Bundle::new("a text"));'


class ProtocolTests(jupyter_kernel_test.KernelTests):
    kernel_name = "itakura-saito"
    language_name = "rust"
    file_extension = ".rs"
    code_hello_world = 'println!("hello, world")'
    code_stderr = 'eprintln!("to standard error")'
    code_generate_error = 'panic!("an error")'
    code_execute_result = [{"code": "1 + 2", "result": "3"}]
    code_display_data = [{"code": DISPLAY, "mime": "text/plain"}]
    complete_code_samples = ["let a: i32 = 1;", "fn f() {}", ":dep ndarray"]
    incomplete_code_samples = ["fn f() {", 'println!("']
    invalid_code_samples = ["}", "(]"]
    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A reader's first cell is told what it waits for; a silent one is not.
        cls.kc.execute_interactive("", silent=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
