// htmx requests carry the CSRF token; one that fails says so in a sentence and changes nothing on the page.
import { toast } from "./toast.js";

const SENTENCES = {
  400: "sentence400", 403: "sentence403", 404: "sentence404", 410: "sentence404", 413: "sentence413", 429: "sentence429",
};

const words = () => document.getElementById("toasts")?.dataset ?? {};

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token && ctx.request.method !== "GET") ctx.request.headers["X-CSRFToken"] = token;
});

// Signed out meanwhile: the sign-in page belongs in the window, not in a pane.
document.addEventListener("htmx:before:response", (event) => {
  const { raw } = event.detail.ctx.response;
  if (raw.redirected && new URL(raw.url).pathname.startsWith("/accounts/login/")) {
    event.preventDefault();
    location.reload();
  }
});

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const { status } = ctx.response;
  if (status === 422 || status === 409) return;
  toast(words()[SENTENCES[status] ?? "sentence500"], { error: true });
});

document.addEventListener("htmx:error", ({ detail }) => {
  if (detail.error instanceof TypeError || detail.ctx?.request.signal?.reason === "timeout") {
    toast(words().sentenceOffline, { error: true });
  }
});
