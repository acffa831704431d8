"""What a reader sees in a browser that reaches nothing but this machine. Run with a function's name:

browser.py lab SCREENSHOT          runs notebook 00 in the JupyterLab that `cargo lab` starts
browser.py book FOLDER SCREENSHOT  reads the pages of a book from their files
browser.py static PAGE FIGURES     reads a page of nbconvert without scripts, with so many figures
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

import psutil
from playwright.sync_api import Error, sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks/00_start_here.ipynb"

# A figure is drawn when its frame is there, and in it a line, a point, a bar or an image.
IS_DRAWN = """figure => {
    const frame = figure.querySelector("svg.main-svg");
    const marks = figure.querySelectorAll(".overplot path[d], .overplot image");
    const size = frame?.getBoundingClientRect();
    return marks.length > 0 && size.width > 100 && size.height > 100;
}"""

# A fraction is typeset when its upper part stands above its lower part.
IS_TYPESET = """fraction => {
    const [upper, lower] = [...fraction.children].map((part) => part.getBoundingClientRect());
    return upper.height > 0 && upper.bottom <= lower.top + 2;
}"""


def chromium():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    sys.exit("no Chromium was found: install it (Debian: apt-get install chromium)")


class Browser:
    """A fresh Chromium that is cut off from the network, and what it tried and said."""

    def __init__(self, playwright, profile):
        self.external, self.complaints = [], []
        self.context_options = {
            "user_data_dir": str(profile),
            "executable_path": chromium(),
            "viewport": {"width": 1400, "height": 1000},
            "args": [
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                # What does not pass through `answer` below, such as a web socket, ends here.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            ],
        }
        self.playwright = playwright

    @contextlib.contextmanager
    def page(self, **options):
        """A page in a browser of its own; at its end, nothing external may have been asked for."""
        context = self.playwright.chromium.launch_persistent_context(**self.context_options, **options)
        try:
            context.route("**/*", self.answer)
            page = context.pages[0]
            page.set_default_timeout(60_000)
            page.on("websocket", lambda web_socket: self.note(web_socket.url))
            page.on("pageerror", lambda error: self.complaints.append(str(error)))
            page.on("console", lambda message: self.hear(message))
            yield page
        finally:
            context.close()
        assert not self.external, f"the page asked for what is not on this machine: {self.external}"

    def note(self, url):
        """Whether a request stays on this machine; if it does not, it is remembered."""
        parts = urllib.parse.urlsplit(url)
        local = parts.scheme in ("file", "data", "blob") or parts.hostname in ("127.0.0.1", "localhost")
        if not local:
            self.external.append(url)
        return local

    def answer(self, route):
        request = route.request
        path = urllib.parse.urlsplit(request.url).path
        contents = path.startswith("/api/contents/")
        if not self.note(request.url):
            route.abort()
        elif contents and request.method == "PUT":
            # The notebook of the project stays as it is.
            route.abort()
        elif contents and request.method == "POST" and path.endswith("/checkpoints"):
            # JupyterLab wants a copy to return to, and would leave it beside the notebook.
            route.fulfill(status=201, json={"id": "checkpoint", "last_modified": "2000-01-01T00:00:00Z"})
        else:
            route.continue_()

    def hear(self, message):
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")


def wait_until(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def predicted_cells(notebook):
    """How many cells with outputs the committed notebook hides until the reader asks for them."""
    cells = json.loads(notebook.read_text())["cells"]
    hidden = [cell for cell in cells if cell["metadata"].get("jupyter", {}).get("outputs_hidden")]
    return sum(bool(cell["outputs"]) for cell in hidden)


def wait_until_drawn(page, figures):
    for number in range(figures.count()):
        figure = figures.nth(number)
        figure.scroll_into_view_if_needed()
        wait_until(lambda: figure.evaluate(IS_DRAWN), f"figure {number + 1} of {page.url} is drawn")


def assert_typeset(fractions):
    failed = f"all => all.filter(part => !({IS_TYPESET})(part)).map(part => part.outerHTML)"
    assert fractions.evaluate_all(failed) == []


def cells_tagged(notebook, tag):
    return [
        index
        for index, cell in enumerate(json.loads(notebook.read_text())["cells"])
        if tag in cell["metadata"].get("tags", [])
    ]


class Lab:
    """`cargo lab`, as a reader starts it, but with none of the reader's own settings."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = {
            **os.environ,
            **{f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "DATA", "RUNTIME")},
        }
        # What cargo tells a test about the test's own package is not meant for another build.
        for name in ("CARGO_MANIFEST_DIR", "CARGO_TARGET_DIR"):
            environment.pop(name, None)
        command = [os.environ.get("CARGO", "cargo"), "lab", "--no-browser", "--port", str(port)]
        self.said = folder / "lab.log"
        with self.said.open("w") as log:
            self.process = psutil.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )

    def address(self):
        """The address that it prints. The first start of all compiles for minutes."""
        pattern = re.compile(r"^open (http://\S+)$", re.MULTILINE)
        wait_until(
            lambda: pattern.search(self.said.read_text()) or self.process.poll() is not None,
            "`cargo lab` prints its address",
            seconds=900,
        )
        found = pattern.search(self.said.read_text())
        assert found, f"`cargo lab` ended with {self.process.returncode}:\n{self.said.read_text()}"
        return found[1]

    def everything(self):
        """It and all that it started, kernels and their cells too."""
        return [self.process, *self.process.children(recursive=True)]

    def stop(self):
        """Asks it to stop, and returns who has not ended a while later."""
        if self.process.poll() is not None:
            return []
        everything = self.everything()
        self.process.send_signal(signal.SIGTERM)
        _, left = psutil.wait_procs(everything, timeout=20)
        found = names(left)
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        return found


