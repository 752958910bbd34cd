// Ctrl-Enter (Cmd-Enter) in a field with data-send presses the form's main button.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const field = event.target.closest?.("[data-send]");
  const button = field?.form?.querySelector("[data-sends]") ?? field?.form?.querySelector("button.button--primary");
  if (!button) return;
  event.preventDefault();
  button.click();
});
