// Messages as bubbles. All text goes in as text nodes, never as HTML.

const EDITION_DAY = /(\d{4}-\d{2}-\d{2})$/; // editions are named by the day they took effect
const OWN_PAGE = /(\/(?:supervision|leaves)\/[a-z]+(?:\?month=\d{4}-\d{2})?|编号：?\d+)/;

export function element(tag, properties = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("aria-") || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

// Chat platforms show `text` alone, so it spells out quote and source. Here citations take the place of
// those lines: the parts are what is left of the text, and the citations, in order.
export function partsOf(text, citations) {
  const parts = [];
  let rest = text;
  for (const citation of citations) {
    const spelled = `“${citation.quote}”\n——《${citation.document}》`;
    const at = rest.indexOf(spelled);
    if (at < 0) continue;
    const end = rest.indexOf("\n", at + spelled.length);
    parts.push(rest.slice(0, at).trim(), citation);
    rest = end < 0 ? "" : rest.slice(end);
  }
  return [...parts, rest.trim()].filter(Boolean);
}

function sourceLink({ document, label, url }) {
  return element("a", { href: url, target: "_blank", rel: "noopener", textContent: `《${document}》${label}` });
}

function source(citation) {
  const day = EDITION_DAY.exec(citation.edition)?.[1];
  const details = [citation.number, day && `${day}版`].filter(Boolean).join(" · ");
  return element("footer", {}, [sourceLink(citation), details && element("span", { textContent: details })].filter(Boolean));
}

const isText = (part) => typeof part === "string";

function block(citation) {
  return element("blockquote", {}, [element("p", { textContent: citation.quote }), source(citation)]);
}

// A quote that the text still holds (a warning cites it in passing) is not shown a second time.
function citedElsewhere(parts, citations) {
  const others = citations.filter((citation) => !parts.includes(citation));
  const told = others.filter(({ quote }) => parts.some((part) => isText(part) && part.includes(quote)));
  const blocks = others.filter((citation) => !told.includes(citation)).map(block);
  const links = new Map(told.map((citation) => [citation.url, citation]));
  if (links.size) {
    blocks.push(element("p", { className: "sources" }, ["出处：", ...[...links.values()].map(sourceLink)]));
  }
  return blocks;
}

// A leave is shown to whoever reads the message: 编号3 leads to its page.
export function leavePage(number = "") {
  const { org, user } = sessionStorage;
  return `/leaves/${encodeURIComponent(org)}${number && `/${number}`}?user=${encodeURIComponent(user)}`;
}

function addressOf(piece) {
  if (piece.startsWith("/leaves/")) return `${piece}&user=${encodeURIComponent(sessionStorage.user)}`;
  return piece.startsWith("/") ? piece : leavePage(piece.replace(/\D/g, ""));
}

// The ledger's own address and a leave's number lead there; no other text becomes a link.
function paragraph(text) {
  const pieces = text.split(OWN_PAGE);
  return element("p", {}, pieces.map((piece, n) =>
    (n % 2 ? element("a", { href: addressOf(piece), target: "_blank", rel: "noopener", textContent: piece }) : piece)));
}

export function bubble(message, kind, choose) {
  const citations = message.citations ?? [];
  const parts = partsOf(message.text, citations);
  const shown = element("div", { className: `said ${kind}` },
    parts.map((part) => (isText(part) ? paragraph(part) : block(part))));
  shown.append(...citedElsewhere(parts, citations));
  if (message.buttons?.length) {
    shown.append(element("div", { className: "choices" }, message.buttons.map((button) =>
      element("button", { type: "button", textContent: button.title, title: button.say, onclick: () => choose(button.say) }))));
  }
  return shown;
}
