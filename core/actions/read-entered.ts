import { type Answers, type Field, parseAnswers } from "../domain/form/field.ts";
import { refusalOfFormulas } from "../domain/ipam/grounds.ts";
import type { Outcome } from "../domain/outcome.ts";
import type { Setting } from "./setting.ts";

/** Answers about addresses, which go into spreadsheets later. */
export function readEntered({ now, rules }: Setting, fields: readonly Field[], answers: Answers): Outcome<Answers> {
  const parsed = parseAnswers(fields, answers, { now, zone: rules.zone, domain: rules.names.domain });
  if (!parsed.ok) return parsed;
  const safe = refusalOfFormulas(parsed.value);
  return safe.ok ? parsed : safe;
}
