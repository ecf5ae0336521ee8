import type { Field } from "../form/field.ts";

/** What a new prefix is asked. The zone is named; one that is not there yet is made. */
export const prefixFields = [
  { name: "zone", kind: "line", maxLength: 40, isZone: true },
  { name: "network", kind: "prefix" },
  { name: "name", kind: "line", maxLength: 80 },
] as const satisfies Field[];
