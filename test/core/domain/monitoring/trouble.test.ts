import { describe, expect, test } from "vitest";
import { notFlapping } from "../../../../core/domain/monitoring/flapping.ts";
import type { Presented } from "../../../../core/domain/monitoring/present.ts";
import { isPlainlyDown, isPlainlyDownSince } from "../../../../core/domain/monitoring/present.ts";
import type { Cause } from "../../../../core/domain/monitoring/root-cause.ts";
import type { TargetKind } from "../../../../core/domain/monitoring/target.ts";
import {
  complaintOf,
  type JoinedOutage,
  refusalOfJoining,
  troublesOf,
} from "../../../../core/domain/monitoring/trouble.ts";
import { aPerson } from "../../../support/domain.ts";
import { at } from "../../../support/monitoring.ts";

type Is = { kind?: TargetKind; officeId?: number | null; cause?: Cause; isPaused?: true; isInMaintenance?: true };

const down: Is = { cause: { kind: "own" } };
let ids = 0;

function target(name: string, { kind = "site", officeId = 1, cause, isPaused, isInMaintenance }: Is = {}) {
  ids += 1;
  const state = cause === undefined ? ("up" as const) : ("down" as const);
  const instants = { since: at(0), confirmedAt: at(3), reachedSince: null, answeredAt: null, missedAt: null };
  const seen = {
    ...{ id: ids, parentId: null, isPaused: isPaused ?? false, state, isSuspected: false, flapping: notFlapping },
    ...instants,
  };
  return { id: ids, name, others: [], kind, officeId, seen, cause, isInMaintenance: isInMaintenance ?? false };
}

const namesOf = (complaint: Parameters<typeof troublesOf>[0], targets: ReturnType<typeof target>[]) =>
  troublesOf(complaint, targets).map(({ kind, target: { name } }) => `${kind} ${name}`);

describe("what is known of a complaint", () => {
  test.each([
    ["the office's site that is down", [target("Kantor", down)], ["down Kantor"]],
    ["its link", [target("Link", { ...down, kind: "link" })], ["down Link"]],
    ["no device of it", [target("Switch", { ...down, kind: "device" })], []],
    ["nothing of another office", [target("Tetangga", { ...down, officeId: 2 })], []],
    ["nothing that answers", [target("Kantor")], []],
    ["nothing that is paused", [target("Kantor", { ...down, isPaused: true })], []],
    [
      "what is in maintenance, also while it answers",
      [target("Kantor", { isInMaintenance: true })],
      ["maintenance Kantor"],
    ],
    [
      "a link of everybody where its own are well",
      [target("Kantor"), target("Trunk", { ...down, kind: "link", officeId: null })],
      ["down Trunk"],
    ],
    [
      "its own before those of everybody",
      [target("Trunk", { ...down, kind: "link", officeId: null }), target("Kantor", down)],
      ["down Kantor"],
    ],
    ["no application that was not named", [target("SIMPEG", { ...down, kind: "application" })], []],
  ])("is %s", (_, targets, expected) => {
    expect(namesOf({ officeId: 1 }, targets)).toEqual(expected);
  });

  test.each([
    ["simpeg", ["down SIMPEG"]],
    ["simpge", ["down SIMPEG"]],
    ["e-office", []],
    [undefined, []],
  ])("is the application that was named: %s", (application, expected) => {
    const simpeg = target("SIMPEG", { ...down, kind: "application", officeId: null });
    const other = target("SIPD", { ...down, kind: "application", officeId: null });
    expect(namesOf({ officeId: 1, application }, [other, simpeg])).toEqual(expected);
  });

  test("is each cause once, and what it is", () => {
    const behind = (): Is => ({ cause: { kind: "behind", rootId: 900 } });
    const all = [target("Kantor", behind()), target("Link", { ...behind(), kind: "link" })];
    const open = target("Gudang", { cause: { kind: "open" } });
    expect(troublesOf({ officeId: 1 }, [...all, open])).toMatchObject([
      { rootId: 900, isOpen: false, target: { name: "Kantor" } },
      { rootId: open.id, isOpen: true },
    ]);
  });

  test.each([
    ["application-trouble", { officeId: 3, application: "SIMPEG" }],
    ["internet-trouble", { officeId: 3 }],
    ["network-point", undefined],
    ["undefined", undefined],
  ])("concerns what %s is about", (procedure, expected) => {
    expect(complaintOf({ procedure, answers: { application: "SIMPEG" } }, 3)).toEqual(expected);
  });
});

