"""Writes executed notebooks as HTML pages that need no network: `itakura book` calls this.

Usage: build.py FOLDER_OF_EXECUTED_NOTEBOOKS FOLDER_OF_PAGES [FILE]

FILE is written too if it is named: all pages as one, for a printer.
"""

import functools
import json
import pathlib
import re
import shutil
import sys
import unicodedata

import bs4
import latex2mathml.converter
import nbformat
import plotly
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.formatters import HtmlFormatter

HERE = pathlib.Path(__file__).resolve().parent


class BookError(Exception):
    """Why a page cannot be written."""


# What latex2mathml marks and browsers do not show, and how Unicode names the letters in that style.
# The letters that Unicode had before it had the others have names of their own.
STYLES = {
    "double-struck": ("MATHEMATICAL DOUBLE-STRUCK ", "DOUBLE-STRUCK "),
    "bold": ("MATHEMATICAL BOLD ", ""),
    "bold-italic": ("MATHEMATICAL BOLD ITALIC ", ""),
    "script": ("MATHEMATICAL SCRIPT ", "SCRIPT "),
    "fraktur": ("MATHEMATICAL FRAKTUR ", "BLACK-LETTER "),
}


def styled(letter, style):
    """A letter as the character that Unicode has for it in a style of mathematics."""
    name = unicodedata.name(letter).replace("LATIN ", "").replace("GREEK ", "").replace("LETTER ", "")
    for prefix in STYLES[style]:
        try:
            return unicodedata.lookup(prefix + name)
        except KeyError:
            pass
    return letter


@functools.cache
def typeset(formula, display):
    """LaTeX as MathML, which browsers lay out without a script."""
    # In one column of equations the two mean the same, and latex2mathml knows one of them.
    known = formula.strip().replace("{aligned}", "{split}")
    try:
        markup = latex2mathml.converter.convert(known, display=display)
    except Exception as error:
        raise BookError(f"the formula {formula!r} cannot be read: {error!r}") from error
    # What it does not know it writes down as it stands.
    unknown = re.search(r">(\\[^<]*|&)<|linebreak=.newline", markup)
    if unknown:
        raise BookError(f"latex2mathml does not know a part of {formula!r}: write it in other words")
    tree = bs4.BeautifulSoup(markup, "html.parser")
    for element in tree.find_all(mathvariant=list(STYLES)):
        style = element.attrs.pop("mathvariant")
        if element.string:
            element.string = "".join(styled(letter, style) for letter in element.string)
    for name in tree.select("mrow > mi"):
        neighbour = name.find_next_sibling()
        # TeX sets a thin space between a function's name and an argument without brackets.
        if len(name.get_text()) > 1 and neighbour and neighbour.name != "mo":
            name.insert_after(tree.new_tag("mspace", width="0.17em"))
    return str(tree)


