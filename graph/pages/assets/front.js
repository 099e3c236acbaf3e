// The site's front: what a reader saw on a page goes along to the next one, and two papers make a question.
(() => {
"use strict";

/** Let every link to a page carry along the address that this page was opened with. */
function carryAddress() {
  for (const link of document.querySelectorAll("a[data-page]")) link.setAttribute("href", (link.getAttribute("data-page") ?? "") + location.hash);
}

/** Let the link to the answer ask for the two papers that are chosen, and keep the rest of the address. */
function setUpQuestion() {
  const go = document.getElementById("go");
  const ends = /** @type {HTMLSelectElement[]} */ (["from", "to"].map((id) => document.getElementById(id)).filter((one) => one !== null));
  if (!go || ends.length < 2) return;
  const file = (go.getAttribute("href") ?? "").split("#")[0];
  const update = () => {
    const kept = [...new URLSearchParams(location.hash.slice(1))].filter(([name]) => name === "leave" || ALL_MARK_PARAMETERS.includes(name));
    const address = new URLSearchParams([...ends.map(({ id, value }) => [id, value]), ...kept]);
    go.setAttribute("href", `${file}#${address.toString().replaceAll("%2C", ",")}`);
  };
  for (const end of ends) end.addEventListener("change", update);
  window.addEventListener("hashchange", update);
  update();
}

window.addEventListener("hashchange", carryAddress);
carryAddress();
setUpQuestion();
})();
