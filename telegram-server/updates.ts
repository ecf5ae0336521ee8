import { Refusal } from "./refusal.ts";
import type { Change, State } from "./state.ts";
import type { Store } from "./store.ts";
import type { Update } from "./types.ts";

/** Telegram keeps an update for a day. source: Bot API, "Getting updates" */
const keptForSeconds = 24 * 60 * 60;
/** Sent only to who asks for them by name. source: Bot API, getUpdates, allowed_updates */
const notByDefault = ["chat_member", "message_reaction", "message_reaction_count"];

export type UpdateQueue = {
  /** The updates from `offset` on; waits up to `timeoutSeconds` for the first. Those below `offset` are forgotten. */
  poll(question: { offset: number; limit: number; timeoutSeconds: number }, gone: AbortSignal): Promise<Update[]>;
  /** Ends the poll that waits. */
  refuseWaiting(why: string): void;
  /** Tells who waits that there may be something. */
  wake(): void;
  close(): void;
};

/** The change that queues one update; none where the bot has not asked for updates of this kind. */
export function newUpdate(state: State, kind: string, content: unknown, atSeconds: number): Change[] {
  const { allowedUpdates } = state;
  const isAllowed = allowedUpdates.length > 0 ? allowedUpdates.includes(kind) : !notByDefault.includes(kind);
  if (!isAllowed) return [];
  return [{ change: "update", update: { update_id: state.lastUpdateId + 1, [kind]: content }, at: atSeconds }];
}

/** What is older than a day. */
export function forgetExpired(store: Store, now: Date): void {
  const { updates, lastUpdateId } = store.state;
  const oldest = now.getTime() / 1000 - keptForSeconds;
  if (updates[0] === undefined || updates[0].at >= oldest) return;
  const below = updates.find(({ at }) => at >= oldest)?.update.update_id ?? lastUpdateId + 1;
  store.write([{ change: "forget-updates", below }]);
}

type Waiting = { tryToAnswer(): void; refuse(refusal: Refusal): void; giveUp(): void };

/** @param arrange what of the updates is given, at most `limit` */
export function openUpdateQueue(
  store: Store,
  now: () => Date,
  arrange: (queued: readonly Update[], limit: number) => Update[],
): UpdateQueue {
  const { state } = store;
  let waiting: Waiting | undefined;
  let isWaking = false;
  let isClosed = false;

  /** An offset that lies more than ten ids ahead is taken as wrong, and confirms nothing, as tdlib's TQueue does. */
  function forgetBelow(offset: number): void {
    forgetExpired(store, now());
    const below = offset > state.lastUpdateId + 1 + 10 ? 0 : offset;
    if (state.updates.some(({ update }) => update.update_id < below))
      store.write([{ change: "forget-updates", below }]);
  }

  function take(offset: number, limit: number): Update[] {
    forgetBelow(offset);
    const queued = state.updates.slice(0, limit).map(({ update }) => update);
    return arrange(queued, limit);
  }

  function wait(offset: number, limit: number, timeoutSeconds: number, gone: AbortSignal): Promise<Update[]> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        gone.removeEventListener("abort", leave);
        if (waiting === self) waiting = undefined;
      };
      const answer = (updates: Update[]) => {
        done();
        resolve(updates);
      };
      const leave = () => answer([]);
      const timer = setTimeout(leave, timeoutSeconds * 1000);
      const self: Waiting = {
        tryToAnswer() {
          const updates = take(offset, limit);
          if (updates.length > 0) answer(updates);
        },
        refuse(refusal) {
          done();
          reject(refusal);
        },
        giveUp: leave,
      };
      waiting = self;
      gone.addEventListener("abort", leave);
    });
  }

  return {
    async poll({ offset, limit, timeoutSeconds }, gone) {
      if (offset < 0) {
        const kept = state.updates.slice(offset);
        if (kept[0] !== undefined) store.write([{ change: "forget-updates", below: kept[0].update.update_id }]);
      }
      const updates = take(Math.max(offset, 0), limit);
      if (updates.length > 0 || timeoutSeconds === 0 || gone.aborted || isClosed) return updates;
      waiting?.refuse(
        conflict("Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"),
      );
      return await wait(Math.max(offset, 0), limit, timeoutSeconds, gone);
    },
    refuseWaiting: (why) => waiting?.refuse(conflict(why)),
    wake() {
      // Later, so that what is sent at once (an album) is answered at once.
      if (isWaking) return;
      isWaking = true;
      setImmediate(() => {
        isWaking = false;
        waiting?.tryToAnswer();
      });
    },
    close() {
      isClosed = true;
      waiting?.giveUp();
    },
  };
}

function conflict(why: string): Refusal {
  return new Refusal(409, why);
}
