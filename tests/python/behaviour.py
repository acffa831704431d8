"""What the kernel promises beyond the protocol, one function a promise. Run with its name."""

import json
import os
import pathlib
import random
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

    def first_output(self, request, timeout=120):
        """What a request prints first; it goes on running."""
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") == request and message["msg_type"] == "stream":
                return message["content"]

    def interrupted(self, code):
        """What comes of a cell that is interrupted while it runs."""
        request = self.client.execute(f'println!("runs");\n{code}')
        self.first_output(request)
        self.interrupt()
        return self.collect(request)

    def interrupt(self):
        """Interrupts what runs now, and nothing that comes later: returns once the kernel has answered."""
        request = self.client.session.msg("interrupt_request", {})
        self.client.control_channel.send(request)
        while True:
            reply = self.client.get_control_msg(timeout=60)
            if reply["parent_header"].get("msg_id") == request["header"]["msg_id"]:
                assert reply["msg_type"] == "interrupt_reply" and reply["content"]["status"] == "ok", reply
                return

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
            ("std::process::abort();", "process ended", "signal 6", True),
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


def unseen():
    """No way to fail is answered with "ok", and none is told twice or without its message."""
    with Kernel() as kernel:
        kernel.run("let kept: i32 = 7;")
        long = "a message of many words, " * 200
        shadow = "macro_rules! NAME { ($($t:tt)*) => {} }\npanic!(\"shadowed\");"
        cases = [
            ("}", "compile error", "in line 1 of this cell"),
            ("let a: i32 = 1;\n} assert!(false);", "compile error", "in line 2 of this cell"),
            ("/* open\nassert!(false);", "compile error", "comment is never closed"),
            ("println!(\"a\"", "compile error", "never closed"),
            ('#[link(name = "no_such_library")] unsafe extern "C" {}\nlet b: i32 = 1;', "compile error", "no_such_library"),
            ("(" * 100_000 + "1" + ")" * 100_000, "compile error", "nested"),
            (f'panic!("{long}");', "panic", long),
            (f'let n: i32 = Err(String::from("{long}"))?;', "error", long),
            ('std::panic::set_hook(Box::new(|_| {})); panic!("silenced");', "panic", "silenced"),
            ('panic!("heard again");', "panic", "in line 1 of this cell"),
            (shadow.replace("NAME", "println"), "panic", "shadowed"),
            (shadow.replace("NAME", "eprintln"), "panic", "shadowed"),
            ('struct Late; impl Drop for Late { fn drop(&mut self) { panic!("in a drop"); } }\n{ let _late = Late; }', "panic", "in a drop"),
            ('struct Value; impl Drop for Value { fn drop(&mut self) { panic!("in a drop"); } }\nstd::panic::panic_any(Value);', "panic", "not text"),
            ('println!("EVCXR_EXECUTION_COMPLETE"); panic!("after a word of control");', "panic", "after a word"),
            ('let a: i32 = "1".parse::<i32>()?;\nlet b: i32 = "x".parse::<i32>()?;\nlet c: i32 = "3".parse::<i32>()?;', "error", "in line 2 of this cell"),
        ]
        for code, name, words in cases:
            outputs, reply = kernel.run(code)
            assert reply["status"] == "error" and reply["ename"] == name, (code[:80], reply)
            found, traceback = error_of(outputs)
            assert found == name and words in traceback, (code[:80], traceback)
            assert "panicked at" not in text_of(outputs, "stderr"), (code[:80], outputs)
        outputs, _ = kernel.run('std::println!("{kept}");')
        assert text_of(outputs, "stdout") == "7\n", outputs


