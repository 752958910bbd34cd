// Keys: data-shortcut="r" or "g i" presses its element, or focuses it where it is a field.
// Off where the member switched them off (WCAG 2.1.4), and never while someone types.
import { typingIn } from "./each.js";

const WAIT = 1200;
let first = "";
let since = 0;

const off = () => document.documentElement.dataset.shortcuts === "off";
const visible = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? true;

function find(keys) {
  const all = document.querySelectorAll(`[data-shortcut="${CSS.escape(keys)}"]`);
  return [...all].find(visible) ?? [...all].find((element) => element.closest("details[data-menu]"));
}

function press(element) {
  if (typingIn(element)) {
    element.focus();
    if (element.localName === "textarea") element.setSelectionRange(element.value.length, element.value.length);
    element.scrollIntoView({ block: "nearest" });
  } else if (element.localName === "summary") {
    element.parentElement.open = !element.parentElement.open;
    element.focus();
  } else {
    element.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (off() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typingIn(event.target) && !event.target.closest("dialog")) event.target.blur();
  if (typingIn(event.target) || event.target.closest("dialog[open], [popover]:popover-open")) return;
  const leading = Date.now() - since < WAIT ? first : "";
  const element = (leading && find(`${leading} ${event.key}`)) || find(event.key);
  first = document.querySelector(`[data-shortcut^="${CSS.escape(event.key)} "]`) && !element ? event.key : "";
  since = Date.now();
  if (!element) return;
  event.preventDefault();
  press(element);
});
