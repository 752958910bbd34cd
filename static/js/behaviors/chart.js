// Draws [data-chart] from the specification in the JSON beside it. Loaded, with Vega, by pages with charts only.
// Nothing here compiles code (`ast`: expressions are interpreted) or writes styles that the policy would refuse.
import { each } from "./each.js";

const OPTIONS = {
  mode: "vega-lite",
  renderer: "svg",
  ast: true,
  actions: false,
  defaultStyle: false,
  logLevel: 1, // errors
  tooltip: { disableDefaultStyle: true, id: "chart-tip" },
};
const drawn = new Map();

each("[data-chart]", async (place) => {
  const said = document.getElementById(place.dataset.chart);
  if (!said || !globalThis.vegaEmbed) return;
  await document.fonts.ready; // words are measured before they are drawn
  try {
    drawn.set(place, await globalThis.vegaEmbed(place, JSON.parse(said.textContent), OPTIONS));
    place.dataset.drawn = "";
  } catch (error) {
    place.hidden = true; // the table says the same
    console.error(error);
  }
});

// A drawing that htmx took away listens to the window no longer.
document.addEventListener("htmx:after:settle", () => {
  for (const [place, view] of drawn) {
    if (place.isConnected) continue;
    view.finalize();
    drawn.delete(place);
  }
});
