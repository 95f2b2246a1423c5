// The phone: asks what changed, draws it, and turns what the homeowner does into requests.
import * as calls from "./calls.js";
import { drawThread, summarize } from "./bubbles.js";
import { make } from "./draw.js";
import { drawFaults, drawPeople, drawProjects, drawTrouble } from "./panel.js";
import { startVendors } from "./vendors.js";

const at = (id) => document.getElementById(id);
const POLL_MS = 350;
const PROJECTS_MS = 2000;
const NOTICE_MS = 7000;
const ONE_DAY = 24 * 3600;
const view = { phone: new URLSearchParams(location.search).get("phone") || "", version: "", quote: null, twice: false, projects: "", stick: true };

async function refresh() {
  const state = await calls.fetchState(view.phone, view.version);
  if (state.version === view.version || !state.homeowners) return;
  if (!state.homeowners.some((person) => person.phone === view.phone)) return choose(state.homeowners[0].phone);
  view.version = state.version;
  show(state);
  if (!document.hidden && state.messages.some((m) => !m.mine && m.status === "delivered")) await calls.markRead(view.phone);
}

function show(state) {
  const thread = at("thread");
  view.stick = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 140;
  drawPeople(at("homeowners"), state.homeowners, view.phone, choose);
  at("empty").hidden = state.messages.length > 0;
  drawThread(at("messages"), state.messages, acts);
  at("typing").hidden = !state.typing;
  at("presence").textContent = state.typing ? "typing…" : "business account";
  at("owner").textContent = `${state.homeowners.find((person) => person.phone === view.phone).name}'s phone`;
  drawFaults(at("fault-list"), state.faults, (id) => guard(calls.removeFault(id)));
  if (view.stick) thread.scrollTop = thread.scrollHeight;
}

async function poll() {
  try {
    await refresh();
    document.body.classList.remove("offline");
  } catch (error) {
    document.body.classList.add("offline");
    tell(`The sandbox does not answer: ${error.message}`);
  }
  setTimeout(poll, document.hidden ? POLL_MS * 6 : POLL_MS);
}

async function pollProjects() {
  try {
    const found = await calls.fetchProjects();
    const mark = JSON.stringify(found);
    if (mark !== view.projects) drawProjects(at("projects"), found);
    view.projects = mark;
  } catch (error) {
    drawProjects(at("projects"), { projects: [], problem: error.message });
  }
  setTimeout(pollProjects, PROJECTS_MS);
}

function choose(phone) {
  view.phone = phone;
  view.version = "";
  view.stick = true;
  acts.reply(null);
  history.replaceState(null, "", `?${new URLSearchParams({ phone })}${location.hash}`);
  requestAnimationFrame(() => { at("thread").scrollTop = at("thread").scrollHeight; });
  return guard(refresh());
}

// On a narrow screen one of the three columns is shown at a time.
function showView(name) {
  document.body.dataset.view = name;
  for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === name));
}

function tell(text) {
  at("notice").textContent = text;
  clearTimeout(view.hush);
  if (text) view.hush = setTimeout(() => tell(""), NOTICE_MS);
}

async function guard(promise) {
  try {
    await promise;
    tell("");
    await refresh();
    return true;
  } catch (error) {
    tell(error.message);
    return false;
  }
}

function takeExtras() {
  const extras = { copies: view.twice ? 2 : 1 };
  if (view.quote) extras.reply_to = view.quote.sid;
  arm(false);
  acts.reply(null);
  return extras;
}

function send(wish) {
  view.stick = true;
  at("thread").scrollTop = at("thread").scrollHeight;
  return guard(calls.writeMessage(view.phone, { ...wish, ...takeExtras() }));
}

function arm(on) {
  view.twice = on;
  at("send-twice").setAttribute("aria-pressed", String(on));
  at("armed").hidden = !on;
  at("thread").scrollTop = at("thread").scrollHeight;
}

