// OpenSolar's staff: what they have of the homeowner, and the buttons that move the project on.
import * as calls from "./calls.js";
import { drawBars, drawContact, drawFacts, drawHead, drawHooks, drawLink, makeChips, makeSteps, sayNothing, showDay, showNumber } from "./cards.js";
import { make } from "./draw.js";

const DAY_SECONDS = 24 * 3600;
// Into the evening, wherever the home is; days themselves move by whole days only.
const EVENING_SECONDS = 80000;
const inDays = (days) => new Date(Date.now() + days * DAY_SECONDS * 1000).toLocaleDateString("sv-SE");
const dateInput = make("input", { type: "date", value: inDays(7), "aria-label": "Installation date", "data-testid": "opensolar-date" });

const STEPS = [
  { id: "design", label: "Design done", hint: "Staff have drawn the system" },
  { id: "proposal_sent", label: "Proposal sent", hint: "Its link goes to the homeowner" },
  { id: "viewed", label: "Proposal viewed", hint: "Only our staff hear of it" },
  { id: "accepted", label: "Proposal accepted", hint: "The homeowner says yes on OpenSolar's page" },
  { id: "signed", label: "Contract signed", hint: "Event 63 and the contract's date" },
  { id: "paid", label: "Payment received", hint: "Each one is told once" },
  { id: "schedule", label: "Installation date", hint: "A changed date is told again", input: dateInput },
  { id: "day-before", label: "Until the day before", hint: "Time goes by; the reminder is due" },
  { id: "crew", label: "Crew on the way", hint: "An on-site visit that starts now" },
  { id: "installed", label: "Installed", hint: "And then: how did it go?" },
];
const CHIPS = [
  { id: "change_design", label: "Change the design", hint: "The newest design gets two panels more" },
  { id: "payment_failed", label: "Payment failed", hint: "For staff alone" },
  { id: "unschedule", label: "Take the date away", hint: "No installation date any more" },
  { id: "echo", label: "Ten webhooks about nothing", hint: "Updates with nothing behind them" },
];
const eves = new Set();
const EXTRA = { echo: { count: 10 } };
const ADDRESS = ["address", "locality", "state", "zip", "country_iso2"];

export function makeOpenSolar(pane, guard) {
  let project = null;
  const facts = make("article", { class: "card", "data-testid": "opensolar-project" });
  const hooks = make("div", { "data-testid": "opensolar-webhooks" });
  const steps = makeSteps("opensolar", STEPS, (step, value) => guard(act(project, step.id, value)));
  const chips = makeChips("opensolar", CHIPS, (chip) => guard(move(project, chip.id, chip.id === "change_design" ? enlarge(project) : EXTRA[chip.id])));
  const play = make("article", { class: "card" }, make("h4", {}, "You are OpenSolar's staff"), steps.list, chips);
  const sent = make("article", { class: "card" }, make("h4", {}, "Webhooks sent"), hooks);
  return {
    fail: (words) => pane.replaceChildren(sayNothing("opensolar", words)),
    show(found) {
      project = found.project;
      if (!project) {
        pane.replaceChildren(sayNothing("opensolar", "OpenSolar has nothing of this homeowner yet. When they confirm the summary on the phone, their project appears here, once."));
        return;
      }
      facts.replaceChildren(...describe(project));
      steps.mark(readStates(project));
      hooks.replaceChildren(drawHooks(found.webhooks));
      if (!pane.contains(facts)) pane.replaceChildren(facts, play, sent);
    },
  };
}

const move = (project, name, wish) => calls.moveOpenSolar(project.id, name, wish);

async function act(project, id, value) {
  if (id === "day-before") return skipToEve(project);
  return move(project, id, id === "schedule" ? { date: value } : {});
}

async function skipToEve(project) {
  await calls.advanceClock(daysUntil(project.installation_date) * DAY_SECONDS + EVENING_SECONDS);
  eves.add(project.id);
}

const daysUntil = (day) => Math.round((Date.parse(`${day}T00:00`) - Date.parse(`${inDays(0)}T00:00`)) / (DAY_SECONDS * 1000)) - 1;

function enlarge(project) {
  const newest = project.systems_data.at(-1);
  return newest ? { kw: Math.round((newest.kw_stc + 0.8) * 10) / 10 } : {};
}

function readStates(project) {
  const has = (type) => project.events_data.some((event) => event.event_type_id === type);
  const day = project.installation_date;
  const left = day ? daysUntil(day) : 0;
  return {
    design: { done: project.systems_data.length > 0 },
    proposal_sent: { done: Boolean(project.customer_proposal_data.ready) },
    viewed: { done: has(2) },
    accepted: { done: has(3) },
    signed: { done: Boolean(project.contract_date) },
    paid: { done: has(114) },
    schedule: { done: Boolean(day), told: day ? `Now ${showDay(day)}` : undefined },
    "day-before": readEve(project, day, left),
    crew: { done: has(40) },
    installed: { done: Boolean(project.project_installed) },
  };
}

function readEve(project, day, left) {
  if (!day) return { off: true, told: "Set a date first" };
  if (left > 0) return { told: `Skips ${left} ${left === 1 ? "day" : "days"}, into the evening` };
  const here = left < 0 || eves.has(project.id);
  return { done: here, off: here, told: here ? "That evening is here, or past" : "Skips to this evening" };
}

function describe(project) {
  const person = project.contacts_data[0] || {};
  const design = project.systems_data.at(-1);
  const usage = project.usage || {};
  return [
    ...drawHead(`Project ${project.id}`, project.stage_title, project.identifier),
    drawFacts([
      ["Contact", drawContact([person.first_name, person.family_name].filter(Boolean).join(" "), person.phone, person.email)],
      ["Address", ADDRESS.map((name) => project[name]).filter(Boolean).join(", ")],
      ["Usage", showUsage(usage)],
      ["Notes", project.notes, "notes"],
      ["Design", design ? showDesign(design) : ""],
      ["Proposal", project.share_link ? drawLink(project.share_link, "open its page") : ""],
    ]),
  ];
}

function showUsage({ usage_data_source: source, values }) {
  if (!source) return "";
  const many = Array.isArray(values) ? values : [values];
  const words = many.length > 1 ? `${showNumber(many.reduce((sum, value) => sum + Number(value || 0), 0))} a year` : String(many[0]);
  return make("span", {}, `${words} (${source})`, many.length > 1 ? drawBars(many) : "");
}

function showDesign(design) {
  return [`${design.kw_stc} kW`, `${design.module_quantity} panels`, `${showNumber(design.output_annual_kwh)} kWh a year`, `price ${showNumber(design.price_including_tax)}`].join(" · ");
}
