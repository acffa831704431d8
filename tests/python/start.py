"""How the kernel starts and compiles cells, one function a promise. Run with its name."""

import concurrent.futures
import contextlib
import fcntl
import json
import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request

from behaviour import NOTEBOOKS, ROOT, Kernel, parent_of, processes

ITAKURA = ROOT / "kernel/target/release/itakura"
CRATE = "use itakura_saito::divergence::Positive;"


def succeeds(kernel, code, text=""):
    outputs, reply = kernel.run(code)
    assert reply["status"] == "ok", (code, reply)
    printed = "".join(content.get("text", "") for kind, content, _ in outputs if kind == "stream")
    printed += "".join(
        content["data"]["text/plain"] for kind, content, _ in outputs if kind == "execute_result"
    )
    assert printed.strip() == text, (code, printed)


def fails(kernel, code, message):
    _, reply = kernel.run(code)
    assert reply["status"] == "error", (code, reply)
    assert message in reply["evalue"], (code, reply["evalue"])


def evcxr(kernel):
    """The environment of the process that compiles a kernel's cells."""
    kernel.run("1 + 1")
    kernel_id = kernel.manager.provisioner.process.pid
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parent = int(process.joinpath("stat").read_text().rsplit(")", 1)[1].split()[1])
            arguments = process.joinpath("cmdline").read_bytes()
            if parent == kernel_id and b"--control_file" in arguments:
                pairs = process.joinpath("environ").read_bytes().decode().split("\0")
                return dict(pair.split("=", 1) for pair in pairs if "=" in pair)
        except (FileNotFoundError, ProcessLookupError):
            continue
    raise AssertionError("the kernel has no evcxr")


def itakura(*arguments, **options):
    return subprocess.run(
        [ITAKURA, *arguments], cwd=ROOT, text=True, capture_output=True, **options
    )


def without_network():
    """Everything works in a network namespace that has nothing but the loopback.

    Where the system allows none, at least every request that goes by the usual variables ends nowhere."""
    namespace = ["unshare", "--map-root-user", "--net"]
    environment = {name: value for name, value in os.environ.items() if name != "CARGO_NET_OFFLINE"}
    if subprocess.run([*namespace, "true"], stderr=subprocess.DEVNULL).returncode != 0:
        print("this system allows no network namespace")
        namespace = []
        environment |= {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "ALL_PROXY")}
        environment |= {"no_proxy": "127.0.0.1,localhost"}
    subprocess.run([*namespace, sys.executable, __file__, "offline"], check=True, env=environment)


def offline():
    if "ALL_PROXY" not in os.environ:
        raise_loopback()
        try:
            socket.create_connection(("192.0.2.1", 443), timeout=2)
            raise AssertionError("this namespace has a network")
        except OSError:
            pass
    with Kernel() as kernel:
        succeeds(kernel, "1 + 1", "2")
        succeeds(kernel, "let v = vec![1, 2];\nprintln!(\"{}\", v.len());", "2")
    good = "tests/fixture_notebooks/good.ipynb"
    ran = itakura("run", good)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    with tempfile.TemporaryDirectory() as pages:
        book = itakura("book", good, "--output", pages)
        assert book.returncode == 0, book.stdout + book.stderr
    serve_lab()


def raise_loopback():
    """What `ip link set lo up` does; the tool need not be installed."""
    request = struct.pack("16sH14s", b"lo", 0x1 | 0x40, b"")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, request)


def serve_lab():
    with Lab() as lab, urllib.request.urlopen(lab.address, timeout=60) as page:
        assert page.status == 200


class Lab:
    """JupyterLab as `itakura lab` starts it, with a spare kernel."""

    def __enter__(self):
        command = [ITAKURA, "lab", "--no-browser"]
        self.process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE)
        self.address = next(line for line in self.process.stdout if line.startswith("open ")).split()[1]
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def children(self, argument):
        """The processes that the lab has started with an argument."""
        return [
            int(identity)
            for identity, _ in processes(argument)
            if parent_of(identity) == self.process.pid
        ]

    def spare(self):
        """The socket at which the spare waits."""
        server = pathlib.Path(f"/proc/{self.children('jupyterlab')[0]}/environ").read_bytes()
        entries = dict(entry.split(b"=", 1) for entry in server.split(b"\0") if b"=" in entry)
        return entries[b"ITAKURA_SPARE"].decode()

    def wait_for_spare(self, other_than=()):
        end = time.monotonic() + 120
        while not (spares := set(self.children("spare")) - set(other_than)):
            assert time.monotonic() < end, "no spare kernel was started"
            time.sleep(0.2)
        # It has loaded the crate once it does nothing any more.
        (spare,) = spares
        busy = -1
        while (now := sum(seconds for _, seconds, _ in below(spare))) != busy:
            assert time.monotonic() < end, "the spare kernel is never ready"
            busy = now
            time.sleep(2)
        return spare


