// The page of the demo on WeCom: texts, template cards, approvals.
import { anchor, approval, ask, button, card, lines, order, row, start, state, who } from "/demo/common.js";

const LINK = /<a href="([^"]*)">([^<]*)<\/a>/g;

const text = (said) => lines(said.replaceAll("<br>", "\n"), LINK, (address, title) => anchor(title, address));

const press = (taskId, key) =>
  order("/_control/press", { userid: who(), task_id: taskId, key });

function shownCard(content, replaced) {
  const buttons = replaced ? [] : content.button_list.map((each) =>
    button(each.text, () => press(content.task_id, each.key)));
  return card(text(`${content.main_title.title}\n${content.sub_title_text ?? ""}`),
    state(replaced), row(...buttons));
}

function shown({ msgtype, content, button: replaced }) {
  if (msgtype === "template_card") return shownCard(content, replaced);
  if (msgtype === "textcard") {
    return card(text(content.title), text(content.description), anchor(content.btntxt, content.url));
  }
  return text(content.content);
}

const valueOf = (value) => value.text
  ?? new Date((value.vacation ?? value).attendance.date_range.new_begin * 1000).toLocaleString("zh-CN");

function shownApproval(each) {
  const words = each.contents.map(({ title, value }) => `${title[0].text}：${valueOf(value)}`).join("\n");
  return approval(text(words),
    (result) => order(`/_control/approvals/${each.number}`, { result, remark: "" }));
}

const turnOf = (each) => each.nodes.find((node) => node.status === 1)?.userid;

async function look() {
  const [sent, approvals] = await Promise.all([
    ask(`/_control/sent?to=${encodeURIComponent(who())}`), ask("/_control/approvals"),
  ]);
  return {
    news: [sent, approvals],
    shown: sent.map((each) => [each.at, shown(each)]),
    approvals: approvals.filter((each) => turnOf(each) === who()).map(shownApproval),
  };
}

await start(look, text);
