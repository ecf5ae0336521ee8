import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { customaryLimits, Limits } from "../../../bot/telegram/limits.ts";

const SITI = 1001;
const BUDI = 1002;
const GROUP = -100200;

/** One who wants to send: to whom, how long the call takes, and when within it the message arrives (0 to 1). */
type Attempt = { chatId: number; takesMs: number; arrivesAt: number; pauseMs: number };

function attemptsTo(chatId: fc.Arbitrary<number>, length: { minLength: number; maxLength: number }) {
  const attempt: fc.Arbitrary<Attempt> = fc.record({
    chatId,
    takesMs: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 1500 })),
    arrivesAt: fc.double({ min: 0, max: 1, noNaN: true }),
    pauseMs: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 400 })),
  });
  return fc.array(attempt, length);
}

/** Sends all of it as soon as the limits let it, several calls at once, and tells when each arrived. */
function run(attempts: readonly Attempt[]): { chatId: number; at: number }[] {
  const limits = new Limits();
  const arrivals: { chatId: number; at: number }[] = [];
  let underWay: { end(): void; at: number }[] = [];
  let now = 1_000_000;

  function goOnUntil(time: number): void {
    for (const call of underWay.filter(({ at }) => at <= time).sort((a, b) => a.at - b.at)) call.end();
    underWay = underWay.filter(({ at }) => at > time);
    now = time;
  }

  for (const { chatId, takesMs, arrivesAt, pauseMs } of attempts) {
    goOnUntil(now + pauseMs);
    for (let wait = limits.waitFor(chatId, now); wait > 0; wait = limits.waitFor(chatId, now)) {
      const nextEnd = Math.min(...underWay.map(({ at }) => at));
      expect(Math.min(wait, nextEnd)).toBeLessThan(Number.POSITIVE_INFINITY);
      goOnUntil(Math.min(now + wait, nextEnd));
    }
    const slot = limits.start(chatId);
    const endsAt = now + takesMs;
    underWay.push({ at: endsAt, end: () => limits.end(slot, endsAt) });
    arrivals.push({ chatId, at: now + arrivesAt * takesMs });
  }
  return arrivals;
}

/** The most that arrived within any stretch of that length. */
function mostWithin(lengthMs: number, arrivals: readonly { at: number }[]): number {
  const times = arrivals.map(({ at }) => at).sort((a, b) => a - b);
  return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + lengthMs).length));
}

describe("limits of sending", () => {
  const settings = { numRuns: 60 };

  it("never lets more than 30 messages arrive within a second", () => {
    const manyChats = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(attemptsTo(manyChats, { minLength: 60, maxLength: 120 }), (attempts) => {
        expect(mostWithin(1000, run(attempts))).toBeLessThanOrEqual(30);
      }),
      settings,
    );
  });

  it("never lets two messages arrive in a private chat within a second", () => {
    const fewChats = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(attemptsTo(fewChats, { minLength: 10, maxLength: 60 }), (attempts) => {
        for (const arrivals of Map.groupBy(run(attempts), ({ chatId }) => chatId).values()) {
          expect(mostWithin(1000, arrivals)).toBeLessThanOrEqual(1);
        }
      }),
      settings,
    );
  });

  it("never lets more than 20 messages arrive in a group within a minute", () => {
    const groupsAndOthers = fc.oneof(fc.constant(GROUP), fc.integer({ min: -1_000_000, max: 1_000_000 }));
    fc.assert(
      fc.property(attemptsTo(groupsAndOthers, { minLength: 60, maxLength: 120 }), (attempts) => {
        const inGroup = run(attempts).filter(({ chatId }) => chatId === GROUP);
        expect(mostWithin(60_000, inGroup)).toBeLessThanOrEqual(20);
      }),
      settings,
    );
  });

  it("uses what is allowed: 30 at once, and the next as soon as the second is over", () => {
    const limits = new Limits();
    for (let chatId = 1; chatId <= 30; chatId++) {
      expect(limits.waitFor(chatId, 0)).toBe(0);
      limits.end(limits.start(chatId), 0);
    }

    expect(limits.waitOverall(0)).toBe(1001);
    expect(limits.waitOverall(1000)).toBe(1);
    expect(limits.waitOverall(1001)).toBe(0);
  });

  it("lets a group have 20 at once", () => {
    const limits = new Limits();
    for (let sent = 0; sent < 20; sent++) limits.end(limits.start(GROUP), sent * 100);

    expect(limits.waitFor(GROUP, 2_000)).toBe(60_001 - 2_000);
    expect(limits.waitFor(GROUP, 60_001)).toBe(0);
  });

  it("holds one chat when told to, and no other", () => {
    const limits = new Limits();

    limits.hold(SITI, 5_000);

    expect([...limits.waitingChats(1_000)]).toEqual([[SITI, 4_000]]);
    expect(limits.waitFor(BUDI, 1_000)).toBe(0);
    expect([...limits.waitingChats(5_000)]).toEqual([]);
  });

  it("counts what an earlier process sent", () => {
    const limits = new Limits();

    limits.restore([{ chatId: SITI, sentAt: new Date(10_000) }]);

    expect(limits.waitFor(SITI, 10_400)).toBe(601);
    expect(limits.waitFor(BUDI, 10_400)).toBe(0);
  });

  it("does not wait for an hour when the clock is set back by one", () => {
    const limits = new Limits();
    limits.end(limits.start(SITI), 3_600_000);

    expect(limits.waitFor(SITI, 0)).toBeLessThanOrEqual(1001);
  });

  it("can be switched off", () => {
    const off = Number.POSITIVE_INFINITY;
    const limits = new Limits({ overallPerSecond: off, perPrivateChatPerSecond: off, perGroupPerMinute: off });
    for (let sent = 0; sent < 100; sent++) limits.end(limits.start(SITI), 0);

    expect(limits.waitFor(SITI, 0)).toBe(0);
  });

  it("keeps to what is customary where nothing else is said", () => {
    expect(customaryLimits).toEqual({ overallPerSecond: 30, perPrivateChatPerSecond: 1, perGroupPerMinute: 20 });
  });
});