def data():
    """What a cell prints is shown as it is, whatever it looks like."""
    words = [
        "EVCXR_PANIC_NOTIFICATION", "EVCXR_EXECUTION_COMPLETE", "EVCXR_ERROR_OCCURRED",
        "EVCXR_VARIABLE_CHANGED_TYPE:kept", "EVCXR_INPUT_REQUEST:name?", "EVCXR_END_CONTENT",
        "EVCXR_BEGIN_CONTENT text/html", "\x01itakura:display {}", "\x01itakura:0:panic {}",
    ]
    with Kernel() as kernel:
        kernel.run("let kept: i32 = 7;")
        for word in words:
            texts = [word, f"before {word}", f"{word} after", f"é\n{word}\n日本"]
            literals = [json.dumps(text, ensure_ascii=False).replace("\\u0001", "\\u{1}") for text in texts]
            outputs, reply = kernel.run("".join(f'println!("{{}}", {literal});\n' for literal in literals))
            assert reply["status"] == "ok" and {kind for kind, _, _ in outputs} == {"stream"}, (word, outputs, reply)
            assert text_of(outputs, "stdout") == "".join(f"{text}\n" for text in texts), (word, outputs)
        outputs, reply = kernel.run('println!("EVCXR_BEGIN_CONTENT text/html\\n<b>x</b>EVCXR_END_CONTENT");')
        assert "<b>x</b>EVCXR_END_CONTENT" in text_of(outputs, "stdout"), outputs
        block = 'println!("EVCXR_BEGIN_CONTENT text/html\\n<b>{}</b>\\nEVCXR_END_CONTENT", @);'
        outputs, _ = kernel.run("".join(block.replace("@", str(n)) for n in range(3)))
        shown = [content["data"]["text/html"] for kind, content, _ in outputs]
        assert shown == ["<b>0</b>", "<b>1</b>", "<b>2</b>"], outputs
        outputs, _ = kernel.run(
            'use std::io::Write;\nfor byte in "日本語 €".bytes() { for target in [true, false] {'
            ' let byte = [byte]; if target { std::io::stdout().write_all(&byte)?; std::io::stdout().flush()?; }'
            ' else { std::io::stderr().write_all(&byte)?; } } std::thread::sleep(std::time::Duration::from_millis(5)); }'
        )
        assert text_of(outputs, "stdout") == text_of(outputs, "stderr") == "日本語 €", outputs
        outputs, reply = kernel.run("for line in 0..110_000 { println!(\"{line}\"); }")
        assert text_of(outputs, "stdout") == "".join(f"{line}\n" for line in range(110_000)), "lines were lost"
        assert len(outputs) < 5000, f"{len(outputs)} messages"
        closing = 'extern "C" { fn close(fd: i32) -> i32; fn dup2(from: i32, to: i32) -> i32; }\n'
        closing = closing.replace("extern", "unsafe extern")
        for action in ("close(1)", "close(2)", "dup2(2, 1)", "close(0)"):
            outputs, reply = kernel.run(f'{{ {closing}unsafe {{ {action}; }} }} println!("lost perhaps");')
            assert reply["status"] == "ok", (action, reply)
            outputs, reply = kernel.run('println!("{kept}"); eprintln!("e");')
            assert (text_of(outputs, "stdout"), text_of(outputs, "stderr")) == ("7\n", "e\n"), (action, outputs)
        outputs, reply = kernel.run(
            'use itakura_saito::notebook::{Bundle, Live, show};\n'
            'let live: Live = Live::start(&Bundle::new("0"));\n'
            'std::thread::spawn(|| { std::thread::sleep(std::time::Duration::from_millis(800)); show(&Bundle::new("late")); });'
        )
        identity = outputs[0][1]["transient"]["display_id"]
        late = kernel.client.get_iopub_msg(timeout=20)
        assert late["content"]["data"]["text/plain"] == "late", late
        outputs, reply = kernel.run('live.update(&Bundle::new("1"));')
        assert outputs[0][0] == "update_display_data" and outputs[0][1]["transient"]["display_id"] == identity, outputs
        outputs, reply = kernel.run('show(&Bundle::new(&"x".repeat(100_000_000)));')
        assert len(outputs[0][1]["data"]["text/plain"]) == 100_000_000


