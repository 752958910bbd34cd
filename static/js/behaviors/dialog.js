// <button data-opens="id"> opens a dialog; a click on its backdrop closes it.
document.addEventListener("click", (event) => {
  const { target } = event;
  const opener = target.closest("[data-opens]");
  if (opener) {
    opener.closest("details[data-menu]")?.removeAttribute("open");
    document.getElementById(opener.dataset.opens)?.showModal();
  } else if (target.matches("dialog[open]")) {
    const box = target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) target.close();
  }
});
