// Small pieces of the page: elements, icons, formatted text, days.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

const MARKS = /```([\s\S]+?)```|(https?:\/\/[^\s]*[^\s.,;:!?)\]])|(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])|(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])/g;

// WhatsApp's own marks: *bold*, _italic_, ~struck~, ```code``` and bare links.
export function formatText(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(MARKS)) {
    parts.push(text.slice(from, found.index));
    const [whole, code, link, bold, italic, struck] = found;
    if (code) parts.push(make("code", {}, code));
    else if (link) parts.push(make("a", { href: link, target: "_blank", rel: "noreferrer noopener" }, link));
    else if (bold) parts.push(make("strong", {}, ...formatText(bold)));
    else if (italic) parts.push(make("em", {}, ...formatText(italic)));
    else parts.push(make("s", {}, ...formatText(struck)));
    from = found.index + whole.length;
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
}

export const stripMarks = (text) => formatText(text).map((part) => part.textContent ?? part).join("");

export const showTime = (moment) => moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

export function nameDay(moment) {
  const midnight = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const days = Math.round((midnight(new Date()) - midnight(moment)) / 86400000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return moment.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
}

const MAP = `<svg viewBox="0 0 236 112" role="img" aria-label="Map with a pin"><rect width="236" height="112" fill="#dfeadd"/><path d="M-5 84 C60 60 120 104 245 66 L245 120 L-5 120z" fill="#bfdce8"/><g stroke="#fffdf8" stroke-width="7" fill="none"><path d="M-5 30 245 46M58 -5 78 92M160 -5 146 90"/></g><g stroke="#fffdf8" stroke-width="3" fill="none"><path d="M-5 60 245 20M110 -5 112 84M205 -5 198 80"/></g><g fill="#cfe0c9"><rect x="86" y="6" width="20" height="22" rx="3"/><rect x="168" y="52" width="24" height="16" rx="3"/><rect x="14" y="40" width="30" height="16" rx="3"/></g><path d="M118 24a17 17 0 0 0-17 17c0 13 17 31 17 31s17-18 17-31a17 17 0 0 0-17-17z" fill="#d8452f"/><circle cx="118" cy="41" r="6.5" fill="#fff"/></svg>`;

export function drawMap(place) {
  const box = make("div", { class: "place", "data-testid": "location" });
  box.innerHTML = MAP;
  const title = place.label ? make("b", {}, String(place.label)) : null;
  box.append(make("span", {}, title, String(place.address || `${place.latitude}, ${place.longitude}`)));
  return box;
}
