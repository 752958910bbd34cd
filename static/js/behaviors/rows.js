// j and k move along the links of a list with data-rows; o opens the one in focus (Enter does as well).
import { typingIn } from "./each.js";

const links = () => [...document.querySelectorAll("[data-rows] a.row, [data-rows] a[data-row]")];

function move(step) {
  const all = links();
  const at = all.indexOf(document.activeElement);
  const start = at >= 0 ? at : all.findIndex((link) => link.hasAttribute("aria-current"));
  const next = all[start < 0 ? 0 : Math.min(Math.max(start + step, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return Boolean(next);
}

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.shortcuts === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || typingIn(event.target) || event.target.closest("dialog[open]")) return;
  if (event.key === "j" || event.key === "k") {
    if (move(event.key === "j" ? 1 : -1)) event.preventDefault();
  } else if (event.key === "o" && links().includes(document.activeElement)) {
    event.preventDefault();
    document.activeElement.click();
  }
});
