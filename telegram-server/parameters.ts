import { type Form, parseMultipart } from "./multipart.ts";
import { badRequest } from "./refusal.ts";

/**
 * What a call brings. As on Telegram every value is a string, whatever way it came: an object in a form is its JSON text, and a
 * JSON body's objects are turned back into theirs.
 */
export type Parameters = Form;

/** @throws Refusal 400 */
export function readParameters(query: URLSearchParams, contentType: string, body: Buffer): Parameters {
  const parameters = readBody(contentType, body);
  for (const [name, value] of query) if (!parameters.fields.has(name)) parameters.fields.set(name, value);
  return parameters;
}

function readBody(contentType: string, body: Buffer): Parameters {
  const type = contentType.split(";")[0]?.trim().toLowerCase();
  if (body.length === 0) return { fields: new Map(), files: new Map() };
  if (type === "multipart/form-data") return parseMultipart(body, contentType);
  if (type === "application/json") return { fields: jsonFields(body), files: new Map() };
  if (type === "application/x-www-form-urlencoded") {
    return { fields: new Map(new URLSearchParams(body.toString("utf8"))), files: new Map() };
  }
  // Telegram reads no other type, and goes on without parameters.
  return { fields: new Map(), files: new Map() };
}

function jsonFields(body: Buffer): Map<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    // Telegram says nothing about a broken body, and goes on without parameters.
    return new Map();
  }
  if (!isObject(value)) return new Map();
  const fields = new Map<string, string>();
  for (const [name, field] of Object.entries(value)) {
    if (field !== null) fields.set(name, typeof field === "string" ? field : JSON.stringify(field));
  }
  return fields;
}

/** "" where it is missing. */
export function textOf(parameters: Parameters, name: string): string {
  return parameters.fields.get(name) ?? "";
}

/** As tdlib's `to_integer`: the digits at the beginning, 0 where there are none. */
export function integerOf(parameters: Parameters, name: string, fallback = 0): number {
  const value = textOf(parameters, name);
  if (value === "") return fallback;
  const number = Number.parseInt(value, 10);
  return Number.isSafeInteger(number) ? number : 0;
}

export function flagOf(parameters: Parameters, name: string): boolean {
  return ["true", "yes", "1"].includes(textOf(parameters, name).toLowerCase());
}

/**
 * A JSON-encoded parameter; `undefined` where it is missing.
 *
 * @param what how Telegram's error names it, e.g. "reply keyboard markup"
 * @throws Refusal 400 "can't parse … JSON object"
 */
export function jsonOf(parameters: Parameters, name: string, what: string): unknown {
  const value = textOf(parameters, name);
  if (value === "") return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest(`can't parse ${what} JSON object`);
  }
}

export type JsonObject = { [field: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