def deaths():
    """However a cell dies, earlier variables stay, its own are not there, and nothing is left behind."""
    with Kernel() as kernel:
        kernel.run("let kept: i32 = 7; let list: Vec<i32> = vec![1, 2];")
        ways = [
            "std::process::abort();", "std::process::exit(3);",
            "unsafe { std::ptr::null_mut::<i32>().write_volatile(1); }",
            "fn deep(n: u64) -> u64 { let a = [n; 500]; if n == 0 { 0 } else { deep(n + 1) + a[(n % 500) as usize] } }\nprintln!(\"{}\", deep(1));",
            'std::process::Command::new("sh").args(["-c", "kill -9 $PPID"]).status()?;',
            'struct Twice; impl Drop for Twice { fn drop(&mut self) { panic!("2"); } }\nlet _twice: Twice = Twice; panic!("1");',
            'let mut list: Vec<i32> = list; list.clear(); let sleeper: std::process::Child = std::process::Command::new("sleep").arg("1234").spawn()?; std::process::abort();',
        ]
        for code in ways * 3:
            outputs, reply = kernel.run("let own: i32 = 1;\n" + code)
            assert reply["ename"] == "process ended", (code, reply)
            assert "as they were before this cell" in error_of(outputs)[1], outputs
            outputs, reply = kernel.run('println!("{kept} {list:?}");')
            assert text_of(outputs, "stdout") == "7 [1, 2]\n", (code, outputs)
            outputs, reply = kernel.run('println!("{own}");')
            assert reply["status"] == "error", reply
        for code in ('let kept: i32 = None.expect("nothing");', 'let kept: i32 = "x".parse::<i32>()?;',
                     'let kept: String = String::new(); panic!("another type");', 'drop(list); panic!("moved");'):
            outputs, reply = kernel.run(code)
            assert reply["ename"] in ("panic", "error"), (code, reply)
            outputs, reply = kernel.run('println!("{kept} {list:?}");')
            assert text_of(outputs, "stdout") == "7 [1, 2]\n", (code, outputs)
        wait_for_the_end_of_sleep("1234")
        # However late the relay learns of a death: also after the checkpoint says that it has taken over.
        for pause in (0, 0.001, 0.01, 0.3) * 2:
            request = kernel.client.execute('println!("{}", std::process::id());\nloop {}')
            cells = int(kernel.first_output(request)["text"])
            relay = parent_of(cells)
            os.kill(relay, signal.SIGSTOP)
            os.kill(cells, signal.SIGKILL)
            for _ in range(20):
                time.sleep(pause / 20)
                os.kill(relay, signal.SIGCONT)
                os.kill(relay, signal.SIGSTOP)
            os.kill(relay, signal.SIGCONT)
            outputs, reply = kernel.collect(request)
            assert reply["ename"] == "process ended" and "as they were" in error_of(outputs)[1], (pause, outputs)
            outputs, reply = kernel.run('println!("{kept} {list:?}");')
            assert text_of(outputs, "stdout") == "7 [1, 2]\n", (pause, outputs, reply)
        cells = int(text_of(kernel.run('println!("{}", std::process::id());')[0], "stdout"))
        os.kill(cells, signal.SIGKILL)
        time.sleep(1)
        outputs, reply = kernel.run('println!("{kept} {list:?}");')
        assert text_of(outputs, "stdout") == "7 [1, 2]\n", ("killed while idle", outputs, reply)
        relay = parent_of(int(text_of(kernel.run('println!("{}", std::process::id());')[0], "stdout")))
        os.kill(relay, signal.SIGKILL)
        outputs, reply = kernel.run('println!("{kept}");')
        assert reply["ename"] == "process ended" and "from outside" in error_of(outputs)[1], outputs
        outputs, reply = kernel.run('let kept: i32 = 8;\nprintln!("{kept}");')
        assert text_of(outputs, "stdout") == "8\n", (outputs, reply)


