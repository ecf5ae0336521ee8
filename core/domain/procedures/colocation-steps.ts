import type { Field } from "../form/field.ts";
import { faces } from "../rack/place.ts";
import { mostWatts } from "../rack/power-feed.ts";
import { address, handoverRecord, reachableFrom, recordResult } from "./hosting-questions.ts";
import { files, note, optionalNote, type Step } from "./procedure.ts";

const colocationChecks = ["rack", "power", "server-condition", "software-quality", "other"] as const;
/** The place of a server: its size and power first, then one that fits, and a port of a switch (R11). */
const place = [
  { name: "device-height", kind: "height-u" },
  { name: "rack-face", kind: "choice", choices: faces },
  { name: "watts", kind: "number", min: 0, max: mostWatts, example: 350 },
  { name: "power-feeds", kind: "choice", choices: ["2", "1", "0"] },
  {
    name: "rack-place",
    kind: "register",
    register: "rack-places",
    dependsOn: ["device-height", "rack-face", "watts", "power-feeds"],
  },
  { name: "switch-port", kind: "register", register: "switch-ports", optional: true },
] as const satisfies Field[];

/** Kept for the time of the approval; reserved anew, the former place is free. */
function reservePlace(name: string, state: string): Step {
  return { name, role: "data-center", from: state, to: state, asks: place, takes: "place", source: "R11" };
}

/** R04, from the classification to the report that the server is mounted (L IV.1, 4-10). */
export const colocation: readonly Step[] = [
  {
    name: "classify-colocation",
    role: "data-center",
    from: "classifying",
    to: "checking-colocation",
    asks: [optionalNote],
  },
  recordResult("record-colocation-check", "checking-colocation", colocationChecks),
  reservePlace("reserve-place", "checking-colocation"),
  {
    name: "report-colocation-checks",
    role: "data-center",
    from: "checking-colocation",
    to: "awaiting-colocation-approval",
    asks: [note],
    needsChecksOf: "record-colocation-check",
    needsPlace: { unlessFailed: "rack" },
  },
  {
    name: "approve-colocation",
    role: "leadership",
    from: "awaiting-colocation-approval",
    to: "receiving-server",
    asks: [optionalNote],
    decides: "approved",
    readsChecksOf: "record-colocation-check",
  },
  {
    name: "reject-colocation",
    role: "leadership",
    from: "awaiting-colocation-approval",
    to: "telling-colocation-rejection",
    asks: [note],
    decides: "rejected",
    frees: true,
  },
  {
    name: "colocation-approval-lapses",
    role: "leadership",
    by: "clock",
    from: "awaiting-colocation-approval",
    to: "colocation-approval-lapsed",
    decides: "lapsed",
    source: "office practice",
  },
  {
    name: "ask-colocation-approval-again",
    role: "data-center",
    from: "colocation-approval-lapsed",
    to: "awaiting-colocation-approval",
    asks: [{ ...note, suggestions: "last-note" }],
    source: "office practice",
  },
  {
    name: "tell-colocation-rejection",
    role: "non-technical",
    from: "telling-colocation-rejection",
    to: "closed",
    asks: [{ ...note, suggestions: "last-note" }],
    tellsRequester: true,
    readsChecksOf: "record-colocation-check",
    resolves: true,
  },

  reservePlace("reserve-another-place", "receiving-server"),
  {
    name: "receive-server",
    role: "data-center",
    from: "receiving-server",
    to: "mounting-server",
    asks: [
      ...handoverRecord,
      { name: "device-name", kind: "line", maxLength: 60 },
      { name: "model", kind: "line", maxLength: 80 },
      { name: "serial-number", kind: "line", maxLength: 60 },
      { name: "network-ports", kind: "number", min: 1, max: 64 },
      { name: "server-description", kind: "text", maxLength: 1000, optional: true },
      { name: "handed-by", kind: "line", maxLength: 80, optional: true },
      { name: "handover-record", kind: "files", optional: true },
    ],
    takes: "server",
    needsPlace: {},
    workOrder: "issue",
  },
  {
    name: "mount-server",
    role: "it-support",
    from: "mounting-server",
    to: "setting-server-address",
    asks: [note, files],
    takes: "cable",
    workOrder: "forward",
  },
  {
    name: "set-server-address",
    role: "infrastructure",
    from: "setting-server-address",
    to: "reporting-mounting",
    asks: address,
    takes: "address",
    workOrder: "return",
  },
  {
    name: "mounting-is-incomplete",
    role: "data-center",
    from: "reporting-mounting",
    to: "mounting-server",
    asks: [note],
    workOrder: "forward",
    source: "R06",
  },
  {
    name: "report-mounting",
    role: "data-center",
    from: "reporting-mounting",
    to: "telling-office",
    asks: [reachableFrom, note],
    workOrder: "close",
  },
];
