import { readBody } from "./body.ts";
import { isObject } from "./parameters.ts";
import { PersonRefusal } from "./person-refusal.ts";

/** @throws PersonRefusal 400 no object; Refusal 413 */
export async function readJson(request: Request, mostBytes = 2 ** 20): Promise<Record<string, unknown>> {
  const body = await readBody(request.body, mostBytes);
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new PersonRefusal(400, "Isi permintaan bukan JSON.");
  }
  if (!isObject(value)) throw new PersonRefusal(400, "Isi permintaan bukan objek JSON.");
  return value;
}