def interrupts():
    """An interrupt ends what a cell does, and the variables stay. How soon is no matter of a test on a busy machine."""
    with Kernel() as kernel:
        request = kernel.client.execute("1 + 1")
        kernel.interrupt()
        assert kernel.collect(request)[1]["status"] in ("ok", "error")
        kernel.run("let kept: i32 = 7;")
        kernel.interrupt()
        for code in ("loop {}", 'std::process::Command::new("sleep").arg("4321").status()?;'):
            outputs, reply = kernel.interrupted(code)
            assert reply["ename"] == "interrupted", reply
            outputs, reply = kernel.run('println!("{kept}");')
            assert text_of(outputs, "stdout") == "7\n", outputs
        wait_for_the_end_of_sleep("4321")
        # The crate's long computations end by themselves: by an error that a cell may look at, or hand on.
        kernel.run("use itakura_saito::prelude::*;\nlet stiff: Action = Action::neumann(PositiveArray::from_vec(vec![1.0, 2.0, 3.0])?, 0.1)?;")
        # This one needs a while to end, and has it. On a busy machine it may take too long: it is ended by force then.
        looks = "let end: itakura_saito::Error = loop { if let Err(end) = stiff.minimise() { break end; } };"
        looks += "\nstd::thread::sleep(std::time::Duration::from_millis(300));"
        for _ in range(3):
            outputs, reply = kernel.interrupted(looks)
            if reply["status"] == "ok":
                break
        assert reply["status"] == "ok", (outputs, reply)
        outputs, reply = kernel.run('println!("{end:?} {kept} {}", stiff.minimise().is_ok());')
        assert text_of(outputs, "stdout") == "the computation was interrupted before its end: run the cell again for its result 7 true\n", (outputs, reply)
        hands_on = 'std::process::Command::new("sleep").arg("4322").spawn()?;\nloop { stiff.minimise()?; }'
        outputs, reply = kernel.interrupted(hands_on)
        assert reply["ename"] == "interrupted", (outputs, reply)
        wait_for_the_end_of_sleep("4322")
        for number in range(40):
            request = kernel.client.execute(f"let number: i32 = {number};")
            time.sleep(0.02 * number)
            kernel.interrupt()
            outputs, reply = kernel.collect(request)
            assert reply["status"] == "ok" or reply["ename"] == "interrupted", reply
            outputs, reply = kernel.run('println!("{kept}");')
            assert text_of(outputs, "stdout") == "7\n", (number, outputs, reply)


def wait_for_the_end_of_sleep(seconds):
    """The kernel ends the child; the system may need a moment to take it off its list."""
    end = time.monotonic() + 20
    while left := [line for _, line in processes("sleep") if seconds in line]:
        assert time.monotonic() < end, f"a child was left behind: {left}"
        time.sleep(0.1)


def sequence():
    """Two hundred cells in a random order, good ones and bad ones: each ends as it should, and nothing is lost."""
    seed = 12
    chance = random.Random(seed)
    good = {
        "let number: i64 = {n};": None,
        "let number: i64 = number + 1;": None,
        "list.push(number);": None,
        "println!(\"{{number}} {{list:?}}\");": None,
        "std::thread::spawn(|| panic!(\"on its own\")).join().is_err()": None,
        "std::panic::catch_unwind(|| panic!(\"caught\")).is_err()": None,
    }
    bad = {
        "let number: i64 = None.expect(\"nothing\");": "panic",
        "list.clear(); let list: Vec<i64> = panic!(\"moved\");": "panic",
        "let number: i64 = \"x\".parse::<i64>()?;": "error",
        "let number: i64 = no_such_name;": "compile error",
        "}}": "compile error",
        "let mut list: Vec<i64> = list; list.clear(); std::process::abort();": "process ended",
        "std::process::exit(0);": "process ended",
        "list.push(0); unsafe {{ std::ptr::null_mut::<i32>().write_volatile(1); }}": "process ended",
    }
    with Kernel() as kernel:
        kernel.run("let mut number: i64 = 0; let mut list: Vec<i64> = Vec::new();")
        number, items = 0, []
        for step in range(200):
            code = chance.choice(list(chance.choice([good, bad])))
            expected = {**good, **bad}[code]
            outputs, reply = kernel.run(code.format(n=step))
            place = (seed, step, code, outputs, reply)
            assert reply["status"] == ("error" if expected else "ok"), place
            assert expected is None or reply["ename"] == expected, place
            if code.startswith("let number: i64 = {n}"):
                number = step
            elif code.startswith("let number: i64 = number"):
                number += 1
            elif code == "list.push(number);":
                items.append(number)
            if step % 10 == 9:
                outputs, _ = kernel.run('println!("{number} {list:?}");')
                assert text_of(outputs, "stdout") == f"{number} {items}\n", (place, outputs)


