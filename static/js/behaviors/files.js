// Says before anything is sent that a file is too large or that there are too many; the server says it too.
import { each } from "./each.js";

each("input[type=file][data-largest]", (input) => {
  const { largest, most, tooLarge, tooMany } = input.dataset;
  const check = () => {
    const files = [...input.files];
    const large = files.find((file) => file.size > Number(largest));
    input.setCustomValidity(files.length > Number(most) ? tooMany : large ? tooLarge.replace("{}", large.name) : "");
  };
  input.addEventListener("change", () => {
    check();
    input.reportValidity();
  });
  input.form.addEventListener("submit", (event) => {
    check();
    if (!input.reportValidity()) event.stopImmediatePropagation(), event.preventDefault();
  });
});
