// Leap: what it was asked for this homeowner, what it answered, and the applications that a newcomer moves on.
import * as calls from "./calls.js";
import { drawFacts, drawHead, sayNothing } from "./cards.js";
import { make } from "./draw.js";

const STATUSES = ["not_started", "in_progress", "awaiting_customer", "awaiting_partner", "completed", "submitted", "approved", "rejected"];
const dollars = (amount) => `$${Number(amount).toLocaleString()}`;

export function makeLeap(pane, guard) {
  const nothing = "Leap has not been asked about this homeowner's home yet. It is once the address, the kind of building and the devices are known.";
  return {
    fail: (words) => pane.replaceChildren(sayNothing("leap", words)),
    show({ customer }) {
      pane.replaceChildren(...(customer ? [drawAnswer(customer), drawApplications(customer, guard)] : [sayNothing("leap", nothing)]));
    },
  };
}

function drawAnswer(customer) {
  const { address, utilities } = customer;
  const money = sumUp(customer);
  return make("article", { class: "card", "data-testid": "leap-customer" },
    ...drawHead("Incentives", customer.customer_classification.toLowerCase(), customer.reference_id),
    make("div", { class: "money" },
      make("div", {}, make("b", {}, showAmounts(money.firm)), make("small", {}, "firm: every requirement is met")),
      make("div", {}, make("b", {}, showAmounts(money.possible)), make("small", {}, "possible, if the rest is met too"))),
    drawFacts([
      ["Address", [address.address_line_1, address.city, address.state, address.zip_code].filter(Boolean).join(", ")],
      ["Utility", utilities.primary.name],
      ["Devices", customer.device_names.join(", ")],
      ["Programmes", customer.program_details.map((program) => program.program_name).join(", ") || "none fits"],
    ]));
}

// Firm rests on COMPLETED requirements alone; IGNORED ones are not known before the sale.
function sumUp(customer) {
  const money = { firm: [0, 0], possible: [0, 0] };
  for (const program of customer.program_details) for (const tier of program.tiers) for (const row of tier.device_results) {
    if (!row.eligible) continue;
    const kind = row.eligibility_details.every((check) => check.status === "COMPLETED") ? "firm" : "possible";
    money[kind][0] += row.install_amount;
    money[kind][1] += row.ongoing_amount;
  }
  return money;
}

function showAmounts([once, yearly]) {
  return [once || !yearly ? dollars(once) : "", yearly ? `${dollars(yearly)} a year` : ""].filter(Boolean).join(" + ");
}

function drawApplications(customer, guard) {
  const title = make("h4", {}, "Applications");
  if (!customer.applications.length) return make("article", { class: "card" }, title, make("p", { class: "hint" }, "None: the homeowner has not said yes to one."));
  const rows = customer.applications.flatMap((application) => {
    const select = make("select", { "aria-label": `Status of ${application.program_name}`, "data-testid": `leap-status-${application.program_id}` },
      ...STATUSES.map((status) => make("option", { value: status, selected: status === application.status }, status.replaceAll("_", " "))));
    select.onchange = () => guard(calls.moveApplication(customer.reference_id, application.program_id, select.value));
    return [make("span", {}, application.program_name), select];
  });
  return make("article", { class: "card", "data-testid": "leap-applications" }, title, make("div", { class: "applied" }, ...rows));
}
