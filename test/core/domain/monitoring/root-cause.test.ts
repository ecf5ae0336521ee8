import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { inheritedBehind, policyOf, usualPolicy } from "../../../../core/domain/monitoring/policy.ts";
import { causesOf, hiddenBehind, type Seen } from "../../../../core/domain/monitoring/root-cause.ts";
import { ancestorsOf, refusalOfParent } from "../../../../core/domain/monitoring/tree.ts";
import { at } from "../../../support/monitoring.ts";

const up = (id: number, parentId: number | null, than: Partial<Seen> = {}): Seen => ({
  ...{
    id,
    parentId,
    isPaused: false,
    state: "up",
    since: at(0),
    confirmedAt: at(0),
    reachedSince: than.since ?? at(0),
  },
  ...{ isSuspected: false, answeredAt: at(1_010), missedAt: null },
  ...than,
});
/** Since 1,000 s, certain 5 s later. */
const down = (id: number, parentId: number | null, than: Partial<Seen> = {}): Seen =>
  up(id, parentId, {
    ...{
      state: "down",
      since: at(1_000),
      reachedSince: null,
      confirmedAt: at(1_005),
      answeredAt: at(970),
      missedAt: at(1_005),
    },
    ...than,
  });
const unknown = (id: number, parentId: number | null) => up(id, parentId, { state: "unknown", answeredAt: null });
const own = { kind: "own" };
const open = { kind: "open" };
const behind = (rootId: number) => ({ kind: "behind", rootId });

describe("why a target is down", () => {
  const now = at(1_010);
  test.each<[string, Seen[], object]>([
    ["by itself, where it lies behind nothing", [down(3, null)], own],
    ["by itself, where what it lies behind answered since", [up(1, null), down(3, 1)], own],
    ["by the highest that is down", [down(1, null), down(2, 1), down(3, 2)], behind(1)],
    ["by the highest below one that is reached", [down(1, null), up(4, 1), down(2, 4), down(3, 2)], behind(2)],
    ["by one above something unknown", [down(1, null), unknown(2, 1), down(3, 2)], behind(1)],
    ["by one above something paused", [down(1, null), up(2, 1, { isPaused: true }), down(3, 2)], behind(1)],
    ["by one that missed a little later", [down(1, null, { since: at(1_100) }), down(3, 1)], behind(1)],
    ["by itself, where the other failed much later", [down(1, null, { since: at(1_121) }), down(3, 1)], own],
    ["open, while what it lies behind is suspected", [up(1, null, { isSuspected: true }), down(3, 1)], open],
    ["open, while that did not answer since", [up(1, null, { answeredAt: at(999) }), down(3, 1)], open],
    [
      "open, while that just came back",
      [up(1, null, { since: at(1_006), confirmedAt: at(1_009) }), down(3, 1, { missedAt: at(1_185) })],
      open,
    ],
    [
      "by itself, where it still misses three minutes after that came back",
      [up(1, null, { since: at(1_006), confirmedAt: at(1_009) }), down(3, 1, { missedAt: at(1_186) })],
      own,
    ],
    ...(
      [
        ["open, where it just answers again, after that came back", 1_100, 1_095, open],
        ["open, where it answered after that came back, and just misses again", 1_100, 1_129, open],
        ["by itself, where it answered after that came back, and misses half a minute after that", 1_100, 1_130, own],
        ["open, where it answered only before that came back", 1_004, 1_185, open],
      ] as const
    ).map(([name, answered, missed, cause]): [string, Seen[], object] => [
      name,
      [
        up(1, null, { since: at(1_006), confirmedAt: at(1_009) }),
        down(3, 1, { answeredAt: at(answered), missedAt: at(missed) }),
      ],
      cause,
    ]),
    [
      "by itself, where it came back with that, and misses again since then",
      [up(1, null, { since: at(990), confirmedAt: at(993) }), down(3, 1, { answeredAt: at(995) })],
      own,
    ],
    [
      "open, while what lies between is back only now",
      [up(1, null, { since: at(1_006) }), up(2, 1, { since: at(1_100) }), down(3, 2, { missedAt: at(1_279) })],
      open,
    ],
    [
      "by itself, where that was reached all along, and is slow since then",
      [up(1, null, { state: "degraded", since: at(1_006), reachedSince: at(0) }), down(3, 1)],
      own,
    ],
    ["open, where its root is open", [up(4, null, { isSuspected: true }), down(1, 4), down(3, 1)], open],
  ])("%s", (_name, targets, cause) => {
    expect(causesOf(targets, now).get(3)).toEqual(cause);
  });

  it("is told after half a minute, though what it lies behind says nothing", () => {
    const targets = [up(1, null, { answeredAt: at(999) }), down(3, 1)];
    expect(causesOf(targets, at(1_034)).get(3)).toEqual(open);
    expect(causesOf(targets, at(1_035)).get(3)).toEqual(own);
  });

  it("belongs to the root of its root", () => {
    const late = [
      down(1, null, { since: at(1_200) }),
      down(2, 1, { since: at(1_100) }),
      down(3, 2, { since: at(1_000) }),
    ];
    const causes = causesOf(late, at(1_210));
    expect([...causes]).toEqual([
      [1, own],
      [2, behind(1)],
      [3, behind(1)],
    ]);
    expect(hiddenBehind(causes)).toEqual(new Map([[1, [2, 3]]]));
  });

  const parents = fc.array(fc.nat(), { minLength: 1, maxLength: 25 }).map((drawn) =>
    // Each lies behind one before it, or behind nothing.
    drawn.map((each, index) => (each % (index + 1) === index ? null : (each % (index + 1)) + 1)),
  );

  it("is what a search of each path finds", () => {
    const states = fc.array(fc.constantFrom("up", "down", "unknown", "degraded"), { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(parents, states, (drawn, drawnStates) => {
        const make = {
          up,
          down,
          unknown,
          degraded: (id: number, parentId: number | null) => up(id, parentId, { state: "degraded" }),
        };
        const targets = drawn.map((parentId, index) => make[drawnStates[index] ?? "up"](index + 1, parentId));
        const stateOf = (id: number) => drawnStates[id - 1];
        const highest = (id: number): number => {
          const parentId = drawn[id - 1] ?? null;
          if (parentId === null || stateOf(parentId) === "up" || stateOf(parentId) === "degraded") return id;
          const above = highest(parentId);
          return stateOf(above) === "down" ? above : id;
        };
        const causes = causesOf(targets, now);
        expect([...causes.keys()]).toEqual(targets.filter(({ state }) => state === "down").map(({ id }) => id));
        for (const [id, cause] of causes) expect(cause).toEqual(highest(id) === id ? own : behind(highest(id)));
      }),
    );
  });

  it("ends with whatever times and circles there are", () => {
    const seen = fc.record({
      parentId: fc.option(fc.integer({ min: 1, max: 12 })),
      state: fc.constantFrom("up", "down", "down", "unknown"),
      since: fc.integer({ min: 0, max: 600 }),
      missedAt: fc.integer({ min: 600, max: 700 }),
    });
    fc.assert(
      fc.property(fc.array(seen, { maxLength: 12 }), (drawn) => {
        const targets = drawn.map(({ parentId, state, since, missedAt }, index) =>
          down(index + 1, parentId, { state, since: at(since), confirmedAt: at(since + 5), missedAt: at(missedAt) }),
        );
        const causes = causesOf(targets, at(700));
        for (const rootId of hiddenBehind(causes).keys()) expect(causes.has(rootId)).toBe(true);
      }),
    );
  });

  it("each root is one that is told, where there is no circle", () => {
    const sinces = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(parents, sinces, (drawn, since) => {
        const targets = drawn.map((parentId, index) => down(index + 1, parentId, { since: at(since[index] ?? 0) }));
        const causes = causesOf(targets, at(1_100));
        for (const rootId of hiddenBehind(causes).keys()) expect(causes.get(rootId)).toEqual(own);
      }),
    );
  });
});

