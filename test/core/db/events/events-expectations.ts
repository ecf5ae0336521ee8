import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Events } from "../../../../core/db/events/events.ts";

/** What carries the events, and what only it can do. */
export type Carrier = {
  open(onFault: (fault: unknown) => void): Promise<Events>;
  /** A message in our channel that is none of ours. */
  disturb(): Promise<void>;
  /** Ends the connections that listen. */
  cutConnections(): Promise<void>;
  listeningConnections(): Promise<number>;
  /** As if that time had gone by since the bucket was filled. */
  letPass(bucket: string, seconds: number): Promise<void>;
};

/** What holds for events whatever carries them. */
export function describeEvents(carrier: Carrier): void {
  let events: Events;
  const onFault = vi.fn<(fault: unknown) => void>();

  beforeEach(async () => {
    onFault.mockReset();
    events = await open();
  });

  describe("an event", () => {
    it("reaches the subscribers of its topic in every process", async () => {
      const here = listen(events, "ticket");
      const there = listen(await open(), "ticket");
      await events.publish("ticket", { id: 42 });
      await expect.poll(() => [here.mock.calls, there.mock.calls]).toEqual([[[{ id: 42 }]], [[{ id: 42 }]]]);
    });

    it("reaches nobody else", async () => {
      const other = listen(events, "status");
      await events.publish("ticket");
      await everythingArrived();
      expect(other).not.toHaveBeenCalled();
    });

    it("reaches nobody who has unsubscribed", async () => {
      const listener = vi.fn();
      events.subscribe("ticket", listener)();
      await events.publish("ticket");
      await everythingArrived();
      expect(listener).not.toHaveBeenCalled();
    });

    it("is folded with those of the same topic that come while it is under way", async () => {
      const listener = listen(events, "ticket");
      await Promise.all(Array.from({ length: 50 }, () => events.publish("ticket")));
      await everythingArrived();
      expect(listener.mock.calls).toEqual([[undefined], [undefined]]);
    });

    it("is sent each time where it carries something", async () => {
      const listener = listen(events, "ticket");
      await Promise.all([1, 2, 3, 4].map((id) => events.publish("ticket", id)));
      await everythingArrived();
      expect(listener.mock.calls.flat().sort()).toEqual([1, 2, 3, 4]);
    });

    it("is folded again later", async () => {
      const listener = listen(events, "ticket");
      await events.publish("ticket");
      await events.publish("ticket");
      await everythingArrived();
      expect(listener).toHaveBeenCalledTimes(2);
    });

    it("is refused when it carries too much", async () => {
      await expect(events.publish("ticket", "x".repeat(8000))).rejects.toThrow(RangeError);
    });

    it("reaches the others when one listener throws", async () => {
      const fault = new Error("a page is broken");
      events.subscribe("ticket", () => {
        throw fault;
      });
      const listener = listen(events, "ticket");
      await events.publish("ticket");
      await expect.poll(() => listener.mock.calls.length).toBe(1);
      expect(onFault).toHaveBeenCalledExactlyOnceWith(fault);
    });

    it("of a stranger does no harm", async () => {
      const listener = listen(events, "ticket");
      await carrier.disturb();
      await events.publish("ticket");
      await expect.poll(() => listener.mock.calls.length).toBe(1);
      expect(onFault).toHaveBeenCalledOnce();
    });
  });

  describe("a lost connection", () => {
    it("is made again, and each topic called once, since something may have been missed", async () => {
      const ticket = listen(events, "ticket");
      const status = listen(events, "status");
      await carrier.cutConnections();
      await expect.poll(() => [ticket.mock.calls, status.mock.calls]).toEqual([[[undefined]], [[undefined]]]);
      await events.publish("ticket", "after");
      await expect.poll(() => ticket.mock.calls).toEqual([[undefined], ["after"]]);
    });

    it("is not made again after closing", async () => {
      const closing = await carrier.open(onFault);
      const before = await carrier.listeningConnections();
      await closing.close();
      await expect.poll(carrier.listeningConnections).toBe(before - 1);
    });
  });

  describe("a bucket", () => {
    it("gives what may be taken at once, then refuses", async () => {
      const rate = { perMinute: 60, burst: 3 };
      const taken = [];
      for (let n = 0; n < 5; n++) taken.push(await events.takeToken("stranger:1", { ...rate, perMinute: 0.001 }));
      expect(taken).toEqual([true, true, true, false, false]);
      expect(await events.takeToken("stranger:2", rate)).toBe(true);
    });

    it("never gives more to many who ask at once", async () => {
      const ask = () => events.takeToken("uploads", { perMinute: 0.001, burst: 4 });
      const taken = await Promise.all(Array.from({ length: 20 }, ask));
      expect(taken.filter(Boolean)).toHaveLength(4);
    });

    it("fills with time, up to its burst", async () => {
      const rate = { perMinute: 2, burst: 3 };
      const takeAll = async () => {
        let taken = 0;
        while (await events.takeToken("status", rate)) taken++;
        return taken;
      };
      expect(await takeAll()).toBe(3);
      await carrier.letPass("status", 60);
      expect(await takeAll()).toBe(2);
      await carrier.letPass("status", 3600);
      expect(await takeAll()).toBe(3);
    });

    it("allows nothing where nothing is allowed", async () => {
      expect(await events.takeToken("closed", { perMinute: 0 })).toBe(false);
    });
  });

  async function open(): Promise<Events> {
    const opened = await carrier.open(onFault);
    onTestFinished(opened.close);
    return opened;
  }

  function listen(at: Events, topic: string) {
    const listener = vi.fn<(payload: unknown) => void>();
    at.subscribe(topic, listener);
    return listener;
  }

  /** Events arrive in the order in which they were sent. */
  async function everythingArrived() {
    const last = Promise.withResolvers<void>();
    events.subscribe("last", () => last.resolve());
    await events.publish("last");
    await last.promise;
  }
}