def spare():
    """A spare kernel takes the part of the next one, and is a kernel like any other, gone with the lab."""
    with Lab() as lab:
        first = lab.wait_for_spare()
        place = lab.spare()
        os.environ["ITAKURA_SPARE"] = place
        with Kernel() as kernel:
            succeeds(kernel, "let kept = std::process::id();\nprintln!(\"{}\", kept > 0);", "true")
            cells = int(kernel.run("kept")[0][-1][1]["data"]["text/plain"])
            assert first in ancestors(cells), "the spare was not taken"
            request = kernel.client.execute("loop {}")
            time.sleep(2)
            kernel.manager.interrupt_kernel()
            assert kernel.collect(request)[1]["ename"] == "interrupted"
            succeeds(kernel, "kept > 0", "true")
            second = lab.wait_for_spare(other_than=[first])
            # Another folder, where its cells would work, is not the spare's.
            with tempfile.TemporaryDirectory() as folder, Kernel(folder) as elsewhere:
                succeeds(elsewhere, "std::env::current_dir()?.display().to_string()", f'"{folder}"')
            assert lab.children("spare") == [first, second] or lab.children("spare") == [second, first]
            with Kernel() as another:
                succeeds(another, "1 + 1", "2")
                assert kernel.manager.is_alive()
            # A restart takes the next one, which the lab starts a little later.
            third = lab.wait_for_spare(other_than=[first, second])
            kernel.manager.restart_kernel()
            kernel.client.wait_for_ready(timeout=120)
            fails(kernel, "kept", "cannot find value `kept`")
            cells = int(kernel.run("std::process::id()")[0][-1][1]["data"]["text/plain"])
            assert third in ancestors(cells), "the restart did not take the spare"
            # Jupyter ends a kernel that does not answer; the spare that has become it goes too.
            kernel.manager.provisioner.process.kill()
            end = time.monotonic() + 30
            while third in lab.children("spare"):
                assert time.monotonic() < end, "the spare outlives its kernel"
                time.sleep(0.2)
        del os.environ["ITAKURA_SPARE"]
        everything = below(lab.process.pid)
    end = time.monotonic() + 30
    while left := [process for process, _, _ in everything if pathlib.Path(f"/proc/{process}").exists()]:
        assert time.monotonic() < end, f"left behind: {left}"
        time.sleep(0.2)
    # Other labs have sockets of their own at the same time.
    assert not pathlib.Path(place).parent.exists(), f"left behind: {place}"


def two_labs():
    """Of labs that are started at the same moment each prints an address that answers."""
    with concurrent.futures.ThreadPoolExecutor() as starts, contextlib.ExitStack() as until_the_end:
        labs = list(starts.map(until_the_end.enter_context, [Lab(), Lab(), Lab()]))
        assert len({lab.address for lab in labs}) == 3, [lab.address for lab in labs]
        for lab in labs:
            with urllib.request.urlopen(lab.address, timeout=60) as page:
                assert page.status == 200, lab.address


def ancestors(process):
    found = []
    while process > 1:
        process = parent_of(process)
        found.append(process)
    return found


def pinned_versions():
    """The project's lock is in force from the first cell to the last."""
    wanted = (ROOT / "Cargo.lock").read_text()
    with Kernel() as kernel:
        directory = pathlib.Path(evcxr(kernel)["EVCXR_TMPDIR"])
        for code in ["1 + 1", 'let x: i32 = "a";', "let v = vec![1.5];", 'println!("{}", v[0]);']:
            kernel.run(code)
            assert (directory / "Cargo.lock").read_text() == wanted, f"after {code}"


def untyped_lets():
    """A `let` without a type is one like any other, where rustc can name the type."""
    with Kernel() as kernel:
        succeeds(kernel, "let v = vec![1, 2];")
        succeeds(kernel, 'println!("{:?}", v)', "[1, 2]")
        succeeds(kernel, CRATE)
        succeeds(
            kernel,
            'let mut s = String::from("a"); s.push(\'b\');\n'
            "let (count, p) = (v.len(), Positive::new(2.0));",
        )
        succeeds(kernel, 'println!("{s} {count} {}", p.unwrap().get())', "ab 2 2")
        succeeds(
            kernel,
            "let v = v.len() as f64;\n"
            "let m = std::collections::HashMap::from([(v, 1u8)].map(|(k, n)| (n, k)));",
        )
        succeeds(kernel, 'println!("{v} {m:?}")', "2 {1: 2.0}")
        # Nothing of a refused cell has run, and nothing runs twice.
        succeeds(kernel, 'print!("once "); let w = vec![v];', "once")
        fails(kernel, "let f = v;\nlet it = [1].into_iter().map(|x| x + 1);", "`it` has to be written")
        fails(kernel, "let w = f;", "cannot find value `f`")
        fails(kernel, "let u = vec![1]; assert_eq!(u.len(), 2);", "assertion")
        succeeds(kernel, 'println!("{w:?}")', "[2.0]")


