// Aurora's designers: what they have of the homeowner, and the buttons that move the project on.
import * as calls from "./calls.js";
import { drawBars, drawContact, drawFacts, drawHead, drawHooks, drawLink, makeChips, makeSteps, sayNothing, showNumber } from "./cards.js";
import { make } from "./draw.js";

const STATUSES = ["Permit approved", "Installation scheduled", "Installation in progress", "Installed"];
const statusInput = make("select", { "aria-label": "Project status", "data-testid": "aurora-status" }, ...STATUSES.map((words) => make("option", {}, words)));

const STEPS = [
  { id: "complete", label: "Finish the requested design", hint: "The request becomes designer_completed" },
  { id: "design_created", label: "Draw a design by hand", hint: "Without a request" },
  { id: "simulate", label: "Simulation has run", hint: "Pricing and proposals need it" },
  { id: "web_proposal", label: "Publish the web proposal", hint: "Its link lives 30 days" },
  { id: "agreement-sent", label: "Agreement sent", hint: "The homeowner can sign it" },
  { id: "agreement-signed", label: "Agreement signed", hint: "Seen and signed by the homeowner" },
  { id: "project_status", label: "Set the status", hint: "Free text; each tenant has its own", input: statusInput },
];
const CHIPS = [
  { id: "reject", label: "Reject the request", hint: "Our staff hear the reason" },
  { id: "site_survey", label: "Site survey completed", hint: "Installation news" },
  { id: "plan_set", label: "Plan set completed", hint: "Installation news" },
  { id: "milestone", label: "Milestone: permit in", hint: "Our staff hear of it" },
  { id: "echo", label: "Ten webhooks about nothing", hint: "project_changed with nothing behind it" },
];
const WISHES = { reject: { reason: "The roof photos are too dark to measure from." }, milestone: { name: "Permit in" }, echo: { count: 10 } };
const MOVES = {
  "agreement-sent": () => ["agreement", { status: "sent" }],
  "agreement-signed": () => ["agreement", { statuses: ["viewed", "signed"] }],
  project_status: (text) => ["project_status", { text }],
};

export function makeAurora(pane, guard) {
  let project = null;
  const play = (move, wish) => guard(calls.moveAurora(project.id, move, wish));
  const steps = makeSteps("aurora", STEPS, (step, value) => play(...(MOVES[step.id] ? MOVES[step.id](value) : [step.id, {}])));
  const facts = make("article", { class: "card", "data-testid": "aurora-project" });
  const chips = makeChips("aurora", CHIPS, (chip) => play(chip.id, WISHES[chip.id] || {}));
  const staff = make("article", { class: "card" }, make("h4", {}, "You are Aurora's designers"), steps.list, chips);
  const hooks = make("div", { "data-testid": "aurora-webhooks" });
  const sent = make("article", { class: "card" }, make("h4", {}, "Webhooks sent"), hooks);
  return {
    fail: (words) => pane.replaceChildren(sayNothing("aurora", words)),
    show(found) {
      project = found.project;
      if (!project) {
        pane.replaceChildren(sayNothing("aurora", "Aurora has nothing of this homeowner yet. Where it is switched on, their project and its consumption appear here after they confirm."));
        return;
      }
      facts.replaceChildren(...describe(project));
      steps.mark(readStates(project));
      hooks.replaceChildren(drawHooks(found.webhooks));
      if (!pane.contains(facts)) pane.replaceChildren(facts, staff, sent);
    },
  };
}

function readStates(project) {
  const [request, design, agreement] = [project.design_requests.at(-1), project.designs.at(-1), project.agreements.at(-1)];
  const open = project.design_requests.some(({ status }) => status !== "designer_completed" && status !== "designer_rejected" && status !== "accepted");
  return {
    complete: { done: Boolean(request) && !open && request.status !== "designer_rejected", off: !open, told: request ? `The request is ${request.status}` : "Nobody has requested a design" },
    design_created: { done: Boolean(design) },
    simulate: { done: Boolean(design && design.simulated), off: !design },
    web_proposal: { done: Boolean(design && design.proposal), off: !design },
    "agreement-sent": { done: Boolean(agreement) },
    "agreement-signed": { done: Boolean(agreement && agreement.status === "signed"), off: !agreement },
    project_status: { done: STATUSES.includes(project.status) },
  };
}

function describe(project) {
  const place = project.location || { property_address: project.address };
  const name = [project.customer_first_name, project.customer_last_name].filter(Boolean).join(" ");
  const design = project.designs.at(-1);
  return [
    ...drawHead(project.name || "Project", project.status || "", project.external_provider_id || project.id),
    drawFacts([
      ["Contact", drawContact(name, project.customer_phone, project.customer_email)],
      ["Address", place.property_address],
      ["Consumption", showConsumption(project.consumption)],
      ["Requests", project.design_requests.map(({ status }) => status).join(", ")],
      ["Design", design ? showDesign(design.numbers) : ""],
      ["Proposal", design && design.proposal ? drawLink(design.proposal.url, "open its page") : ""],
      ["Agreement", project.agreements.map(({ status }) => status).join(", ")],
    ]),
  ];
}

function showConsumption(profile) {
  const [kind, values] = Object.entries(profile || {}).find(([, given]) => given) || [];
  if (!kind) return "";
  if (!Array.isArray(values)) return kind;
  const known = values.filter((value) => value !== null);
  const words = `${known.length} of ${values.length} months known (${kind})`;
  return make("span", {}, words, known.length > 1 ? drawBars(values) : "");
}

function showDesign({ watts, panels, output, price }) {
  return [`${showNumber(watts / 1000, 1)} kW`, `${panels} panels`, `${showNumber(output)} kWh a year`, `price ${showNumber(price)}`].join(" · ");
}
