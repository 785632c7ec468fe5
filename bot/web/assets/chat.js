"use strict";

const $ = (id) => document.getElementById(id);
const POLL_MS = 4000; // how often pushed messages, approvals and the clock are looked at

async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message || response.statusText);
  return answer;
}

function element(tag, properties = {}, children = []) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function quoted(citation) {
  const where = `《${citation.document}》${citation.number ? `（${citation.number}）` : ""}${citation.label}`;
  return element("blockquote", {}, [
    citation.quote,
    element("a", { href: citation.url, target: "_blank", rel: "noopener", textContent: where }),
  ]);
}

function bubble(message, kind) {
  const shown = element("div", { className: `said ${kind}` }, [message.text]);
  for (const citation of message.citations || []) shown.append(quoted(citation));
  if ((message.buttons || []).length) {
    shown.append(element("div", { className: "choices" }, message.buttons.map((button) =>
      element("button", { type: "button", textContent: button.title, onclick: () => say(button.say) }))));
  }
  $("talk").append(shown);
  shown.scrollIntoView({ block: "end" });
  return shown;
}

async function say(text) {
  bubble({ text }, "mine");
  const waiting = bubble({ text: "……" }, "waiting");
  // The id makes a repeated attempt (a lost answer, a double click) the same message.
  const said = { user: $("user").value, text, message_id: crypto.randomUUID?.() ?? String(Math.random()).slice(2) };
  try {
    const answer = await call("POST", "/api/chat", said).catch((error) => {
      if (error instanceof TypeError) return call("POST", "/api/chat", said);
      throw error;
    });
    waiting.remove();
    for (const message of answer.messages) bubble(message, "theirs");
  } catch (error) {
    waiting.remove();
    bubble({ text: `没有发出：${error.message}` }, "failed");
  }
  await look();
}

const seen = new Set();

async function look(first = false) {
  const user = $("user").value;
  if (!user) return;
  const [pushed, approvals, clock] = await Promise.all([
    call("GET", `/api/local/messages?user=${encodeURIComponent(user)}`),
    call("GET", "/api/local/approvals"),
    call("GET", "/api/local/clock"),
  ]);
  if (user !== $("user").value) return;
  $("clock").textContent = new Date(clock.now).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai", dateStyle: "full", timeStyle: "short" });
  for (const push of pushed.messages) {
    if (!seen.has(push.key) && !first) bubble(push.message, "push");
    seen.add(push.key);
  }
  $("pushes").replaceChildren(...pushed.messages.reverse().map((push) =>
    element("article", { textContent: `${push.at.slice(0, 16).replace("T", " ")}\n${push.message.text}` })));
  $("approvals").replaceChildren(...approvals.approvals.filter((a) => a.waiting_for === user).map(approvalCard));
}

function approvalCard(approval) {
  const fields = Object.entries(approval.fields).map(([name, value]) => `${name}：${value}`).join("\n");
  const answer = (action) => async () => {
    try {
      await call("POST", `/api/local/approvals/${approval.id}`, { by: $("user").value, action });
    } catch (error) {
      bubble({ text: error.message }, "failed");
    }
    await look();
  };
  return element("article", {}, [
    `${approval.title}\n${fields}\n`,
    element("div", { className: "choices" }, [
      element("button", { type: "button", textContent: "同意", onclick: answer("agree") }),
      element("button", { type: "button", textContent: "不同意", onclick: answer("refuse") }),
    ]),
  ]);
}

async function choosePerson() {
  seen.clear();
  $("talk").replaceChildren();
  const name = $("user").selectedOptions[0]?.textContent ?? "";
  bubble({
    text: `您好，${name}。我按本单位的制度原文回答问题，也能办理请假外出和督查督办。`,
    buttons: [
      { title: "县政府会议纪要谁签发", say: "县政府会议纪要谁签发" },
      { title: "请假要提前多久", say: "请假要提前多久" },
      { title: "我能做什么", say: "你能做什么" },
    ],
  }, "theirs");
  await look(true);
}

async function chooseOrg() {
  const org = $("org").value;
  $("library").href = `/rules/${org}`;
  const { people } = await call("GET", `/api/people?org=${org}`);
  $("user").replaceChildren(...people.map((p) =>
    element("option", { value: p.user, textContent: `${p.name}（${p.unit}${p.post}）` })));
  const clerk = people.find((p) => p.user === `${org}/clerk1`);
  if (clerk) $("user").value = clerk.user;
  await choosePerson();
}

async function setClock(moment) {
  await call("POST", "/api/local/clock", { now: moment });
  await call("POST", "/api/local/tick");
  await look();
}

$("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text) return;
  $("text").value = "";
  say(text);
});
$("org").addEventListener("change", chooseOrg);
$("user").addEventListener("change", choosePerson);
$("open-desk").addEventListener("click", () => {
  $("desk").hidden = !$("desk").hidden;
  $("open-desk").setAttribute("aria-expanded", String(!$("desk").hidden));
});
$("clock-form").addEventListener("submit", (event) => {
  event.preventDefault();
  setClock(`${$("clock-value").value}:00+08:00`);
});
for (const button of document.querySelectorAll("[data-days]")) {
  button.addEventListener("click", async () => {
    const { now } = await call("GET", "/api/local/clock");
    setClock(new Date(new Date(now).getTime() + button.dataset.days * 86400000).toISOString());
  });
}

(async () => {
  const { orgs } = await call("GET", "/api/orgs");
  $("org").replaceChildren(...orgs.map((o) => element("option", { value: o.org, textContent: o.name })));
  if (orgs.some((o) => o.org === "changle")) $("org").value = "changle";
  await chooseOrg();
  setInterval(() => look().catch(() => {}), POLL_MS);
})();
