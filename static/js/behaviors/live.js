// Asks "what moved?" every 3 s while the page is seen (10 s when no one acts), and tells the page.
// Each pane says what it shows and where that stood when it was read: [data-live-part=list|conversation]
// with data-live-at (signed) and data-live-since. A pane that was read again brings its own new standing,
// so an answer that gets lost is asked for again.
// 204: nothing. 200: {"crowd": "1f", "refresh": ["list", "conversation:7"], "presence": [...]}.
const BUSY = 3000;
const IDLE = 10000;
const STILL = 60000;

const place = document.querySelector("[data-live-url]");
let crowd = "";
let acted = Date.now();
let typed = 0;
let failures = 0;

const pane = (part) => document.querySelector(`[data-live-part="${part}"]`);

function tell(answer) {
  crowd = answer.crowd ?? "";
  const say = (name) => document.body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: answer }));
  say("earshot:moved");
  for (const kind of new Set((answer.refresh ?? []).map((name) => name.split(":")[0]))) say(`earshot:moved-${kind}`);
  say("earshot:moved-presence");
}

async function ask() {
  const panes = [pane("list"), pane("conversation")];
  const address = new URL(place.dataset.liveUrl, location.href);
  address.searchParams.set("since", [...panes.map((each) => each?.dataset.liveSince ?? ""), crowd].join("."));
  for (const each of panes) if (each) address.searchParams.append("at", each.dataset.liveAt);
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
  setTimeout(beat, 500);
}
