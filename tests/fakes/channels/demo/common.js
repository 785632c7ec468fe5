// What the demo's pages of all platforms share: elements, calls, and the loop that draws.
const POLL_MS = 800;
const at = (id) => document.getElementById(id);
const said = []; // what was typed here: {who, where, text, at}
let drawn = "";

export const ask = async (path) => (await fetch(path)).json();
export const order = (path, body) => fetch(path, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
});
export const who = () => at("who").value;
export const where = () => at("where").value;

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function button(title, act) {
  return element("button", { type: "button", textContent: title, onclick: act });
}

export function anchor(title, address) {
  return element("a", { href: address, textContent: title, target: "_blank", rel: "noreferrer" });
}

// Lines in which `pattern` finds two groups; `made` makes something of them.
export function lines(text, pattern, made) {
  const shown = element("div", {});
  for (const line of text.split("\n")) {
    const row = element("div", {});
    let end = 0;
    for (const found of line.matchAll(pattern)) {
      row.append(line.slice(end, found.index), made(found[1], found[2]));
      end = found.index + found[0].length;
    }
    row.append(line.slice(end));
    shown.append(row);
  }
  return shown;
}

export const card = (...parts) => element("div", {}, ...parts);
export const row = (...buttons) => element("div", { className: "buttons" }, ...buttons);
export const state = (text) => element("div", { className: "state", textContent: text });

export function approval(text, answer) {
  return element("div", { className: "message" }, element("b", { textContent: "待我审批" }), text,
    row(button("同意", () => answer("agree")), button("拒绝", () => answer("refuse"))));
}

export async function say(text) {
  said.push({ who: who(), where: where(), text, at: Date.now() / 1000 });
  await order("/_control/say", { userid: who(), text, ...(where() && { group: where() }) });
}

// `look` fetches what there is to see: {news, shown: [[at, element]], approvals: [element]}.
export async function start(look, text) {
  async function draw() {
    const { news, shown, approvals } = await look();
    const mine = said.filter((each) => each.where === where() && (where() || each.who === who()));
    const all = JSON.stringify([who(), where(), mine, news]);
    if (all === drawn) return;
    drawn = all;
    const rows = [
      ...mine.map((each) => [each.at, element("div", { className: "message own" },
        element("small", { textContent: each.who }), text(each.text))]),
      ...shown.map(([when, made]) => [when, element("div", { className: "message" }, made)]),
    ];
    const sorted = rows.sort((one, other) => one[0] - other[0]);
    at("shown").replaceChildren(...sorted.map(([, made]) => made));
    at("approvals").replaceChildren(...approvals);
  }
  // Whoever is chosen holds the device: links open as him.
  const hold = () => order("/_control/holder", who());
  const options = (all) => all.map(({ id, name }) => element("option", { value: id, textContent: name }));
  const { people, groups } = await ask("/demo/who");
  at("who").append(...options(people));
  at("where").append(...options(groups));
  await hold();
  at("say").onsubmit = async (event) => {
    event.preventDefault();
    const typed = at("text").value.trim();
    at("text").value = "";
    if (typed) await say(typed);
    await draw();
  };
  at("who").onchange = async () => { await hold(); await draw(); };
  at("where").onchange = draw;
  setInterval(draw, POLL_MS);
  await draw();
}
