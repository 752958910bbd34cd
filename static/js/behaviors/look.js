// Theme and density change at once; the form then keeps the choice as it would without a script.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-look]");
  const { name, value } = event.submitter ?? {};
  if (!form || !name) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  const usual = value === "auto" || value === "comfortable";
  if (usual) delete document.documentElement.dataset[name];
  else document.documentElement.dataset[name] = value;
  for (const button of form.querySelectorAll(`button[name=${name}]`)) {
    button.setAttribute("aria-pressed", String(button.value === value));
  }
  fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => form.submit());
});
