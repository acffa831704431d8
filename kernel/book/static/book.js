// Draws the figures of a page from the JSON that stands in it. A figure that Plotly cannot draw keeps
// its drawing.
"use strict";

function draw(figure) {
  const { data, layout, frames, config } = JSON.parse(figure.querySelector("script").textContent);
  const place = document.createElement("div");
  figure.append(place);
  Plotly.newPlot(place, { data, layout, frames, config: { ...config, displaylogo: false } }).then(
    () => figure.querySelector(".drawing").remove(),
    (error) => {
      place.remove();
      console.error("Plotly cannot draw a figure:", error);
    },
  );
}

for (const figure of document.querySelectorAll(".figure")) {
  if (!window.Plotly) break;
  // Plotly measures what it draws, which it cannot do out of sight.
  const hidden = figure.closest("details:not([open])");
  if (hidden) hidden.addEventListener("toggle", () => draw(figure), { once: true });
  else draw(figure);
}
