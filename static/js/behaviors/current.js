// a[data-current=path] is the current row while the window is at that path, and has been read then.
// A page that htmx brings into a pane also gets the window's title and the focus.
import { each } from "./each.js";

function mark(link) {
  const here = link.dataset.current === location.pathname;
  if (!here) return link.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  link.classList.remove("row--unread");
  link.querySelector("[data-unread]")?.remove();
}

const all = () => document.querySelectorAll("a[data-current]").forEach(mark);

each("a[data-current]", mark);
each("[data-open][data-title]", (open) => {
  document.title = open.dataset.title;
  const thread = open.querySelector(".messages");
  const latest = open.querySelector("[data-latest]");
  if (latest && thread.scrollHeight > thread.clientHeight) thread.scrollTop = latest.offsetTop - thread.offsetTop - 16;
});
addEventListener("popstate", all);
document.addEventListener("htmx:after:settle", all);
document.addEventListener("htmx:after:history:update", all);