def names(processes):
    """The names of those that have not ended meanwhile."""
    found = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            found.append(process.name())
    return found


def menu(page, title, item):
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{title}$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{item}$")).click()


def lab(screenshot):
    before = NOTEBOOK.read_bytes()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        folder = pathlib.Path(folder)
        server = Lab(folder)
        try:
            browser = Browser(playwright, folder / "profile")
            address = server.address()
            with browser.page() as page:
                page.goto(address)
                try:
                    run_all_cells(page)
                    look_at_notebook(page)
                finally:
                    page.screenshot(path=screenshot)
            started = names(server.everything()[1:])
            assert "itakura" in started, f"there is no kernel among {started}"
        finally:
            left = server.stop()
        assert not left, f"`cargo lab` left processes behind: {left}"
        assert server.process.returncode == 0, server.said.read_text()
    after = NOTEBOOK.read_bytes()
    if after != before:
        NOTEBOOK.write_bytes(before)
    assert after == before, "the notebook was changed by looking at it; it was put back"
    # Not a failure: JupyterLab tells its console also what is harmless, such as a prevented save.
    print("\n".join(browser.complaints))


def run_all_cells(page):
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    # JupyterLab asks for a kernel if cells are run before it has found the one of the notebook.
    idle = page.locator("#jp-main-statusbar").get_by_text("Rust (itakura-saito) | Idle")
    idle.wait_for()
    look_at_predictions(page)
    # Only what this kernel answers shall be seen.
    menu(page, "Edit", "Clear Outputs of All Cells")
    wait_until(lambda: page.locator(".jp-OutputArea-output").count() == 0, "the outputs are cleared")
    start = time.monotonic()
    menu(page, "Run", "Run All Cells")
    prompts = page.locator(".jp-CodeCell .jp-InputArea-prompt")
    executed = re.compile(r"\[\d+\]:")
    wait_until(
        lambda: all(executed.fullmatch(text.strip()) for text in prompts.all_text_contents()),
        "all cells have run",
        seconds=300,
    )
    idle.wait_for()
    print(f"{prompts.count()} cells ran in {time.monotonic() - start:.1f} s")
    assert page.locator(".jp-OutputPlaceholder").count() == 0, "an output is still hidden after its run"


def look_at_predictions(page):
    """As it is opened, the notebook hides what the reader should guess first, and counts as unchanged."""
    hidden = page.locator(".jp-OutputPlaceholder")
    predicted = predicted_cells(NOTEBOOK)
    assert predicted > 0, "the notebook asks for no prediction"
    wait_until(lambda: hidden.count() == predicted, f"{predicted} outputs are hidden")
    assert page.locator(".lm-TabBar-tab.jp-mod-dirty").count() == 0, "opening the notebook changed it"
    print(f"{predicted} outputs wait for a prediction")


