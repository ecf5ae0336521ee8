import { type Answers, type Field, inMbps, inSeconds } from "../form/field.ts";
import { type LinkKind, linkKinds } from "./link.ts";
import type { Policy } from "./policy.ts";
import type { Target, TargetKind } from "./target.ts";

/** What is known of a target beside its name, whose it is and what it lies behind. What is a link's, a site's or a device's own is null of others. */
export type TargetDetails = {
  /** of a device: what the inventory calls it */
  assetId: number | null;
  /** that is hosted */
  applicationId: number | null;
  /** of a site: who is asked whether there is power */
  contact: string | null;
  /** of a site: an address or words, for who goes there */
  place: string | null;
  linkKind: LinkKind | null;
  provider: string | null;
  circuitNumber: string | null;
  bandwidthMbps: number | null;
  /** 2027-12-31 */
  endsOn: string | null;
  nocPhone: string | null;
  /** what it says itself of how it is judged */
  policy: Partial<Policy>;
  /** the public page may show it, where the profile shows what is of its kind */
  isPublic: boolean;
};

export const noDetails: TargetDetails = {
  ...{ assetId: null, applicationId: null, contact: null, place: null, linkKind: null },
  ...{ provider: null, circuitNumber: null, bandwidthMbps: null, endsOn: null, nocPhone: null, policy: {} },
  isPublic: true,
};

/** What people enter; applications come by themselves, and others by hand. */
export const targetKinds = ["site", "link", "device", "application", "job"] as const satisfies TargetKind[];

/** What agreements say mostly. source: office practice */
export const agreedPercents = ["95", "97", "98", "99", "99.5", "99.9"] as const;

const agreed = { name: "agreed-percent", kind: "percent", min: 50, max: 100, optional: true } as const;
/** Not asked of devices, which never stand on the public page. */
const isPublic = { name: "public", kind: "choice", choices: ["yes", "no"], optional: true } as const;
const interval = {
  ...({ name: "interval", kind: "number", min: 10, max: 86_400, example: 30, units: inSeconds } as const),
  optional: true,
} as const;

const ofLinks = [
  { name: "link-kind", kind: "choice", choices: linkKinds },
  { name: "provider", kind: "line", maxLength: 80, optional: true },
  { name: "circuit-number", kind: "line", maxLength: 60, optional: true },
  { name: "bandwidth-mbps", kind: "number", min: 1, max: 1_000_000, example: 200, units: inMbps, optional: true },
  { name: "ends-on", kind: "day", mayBeAhead: true, optional: true },
  { name: "noc-phone", kind: "line", maxLength: 60, withPhone: "short", optional: true },
] as const satisfies Field[];

const ofSites = [
  { name: "place", kind: "line", maxLength: 160, optional: true },
  { name: "contact", kind: "line", maxLength: 120, withPhone: true, optional: true },
] as const satisfies Field[];

/** What is asked of that kind, beside whose it is and what it lies behind. */
export function targetFieldsOf(kind: TargetKind): readonly Field[] {
  const name: Field = { name: "name", kind: "line", maxLength: 60 };
  // When it comes is its check's to say.
  if (kind === "job") return [name, agreed, isPublic];
  if (kind === "link") return [name, ...ofLinks, interval, agreed, isPublic];
  if (kind === "site") return [name, ...ofSites, interval, agreed, isPublic];
  return kind === "device" ? [name, interval, agreed] : [name, interval, agreed, isPublic];
}

/** How it is judged, where it says so itself. The form asks it of what is there already, a list of new ones, too. */
const thresholds = [
  { name: "loss-percent", kind: "number", min: 1, max: 100, example: 20, optional: true },
  { name: "latency-ms", kind: "number", min: 1, max: 60_000, example: 700, optional: true },
  { name: "misses", kind: "number", min: 1, max: 20, optional: true },
] as const satisfies Field[];

/** What is asked when that kind is changed, and what a list may say of it. */
export function changeFieldsOf(kind: TargetKind): readonly Field[] {
  return kind === "job" ? targetFieldsOf(kind) : [...targetFieldsOf(kind), ...thresholds];
}

/** Which figure each question about how it is judged asks for. */
export const policyKeys = {
  interval: "intervalSeconds",
  "agreed-percent": "agreedPercent",
  "loss-percent": "degradedLossPercent",
  "latency-ms": "degradedLatencyMs",
  misses: "missesUntilDown",
} as const satisfies Record<string, keyof Policy>;

function policyIn(answers: Answers): Partial<Policy> {
  const said = Object.entries(policyKeys).flatMap(([name, key]) =>
    answers[name] === undefined ? [] : [[key, Number(answers[name])]],
  );
  return Object.fromEntries(said);
}

/** Of a policy what nobody is asked. */
export function unaskedPolicy(policy: Partial<Policy>): Partial<Policy> {
  const asked: string[] = Object.values(policyKeys);
  return Object.fromEntries(Object.entries(policy).filter(([key]) => !asked.includes(key)));
}

/** @param answers that were checked */
export function detailsIn(answers: Answers): { name: string } & TargetDetails {
  const number = (name: string) => (answers[name] === undefined ? null : Number(answers[name]));
  return {
    ...noDetails,
    name: answers.name ?? "",
    contact: answers.contact ?? null,
    place: answers.place ?? null,
    linkKind: linkKinds.find((each) => each === answers["link-kind"]) ?? null,
    provider: answers.provider ?? null,
    circuitNumber: answers["circuit-number"] ?? null,
    bandwidthMbps: number("bandwidth-mbps"),
    endsOn: answers["ends-on"] ?? null,
    nocPhone: answers["noc-phone"] ?? null,
    policy: policyIn(answers),
    isPublic: answers.public !== "no",
  };
}

/** What stands there, as it is asked. */
export function answersOfTarget(target: Pick<Target, "name"> & TargetDetails): Answers {
  const all = {
    name: target.name,
    contact: target.contact,
    place: target.place,
    "link-kind": target.linkKind,
    provider: target.provider,
    "circuit-number": target.circuitNumber,
    "bandwidth-mbps": target.bandwidthMbps,
    "ends-on": target.endsOn,
    "noc-phone": target.nocPhone,
    public: target.isPublic ? "yes" : "no",
    ...Object.fromEntries(Object.entries(policyKeys).map(([name, key]) => [name, target.policy[key] ?? null])),
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );
}
