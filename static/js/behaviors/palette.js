// Ctrl-K: go to anything. Arrows choose, Enter goes; the answers are links that /go/?q= returns as HTML.
const dialog = document.getElementById("palette");

if (dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const status = dialog.querySelector("[role=status]");
  let running;
  let timer;

  const options = () => [...list.querySelectorAll("a")];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function choose(option) {
    chosen()?.removeAttribute("aria-selected");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function show(html) {
    list.innerHTML = html;
    options().forEach((option, index) => {
      option.id = `palette-${index}`;
      option.setAttribute("role", "option");
      option.tabIndex = -1;
      option.classList.add("option");
    });
    input.setAttribute("aria-expanded", String(options().length > 0));
    status.textContent = String(options().length);
    choose(options()[0]);
  }

  async function search() {
    running?.abort();
    running = new AbortController();
    const address = new URL(dialog.dataset.palette, location.href);
    address.searchParams.set("q", input.value);
    try {
      const answer = await fetch(address, { signal: running.signal, headers: { "HX-Request": "true" } });
      if (answer.ok && !answer.redirected) show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") show("");
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (dialog.open) return dialog.close();
    document.querySelector("dialog[open]")?.close();
    dialog.showModal();
    input.select();
    search();
  });

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });

  input.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown") choose(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp") choose(all[(at - 1 + all.length) % all.length]);
    else if (event.key === "Enter") chosen()?.click();
    else return;
    event.preventDefault();
  });
}
