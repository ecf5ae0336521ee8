/**
 * The rules say no: expected, answered with its reason and the next step, never logged as an error.
 * `values` are what the sentence needs: ids, names, times (ISO 8601), limits.
 */
export type Refusal<Code extends string = string> = { code: Code; values: Record<string, string | number> };

export type Outcome<Value = undefined, Code extends string = string> =
  | { ok: true; value: Value }
  | { ok: false; refusal: Refusal<Code> };

export function accept(): { ok: true; value: undefined };
export function accept<Value>(value: Value): { ok: true; value: Value };
export function accept(value?: unknown) {
  return { ok: true, value };
}

export function refuse<Code extends string>(code: Code, values: Record<string, string | number> = {}) {
  return { ok: false as const, refusal: { code, values } };
}

/** The same refusal, about that question of a form, which is asked again. */
export function refuseAbout(field: string, { code, values }: Refusal) {
  return refuse(code, { ...values, field });
}
