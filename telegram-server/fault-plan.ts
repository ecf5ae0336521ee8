import { methods } from "./calls/methods.ts";
import { type FaultKind, type FaultRule, faultKinds, type Moment, momentOf, parameterOf } from "./fault-kinds.ts";
import { isObject, type JsonObject } from "./parameters.ts";
import { PersonRefusal } from "./person-refusal.ts";

/** A fault that happened. A list of them is a recording. */
export type FaultHit = {
  /** by the clock that no fault has shifted, ISO 8601 */
  at: string;
  /** the method, "download", or the moment where it was no call */
  place: string;
  /** of what came to that place since the plan began, from 1 */
  nth: number;
  chat?: number;
  /** what decided, and what decides on the rest: the order of a batch, the next update id */
  draw: number;
  rule: FaultRule;
};

/** Faults by chance, or those of a recording again, each at the position at which it happened. Without a seed one is drawn. */
export type FaultPlan = { seed?: number; rules: FaultRule[] } | { replay: FaultHit[] };

const example = '{ "seed": 7, "rules": [{ "kind": "server-error", "probability": 0.2, "methods": ["sendMessage"] }] }';

/**
 * A plan as it came, in its shortest form: parameters that are not said are the usual ones.
 * @throws PersonRefusal 400
 */
export function readFaultPlan(given: unknown): FaultPlan {
  if (!isObject(given)) throw refusal(`Rencana gangguan harus objek JSON, misalnya ${example}.`);
  refuseUnknown(given, "replay" in given ? ["replay"] : ["seed", "rules"], "Rencana gangguan");
  if ("replay" in given) return { replay: list(given.replay, "replay").map((hit, index) => readHit(hit, index + 1)) };
  const seed = optionalWhole(given, "seed", 0, 2 ** 32 - 1, "Rencana gangguan", 7);
  const rules = list(given.rules, "rules").map((rule, index) => readRule(rule, `Aturan ${index + 1}`));
  const keys = rules.map((rule) => JSON.stringify(rule));
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (twice >= 0) throw refusal(`Aturan ${twice + 1} sama dengan aturan sebelumnya. Hapus salah satunya.`);
  return { ...(seed === undefined ? {} : { seed }), rules };
}

function list(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw refusal(`Kolom "${name}" harus berupa daftar. Contoh rencana: ${example}.`);
}

function readHit(given: unknown, position: number): FaultHit {
  const where = `Rekaman ${position}`;
  if (!isObject(given) || typeof given.place !== "string" || typeof given.at !== "string") {
    throw refusal(`${where} bukan rekaman dari GET /playground/faults/record.`);
  }
  const { at, place } = given;
  const nth = requiredWhole(given, "nth", 1, where);
  const draw = requiredWhole(given, "draw", 0, where);
  const chat = optionalWhole(given, "chat", -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, where, 1001);
  return { at, place, nth, ...(chat === undefined ? {} : { chat }), draw, rule: readRule(given.rule, where) };
}

function readRule(given: unknown, where: string): FaultRule {
  if (!isObject(given)) throw refusal(`${where} harus objek JSON, misalnya { "kind": "half-open", "next": 1 }.`);
  const kind = readKind(given.kind, where);
  const parameter = parameterOf(kind);
  const known = ["kind", ...(parameter === undefined ? [] : [parameter.name]), ...limitsOf(momentOf(kind))];
  refuseUnknown(given, known, `${where} (${kind})`);
  const rule: FaultRule = { kind };
  if (parameter !== undefined) {
    const { name, usual, least, most, among } = parameter;
    const value = optionalNumber(given, name, least, most, where, usual) ?? usual;
    if (among !== undefined && !among.includes(value)) {
      throw refusal(`${where}: "${name}" harus salah satu dari ${among.join(", ")}.`);
    }
    rule[name] = value;
  }
  const probability = optionalNumber(given, "probability", 0, 1, where, 0.2);
  if (probability !== undefined) rule.probability = probability;
  const next = optionalWhole(given, "next", 1, 1_000_000, where, 3);
  if (next !== undefined) rule.next = next;
  const forSeconds = optionalNumber(given, "forSeconds", 0, 1_000_000, where, 60);
  if (forSeconds !== undefined) rule.forSeconds = forSeconds;
  const chat = optionalWhole(given, "chat", -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, where, 1001);
  if (chat !== undefined) rule.chat = chat;
  if (given.methods !== undefined) rule.methods = readMethods(given.methods, where);
  return rule;
}

/** What can be said of when a fault happens: only calls have methods, and a batch is of many chats. */
function limitsOf(moment: Moment): string[] {
  if (moment === "start") return ["forSeconds"];
  const ofAll = ["probability", "next", "forSeconds"];
  if (moment === "batch") return ofAll;
  return moment === "call" ? [...ofAll, "methods", "chat"] : [...ofAll, "chat"];
}

function readKind(given: unknown, where: string): FaultKind {
  if (typeof given === "string" && Object.hasOwn(faultKinds, given)) return given as FaultKind;
  throw refusal(`${where}: "kind" harus salah satu dari ${Object.keys(faultKinds).join(", ")}.`);
}

/** As Telegram's documentation writes them. */
function readMethods(given: unknown, where: string): string[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw refusal(`${where}: "methods" harus daftar nama, misalnya ["sendMessage", "editMessageText"].`);
  }
  for (const name of given) {
    if (name === "download" || methods.get(String(name).toLowerCase())?.name === name) continue;
    throw refusal(`${where}: metode "${name}" tidak dikenal, misalnya "sendMessage".`);
  }
  return given;
}

function refuseUnknown(given: JsonObject, known: string[], where: string): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw refusal(`${where}: kolom "${unknown}" tidak dikenal. Yang ada: ${known.join(", ")}.`);
}

function optionalNumber(
  given: JsonObject,
  name: string,
  least: number,
  most: number,
  where: string,
  suchAs: number,
): number | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw refusal(`${where}: "${name}" harus bilangan dari ${least} sampai ${most}, misalnya ${suchAs}.`);
}

function optionalWhole(...question: Parameters<typeof optionalNumber>): number | undefined {
  const [, name, , , where, suchAs] = question;
  const value = optionalNumber(...question);
  if (value === undefined || Number.isSafeInteger(value)) return value;
  throw refusal(`${where}: "${name}" harus bilangan bulat, misalnya ${suchAs}.`);
}

function requiredWhole(given: JsonObject, name: string, least: number, where: string): number {
  const value = optionalWhole(given, name, least, Number.MAX_SAFE_INTEGER, where, least);
  if (value === undefined) throw refusal(`${where}: kolom "${name}" tidak ada.`);
  return value;
}

function refusal(sentence: string): PersonRefusal {
  return new PersonRefusal(400, sentence);
}
