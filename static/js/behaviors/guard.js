// form[data-guard]: the browser asks before words that were not sent are left behind.
const dirty = (form) =>
  [...form.elements].some((field) => "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue);

const leaving = new WeakSet();
document.addEventListener("submit", ({ target }) => leaving.add(target));

addEventListener("beforeunload", (event) => {
  for (const form of document.querySelectorAll("form[data-guard]")) {
    if (leaving.has(form) || !dirty(form) || form.querySelector("[data-draft-state=saved]")) continue;
    event.preventDefault();
    return;
  }
});
