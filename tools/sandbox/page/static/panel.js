// The side panels: homeowners, stored projects, faults.
import { icon, make, stripMarks } from "./draw.js";

const initials = (name) => name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase().replace(/[^\p{L}\d]/gu, "") || "☎";

export function drawPeople(list, people, chosen, choose) {
  list.replaceChildren(...people.map((person, index) => {
    const face = make("span", { class: `avatar h${index % 5}`, "aria-hidden": "true" }, initials(person.name));
    const words = make("span", {}, make("strong", {}, person.name), make("small", {}, person.last ? stripMarks(person.last) : person.phone));
    const badge = person.unread && person.phone !== chosen ? make("span", { class: "badge", "aria-label": `${person.unread} unread` }, String(person.unread)) : "";
    const button = make("button", { class: "person", "aria-pressed": String(person.phone === chosen), "data-testid": `homeowner-${person.phone}`, "data-phone": person.phone }, face, words, badge);
    button.onclick = () => choose(person.phone);
    return make("li", {}, button);
  }));
}

const CURRENCIES = { US: "USD", ZW: "USD", ZA: "ZAR", ES: "EUR" };

const FACTS = [
  ["Address", (p) => [p.street, p.city, [p.state, p.postal_code].filter(Boolean).join(" "), p.country].filter(Boolean).join(", ")],
  ["Bill", (p) => showMoney(p.monthly_bill, p.currency || CURRENCIES[p.country])],
  ["Usage", (p) => (p.monthly_kwh ? showUsage(p.monthly_kwh) : "")],
  ["Utility", (p) => p.utility],
  ["Devices", (p) => showDevices(p.devices)],
  ["Phone", (p) => p.phone],
  ["Confirmed", (p) => (p.confirmed_at ? new Date(p.confirmed_at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" }) : "")],
];

function showValue(value) {
  return Array.isArray(value) ? value.join(", ") : value && typeof value === "object" ? Object.values(value).join(" ") : String(value);
}

function showUsage(kwh) {
  const known = (Array.isArray(kwh) ? kwh : [kwh]).filter((value) => typeof value === "number");
  if (!known.length) return "";
  const mean = Math.round(known.reduce((sum, value) => sum + value, 0) / known.length);
  return `${mean.toLocaleString()} kWh a month${known.length > 1 ? `, mean of ${known.length}` : ""}`;
}

function showMoney(bill, currency) {
  if (bill === null || bill === undefined || bill === "") return "";
  if (typeof bill === "object" && bill.amount_cents !== undefined) return showMoney(bill.amount_cents / 100, bill.currency);
  if (typeof bill === "object") return showValue(bill);
  if (typeof bill === "number" && currency) return bill.toLocaleString([], { style: "currency", currency });
  return typeof bill === "number" ? bill.toLocaleString([], { maximumFractionDigits: 2 }) : String(bill);
}

function showDevice(device) {
  if (typeof device !== "object") return String(device);
  const name = String(device.name || device.label || device.type).replaceAll("_", " ");
  return device.quantity > 1 ? `${device.quantity} × ${name}` : name;
}

function showDevices(devices) {
  if (!devices) return "";
  if (!Array.isArray(devices)) return showValue(devices);
  return devices.filter((device) => device.quantity !== 0).map(showDevice).join(", ") || "none";
}

export function drawProjects(box, { projects, problem }) {
  if (!projects.length) {
    box.replaceChildren(make("p", { class: "nothing", "data-testid": "no-projects" }, problem || "Nothing yet. When the homeowner confirms the summary, the project appears here."));
    return;
  }
  box.replaceChildren(...projects.map((project) => {
    const facts = FACTS.map(([label, tell]) => [label, tell(project)]).filter(([, value]) => value);
    const rows = facts.flatMap(([label, value]) => [make("dt", {}, label), make("dd", {}, String(value))]);
    const head = make("header", {}, make("h3", {}, project.name || project.phone || "Project"), make("span", { class: "status" }, String(project.status || "")));
    return make("article", { class: "project", "data-testid": "stored-project", "data-phone": project.phone }, head, make("dl", {}, ...rows));
  }));
}

const VENDOR_WEBHOOKS = [["lost", "lost"], ["duplicate", "twice"], ["late", "5 s late"], ["forged", "forged"]];

// For each tab the trouble that its vendor can be in.
const TROUBLE = {
  stored: ["WhatsApp", [
    ["webhook-lost", "Webhook lost", { endpoint: "webhook", kind: "lost" }],
    ["webhook-duplicate", "Webhook twice", { endpoint: "webhook", kind: "duplicate" }],
    ["webhook-late", "Webhook 5 s late", { endpoint: "webhook", kind: "out_of_order", seconds: 5 }],
    ["send-500", "500 after accepting", { endpoint: "messages.create", kind: "error_after" }],
    ["send-429", "429 on send", { endpoint: "messages.create", kind: "rate_limit", seconds: 2 }],
    ["send-reset", "Reset on send", { endpoint: "messages.create", kind: "reset_after" }],
    ["send-slow", "Slow API, 4 s", { endpoint: "messages.create", kind: "slow", seconds: 4 }],
    ["status-lost", "Status lost", { endpoint: "status_callback", kind: "lost" }],
  ]],
  opensolar: ["OpenSolar", [...listWebhookTrouble("opensolar"), ...listApiTrouble("opensolar"), ["opensolar-402", "402, wallet empty", { endpoint: "opensolar.projects.create", kind: "payment_required" }]]],
  aurora: ["Aurora", [...listWebhookTrouble("aurora"), ...listApiTrouble("aurora")]],
  leap: ["Leap", listApiTrouble("leap")],
};

function listWebhookTrouble(vendor) {
  return VENDOR_WEBHOOKS.map(([kind, words]) => [`${vendor}-webhook-${kind}`, `Webhook ${words}`, { endpoint: `${vendor}.webhook`, kind, seconds: 5 }]);
}

function listApiTrouble(vendor) {
  return [
    [`${vendor}-500`, "500", { endpoint: `${vendor}.[!w]*`, kind: "error_before" }],
    [`${vendor}-429`, "429", { endpoint: `${vendor}.[!w]*`, kind: "rate_limit", seconds: 3 }],
    [`${vendor}-timeout`, "Silence after accepting", { endpoint: `${vendor}.[!w]*`, kind: "timeout_after", seconds: 60 }],
    [`${vendor}-drip`, "A byte a second", { endpoint: `${vendor}.[!w]*`, kind: "drip", seconds: 1 }],
  ];
}

export function drawTrouble(box, add) {
  box.replaceChildren(...Object.entries(TROUBLE).map(([tab, [, faults]]) => make("div", { class: "fault-buttons", "data-tab": tab }, ...faults.map(([id, label, fault]) => {
    const button = make("button", { class: "chip", "data-testid": `fault-${id}` }, label);
    button.onclick = () => add(fault);
    return button;
  }))));
}

export function showTrouble(box, title, tab) {
  title.textContent = `Make trouble at ${TROUBLE[tab][0]}`;
  for (const group of box.children) group.hidden = group.dataset.tab !== tab;
}

function nameFault(fault) {
  const same = ([, , known]) => known.endpoint === fault.endpoint && known.kind === fault.kind;
  const [vendor, faults] = Object.values(TROUBLE).find(([, listed]) => listed.some(same)) || ["", []];
  return vendor ? `${vendor}: ${faults.find(same)[1]}` : `${fault.kind} on ${fault.endpoint}`;
}

export function drawFaults(list, faults, remove) {
  list.replaceChildren(...faults.slice(-8).map((fault) => {
    const spent = fault.remaining === 0;
    const left = fault.remaining === null ? "" : spent ? " – done" : ` – ${fault.remaining} left`;
    const close = make("button", { class: "round", "aria-label": "Remove this fault" }, icon("close"));
    close.onclick = () => remove(fault.id);
    return make("li", {}, make("span", { class: spent ? "spent" : "" }, `${nameFault(fault)}${left}`), close);
  }));
}
