import { describe, expect, it } from "vitest";
import { compareLooks, type Drift } from "../../../../core/domain/hosting/drift.ts";
import { judgeState } from "../../../../core/domain/hosting/state-watch.ts";

const at = new Date("2026-11-22T02:00:00Z");

describe("whose a state is", () => {
  it.each([
    ["the same that a machine of ours left", "left", null, "left", "ours"],
    ["another than a machine of ours left", "left", null, "another", "foreign"],
    ["of a stack that was removed", "left", null, "", "foreign"],
    ["never written by a machine of ours", null, null, "any", "not-known"],
    ["while a machine of ours is writing, or was ended", "left", at, "another", "not-known"],
  ] as const)("%s", (_, stateHash, writingSince, present, verdict) => {
    const known = { stateHash, stateHashAt: stateHash === null ? null : at, writingSince };
    expect(judgeState(known, present)).toBe(verdict);
  });
});

describe("two looks", () => {
  const memory: Drift = { kind: "container", name: "web-a", property: "memory", from: "64 MB", to: "96 MB" };
  const more: Drift = { ...memory, to: "128 MB" };
  const environment: Drift = { kind: "container", name: "web-a", property: "envs" };
  const ofDatabase: Drift = { ...memory, name: "database" };

  it.each([
    ["nothing, twice", [], [], [], []],
    ["what stays", [memory, environment], [environment, memory], [], []],
    ["what is new", [memory], [memory, environment], [environment], []],
    ["what is gone", [memory, environment], [environment], [], [memory]],
    ["what differs otherwise", [memory], [more], [more], [memory]],
    ["the same of another container", [memory], [ofDatabase], [ofDatabase], [memory]],
  ])("%s", (_, former, present, found, gone) => {
    expect(compareLooks(former, present)).toEqual({ found, gone });
  });
});
