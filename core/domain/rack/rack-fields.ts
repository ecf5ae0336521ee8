import type { Answers, Field } from "../form/field.ts";
import { faces } from "./place.ts";
import { mostFeeds, mostWatts } from "./power-feed.ts";
import { highestRackU } from "./units.ts";

export const roomName = { name: "name", kind: "line", maxLength: 80 } as const satisfies Field;
/** Of a room or a rack. */
const rackCode = { name: "code", kind: "line", maxLength: 40 } as const satisfies Field;
export const roomFields = [rackCode, roomName] as const satisfies Field[];

export const rackHeight = {
  name: "height",
  kind: "number",
  min: 1,
  max: highestRackU,
  example: 42,
} as const satisfies Field;
export const rackFields = [rackCode, rackHeight] as const satisfies Field[];

export const feedFields = [
  { name: "name", kind: "line", maxLength: 20 },
  { name: "capacity", kind: "number", min: 1, max: mostWatts, example: 3000 },
] as const satisfies Field[];

const feedCount = {
  name: "feeds",
  kind: "choice",
  choices: Array.from({ length: mostFeeds }, (_, index) => String(index + 1)),
} as const satisfies Field;

/** What is asked of something that is put into a rack. What needs no power is on no feed. */
export function deviceFields({ watts }: Answers): Field[] {
  return [
    { name: "height", kind: "height-u" },
    { name: "face", kind: "choice", choices: faces },
    { name: "watts", kind: "number", min: 0, max: mostWatts, example: 350 },
    ...(watts === "0" ? [] : [feedCount]),
  ];
}

/** The unit in which it begins, where it is not one that was proposed. */
export const wishedUnit = { name: "unit", kind: "rack-unit" } as const satisfies Field;

/** The handover record with which a device is given back, and who gets it for its office. */
export const returnFields = [
  { name: "record-number", kind: "line", maxLength: 60 },
  { name: "record-date", kind: "day" },
  { name: "received-by", kind: "line", maxLength: 80 },
] as const satisfies Field[];
