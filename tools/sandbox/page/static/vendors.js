// The vendors' side: asks what OpenSolar, Aurora and Leap have of this homeowner, draws it, and plays them.
import * as calls from "./calls.js";
import { makeAurora } from "./aurora.js";
import { makeLeap } from "./leap.js";
import { makeOpenSolar } from "./opensolar.js";
import { showTrouble } from "./panel.js";

const at = (id) => document.getElementById(id);
const POLL_MS = 1200;
const NAMES = ["stored", "opensolar", "aurora", "leap"];
const seen = {};

export function startVendors(phoneInHand, guard) {
  const panes = {};
  const look = async () => {
    const phone = phoneInHand();
    showAll(panes, await calls.fetchVendors(phone), phone);
  };
  // What was pressed is seen at once, not with the next poll.
  const play = async (promise) => { if (await guard(promise)) await look(); };
  panes.opensolar = makeOpenSolar(at("pane-opensolar"), play);
  panes.aurora = makeAurora(at("pane-aurora"), play);
  panes.leap = makeLeap(at("pane-leap"), play);
  for (const name of NAMES) at(`tab-${name}`).onclick = () => openTab(name);
  document.querySelector(".tabs").onkeydown = walkTabs;
  openTab(NAMES.includes(location.hash.slice(1)) ? location.hash.slice(1) : "stored");
  keepLooking(look, panes);
}

async function keepLooking(look, panes) {
  try {
    await look();
  } catch (error) {
    for (const pane of Object.values(panes)) pane.fail(error.message);
    for (const name of NAMES) delete seen[name];
  }
  setTimeout(() => keepLooking(look, panes), document.hidden ? POLL_MS * 5 : POLL_MS);
}

function showAll(panes, found, phone) {
  for (const [name, pane] of Object.entries(panes)) {
    const mark = JSON.stringify([phone, found[name]]);
    if (seen[name] === mark) continue;
    pane.show(found[name]);
    const isNews = seen[name] !== undefined && seen[name].startsWith(JSON.stringify([phone]).slice(0, -1));
    if (isNews && at(`tab-${name}`).getAttribute("aria-selected") === "false") at(`tab-${name}`).classList.add("news");
    seen[name] = mark;
  }
}

function openTab(name) {
  for (const other of NAMES) {
    const chosen = other === name;
    at(`tab-${other}`).setAttribute("aria-selected", String(chosen));
    at(`tab-${other}`).tabIndex = chosen ? 0 : -1;
    at(`pane-${other}`).hidden = !chosen;
  }
  at(`tab-${name}`).classList.remove("news");
  at(`tab-${name}`).closest(".side").scrollTop = 0;
  showTrouble(at("fault-buttons"), at("fault-title"), name);
  history.replaceState(null, "", `${location.pathname}${location.search}#${name}`);
}

function walkTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const now = NAMES.findIndex((name) => at(`tab-${name}`).getAttribute("aria-selected") === "true");
  const next = NAMES[(now + step + NAMES.length) % NAMES.length];
  openTab(next);
  at(`tab-${next}`).focus();
}
