// New items: by form, from a minute, from a workbook.

import { call, newId, reason } from "./api.js";
import { element } from "./messages.js";

const $ = (id) => document.getElementById(id);
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const by = () => $("by").value;
let key = newId(); // of the form as it is filled in: sent again after a failure it registers once

function tell(...lines) {
  $("outcome").textContent = lines.join("\n");
  $("outcome").scrollIntoView({ block: "nearest" });
}

function watch(form, action) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    await action(new FormData(form)).catch((error) => tell(reason(error)));
    button.disabled = false;
  });
}

const late = (found) => found ? `，晚于规则要求的${found.day}（${found.citation.label}）` : "";
const registered = ({ number, lead_unit, deadline }) => `已立项：${number}，${lead_unit}，时限${deadline ?? "长期"}`;

watch($("item-form"), async (fields) => {
  const value = (name) => fields.get(name).trim();
  const title = value("link_title") || value("link_number");
  const answer = await call("POST", "/api/supervision", {
    by: by(), key,
    content: value("content"), lead_unit: value("lead_unit"),
    assist_units: value("assist_units").split(/[、,，;；\s]+/).filter(Boolean),
    source: value("source"), kind: value("kind") || null,
    person: value("person") || null, supervisor: value("supervisor") || null,
    assigned_day: value("assigned_day") || null, deadline: value("deadline") || null,
    urgent: fields.has("urgent"), accept_unlisted: fields.has("accept_unlisted"),
    links: title ? [{ title, number: value("link_number") }] : [],
  });
  key = newId();
  $("item-form").reset();
  tell(registered(answer.item) + late(answer.late));
});

function units({ each_of, lead_unit, assist_units }) {
  const leads = each_of.length ? `${each_of.join("、")}（${each_of.length}个单位各立一件）` : lead_unit;
  return [leads, ...assist_units].filter(Boolean).join("、");
}

watch($("minute-form"), async (fields) => {
  const text = fields.get("text");
  const { proposals, skipped } = await call("POST", "/api/supervision/minutes", { by: by(), text });
  const rows = proposals.map((found) => element("label", { className: "tick" }, [
    element("input", { type: "checkbox", value: found.place, checked: !found.code, disabled: Boolean(found.code) }),
    document.createTextNode(` ${found.place}. ${found.content}｜${units(found)}` +
      (found.registered_unit === false ? "（未登记单位）" : "") +
      (found.left_out.length ? `｜没有算上：${found.left_out.join("、")}` : "") +
      (found.code ? `｜不能立项：${found.message}` : `｜${found.deadline ?? "长期"}${late(found.late)}`)),
  ]));
  const missed = skipped.map((each) => element("p", { className: "source", textContent: `没有写明承办单位，未列入：${each}` }));
  const confirm = element("button", { type: "button", textContent: "所选的立项" });
  const turn = newId();
  confirm.addEventListener("click", async () => {
    const places = [...$("proposals").querySelectorAll("input:checked")].map((box) => Number(box.value));
    if (!places.length) return tell("没有选中事项。");
    confirm.disabled = true;
    try {
      const { items } = await call("POST", "/api/supervision/minutes", { by: by(), text, places, key: turn });
      $("proposals").hidden = true;
      tell(...items.map(registered));
    } catch (error) {
      confirm.disabled = false;
      tell(reason(error));
    }
  });
  $("proposals").replaceChildren(...rows, ...missed, ...(rows.length ? [confirm] : []));
  $("proposals").hidden = false;
  tell(rows.length ? "" : "没有看出可以立项的事项。");
});

watch($("import-form"), async (fields) => {
  const wanted = new URLSearchParams({ by: by(), dry_run: fields.has("dry_run"), accept_unlisted: fields.has("accept_unlisted") });
  const response = await fetch(`/api/supervision/import?${wanted}`, {
    method: "POST", headers: { "Content-Type": XLSX }, body: fields.get("file"),
  });
  const report = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(report.message || `服务回答 ${response.status}`);
  const bad = new Set(report.refused.map((each) => each.row)).size;
  tell(
    `${report.dry_run ? "试算" : "导入"}：新立项${report.created.length}行，已有${report.known.length}行，不能用${bad}行。`,
    ...report.created.filter((each) => each.number).map((each) => `第${each.row}行：${each.number}`),
    ...report.refused.map((each) => `第${each.row}行${each.column ? `（${each.column}）` : ""}：${each.message}`),
    ...report.late.map((each) => `第${each.row}行：时限晚于规则要求的${each.day}（${each.citation.label}）`),
  );
});

