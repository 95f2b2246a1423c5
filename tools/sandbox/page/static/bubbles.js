// Messages become bubbles; a bubble is drawn anew only when something about it changed.
import { drawMap, formatText, icon, make, nameDay, showTime, stripMarks } from "./draw.js";

const template = document.getElementById("message-template");
const drawn = new Map();

export function drawThread(list, messages, acts) {
  const bySid = new Map(messages.map((message) => [message.sid, message]));
  const reactions = new Map(messages.filter((m) => m.shape.type === "reaction").map((m) => [m.reply_to, m.shape.body]));
  const taps = new Map(messages.filter((m) => m.shape.type === "tap").map((m) => [m.reply_to, m.shape.body]));
  const nodes = [];
  let day = "", last = null;
  for (const message of messages) {
    if (message.shape.type === "reaction" && bySid.has(message.reply_to)) continue;
    const today = nameDay(new Date(message.at));
    if (today !== day) nodes.push(keep(`day ${today} ${message.sid}`, today, () => make("li", { class: "day" }, today)));
    const turn = today === day && last !== null && last !== message.mine;
    const extras = { turn, reaction: reactions.get(message.sid), tapped: taps.get(message.sid), quoted: bySid.get(message.reply_to) };
    // Their ticks are not shown, so a new status alone must not replace buttons under somebody's finger.
    const status = message.mine || isFailed(message) ? message.status : "";
    const mark = JSON.stringify([{ ...message, status }, turn, extras.reaction, extras.tapped, Boolean(extras.quoted)]);
    const node = keep(message.sid, mark, () => drawMessage(message, extras, acts));
    node.dataset.status = message.status;
    nodes.push(node);
    day = today;
    last = message.mine;
  }
  if (day && day !== "Today") nodes.push(keep("day Today at the end", "Today", () => make("li", { class: "day", "data-testid": "days-passed" }, "Today")));
  place(list, nodes);
}

const isFailed = (message) => message.status === "failed" || message.status === "undelivered";

function keep(key, mark, draw) {
  const known = drawn.get(key);
  if (known && known.mark === mark) return known.node;
  const node = draw();
  if (known) node.classList.add("redrawn");
  drawn.set(key, { mark, node });
  return node;
}

function place(list, nodes) {
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] || null);
  });
  while (list.children.length > nodes.length) list.lastElementChild.remove();
}

function drawMessage(message, extras, acts) {
  const row = template.content.firstElementChild.cloneNode(true);
  const failed = isFailed(message);
  row.className = ["row", message.mine ? "mine" : "theirs", extras.turn ? "turn" : "", failed ? "failed" : ""].join(" ");
  Object.assign(row.dataset, { testid: "message", sid: message.sid, direction: message.mine ? "out" : "in", status: message.status, type: message.shape.type });
  const bubble = row.querySelector(".bubble");
  row.querySelector(".content").append(...drawContent(message, extras.quoted));
  if (failed) row.querySelector(".content").append(make("span", { class: "failure", "data-testid": "failure" }, `Not delivered · ${message.error_code} ${message.error_message || ""}`));
  const at = new Date(message.at);
  row.querySelector("time").textContent = showTime(at);
  row.querySelector("time").dateTime = message.at;
  if (message.mine) drawTicks(row.querySelector(".ticks"), message.status);
  if (extras.reaction) {
    bubble.classList.add("has-reaction");
    bubble.append(make("span", { class: "reaction", "data-testid": "reaction" }, extras.reaction));
  }
  row.querySelector('[data-do="reply"]').onclick = () => acts.reply(message);
  row.querySelector('[data-do="react"]').onclick = () => acts.react(message);
  const options = failed ? null : drawOptions(message, extras.tapped, acts);
  if (options) row.append(options);
  return row;
}

const TICKS = { sent: ["tick", "sent"], delivered: ["ticks", "delivered"], read: ["ticks", "read"] };

function drawTicks(holder, status) {
  holder.dataset.testid = "ticks";
  holder.classList.add(status);
  if (status === "lost") {
    holder.textContent = "!";
    holder.setAttribute("aria-label", "the product has not taken it yet");
    return;
  }
  const [shape, label] = TICKS[status] || TICKS.sent;
  holder.setAttribute("role", "img");
  holder.setAttribute("aria-label", label);
  holder.append(icon(shape));
}

export function summarize(message) {
  const { type, body, label } = message.shape;
  if (body) return stripMarks(body);
  if (type === "location") return `Location: ${label || ""}`;
  return message.media.length ? "Photo or file" : type;
}

function drawContent(message, quoted) {
  const { shape } = message;
  const parts = [];
  if (quoted) parts.push(make("span", { class: "quoted", "data-testid": "quoted" }, summarize(quoted)));
  for (const file of message.media) parts.push(drawFile(file));
  if (shape.type === "location") parts.push(drawMap(shape));
  if (shape.body) parts.push(make("span", { class: "text", "data-testid": "message-text" }, ...formatText(shape.body)));
  return parts;
}

function drawFile(file) {
  if (file.type.startsWith("image/")) return make("img", { class: "photo", src: file.url, alt: file.name || "Photo", "data-testid": "photo" });
  const title = make("span", {}, make("b", {}, file.name || "File"), make("small", {}, file.type));
  return make("a", { class: "file", href: file.url, target: "_blank", rel: "noopener", "data-testid": "file" }, icon("file"), title);
}

function drawOptions(message, tapped, acts) {
  const { shape } = message;
  const box = make("div", { class: "buttons" });
  if (shape.type === "quick-reply") box.append(...shape.actions.map((action) => drawReply(message, action, tapped, acts)));
  else if (shape.type === "list-picker") box.append(drawListButton(message, acts));
  else if (shape.type === "call-to-action") box.append(...shape.actions.map(drawCall));
  return box.children.length ? box : null;
}

function drawReply(message, action, tapped, acts) {
  const id = action.id || action.title;
  const button = make("button", { class: `option${tapped === action.title ? " chosen" : ""}`, "data-testid": "quick-reply", "data-payload": id }, action.title);
  button.onclick = () => acts.tap(message, { id, title: action.title });
  return button;
}

function drawListButton(message, acts) {
  const button = make("button", { class: "option", "data-testid": "list-open" }, icon("list"), message.shape.button);
  button.onclick = () => acts.openList(message);
  return button;
}

function drawCall(action) {
  const href = action.type === "URL" ? action.url : `tel:${action.phone}`;
  return make("a", { class: "option", href, target: "_blank", rel: "noreferrer noopener", "data-testid": "call-to-action" }, action.title);
}