def added_packages():
    """A package that the reader adds is used, and used as it is now."""
    with tempfile.TemporaryDirectory() as folder, Kernel() as kernel:
        package = pathlib.Path(folder)
        (package / "src").mkdir()
        (package / "Cargo.toml").write_text(
            '[package]\nname = "extra"\nversion = "0.1.0"\nedition = "2024"\n'
        )
        source = package / "src/lib.rs"
        source.write_text("pub fn answer() -> Vec<u32> { vec![41] }\n")
        succeeds(kernel, f':dep extra = {{ path = "{folder}" }}\nextra::answer()', "[41]")
        succeeds(kernel, "let a = extra::answer();\nprintln!(\"{}\", a.len())", "1")
        source.write_text("pub fn answer() -> Vec<u32> { vec![42] }\n")
        succeeds(kernel, "extra::answer()", "[42]")
        fails(kernel, "extra::question()", "cannot find function `question`")
        # The crate of the project is still there, and its names are completed.
        code = "itakura_saito::divergence::Posit"
        kernel.client.complete(code)
        reply = kernel.client.get_shell_msg(timeout=120)["content"]
        assert any("Positive" in match for match in reply["matches"]), reply


def names():
    """Methods are completed, and a name is explained wherever in it the cursor stands."""
    with Kernel() as kernel:
        succeeds(kernel, CRATE + "\nlet p: Positive = Positive::new(2.0)?;")
        kernel.client.complete("p.")
        matches = kernel.client.get_shell_msg(timeout=120)["content"]["matches"]
        assert "get()" in matches, matches
        for code, cursor in [("p.get()", 4), ("p.get()", 6), ("let q: f64 = p.get();", 16)]:
            kernel.client.inspect(code, cursor)
            reply = kernel.client.get_shell_msg(timeout=120)["content"]
            assert reply["found"], (code, cursor)
            assert "fn get(self) -> f64" in reply["data"]["text/plain"], reply


def diagnostics():
    """What evcxr is told of a faulty cell is what the real cargo says."""
    sources = [
        'pub fn f() { let x: i32 = "a"; }',
        "pub fn f() { let v: Vec<i32> = Vec::new(); drop(v); drop(v); let unused = 1; }",
        "pub fn f( {",
        "pub fn f() -> i32 { missing_name + other::path() }",
        'pub fn f() { println!("{}"); }',
        "use itakura_saito::divergence::Nonesuch;\npub fn f() { let x: f64 = 1; }",
    ]
    with Kernel() as kernel:
        environment = evcxr(kernel)
        directory = pathlib.Path(environment["EVCXR_TMPDIR"])
        real = pathlib.Path(environment["ITAKURA_TOOLCHAIN"]) / "bin/cargo"
        environment |= {
            "CARGO_TARGET_DIR": "target",
            "CARGO_BUILD_BUILD_DIR": "target",
            "RUSTFLAGS": "-Cprefer-dynamic",
            "EVCXR_CORE_EXTERN": "",
            "CARGO_NET_OFFLINE": "true",
        }
        arguments = ["build", "--target", environment["ITAKURA_TARGET"], "--message-format=json"]

        def messages(cargo):
            run = subprocess.run(
                [cargo, *arguments], cwd=directory, env=environment, text=True, capture_output=True
            )
            lines = [json.loads(line) for line in run.stdout.splitlines()]
            found = [line for line in lines if line["reason"] == "compiler-message"]
            return run.returncode, [line for line in found if line["target"]["name"] == "ctx"]

        for source in sources:
            (directory / "src/lib.rs").write_text(source)
            stand_in, cargo = messages(environment["CARGO"]), messages(real)
            assert cargo[0] == 101 and cargo[1], f"the real cargo takes {source}"
            assert stand_in == cargo, f"{source}\n{stand_in}\n{cargo}"


