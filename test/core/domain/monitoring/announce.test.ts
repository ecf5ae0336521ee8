import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Alert, type Announced, announce, type Message } from "../../../../core/domain/monitoring/announce.ts";
import { notFlapping } from "../../../../core/domain/monitoring/flapping.ts";
import { isReached } from "../../../../core/domain/monitoring/state.ts";
import { at } from "../../../support/monitoring.ts";

const remind = { remindAfterMinutes: 60 };

const up = (id: number, parentId: number | null, seconds: number, than: Partial<Announced> = {}): Announced => ({
  ...{
    id,
    parentId,
    isPaused: false,
    state: "up",
    since: at(seconds),
    confirmedAt: at(seconds),
    reachedSince: at(seconds),
  },
  ...{ isSuspected: false, answeredAt: at(100_000), missedAt: null },
  ...{ flapping: notFlapping, hasCheck: true, isInMaintenance: false },
  ...than,
});
const down = (id: number, parentId: number | null, seconds: number, than: Partial<Announced> = {}): Announced =>
  up(id, parentId, seconds, {
    state: "down",
    reachedSince: null,
    confirmedAt: at(seconds + 5),
    answeredAt: at(seconds - 30),
    missedAt: at(seconds + 5),
    ...than,
  });
const flapping = (flips: number) => ({
  isFlapping: flips >= 6,
  flips: Array.from({ length: flips }, (_, index) => at(index)),
});

/** Shows it one after the other, each with the seconds at which it looks so. */
function follow(...looks: [number, Announced[]][]): { messages: Message[][]; standing: Alert[] } {
  let standing: Alert[] = [];
  const messages = looks.map(([seconds, targets]) => {
    const announced = announce(standing, targets, at(seconds), remind);
    standing = announced.standing;
    return announced.messages;
  });
  return { messages, standing };
}
const brief = (all: Message[][]) =>
  all.map((messages) =>
    messages.map((message) => {
      const children = message.action === "close" ? "" : ` +${message.children.length}`;
      return `${message.action} ${message.kind} ${message.rootId}${children}`;
    }),
  );

const children = Array.from({ length: 30 }, (_, index) => index + 2);

