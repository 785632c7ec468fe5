// The chat page: who speaks, and what they type.

import { call, reason } from "./api.js";
import * as desk from "./desk.js";
import { element, leavePage } from "./messages.js";
import * as talk from "./talk.js";

const $ = (id) => document.getElementById(id);
const GROUPS = [
  ["领导", ["head", "deputy"]],
  ["办公室", ["office_director", "office_deputy", "section_chief", "staff"]],
  ["部门", ["bureau_head", "bureau_staff"]],
  ["乡镇、街道", ["town_head"]],
];
const AGAIN_MS = 4000; // after which a list of people that did not come is asked for again
const known = new Map(); // user -> person, of the office shown
const ASKED_FIRST = ["会议纪要谁签发", "请假要提前多久", "你能做什么"];

function personName({ name, unit, post, rank }) {
  const saysAll = GROUPS[0][1].includes(rank) || post.startsWith(unit);
  return `${name}（${saysAll ? post : unit + post}）`;
}

function personOption(person) {
  return element("option", { value: person.user, textContent: personName(person) });
}

function groupsOf(people) {
  const named = GROUPS.flatMap(([, ranks]) => ranks);
  const rest = people.map((person) => person.rank).filter((rank) => !named.includes(rank));
  return [...GROUPS, ["其他", rest]].map(([label, ranks]) =>
    element("optgroup", { label }, people.filter((person) => ranks.includes(person.rank)).map(personOption)))
    .filter((group) => group.childElementCount);
}

function remembered(name) {
  return sessionStorage.getItem(name); // of this tab: another may be the approver
}

function choose(select, wanted) {
  const there = wanted.find((value) => [...select.options].some((option) => option.value === value));
  if (there) select.value = there;
  select.disabled = false;
  sessionStorage.setItem(select.id, select.value);
}

// The register of leaves; the service asks again who may read it.
function showRegister(user) {
  const { rank, roles } = known.get(user) ?? { roles: [] };
  const keeps = roles.includes("clerk") || roles.includes("leader") || ["office_director", "office_deputy"].includes(rank);
  $("register").hidden = !keeps;
  $("register-link").href = `/api/leaves/ledger.xlsx?org=${encodeURIComponent($("org").value)}&user=${encodeURIComponent(user)}`;
}

async function choosePerson() {
  const user = $("user").value;
  sessionStorage.setItem("user", user);
  showRegister(user);
  $("leaves").href = leavePage();
  const isNew = talk.isNew(user);
  talk.show(user);
  if (isNew) {
    talk.add(user, {
      text: `您好，${$("user").selectedOptions[0].textContent}。我按本单位的制度原文回答问题，也能办理请假外出和督查督办。`,
      buttons: ASKED_FIRST.map((say) => ({ title: say, say })),
    }, "theirs");
  }
  await desk.watch(user, $("org").value);
}

async function chooseOrg() {
  const org = $("org").value;
  sessionStorage.setItem("org", org);
  $("library").href = `/rules#${org}`;
  $("user").disabled = true; // nobody speaks for an office that is not the one shown
  const { people } = await call("GET", `/api/people?org=${encodeURIComponent(org)}`);
  if (org !== $("org").value) return; // chosen anew meanwhile
  known.clear();
  for (const person of people) known.set(person.user, person);
  $("user").replaceChildren(...groupsOf(people));
  choose($("user"), [remembered("user"), `${org}/clerk1`]);
  await choosePerson();
}

function sayTyped(event) {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text || $("user").disabled || talk.isBusy()) return;
  $("text").value = "";
  talk.say($("user").value, text);
}

function typed(event) {
  // Enter that ends a choice of the input method is not meant for us; Safari marks it by 229 alone.
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key !== "Enter" || event.shiftKey || composing) return;
  event.preventDefault();
  if (!event.repeat) $("say").requestSubmit();
}

function shown(action) {
  return () => action().then(() => desk.trouble(""), (error) => desk.trouble(`没有读取成功：${reason(error)}`));
}

async function begin() {
  const { orgs } = await call("GET", "/api/orgs");
  $("org").replaceChildren(...orgs.map((org) => element("option", { value: org.org, textContent: org.name })));
  choose($("org"), [remembered("org"), "changle"]);
  await chooseOrg();
}

async function untilThere(action) {
  await shown(action)();
  setTimeout(() => $("user").disabled && untilThere(action), AGAIN_MS);
}

$("say").addEventListener("submit", sayTyped);
$("text").addEventListener("keydown", typed);
$("org").addEventListener("change", () => untilThere(chooseOrg));
$("user").addEventListener("change", shown(choosePerson));
desk.start();
untilThere(begin);
