import type { Field } from "../form/field.ts";

/** Where a name leads, and why elsewhere where it does. */
export const targetFields = [
  { name: "target", kind: "line", maxLength: 400 },
  { name: "elsewhere", kind: "line", maxLength: 200, optional: true },
] as const satisfies Field[];

/** The same of a name that is given: it may lead nowhere yet. */
export const firstTargetFields = [{ ...targetFields[0], optional: true }, targetFields[1]] as const satisfies Field[];

/** A village, and the sub-district by which it is told from others of its name. */
export function villageFields(districts: readonly string[]): Field[] {
  return [
    { name: "village", kind: "line", maxLength: 80 },
    { name: "district", kind: "choice", choices: districts, findsByPart: true },
  ];
}