def prepared_stays():
    """A start in another environment changes nothing for later ones."""
    strange = {"RUSTC_BOOTSTRAP": "1", "RUSTFLAGS": "-Copt-level=3", "CARGO_BUILD_TARGET": "none"}
    with tempfile.TemporaryDirectory() as home:
        os.environ |= strange | {"CARGO_HOME": home}
        try:
            with Kernel() as kernel:
                succeeds(kernel, "1 + 1", "2")
                fails(kernel, "let x: i32 = 1.0;", "mismatched types")
                # The real cargo finds all that was compiled before, too.
                environment = evcxr(kernel)
                directory = pathlib.Path(environment["EVCXR_TMPDIR"])
                for note in directory.glob("stand-in/rustc-*"):
                    note.unlink()
                start = time.monotonic()
                succeeds(kernel, "2 + 2", "4")
                assert time.monotonic() - start < 60, "it has compiled the packages again"
        finally:
            for name in [*strange, "CARGO_HOME"]:
                del os.environ[name]
    doctor = itakura("doctor")
    assert doctor.returncode == 0, doctor.stdout
    assert re.search(r"ok +compiled crate +current", doctor.stdout), doctor.stdout


def foreign_configuration():
    """An evcxr.toml beside a notebook is not obeyed, and is named."""
    with tempfile.TemporaryDirectory() as folder:
        mark = pathlib.Path(folder) / "prelude-ran"
        prelude = f'std::fs::write("{mark}", "").unwrap();'
        pathlib.Path(folder, "evcxr.toml").write_text(f"[evcxr]\nprelude = '''{prelude}'''\n")
        with Kernel(folder) as kernel:
            outputs, reply = kernel.run("1 + 1")
            assert reply["status"] == "error"
            assert "evcxr.toml" in "\n".join(reply["traceback"]), reply
        assert not mark.exists()


CELLS = {
    "`let` of a call into the crate": "let p: Positive = Positive::new(2.0)?;",
    "`let` without a type": "let v = vec![1.0, 2.0];",
    "`println!`": 'println!("{}", p.get());',
    "value of an expression": "p.get() + 1.0",
    "a cell that does not compile": 'let wrong: i32 = "a";',
}


def measure():
    """Prints the table of kernel/README.md: medians of three starts, and of nine cells of a kind."""
    starts, cells, memory = [], {name: [] for name in CELLS}, []
    for _ in range(3):
        start = time.monotonic()
        with Kernel() as kernel:
            kernel.run("1 + 1")
            starts.append((time.monotonic() - start, processor_seconds(kernel)))
            kernel.run(CRATE)
            for _ in range(3):
                for name, code in CELLS.items():
                    before, start = processor_seconds(kernel), time.monotonic()
                    kernel.run(code)
                    cells[name].append((time.monotonic() - start, processor_seconds(kernel) - before))
            memory.append(sum(rss for _, _, rss in descendants(kernel)) / 1e6)
    for name, figures in {"start until the first cell (`1 + 1`) is done": starts, **cells}.items():
        seconds, processor = (sorted(column) for column in zip(*figures))
        middle = len(figures) // 2
        print(
            f"| {name} | {seconds[middle]:.2f} ({seconds[0]:.2f}-{seconds[-1]:.2f})"
            f" | {processor[middle]:.2f} |"
        )
    print(f"| memory of the whole kernel | {sorted(memory)[1]:.0f} MB | |")
    with Lab() as lab:
        taken, last = [], None
        os.environ["ITAKURA_SPARE"] = lab.spare()
        for _ in range(3):
            last = lab.wait_for_spare(other_than=[] if last is None else [last])
            start = time.monotonic()
            with Kernel() as kernel:
                kernel.run("1 + 1")
                taken.append(time.monotonic() - start)
        del os.environ["ITAKURA_SPARE"]
        taken.sort()
        print(f"| the same with a spare kernel | {taken[1]:.2f} ({taken[0]:.2f}-{taken[2]:.2f}) | |")
    print(f"load average {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores")


def processor_seconds(kernel):
    """Of the kernel's processes, and of those that they have waited for."""
    return sum(seconds for _, seconds, _ in descendants(kernel))


def descendants(kernel):
    """The kernel's processes: identity, processor seconds, resident bytes."""
    return below(kernel.manager.provisioner.process.pid)


def below(root):
    """A process and all below it: identity, processor seconds, resident bytes."""
    children = {}
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = process.joinpath("stat").read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        seconds = sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")
        resident = int(words[21]) * os.sysconf("SC_PAGE_SIZE")
        children.setdefault(int(words[1]), []).append((int(process.name), seconds, resident))
    found = [entry for entries in children.values() for entry in entries if entry[0] == root]
    for entry in found:
        found.extend(children.get(entry[0], []))
    return found


if __name__ == "__main__":
    globals()[sys.argv[1]]()
