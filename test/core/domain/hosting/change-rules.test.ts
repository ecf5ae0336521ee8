import { describe, expect, it } from "vitest";
import type { ApplicationState, Revision } from "../../../../core/domain/hosting/application.ts";
import {
  type LaterChange,
  mayAskToChange,
  nextRevision,
  refusalOfChange,
  refusalOfSame,
  revisionLike,
  stateAfter,
  takesOver,
  type WantedChange,
} from "../../../../core/domain/hosting/change-rules.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { aPerson } from "../../../support/domain.ts";

const now = new Date("2026-11-28T03:00:00Z");
const later = new Date("2026-12-28T03:00:00Z");
const changes: LaterChange[] = ["version", "size", "name", "roll-back", "stop", "start", "delete", "purge"];

const standing: Revision = {
  ...{ id: 1, ticketId: 42, change: "new", domainName: "simpeg.labura.go.id", size: "small", attachmentId: 9 },
  ...{ dumpId: null, imageId: "sha256:1", slot: "a", isRunning: true, state: "built" },
};
const former: Revision = { ...standing, id: 7, attachmentId: 3, imageId: "sha256:0", size: "large" };

describe("what can be done with an application", () => {
  const codes = (
    state: ApplicationState,
    { keptUntil = null, isKept = true }: { keptUntil?: Date | null; isKept?: boolean } = {},
  ) =>
    changes.map((change) => {
      const may = refusalOfChange({ state, keptUntil, isKept }, change, now);
      return may.ok ? "ok" : may.refusal.code;
    });
  const all = (code: string) => changes.map(() => code);

  // In the order: version, size, name, roll-back, stop, start, delete, purge. biome-ignore format: a table
  it.each([
    ["built", ["ok", "ok", "ok", "ok", "ok", "application-runs-already", "ok", "application-not-deleted"]],
    [
      "stopped",
      [
        ...["application-not-running", "application-not-running", "application-not-running", "application-not-running"],
        ...["application-stopped-already", "ok", "ok", "application-not-deleted"],
      ],
    ],
    ["planned", [...all("application-not-built").slice(1), "application-not-deleted"]],
    ["isolated", [...all("application-isolated").slice(1), "application-not-deleted"]],
    ["removed", [...all("no-such-application").slice(1), "application-not-deleted"]],
  ] as const)("that is %s", (state, expected) => {
    expect(codes(state)).toEqual(expected);
  });

  it.each([
    ["while it is kept", { keptUntil: later }, "ok", "kept-time-not-over"],
    ["at the end of its time", { keptUntil: now }, "kept-time-over", "kept-time-not-over"],
    ["released", { keptUntil: now, isKept: false }, "kept-time-over", "ok"],
  ])("that is deleted, %s", (_, kept, start, purge) => {
    const deleted = "application-deleted";
    expect(codes("deleted", kept)).toEqual([deleted, deleted, deleted, deleted, deleted, start, deleted, purge]);
  });

  it.each<[string, Role, number, boolean]>([
    ["somebody of its office", "user", 1, true],
    ["somebody of another office", "user", 2, false],
    ["the help desk of another office", "help-desk", 2, false],
    ["the data center", "data-center", 2, true],
    ["leadership", "leadership", 2, true],
  ])("is asked by %s: %s", (_, role, officeId, expected) => {
    const person = { ...aPerson(5, [role]), officeId };
    expect(mayAskToChange(person, { officeId: 1 })).toBe(expected);
  });
});

describe("what would be the same", () => {
  it.each<[string, WantedChange, string | undefined]>([
    ["size", { change: "size", size: "small" }, "same-size"],
    ["another size", { change: "size", size: "large" }, undefined],
    ["name", { change: "name", domainName: "simpeg.labura.go.id" }, "same-name"],
    ["another name", { change: "name", domainName: "sdm.labura.go.id" }, undefined],
    ["version", { change: "roll-back", former: { ...former, imageId: "sha256:1" } }, "nothing-to-roll-back"],
    ["no version", { change: "roll-back", former: undefined }, "nothing-to-roll-back"],
    ["a former version", { change: "roll-back", former }, undefined],
    ["stopping", { change: "stop" }, undefined],
  ])("%s", (_, wanted, code) => {
    const may = refusalOfSame(standing, wanted);
    expect(may.ok ? undefined : may.refusal.code).toBe(code);
  });
});

describe("the next revision", () => {
  it.each<[string, WantedChange, Partial<Revision>]>([
    [
      "version: another file in the other slot, without an image yet",
      { change: "version", attachmentId: 11, dumpId: null },
      { attachmentId: 11, imageId: null, slot: "b" },
    ],
    ["size: the same image in the other slot", { change: "size", size: "large" }, { size: "large", slot: "b" }],
    ["name: nothing else", { change: "name", domainName: "sdm.labura.go.id" }, { domainName: "sdm.labura.go.id" }],
    [
      "roll back: the former image and file in the other slot, in the size of now",
      { change: "roll-back", former },
      { attachmentId: 3, imageId: "sha256:0", slot: "b" },
    ],
    ["stop", { change: "stop" }, { isRunning: false }],
    ["start", { change: "start" }, {}],
    ["delete", { change: "delete" }, { isRunning: false }],
    ["purge", { change: "purge" }, { isRunning: false }],
  ])("%s", (_, wanted, differs) => {
    const { id: _id, ticketId: _ticketId, state: _state, ...same } = standing;
    expect(nextRevision(standing, wanted)).toEqual({ ...same, change: wanted.change, ...differs });
  });

  it("comes back to slot a after slot b", () => {
    expect(nextRevision({ ...standing, slot: "b" }, { change: "size", size: "large" }).slot).toBe("a");
  });

  it.each<[string, Partial<Revision>, Partial<Revision>, boolean]>([
    ["in the other slot", { slot: "b" }, {}, true],
    ["in its own slot", { slot: "a" }, {}, false],
    ["stopped", { slot: "b", isRunning: false }, {}, false],
    ["after what was stopped", { slot: "b" }, { isRunning: false }, false],
  ])("%s takes over beside what stands: %s", (_, next, before, expected) => {
    expect(takesOver({ ...standing, ...next }, { ...standing, ...before })).toBe(expected);
  });

  it.each([
    ["new", true, "built"],
    ["start", true, "built"],
    ["roll-back", true, "built"],
    ["stop", false, "stopped"],
    ["delete", false, "deleted"],
    ["purge", false, "removed"],
  ] as const)("leaves the application after %s: %s, %s", (change, isRunning, state) => {
    expect(stateAfter({ change, isRunning })).toBe(state);
  });

  it.each([
    ["version", true, "roll-back", "built"],
    ["stop", false, "stop", "stopped"],
    ["delete", false, "delete", "deleted"],
  ] as const)("that takes back what came after %s is as that was", (change, isRunning, expected, state) => {
    const again = revisionLike({ ...standing, change, isRunning });
    expect(again).toMatchObject({ change: expected, slot: "a", isRunning, imageId: "sha256:1" });
    expect(stateAfter(again)).toBe(state);
  });
});
