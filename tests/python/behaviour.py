"""What the kernel promises beyond the protocol, one function a promise. Run with its name."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import nbclient
import nbformat
from jupyter_client.manager import KernelManager

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"


class Kernel:
    """A kernel and what a cell of it did."""

    def __init__(self, folder=NOTEBOOKS):
        self.manager = KernelManager(kernel_name="itakura-saito")
        self.manager.start_kernel(cwd=str(folder))
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        # A reader's first cell is told what it waits for; a silent one is not.
        self.run("", silent=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel()

    def collect(self, request, timeout=120):
        """The outputs of a request until the kernel is idle, and its reply."""
        outputs = []
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "status":
                if content["execution_state"] == "idle":
                    break
            elif kind != "execute_input":
                outputs.append((kind, content, time.monotonic()))
        while True:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"]["msg_id"] == request:
                return outputs, reply["content"]

    def run(self, code, **options):
        return self.collect(self.client.execute(code, **options))


def text_of(outputs, stream):
    return "".join(c["text"] for kind, c, _ in outputs if kind == "stream" and c["name"] == stream)


def error_of(outputs):
    errors = [content for kind, content, _ in outputs if kind == "error"]
    assert len(errors) == 1, errors
    return errors[0]["ename"], "\n".join(errors[0]["traceback"])


def panics():
    with Kernel() as kernel:
        kernel.run("let kept: i32 = 7;")
        for number in range(50):
            outputs, reply = kernel.run(f'let lost: i32 = 1;\nassert_eq!(kept, {number + 100}, "number {number}");')
            assert reply["status"] == "error" and reply["ename"] == "panic", reply
            name, traceback = error_of(outputs)
            assert f"number {number}" in traceback and "line 2 of this cell" in traceback, traceback
            assert "backtrace" not in traceback, traceback
            assert text_of(outputs, "stderr") == "", outputs
        outputs, reply = kernel.run('println!("{kept}");')
        assert text_of(outputs, "stdout") == "7\n", outputs


def failures():
    with Kernel() as kernel:
        kernel.run("let kept: i32 = 7;")
        expectations = [
            ('let n: i32 = "x".parse::<i32>()?;', "error", "invalid digit found in string", True),
            ('let v: Vec<i32> = Vec::new();\nlet first: i32 = v[0];', "panic", "line 2 of this cell", True),
            ('print!("half a line"); panic!("after it");', "panic", "after it", True),
            ('std::thread::spawn(|| panic!("in a thread")).join().expect("the thread ends");', "panic", "the thread ends", True),
            ("let wrong: i32 = 1.5;", "compile error", "mismatched types", True),
            ("std::process::abort();", "process ended", "signal 6", False),
            ('panic!("after an abort");', "panic", "after an abort", True),
            (":clear\nlet other: i32 = 1;", None, None, False),
            ('panic!("after a clear");', "panic", "after a clear", True),
        ]
        for code, name, words, keeps in expectations:
            outputs, reply = kernel.run(code)
            if name is None:
                assert reply["status"] == "ok", reply
            else:
                found, traceback = error_of(outputs)
                assert (found, reply["ename"]) == (name, name) and words in traceback, (code, traceback)
            if not keeps:
                kernel.run("let kept: i32 = 7;")
            outputs, _ = kernel.run('std::println!("{kept}");')
            assert text_of(outputs, "stdout") == "7\n", (code, outputs)
        for harmless in (
            'let caught: bool = std::panic::catch_unwind(|| panic!("caught")).is_err();\nassert!(caught);',
            'let joined: bool = std::thread::spawn(|| panic!("joined")).join().is_err();\nassert!(joined);',
        ):
            outputs, reply = kernel.run(harmless)
            assert reply["status"] == "ok", reply
        request = kernel.client.execute("loop { std::thread::sleep(std::time::Duration::from_millis(10)); }")
        time.sleep(2)
        kernel.manager.interrupt_kernel()
        outputs, reply = kernel.collect(request)
        assert reply["ename"] == "interrupted", reply
        outputs, reply = kernel.run('panic!("after an interrupt");')
        assert reply["ename"] == "panic", reply


def outputs():
    with Kernel() as kernel:
        found, _ = kernel.run(
            'use itakura_saito::notebook::{Bundle, Live, show};\n'
            'println!("one"); eprintln!("two"); show(&Bundle::new("three")); println!("four"); show(&Bundle::new("five"));'
        )
        order = [c.get("text") or c["data"]["text/plain"] for _, c, _ in found]
        assert order == ["one\n", "two\n", "three", "four\n", "five"], order
        found, _ = kernel.run(
            'let live: Live = Live::start(&Bundle::new("0"));\n'
            'for step in 1..4 { std::thread::sleep(std::time::Duration::from_millis(300));'
            ' live.update(&Bundle::new(&step.to_string())); print!("\\r{step}"); }'
        )
        updates = [(c["data"]["text/plain"], when) for kind, c, when in found if kind == "update_display_data"]
        assert [value for value, _ in updates] == ["1", "2", "3"], updates
        assert updates[2][1] - updates[0][1] > 0.4, "the updates came all at once"
        assert text_of(found, "stdout") == "\r1\r2\r3", found
        found, _ = kernel.run('for line in 0..2000 { println!("{line}"); eprintln!("{line}"); }')
        lines = "".join(c["text"] for _, c, _ in found)
        assert lines == "".join(f"{line}\n{line}\n" for line in range(2000)), "lines were lost or mixed"
        found, _ = kernel.run('std::io::Write::write_all(&mut std::io::stderr(), b"raw").expect("open");')
        assert text_of(found, "stderr") == "raw", found
        found, _ = kernel.run("1 + 1")
        assert found[0][0] == "execute_result" and found[0][1]["data"]["text/plain"] == "2", found
        large = 'show(&Bundle::new(&"x".repeat(20_000_000)));'
        found, _ = kernel.run(large)
        assert len(found[0][1]["data"]["text/plain"]) == 20_000_000


def requests():
    with Kernel() as kernel:
        found, reply = kernel.run("let a: i32 = 1;")
        assert reply["execution_count"] == 1, reply
        queued = [kernel.client.execute(code) for code in ('panic!("first");', 'println!("second");', "1 + 1")]
        replies = {}
        while len(replies) < 3:
            message = kernel.client.get_shell_msg(timeout=60)
            replies[message["parent_header"]["msg_id"]] = message["content"]["status"]
        assert [replies[request] for request in queued] == ["error", "aborted", "aborted"], replies
        found, reply = kernel.run('println!("{a}");', silent=True)
        assert found == [] and reply["status"] == "ok", (found, reply)
        found, reply = kernel.run('println!("{a}");')
        assert reply["execution_count"] == 3, reply
        request = kernel.client.execute('panic!("goes on");', stop_on_error=False)
        later = kernel.client.execute("let b: i32 = 2;")
        assert kernel.collect(later)[1]["status"] == "ok"
        kernel.client.comm_info()
        assert kernel.client.get_shell_msg(timeout=10)["content"]["comms"] == {}
        connection = pathlib.Path(kernel.manager.connection_file)
        own = [path for path in state().glob("kernels/*/evcxr.json")]
        assert own and all(path.stat().st_mode & 0o777 == 0o600 for path in own), own
        assert connection.stat().st_mode & 0o077 == 0, oct(connection.stat().st_mode)


def state():
    return ROOT / ".itakura"


def side_by_side():
    """Two kernels at once, the second started in a folder with a space in its name."""
    with tempfile.TemporaryDirectory(prefix="with a space ") as folder:
        with Kernel() as first, Kernel(folder) as second:
            first.run("let name: i32 = 1;")
            second.run("let name: i32 = 2;")
            for kernel, value in ((first, "1\n"), (second, "2\n"), (first, "1\n")):
                outputs, _ = kernel.run('println!("{name}");')
                assert text_of(outputs, "stdout") == value, outputs


def broken_compiler():
    """A kernel that cannot compile starts all the same, and says why in every cell."""
    with Kernel() as kernel:
        for _ in range(2):
            outputs, reply = kernel.run("1 + 1")
            name, traceback = error_of(outputs)
            assert "rustc is 1.80.0" in traceback and "restart the kernel" in traceback, traceback


def stock_kernel():
    """The notebooks run on an unmodified evcxr kernel too, with one figure a cell."""
    with tempfile.TemporaryDirectory(prefix="itakura-stock-") as folder:
        folder = pathlib.Path(folder)
        build = folder / "build"
        shutil.copytree(state() / "prepared", build)
        shutil.copytree(state() / ".cargo", folder / ".cargo")
        kernels = folder / "kernels" / "stock-evcxr"
        kernels.mkdir(parents=True)
        sysroot = subprocess.check_output(["rustc", "--print", "sysroot"], cwd=ROOT, text=True).strip()
        libraries = subprocess.check_output(["rustc", "--print", "target-libdir"], cwd=ROOT, text=True).strip()
        environment = {
            "EVCXR_TMPDIR": str(build),
            "EVCXR_CONFIG_DIR": str(folder / "no-configuration"),
            # evcxr is the unmodified one; the stand-in for cargo keeps the versions that are compiled.
            "RUSTUP_TOOLCHAIN": str(state() / "toolchain"),
            "CARGO": str(state() / "toolchain/bin/cargo"),
            "ITAKURA_TOOLCHAIN": sysroot,
            "ITAKURA_TARGET": pathlib.Path(libraries).parent.name,
            "LD_LIBRARY_PATH": libraries,
        }
        program = str(state() / "itakura")
        (kernels / "kernel.json").write_text(json.dumps({
            "argv": [program, "--control_file", "{connection_file}"],
            "display_name": "stock evcxr", "language": "rust", "interrupt_mode": "message", "env": environment,
        }))
        os.environ["JUPYTER_PATH"] = str(folder)
        for path in sorted(NOTEBOOKS.glob("*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            client = nbclient.NotebookClient(
                notebook, kernel_name="stock-evcxr", timeout=600, startup_timeout=600,
                resources={"metadata": {"path": str(NOTEBOOKS)}},
            )
            client.execute()
            for cell in notebook.cells:
                if "figure" in cell.metadata.get("tags", []):
                    forms = set().union(*(output.get("data", {}) for output in cell.outputs))
                    wanted = {"application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"}
                    assert wanted <= forms, (path.name, cell.id, forms)


def processes():
    """The processes that belong to a kernel of this project."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if str(state()) in command:
                found.append((entry.name, command.replace("\0", " ")))
    return found


def kills():
    for number in range(20):
        process_started_in_time(number)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and (processes() or leftovers()):
        time.sleep(0.2)
    assert processes() == [], processes()
    assert leftovers() == [], leftovers()


def process_started_in_time(number):
    """Starts a kernel and kills it, at another moment and by another way each time."""
    manager = KernelManager(kernel_name="itakura-saito")
    manager.start_kernel(cwd=str(NOTEBOOKS))
    client = manager.client()
    client.start_channels()
    if number % 5 == 4:
        client.wait_for_ready(timeout=60)
        request = client.execute("loop {}")
        while client.get_iopub_msg(timeout=60)["msg_type"] != "execute_input":
            pass
        time.sleep(1)
    else:
        time.sleep(0.3 * (number % 7))
    client.stop_channels()
    process = manager.provisioner.process
    os.kill(process.pid, (signal.SIGKILL, signal.SIGTERM)[number % 2])
    process.wait(timeout=10)
    manager.cleanup_resources()


def leftovers():
    return [path.name for path in state().glob("kernels/*")]


if __name__ == "__main__":
    globals()[sys.argv[1]]()
