// The steps of one item.

import { call, newId, reason } from "./api.js";

const form = document.getElementById("step-form");
const number = document.querySelector("main").dataset.number;

// What a button sends beside its own name.
const MEANT = {
  finish: { act: "report", add: "已办结。" },
  grant: { act: "extend", grant: true },
  refuse: { act: "extend", grant: false },
};

function offer() {
  const acts = form.by.selectedOptions[0].dataset.acts.split(" ");
  for (const button of form.querySelectorAll("[data-act]")) button.hidden = !acts.includes(button.dataset.act);
}

async function take(button) {
  const { act = button.value, grant = null, add = "" } = MEANT[button.value] ?? {};
  const text = (add + form.text.value.trim()).trim();
  const insists = button.dataset.insists ? "仍然销号" : "";
  await call("POST", "/api/supervision/steps", {
    by: form.by.value, key: newId(), number, act, grant, text: insists + text,
    percent: act === "report" && form.percent.value ? Number(form.percent.value) : null,
    day: act === "extend" && form.day.value ? form.day.value : null,
    main: act === "merge" ? form.main.value.trim() : null,
  });
  location.reload();
}

form?.by.addEventListener("change", offer);
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  button.disabled = true;
  await take(button).catch((error) => {
    document.getElementById("outcome").textContent = reason(error);
    if (error.code === "item_parts_open") { // asked once, and then it is meant
      button.dataset.insists = "yes";
      button.textContent = "仍然销号";
    }
  });
  button.disabled = false;
});
if (form) offer();
