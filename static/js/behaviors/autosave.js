// form[data-autosave=URL] posts what is typed a second after the typing stops; [data-draft-state] says so
// in the words of its data-saved and data-unsaved.
import { each } from "./each.js";

const PAUSE = 1000;

each("form[data-autosave]", (form) => {
  const state = form.querySelector("[data-draft-state]");
  let timer = 0;
  let running;

  function say(word) {
    if (!state) return;
    state.dataset.draftState = word;
    state.textContent = state.dataset[word] ?? "";
  }

  async function save() {
    clearTimeout(timer);
    timer = 0;
    running?.abort();
    running = new AbortController();
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    const headers = { "X-CSRFToken": document.querySelector("meta[name=csrf-token]")?.content ?? "" };
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers, signal: running.signal, keepalive: true });
      if (!timer) say(answer.ok ? "saved" : "unsaved");
    } catch (error) {
      if (error.name !== "AbortError") say("unsaved");
    }
  }

  form.addEventListener("input", () => {
    say("typing");
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
    running?.abort();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && timer && form.isConnected) save();
  });
});