def typed_input():
    """A cell that reads standard input asks the front end, or fails where nobody can be asked."""
    read = 'let mut line: String = String::new();\nstd::io::stdin().read_line(&mut line)?;\nprintln!("<{}>", line.trim());'
    child = 'std::process::Command::new("sh").args(["-c", "read word; echo \\"<$word>\\""]).status()?;'
    with Kernel() as kernel:
        kernel.run("let kept: i32 = 7;")
        for code in (read, child, read):
            request = kernel.client.execute(code, allow_stdin=True)
            asked = kernel.client.get_stdin_msg(timeout=60)
            assert asked["msg_type"] == "input_request", asked
            kernel.client.input("a word")
            outputs, reply = kernel.collect(request)
            assert text_of(outputs, "stdout") == "<a word>\n", (code, outputs, reply)
            outputs, reply = kernel.collect(kernel.client.execute(code, allow_stdin=False))
            assert reply["ename"] == "no input", reply
            outputs, reply = kernel.run('println!("{kept}");')
            assert text_of(outputs, "stdout") == "7\n", outputs
        request = kernel.client.execute(read, allow_stdin=True)
        kernel.client.get_stdin_msg(timeout=60)
        kernel.manager.interrupt_kernel()
        assert kernel.collect(request)[1]["ename"] == "interrupted"
        kernel.run('let reader: std::process::Child = std::process::Command::new("cat").spawn()?;')
        outputs, reply = kernel.run('println!("{kept}");')
        assert text_of(outputs, "stdout") == "7\n", "a child of an earlier cell swallowed the command"


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
        # Other tests have kernels of their own, which come and go.
        own = list(state().glob(f"kernels/{kernel.manager.provisioner.process.pid}-*/evcxr.json"))
        assert own and all(path.stat().st_mode & 0o777 == 0o600 for path in own), own
        assert connection.stat().st_mode & 0o077 == 0, oct(connection.stat().st_mode)


def letters():
    """The protocol to the letter: defaults, repetitions, expressions, places, `:restart`."""
    with Kernel() as kernel:
        session, shell = kernel.client.session, kernel.client.shell_channel
        kernel.run("let kept: i32 = 7;")
        bare = session.msg("execute_request", {"code": 'println!("{kept}");'})
        shell.send(bare)
        outputs, reply = kernel.collect(bare["header"]["msg_id"])
        assert text_of(outputs, "stdout") == "7\n" and reply["status"] == "ok", (outputs, reply)
        shell.send(bare)
        outputs, reply = kernel.run("kept + 1", user_expressions={"twice": "kept * 2", "wrong": "kept +", "fails": 'panic!("no")'})
        assert [kind for kind, _, _ in outputs] == ["execute_result"], outputs
        answers = reply["user_expressions"]
        assert answers["twice"]["data"]["text/plain"] == "14", answers
        assert {answers[name]["status"] for name in ("wrong", "fails")} == {"error"}, answers
        outputs, reply = kernel.run("kept", silent=True, store_history=False, user_expressions={"a": "kept"})
        assert outputs == [] and reply["user_expressions"]["a"]["data"]["text/plain"] == "7", reply
        outputs, reply = kernel.run('println!("{kept}");')
        assert text_of(outputs, "stdout") == "7\n", outputs
        for before in ("", "é", "e\u0301", "👩‍👩‍👧", "🇩🇪"):
            code = f'/* {before} */ itakura_saito::not'
            request = kernel.client.complete(code, len(code))
            while True:
                reply = kernel.client.get_shell_msg(timeout=60)
                if reply["parent_header"]["msg_id"] == request:
                    break
            content = reply["content"]
            assert any(match.startswith("notebook") for match in content["matches"]), (before, content)
            assert content["cursor_end"] == len(code) and content["cursor_start"] == len(code) - 3, (before, content)
        outputs, reply = kernel.run(":restart")
        assert reply["status"] == "ok", reply
        for _ in range(2):
            outputs, reply = kernel.run('let fresh: i32 = 1;\nprintln!("{fresh}");')
            assert text_of(outputs, "stdout") == "1\n", (outputs, reply)


