// [data-presence=id] shows who else looks at that conversation: initials in a list; in words where the
// element has data-looking and data-typing ("{name} is typing").
import { each } from "./each.js";

let present = [];

function face({ name, initials }) {
  const avatar = Object.assign(document.createElement("span"), { className: "avatar", title: name });
  const letters = Object.assign(document.createElement("span"), { textContent: initials });
  const words = Object.assign(document.createElement("span"), { className: "aloud", textContent: name });
  letters.setAttribute("aria-hidden", "true");
  avatar.append(letters, words);
  return avatar;
}

function show(place) {
  const here = present.filter(({ at }) => String(at) === place.dataset.presence);
  const { looking, typing } = place.dataset;
  const words = looking ? here.map((who) => (who.typing ? typing : looking).replace("{name}", who.name)).join(" · ") : "";
  const key = JSON.stringify(here);
  if (place.dataset.shown === key) return;
  place.dataset.shown = key;
  place.replaceChildren(...here.map(face), words);
}

each("[data-presence]", show);
document.body.addEventListener("earshot:moved-presence", ({ detail }) => {
  present = detail.presence ?? [];
  document.querySelectorAll("[data-presence]").forEach(show);
});
