/** The panel in which faults are switched on and off, and that shows what has happened. */

/** @import { FaultHit, FaultKind, FaultRule, FaultState, KindOfFault } from "./types.d.ts" */
import { element, part } from "./elements.js";
import { callOf, faultGroups, frequencies, timeOf, wordsOf } from "./fault-words.js";
import { toast } from "./notices.js";
import { callAt } from "./server.js";
import { endSwitches } from "./switches.js";

const SHOWN_HITS = 20;
const OTHER = "lain";

/** One fault in the panel. @typedef {{ kind: FaultKind, toggle: HTMLInputElement, often: HTMLSelectElement | undefined, parameter: HTMLInputElement | HTMLSelectElement | undefined, times: HTMLElement }} Row */

/** @type {Row[]} */
let rows = [];
/** @type {FaultState | undefined} */
let known;
let nameOfChat = /** @type {(id: number) => string} */ (String);
/** Fetching, and whether there was news meanwhile. */
let isFetching = false;
let isOutdated = false;
/** One after the other; how many are not done yet, and how many were begun. */
let changes = Promise.resolve();
let waiting = 0;
let begun = 0;

/** @param {(id: number) => string} chatName how a chat is called */
export function openFaultPanel(chatName) {
  nameOfChat = chatName;
  const panel = part(document, "#faults");
  const button = part(document, "#open-faults");
  const show = /** @param {boolean} isShown */ (isShown) => {
    panel.hidden = !isShown;
    button.ariaExpanded = String(isShown);
  };
  button.onclick = () => show(panel.hidden !== false);
  part(panel, "[data-part=close]").onclick = () => {
    show(false);
    button.focus();
  };
  part(panel, "[data-part=end]").onclick = () => {
    change(() => callAt("/faults", { method: "DELETE" }));
    endSwitches();
  };
}

/**
 * Fetches plan and record anew; while that goes on, once more afterwards. What was fetched before a change is not shown after it: a
 * switch would fall back under the finger.
 */
export async function refreshFaults() {
  isOutdated = true;
  if (isFetching) return;
  isFetching = true;
  try {
    while (isOutdated) {
      isOutdated = false;
      const before = waiting === 0 ? begun : undefined;
      const state = await callAt("/faults");
      const { record } = await callAt(`/faults/record?last=${SHOWN_HITS}`);
      if (begun === before) take(state, record);
    }
  } finally {
    isFetching = false;
  }
}

/** @param {() => Promise<unknown>} act */
function change(act) {
  waiting += 1;
  begun += 1;
  changes = changes.then(async () => {
    try {
      await act();
    } catch (error) {
      toast(undefined, /** @type {Error} */ (error).message, "error");
    }
    waiting -= 1;
    await refreshFaults().catch(() => {});
  });
}

/** @param {FaultState} state @param {FaultHit[]} record */
function take(state, record) {
  known = state;
  if (rows.length === 0) rows = makeRows(state.kinds);
  for (const row of rows) drawRow(row);
  drawHits(record);
  const count = state.plan.rules.length;
  const badge = part(document, "#open-faults .badge");
  badge.hidden = count === 0;
  badge.textContent = String(count);
  badge.ariaLabel = `${count} menyala`;
}

/** @param {FaultKind} kind */
const ruleOf = (kind) => known?.plan.rules.find((rule) => rule.kind === kind);

// The faults.

/** @param {KindOfFault[]} kinds */
function makeRows(kinds) {
  /** @type {Row[]} */
  const made = [];
  const places = faultGroups.map(({ title, kinds: named }) => {
    const list = element("ul");
    for (const kind of kinds) {
      if (!named[kind.kind]) continue;
      const { row, root } = makeRow(kind);
      made.push(row);
      list.append(root);
    }
    return element("section", {}, element("h3", { text: title }), list);
  });
  part(document, "#faults [data-part=kinds]").replaceChildren(...places);
  return made;
}