class Renderer(IPythonRenderer):
    """Markdown with the mathematics typeset."""

    def inline_math(self, body):
        return typeset(body, "inline")

    def block_math(self, body):
        return typeset(body, "block")

    def latex_environment(self, name, body):
        return typeset(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")


def to_html(source):
    html = MarkdownWithMath(Renderer(escape=False)).render(source)
    # Markdown leaves alone what stands between the tags of a block of HTML.
    for text in bs4.BeautifulSoup(html, "html.parser").find_all(string=re.compile(r"\$.+\$", re.DOTALL)):
        if not text.find_parent(["code", "pre", "math"]):
            raise BookError(f"the formula in {text.strip()!r} is not seen: leave an empty line after the tag before it")
    return html


def title_of(notebook, name):
    """The first heading of a notebook."""
    for cell in notebook.cells:
        heading = re.search(r"^# +(.+)$", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else None
        if heading:
            return heading[1].strip()
    return name


def sections_of(notebook):
    """The headings of the second level, as text and as the place that a link leads to."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for heading in bs4.BeautifulSoup(to_html(cell.source), "html.parser").find_all("h2"):
                heading.select_one(".anchor-link").extract()
                yield heading.decode_contents().strip(), heading["id"]


def contents(notebooks):
    """The page that leads to all others, with the sections of each."""
    lines = ["# The notebooks", "", "Executed, with their figures. To run them yourself: `cargo lab`.", ""]
    for file, notebook in notebooks.items():
        lines.append(f"## [{title_of(notebook, file)}]({file})\n")
        links = (f'<a href="{file}#{anchor}">{title}</a>' for title, anchor in sections_of(notebook))
        lines.append(" · ".join(links) + "\n")
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("\n".join(lines))])


def searchable(page, html):
    """The text of a page by its sections: what the search looks through. What a reader has to guess or work out is
    left out."""
    main = bs4.BeautifulSoup(html, "html.parser").select_one("main")
    for element in main.select("script, style, svg, math annotation, details, .anchor-link, .turn, .download"):
        element.decompose()
    sections = [{"page": page["file"], "anchor": "", "title": page["title"], "text": []}]
    for text in main.find_all(string=True):
        heading = text.find_parent(["h1", "h2", "h3"])
        if heading is None:
            sections[-1]["text"].append(text)
        elif heading.get("id", "") != sections[-1]["anchor"]:
            title = heading.get_text(" ", strip=True)
            sections.append({"page": page["file"], "anchor": heading.get("id", ""), "title": title, "text": []})
    return [{**section, "text": " ".join(" ".join(section["text"]).split())} for section in sections]


def linked(html, address):
    """The links between notebooks, in texts and in what cells have shown, with their addresses in the book."""
    link = re.compile(r'(<a [^>]*href=")(\w+)\.ipynb(#[^"]*)?"')
    return link.sub(lambda found: f'{found[1]}{address(found[2], found[3] or "")}"', html)


def check_places(written):
    """A link to a place of another page must find that place."""
    places = {page: set(re.findall(r'\bid="([^"]+)"', html)) for page, html in written.items()}
    for page, html in written.items():
        for file, place in re.findall(r'<a [^>]*href="([^":#]+)#([^"]+)"', html):
            if file in places and place not in places[file]:
                raise BookError(f"{page}: {file} has no place {place!r}")


def check_offline(page, html, files):
    """No page may ask for anything but its own files."""
    for element in bs4.BeautifulSoup(html, "html.parser").find_all(True):
        for attribute in ("src", "srcset", "poster", "data", "href"):
            target = element.get(attribute, "")
            if element.name == "a" and attribute == "href":
                file = target.partition("#")[0]
                if file and not re.match(r"[a-z]+:", file) and file not in files:
                    print(f"{page}: the link to {target} leads nowhere in the book")
            elif attribute == "href" and element.name not in ("link", "image", "use", "base"):
                continue
            elif target and not target.startswith(("data:", "_static/", "#")):
                raise BookError(f"{page}: <{element.name} {attribute}={target!r}> asks for something outside the book")


def write_static(folder):
    static = folder / "_static"
    static.mkdir(parents=True, exist_ok=True)
    shutil.copy(pathlib.Path(plotly.__file__).parent / "package_data/plotly.min.js", static)
    for script in ("book.js", "search.js"):
        shutil.copy(HERE / "static" / script, static)
    light, dark = (HtmlFormatter(style=style).get_style_defs(".highlight") for style in ("default", "github-dark"))
    colours = f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
    (static / "book.css").write_text((HERE / "static/book.css").read_text() + "\n" + colours)


def build(executed, folder):
    paths = sorted(executed.glob("*.ipynb"))
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    for path in paths:
        shutil.copy(path, folder / "notebooks")
    notebooks = {path.stem + ".html": nbformat.read(path, as_version=4) for path in paths}
    pages = [
        {"file": file, "title": title_of(notebook, file), "notebook": f"notebooks/{path.name}"}
        for path, (file, notebook) in zip(paths, notebooks.items())
    ]
    pages.insert(0, {"file": "index.html", "title": "The notebooks"})
    files = {page["file"] for page in pages} | {page.get("notebook") for page in pages}
    write_static(folder)
    index, written = [], {}
    for place, (page, notebook) in enumerate(zip(pages, [contents(notebooks), *notebooks.values()])):
        around = {"before": pages[place - 1] if place else None, "after": (pages[place + 1 :] or [None])[0]}
        html = to_page(notebook, {"pages": pages, "printed": False, **around, **page})
        html = linked(html, lambda name, place: f"{name}.html{place}")
        check_offline(page["file"], html, files)
        (folder / page["file"]).write_text(html, encoding="utf-8")
        index += searchable(page, html)
        written[page["file"]] = html
    check_places(written)
    (folder / "_static/index.js").write_text(f"const SECTIONS = {json.dumps(index)};\n", encoding="utf-8")
    return notebooks


def build_for_print(notebooks, file):
    """All notebooks as one page, each from a new sheet on, under its name."""
    cells = []
    for page, notebook in notebooks.items():
        name = pathlib.Path(page).stem
        cells.append(nbformat.v4.new_markdown_cell(f'<div class="sheet" id="{name}"></div>'))
        cells += [nbformat.from_dict({**cell, "id": f"{name}-{cell.id}"[:64]}) for cell in notebook.cells]
    printed = {"pages": [], "printed": True, "file": file.name, "title": "The notebooks"}
    notebook = nbformat.v4.new_notebook(cells=cells)
    # What links to another notebook leads to where that begins.
    html = linked(to_page(notebook, printed), lambda name, place: f"#{name}")
    check_offline(file.name, html, set())
    # Nobody unfolds anything on paper.
    file.write_text(html.replace("<details", "<details open"), encoding="utf-8")


def to_page(notebook, book):
    exporter = HTMLExporter(
        template_name="page",
        extra_template_basedirs=[str(HERE)],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        filters={"markdown2html": to_html},
    )
    try:
        return exporter.from_notebook_node(notebook, {"book": book})[0]
    except BookError as error:
        raise BookError(f"{book['file']}: {error}") from error


if __name__ == "__main__":
    try:
        executed, pages, *printed = map(pathlib.Path, sys.argv[1:])
        notebooks = build(executed, pages)
        for file in printed:
            build_for_print(notebooks, file)
    except BookError as error:
        sys.exit(str(error))
