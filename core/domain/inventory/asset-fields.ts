import { isLikeFormula } from "../form/csv.ts";
import { type Answers, type Field, inMbps } from "../form/field.ts";
import { maintainerKinds } from "../maintenance/maintainer.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import type { Asset, AssetKind } from "./asset.ts";

/** What is entered of an asset, and can be changed; whose it is and its state are changed by themselves. */
export type AssetValues = Pick<
  Asset,
  | "kind"
  | "name"
  | "model"
  | "serialNumber"
  | "assetTag"
  | "location"
  | "ports"
  | "provider"
  | "circuitNumber"
  | "bandwidthMbps"
  | "endsOn"
  | "maintainer"
>;

/** The answer of `maintainer` that leaves it to the register of classes (R65). */
export const byClass = "by-class";

/** More than any cable between two offices carries. */
const mostMbps = 1_000_000;
const mostPorts = 1024;

/** Each question with what it becomes. */
const fields = {
  name: { name: "name", kind: "line", maxLength: 60 },
  model: { name: "model", kind: "line", maxLength: 80, optional: true },
  "serial-number": { name: "serial-number", kind: "line", maxLength: 60, optional: true },
  "asset-tag": { name: "asset-tag", kind: "line", maxLength: 60, optional: true },
  location: { name: "location", kind: "line", maxLength: 120, optional: true },
  ports: { name: "ports", kind: "number", min: 0, max: mostPorts, example: 24, optional: true },
  provider: { name: "provider", kind: "line", maxLength: 80, optional: true },
  "circuit-number": { name: "circuit-number", kind: "line", maxLength: 60, optional: true },
  "bandwidth-mbps": {
    name: "bandwidth-mbps",
    kind: "number",
    min: 1,
    max: mostMbps,
    example: 200,
    units: inMbps,
    optional: true,
  },
  "ends-on": { name: "ends-on", kind: "day", mayBeAhead: true, optional: true },
  maintainer: { name: "maintainer", kind: "choice", choices: [byClass, ...maintainerKinds] },
} as const satisfies Record<string, Field>;

export type AssetField = keyof typeof fields;

/** By the name of the question. */
export const keyOfField = {
  name: "name",
  model: "model",
  "serial-number": "serialNumber",
  "asset-tag": "assetTag",
  location: "location",
  ports: "ports",
  provider: "provider",
  "circuit-number": "circuitNumber",
  "bandwidth-mbps": "bandwidthMbps",
  "ends-on": "endsOn",
  maintainer: "maintainer",
} as const satisfies Record<AssetField, keyof AssetValues>;

export const assetFields = Object.keys(fields) as AssetField[];

const device = ["name", "model", "serial-number", "asset-tag", "location", "maintainer"] as const;
/** A cable goes into it. */
const withPorts = ["name", "model", "serial-number", "asset-tag", "location", "ports", "maintainer"] as const;
const link = ["provider", "circuit-number", "bandwidth-mbps", "ends-on"] as const;

/** What each kind is asked. */
const askedOf: Record<AssetKind, readonly AssetField[]> = {
  router: withPorts,
  switch: withPorts,
  "access-point": withPorts,
  server: withPorts,
  storage: withPorts,
  security: withPorts,
  "patch-panel": withPorts,
  outlet: ["name", "asset-tag", "location", "ports", "maintainer"],
  ups: withPorts,
  backbone: ["name", "asset-tag", "location", ...link, "maintainer"],
  bandwidth: ["name", ...link, "location", "maintainer"],
  "office-lan": ["name", "location", "maintainer"],
  pc: device,
  printer: device,
  other: withPorts,
};

/** A contract says from whom, how much and until when. */
const neededOf: Partial<Record<AssetKind, readonly AssetField[]>> = {
  bandwidth: ["provider", "bandwidth-mbps", "ends-on"],
};

/** The questions about something of that kind, beside the kind itself. */
export function fieldsOf(kind: AssetKind): Field[] {
  return askedOf[kind].map((name) => {
    const field: Field = fields[name];
    if (!neededOf[kind]?.includes(name) || !("optional" in field)) return field;
    const { optional: _optional, ...needed } = field;
    return needed;
  });
}

export function isAskedOf(kind: AssetKind, field: AssetField): boolean {
  return askedOf[kind].includes(field);
}

/** @param answers of `fieldsOf(kind)`, which were read */
export function valuesOf(kind: AssetKind, answers: Answers): AssetValues {
  const text = (field: AssetField) => answers[field] ?? null;
  const number = (field: AssetField) => (answers[field] === undefined ? null : Number(answers[field]));
  return {
    ...{ kind, name: answers.name ?? "", model: text("model"), serialNumber: text("serial-number") },
    ...{ assetTag: text("asset-tag"), location: text("location"), ports: number("ports") ?? 0 },
    ...{ provider: text("provider"), circuitNumber: text("circuit-number"), bandwidthMbps: number("bandwidth-mbps") },
    ...{ endsOn: text("ends-on"), maintainer: maintainerKinds.find((each) => each === answers.maintainer) ?? null },
  };
}

/** The answers that such values are, of the questions that its kind is asked. */
export function answersOf(values: AssetValues): Answers {
  const entered = askedOf[values.kind].flatMap((field): [string, string][] => {
    const value = values[keyOfField[field]];
    if (field === "maintainer") return [[field, values.maintainer ?? byClass]];
    return value === null || value === 0 ? [] : [[field, String(value)]];
  });
  return Object.fromEntries(entered);
}

/** All of it goes into spreadsheets, which would run it. */
export function refusalOfFormulas(values: AssetValues): Outcome {
  const field = assetFields.find((each) => isLikeFormula(String(values[keyOfField[each]] ?? "")));
  return field === undefined ? accept() : refuse("text-like-formula", { field });
}

/** By what one asset is told from all others, and what is said where another has it. */
export const takenCodes = {
  name: "asset-name-taken",
  "asset-tag": "asset-tag-taken",
  "serial-number": "serial-number-taken",
} as const satisfies Partial<Record<AssetField, string>>;
