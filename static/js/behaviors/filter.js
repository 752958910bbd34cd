// <input data-filter="list-id"> hides the items of a list that do not hold the words, and says how many are left.
import { each } from "./each.js";

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

each("input[data-filter]", (input) => {
  const list = document.getElementById(input.dataset.filter);
  if (!list) return;
  const left = document.createElement("p");
  left.className = "aloud";
  left.setAttribute("role", "status");
  input.after(left);
  input.setAttribute("aria-controls", list.id);

  const shown = () => [...list.children].filter((item) => !item.hidden);
  input.addEventListener("input", () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    for (const item of list.children) {
      const text = plain(item.textContent);
      item.hidden = !words.every((word) => text.includes(word));
    }
    left.textContent = words.length ? `${shown().length} / ${list.children.length}` : "";
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    const target = shown()[0]?.querySelector("a, button, input");
    if (!target || !input.value) return;
    event.preventDefault();
    if (event.key === "Enter") target.click();
    else target.focus();
  });
});