const acts = {
  reply(message) {
    view.quote = message;
    at("quote").hidden = !message;
    at("quote-text").textContent = message ? summarize(message) : "";
    if (message) at("text").focus();
  },
  react: (message) => send({ reaction: { emoji: "👍", message_sid: message.sid } }),
  tap: (message, option) => send({ tap: { ...option, message_sid: message.sid } }),
  openList(message) {
    at("list-title").textContent = message.shape.button;
    at("list-items").replaceChildren(...message.shape.items.map((item) => {
      const words = make("span", {}, make("b", {}, item.item), item.description ? make("small", {}, item.description) : "");
      const button = make("button", { class: "list-item", "data-testid": "list-item", "data-id": item.id }, words, make("i"));
      button.onclick = () => { closeSheets(); acts.tap(message, { id: item.id, title: item.item }); };
      return button;
    }));
    openSheet("list-sheet");
  },
};

function openSheet(id) {
  closeMenu();
  at("shade").hidden = false;
  at(id).hidden = false;
  at(id).querySelector("button:not([data-close]), input").focus();
}

function closeSheets() {
  for (const id of ["shade", "list-sheet", "place-sheet"]) at(id).hidden = true;
  at("text").focus();
}

function closeMenu() {
  at("attach-menu").hidden = true;
  at("attach").setAttribute("aria-expanded", "false");
}

function sendText() {
  const text = at("text").value.trim();
  if (!text) return;
  at("text").value = "";
  fit();
  send({ text });
}

function fit() {
  at("text").style.height = "auto";
  at("text").style.height = `${at("text").scrollHeight}px`;
}

at("composer").onsubmit = (event) => { event.preventDefault(); sendText(); };
at("text").oninput = fit;
at("text").onkeydown = (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); sendText(); }
};
at("starter").onclick = () => send({ text: at("starter").textContent });
at("quote-close").onclick = () => acts.reply(null);
at("attach").onclick = (event) => {
  event.stopPropagation();
  at("attach-menu").hidden = !at("attach-menu").hidden;
  at("attach").setAttribute("aria-expanded", String(!at("attach-menu").hidden));
};
document.addEventListener("click", closeMenu);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") { closeMenu(); closeSheets(); } });
for (const button of document.querySelectorAll("[data-sample]")) button.onclick = () => send({ media: [{ sample: button.dataset.sample }] });
for (const button of document.querySelectorAll("[data-close]")) button.onclick = closeSheets;
at("shade").onclick = closeSheets;
at("pick-file").onclick = () => at("file").click();
at("file").onchange = async () => {
  const files = [...at("file").files];
  const text = at("text").value.trim();
  at("text").value = "";
  if (files.length) await guard(calls.sendFiles(view.phone, files, { text, ...takeExtras() }));
  at("file").value = "";
};
at("pick-place").onclick = (event) => { event.stopPropagation(); openSheet("place-sheet"); };
at("place-form").onsubmit = (event) => {
  event.preventDefault();
  closeSheets();
  send({ location: Object.fromEntries([...new FormData(at("place-form"))].filter(([, value]) => value)) });
};
async function skipDays(days, words) {
  const done = await guard(calls.advanceClock(days * ONE_DAY));
  if (done) tell(words);
}
at("one-day").onclick = () => skipDays(1, "A day went by.");
at("five-days").onclick = () => skipDays(5, "Five days went by.");
at("send-twice").onclick = () => {
  arm(!view.twice);
  if (view.twice) sendText();
};
at("add-form").onsubmit = async (event) => {
  event.preventDefault();
  try {
    const added = await calls.addHomeowner(at("add-name").value, at("add-phone").value);
    at("add-problem").textContent = "";
    at("add-form").reset();
    choose(added.phone);
  } catch (error) {
    at("add-problem").textContent = error.message;
  }
};
document.addEventListener("visibilitychange", () => { if (!document.hidden) view.version = ""; });

drawTrouble(at("fault-buttons"), (fault) => guard(calls.addFault(fault)));
for (const button of document.querySelectorAll("[data-view]")) button.onclick = () => showView(button.dataset.view);
startVendors(() => view.phone, guard);
poll();
pollProjects();
