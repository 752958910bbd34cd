// [data-composes=id] on a radio button shows a way of writing: choosing it puts the focus where one writes.
document.addEventListener("change", ({ target }) => {
  if (target.checked && target.dataset.composes) document.getElementById(target.dataset.composes)?.focus();
});

// A click on the chosen one, by hand or by key, also goes there.
document.addEventListener("click", ({ target }) => {
  if (target.matches?.("input[data-composes]:checked")) document.getElementById(target.dataset.composes)?.focus();
});

// A menu whose choices arrive later puts the focus on the first field among them.
document.addEventListener("htmx:after:settle", () => {
  const menu = document.querySelector("details[data-menu][open]");
  if (menu && (document.activeElement === menu.firstElementChild || document.activeElement === document.body)) {
    menu.querySelector("input[type=search]")?.focus();
  }
});
