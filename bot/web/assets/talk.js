// The conversation of the person chosen: each person of this tab keeps their own.

import { call, newId, reason } from "./api.js";
import { bubble, element } from "./messages.js";

const $ = (id) => document.getElementById(id);
const GAP = 12; // pixels kept free above the message that was just said
const logs = new Map(); // user -> the element that holds their conversation
let busy = false;

export const isBusy = () => busy;
export const isNew = (user) => !logs.has(user);

export function show(user) {
  if (isNew(user)) logs.set(user, element("div"));
  $("talk").replaceChildren(logs.get(user));
  $("talk").scrollTop = $("talk").scrollHeight;
}

export function add(user, message, kind) {
  const talk = $("talk");
  const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 80;
  const shown = bubble(message, kind, (text) => say(user, text));
  logs.get(user).append(shown);
  if (atEnd) talk.scrollTop = talk.scrollHeight;
  return shown;
}

// One message at a time: a second click or Enter while one is on its way does nothing.
export async function say(user, text, id = newId()) {
  if (busy) return;
  setBusy(true);
  const mine = add(user, { text }, "mine");
  const waiting = add(user, { text: "正在处理" }, "waiting");
  try {
    const { messages } = await send({ user, text, message_id: id });
    waiting.remove();
    for (const message of messages) add(user, message, "theirs");
  } catch (error) {
    waiting.remove();
    offerAgain(user, text, id, mine, error);
  } finally {
    setBusy(false);
  }
  bringIntoView(mine);
  document.dispatchEvent(new Event("said"));
}

// The id makes a repeated attempt the same message: what was done is not done again.
async function send(said) {
  try {
    return await call("POST", "/api/chat", said);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return call("POST", "/api/chat", said);
  }
}

function offerAgain(user, text, id, mine, error) {
  const failed = add(user, { text: `没有发出：${reason(error)}` }, "failed");
  const again = () => {
    if (busy) return;
    failed.remove();
    mine.remove();
    say(user, text, id);
  };
  failed.append(element("div", { className: "choices" }, [
    element("button", { type: "button", textContent: "再发一次", onclick: again })]));
}

function setBusy(now) {
  busy = now;
  $("send").setAttribute("aria-disabled", String(now));
  $("talk").classList.toggle("busy", now);
  $("talk").setAttribute("aria-busy", String(now));
}

// A long answer is read from its beginning, below the question.
function bringIntoView(mine) {
  if (mine.isConnected) $("talk").scrollTop = Math.min($("talk").scrollHeight, mine.offsetTop - GAP);
}