/** @param {KindOfFault} kind */
function makeRow({ kind, moment, parameter: what }) {
  const { name, says, parameter: parameterName = "" } = wordsOf(kind);
  const toggle = element("input");
  toggle.type = "checkbox";
  toggle.role = "switch";
  toggle.dataset.kind = kind;
  const times = element("small", { class: "fault-times" });
  const strength = element("div", { class: "fault-strength" });
  const often = moment === "start" ? undefined : selectOf(frequencies.map((each) => each.name));
  if (often) strength.append(labelled("Terjadi", `Seberapa sering: ${name}`, often));
  const parameter = what && (what.among ? selectOf(what.among.map(String)) : numberField(what));
  if (parameter && what) {
    parameter.value = String(what.usual);
    parameter.dataset.name = what.name;
    strength.append(labelled(parameterName, `${parameterName}: ${name}`, parameter));
  }
  /** @type {Row} */
  const row = { kind, toggle, often, parameter, times };
  toggle.onchange = () => changeRule(row, toggle.checked);
  for (const field of [often, parameter]) if (field) field.onchange = () => toggle.checked && changeRule(row, true);
  const head = element("label", { class: "fault-name" }, toggle, element("span", { text: name }), times);
  return { row, root: element("li", { class: "fault" }, head, element("p", { text: says }), strength) };
}

/** @param {string[]} names */
function selectOf(names) {
  return element("select", {}, ...names.map((name) => element("option", { text: name })));
}

/** @param {{ least: number, most: number }} limits */
function numberField({ least, most }) {
  const field = element("input");
  Object.assign(field, { type: "number", min: String(least), max: String(most), step: "any", required: true });
  return field;
}

/** @param {string} text @param {string} fullName for who hears the page @param {HTMLElement} field */
function labelled(text, fullName, field) {
  field.ariaLabel = fullName;
  return element("label", {}, element("span", { text }), field);
}

/** @param {Row} row @param {boolean} isOn */
function changeRule({ kind, often, parameter }, isOn) {
  if (parameter && !parameter.reportValidity()) return drawAll();
  const limits = frequencies.find(({ name }) => name === often?.value)?.limits ?? keptLimits(ruleOf(kind));
  const strength = parameter ? { [parameter.dataset.name ?? ""]: Number(parameter.value) } : {};
  const changed = isOn ? [{ kind, ...strength, ...limits }] : [];
  change(async () => {
    /** @type {FaultState} */
    const { plan } = await callAt("/faults");
    const rules = [...plan.rules.filter((rule) => rule.kind !== kind), ...changed];
    await callAt("/faults", { method: "PUT", body: { ...plan, rules } });
  });
}

/** What somebody else has said of how often. @param {FaultRule | undefined} rule */
function keptLimits(rule) {
  if (!rule) return {};
  const { probability, next, forSeconds, methods, chat } = rule;
  return { probability, next, forSeconds, methods, chat };
}

function drawAll() {
  for (const row of rows) drawRow(row);
}

/** What is being typed stays. @param {Row} row */
function drawRow({ kind, toggle, often, parameter, times }) {
  const rule = ruleOf(kind);
  toggle.checked = rule !== undefined;
  toggle.closest("li")?.classList.toggle("on", rule !== undefined);
  const happened = rule && known ? (known.happened[known.plan.rules.indexOf(rule)] ?? 0) : 0;
  times.textContent = rule ? `${happened}×` : "";
  times.ariaLabel = rule ? `terjadi ${happened} kali` : "";
  if (!rule) return;
  const value = parameter && rule[/** @type {"status"} */ (parameter.dataset.name)];
  if (parameter && value !== undefined && document.activeElement !== parameter) parameter.value = String(value);
  if (often) showFrequency(often, rule);
}

/** @param {HTMLSelectElement} often @param {FaultRule} rule */
function showFrequency(often, { probability, next, forSeconds, methods, chat }) {
  const said = JSON.stringify({ probability, next, forSeconds, methods, chat });
  const name = frequencies.find(({ limits }) => JSON.stringify(limits) === said)?.name;
  if (!name && often.options.length === frequencies.length) often.append(element("option", { text: OTHER }));
  often.value = name ?? OTHER;
}

// What has happened.

/** @param {FaultHit[]} record oldest first */
function drawHits(record) {
  const lines = record.toReversed().map((hit) => {
    const { chat, rule } = hit;
    const where = [callOf(hit), chat === undefined ? "" : nameOfChat(chat)].filter(Boolean).join(" · ");
    return element(
      "li",
      {},
      element("time", { text: timeOf(hit) }),
      element("span", { text: wordsOf(rule.kind).name }),
      element("small", { text: where }),
    );
  });
  part(document, "#faults [data-part=hits]").replaceChildren(...lines);
  part(document, "#faults [data-part=nothing]").hidden = lines.length > 0;
}