describe("joining an outage", () => {
  const lasting: JoinedOutage = { endedAt: null, officeIds: [1, 2], isPlain: true, ticket: null };
  const over = { ...lasting, endedAt: at(9) };
  const here = aPerson(1, ["user"], { officeId: 1 });
  const elsewhere = { ...here, officeId: 9 };

  test.each([
    ["somebody of the office", here, lasting, undefined],
    ["somebody of an office behind it", { ...here, officeId: 2 }, lasting, undefined],
    ["somebody of another office", elsewhere, lasting, "outage-of-others"],
    [
      "somebody of the desk, of another office",
      { ...aPerson(2, ["help-desk"]), officeId: 9 },
      lasting,
      "outage-of-others",
    ],
    ["anybody where it is everybody's", elsewhere, { ...lasting, officeIds: [null] }, undefined],
    ["nobody where what was down is gone", here, { ...lasting, officeIds: [] }, "outage-of-others"],
    ["who left", { ...here, isActive: false }, lasting, "person-inactive"],
    ["one that is over", here, over, "outage-is-over"],
    ["one that is over, which others do not learn", elsewhere, over, "outage-of-others"],
    ["one whose ticket is closed", here, { ...lasting, ticket: { hasEnded: true } }, "incident-ended"],
    ["one in maintenance", here, { ...lasting, isPlain: false }, "outage-not-joined"],
    [
      "one in maintenance that has a ticket",
      here,
      { ...lasting, isPlain: false, ticket: { hasEnded: false } },
      undefined,
    ],
  ])("%s", (_, person, outage, code) => {
    expect(refusalOfJoining(person, outage)?.code).toBe(code);
  });
});

test.each<[string, Partial<Presented>, boolean]>([
  ["by nothing but itself", {}, true],
  ["behind something", { cause: { kind: "behind", rootId: 900 } }, false],
  ["by what nobody knows yet", { cause: { kind: "open" } }, false],
  ["on purpose", { isInMaintenance: true }, false],
  ["not at all", { cause: undefined }, false],
])("what is down %s opens a ticket by itself, or not", (_, than, expected) => {
  expect(isPlainlyDown({ ...target("Kantor", down), ...than })).toBe(expected);
});

test("what is down in turns opens none", () => {
  const { seen, ...others } = target("Kantor", down);
  expect(isPlainlyDown({ ...others, seen: { ...seen, flapping: { isFlapping: true, flips: [] } } })).toBe(false);
});

test.each<[string, number | null, number, boolean]>([
  ["never left", -100, 300, true],
  ["is down, too, in another time", null, 300, true],
  ["came back before that", 200, 300, true],
  ["came back only after that", 301, 300, false],
])("what it lies behind %s (%s): whether it was plainly down since then", (_, reachedAt, by, expected) => {
  const trunk = target("Trunk");
  const office = target("Kantor", down);
  const above = { ...trunk, seen: { ...trunk.seen, reachedSince: reachedAt === null ? null : at(reachedAt) } };
  const below = { ...office, seen: { ...office.seen, parentId: trunk.id } };
  const all = new Map([above, below].map((each) => [each.id, each]));
  expect(isPlainlyDownSince({ all }, office.id, at(by))).toBe(expected);
  expect(isPlainlyDownSince({ all }, trunk.id, at(by))).toBe(false);
});
