"""Writes executed notebooks as HTML pages that need no network: `itakura book` calls this.

Usage: build.py FOLDER_OF_EXECUTED_NOTEBOOKS FOLDER_OF_PAGES
"""

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
    """Markdown with the mathematics typeset, and with links between notebooks as links between pages."""

    def inline_math(self, body):
        return typeset(body, "inline")

    def block_math(self, body):
        return typeset(body, "block")

    def latex_environment(self, name, body):
        return typeset(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")

    def link(self, text, url, title=None):
        if "://" not in url:
            url = re.sub(r"\.ipynb(?=#|$)", ".html", url)
        return super().link(text, url, title)


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
    shutil.copy(HERE / "static/book.js", static)
    colours = HtmlFormatter().get_style_defs(".highlight")
    (static / "book.css").write_text((HERE / "static/book.css").read_text() + "\n" + colours + "\n")


def build(executed, folder):
    paths = sorted(executed.glob("*.ipynb"))
    notebooks = {path.stem + ".html": nbformat.read(path, as_version=4) for path in paths}
    pages = [{"file": file, "title": title_of(notebook, file)} for file, notebook in notebooks.items()]
    welcome = "# The notebooks\n\nExecuted, with their figures. To run them yourself: `cargo lab`.\n\n"
    welcome += "\n".join(f"- [{page['title']}]({page['file']})" for page in pages)
    cover = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(welcome)])
    pages.insert(0, {"file": "index.html", "title": "The notebooks"})
    exporter = HTMLExporter(
        template_name="page",
        extra_template_basedirs=[str(HERE)],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        filters={"markdown2html": to_html},
    )
    write_static(folder)
    for page, notebook in zip(pages, [cover, *notebooks.values()]):
        resources = {"book": {"pages": pages, **page}}
        try:
            html, _ = exporter.from_notebook_node(notebook, resources)
        except BookError as error:
            raise BookError(f"{page['file']}: {error}") from error
        check_offline(page["file"], html, {page["file"] for page in pages})
        (folder / page["file"]).write_text(html, encoding="utf-8")


if __name__ == "__main__":
    try:
        build(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
    except BookError as error:
        sys.exit(str(error))