def look_at_notebook(page):
    # JupyterLab draws an error as text on standard error. Cells that fail on purpose have one, and no others.
    failing = len(cells_tagged(NOTEBOOK, "raises-exception"))
    outputs = page.locator('.jp-OutputArea-output:is([data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"])')
    assert outputs.count() == failing, outputs.all_text_contents()
    cells = page.locator(".jp-Notebook .jp-Cell")
    tagged = cells_tagged(NOTEBOOK, "figure")
    with_figure = [i for i in range(cells.count()) if cells.nth(i).locator(".js-plotly-plot").count()]
    assert with_figure == tagged, f"figures in cells {with_figure}, but {tagged} are tagged"
    figures = page.locator(".js-plotly-plot")
    wait_until_drawn(page, figures)
    figures.first.scroll_into_view_if_needed()
    print(f"{figures.count()} figures are drawn")
    if "$" in NOTEBOOK.read_text():
        formulas = page.locator("mjx-container")
        assert formulas.count() > 0, "no formula is typeset"
        print(f"{formulas.count()} formulas are typeset")


def book(folder, screenshot):
    folder = pathlib.Path(folder).resolve()
    pages = sorted(path for path in folder.glob("*.html") if path.name != "index.html")
    assert pages, f"there is no page in {folder}"
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        profile = pathlib.Path(profile)
        browser = Browser(playwright, profile / "scripts")
        with browser.page() as page:
            for number, path in enumerate(pages):
                page.goto((folder / "index.html").as_uri())
                page.locator("main h2 a:not(.anchor-link)").nth(number).click()
                assert urllib.parse.urlsplit(page.url).path == path.as_uri()[len("file://"):], page.url
                look_at_page(page, path, drawn=True)
                if path.stem == "15_claims":
                    assert page.locator(".ledger-controls").count() > 0, "the ledger has no controls"
                if number == 0:
                    page.locator(".js-plotly-plot").first.scroll_into_view_if_needed()
                    page.screenshot(path=screenshot)
            look_at_search(page, folder)
            look_at_dark_theme(page, pages[0], pathlib.Path(screenshot).with_stem("book_dark"))
            turn_all_pages(page, folder, pages)
        assert not browser.complaints, browser.complaints
        with browser.page(java_script_enabled=False) as page:
            for path in pages:
                page.goto(path.as_uri())
                look_at_page(page, path, drawn=False)
        # A copy of a page that was sent without its folder still shows everything.
        with browser.page() as page:
            for path in pages:
                alone = profile / path.name
                shutil.copy(path, alone)
                page.goto(alone.as_uri())
                look_at_page(page, path, drawn=False)
    print(f"{len(pages)} pages are complete")


def look_at_search(page, folder):
    page.goto((folder / "index.html").as_uri())
    field, found = page.get_by_role("searchbox"), page.locator(".found li")
    field.fill("xyzzy")
    wait_until(lambda: found.all_text_contents() == ["Nothing was found."], "the search finds nothing")
    field.fill("condition NUMBER")
    wait_until(lambda: found.locator("a").count() > 3, "the search finds sections")
    link = found.locator("a").first
    title, address = link.inner_text(), link.get_attribute("href")
    link.click()
    page.wait_for_url(lambda url: url.endswith(address))
    text = page.locator("main").inner_text().lower()
    assert "condition" in text and "number" in text and title.lower() in text, title


def look_at_dark_theme(page, path, screenshot):
    page.emulate_media(color_scheme="dark")
    page.goto(path.as_uri())
    colour = "element => getComputedStyle(element).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    assert max(page.locator("body").evaluate(colour)) < 64, "the page is not dark"
    assert min(page.locator(".figure").first.evaluate(colour)) > 240, "a figure is not on paper"
    page.screenshot(path=screenshot)
    page.emulate_media(color_scheme="light")


