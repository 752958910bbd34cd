// <form data-once> is sent once: the second press of an impatient thumb does nothing. The server knows too.
for (const form of document.querySelectorAll("form[data-once]")) {
  const button = form.querySelector("button[type=submit]");
  let sent = false;
  const mark = (now) => {
    sent = now;
    button.setAttribute("aria-disabled", String(now));
  };
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    mark(true);
  });
  // Whoever comes back to the page may send again.
  addEventListener("pageshow", () => mark(false));
}
