// <input data-topics="list-id"> narrows the topics as one types, as the server does for who has no script.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => plain(text).match(/[\p{L}\p{N}_]+/gu) ?? [];
const means = (written, known) =>
  written.length < 3 ? written === known : known.startsWith(written) || (known.length > 2 && written.startsWith(known));

for (const input of document.querySelectorAll("input[data-topics]")) {
  const list = document.getElementById(input.dataset.topics);
  const topics = [...list.querySelectorAll("[data-words]")].map((item) => [item, item.dataset.words.split(" ")]);
  const count = Object.assign(document.createElement("p"), { className: "aloud" });
  count.setAttribute("role", "status");
  input.after(count);
  input.setAttribute("aria-controls", list.id);

  input.addEventListener("input", () => {
    const words = wordsOf(input.value);
    for (const [item, known] of topics) {
      item.hidden = words.length > 0 && !words.some((word) => known.some((other) => means(word, other)));
    }
    const left = topics.filter(([item]) => !item.hidden).length;
    count.textContent = words.length ? `${left} / ${topics.length}` : "";
  });
}
