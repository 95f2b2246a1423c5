// Every request the page makes; all of them go to its own origin.
const asJson = { "Content-Type": "application/json" };

async function read(answer) {
  const body = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) throw new Error(body.error || body.message || `HTTP ${answer.status}`);
  return body;
}

const post = async (path, body) => read(await fetch(path, { method: "POST", headers: asJson, body: JSON.stringify(body) }));
const person = (phone) => `/sandbox/homeowners/${encodeURIComponent(phone)}`;

export const fetchState = async (phone, version) =>
  read(await fetch(`/page/state?${new URLSearchParams({ phone, version })}`));
export const fetchProjects = async () => read(await fetch("/page/projects"));
export const writeMessage = (phone, wish) => post(`${person(phone)}/messages`, wish);
export const markRead = (phone) => post(`${person(phone)}/read`, {});
export const addHomeowner = (name, phone) => post("/sandbox/homeowners", { name, phone });
export const advanceClock = (seconds) => post("/sandbox/clock", { advance_seconds: seconds });
export const addFault = (fault) => post("/sandbox/faults", fault);
export const removeFault = async (id) => read(await fetch(`/sandbox/faults/${id}`, { method: "DELETE" }));

export async function sendFiles(phone, files, fields) {
  const form = new FormData();
  for (const file of files) form.append("file", file);
  for (const [key, value] of Object.entries(fields)) if (value) form.append(key, value);
  return read(await fetch(`${person(phone)}/messages`, { method: "POST", body: form }));
}

export const fetchVendors = async (phone) => read(await fetch(`/page/vendors?${new URLSearchParams({ phone })}`));
export const moveOpenSolar = (project, move, wish) => post(`/sandbox/opensolar/projects/${project}/${move}`, wish || {});
export const moveAurora = (project, move, wish) => post(`/sandbox/aurora/projects/${project}/${move}`, wish || {});
export const moveApplication = (reference, program, status) =>
  post(`/sandbox/leap/customers/${encodeURIComponent(reference)}/applications`, { program_id: program, status });