def advice():
    """The commonest slips are answered with what to write."""
    with Kernel() as kernel:
        outputs, reply = kernel.run("let first: f64 = line.reach(2.0);")
        assert "run the first cell" in error_of(outputs)[1], outputs
        kernel.run("use itakura_saito::notebook::{Bundle, show};\nlet kept: Bundle = Bundle::new(\"a\");")
        for code, words in (
            ("let setting: Option<f64> = 0.5;", "Some(0.5)"),
            ("let root: f64 = (2.0 * 0.01).sqrt();", "2.0_f64"),
            ("let one: i32 = 1;\nlet two: i32 = 2", "missing at the end of line 2"),
            ("show(&itakura_saito::divergence::Positive::new(1.0));", "write `?`"),
            ("let one: f64 = 1;", "write `1.0`"),
            ("let product: f64 = 2.0_f64 * 3;", "write `1.0`"),
            ("let other: Bundle = kept;\nshow(&kept);", "lend it"),
            ("let head: i32 = Vec::<i32>::new().first().copied()?;", "ok_or"),
            ("println!(\"{head}\");", "which failed"),
        ):
            outputs, reply = kernel.run(code)
            assert reply["ename"] == "compile error" and words in error_of(outputs)[1], (code, error_of(outputs)[1])
        outputs, reply = kernel.run("show(&kept);")
        assert reply["status"] == "ok", reply


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
            # What a panic leaves behind is a promise of this project's kernel, not of the stock one.
            panics = lambda cell: "raises-exception" in cell.metadata.get("tags", [])
            notebook.cells = [cell for cell in notebook.cells if not panics(cell)]
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


def processes(word):
    """The processes that have a word in their command."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if word in command:
                found.append((entry.name, command.replace("\0", " ")))
    return found


def parent_of(process):
    """The process that has started another."""
    return int(pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def kills():
    """A kernel that is killed at any moment leaves no process and no file behind."""
    # Other tests have kernels of their own at the same time.
    os.environ[MARK] = str(os.getpid())
    killed = [process_started_in_time(number) for number in range(20)]
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and (marked_processes() or leftovers(killed)):
        time.sleep(0.2)
    assert marked_processes() == [], marked_processes()
    assert leftovers(killed) == [], leftovers(killed)


# The variable by which this test knows its kernels, and all that they start.
MARK = "ITAKURA_TEST_OF_KILLS"


def marked_processes():
    """The processes that have inherited this process's mark."""
    mark = f"{MARK}={os.getpid()}".encode()
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.append((entry / "cmdline").read_bytes())
            except OSError:
                continue
    return found


def process_started_in_time(number):
    """Starts a kernel and kills it, at another moment and by another way each time. Returns its number."""
    manager = KernelManager(kernel_name="itakura-saito")
    manager.start_kernel(cwd=str(NOTEBOOKS))
    client = manager.client()
    client.start_channels()
    if number % 5 == 4:
        client.wait_for_ready(timeout=60)
        request = client.execute("loop {}")
        while client.get_iopub_msg(timeout=60)["msg_type"] != "execute_input":
            pass
        # The kernel, evcxr, the relay, the cells and their checkpoint.
        end = time.monotonic() + 60
        while len(marked_processes()) < 5:
            assert time.monotonic() < end, "the kernel's processes do not inherit the mark"
            time.sleep(0.1)
    else:
        time.sleep(0.3 * (number % 7))
    client.stop_channels()
    process = manager.provisioner.process
    os.kill(process.pid, (signal.SIGKILL, signal.SIGTERM)[number % 2])
    process.wait(timeout=10)
    manager.cleanup_resources()
    return process.pid


def leftovers(kernels):
    """The folders and locks of these kernels, whose names begin with the number of the process."""
    return [path.name for kernel in kernels for path in state().glob(f"kernels/{kernel}-*")]


if __name__ == "__main__":
    globals()[sys.argv[1]]()
