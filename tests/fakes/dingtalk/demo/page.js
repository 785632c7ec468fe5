// The page of the demo on DingTalk: markdown, cards, approvals.
import { anchor, approval, ask, button, card, lines, order, row, say, start, state, where, who } from "/demo/common.js";

const LINK = /\[([^\]]*)\]\(([^)\s]*)\)/g;
const SAYING = "dtmd://dingtalkclient/sendMessage?content=";

const markdown = (text) => lines(text, LINK, (title, address) => address.startsWith(SAYING)
  ? button(title, () => say(decodeURIComponent(address.slice(SAYING.length))))
  : anchor(title, address));

const press = (outTrackId, params) =>
  order("/_control/press", { userid: who(), outTrackId, params });

function shownCard(track, seen) {
  const params = { ...seen.params, ...seen.private[who()] };
  const buttons = JSON.parse(params.buttons || "[]").map((each) =>
    button(each.title, () => press(track, { say: each.say })));
  const judging = params.judged === "true" && !params.judgement
    ? [["有用", "useful"], ["没用", "useless"]].map(([title, judge]) =>
      button(title, () => press(track, { judge })))
    : [];
  return card(markdown(params.content), state(params.judgement || params.state || ""), row(...buttons, ...judging));
}

const turnOf = (each) => each.tasks.find((task) => task.status === "RUNNING")?.userid;

function shownApproval(each) {
  const words = each.values.map(({ name, value }) => `${name}：${value}`).join("\n");
  return approval(markdown(words),
    (result) => order(`/_control/approvals/${each.id}`, { result, remark: "" }));
}

async function look() {
  const [sent, cards, approvals] = await Promise.all([
    ask(`/_control/sent?to=${encodeURIComponent(where() || who())}`),
    ask("/_control/cards"), ask("/_control/approvals"),
  ]);
  return {
    news: [sent, sent.map((each) => cards[each.param.outTrackId]), approvals],
    shown: sent.map((each) => [each.at, each.msg_key === "card"
      ? shownCard(each.param.outTrackId, cards[each.param.outTrackId])
      : markdown(each.param.text ?? each.param.content ?? "")]),
    approvals: approvals.filter((each) => turnOf(each) === who()).map(shownApproval),
  };
}

await start(look, markdown);
