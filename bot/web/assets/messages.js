// Messages as bubbles. All text goes in as text nodes, never as HTML.

const EDITION_DAY = /(\d{4}-\d{2}-\d{2})$/; // editions are named by the day they took effect

export function element(tag, properties = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("aria-") || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

// Chat platforms show `text` alone, so it spells out quote and source; here the block below shows both.
export function withoutSources(text, citations) {
  let rest = text;
  for (const { quote, document } of citations) {
    const spelled = `“${quote}”\n——《${document}》`;
    const at = rest.indexOf(spelled);
    if (at < 0) continue;
    const end = rest.indexOf("\n", at + spelled.length);
    rest = rest.slice(0, at) + (end < 0 ? "" : rest.slice(end));
  }
  return rest.replace(/\n{2,}/g, "\n").trim();
}

function sourceLink({ document, label, url }) {
  return element("a", { href: url, target: "_blank", rel: "noopener", textContent: `《${document}》${label}` });
}

function source(citation) {
  const day = EDITION_DAY.exec(citation.edition)?.[1];
  const details = [citation.number, day && `${day}版`].filter(Boolean).join(" · ");
  return element("footer", {}, [sourceLink(citation), details && element("span", { textContent: details })].filter(Boolean));
}

// A quote that the text still holds (a warning cites it in passing) is not shown a second time.
function citationBlocks(shownText, citations) {
  const told = citations.filter((citation) => shownText.includes(citation.quote));
  const blocks = citations.filter((citation) => !told.includes(citation)).map((citation) =>
    element("blockquote", {}, [element("p", { textContent: citation.quote }), source(citation)]));
  const links = new Map(told.map((citation) => [citation.url, citation]));
  if (links.size) {
    blocks.push(element("p", { className: "sources" }, ["出处：", ...[...links.values()].map(sourceLink)]));
  }
  return blocks;
}

export function bubble(message, kind, choose) {
  const citations = message.citations ?? [];
  const text = withoutSources(message.text, citations);
  const shown = element("div", { className: `said ${kind}` });
  if (text) shown.append(element("p", { textContent: text }));
  shown.append(...citationBlocks(text, citations));
  if (message.buttons?.length) {
    shown.append(element("div", { className: "choices" }, message.buttons.map((button) =>
      element("button", { type: "button", textContent: button.title, title: button.say, onclick: () => choose(button.say) }))));
  }
  return shown;
}