describe("what lies behind what", () => {
  const tree = new Map([
    [1, { parentId: null }],
    [2, { parentId: 1 }],
    [3, { parentId: 2 }],
  ]);

  test.each([
    [1, 3, "target-cycle"],
    [1, 1, "target-behind-itself"],
    [1, 9, "target-unknown"],
    [3, 1, undefined],
    [4, 3, undefined],
  ])("%d behind %d: %s", (targetId, parentId, code) => {
    expect(refusalOfParent(targetId, parentId, tree)?.code).toBe(code);
  });

  it("ends at a circle that is there all the same", () => {
    const circle = new Map([
      [1, { parentId: 3 }],
      [2, { parentId: 1 }],
      [3, { parentId: 2 }],
    ]);
    expect(ancestorsOf(3, circle)).toEqual([2, 1]);
  });

  it("hands its figures down: the nearest counts, the profile last", () => {
    const said = new Map([
      [1, { intervalSeconds: 60, degradedLatencyMs: 700 }],
      [2, { intervalSeconds: 90 }],
      [3, { missesUntilDown: 3 }],
    ]);
    expect(policyOf(3, tree, said, usualPolicy)).toEqual({
      ...usualPolicy,
      ...{ intervalSeconds: 90, degradedLatencyMs: 700, missesUntilDown: 3 },
    });
    expect(policyOf(4, tree, said, usualPolicy)).toEqual(usualPolicy);
  });

  it("says of each figure that is handed down whose it is", () => {
    const said = new Map([
      [1, { intervalSeconds: 60, degradedLatencyMs: 700 }],
      [2, { intervalSeconds: 90 }],
    ]);
    expect(inheritedBehind(2, tree, said, usualPolicy)).toMatchObject({
      intervalSeconds: { value: 90, fromId: 2 },
      degradedLatencyMs: { value: 700, fromId: 1 },
      missesUntilDown: { value: usualPolicy.missesUntilDown, fromId: null },
    });
    const { intervalSeconds } = inheritedBehind(null, tree, said, usualPolicy);
    expect(intervalSeconds).toEqual({ value: usualPolicy.intervalSeconds, fromId: null });
  });
});
