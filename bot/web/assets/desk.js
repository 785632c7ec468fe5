// The embedded platform's side: clock, approvals, pushed messages.

import { call, reason } from "./api.js";
import { element } from "./messages.js";
import * as talk from "./talk.js";

const $ = (id) => document.getElementById(id);
const POLL_MS = 4000;
const LISTED = 50; // pushed messages in the panel, latest first
const FIRST_SHOWN = 3; // of those already there when a person is chosen
const seen = new Map(); // user -> keys of the pushes they were shown
const read = new Set(); // keys that the service knows to have been read
let person = { user: "", org: "" };
let now = "";
let drawn = ""; // what the panel shows: drawn anew only when it changes, or a click would miss its button

export async function watch(user, org) {
  person = { user, org };
  await look().catch((error) => {
    if (error.code !== "local_platform_only") throw error;
    $("open-desk").hidden = true; // a real platform has its own clock and approvals
  });
}

async function look() {
  const { user, org } = person;
  if (!user) return;
  const [pushed, approvals, clock] = await Promise.all([
    call("GET", `/api/local/messages?user=${encodeURIComponent(user)}`),
    call("GET", `/api/local/approvals?org=${encodeURIComponent(org)}`),
    call("GET", "/api/local/clock"),
  ]);
  if (user !== person.user) return;
  showClock(clock.now);
  showPushes(user, pushed.messages);
  const mine = approvals.approvals.filter((approval) => approval.waiting_for === user);
  const state = JSON.stringify([user, mine, pushed.messages.map((push) => push.key)]);
  if (state !== drawn) drawPanel(mine, pushed.messages);
  drawn = state;
  await noteRead(user, pushed.messages);
}

async function noteRead(user, pushes) {
  const keys = pushes.slice(-LISTED).map((push) => push.key).filter((key) => !read.has(key));
  if (!keys.length) return;
  await call("POST", "/api/local/messages/read", { user, keys });
  for (const key of keys) read.add(key);
}

function showClock(moment) {
  now = moment;
  $("clock").textContent = new Date(moment).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai", dateStyle: "full", timeStyle: "short" });
}

function showPushes(user, pushes) {
  const known = seen.get(user) ?? new Set(pushes.slice(0, -FIRST_SHOWN).map((push) => push.key));
  for (const push of pushes) {
    if (!known.has(push.key)) talk.add(user, push.message, "push");
    known.add(push.key);
  }
  seen.set(user, known);
}

function drawPanel(approvals, pushes) {
  $("waiting-count").textContent = approvals.length ? `（${approvals.length}）` : "";
  $("approvals").replaceChildren(...(approvals.length ? approvals.map(approvalCard) : [nothing("没有待审批的事项。")]));
  const latest = pushes.slice(-LISTED).reverse();
  $("pushes").replaceChildren(...(latest.length ? latest.map(pushCard) : [nothing("还没有消息。")]));
}

const nothing = (text) => element("p", { className: "nothing", textContent: text });

function pushCard({ at, message }) {
  return element("article", {}, [
    element("time", { dateTime: at, textContent: at.slice(0, 16).replace("T", " ") }),
    element("p", { textContent: message.text }),
  ]);
}

function approvalCard(approval) {
  const why = element("input", { type: "text", maxLength: 500, placeholder: "意见（不同意须写明理由）", "aria-label": "意见" });
  const buttons = [["同意", "agree"], ["不同意", "refuse"]].map(([title, action]) =>
    element("button", { type: "button", textContent: title, onclick: () => answer(action) }));
  const card = element("article", { className: "approval" }, [
    element("h3", { textContent: approval.title }),
    element("dl", {}, Object.entries(approval.fields).flatMap(([name, value]) => [
      element("dt", { textContent: name }), element("dd", { textContent: value })])),
    why,
    element("div", { className: "choices" }, buttons),
  ]);
  async function answer(action) {
    if (action === "refuse" && !why.value.trim()) return why.focus(); // the applicant is told why
    for (const button of buttons) button.disabled = true;
    await tried(() => call("POST", `/api/local/approvals/${encodeURIComponent(approval.id)}`,
      { by: person.user, action, reason: why.value.trim() }));
    for (const button of buttons) button.disabled = false;
    if (!card.isConnected) $("desk").focus(); // the card went, and the focus with it
  }
  return card;
}

async function setClock(moment) {
  const controls = $("clock-form").querySelectorAll("button");
  for (const button of controls) button.disabled = true;
  await tried(async () => {
    await call("POST", "/api/local/clock", { now: moment });
    await call("POST", "/api/local/tick");
  });
  for (const button of controls) button.disabled = false;
  $("clock-value").value = now.slice(0, 16);
}

async function tried(action) {
  const { user } = person;
  try {
    await action();
    await look();
  } catch (error) {
    talk.add(user, { text: reason(error) }, "failed");
  }
}

function toggle(open) {
  $("desk").hidden = !open;
  $("open-desk").setAttribute("aria-expanded", String(open));
  if (open && now) $("clock-value").value = now.slice(0, 16);
  if (!open) $("open-desk").focus();
}

async function refresh() {
  if (document.hidden || $("open-desk").hidden) return;
  await look().then(() => trouble(""), (error) => trouble(`没有更新：${reason(error)}`));
}

async function poll() {
  await refresh();
  setTimeout(poll, POLL_MS);
}

export function trouble(text) {
  $("trouble").textContent = text;
  $("trouble").hidden = !text;
}

export function start() {
  document.addEventListener("said", refresh);
  document.addEventListener("visibilitychange", refresh);
  $("open-desk").addEventListener("click", () => toggle($("desk").hidden));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && !$("desk").hidden) toggle(false);
  });
  $("clock-form").addEventListener("submit", (event) => {
    event.preventDefault();
    setClock(`${$("clock-value").value.slice(0, 16)}:00+08:00`);
  });
  for (const button of document.querySelectorAll("[data-days]")) {
    button.addEventListener("click", () =>
      setClock(new Date(Date.parse(now) + button.dataset.days * 86400000).toISOString()));
  }
  setTimeout(poll, POLL_MS);
}
