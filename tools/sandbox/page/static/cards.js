// What the panes of all vendors are made of: facts, steps, webhooks, small charts.
import { icon, make } from "./draw.js";

export function drawFacts(facts) {
  const rows = facts.filter(([, value]) => value !== "" && value !== null && value !== undefined && value !== false);
  return make("dl", {}, ...rows.flatMap(([label, value, kind]) => [make("dt", {}, label), make("dd", { class: kind }, value)]));
}

export function drawHead(title, status, sub) {
  const head = make("header", {}, make("h3", {}, title), status ? make("span", { class: "status" }, status) : null);
  return [head, sub ? make("p", { class: "sub" }, sub) : null];
}

export const sayNothing = (name, sentence) =>
  make("p", { class: "nothing", "data-testid": `${name}-nothing` }, sentence);

export function drawContact(name, ...ways) {
  const line = make("span", { class: "soft" }, ways.filter(Boolean).join(" · "));
  return make("span", { class: "contact" }, make("span", {}, name), line);
}

export function drawLink(url, words) {
  return make("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, words);
}

export function drawBars(values) {
  const known = values.map((value) => Number(value) || 0);
  const most = Math.max(...known, 1);
  const bars = known.map((value) => make("i", { class: `h${Math.max(1, Math.round((value / most) * 10))}`, title: String(value) }));
  return make("span", { class: "bars", role: "img", "aria-label": `By month: ${known.join(", ")}` }, ...bars);
}

export const showNumber = (value, digits = 0) => Number(value).toLocaleString([], { maximumFractionDigits: digits });
export const showDay = (iso) => new Date(`${iso.slice(0, 10)}T12:00:00`).toLocaleDateString([], { weekday: "short", day: "numeric", month: "short", year: "numeric" });

// A step is {id, label, hint, input?}; `act` gets the step and what its input holds.
export function makeSteps(name, steps, act) {
  const list = make("ol", { class: "steps", "data-testid": `${name}-steps` });
  const rows = steps.map((step, index) => {
    const dot = make("span", { class: "dot", "aria-hidden": "true" }, String(index + 1));
    const hint = make("small", {}, step.hint);
    const button = make("button", { "data-testid": `${name}-${step.id}` }, dot, make("span", {}, make("b", {}, step.label), hint));
    const row = make("li", { class: "step" }, button, step.input || "");
    button.onclick = () => act(step, step.input ? step.input.value : "");
    list.append(row);
    return { step, row, dot, hint, button };
  });
  const mark = (states) => {
    const is = (row, name) => Boolean((states[row.step.id] || {})[name]);
    const last = rows.findLastIndex((row) => is(row, "done"));
    const following = rows.findIndex((row, index) => index > last && !is(row, "off"));
    rows.forEach(({ step, row, dot, hint, button }, index) => {
      const { done = false, told = step.hint, off = false } = states[step.id] || {};
      row.classList.toggle("done", done);
      row.classList.toggle("next", index === following);
      dot.replaceChildren(done ? icon("tick") : String(index + 1));
      hint.textContent = told;
      row.classList.toggle("told", told !== step.hint);
      button.disabled = off;
    });
  };
  return { list, mark };
}

export function makeChips(name, chips, act) {
  return make("div", { class: "more" }, ...chips.map((chip) => {
    const button = make("button", { class: "chip", "data-testid": `${name}-${chip.id}`, title: chip.hint }, chip.label);
    button.onclick = () => act(chip);
    return button;
  }));
}

export function drawHooks(hooks) {
  if (!hooks.length) return make("p", { class: "hint" }, "None yet.");
  return make("ul", { class: "hooks", "data-testid": "webhooks-sent" }, ...hooks.map((hook) => {
    const time = make("time", {}, new Date(hook.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" }));
    const code = make("span", { class: `code${hook.acknowledged ? "" : " bad"}` }, hook.fault || String(hook.http_status || hook.failure));
    const words = hook.attempt > 1 ? `${hook.said} (try ${hook.attempt})` : hook.said;
    return make("li", {}, make("span", { class: "said", title: words }, words), time, code);
  }));
}
