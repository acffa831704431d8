// Controls for the tables of the ledger on this page: three choices and a search, in place of the lists.
(() => {
  const choices = [["section", "Section"], ["verdict", "Verdict"], ["notebook", "Notebook"]];

  function prepare(ledger) {
    ledger.classList.add("ledger-ready");
    const rows = [...ledger.querySelectorAll("tr[data-verdict]")];
    const sections = [...ledger.querySelectorAll(".ledger-section")];
    const wasOpen = sections.map((section) => section.open);
    const bar = document.createElement("div");
    bar.className = "ledger-controls";
    // JupyterLab would take what is typed here for its own keys.
    bar.dataset.lmSuppressShortcuts = "true";
    const count = document.createElement("output");
    count.style.whiteSpace = "nowrap";
    const selects = choices.map(([key, title]) => {
      const select = document.createElement("select");
      select.append(new Option("all", ""));
      const values = new Set(rows.map((row) => row.dataset[key]));
      values.forEach((value) => select.append(new Option(value.replace("_", " "), value)));
      labelled(title, select);
      return select;
    });
    const search = document.createElement("input");
    search.type = "search";
    labelled("Words", search);
    bar.append(count);

    function labelled(title, control) {
      const label = document.createElement("label");
      label.append(title + " ", control);
      label.style.cssText = "margin-right: 1em; white-space: nowrap";
      bar.append(label);
      control.addEventListener("input", filter);
    }

    function filter() {
      const words = search.value.trim().toLowerCase();
      const isNarrowed = words !== "" || selects.some((select) => select.value !== "");
      for (const row of rows) {
        const fits = selects.every((select, index) =>
          select.value === "" || row.dataset[choices[index][0]] === select.value);
        row.hidden = !fits || !row.textContent.toLowerCase().includes(words);
      }
      sections.forEach((section, index) => {
        const left = section.querySelectorAll("tr[data-verdict]:not([hidden])").length;
        section.hidden = left === 0;
        section.open = isNarrowed ? left > 0 : wasOpen[index];
        section.querySelector("summary span").textContent = left === 1 ? "1 row" : `${left} rows`;
      });
      count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows`;
    }

    ledger.querySelectorAll(".ledger-list").forEach((list) => list.remove());
    ledger.prepend(bar);
    filter();
  }

  document.querySelectorAll(".ledger:not(.ledger-ready)").forEach((ledger) => {
    // JupyterLab would set the text of every cell to the right.
    ledger.querySelectorAll("th, td").forEach((cell) => { cell.style.textAlign = "left"; });
    if (ledger.querySelectorAll("tr[data-verdict]").length > 1) prepare(ledger);
  });
})();
