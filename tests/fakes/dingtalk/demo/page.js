// The page of the demo: polls what can be seen, says what is typed, presses what is pressed.
const POLL_MS = 800;
const LINK = /\[([^\]]*)\]\(([^)\s]*)\)/g;
const SAYING = "dtmd://dingtalkclient/sendMessage?content=";
const at = (id) => document.getElementById(id);
const said = []; // what was typed here: {who, where, text, at}
let drawn = "";

const ask = async (path) => (await fetch(path)).json();
const order = (path, body) => fetch(path, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
});

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function say(text) {
  const [who, where] = [at("who").value, at("where").value];
  said.push({ who, where, text, at: Date.now() / 1000 });
  await order("/_control/say", { userid: who, text, ...(where && { group: where }) });
  await draw();
}

const press = (outTrackId, params) =>
  order("/_control/press", { userid: at("who").value, outTrackId, params });

function button(title, act) {
  return element("button", { type: "button", textContent: title, onclick: act });
}

// Markdown as far as the service writes it: lines and links.
function markdown(text) {
  const shown = element("div", {});
  for (const line of text.split("\n")) {
    const row = element("div", {});
    let end = 0;
    for (const found of line.matchAll(LINK)) {
      row.append(line.slice(end, found.index), link(found[1], found[2]));
      end = found.index + found[0].length;
    }
    row.append(line.slice(end));
    shown.append(row);
  }
  return shown;
}

function link(title, address) {
  if (address.startsWith(SAYING)) {
    return button(title, () => say(decodeURIComponent(address.slice(SAYING.length))));
  }
  return element("a", { href: address, textContent: title, target: "_blank", rel: "noreferrer" });
}

function card(track, { params }) {
  const buttons = JSON.parse(params.buttons || "[]").map((each) =>
    button(each.title, () => press(track, { say: each.say })));
  const judging = params.judged === "true"
    ? [["有用", "useful"], ["没用", "useless"]].map(([title, judge]) =>
      button(title, () => press(track, { judge })))
    : [];
  return element("div", {}, markdown(params.content),
    element("div", { className: "state", textContent: params.state || "" }),
    element("div", { className: "buttons" }, ...buttons, ...judging));
}

async function draw() {
  const [who, where] = [at("who").value, at("where").value];
  const [sent, cards, approvals] = await Promise.all([
    ask(`/_control/sent?to=${encodeURIComponent(where || who)}`),
    ask("/_control/cards"), ask("/_control/approvals"),
  ]);
  const mine = said.filter((each) => each.where === where && (where || each.who === who));
  const news = JSON.stringify([who, where, sent, mine, sent.map((s) => cards[s.param.outTrackId]), approvals]);
  if (news === drawn) return;
  drawn = news;
  const rows = [
    ...mine.map((each) => [each.at, element("div", { className: "message own" },
      element("small", { textContent: each.who }), markdown(each.text))]),
    ...sent.map((each) => [each.at, element("div", { className: "message" },
      each.msg_key === "card" ? card(each.param.outTrackId, cards[each.param.outTrackId])
        : markdown(each.param.text ?? each.param.content ?? ""))]),
  ];
  at("shown").replaceChildren(...rows.sort((one, other) => one[0] - other[0]).map(([, row]) => row));
  at("approvals").replaceChildren(...approvals.filter((each) => turnOf(each) === who).map(approval));
}

const turnOf = (each) => each.tasks.find((task) => task.status === "RUNNING")?.userid;

function approval(each) {
  const answer = (result) => order(`/_control/approvals/${each.id}`, { result, remark: "" });
  const lines = each.values.map(({ name, value }) => `${name}：${value}`).join("\n");
  return element("div", { className: "message" }, element("b", { textContent: "待我审批" }),
    markdown(lines), element("div", { className: "buttons" },
      button("同意", () => answer("agree")), button("拒绝", () => answer("refuse"))));
}

const options = (rows) => rows.map(({ id, name }) => element("option", { value: id, textContent: name }));
const { people, groups } = await ask("/demo/who");
at("who").append(...options(people));
at("where").append(...options(groups));
at("say").onsubmit = (event) => {
  event.preventDefault();
  if (at("text").value.trim()) say(at("text").value);
  at("text").value = "";
};
at("who").onchange = at("where").onchange = draw;
setInterval(draw, POLL_MS);
await draw();
