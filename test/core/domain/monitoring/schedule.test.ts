import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askSoon, finish, planChecks, takeDue } from "../../../../core/domain/monitoring/schedule.ts";

const everyThirty = (ids: readonly number[]) => ids.map((id) => ({ id, intervalSeconds: 30 }));
const idsOf = (taken: ReturnType<typeof takeDue>) => taken.due.map(({ checkId }) => checkId);

describe("the turns of checks", () => {
  it("are spread over the interval: in no second of it are there many more than in another", () => {
    const ids = Array.from({ length: 400 }, (_, index) => index + 1);
    const schedule = planChecks(new Map(), everyThirty(ids), 0);
    const perSecond = Map.groupBy(schedule.values(), ({ dueAtMs }) => Math.floor(dueAtMs / 1_000));
    expect(perSecond.size).toBe(30);
    for (const { length } of perSecond.values()) expect(Math.abs(length - 400 / 30)).toBeLessThan(3);
  });

  it("come once in each interval, whatever a check takes, and none is late or twice at once", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 120 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 200, maxLength: 200 }),
        (id, intervalSeconds, takes) => {
          let schedule = planChecks(new Map(), [{ id, intervalSeconds }], 0);
          let endsAt: number | undefined;
          const begun: number[] = [];
          for (let second = 0; second < 200; second++) {
            if (endsAt === second) {
              schedule = finish(schedule, [id], second * 1_000);
              endsAt = undefined;
            }
            const taken = takeDue(schedule, second * 1_000);
            schedule = taken.schedule;
            if (taken.due.length === 0) continue;
            expect(endsAt).toBeUndefined();
            expect(second * 1_000 - (taken.due[0]?.dueAtMs ?? 0)).toBeLessThan(1_000);
            begun.push(second);
            endsAt = second + Math.min(takes[second] ?? 0, intervalSeconds - 1);
            if (endsAt === second) {
              schedule = finish(schedule, [id], second * 1_000);
              endsAt = undefined;
            }
          }
          expect(begun.length).toBeGreaterThanOrEqual(Math.floor(200 / intervalSeconds) - 1);
          for (const [index, second] of begun.slice(1).entries()) {
            expect(Math.abs(second - (begun[index] ?? 0) - intervalSeconds)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it("that went by in a pause are left out", () => {
    const ids = [1, 2, 3];
    const planned = planChecks(new Map(), everyThirty(ids), 0);
    const late = takeDue(planned, 600_000);
    expect(idsOf(late)).toEqual(ids);
    expect(idsOf(takeDue(finish(late.schedule, ids, 600_000), 600_000))).toEqual([]);
  });

  it("are kept when others come or go", () => {
    const planned = planChecks(new Map(), everyThirty([1, 2]), 0);
    const running = takeDue(planned, 30_000).schedule;
    const changed = planChecks(running, everyThirty([2, 3]), 31_000);
    expect([...changed.keys()]).toEqual([2, 3]);
    expect(changed.get(2)).toBe(running.get(2));
    const slower = planChecks(running, [{ id: 2, intervalSeconds: 60 }], 31_000);
    expect(idsOf(takeDue(slower, 200_000))).toEqual([]);
    expect(idsOf(takeDue(finish(slower, [2], 32_000), 200_000))).toEqual([2]);
  });
});

describe("a check that is asked for soon", () => {
  const planned = finish(planChecks(new Map(), everyThirty([1]), 0), [1], 30_000);

  it("comes beside its turns, once", () => {
    const soon = askSoon(planned, [{ checkId: 1, inSeconds: 3 }], 31_000);
    expect(idsOf(takeDue(soon, 33_999))).toEqual([]);
    const taken = takeDue(soon, 34_000);
    expect(idsOf(taken)).toEqual([1]);
    const after = finish(taken.schedule, [1], 34_000);
    expect(after.get(1)).toEqual(planned.get(1));
  });

  it("while it runs comes right after it, and the soonest counts", () => {
    const running = takeDue(planned, 60_000).schedule;
    const asked = askSoon(
      running,
      [
        { checkId: 1, inSeconds: 9 },
        { checkId: 1, inSeconds: 3 },
        { checkId: 7, inSeconds: 0 },
      ],
      60_000,
    );
    expect(idsOf(takeDue(asked, 63_000))).toEqual([]);
    const ended = finish(asked, [1], 62_000);
    expect(idsOf(takeDue(ended, 62_999))).toEqual([]);
    expect(idsOf(takeDue(ended, 63_000))).toEqual([1]);
  });

  it("never comes later than its turn", () => {
    const soon = askSoon(planned, [{ checkId: 1, inSeconds: 3_600 }], 31_000);
    expect(soon.get(1)).toEqual(planned.get(1));
  });
});
