// Runs a function once for every element that matches, now and when htmx brings new ones.
export function each(selector, connect) {
  const seen = new WeakSet();
  const look = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    for (const element of found) {
      if (seen.has(element)) continue;
      seen.add(element);
      connect(element);
    }
  };
  look(document);
  document.addEventListener("htmx:after:process", ({ target }) => look(target instanceof Element ? target : document));
}

export const typingIn = (element) =>
  Boolean(element?.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable=true]"));

export const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
