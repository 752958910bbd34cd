// Toasts leave by themselves, never while someone is on them; one that can be undone counts down first.
const STAY = 6000;

export function toast(text, { error = false } = {}) {
  const region = document.getElementById("toasts");
  if (!region || !text) return;
  const item = document.createElement("div");
  item.className = error ? "toast toast--error" : "toast";
  item.dataset.toast = "";
  item.append(Object.assign(document.createElement("span"), { textContent: text }));
  region.append(item);
}

function watch(item) {
  if ("watched" in item.dataset) return;
  item.dataset.watched = "";
  const left = item.querySelector(".toast-left");
  const until = Date.now() + (Number(item.dataset.undoSeconds) * 1000 || STAY);
  const tick = () => {
    if (!item.isConnected) return clearInterval(timer);
    const seconds = Math.ceil((until - Date.now()) / 1000);
    if (left) left.textContent = seconds > 0 ? `${seconds} s` : "";
    if (seconds <= 0 && !item.matches(":hover, :focus-within")) item.remove();
  };
  const timer = setInterval(tick, 250);
  tick();
}

const region = document.getElementById("toasts");
if (region) {
  const all = () => region.querySelectorAll("[data-toast]").forEach(watch);
  new MutationObserver(all).observe(region, { childList: true, subtree: true });
  all();
}
