// A textarea grows with its words; browsers that know field-sizing do it without us.
import { each } from "./each.js";

if (!CSS.supports("field-sizing", "content")) {
  each("textarea[data-autosize]", (area) => {
    const fit = () => {
      area.rows = Math.min(Math.max(area.value.split("\n").length + Math.floor(area.value.length / 70), 3), 18);
    };
    area.addEventListener("input", fit);
    fit();
  });
}
