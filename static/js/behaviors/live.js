// Asks "what moved since N?" every 3 s while the page is seen (10 s when no one acts), and tells the page.
// 204: nothing. 200: {"seq": 18, "refresh": ["list", "conversation:1042"], "presence": [...]}.
const BUSY = 3000;
const IDLE = 10000;
const STILL = 60000;

const place = document.querySelector("[data-live-url]");
let since = Number(place?.dataset.liveSince ?? 0);
let acted = Date.now();
let typed = 0;
let failures = 0;

function tell(answer) {
  since = answer.seq ?? since;
  document.body.dispatchEvent(new CustomEvent("earshot:moved", { bubbles: true, detail: answer }));
  const kinds = new Set((answer.refresh ?? []).map((name) => name.split(":")[0]));
  if (answer.presence) kinds.add("presence");
  for (const kind of kinds) {
    document.body.dispatchEvent(new CustomEvent(`earshot:moved-${kind}`, { bubbles: true, detail: answer }));
  }
}

async function ask() {
  const address = new URL(place.dataset.liveUrl, location.href);
  address.searchParams.set("since", since);
  if (place.dataset.liveAt) address.searchParams.set("at", place.dataset.liveAt);
  if (Date.now() - typed < BUSY * 2) address.searchParams.set("typing", "1");
  const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
  if (answer.status === 200) tell(await answer.json());
  else if (answer.status !== 204) throw new Error(`live: ${answer.status}`);
}

async function beat() {
  const pause = Date.now() - acted < STILL ? BUSY : IDLE;
  if (!document.hidden) {
    try {
      await ask();
      failures = 0;
    } catch {
      failures = Math.min(failures + 1, 5);
    }
  }
  setTimeout(beat, pause * 2 ** failures);
}

if (place) {
  for (const name of ["pointerdown", "keydown", "scroll"]) addEventListener(name, () => (acted = Date.now()), { passive: true, capture: true });
  addEventListener("input", ({ target }) => target.closest?.(".composer") && (typed = Date.now()));
  setTimeout(beat, BUSY);
}