describe("who is told what", () => {
  it("a router with 30 children down is one message, edited with their count, and ended once", () => {
    const { messages } = follow(
      [1_004, [up(1, null, 0, { isSuspected: true }), ...children.map((id) => down(id, 1, 999))]],
      [1_006, [down(1, null, 1_000), ...children.map((id) => (id < 12 ? down(id, 1, 999) : up(id, 1, 0)))]],
      [1_030, [down(1, null, 1_000), ...children.map((id) => down(id, 1, 1_001))]],
      [1_031, [down(1, null, 1_000), ...children.map((id) => down(id, 1, 1_001))]],
      [1_206, [up(1, null, 1_200), ...children.map((id) => down(id, 1, 1_001, { missedAt: at(1_195) }))]],
      [1_236, [up(1, null, 1_200), ...children.map((id) => up(id, 1, 1_220))]],
    );
    expect(brief(messages)).toEqual([[], ["tell down 1 +10"], ["edit down 1 +30"], [], ["close restored 1"], []]);
    expect(messages[1]?.[0]).toMatchObject({ key: `1@${at(1_000).toISOString()}`, since: at(1_000) });
    expect(messages[4]?.[0]).toMatchObject({ since: at(1_000), until: at(1_200) });
  });

  it("a child that stays down after its router came back is told", () => {
    const { messages } = follow(
      [1_010, [down(1, null, 1_000), down(2, 1, 1_001)]],
      [1_206, [up(1, null, 1_200), down(2, 1, 1_001, { missedAt: at(1_205) })]],
      [1_380, [up(1, null, 1_200), down(2, 1, 1_001, { missedAt: at(1_379) })]],
      [1_381, [up(1, null, 1_200), down(2, 1, 1_001, { missedAt: at(1_380) })]],
    );
    expect(brief(messages)).toEqual([["tell down 1 +1"], ["close restored 1"], [], ["tell down 2 +0"]]);
  });

  it("children that answered after their router came back and miss again are told as soon as any other", () => {
    const { messages } = follow(
      [1_010, [down(1, null, 1_000), down(2, 1, 1_001)]],
      [1_206, [up(1, null, 1_200), down(2, 1, 1_001, { answeredAt: at(1_204), missedAt: at(1_206) })]],
      [1_235, [up(1, null, 1_200), down(2, 1, 1_001, { answeredAt: at(1_204), missedAt: at(1_234) })]],
    );
    expect(brief(messages)).toEqual([["tell down 1 +1"], ["close restored 1"], ["tell down 2 +0"]]);
  });

  it("what was told before its root was found goes into the message of the root", () => {
    const { messages } = follow(
      [1_040, [up(1, null, 0, { answeredAt: at(990) }), down(2, 1, 1_000)]],
      [1_060, [down(1, null, 1_050), down(2, 1, 1_000)]],
      [1_206, [up(1, null, 1_200), down(2, 1, 1_000, { missedAt: at(1_205) })]],
      [1_381, [up(1, null, 1_200), down(2, 1, 1_000, { missedAt: at(1_380) })]],
    );
    expect(brief(messages)).toEqual([
      ["tell down 2 +0"],
      ["close absorbed 2", "tell down 1 +1"],
      ["close restored 1"],
      // When the trunk returns and it does not, it is told of the same cause again.
      ["tell down 2 +0"],
    ]);
    expect(messages[3]?.[0]?.key).toBe(messages[0]?.[0]?.key);
  });

  it("maintenance is silent, and what lies behind it too; when it ends, what is still down is told", () => {
    const inMaintenance = { isInMaintenance: true };
    const { messages } = follow(
      [1_010, [down(1, null, 1_000, inMaintenance), down(2, 1, 1_001)]],
      [1_100, [down(1, null, 1_000), down(2, 1, 1_001, inMaintenance)]],
      [1_200, [down(1, null, 1_000, inMaintenance), down(2, 1, 1_001)]],
      [1_300, [up(1, null, 1_290, inMaintenance), up(2, 1, 1_295)]],
    );
    expect(brief(messages)).toEqual([[], ["tell down 1 +0"], [], ["close restored 1"]]);
  });

  it("unknown is neither told nor ended", () => {
    const { messages } = follow(
      [1_000, [up(1, null, 0, { state: "unknown" })]],
      [1_010, [down(1, null, 1_000)]],
      [1_020, [up(1, null, 1_015, { state: "unknown" })]],
      [1_040, [down(1, null, 1_030)]],
    );
    expect(brief(messages)).toEqual([[], ["tell down 1 +0"], [], []]);
  });

  it("flapping is one message from its begin to its end", () => {
    const { messages } = follow(
      [1_010, [down(1, null, 1_000, { flapping: flapping(5) })]],
      [1_030, [up(1, null, 1_020, { flapping: flapping(6) })]],
      [1_050, [down(1, null, 1_040, { flapping: flapping(7) }), down(2, 1, 1_041)]],
      [1_060, [up(1, null, 1_055, { flapping: flapping(8) })]],
      [3_000, [up(1, null, 1_055)]],
    );
    expect(brief(messages)).toEqual([
      ...[["tell down 1 +0"], ["edit flapping 1 +0"], ["edit flapping 1 +0"], ["edit flapping 1 +0"]],
      ["close restored 1"],
    ]);
  });

  it("what flaps with what it lies behind is not told, what flaps by itself is", () => {
    const { messages } = follow(
      [1_010, [up(1, null, 1_000, { flapping: flapping(5) }), up(2, 1, 1_000, { flapping: flapping(6) })]],
      [1_020, [up(1, null, 1_000, { flapping: flapping(2) }), up(2, 1, 1_000, { flapping: flapping(6) })]],
    );
    expect(brief(messages)).toEqual([[], ["tell flapping 2 +0"]]);
  });

  it("is reminded of each hour, until somebody takes it", () => {
    const targets = [down(1, null, 0)];
    const told = announce([], targets, at(10), remind).standing;
    expect(announce(told, targets, at(3_609), remind).messages).toEqual([]);
    const reminded = announce(told, targets, at(3_610), remind);
    expect(brief([reminded.messages])).toEqual([["remind down 1 +0"]]);
    expect(announce(reminded.standing, targets, at(7_209), remind).messages).toEqual([]);
    const taken = told.map((each) => ({ ...each, isAcknowledged: true }));
    expect(announce(taken, targets, at(99_999), remind).messages).toEqual([]);
  });

  it("ends for what is paused or gone", () => {
    const down1 = [down(1, null, 0), down(2, null, 0)];
    const { messages } = follow([10, down1], [20, [down(1, null, 0, { isPaused: true })]]);
    expect(brief(messages)[1]).toEqual(["close unwatched 1", "close unwatched 2"]);
  });

  it("each that is told is ended once before it is told again, whatever happens", () => {
    const look = fc.array(
      fc.record({
        state: fc.constantFrom("up", "down", "down", "unknown", "degraded"),
        flips: fc.constantFrom(0, 0, 0, 3, 6),
        isPaused: fc.constantFrom(false, false, false, true),
        isInMaintenance: fc.constantFrom(false, false, false, true),
      }),
      { minLength: 6, maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.array(look, { maxLength: 20 }), (looks) => {
        let standing: Alert[] = [];
        const open = new Map<string, number>();
        for (const [index, drawn] of looks.entries()) {
          const targets = drawn.map(({ flips, ...each }, id) =>
            down(id + 1, id === 0 ? null : Math.ceil(id / 2), index * 300, { ...each, flapping: flapping(flips) }),
          );
          const announced = announce(standing, targets, at(index * 300 + 40), remind);
          for (const { action, key, rootId } of announced.messages) {
            if (action === "tell") {
              expect([...open.values()]).not.toContain(rootId);
              open.set(key, rootId);
            } else expect(open.get(key)).toBe(rootId);
            if (action === "close") open.delete(key);
          }
          standing = announced.standing;
          expect(standing.map(({ key }) => key).sort()).toEqual([...open.keys()].sort());
          for (const { rootId } of standing) {
            const target = targets[rootId - 1];
            expect(target?.isPaused).toBe(false);
            if (target !== undefined && isReached(target.state)) expect(target.flapping.isFlapping).toBe(true);
          }
        }
      }),
    );
  });
});