def turn_all_pages(page, folder, pages):
    """From the contents to the last page and back, by the links at the end of each."""
    page.goto((folder / "index.html").as_uri())
    for path in pages:
        page.locator(".turn [rel=next]").click()
        page.wait_for_url(path.as_uri())
    assert page.locator(".turn [rel=next]").count() == 0, "a page comes after the last"
    for path in [*reversed(pages[:-1]), folder / "index.html"]:
        page.locator(".turn [rel=prev]").click()
        page.wait_for_url(path.as_uri())


def look_at_page(page, path, drawn):
    # A click leads to the next page, but does not wait for all of it.
    page.wait_for_load_state()
    tagged = cells_tagged(ROOT / "notebooks" / path.with_suffix(".ipynb").name, "figure")
    cells = page.locator(".jp-CodeCell:has(.figure)")
    assert cells.count() == len(tagged), f"{path.name}: {cells.count()} cells with figures, not {len(tagged)}"
    predictions = page.locator("details.prediction")
    hidden = predicted_cells(ROOT / "notebooks" / path.with_suffix(".ipynb").name)
    assert predictions.count() == hidden, f"{path.name}: {predictions.count()} buttons, not {hidden}"
    for prediction in predictions.all():
        assert not prediction.locator(".jp-Cell-outputWrapper").is_visible(), "the outcome is told at once"
        prediction.locator("summary").first.click()
    if drawn:
        figures = page.locator(".figure .js-plotly-plot")
        wait_until(lambda: page.locator(".drawing").count() == 0, "the figures replace the drawings")
        assert figures.count() == page.locator(".figure").count()
        wait_until_drawn(page, figures)
    else:
        drawings = page.locator(".drawing > svg")
        assert drawings.count() == page.locator(".figure").count()
        assert all(drawings.nth(number).is_visible() for number in range(drawings.count()))
    # Hints and solutions are folded; a reader opens them, with scripts or without.
    folds = page.locator("details:not(.prediction)")
    if (closed := page.locator("details:not(.prediction):not([open])")).count() > 0:
        fold = closed.first.element_handle()
        fold.query_selector(":scope > summary").click()
        assert fold.evaluate("fold => fold.open"), "a click opens nothing"
    folds.evaluate_all("folds => folds.forEach(fold => { fold.open = true; })")
    if path.stem == "15_claims":
        look_at_ledger(page, scripts=page.locator(".ledger-controls").count() > 0)
    assert_typeset(page.locator("math mfrac"))
    text = page.locator("main").inner_text()
    assert "\\frac" not in text and "$$" not in text, "a formula stands there as it was written"


def look_at_ledger(page, scripts):
    """The last table of the page has all rows: menus narrow it down where scripts run, lists sort it elsewhere."""
    ledger = page.locator(".ledger").last
    rows = ledger.locator("tr[data-verdict]")
    lists = ledger.locator(".ledger-list")
    assert lists.count() == (0 if scripts else 2), f"{lists.count()} lists"
    if not scripts:
        assert lists.first.locator("li").count() == rows.count()
        return
    section, verdict, notebook = ledger.locator("select").all()
    section.select_option("4")
    verdict.select_option("false")
    left = ledger.locator("tr[data-verdict]:visible")
    assert left.count() == 4 and "4 of" in ledger.locator("output").inner_text(), left.all_inner_texts()
    ledger.locator("input").fill("Figure 2")
    assert left.count() == 1, left.all_inner_texts()
    notebook.select_option("05_spectrum")
    assert left.count() == 0, left.all_inner_texts()


def static(path, count):
    path = pathlib.Path(path).resolve()
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        with Browser(playwright, profile).page(java_script_enabled=False) as page:
            page.goto(path.as_uri())
            drawings = page.locator('img[src^="data:image/svg+xml"]')
            assert drawings.count() == int(count), f"{drawings.count()} drawings, not {count}"
            for number in range(drawings.count()):
                size = drawings.nth(number).evaluate("image => [image.naturalWidth, image.naturalHeight]")
                assert min(size) > 100, f"drawing {number + 1} is {size} large"
    print(f"{count} drawings are shown")


if __name__ == "__main__":
    try:
        {"lab": lab, "book": book, "static": static}[sys.argv[1]](*sys.argv[2:])
    except Error as error:
        sys.exit(f"the browser says: {error}")
